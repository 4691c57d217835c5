//! What can be done to a state, by the reader's hand or by the page around this one.

use super::State;
use super::embed::Changes;
use super::msg::{Effect, PlaybackMsg};
use crate::lang;
use crate::model::{Field, FieldError, Settings, Stage};
use crate::nn::Mode;
use crate::words;

/// Most notices kept at once.
const MAX_NOTICES: usize = 5;

/// What the browser is to do, or what was refused and changed nothing.
pub(super) type Outcome = Result<Vec<Effect>, FieldError>;

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

/// The same after an edit of `field`: a slider's many edits are one entry in the history.
pub(super) fn run_edited(
    state: &mut State,
    settings: Settings,
    field: Field,
    status: &str,
) -> Vec<Effect> {
    let same_field = state.last_edit == Some(field);
    let effects = run(state, settings, status);
    state.last_edit = Some(field);
    if same_field {
        vec![Effect::ReplaceLink(state.link.query())]
    } else {
        effects
    }
}

fn samples(state: &State) -> u32 {
    u32::try_from(state.settings().batch()).unwrap_or(u32::MAX)
}

/// Another forward pass with the same input.
///
/// In eval mode nothing is drawn, so nothing of the run changes: the same call, the same output.
pub(super) fn again(state: &mut State) -> Outcome {
    if state.settings().mode() == Mode::Eval {
        state.eval_calls = state.eval_calls.saturating_add(1);
        state.status = words::again_in_eval(state.eval_calls);
        return Ok(Vec::new());
    }
    let mut settings = state.settings().clone();
    settings.press_again()?;
    if state.look().stage < Stage::Mask {
        // Before the mask nothing would be seen to change.
        state.link.look.stage = Stage::LAST;
        state.playback.progress = 1.0;
    }
    let status = words::again(&settings);
    Ok(run_edited(state, settings, Field::Again, &status))
}

/// Stands at a stage of another step.
pub(super) fn go_to(state: &mut State, step: u32, stage: Stage) -> Outcome {
    let mut settings = state.settings().clone();
    settings.set(Field::Step, &step.to_string())?;
    state.link.look.stage = stage;
    stand_still(state);
    Ok(run(state, settings, &words::at_step(step)))
}

/// Stands at a stage of another step, if there is one.
pub(super) fn turn_to(state: &mut State, step: Option<u32>, stage: Stage) -> Vec<Effect> {
    let Some(step) = step else {
        return say(state, lang::text(words::FIRST_STEP));
    };
    let outcome = go_to(state, step, stage);
    state.playback.playing = false;
    or_notice(state, outcome)
}

/// Nothing moves, and the present stage is there whole.
pub(super) fn stand_still(state: &mut State) {
    state.playback.playing = false;
    state.playback.progress = 1.0;
}

/// Changes several names at once, all or none of them.
pub(super) fn set_all(state: &mut State, changes: &Changes) -> Outcome {
    let link = state.link.with_all(changes)?;
    state.link.look = link.look;
    stand_still(state);
    Ok(run(state, link.settings, ""))
}

pub(super) fn playback(state: &mut State, msg: PlaybackMsg) -> Vec<Effect> {
    match msg {
        PlaybackMsg::Toggle | PlaybackMsg::Rest if state.playback.playing => pause(state),
        PlaybackMsg::Toggle | PlaybackMsg::Play => play(state),
        PlaybackMsg::Pause => pause(state),
        PlaybackMsg::Rest => Vec::new(),
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

pub(super) fn or_notice(state: &mut State, outcome: Outcome) -> Vec<Effect> {
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

pub(super) fn say(state: &mut State, status: &str) -> Vec<Effect> {
    status.clone_into(&mut state.status);
    Vec::new()
}
