//! The training view: the same numbers in slices of any size, stopped and resumed; links; what it says
//! and draws; runs that go wrong.
#![allow(clippy::unwrap_used, reason = "settings here are the test's own")]

mod course;
mod ends;
mod links;
mod said;

use dropout_lab::app::training::{Msg, Pace, State};
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::training::Mark;
use dropout_lab::draw::{Palette, training as picture};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::training::Settings;
use plotters::backend::SVGBackend;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const SHOWS: [&str; 3] = ["run", "race", "sweep"];

const PRESETS: [&str; 4] = ["helps", "hurts", "trap", "moons"];

fn settings(changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (name, text) in changes {
        settings.set(name, text).unwrap();
    }
    settings
}

/// A few short runs.
fn short(show: &str, preset: &str) -> Settings {
    settings(&[
        ("preset", preset),
        ("show", show),
        ("steps", "20"),
        ("seeds", "3"),
    ])
}

/// Trains to the end, `slice` steps at a time.
fn trained(settings: &Settings, slice: u32) -> State {
    let mut state = State::new(settings.clone());
    state.update(Msg::Go(Pace::Full));
    while state.pace() == Pace::Full {
        state.update(Msg::Advance(slice));
        state.update(Msg::Tick(0.01));
    }
    state
}

fn svg(state: &State, width: f64, height: f64, focus: Option<Mark>) -> String {
    let layout = picture::Layout::new(state.live(), Room::screen(width, height));
    let frame = picture::Frame {
        live: state.live(),
        focus,
        palette: &Palette::BRIGHT,
    };
    let mut text = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut text, (1400, 1400));
        picture::draw(&mut backend, &layout, &frame, 1.0).unwrap();
    }
    text
}
