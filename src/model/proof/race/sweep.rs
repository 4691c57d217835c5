//! One p after the other, each with the same seeds.

use std::ops::Range;

use super::report::median;
use super::{Plan, Recorder, Run};
use crate::nn::DropProbability;

/// A run at its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Its seed.
    pub seed: u64,
    /// Its p, as its place among the sweep's.
    pub place: usize,
    /// Its test loss; infinite if it diverged.
    pub test: f32,
}

/// Runs of one [`Plan`] over several p: for every seed, from the same data, initial parameters and
/// batches, one run for each p.
#[derive(Clone, Debug)]
pub struct Sweep {
    plan: Plan,
    ps: Vec<DropProbability>,
    seeds: Range<u64>,
    running: Option<(u64, usize, Recorder)>,
    dots: Vec<Dot>,
    taken: u64,
}

impl Sweep {
    /// A sweep over `ps`; the plan's own p has no say.
    #[must_use]
    pub fn new(plan: Plan, ps: Vec<DropProbability>, seeds: Range<u64>) -> Self {
        Self {
            plan,
            seeds: if ps.is_empty() { 0..0 } else { seeds },
            ps,
            running: None,
            dots: Vec::new(),
            taken: 0,
        }
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
    fn take_running(&mut self) -> Option<(u64, usize, Recorder)> {
        if let Some(running) = self.running.take() {
            return Some(running);
        }
        let place = self.dots.len() % self.ps.len().max(1);
        let seed = if place == 0 {
            self.seeds.next()?
        } else {
            self.dots.last()?.seed
        };
        let run = Run::new(&self.plan, self.ps[place], seed);
        let steps = self.plan.steps;
        Some((seed, place, Recorder::new(run, steps, steps)))
    }

    /// Whether all runs are finished.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let round = self.dots.len().is_multiple_of(self.ps.len().max(1));
        self.running.is_none() && self.seeds.is_empty() && round
    }

    /// Training steps taken by all runs.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// The p's.
    #[must_use]
    pub fn ps(&self) -> &[DropProbability] {
        &self.ps
    }

    /// The runs that are finished.
    #[must_use]
    pub fn dots(&self) -> &[Dot] {
        &self.dots
    }

    /// The median test loss of each p; NaN where no run is finished.
    #[must_use]
    pub fn medians(&self) -> Vec<f32> {
        let of = |place: usize| {
            let dots = self.dots.iter().filter(|dot| dot.place == place);
            median(dots.map(|dot| dot.test).collect())
        };
        (0..self.ps.len()).map(of).collect()
    }
}
