//! The one line that is said of a step to those who do not see its picture.

use super::now;
use super::numbers::units;
use crate::model::{Stage, Trace};
use crate::nn::Mode;

/// Whom the coins of the sample looked at have dropped, and which units have received no gradient; before the step is
/// over, what has just happened.
#[must_use]
pub fn live(trace: &Trace, stage: Stage, sample: usize) -> String {
    if stage != Stage::LAST {
        return now(trace, stage, sample);
    }
    let name = sample + 1;
    let all = 0..trace.hidden_features();
    let dropped: Vec<usize> = all
        .clone()
        .filter(|unit| !trace.kept(sample, *unit))
        .collect();
    let without: Vec<usize> = all.filter(|unit| trace.without_gradient(*unit)).collect();
    let coins = match trace.settings.mode() {
        Mode::Train => t!("Sample {name}: {} dropped", units(&dropped)),
        Mode::Eval => t!("Sample {name}: nothing is dropped in eval mode"),
    };
    match without.len() {
        0 => t!("{coins}; every unit has received a gradient."),
        n => t!(
            "{coins}; {} {n|has|have} received no gradient.",
            units(&without)
        ),
    }
}
