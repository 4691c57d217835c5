//! Hidden units of a pair of runs: what became of each, and what dropout made of their weights.

use super::{loss, rival, steps, thousands};
use crate::model::Cause;
use crate::model::exhibits::training::{Lanes, RunTrace, Unit};
use crate::words::plain;

/// What became of a unit so far; nothing where there is no such unit.
#[must_use]
pub fn lane(trace: &RunTrace, unit: usize) -> Option<String> {
    let lanes = &trace.lanes;
    let own = lanes.units.get(unit)?;
    let mut said = vec![kept(lanes, own, unit)];
    if lanes.seen > 0 {
        said.push(idle(trace, own));
    }
    let [row, out] = [own.row, own.out].map(|sides| sides.map(|size| loss(size.into())));
    said.push(t!(
        "Norm of its row of fc1.weight: {} with dropout, {} {}; |w2|: {} and {}.",
        row[1],
        row[0],
        rival::short(trace.settings.plan()),
        out[1],
        out[0]
    ));
    Some(said.join(" "))
}

/// The same where there is room for two lines only.
#[must_use]
pub fn lane_in_short(trace: &RunTrace, unit: usize) -> Option<String> {
    let lanes = &trace.lanes;
    let own = lanes.units.get(unit)?;
    let [row, out] = [own.row, own.out].map(|sides| sides.map(|size| loss(size.into())));
    let [without, with] = own.idle_steps().map(|steps| thousands(steps.into()));
    let rival = rival::short(trace.settings.plan());
    Some(t!(
        "h{}: kept for {} of {} samples; no gradient in {with} of {}, {rival} in {without}; row of fc1 {}, {rival} {}; |w2| {}, {rival} {}.",
        unit + 1,
        thousands(own.kept.into()),
        thousands(lanes.seen.into()),
        steps(lanes.steps[1]),
        row[1],
        row[0],
        out[1],
        out[0]
    ))
}

fn kept(lanes: &Lanes, own: &Unit, unit: usize) -> String {
    let Some(share) = lanes.share(unit) else {
        return t!("h{}: no batch has been seen yet.", unit + 1);
    };
    let (low, high) = range(lanes);
    t!(
        "h{}: kept for {} of {} samples, {share:.3}; 1 − p is {}, two standard deviations of so many coins reach from {low:.3} to {high:.3}.",
        unit + 1,
        thousands(own.kept.into()),
        thousands(lanes.seen.into()),
        plain(lanes.keep),
    )
}

/// Two standard deviations to both sides of 1 - p.
fn range(lanes: &Lanes) -> (f64, f64) {
    let reach = 2.0 * lanes.sd();
    ((lanes.keep - reach).max(0.0), (lanes.keep + reach).min(1.0))
}

fn idle(trace: &RunTrace, own: &Unit) -> String {
    let [without, with] = own.idle_steps().map(|steps| thousands(steps.into()));
    let reasons = Cause::ALL.iter().filter_map(|cause| {
        let steps = own.idle[1][*cause as usize];
        let why = match cause {
            Cause::Dropped => t!("dropped for the whole batch"),
            Cause::ReluOff => t!("ReLU off for the whole batch"),
            Cause::DroppedOrReluOff => t!("one or the other for each sample"),
            Cause::NoError => t!("no error came back"),
        };
        (steps > 0).then(|| format!("{why} {}", thousands(steps.into())))
    });
    let reasons: Vec<_> = reasons.collect();
    let reasons = if reasons.is_empty() {
        String::new()
    } else {
        format!(" ({})", reasons.join(t!(", ")))
    };
    t!(
        "Its row of fc1 got no gradient in {with} of {}{reasons}; {} in {without}.",
        steps(trace.lanes.steps[1]),
        rival::with(trace.settings.plan()),
    )
}

/// What dropout made of the weights, and how many units were kept about as often as 1 - p says.
pub(super) fn outcome(trace: &RunTrace) -> Option<String> {
    let lanes = &trace.lanes;
    if lanes.seen == 0 {
        return None;
    }
    let [row, out] = [
        lanes.medians(|unit| unit.row),
        lanes.medians(|unit| unit.out),
    ]
    .map(|sides| sides.map(|size| loss(size.into())));
    let near = |unit: &usize| {
        let off = lanes.share(*unit).map(|share| (share - lanes.keep).abs());
        off.is_some_and(|off| off <= 2.0 * lanes.sd())
    };
    let near = (0..lanes.units.len()).filter(near).count();
    Some(t!(
        "{near} of {} hidden units were kept as often as 1 − p says, to within two standard deviations. Median norm of a row of fc1.weight: {} with dropout, {} {}; median |w2|: {} and {}.",
        lanes.units.len(),
        row[1],
        row[0],
        rival::short(trace.settings.plan()),
        out[1],
        out[0]
    ))
}
