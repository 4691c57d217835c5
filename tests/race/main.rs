//! Training with and without dropout from one start: that the race is fair, what it shows, and what
//! becomes of runs that cannot go well.
#![allow(clippy::unwrap_used, reason = "what a test asks for must be there")]

mod brief;
mod ends;
mod runs;
mod torch;
#[cfg(not(debug_assertions))]
mod whole;

use dropout_lab::model::proof::race::{Plan, Race, Report};
use dropout_lab::nn::DropProbability;

fn p(p: f64) -> DropProbability {
    DropProbability::new(p).unwrap()
}

fn with_lr(plan: Plan, lr: f64) -> Plan {
    Plan { lr, ..plan }
}

fn report(plan: Plan, seeds: u64) -> Report {
    let mut race = Race::new(plan, 0..seeds, plan.steps);
    race.advance(u32::MAX);
    assert!(race.is_done());
    race.report()
}
