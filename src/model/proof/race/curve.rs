//! A run with its losses written down along the way.

use super::{Losses, Run};
use crate::nn::{Exact, Kernel};

/// Losses of a run at rising steps: before the first, every so many, and the last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// The losses; never none.
    pub points: Vec<Losses>,
    /// The step, counted from 1, whose loss was infinite or not a number, and the end of the run.
    pub diverged: Option<u32>,
}

impl Curve {
    /// The latest of one loss; infinite where it is not a number, so that a run that diverged is
    /// worse than any that did not.
    pub(super) fn last(&self, loss: impl Fn(&Losses) -> f32) -> f32 {
        let last = self.points.last().map_or(f32::NAN, loss);
        if last.is_nan() { f32::INFINITY } else { last }
    }
}

/// A [`Run`] on its way to its last step.
#[derive(Clone, Debug)]
pub struct Recorder<K = Exact> {
    run: Run<K>,
    curve: Curve,
    stride: u32,
    steps: u32,
}

impl<K: Kernel> Recorder<K> {
    /// Trains `run` until it has taken `steps`, and writes down its losses every `stride` of them.
    #[must_use]
    pub fn new(mut run: Run<K>, steps: u32, stride: u32) -> Self {
        let curve = Curve {
            points: vec![run.losses()],
            diverged: None,
        };
        Self {
            run,
            curve,
            stride: stride.max(1),
            steps,
        }
    }

    /// Takes `budget` training steps, or what is left of them, and returns how many it took.
    pub fn advance(&mut self, budget: u32) -> u32 {
        let start = self.run.taken();
        let target = start.saturating_add(budget).min(self.steps);
        while !self.is_done() && self.run.taken() < target {
            let next = (self.run.taken() / self.stride + 1).saturating_mul(self.stride);
            let next = next.min(self.steps);
            self.run.advance(next.min(target) - self.run.taken());
            self.curve.diverged = self.run.diverged();
            if self.run.taken() == next || self.curve.diverged.is_some() {
                self.curve.points.push(self.run.losses());
            }
        }
        self.run.taken() - start
    }

    /// Whether all steps are taken, or no further one can be.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.run.taken() >= self.steps || self.curve.diverged.is_some()
    }

    /// The run as it is.
    #[must_use]
    pub fn run(&self) -> &Run<K> {
        &self.run
    }

    /// The losses so far.
    #[must_use]
    pub fn curve(&self) -> &Curve {
        &self.curve
    }
}
