//! A [`Frame`]: one still of a step, that is what of a trace is to be seen, and how far it has come.

use super::Palette;
use crate::model::{Stage, Target, Trace};

/// One still of a step.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The step.
    pub trace: &'a Trace,
    /// The stage at which it stands.
    pub stage: Stage,
    /// How much of the stage has happened, 0 to 1.
    pub progress: f64,
    /// The sample followed through the network, from 0.
    pub sample: usize,
    /// The number pointed at or focused.
    pub focus: Option<Target>,
    /// The colours.
    pub palette: &'a Palette,
}

impl Frame<'_> {
    /// How much of `stage` is to be seen, 0 to 1.
    #[must_use]
    pub fn reached(&self, stage: Stage) -> f64 {
        match self.stage.cmp(&stage) {
            std::cmp::Ordering::Less => 0.0,
            std::cmp::Ordering::Equal => self.progress.clamp(0.0, 1.0),
            std::cmp::Ordering::Greater => 1.0,
        }
    }

    /// Samples of the batch whose gradients are added up by now.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of at most 128 samples"
    )]
    pub fn accumulated(&self) -> usize {
        let share = part(self.reached(Stage::Accumulate), 0.0, 0.9);
        (share * self.trace.batch() as f64).floor() as usize
    }

    /// The sample that the network shows: while gradients are added up, the one being added.
    #[must_use]
    pub fn shown_sample(&self) -> usize {
        let adding = self.stage == Stage::Accumulate && self.progress < 0.9;
        let last = self.trace.batch().saturating_sub(1);
        if adding {
            self.accumulated().min(last)
        } else {
            self.sample.min(last)
        }
    }

    /// The unit of the number looked at.
    #[must_use]
    pub fn focused_unit(&self) -> Option<usize> {
        self.focus.and_then(Target::unit)
    }
}

/// What share of the stretch from `from` to `to` of a stage is over at `progress`, eased at its end.
#[must_use]
pub fn part(progress: f64, from: f64, to: f64) -> f64 {
    ((progress - from) / (to - from)).clamp(0.0, 1.0)
}

/// Slows down towards the end.
#[must_use]
pub fn ease(share: f64) -> f64 {
    1.0 - (1.0 - share.clamp(0.0, 1.0)).powi(3)
}
