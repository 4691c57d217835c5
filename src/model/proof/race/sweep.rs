//! One p after the other, each with the same seeds.

use std::ops::Range;

use super::kind::Either;
use super::report::median;
use super::{Against, Kind, Plan, Recorder, Regularization, Run};
use crate::nn::DropProbability;

/// A run at its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Its seed.
    pub seed: u64,
    /// Its place among the sweep's.
    pub place: usize,
    /// Its test loss; infinite if it diverged.
    pub test: f32,
}

/// Runs of one [`Plan`] over several p: for every seed, from the same data, initial parameters and
/// batches, one run for each p, and one for weight decay where that is dropout's rival.
#[derive(Clone, Debug)]
pub struct Sweep {
    plan: Plan,
    kind: Kind,
    runs: Vec<Regularization>,
    seeds: Range<u64>,
    running: Option<(u64, usize, Recorder<Either>)>,
    dots: Vec<Dot>,
    taken: u64,
}

impl Sweep {
    /// A sweep over `ps`; the plan's own p has no say.
    #[must_use]
    pub fn new(plan: Plan, ps: &[DropProbability], seeds: Range<u64>) -> Self {
        let rival = (plan.against == Against::WeightDecay).then(|| plan.rival());
        let runs: Vec<_> = ps.iter().map(|p| plan.dropout(*p)).chain(rival).collect();
        Self {
            plan,
            kind: Kind::default(),
            seeds: if runs.is_empty() { 0..0 } else { seeds },
            runs,
            running: None,
            dots: Vec::new(),
            taken: 0,
        }
    }

    /// The same sweep by kernels of this kind, before its first step.
    #[must_use]
    pub fn by(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// Takes `budget` training steps, or what is left of them.
    pub fn advance(&mut self, mut budget: u32) {
        while budget > 0 {
            let Some((seed, place, mut run)) = self.take_running() else {
                return;
            };
            let taken = run.advance(budget);
            budget -= taken;
            self.taken += u64::from(taken);
            if run.is_done() {
                let test = run.curve().last(|losses| losses.test);
                self.dots.push(Dot { seed, place, test });
            } else {
                self.running = Some((seed, place, run));
            }
        }
    }

    /// The run that is running, or the next one: the next p, or the first p of the next seed.
    fn take_running(&mut self) -> Option<(u64, usize, Recorder<Either>)> {
        if let Some(running) = self.running.take() {
            return Some(running);
        }
        let place = self.dots.len() % self.runs.len().max(1);
        let seed = if place == 0 {
            self.seeds.next()?
        } else {
            self.dots.last()?.seed
        };
        let run = Run::of(&self.plan, self.runs[place], seed, self.kind.maker());
        let steps = self.plan.steps;
        Some((seed, place, Recorder::new(run, steps, steps)))
    }

    /// Whether all runs are finished.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let round = self.dots.len().is_multiple_of(self.runs.len().max(1));
        self.running.is_none() && self.seeds.is_empty() && round
    }

    /// Training steps taken by all runs.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// What is run with each seed: every p in turn, and then dropout's rival if it is weight decay.
    #[must_use]
    pub fn runs(&self) -> &[Regularization] {
        &self.runs
    }

    /// The runs that are finished.
    #[must_use]
    pub fn dots(&self) -> &[Dot] {
        &self.dots
    }

    /// The median test loss of each of [`Self::runs`]; NaN where none is finished.
    #[must_use]
    pub fn medians(&self) -> Vec<f32> {
        let of = |place: usize| {
            let dots = self.dots.iter().filter(|dot| dot.place == place);
            median(dots.map(|dot| dot.test).collect())
        };
        (0..self.runs.len()).map(of).collect()
    }
}
