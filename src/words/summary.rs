//! What a step did to the rows of fc1: which missed out, for what reason, and which moved all the same.

use super::numbers::{capital, in_words, units};
use crate::model::{Cause, Lane, Trace, Verdict};
use crate::nn::Sgd;

pub(super) fn accumulate_sentence(trace: &Trace) -> String {
    let added = match trace.batch() {
        1 => t!("One sample's gradient is all there is.").to_owned(),
        batch => t!("The gradients of {batch} samples are added up."),
    };
    let zero: Vec<usize> = (0..trace.hidden_features())
        .filter(|&unit| trace.without_gradient(unit))
        .collect();
    match zero.len() {
        0 => t!("{added} Every row of fc1 gets one."),
        _ => t!(
            "{added} No sample adds anything to the rows of {}: their sum is 0.",
            units(&zero)
        ),
    }
}

/// What the step did to the rows of fc1: which missed out, for what reason, and which moved all the same.
pub(super) fn summary(trace: &Trace) -> String {
    let rows = |test: &dyn Fn(&Lane) -> bool| -> Vec<usize> {
        (0..trace.hidden_features())
            .filter(|&unit| test(&trace.lanes[unit]))
            .collect()
    };
    let missed = rows(&|lane| lane.verdict.cause().is_some());
    let moved_anyway = rows(&|lane| matches!(lane.verdict, Verdict::MovedWithoutGradient(_)));
    let stuck = rows(&|lane| lane.verdict.cause().is_none() && lane.moved == 0.0);
    let what = if moved_anyway.is_empty() {
        t!("no update")
    } else {
        t!("no gradient")
    };
    let mut sentences = vec![match missed.len() {
        0 if stuck.is_empty() => t!("Every row of fc1 got an update in this step.").to_owned(),
        0 => t!("Every row of fc1 got a gradient.").to_owned(),
        1 => t!(
            "One row of fc1 got {what} in this step: {}.",
            reasons(trace)
        ),
        n => t!(
            "{} rows of fc1 got {what} in this step: {}.",
            capital(&in_words(n)),
            reasons(trace)
        ),
    }];
    if !moved_anyway.is_empty() {
        let mover = movers(trace.settings.sgd());
        sentences.push(t!("{mover} moved {} all the same.", units(&moved_anyway)));
    }
    if !stuck.is_empty() {
        let step = if trace.settings.sgd().lr == 0.0 {
            t!("The learning rate is 0")
        } else {
            t!("The step was too small")
        };
        sentences.push(t!("{step}: the rows of {} did not move.", units(&stuck)));
    }
    let lost = rows(&|lane| !lane.moved.is_finite());
    if !lost.is_empty() {
        let whose = units(&lost);
        sentences.push(t!(
            "The rows of {whose} are no longer numbers: training has diverged."
        ));
    }
    sentences.join(" ")
}

/// Which rows got no gradient, by reason.
fn reasons(trace: &Trace) -> String {
    let part = |(cause, reason): (Cause, &str)| {
        let rows: Vec<usize> = (0..trace.hidden_features())
            .filter(|&unit| blocked_by(trace, unit) == Some(cause))
            .collect();
        match rows.len() {
            0 => None,
            n if n == trace.hidden_features() && n > 1 => Some(t!("every unit was {reason}")),
            _ => Some(t!("{} {n|was|were} {reason}", units(&rows), n = rows.len())),
        }
    };
    let parts: Vec<String> = [
        (Cause::Dropped, t!("dropped in every sample")),
        (Cause::ReluOff, t!("switched off by ReLU in every sample")),
        (
            Cause::DroppedOrReluOff,
            t!("dropped or off in every sample"),
        ),
        (Cause::NoError, t!("reached by no error")),
    ]
    .into_iter()
    .filter_map(part)
    .collect();
    parts.join(t!("; "))
}

/// What moves a row that got no gradient.
fn movers(sgd: &Sgd) -> &'static str {
    match (sgd.momentum != 0.0, sgd.weight_decay != 0.0) {
        (true, true) => t!("Momentum and weight decay"),
        (false, true) => t!("Weight decay"),
        (_, false) => t!("Momentum"),
    }
}

/// Why the row of `unit` has no gradient, whatever became of it afterwards.
fn blocked_by(trace: &Trace, unit: usize) -> Option<Cause> {
    trace.lanes[unit].verdict.cause()
}
