//! Pairs of runs, one after the other, in slices of any size.

use std::ops::Range;

use super::kind::Either;
use super::{Curve, Duel, Kind, Plan, Report};

/// What became of the two runs of one seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Their seed.
    pub seed: u64,
    /// Losses without dropout.
    pub without: Curve,
    /// Losses with dropout.
    pub with: Curve,
}

/// Pairs of runs of one [`Plan`]: dropout and its rival, from the same data, initial parameters
/// and batches, a pair a seed.
///
/// ```
/// use dropout_lab::model::proof::race::{Plan, Preset, Race};
/// let plan = Plan { steps: 30, ..Preset::Helps.plan() };
/// let mut race = Race::new(plan, 0..2, 10);
/// while !race.is_done() {
///     race.advance(50);
/// }
/// assert_eq!(race.report().pairs, 2);
/// ```
#[derive(Clone, Debug)]
pub struct Race {
    plan: Plan,
    kind: Kind,
    seeds: Range<u64>,
    stride: u32,
    running: Option<(u64, Duel<Either>)>,
    finished: Vec<Pair>,
    taken: u64,
}

impl Race {
    /// A race with a pair for each of `seeds`, its losses written down every `stride` steps.
    #[must_use]
    pub fn new(plan: Plan, seeds: Range<u64>, stride: u32) -> Self {
        Self {
            plan,
            kind: Kind::default(),
            seeds,
            stride,
            running: None,
            finished: Vec::new(),
            taken: 0,
        }
    }

    /// The same race by kernels of this kind, before its first step.
    #[must_use]
    pub fn by(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// Takes `budget` training steps, those of both runs of a pair counted, or what is left of them.
    pub fn advance(&mut self, mut budget: u32) {
        while budget > 0 {
            let Some((seed, mut duel)) = self.take_running() else {
                return;
            };
            let taken = duel.advance_in_turn(budget);
            budget -= taken;
            self.taken += u64::from(taken);
            if duel.is_done() {
                let [without, with] = duel.curves().map(Curve::clone);
                self.finished.push(Pair {
                    seed,
                    without,
                    with,
                });
            } else {
                self.running = Some((seed, duel));
            }
        }
    }

    /// The pair that is running, or the next one.
    fn take_running(&mut self) -> Option<(u64, Duel<Either>)> {
        let next = |seed| {
            let duel = Duel::uncounted(&self.plan, self.kind, seed, self.stride);
            (seed, duel)
        };
        self.running.take().or_else(|| self.seeds.next().map(next))
    }

    /// Whether all pairs are finished.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.running.is_none() && self.seeds.is_empty()
    }

    /// Training steps taken by all runs.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// What is trained.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The pairs that are finished, in the order of their seeds.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.finished
    }

    /// What the finished pairs come to.
    #[must_use]
    pub fn report(&self) -> Report {
        Report::of(&self.finished)
    }
}
