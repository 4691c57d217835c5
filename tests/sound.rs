//! What is heard of a step: a tone a coin, and one for each row that gets no gradient; nothing unless it was asked for.

mod common;

use dropout_lab::app::look::LookField;
use dropout_lab::app::msg::PlaybackMsg;
use dropout_lab::app::sound::{BLOCKED, DROPPED, KEPT, MOST_COINS, Moment, Tone, heard};
use dropout_lab::app::{Msg, Sound, State, update};
use dropout_lab::model::{Field, Stage};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// What is heard while `msg` is done.
fn send(state: &mut State, msg: Msg) -> Vec<Tone> {
    let before = Moment::of(state);
    update(state, msg);
    heard(&before, state)
}

fn pitches(tones: &[Tone]) -> Vec<f64> {
    tones.iter().map(|tone| tone.pitch).collect()
}

/// The tones that the trace on the screen has to give.
fn expected(state: &State, rows: bool) -> Vec<f64> {
    let (trace, sample) = (state.trace(), state.sample());
    let units = 0..trace.hidden_features();
    let coin = |unit| {
        if trace.kept(sample, unit) {
            KEPT
        } else {
            DROPPED
        }
    };
    let blocked = units
        .clone()
        .filter(|unit| rows && trace.without_gradient(*unit));
    units
        .clone()
        .map(coin)
        .chain(blocked.map(|_| BLOCKED))
        .collect()
}

#[test]
fn again_is_heard_coin_by_coin_and_then_row_by_row() {
    let mut state = State::open("?sound=on");
    for _ in 0..20 {
        let tones = send(&mut state, Msg::Again);
        assert_eq!(pitches(&tones), expected(&state, true));
        // One after another, and short.
        assert!(
            tones
                .windows(2)
                .all(|two| two[0].at + two[0].lasts <= two[1].at)
        );
        assert!(tones.iter().all(|tone| tone.lasts < 0.2));
    }
    assert!(state.trace().lanes.iter().any(|lane| lane.kept < 4));
}

#[test]
fn the_mask_is_heard_as_its_stage_comes_and_the_rows_as_gradients_are_added_up() {
    let mut state = State::open("?sound=on&seed=36");
    send(&mut state, Msg::Playback(PlaybackMsg::Stage(Stage::Fc1)));
    let mut tones = Vec::new();
    send(&mut state, Msg::Playback(PlaybackMsg::Play));
    for _ in 0..400 {
        let (before, heard) = (state.look().stage, send(&mut state, Msg::Tick(0.05)));
        if !heard.is_empty() {
            assert_ne!(before, state.look().stage);
            tones.push((state.look().stage, pitches(&heard)));
        }
        if state.settings().step() > 0 {
            break;
        }
    }
    let all = expected(&state_at(0), true);
    let (coins, rows) = all.split_at(state.trace().hidden_features());
    assert!(
        !rows.is_empty(),
        "the first step leaves a row without gradient"
    );
    assert_eq!(
        tones,
        [
            (Stage::Mask, coins.to_vec()),
            (Stage::Accumulate, rows.to_vec())
        ]
    );
}

fn state_at(step: u32) -> State {
    State::open(&format!("?seed=36&step={step}"))
}

#[test]
fn nothing_is_heard_unless_asked_for_nor_of_what_tosses_no_coin() {
    let mut silent = State::open("");
    assert_eq!(silent.look().sound, Sound::Off);
    assert_eq!(send(&mut silent, Msg::Again), []);
    assert_eq!(
        send(&mut silent, Msg::Playback(PlaybackMsg::Stage(Stage::Mask))),
        []
    );
    // To switch it on makes no sound by itself.
    assert_eq!(
        send(&mut silent, Msg::Look(LookField::Sound, "on".to_owned())),
        []
    );

    let mut eval = State::open("?sound=on&mode=eval");
    assert_eq!(send(&mut eval, Msg::Again), []);
    assert_eq!(
        send(&mut eval, Msg::Playback(PlaybackMsg::Stage(Stage::Mask))),
        []
    );
    let mut dragged = State::open("?sound=on");
    assert_eq!(
        send(&mut dragged, Msg::Edit(Field::P, "0.7".to_owned())),
        []
    );
    assert_eq!(send(&mut dragged, Msg::Step), []);
    assert_eq!(send(&mut dragged, Msg::Reset), []);
}

#[test]
fn a_large_layer_is_heard_in_little_more_than_a_second() {
    let mut state = State::open("?sound=on&hidden=256&stage=mask");
    let tones = send(&mut state, Msg::Again);
    assert_eq!(tones.len(), MOST_COINS);
    assert!(tones.iter().all(|tone| tone.at + tone.lasts < 1.3));
}
