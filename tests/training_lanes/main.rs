//! The hidden units of the training view, a lane each: that what is counted of them is so, what is said and drawn.
#![allow(clippy::unwrap_used, reason = "what a test asks for must be there")]

mod counts;
mod shown;

use dropout_lab::app::training::{Msg, Pace, State};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::training::{Lanes, Live, RunTrace, Settings};
use dropout_lab::model::proof::race::Duel;

fn settings(changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (name, text) in changes {
        settings.set(name, text).unwrap();
    }
    settings
}

/// Trains `steps` steps.
fn lanes(settings: &Settings, steps: u32) -> Lanes {
    let mut duel = Duel::new(settings.plan(), settings.seed(), 10);
    duel.advance(steps);
    RunTrace::of(settings, &duel).lanes
}

/// Trains to the end.
fn trained(changes: &[(&str, &str)]) -> State {
    let mut state = State::new(settings(changes));
    state.update(Msg::Go(Pace::Full));
    state.update(Msg::Advance(u32::MAX));
    state.update(Msg::Tick(0.1));
    state
}

fn trace(state: &State) -> &RunTrace {
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    trace
}
