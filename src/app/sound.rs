//! What can be heard of a step, for whoever has asked for it: a tone for each coin of the sample that is followed, and
//! one for each row of fc1 that gets no gradient. The browser plays it (`views::sound`).

use std::rc::Rc;

use super::State;
use crate::model::{Stage, Trace};
use crate::nn::Mode;

/// Whether anything is to be heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sound {
    /// Nothing is.
    #[default]
    Off,
    /// Coins and blocked gradients are.
    On,
}

/// A tone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tone {
    /// When it begins, in seconds from now.
    pub at: f64,
    /// How long it lasts, in seconds.
    pub lasts: f64,
    /// Its pitch, in hertz.
    pub pitch: f64,
}

/// A kept unit: E5.
pub const KEPT: f64 = 659.3;
/// A dropped one: an octave and a fifth below.
pub const DROPPED: f64 = 220.0;
/// A row without gradient: lower than either.
pub const BLOCKED: f64 = 110.0;

/// Most coins that are heard; a longer row would be a noise.
pub const MOST_COINS: usize = 32;
/// Most rows without gradient that are.
pub const MOST_ROWS: usize = 8;

/// From one coin to the next, at most, and all of them together, in seconds.
const PACE: f64 = 0.07;
const ROW_OF_COINS: f64 = 1.2;
/// From one blocked row to the next.
const SLOWER: f64 = 0.16;

/// What the ear knows of a state: which pass it shows, and at which stage.
#[derive(Clone, Debug)]
pub struct Moment {
    trace: Rc<Trace>,
    stage: Stage,
}

impl Moment {
    /// That of a state.
    #[must_use]
    pub fn of(state: &State) -> Self {
        Self {
            trace: Rc::clone(state.trace()),
            stage: state.look().stage,
        }
    }

    /// Whether `now` shows another call of the same step.
    fn is_before_another_call(&self, now: &Trace) -> bool {
        let (then, now) = (&self.trace.settings, &now.settings);
        let passes = |settings: &crate::model::Settings| settings.again().passes(settings.step());
        then.step() == now.step() && then.seed() == now.seed() && passes(then) < passes(now)
    }
}

/// What is to be heard of the way from `before` to `now`: coins when they fall or fall anew, blocked rows when the
/// gradients are added up, or are there at once.
#[must_use]
pub fn heard(before: &Moment, now: &State) -> Vec<Tone> {
    if now.look().sound == Sound::Off {
        return Vec::new();
    }
    let (trace, stage) = (now.trace(), now.look().stage);
    let again = before.is_before_another_call(trace);
    let turned = before.stage != stage;
    let mut tones = Vec::new();
    if again || turned && stage == Stage::Mask {
        tones = coins(trace, now.sample());
    }
    if again && stage >= Stage::Accumulate || turned && stage == Stage::Accumulate {
        let after = tones.last().map_or(0.0, |tone| tone.at + PACE + SLOWER);
        let later = |tone: Tone| Tone {
            at: tone.at + after,
            ..tone
        };
        tones.extend(blocked(trace).into_iter().map(later));
    }
    tones
}

/// The coins of `sample`, from the first unit on; in eval mode none was tossed.
#[must_use]
pub fn coins(trace: &Trace, sample: usize) -> Vec<Tone> {
    if trace.settings.mode() == Mode::Eval {
        return Vec::new();
    }
    let units = trace.hidden_features().min(MOST_COINS);
    let pace = PACE.min(ROW_OF_COINS / seconds(units));
    let tone = |unit: usize| Tone {
        at: pace * seconds(unit),
        lasts: 0.8 * pace,
        pitch: if trace.kept(sample, unit) {
            KEPT
        } else {
            DROPPED
        },
    };
    (0..units).map(tone).collect()
}

/// A tone for each row of fc1 that gets no gradient.
#[must_use]
pub fn blocked(trace: &Trace) -> Vec<Tone> {
    let rows = (0..trace.hidden_features()).filter(|unit| trace.without_gradient(*unit));
    let tone = |(k, _): (usize, usize)| Tone {
        at: SLOWER * seconds(k),
        lasts: 0.8 * SLOWER,
        pitch: BLOCKED,
    };
    rows.take(MOST_ROWS).enumerate().map(tone).collect()
}

fn seconds(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
