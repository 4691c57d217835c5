//! What came out of many pairs of runs, and of runs over several p.

use super::{against_zero, found, loss, rival};
use crate::model::exhibits::training::{RaceTrace, SweepTrace};
use crate::model::proof::race::{Report, Task};
use crate::words::plain;

pub(super) fn outcome(trace: &RaceTrace) -> Vec<String> {
    let report = &trace.report;
    if report.pairs == 0 {
        return Vec::new();
    }
    let (plan, (low, high)) = (trace.settings.plan(), trace.interval);
    let mut said = vec![
        t!(
            "Dropout is better{} in {} of {}. 95 % interval for its chance to win a pair: {:.0} to {:.0} %{}.",
            rival::than(plan),
            report.better,
            report.pairs,
            100.0 * low,
            100.0 * high,
            if low <= 0.5 && high >= 0.5 {
                t!(", so this says nothing yet about which is better")
            } else {
                ""
            }
        ),
        t!(
            "Median test loss {} with dropout, {} {}.",
            loss(report.with.test.into()),
            loss(report.without.test.into()),
            rival::short(plan)
        ),
    ];
    said.extend(comment(trace, report));
    said.extend(diverged(trace));
    said
}

/// What makes a preset worth looking at, as far as the numbers bear it out.
fn comment(trace: &RaceTrace, report: &Report) -> Option<String> {
    let (with, without) = (report.with, report.without);
    match trace.settings.plan().task {
        Task::ThreeOfTwenty if report.running_above_test > 0 => Some(t!(
            "{} the median on the training samples is {}. With dropout the training loop ends above the test loss in {} of {}.",
            rival::begins(trace.settings.plan()),
            loss(without.train.into()),
            report.running_above_test,
            report.pairs
        )),
        Task::Sine if with.test > without.test && with.test.is_finite() => Some(t!(
            "{} times the loss: an output that jumps with every mask cannot follow a curve closely.",
            three_digits(f64::from(with.test / without.test))
        )),
        Task::Noise => against_zero(
            &trace.settings,
            trace.loss_of_zero,
            [without.test, with.test],
        ),
        Task::Moons => found::medians(trace.settings.plan(), report),
        Task::ThreeOfTwenty | Task::Sine => None,
    }
}

fn three_digits(ratio: f64) -> String {
    if ratio < 10.0 {
        crate::lang::decimals(ratio, 1)
    } else {
        format!("{ratio:.0}")
    }
}

fn diverged(trace: &RaceTrace) -> Option<String> {
    let [without, with] = trace.diverged();
    (without + with > 0).then(|| {
        let rival = rival::short(trace.settings.plan());
        t!("Diverged: {with} with dropout, {without} {rival}; they count as infinitely bad.")
    })
}

pub(super) fn lowest(trace: &SweepTrace) -> Vec<String> {
    let Some(place) = trace.lowest() else {
        return Vec::new();
    };
    let p = |place: usize| plain(trace.ps[place].p());
    let lowest = loss(trace.medians[place].into());
    let mut said = vec![if place == 0 {
        t!("Lowest median test loss: {lowest} at p = 0, without dropout.")
    } else {
        let none = loss(trace.medians[0].into());
        t!(
            "Lowest median test loss: {lowest} at p = {}. Without dropout it is {none}.",
            p(place)
        )
    }];
    said.extend(trace.rival.map(|median| {
        let rival = rival::begins(trace.settings.plan());
        t!("{rival} instead it is {}.", loss(median.into()))
    }));
    let tests = [trace.medians[0], trace.medians[place]];
    said.extend(against_zero(&trace.settings, trace.loss_of_zero, tests));
    said
}
