//! Time.

use super::Page;
use super::common::{bits, trace_of};
use dropout_lab::app::msg::PlaybackMsg;
use dropout_lab::app::{Msg, Speed};
use dropout_lab::model::Stage;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
