//! [`update()`]: what a message does to the state. No DOM, no clock, no entropy.

use super::State;
use super::actions::{self, Outcome};
use super::look::LookField;
use super::msg::{Copied, Effect, Msg};
use super::url::Name;
use crate::lang;
use crate::model::{Field, Search, Settings, Stage, find_dead_unit};
use crate::notebook;
use crate::words;

/// Applies `msg` to `state` and says what the browser is to do.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    if msg.name().is_some_and(|name| !state.look().allows(name)) {
        return Vec::new();
    }
    match msg {
        Msg::Edit(field, text) => edit(state, field, text),
        Msg::Look(field, text) => {
            let outcome = look(state, field, &text);
            actions::or_notice(state, outcome)
        }
        Msg::Again => {
            let outcome = actions::again(state);
            actions::or_notice(state, outcome)
        }
        Msg::Step => actions::turn_to(state, state.settings().step().checked_add(1), Stage::LAST),
        Msg::StepBack => {
            actions::turn_to(state, state.settings().step().checked_sub(1), Stage::LAST)
        }
        Msg::Reset => actions::run(state, Settings::default(), lang::text(words::RESET)),
        Msg::FindDeadUnit => find(state),
        Msg::FreshSeed(seed) => {
            let fresh = state.settings().with_seed(u64::from(seed));
            actions::run(state, fresh, &words::fresh_seed(seed))
        }
        Msg::Playback(msg) => actions::playback(state, msg),
        Msg::Tick(seconds) => tick(state, seconds),
        Msg::Focus(target) => {
            state.focus = target;
            Vec::new()
        }
        Msg::Opened(query) => opened(state, &query),
        Msg::Dismiss(notice) => {
            if notice < state.notices.len() {
                state.notices.remove(notice);
            }
            Vec::new()
        }
        Msg::Copy(what) => vec![Effect::Copy(what, copied(state, what))],
        Msg::CopyDone(done) => actions::say(
            state,
            if done {
                lang::text(words::COPIED)
            } else {
                lang::text(words::NOT_COPIED)
            },
        ),
    }
}

/// What is refused changes nothing, and is kept where it was typed.
fn edit(state: &mut State, field: Field, text: String) -> Vec<Effect> {
    let mut settings = state.settings().clone();
    if let Err(error) = settings.set(field, &text) {
        state.status = format!("{error}.");
        state.refused = Some((field, text, error));
        return Vec::new();
    }
    if settings == *state.settings() {
        state.refused = None;
        return actions::say(state, "");
    }
    let status = words::edited(&settings, field);
    actions::run_edited(state, settings, field, &status)
}

fn look(state: &mut State, field: LookField, text: &str) -> Outcome {
    state.link.set(Name::Look(field), text)?;
    Ok(vec![Effect::ReplaceLink(state.link.query())])
}

fn find(state: &mut State) -> Vec<Effect> {
    match find_dead_unit(state.settings()) {
        Search::Found(settings) => {
            let status = words::found(settings.seed());
            state.link.look.stage = Stage::LAST;
            actions::stand_still(state);
            actions::run(state, settings, &status)
        }
        Search::NotFound { tried } => {
            let status = words::not_found(state.settings(), tried);
            actions::say(state, &status)
        }
    }
}

/// While it plays the link waits; it is written at each new step and wherever the picture comes to rest.
fn tick(state: &mut State, seconds: f64) -> Vec<Effect> {
    if !state.playback.playing || !state.playback.advance(state.look().stage, seconds) {
        return Vec::new();
    }
    if let Some(stage) = state.look().stage.next() {
        state.link.look.stage = stage;
        state.playback.progress = 0.0;
        return Vec::new();
    }
    let step = state.settings().step().saturating_add(1);
    let outcome = actions::go_to(state, step, Stage::ALL[0]);
    if outcome.is_ok() {
        state.playback.progress = 0.0;
        state.playback.playing = true;
    } else {
        actions::stand_still(state);
    }
    actions::or_notice(state, outcome);
    vec![Effect::ReplaceLink(state.link.query())]
}

/// Everything becomes what the link says; the speed, which no link carries, stays.
fn opened(state: &mut State, query: &str) -> Vec<Effect> {
    let speed = state.playback.speed;
    *state = State::open(query);
    state.playback.speed = speed;
    Vec::new()
}

fn copied(state: &State, what: Copied) -> String {
    match what {
        Copied::Link => state.link.query(),
        Copied::Script => notebook::script(state.settings(), &state.link.query()),
        Copied::Output => notebook::output(&state.trace),
    }
}
