//! Links that are opened, and what is copied.

use super::common;
use super::common::{Dice, bits, targets, trace_of};
use super::{Page, pushed};
use dropout_lab::app::files::{Kept, Kind, stem};
use dropout_lab::app::look::LookField;
use dropout_lab::app::msg::{Copied, PlaybackMsg};
use dropout_lab::app::{Effect, Link, Msg, Speed, State, update};
use dropout_lab::model::{Field, Stage, Target};
use dropout_lab::notebook;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn an_opened_link_replaces_everything_but_the_speed() {
    let mut page = Page::open("batch=9&sample=7&theme=dark");
    page.play(PlaybackMsg::Speed(Speed::Fast));
    page.send(Msg::Focus(Some(Target::Kept { unit: 3 })));
    page.edit(Field::P, "no");
    page.send(Msg::Look(LookField::Stage, "no".to_owned()));
    page.play(PlaybackMsg::Play);
    assert_eq!(page.send(Msg::Opened("?seed=8&what=1".to_owned())), []);
    let (opened, fresh) = (&page.state, State::open("?seed=8&what=1"));
    assert_eq!(opened.link(), fresh.link());
    assert_eq!(
        (opened.focus(), opened.status(), opened.notices()),
        (None, "", fresh.notices())
    );
    assert!(opened.refused(Field::P).is_none() && !opened.playback().playing);
    assert_eq!(opened.playback().speed, Speed::Fast);
    assert_eq!(bits(opened.trace()), bits(&trace_of("seed=8")));
    // The next edit is an entry of its own, though the last one before was of the same field.
    assert_eq!(page.edit(Field::P, "0.1"), pushed("?v=1&p=0.1&seed=8"));
}

#[test]
fn notices_are_dismissed_one_by_one_and_one_that_is_not_there_harms_nothing() {
    let mut state = State::open("a=1&b=1&p=9");
    assert_eq!(state.notices().len(), 3);
    for missing in [3, usize::MAX] {
        assert_eq!(update(&mut state, Msg::Dismiss(missing)), []);
        assert_eq!(state.notices().len(), 3);
    }
    update(&mut state, Msg::Dismiss(0));
    assert_eq!(
        state.notices()[0],
        "The link's b is not a name that this page knows."
    );
    for sample in 100..120 {
        update(&mut state, Msg::Look(LookField::Sample, sample.to_string()));
    }
    assert_eq!(state.notices().len(), 5);
    assert!(state.notices()[4].contains("sample = 119"));
}

#[test]
fn what_is_copied_is_what_is_on_the_screen() {
    let mut page = Page::open("seed=3&step=2");
    for (what, text) in [
        (Copied::Link, page.link()),
        (
            Copied::Script,
            notebook::script(page.state.settings(), &page.link()),
        ),
        (Copied::Output, notebook::output(page.state.trace())),
    ] {
        assert_eq!(page.send(Msg::Copy(what)), [Effect::Copy(what, text)]);
    }
    page.send(Msg::CopyDone(true));
    assert_eq!(page.state.status(), "Copied.");
    page.send(Msg::CopyDone(false));
    assert!(page.state.status().contains("by hand"));
}

#[test]
fn what_is_kept_as_a_file_is_what_is_copied() {
    let page = Page::open("seed=3&step=2");
    let (link, state) = (page.link(), &page.state);
    let script = notebook::script(state.settings(), &link);
    let jupyter =
        notebook::ipynb::of_script("network", &link, &script, &notebook::output(state.trace()));
    for (kind, name, text) in [
        (
            Kind::Python,
            "dropout-network-p0.5-seed3-step2.py",
            (Kept::script(state), script),
        ),
        (
            Kind::Jupyter,
            "dropout-network-p0.5-seed3-step2.ipynb",
            (state.jupyter(), jupyter),
        ),
    ] {
        assert_eq!(format!("{}{}", stem(state), kind.ending()), name);
        assert_eq!(text.0, text.1, "{kind:?}");
    }
    assert_eq!(page.history.len(), 1);
}

fn any_msg(dice: &mut Dice, state: &State) -> Msg {
    let targets = targets(state.trace());
    match dice.below(16) {
        0..5 => {
            let field = dice.one_of(&Field::ALL);
            let text = dice.value(field);
            Msg::Edit(
                field,
                dice.one_of(&[text.clone(), text.clone(), text, "-1".to_owned()]),
            )
        }
        5 => Msg::Look(LookField::Sample, dice.below(9).to_string()),
        6 => Msg::Look(LookField::Stage, dice.one_of(&Stage::ALL).name().to_owned()),
        7 => Msg::Again,
        8 => dice.one_of(&[Msg::Step, Msg::StepBack]),
        9 => dice.one_of(&[Msg::FreshSeed(5), Msg::Reset, Msg::FindDeadUnit]),
        10 | 11 => Msg::Playback(dice.one_of(&[
            PlaybackMsg::Toggle,
            PlaybackMsg::Play,
            PlaybackMsg::Pause,
            PlaybackMsg::Rest,
            PlaybackMsg::Next,
            PlaybackMsg::Previous,
            PlaybackMsg::Stage(Stage::Mask),
        ])),
        12 | 13 => Msg::Tick(10.0),
        14 => Msg::Focus(Some(dice.one_of(&targets))),
        _ => Msg::Dismiss(0),
    }
}

#[test]
fn whatever_happens_the_address_replays_what_is_on_the_screen() {
    let mut dice = Dice::new(7);
    for _ in 0..40 {
        let mut page = Page::open("hidden=4");
        for _ in 0..30 {
            let msg = any_msg(&mut dice, &page.state);
            let effects = page.send(msg.clone());
            let state = &page.state;
            let links = effects
                .iter()
                .filter(|effect| !matches!(effect, Effect::Copy(..)));
            assert!(links.count() <= 1, "{msg:?} asks for {effects:?}");
            assert_eq!(&state.trace().settings, state.settings(), "{msg:?}");
            assert!(state.sample() < state.trace().batch(), "{msg:?}");
            assert!(
                state
                    .focus()
                    .is_none_or(|focus| targets(state.trace()).contains(&focus)),
                "{msg:?}"
            );
            if !state.playback().playing {
                assert_eq!(&Link::parse(page.address()).0, state.link(), "{msg:?}");
            }
        }
        assert_eq!(
            bits(page.state.trace()),
            bits(&common::trace(page.state.settings()))
        );
    }
}
