//! What each message does to the state, and what it asks of the browser.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::rc::Rc;

use common::{Dice, bits, targets, trace_of};
use dropout_lab::app::files::{Kept, Kind, stem};
use dropout_lab::app::look::LookField;
use dropout_lab::app::msg::{Copied, PlaybackMsg};
use dropout_lab::app::{Effect, Link, Msg, Speed, State, Theme, update};
use dropout_lab::model::{Field, Stage, Target};
use dropout_lab::notebook;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A state with a history of its own, as a browser keeps one.
struct Page {
    state: State,
    history: Vec<String>,
}

impl Page {
    fn open(query: &str) -> Self {
        let (state, history) = (State::open(query), vec![query.to_owned()]);
        assert_eq!(state.notices(), [""; 0], "{query}");
        Self { state, history }
    }

    fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = update(&mut self.state, msg);
        for effect in &effects {
            match effect {
                Effect::PushLink(link) => self.history.push(link.clone()),
                Effect::ReplaceLink(link) => self.history.last_mut().unwrap().clone_from(link),
                Effect::Copy(..) | Effect::Open(_) | Effect::Answer(_) => {}
            }
        }
        effects
    }

    fn edit(&mut self, field: Field, text: &str) -> Vec<Effect> {
        self.send(Msg::Edit(field, text.to_owned()))
    }

    fn play(&mut self, msg: PlaybackMsg) -> Vec<Effect> {
        self.send(Msg::Playback(msg))
    }

    fn link(&self) -> String {
        self.state.link().query()
    }

    fn address(&self) -> &str {
        self.history.last().unwrap()
    }

    /// Ticks until the stage or the step is another one; answers how many ticks it took.
    fn tick_on(&mut self, seconds: f64) -> usize {
        let at = |state: &State| (state.look().stage, state.settings().step());
        let before = at(&self.state);
        for ticks in 1..100_000 {
            self.send(Msg::Tick(seconds));
            if at(&self.state) != before {
                return ticks;
            }
        }
        panic!("the picture stands still at {before:?}");
    }
}

fn pushed(link: &str) -> Vec<Effect> {
    vec![Effect::PushLink(link.to_owned())]
}

fn replaced(link: &str) -> Vec<Effect> {
    vec![Effect::ReplaceLink(link.to_owned())]
}

#[test]
fn an_edit_computes_the_run_anew_and_makes_an_entry_in_the_history() {
    let mut page = Page::open("");
    assert_eq!(page.edit(Field::Batch, "7"), pushed("?v=1&batch=7"));
    assert_eq!(bits(page.state.trace()), bits(&trace_of("batch=7")));
    assert_eq!(
        page.edit(Field::Mode, "eval"),
        pushed("?v=1&mode=eval&batch=7")
    );
    assert_eq!(
        page.state.status(),
        "Eval mode: dropout does nothing. Gradients still flow."
    );
}

#[test]
fn repeated_edits_of_one_field_are_one_entry_in_the_history() {
    let mut page = Page::open("");
    assert_eq!(page.edit(Field::P, "0.51"), pushed("?v=1&p=0.51"));
    assert_eq!(page.edit(Field::P, "0.52"), replaced("?v=1&p=0.52"));
    assert_eq!(page.edit(Field::Seed, "7"), pushed("?v=1&p=0.52&seed=7"));
    assert_eq!(page.edit(Field::P, "0.53"), pushed("?v=1&p=0.53&seed=7"));
    assert_eq!(
        page.history,
        [
            "",
            "?v=1&p=0.52",
            "?v=1&p=0.52&seed=7",
            "?v=1&p=0.53&seed=7"
        ]
    );
}

#[test]
fn an_edit_that_changes_nothing_asks_for_nothing() {
    let mut page = Page::open("");
    let trace = page.state.trace().clone();
    assert_eq!(page.edit(Field::P, "0.5"), []);
    assert!(Rc::ptr_eq(&trace, page.state.trace()));
}

#[test]
fn a_refused_edit_keeps_the_last_good_value_and_remembers_the_text() {
    let mut page = Page::open("p=0.3");
    let trace = page.state.trace().clone();
    assert_eq!(page.edit(Field::P, "1.5"), []);
    assert!(Rc::ptr_eq(&trace, page.state.trace()) && page.link() == "?v=1&p=0.3");
    let (text, error) = page.state.refused(Field::P).unwrap();
    assert_eq!(
        (text, error.to_string().as_str()),
        (
            "1.5",
            "p = 1.5 is not possible; allowed: numbers from 0 to 1"
        )
    );
    assert_eq!(
        page.state.status(),
        "p = 1.5 is not possible; allowed: numbers from 0 to 1."
    );
    assert!(page.state.refused(Field::Seed).is_none());
    // Back at the value in force, nothing is wrong any more.
    page.edit(Field::P, "0.3");
    assert!(page.state.refused(Field::P).is_none() && page.state.status().is_empty());
    page.edit(Field::P, "x");
    page.edit(Field::Seed, "9");
    assert!(page.state.refused(Field::P).is_none());
}

#[test]
fn again_in_eval_mode_draws_nothing() {
    let mut page = Page::open("mode=eval");
    let trace = page.state.trace().clone();
    for call in 2..5 {
        assert_eq!(page.send(Msg::Again), []);
        assert_eq!(page.state.eval_calls(), call);
        assert!(
            page.state
                .status()
                .starts_with(&format!("Call {call} of model(x) in eval mode"))
        );
    }
    assert!(Rc::ptr_eq(&trace, page.state.trace()));
    page.edit(Field::P, "0.9");
    assert_eq!(page.state.eval_calls(), 1);
}

#[test]
fn again_in_train_mode_draws_another_mask_which_the_link_replays() {
    for start in [
        "",
        "step=3&again=1:2",
        "dropout=rand",
        "bernoulli=mcg31&batch=9",
    ] {
        let mut page = Page::open(start);
        for _ in 0..3 {
            let before = page.state.trace().clone();
            page.send(Msg::Again);
            let after = page.state.trace();
            assert_ne!(before.pass.mask, after.pass.mask);
            assert_eq!(
                (&before.input, &before.before),
                (&after.input, &after.before)
            );
            assert_eq!(
                bits(&trace_of(page.address())),
                bits(after),
                "{}",
                page.address()
            );
        }
        assert_eq!(page.history.len(), 2, "pressed three times, one entry");
    }
}

#[test]
fn again_before_the_mask_is_to_be_seen_shows_it() {
    let mut page = Page::open("stage=fc1");
    page.send(Msg::Again);
    assert_eq!(page.state.look().stage, Stage::LAST);
    assert_eq!(page.address(), "?v=1&again=0:1");
    let mut page = Page::open("stage=scale");
    page.send(Msg::Again);
    assert_eq!(page.address(), "?v=1&again=0:1&stage=scale");
}

#[test]
fn again_is_refused_at_its_bound() {
    let mut page = Page::open("again=0:10000");
    assert_eq!(page.send(Msg::Again), []);
    let said = "again = 10001 is not possible; allowed: step:passes, at most 10000 passes in all.";
    assert_eq!(page.state.notices(), [said]);
}

#[test]
fn steps_there_and_back_show_the_same_bits() {
    let mut page = Page::open("seed=9&momentum=0.9&again=2:1");
    let mut there = Vec::new();
    for step in 0..6 {
        assert_eq!(page.state.settings().step(), step);
        there.push(bits(page.state.trace()));
        page.send(Msg::Step);
    }
    for seen in there.iter().rev() {
        page.send(Msg::StepBack);
        assert_eq!(&bits(page.state.trace()), seen);
    }
    assert_eq!(page.history.len(), 1 + 6 + 6);
    assert_eq!(page.send(Msg::StepBack), []);
    assert_eq!(page.state.status(), "This is the first step.");
}

#[test]
fn a_step_beyond_the_last_is_refused() {
    let mut page = Page::open("step=1000&hidden=1&in=1&batch=1");
    for msg in [Msg::Step, Msg::Playback(PlaybackMsg::Next)] {
        assert_eq!(page.send(msg), []);
        assert_eq!(page.state.settings().step(), 1000);
    }
    let said = "step = 1001 is not possible; allowed: whole numbers from 0 to 1000.";
    assert_eq!(page.state.notices(), [said], "said once");
}

#[test]
fn under_a_moving_p_units_go_out_one_by_one() {
    for style in ["nn", "bernoulli", "rand"] {
        let mut page = Page::open(&format!("dropout={style}&batch=16&step=2"));
        let mut dropped = 0;
        let mut before: Option<Vec<f32>> = None;
        for percent in 1..100 {
            page.edit(Field::P, &format!("0.{percent:02}"));
            let mask = page.state.trace().pass.mask.data().to_vec();
            let out = mask.iter().filter(|kept| **kept == 0.0).count();
            if let Some(before) = before {
                assert!(
                    before.iter().zip(&mask).all(|(before, now)| now <= before),
                    "p = 0.{percent:02}"
                );
            }
            dropped = dropped.max(out);
            before = Some(mask);
        }
        assert!((150..=160).contains(&dropped), "{dropped} of 160");
    }
}

#[test]
fn a_fresh_seed_starts_a_run_at_its_first_step() {
    let mut page = Page::open("step=4&again=1:1&batch=7&stage=mask");
    assert_eq!(
        page.send(Msg::FreshSeed(12)),
        pushed("?v=1&seed=12&batch=7&stage=mask")
    );
    assert_eq!(
        page.state.status(),
        "Seed 12: new weights, new data, new masks."
    );
}

#[test]
fn reset_brings_the_default_run_back() {
    let mut page = Page::open("seed=7&batch=1&hidden=3");
    page.send(Msg::Reset);
    assert_eq!(page.state.settings(), &Link::default().settings);
    assert_eq!(bits(page.state.trace()), bits(&trace_of("")));
}

#[test]
fn finding_a_dead_unit_goes_to_a_seed_that_has_one() {
    let mut page = Page::open("p=0.4&stage=fc1");
    page.send(Msg::FindDeadUnit);
    let seed = page.state.settings().seed();
    assert!(seed > 36 && page.state.look().stage == Stage::LAST);
    assert_eq!(page.address(), format!("?v=1&p=0.4&seed={seed}"));
    assert!(page.state.status().contains(&format!("Seed {seed} ")));
    let mut page = Page::open("p=0");
    assert_eq!(page.send(Msg::FindDeadUnit), []);
    assert_eq!(page.state.settings().seed(), 36);
    assert!(page.state.status().starts_with("None of the next "));
}

#[test]
fn the_look_changes_without_computing_anything() {
    let mut page = Page::open("");
    let trace = page.state.trace().clone();
    let look = |field, text: &str| Msg::Look(field, text.to_owned());
    assert_eq!(
        page.send(look(LookField::Theme, "dark")),
        replaced("?v=1&theme=dark")
    );
    assert_eq!(page.state.look().theme, Theme::Dark);
    assert_eq!(
        page.send(look(LookField::Sample, "4")),
        replaced("?v=1&sample=4&theme=dark")
    );
    assert_eq!(page.state.sample(), 3);
    assert!(Rc::ptr_eq(&trace, page.state.trace()));
    assert_eq!(page.send(look(LookField::Sample, "5")), []);
    assert_eq!(page.state.sample(), 3);
    assert_eq!(page.state.notices().len(), 1);
}

#[test]
fn a_smaller_batch_keeps_the_sample_and_the_focus_inside() {
    let mut page = Page::open("batch=9&sample=9");
    let far = Target::Mask { sample: 8, unit: 9 };
    page.send(Msg::Focus(Some(far)));
    assert_eq!(page.state.focus(), Some(far));
    page.edit(Field::Batch, "3");
    assert_eq!((page.state.sample(), page.state.focus()), (2, None));
    page.send(Msg::Focus(Some(Target::Bias { unit: 2 })));
    page.edit(Field::P, "0.1");
    assert_eq!(page.state.focus(), Some(Target::Bias { unit: 2 }));
}

#[test]
fn playing_goes_through_every_stage_and_on_into_the_next_step() {
    for speed in Speed::ALL {
        let mut page = Page::open("");
        page.play(PlaybackMsg::Speed(speed));
        assert_eq!(page.play(PlaybackMsg::Play), []);
        for step in 0..2 {
            for stage in Stage::ALL {
                assert_eq!(
                    (page.state.look().stage, page.state.settings().step()),
                    (stage, step)
                );
                assert!(page.state.playback().playing && page.state.playback().progress < 1.0);
                let frames = page.tick_on(1.0 / 60.0);
                assert!(
                    (15..=600).contains(&frames),
                    "{speed:?} {stage:?}: {frames} frames"
                );
            }
        }
        assert_eq!(bits(page.state.trace()), bits(&trace_of("step=2")));
        assert_eq!(page.history.len(), 1, "playing fills no history");
        page.play(PlaybackMsg::Pause);
        assert_eq!(page.address(), page.link());
    }
}

#[test]
fn progress_only_grows_within_a_stage() {
    let mut page = Page::open("");
    page.play(PlaybackMsg::Play);
    let mut before = -1.0;
    while page.state.look().stage == Stage::Input {
        let progress = page.state.playback().progress;
        assert!(progress > before && (0.0..1.0).contains(&progress));
        before = progress;
        page.send(Msg::Tick(1.0 / 60.0));
    }
}

#[test]
fn a_tab_that_was_hidden_goes_on_where_it_was() {
    for seconds in [1e9, f64::INFINITY, f64::NAN, -5.0] {
        let mut page = Page::open("");
        page.play(PlaybackMsg::Play);
        page.send(Msg::Tick(seconds));
        let playback = page.state.playback();
        assert_eq!(page.state.look().stage, Stage::Input);
        assert!(
            (0.0..0.2).contains(&playback.progress),
            "{seconds}: {playback:?}"
        );
    }
}

#[test]
fn without_play_no_time_passes() {
    let mut page = Page::open("stage=mask");
    let before = page.state.playback();
    assert_eq!(page.send(Msg::Tick(0.1)), []);
    assert_eq!(
        (page.state.playback(), page.state.look().stage),
        (before, Stage::Mask)
    );
    assert!(!before.playing && before.progress == 1.0);
}

#[test]
fn a_pause_keeps_the_moment_and_play_goes_on_from_it() {
    let mut page = Page::open("");
    page.play(PlaybackMsg::Toggle);
    for _ in 0..5 {
        page.send(Msg::Tick(0.05));
    }
    let moment = page.state.playback().progress;
    page.play(PlaybackMsg::Toggle);
    assert!(!page.state.playback().playing);
    page.send(Msg::Tick(0.05));
    assert_eq!(page.state.playback().progress, moment);
    page.play(PlaybackMsg::Toggle);
    assert_eq!(
        (page.state.playback().progress, page.state.look().stage),
        (moment, Stage::Input)
    );
}

#[test]
fn a_jump_while_it_plays_stands_still_and_whole() {
    let jumps = [
        Msg::Step,
        Msg::FindDeadUnit,
        Msg::Playback(PlaybackMsg::Stage(Stage::Fc2)),
        Msg::Playback(PlaybackMsg::Next),
    ];
    for jump in jumps {
        let mut page = Page::open("");
        page.play(PlaybackMsg::Play);
        page.send(Msg::Tick(0.05));
        page.send(jump.clone());
        let playback = page.state.playback();
        assert_eq!(
            (playback.playing, playback.progress),
            (false, 1.0),
            "{jump:?}"
        );
        assert_eq!(page.address(), page.link(), "{jump:?}");
    }
}

#[test]
fn playing_ends_whole_at_the_last_step() {
    let mut page = Page::open("step=1000&hidden=1&in=1&batch=1&stage=accumulate");
    page.play(PlaybackMsg::Play);
    assert_eq!(page.state.look().stage, Stage::Sgd);
    for _ in 0..200 {
        page.send(Msg::Tick(0.1));
    }
    let playback = page.state.playback();
    assert!(
        !playback.playing && playback.progress == 1.0,
        "{playback:?}"
    );
    assert_eq!(
        (page.state.notices().len(), page.address()),
        (1, page.link().as_str())
    );
}

#[test]
fn stages_can_be_walked_there_and_back_across_steps() {
    let mut page = Page::open("step=1&stage=input");
    let mut there = vec![page.link()];
    for _ in 0..25 {
        page.play(PlaybackMsg::Next);
        assert_eq!(page.address(), page.link());
        there.push(page.link());
    }
    assert_eq!(
        (page.state.settings().step(), page.state.look().stage),
        (3, Stage::Fc2)
    );
    for link in there.iter().rev().skip(1) {
        page.play(PlaybackMsg::Previous);
        assert_eq!(&page.link(), link);
    }
    for _ in 0..20 {
        page.play(PlaybackMsg::Previous);
    }
    assert_eq!(
        (page.state.settings().step(), page.state.look().stage),
        (0, Stage::Input)
    );
    assert_eq!(page.state.status(), "This is the first step.");
}

#[test]
fn a_stage_can_be_stood_at_and_the_link_says_so() {
    let mut page = Page::open("");
    page.play(PlaybackMsg::Play);
    for stage in Stage::ALL {
        page.play(PlaybackMsg::Stage(stage));
        assert_eq!(
            (page.state.look().stage, page.state.playback().playing),
            (stage, false)
        );
        assert_eq!(
            (page.state.playback().progress, page.address()),
            (1.0, page.link().as_str())
        );
    }
}

#[test]
fn with_motion_off_a_stage_is_drawn_whole() {
    let mut page = Page::open("motion=off");
    page.play(PlaybackMsg::Play);
    assert_eq!(page.state.drawn_progress(false), 1.0);
    let mut page = Page::open("");
    page.play(PlaybackMsg::Play);
    assert_eq!(
        (
            page.state.drawn_progress(false),
            page.state.drawn_progress(true)
        ),
        (0.0, 1.0)
    );
}

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
