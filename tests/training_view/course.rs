//! How training goes on.

use std::rc::Rc;

use super::{SHOWS, settings, short, trained};
use dropout_lab::app::training::{Msg, Pace, State};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::training::{Fit, Live, Settings};
use dropout_lab::model::proof::race::{Kind, Race};
use dropout_lab::words;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn training_comes_to_the_same_in_slices_of_any_size() {
    for show in SHOWS {
        let settings = short(show, "helps");
        let whole = trained(&settings, u32::MAX);
        for slice in [1, 7, 50] {
            let state = trained(&settings, slice);
            assert_eq!(state.live(), whole.live(), "{show} in slices of {slice}");
        }
        assert!(whole.progress().done && whole.pace() == Pace::Rest);
    }
}

#[test]
fn the_race_is_that_of_the_model_with_the_kernel_that_was_chosen() {
    let mut settings = short("race", "hurts");
    for (kernel, kind) in [("fast", Kind::Fast), ("exact", Kind::Exact)] {
        settings.set("kernel", kernel).unwrap();
        let mut race = Race::new(*settings.plan(), settings.seeds(), 1).by(kind);
        race.advance(u32::MAX);
        let state = trained(&settings, 13);
        let Live::Race(trace) = &**state.live() else {
            panic!("a race is shown");
        };
        assert_eq!(trace.report, race.report(), "{kernel}");
        assert_eq!(trace.pairs.len(), 3);
        assert_eq!(state.how_far(), "3 of 3 pairs");
    }
}

#[test]
fn another_kernel_starts_a_race_anew_and_only_the_fast_one_is_told_of() {
    let fast = short("race", "trap");
    assert_eq!(Fields::read(&fast, "kernel").as_deref(), Some("fast"));
    let exact = |show| {
        let mut settings = short(show, "trap");
        settings.set("kernel", "exact").unwrap();
        settings
    };
    let mut state = trained(&fast, 13);
    state.update(Msg::Settings(exact("race")));
    assert_eq!(state.progress().taken, 0);
    let told = |settings: &Settings| {
        let told = words::training::now(settings).contains("fast kernel");
        assert_eq!(words::training::bound(settings).is_some(), told);
        told
    };
    assert!(told(&fast) && told(&short("sweep", "trap")));
    // A single pair is exact in any case.
    assert!(!told(&exact("race")) && !told(&exact("sweep")) && !told(&short("run", "trap")));
}

#[test]
fn what_is_stopped_goes_on_where_it_stopped() {
    for show in SHOWS {
        let settings = short(show, "trap");
        let mut state = State::new(settings.clone());
        state.update(Msg::Go(Pace::Full));
        state.update(Msg::Advance(13));
        state.update(Msg::Go(Pace::Rest));
        let before = state.progress();
        state.update(Msg::Advance(1000));
        state.update(Msg::Tick(1.0));
        assert_eq!(state.progress(), before, "{show} trained while it rested");
        assert!(before.taken > 0 && !before.done);
        state.update(Msg::Go(Pace::Full));
        state.update(Msg::Advance(u32::MAX));
        state.update(Msg::Tick(0.1));
        assert_eq!(state.live(), trained(&settings, 5).live(), "{show}");
        state.update(Msg::Restart);
        // No medians are NaN, which no NaN equals.
        let fresh = State::new(settings);
        assert_eq!(format!("{:?}", state.live()), format!("{:?}", fresh.live()));
        assert_eq!(state.progress().taken, 0);
    }
}

#[test]
fn going_on_and_stopping_shows_other_numbers_only_once_there_are_any() {
    for show in SHOWS {
        let mut state = State::new(short(show, "helps"));
        let first = Rc::clone(state.live());
        state.update(Msg::Go(Pace::Full));
        state.update(Msg::Go(Pace::Rest));
        assert!(Rc::ptr_eq(&first, state.live()), "{show}");
        state.update(Msg::Go(Pace::Full));
        state.update(Msg::Advance(u32::MAX));
        state.update(Msg::Go(Pace::Rest));
        assert_ne!(first, *state.live(), "{show}");
    }
    // Passes are drawn at rest alone.
    let mut state = State::new(settings(&[("preset", "hurts"), ("passes", "3")]));
    let sampled = |state: &State| {
        let Live::Run(trace) = &**state.live() else {
            panic!("a run was asked for");
        };
        matches!(&trace.fit, Fit::Curve { sampled, .. } if sampled.is_some())
    };
    assert!(sampled(&state));
    state.update(Msg::Go(Pace::Watch));
    assert!(!sampled(&state));
    state.update(Msg::Go(Pace::Rest));
    assert!(sampled(&state));
}

#[test]
fn a_watched_run_takes_its_twelve_seconds_and_a_hidden_page_does_not_catch_up() {
    let settings = settings(&[("steps", "1200"), ("train", "8")]);
    let mut state = State::new(settings);
    state.update(Msg::Go(Pace::Watch));
    state.update(Msg::Advance(u32::MAX));
    assert_eq!(state.progress().taken, 0);
    for _ in 0..60 {
        state.update(Msg::Tick(1.0 / 60.0));
        state.update(Msg::Advance(u32::MAX));
    }
    assert!((98..=100).contains(&state.progress().taken));
    state.update(Msg::Tick(3600.0));
    state.update(Msg::Advance(u32::MAX));
    assert!(state.progress().taken <= 111);
    assert_eq!(state.progress().left, None);
}

#[test]
fn a_step_leads_to_the_next_point_of_the_curves() {
    let mut state = State::new(settings(&[("steps", "1000")]));
    for taken in [5, 10, 15] {
        state.update(Msg::Next);
        assert_eq!(state.progress().taken, taken);
    }
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    let steps: Vec<u32> = trace.curves[1].points.iter().map(|at| at.step).collect();
    assert_eq!(steps, [0, 5, 10, 15]);
}

#[test]
fn time_left_is_told_at_full_pace_and_shrinks() {
    let mut state = State::new(short("race", "helps"));
    state.update(Msg::Go(Pace::Full));
    assert_eq!(state.progress().left, None);
    // 120 steps in all; 30 of them in a second.
    state.update(Msg::Advance(30));
    state.update(Msg::Tick(1.0));
    assert_eq!(state.progress().left, Some(3.0));
    assert_eq!(state.how_far(), "0 of 3 pairs · 3 s left");
    state.update(Msg::Advance(30));
    state.update(Msg::Tick(1.0));
    assert_eq!(state.progress().left, Some(2.0));
}
