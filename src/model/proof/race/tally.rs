//! What became of each hidden unit, step after step of a run.

use crate::model::Cause;
use crate::nn::Pass;

/// How often each hidden unit was kept, and how often its row of fc1 got no gradient, in the steps of a run that had a
/// way back: all but one that diverged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    steps: u32,
    samples: u32,
    kept: Vec<u32>,
    without_gradient: Vec<[u32; Cause::ALL.len()]>,
}

impl Tally {
    /// Before the first step.
    pub(super) fn new(hidden: usize) -> Self {
        Self {
            steps: 0,
            samples: 0,
            kept: vec![0; hidden],
            without_gradient: vec![Default::default(); hidden],
        }
    }

    /// Adds a step, its gradients known. Allocates nothing.
    pub(super) fn count(&mut self, pass: &Pass) {
        self.steps += 1;
        for row in pass.mask.data().chunks_exact(self.kept.len()) {
            self.samples += 1;
            for (kept, mask) in self.kept.iter_mut().zip(row) {
                *kept += u32::from(*mask != 0.0);
            }
        }
        for (unit, without) in self.without_gradient.iter_mut().enumerate() {
            if let Some(cause) = Cause::of(pass, unit) {
                without[cause as usize] += 1;
            }
        }
    }

    /// Steps counted.
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// Samples in these steps, each as often as it was seen.
    #[must_use]
    pub fn samples(&self) -> u32 {
        self.samples
    }

    /// Of these samples, those for which `unit` was kept.
    #[must_use]
    pub fn kept(&self, unit: usize) -> u32 {
        self.kept[unit]
    }

    /// Of the steps, those in which row `unit` of fc1 got no gradient, by the reason why, in the order of
    /// [`Cause::ALL`].
    #[must_use]
    pub fn without_gradient(&self, unit: usize) -> [u32; Cause::ALL.len()] {
        self.without_gradient[unit]
    }
}
