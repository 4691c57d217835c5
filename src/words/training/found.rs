//! How many classes are found.

use super::rival;
use crate::model::exhibits::training::Surface;
use crate::model::proof::race::{Losses, Plan, Report};

/// "85.3 %".
fn percent(share: f64) -> String {
    t!("{:.1}\u{a0}%", 100.0 * share)
}

/// Of one network of two, beside its picture.
#[must_use]
pub fn found(surface: &Surface, network: usize) -> String {
    let wrong = surface.wrong[network].len();
    t!(
        "class found of {} of {} test samples",
        surface.tested - wrong,
        surface.tested
    )
}

/// Of one pair of runs.
pub(super) fn shares(plan: &Plan, without: &Losses, with: &Losses) -> Option<String> {
    let (rival, dropout) = (without.accuracy?, with.accuracy?);
    let [own, other, seen, seen_by_other] =
        [dropout.test, rival.test, dropout.train, rival.train].map(|share| percent(share.into()));
    Some(t!(
        "The class is found of {own} of the test samples with dropout, {other} {rival}; of the training samples {seen} and {seen_by_other}.",
        rival = rival::short(plan)
    ))
}

/// The medians over pairs.
pub(super) fn medians(plan: &Plan, report: &Report) -> Option<String> {
    let [own, other] = [report.with.accuracy?, report.without.accuracy?];
    let [own, other] = [own, other].map(|share| percent(share.into()));
    Some(t!(
        "The class is found of {own} of the test samples with dropout, {other} {} (medians).",
        rival::short(plan)
    ))
}
