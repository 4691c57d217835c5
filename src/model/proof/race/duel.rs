//! One pair of runs side by side, step for step.

use super::{Curve, Plan, Recorder, Run};
use crate::nn::DropProbability;

/// Two networks in training that differ in dropout alone, and count what becomes of their hidden units.
#[derive(Clone, Debug)]
pub struct Duel {
    /// p = 0.
    pub without: Recorder,
    /// The plan's p.
    pub with: Recorder,
}

impl Duel {
    /// Both runs of `seed` before their first step, their losses written down every `stride` steps.
    #[must_use]
    pub fn new(plan: &Plan, seed: u64, stride: u32) -> Self {
        let without = Run::new(plan, DropProbability::ZERO, seed).tallied();
        let with = without.with_p(plan.p);
        let recorder = |run| Recorder::new(run, plan.steps, stride);
        Self {
            without: recorder(without),
            with: recorder(with),
        }
    }

    /// Takes `steps` training steps with each, or what is left of them.
    pub fn advance(&mut self, steps: u32) {
        self.without.advance(steps);
        self.with.advance(steps);
    }

    /// Training steps taken, of the run that has taken more.
    #[must_use]
    pub fn taken(&self) -> u32 {
        self.without.run().taken().max(self.with.run().taken())
    }

    /// Whether neither can go on.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.without.is_done() && self.with.is_done()
    }

    /// The losses without dropout and with it.
    #[must_use]
    pub fn curves(&self) -> [&Curve; 2] {
        [self.without.curve(), self.with.curve()]
    }
}
