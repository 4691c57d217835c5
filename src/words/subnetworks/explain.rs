//! Where the numbers of the subnetworks come from.

use super::{thousands, tiny};
use crate::model::again::MAX_PASSES;
use crate::model::exhibits::subnetworks::{Settings, Target, Trace, digits};
use crate::model::proof::subnetworks::{Placement, Unit};
use crate::words::coin::percent;
use crate::words::numbers::scientific;
use crate::words::{Explanation, plain, short};

/// Most masks of a bar that are listed.
const LISTED: usize = 6;
/// Most units whose terms are spelt out.
const LONGEST_SUM: usize = 16;

/// Where a number of the exhibit comes from.
#[must_use]
pub fn explain(trace: &Trace, target: Target) -> Explanation {
    match target {
        Target::Bar(bar) => explain_bar(trace, bar),
        Target::Mask(index) => explain_mask(trace, index),
        Target::Mean => explain_mean(trace),
        Target::Eval => explain_eval(trace),
        Target::EvalLoss => explain_eval_loss(trace),
        Target::Unit(unit) => explain_unit(trace, unit),
        Target::TrainLoss => explain_train_loss(trace),
        Target::Gap => explain_gap(trace),
    }
}

fn line(label: impl Into<String>, text: impl Into<String>) -> (String, String) {
    (label.into(), text.into())
}

fn explanation(
    title: impl Into<String>,
    lines: Vec<(String, String)>,
    reason: Option<String>,
) -> Explanation {
    Explanation {
        title: title.into(),
        lines,
        reason,
    }
}

fn explain_bar(trace: &Trace, bar: usize) -> Explanation {
    let (from, to) = trace.histogram.edges(bar);
    let bar = &trace.histogram.bars[bar];
    let mut lines = vec![
        line(t!("probability"), percent(bar.share())),
        line(t!("masks"), thousands(bar.masks.len())),
    ];
    lines.extend(bar.masks.iter().take(LISTED).map(|(index, _)| {
        let index = *index as usize;
        let text = format!(
            "{} → {}",
            percent(trace.probability(index)),
            short(trace.subnetworks.outputs[index])
        );
        line(digits(&trace.mask(index)), text)
    }));
    let more = bar.masks.len().saturating_sub(LISTED);
    if more > 0 {
        lines.push(line(
            "…",
            t!("and {} more, none of them likelier", thousands(more)),
        ));
    }
    let reason = t!("Point into the bar for one of its masks: each is as high as it is likely.");
    explanation(
        t!("Outputs from {} to {}", short(from), short(to)),
        lines,
        Some(reason.to_owned()),
    )
}

fn explain_mask(trace: &Trace, index: usize) -> Explanation {
    let mask = trace.mask(index);
    let kept = mask.iter().filter(|kept| **kept).count();
    let dropped = mask.len() - kept;
    let (p, keep) = (
        short(trace.settings.p().p()),
        short(trace.settings.p().keep()),
    );
    let mut lines = terms(trace, &mask);
    lines.push(line(t!("bias of fc2"), short(trace.bias())));
    let output = short(trace.subnetworks.outputs[index]);
    lines.push(match trace.settings.placement() {
        Placement::ReluOnOutput => line(t!("output"), t!("ReLU of the sum = {output}")),
        _ => line(t!("output"), t!("the sum = {output}")),
    });
    let chance = percent(trace.probability(index));
    lines.push(line(
        t!("probability"),
        format!("{p}^{dropped} × {keep}^{kept} = {chance}"),
    ));
    let title = if mask.len() <= LONGEST_SUM {
        t!("Mask {}", digits(&mask))
    } else {
        t!("A mask that keeps {kept} of {} units", mask.len())
    };
    explanation(title, lines, Some(when_drawn(trace, index)))
}

/// What each unit adds in a mask, the first few units spelt out.
fn terms(trace: &Trace, mask: &[bool]) -> Vec<(String, String)> {
    let units = (1..).zip(mask).zip(&trace.units).take(LONGEST_SUM);
    let mut lines: Vec<_> = units
        .map(|((name, kept), unit)| line(t!("unit {name}"), term(&trace.settings, *unit, *kept)))
        .collect();
    let more = mask.len().saturating_sub(LONGEST_SUM);
    if more > 0 {
        lines.push(line(
            "…",
            t!("and {} more", t!("{n} {n|unit|units}", n = more)),
        ));
    }
    lines
}

/// What a unit adds to the output, as arithmetic.
fn term(settings: &Settings, unit: Unit, kept: bool) -> String {
    let (w2, z, h) = (
        short(unit.weight),
        short(unit.pre_activation),
        short(unit.hidden),
    );
    let keep = format!("(1 − {})", plain(settings.p().p()));
    match (settings.placement(), kept) {
        (Placement::BeforeSigmoid, false) => {
            t!("dropped: {w2} × σ(0) = {}", tiny(unit.dropped))
        }
        (_, false) => t!("dropped: 0").to_owned(),
        (Placement::BeforeSigmoid, true) => format!("{w2} × σ({z} / {keep}) = {}", tiny(unit.kept)),
        (Placement::BeforeRelu, true) => format!("{w2} × ReLU({z} / {keep}) = {}", tiny(unit.kept)),
        (_, true) => format!("{w2} × {h} / {keep} = {}", tiny(unit.kept)),
    }
}

/// Which call of the layer draws a mask.
fn when_drawn(trace: &Trace, index: usize) -> String {
    match trace.passes_before(index) {
        Some(0) => t!("The next call of the layer draws it.").to_owned(),
        Some(passes) => t!(
            "Call {} of the layer draws it: {} of Again before.",
            thousands(passes as usize + 1),
            t!("{n} {n|pass|passes}", n = passes)
        ),
        None => t!(
            "None of the first {} calls of the layer draws it, and a link can ask for no more.",
            thousands(MAX_PASSES as usize + 1)
        ),
    }
}

fn explain_mean(trace: &Trace) -> Explanation {
    let lines = vec![
        line(
            t!("mean"),
            t!("Σ probability × output = {}", short(trace.mean)),
        ),
        line(t!("eval output"), short(trace.subnetworks.eval)),
        line(t!("difference"), tiny(trace.difference().0)),
        line(t!("sd of one draw"), short(trace.sd)),
    ];
    explanation(
        t!("Mean of {} subnetworks", thousands(trace.masks())),
        lines,
        Some(why(trace)),
    )
}

fn explain_eval(trace: &Trace) -> Explanation {
    let units: f64 = trace.units.iter().map(|unit| unit.eval).sum();
    let output = short(trace.subnetworks.eval);
    let relu = if trace.settings.placement() == Placement::ReluOnOutput {
        t!("ReLU of it")
    } else {
        t!("eval output")
    };
    let lines = vec![
        line(t!("all units"), format!("Σ w2 × h = {}", short(units))),
        line(
            t!("with the bias"),
            format!(
                "{} + {} = {}",
                short(units),
                short(trace.bias()),
                short(units + trace.bias())
            ),
        ),
        line(relu, output),
        line(t!("mean of the masks"), short(trace.mean)),
    ];
    explanation(t!("Eval output"), lines, Some(why(trace)))
}

/// Why mean and eval output agree, or do not.
fn why(trace: &Trace) -> String {
    let settings = &trace.settings;
    let text = match settings.placement() {
        _ if settings.p().keep() == 0.0 => {
            t!("p = 1 drops everything: no scale can bring the mean back.")
        }
        _ if settings.p().p() == 0.0 => t!("p = 0 leaves one subnetwork: the whole network."),
        Placement::AfterRelu | Placement::AfterSigmoid if trace.is_exact() => {
            t!(
                "The output is a sum over the units and linear in the mask, and the mean of m / (1 − p) is 1."
            )
        }
        Placement::BeforeRelu if trace.is_exact() => {
            t!(
                "ReLU lets a positive factor through, so this is the same as dropout after it: linear in the mask."
            )
        }
        Placement::BeforeSigmoid => {
            t!(
                "Sigmoid bends what is scaled before it, and a dropped unit is σ(0) = 0.5, not 0: eval mode is not the mean."
            )
        }
        Placement::ReluOnOutput => {
            t!(
                "The last ReLU cuts off the negative outputs before they are averaged, so the mean lies above the eval output."
            )
        }
        _ => t!("Over all masks both are equal; over the ones drawn here they differ by chance."),
    };
    text.to_owned()
}

fn explain_eval_loss(trace: &Trace) -> Explanation {
    let n = trace.network.batch();
    let lines = vec![
        line(
            t!("formula"),
            t!(
                "mean over {} of (eval output − y)²",
                t!("{n} {n|sample|samples}", n = n)
            ),
        ),
        line(t!("eval MSE"), short(trace.identity.eval)),
    ];
    let reason = t!("The loss of the whole network, nothing dropped.");
    explanation(t!("Eval MSE"), lines, Some(reason.to_owned()))
}

fn explain_unit(trace: &Trace, unit: usize) -> Explanation {
    let identity = &trace.identity;
    let square = identity.units[unit];
    let p = plain(trace.settings.p().p());
    let mut lines = vec![
        line(t!("mean of (w2 h)²"), scientific(square)),
        line(
            "p / (1 − p)",
            format!("{p} / (1 − {p}) = {}", factor(identity.factor)),
        ),
    ];
    if identity.factor.is_finite() {
        let term = identity.factor * square;
        lines.push(line(
            t!("its term"),
            format!(
                "{} × {} = {}",
                factor(identity.factor),
                scientific(square),
                scientific(term)
            ),
        ));
        if let Some(share) = identity
            .penalty()
            .filter(|penalty| *penalty > 0.0)
            .map(|penalty| term / penalty)
        {
            lines.push(line(t!("of the penalty"), percent(share)));
        }
    }
    let reason = if square == 0.0 {
        t!("The unit is off by ReLU in every sample: dropping it changes nothing.")
    } else {
        t!(
            "The variance of what the unit says when it is dropped at random: large for units on which the output rests."
        )
    };
    explanation(
        t!("What dropping unit {} adds", unit + 1),
        lines,
        Some(reason.to_owned()),
    )
}

/// p / (1 - p), which may be infinite.
fn factor(value: f64) -> String {
    if value.is_finite() {
        short(value)
    } else {
        "∞".to_owned()
    }
}

fn explain_train_loss(trace: &Trace) -> Explanation {
    let (masks, n) = (thousands(trace.masks()), trace.network.batch());
    let lines = vec![
        line(
            t!("formula"),
            t!(
                "mean over {} and {masks} masks of (output − y)²",
                t!("{n} {n|sample|samples}", n = n)
            ),
        ),
        line(t!("E[train MSE]"), short(trace.identity.train)),
        line(t!("eval MSE"), short(trace.identity.eval)),
    ];
    let reason = t!(
        "Computed mask by mask, without the identity. The training loss of one step is one draw around it."
    );
    explanation(t!("E[train MSE]"), lines, Some(reason.to_owned()))
}

fn explain_gap(trace: &Trace) -> Explanation {
    let identity = &trace.identity;
    let mut lines = vec![
        line(t!("E[train MSE]"), short(identity.train)),
        line(t!("eval MSE"), short(identity.eval)),
    ];
    let (Some(penalty), Some((gap, rounding))) = (identity.penalty(), trace.gap()) else {
        let reason = t!(
            "p / (1 − p) is infinite where p = 1: no scale keeps a mean of what is always dropped."
        );
        return explanation(
            t!("The identity says nothing"),
            lines,
            Some(reason.to_owned()),
        );
    };
    lines.push(line(
        t!("sum of the units"),
        t!("p / (1 − p) × Σ mean (w2 h)² = {}", short(penalty)),
    ));
    lines.push(line(t!("left − right"), tiny(gap)));
    let reason = match rounding {
        true => {
            t!(
                "An expected square is the square of the mean plus the variance; the output is linear in the mask, so both are exact."
            )
        }
        false if trace.settings.placement().is_linear() => {
            t!("Equal over all masks; over the ones drawn here it is off by chance.")
        }
        false => {
            t!(
                "The identity needs an output that is linear in the mask. Here something bent follows dropout, so it is off by this much."
            )
        }
    };
    explanation(
        t!("By how much the identity fails"),
        lines,
        Some(reason.to_owned()),
    )
}
