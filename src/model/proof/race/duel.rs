//! One pair of runs side by side, step for step.

use super::kind::Either;
use super::{Curve, Kind, Plan, Recorder, Run};
use crate::nn::{Exact, Kernel};

/// Two networks in training that differ in dropout, and in weight decay where that is its rival.
#[derive(Clone, Debug)]
pub struct Duel<K = Exact> {
    /// Dropout's rival, p = 0.
    pub without: Recorder<K>,
    /// The plan's p.
    pub with: Recorder<K>,
}

impl Duel {
    /// Both runs of `seed` before their first step, which count what becomes of their hidden units, their losses
    /// written down every `stride` steps.
    #[must_use]
    pub fn new(plan: &Plan, seed: u64, stride: u32) -> Self {
        let (rival, dropout) = Run::pair(plan, seed);
        Self::of(plan, (rival.tallied(), dropout.tallied()), stride)
    }
}

impl Duel<Either> {
    /// The same with kernels of this kind, which count nothing.
    pub(super) fn uncounted(plan: &Plan, kind: Kind, seed: u64, stride: u32) -> Self {
        Self::of(plan, Run::pair_by(plan, seed, kind.maker()), stride)
    }
}

impl<K: Kernel> Duel<K> {
    fn of(plan: &Plan, (rival, dropout): (Run<K>, Run<K>), stride: u32) -> Self {
        let recorder = |run| Recorder::new(run, plan.steps, stride);
        Self {
            without: recorder(rival),
            with: recorder(dropout),
        }
    }

    /// Takes `budget` training steps in all, or what is left of them, first those without dropout, and
    /// returns how many it took.
    pub(super) fn advance_in_turn(&mut self, budget: u32) -> u32 {
        let taken = self.without.advance(budget);
        taken + self.with.advance(budget - taken)
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
