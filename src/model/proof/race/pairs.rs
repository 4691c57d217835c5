//! Pairs of runs, one after the other, in slices of any size.

use super::{Losses, Plan, Report, Run};
use crate::nn::DropProbability;

/// What became of the two runs of one seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Their seed.
    pub seed: u64,
    /// Losses without dropout, at rising steps; the last at the end, or where the run diverged.
    pub without: Vec<Losses>,
    /// Losses with dropout.
    pub with: Vec<Losses>,
}

/// K pairs of runs of one [`Plan`], each pair of a seed of its own: p = 0 against the plan's p.
#[derive(Clone, Debug)]
pub struct Race {
    plan: Plan,
    seeds: std::ops::Range<u64>,
    stride: u32,
    now: Option<Running>,
    finished: Vec<Pair>,
}

/// The pair that is running.
#[derive(Clone, Debug)]
struct Running {
    runs: [Run; 2],
    pair: Pair,
}

impl Race {
    /// A race over `seeds`, with losses taken every `stride` steps and at the end. 
    #[must_use]
    pub fn new(plan: Plan, seeds: std::ops::Range<u64>, stride: u32) -> Self {
        Self {
            plan,
            seeds,
            stride: stride.max(1),
            now: None,
            finished: Vec::new(),
        }
    }
}
