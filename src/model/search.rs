//! The search behind *find a dead unit*.

use super::{Cause, Experiment, Settings};
use crate::nn::Mode;

/// What a search came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Search {
    /// The run of the first later seed whose first step leaves a unit without gradient because of dropout.
    Found(Settings),
    /// None of the next `tried` seeds does.
    NotFound {
        /// Seeds looked at.
        tried: u64,
    },
}

/// Multiplications that a search may cost, about a quarter of a second in a browser.
const WORK: u64 = 60_000_000;

/// Looks for the next seed at which, in the first step, some hidden unit gets no gradient because it was
/// dropped: in every sample, or in every sample in which ReLU was on. In eval mode there is no such unit,
/// so what is found is in train mode.
#[must_use]
pub fn find_dead_unit(settings: &Settings) -> Search {
    let size = |n: usize| n as u64;
    let macs = size(settings.batch())
        * size(settings.hidden_features())
        * size(settings.in_features() + 10);
    let seeds = (WORK / (2 * macs + 5_000)).clamp(20, 2_000);
    let train = Settings {
        mode: Mode::Train,
        ..settings.clone()
    };
    (1..=seeds)
        .map(|offset| train.with_seed(settings.seed().wrapping_add(offset)))
        .find(has_dead_unit)
        .map_or(Search::NotFound { tried: seeds }, Search::Found)
}

fn has_dead_unit(settings: &Settings) -> bool {
    let causes = [Some(Cause::Dropped), Some(Cause::DroppedOrReluOff)];
    let trace = Experiment::new(settings).trace();
    trace
        .lanes
        .iter()
        .any(|lane| causes.contains(&lane.verdict.cause()))
}
