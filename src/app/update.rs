//! [`update`]: what a message does to the state. No DOM, no clock, no entropy.

use super::look::LookField;
use super::msg::{Copied, Effect, Msg, PlaybackMsg};
use super::url::Name;
use super::{Link, State, rpc};
use crate::model::{Field, FieldError, Search, Settings, Stage, find_dead_unit};
use crate::nn::Mode;
use crate::notebook;
use crate::words;

/// Most notices kept at once.
const MAX_NOTICES: usize = 5;

/// Applies `msg` to `state` and says what the browser is to do.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Edit(field, text) => edit(state, field, text),
        Msg::Look(field, text) => {
            let outcome = look(state, field, &text);
            or_notice(state, outcome)
        }
        Msg::Again => {
            let outcome = again(state);
            or_notice(state, outcome)
        }
        Msg::Step => turn_to(state, state.settings().step().checked_add(1), Stage::LAST),
        Msg::StepBack => turn_to(state, state.settings().step().checked_sub(1), Stage::LAST),
        Msg::Reset => run(state, Settings::default(), words::RESET),
        Msg::FindDeadUnit => find(state),
        Msg::FreshSeed(seed) => {
            let fresh = state.settings().with_seed(u64::from(seed));
            run(state, fresh, &words::fresh_seed(seed))
        }
        Msg::Playback(msg) => playback(state, msg),
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
        Msg::CopyDone(done) => say(
            state,
            if done {
                words::COPIED
            } else {
                words::NOT_COPIED
            },
        ),
        Msg::Received { trusted, text } => rpc::receive(state, trusted, &text),
    }
}

/// Replaces the run, computes it and makes an entry in the history.
pub(super) fn run(state: &mut State, settings: Settings, status: &str) -> Vec<Effect> {
    state.link.settings = settings;
    state.link.look.sample = state.link.look.sample.min(samples(state));
    state.refused = None;
    state.last_edit = None;
    state.eval_calls = 1;
    status.clone_into(&mut state.status);
    state.recompute();
    vec![Effect::PushLink(state.link.query())]
}

fn samples(state: &State) -> u32 {
    u32::try_from(state.settings().batch()).unwrap_or(u32::MAX)
}

/// A slider's many edits are one entry in the history; what is refused changes nothing.
fn edit(state: &mut State, field: Field, text: String) -> Vec<Effect> {
    let mut settings = state.settings().clone();
    if let Err(error) = settings.set(field, &text) {
        state.status = format!("{error}.");
        state.refused = Some((field, text, error));
        return Vec::new();
    }
    if settings == *state.settings() {
        state.refused = None;
        return say(state, "");
    }
    let same_field = state.last_edit == Some(field);
    let status = words::edited(&settings, field);
    let effects = run(state, settings, &status);
    state.last_edit = Some(field);
    if same_field {
        vec![Effect::ReplaceLink(state.link.query())]
    } else {
        effects
    }
}

fn look(state: &mut State, field: LookField, text: &str) -> Outcome {
    state.link.set(Name::Look(field), text)?;
    Ok(vec![Effect::ReplaceLink(state.link.query())])
}

/// What the browser is to do, or what was refused and changed nothing.
type Outcome = Result<Vec<Effect>, FieldError>;

fn or_notice(state: &mut State, outcome: Outcome) -> Vec<Effect> {
    outcome.unwrap_or_else(|error| {
        let text = format!("{error}.");
        if !state.notices.contains(&text) {
            state.notices.push(text);
            let surplus = state.notices.len().saturating_sub(MAX_NOTICES);
            state.notices.drain(..surplus);
        }
        Vec::new()
    })
}

fn say(state: &mut State, status: &str) -> Vec<Effect> {
    status.clone_into(&mut state.status);
    Vec::new()
}

/// In eval mode nothing is drawn, so nothing of the run changes: the same call, the same output.
pub(super) fn again(state: &mut State) -> Outcome {
    if state.settings().mode() == Mode::Eval {
        state.eval_calls = state.eval_calls.saturating_add(1);
        state.status = words::again_in_eval(state.eval_calls);
        return Ok(Vec::new());
    }
    let mut settings = state.settings().clone();
    settings.press_again()?;
    let same = state.last_edit == Some(Field::Again);
    let status = words::again(&settings);
    let effects = run(state, settings, &status);
    state.last_edit = Some(Field::Again);
    if state.look().stage < Stage::Mask {
        // Before the mask nothing would be seen to change.
        state.link.look.stage = Stage::LAST;
        state.playback.progress = 1.0;
    }
    Ok(if same {
        vec![Effect::ReplaceLink(state.link.query())]
    } else {
        with_present_link(state, effects)
    })
}

/// Stands at a stage of another step.
pub(super) fn go_to(state: &mut State, step: u32, stage: Stage) -> Outcome {
    let mut settings = state.settings().clone();
    settings.set(Field::Step, &step.to_string())?;
    let effects = run(state, settings, &words::at_step(step));
    state.link.look.stage = stage;
    stand_still(state);
    Ok(with_present_link(state, effects))
}

/// Nothing moves, and the present stage is there whole.
fn stand_still(state: &mut State) {
    state.playback.playing = false;
    state.playback.progress = 1.0;
}

fn with_present_link(state: &State, effects: Vec<Effect>) -> Vec<Effect> {
    effects
        .into_iter()
        .map(|effect| match effect {
            Effect::PushLink(_) => Effect::PushLink(state.link.query()),
            other => other,
        })
        .collect()
}

fn find(state: &mut State) -> Vec<Effect> {
    match find_dead_unit(state.settings()) {
        Search::Found(settings) => {
            let status = words::found(settings.seed());
            let effects = run(state, settings, &status);
            state.link.look.stage = Stage::LAST;
            stand_still(state);
            with_present_link(state, effects)
        }
        Search::NotFound { tried } => {
            let status = words::not_found(state.settings(), tried);
            say(state, &status)
        }
    }
}

pub(super) fn playback(state: &mut State, msg: PlaybackMsg) -> Vec<Effect> {
    match msg {
        PlaybackMsg::Toggle if state.playback.playing => pause(state),
        PlaybackMsg::Toggle | PlaybackMsg::Play => play(state),
        PlaybackMsg::Pause => pause(state),
        PlaybackMsg::Speed(speed) => {
            state.playback.speed = speed;
            Vec::new()
        }
        PlaybackMsg::Stage(stage) => stand_at(state, stage),
        PlaybackMsg::Next => match state.look().stage.next() {
            Some(stage) => stand_at(state, stage),
            None => turn_to(state, state.settings().step().checked_add(1), Stage::ALL[0]),
        },
        PlaybackMsg::Previous => match state.look().stage.previous() {
            Some(stage) => stand_at(state, stage),
            None => turn_to(state, state.settings().step().checked_sub(1), Stage::LAST),
        },
    }
}

/// From a picture that is whole, the same step is played from its beginning.
fn play(state: &mut State) -> Vec<Effect> {
    if !state.playback.playing && state.playback.progress >= 1.0 {
        state.link.look.stage = state.look().stage.next().unwrap_or(Stage::ALL[0]);
        state.playback.progress = 0.0;
    }
    state.playback.playing = true;
    Vec::new()
}

fn pause(state: &mut State) -> Vec<Effect> {
    state.playback.playing = false;
    vec![Effect::ReplaceLink(state.link.query())]
}

fn stand_at(state: &mut State, stage: Stage) -> Vec<Effect> {
    state.link.look.stage = stage;
    stand_still(state);
    words::at_stage(stage).clone_into(&mut state.status);
    vec![Effect::ReplaceLink(state.link.query())]
}

/// Stands at a stage of another step, if there is one.
fn turn_to(state: &mut State, step: Option<u32>, stage: Stage) -> Vec<Effect> {
    let Some(step) = step else {
        return say(state, words::FIRST_STEP);
    };
    let outcome = go_to(state, step, stage);
    state.playback.playing = false;
    or_notice(state, outcome)
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
    let outcome = go_to(state, step, Stage::ALL[0]);
    if outcome.is_ok() {
        state.playback.progress = 0.0;
        state.playback.playing = true;
    } else {
        stand_still(state);
    }
    or_notice(state, outcome);
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

/// Changes several names at once, all or none of them.
pub(super) fn set_all(state: &mut State, changes: &[(Name, String)]) -> Outcome {
    let mut link: Link = state.link.clone();
    for (name, text) in changes {
        link.set(*name, text)?;
    }
    let look = link.look.clone();
    let effects = run(state, link.settings, "");
    state.link.look = look;
    stand_still(state);
    Ok(with_present_link(state, effects))
}
