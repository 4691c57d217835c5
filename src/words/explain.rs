//! The inspector: where a number comes from, as arithmetic with the numbers in it, and why it is 0 if it is.

use super::numbers::told_apart;
use super::{capital, number, plain, short, target as name_of, verdict};
use crate::model::{Target, Trace, Verdict};
use crate::nn::probability::rounded;
use crate::nn::{DropoutStyle, Mode};

/// Where a number comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What it is.
    pub title: String,
    /// The arithmetic, a label and a calculation a line.
    pub lines: Vec<(String, String)>,
    /// Why it is 0, or what else should be known.
    pub reason: Option<String>,
}

/// Most terms of a sum that are spelt out.
const LONGEST_SUM: usize = 16;

/// Where the number `target` of `trace` comes from.
#[must_use]
pub fn explain(trace: &Trace, target: Target) -> Explanation {
    let (lines, reason) = match target {
        Target::Input { sample, input } => input_lines(trace, sample, input),
        Target::Unit { sample, unit } => unit_lines(trace, sample, unit),
        Target::Mask { sample, unit } => mask_lines(trace, sample, unit),
        Target::Kept { unit } => kept_lines(trace, unit),
        Target::WeightGrad { unit, input } => weight_grad_lines(trace, unit, input),
        Target::BiasGrad { unit } => bias_grad_lines(trace, unit),
        Target::Fc2Grad { unit } => fc2_grad_lines(trace, unit),
        Target::Weight { unit, input } => weight_lines(trace, unit, Some(input)),
        Target::Bias { unit } => weight_lines(trace, unit, None),
        Target::Verdict { unit } => verdict_lines(trace, unit),
        Target::Output { sample } => output_lines(trace, sample),
        Target::Loss { sample } => loss_lines(trace, sample),
    };
    let title = capital(&name_of(target));
    Explanation {
        title,
        lines,
        reason,
    }
}

type Lines = (Vec<(String, String)>, Option<String>);

fn line(label: impl Into<String>, text: impl Into<String>) -> (String, String) {
    (label.into(), text.into())
}

/// The terms of a sum, the first few of them spelt out.
fn terms(n: usize, term: impl Fn(usize) -> (String, String)) -> Vec<(String, String)> {
    let mut lines: Vec<_> = (0..n.min(LONGEST_SUM)).map(term).collect();
    if n > LONGEST_SUM {
        lines.push(line("…", t!("and {} more", n - LONGEST_SUM)));
    }
    lines
}

fn product(a: f32, b: f32) -> String {
    format!("{} × {} = {}", number(a), number(b), number(a * b))
}

fn input_lines(trace: &Trace, sample: usize, input: usize) -> Lines {
    let lines = vec![
        line("x", number(trace.input.at(sample, input))),
        line(
            t!("drawn by"),
            format!("torch.randn({}, {})", trace.batch(), trace.in_features()),
        ),
        line(
            t!("place"),
            t!(
                "x[{sample}, {input}], after seed {} and the weights",
                trace.settings.seed()
            ),
        ),
    ];
    (lines, None)
}

fn unit_lines(trace: &Trace, sample: usize, unit: usize) -> Lines {
    let pass = &trace.pass;
    let mut lines = terms(trace.in_features(), |i| {
        line(
            format!("x{} × w", i + 1),
            product(
                trace.input.at(sample, i),
                trace.before.fc1.weight.at(unit, i),
            ),
        )
    });
    let (z, h) = (
        pass.pre_activation.at(sample, unit),
        pass.hidden.at(sample, unit),
    );
    lines.push(line(
        t!("+ bias"),
        number(trace.before.fc1.bias.data()[unit]),
    ));
    lines.push(line("fc1", t!("sum = {}", number(z))));
    lines.push(line(
        "ReLU",
        format!("max(0, {}) = {}", number(z), number(h)),
    ));
    lines.push(line(t!("mask"), fate(trace.kept(sample, unit))));
    lines.push(line(t!("scale"), scaling(trace, sample, unit)));
    let reason = match (trace.kept(sample, unit), trace.active(sample, unit)) {
        _ if !h.is_finite() => Some(t!("The weights have grown past what a float32 can hold.")),
        _ if pass.dropped.at(sample, unit).is_nan() => {
            Some(t!("1 − p is 0, and 0 / 0 is no number."))
        }
        (true, true) => None,
        (false, true) => Some(t!("It is 0 because the mask dropped it.")),
        (true, false) => Some(t!("It is 0 because ReLU gave 0. The mask kept it.")),
        (false, false) => Some(t!(
            "It is 0 twice over: ReLU gave 0, and the mask dropped it."
        )),
    };
    (lines, reason.map(str::to_owned))
}

fn scaling(trace: &Trace, sample: usize, unit: usize) -> String {
    let (h, d) = (
        trace.pass.hidden.at(sample, unit),
        trace.pass.dropped.at(sample, unit),
    );
    let (p, by_hand) = (
        trace.settings.p().p(),
        trace.settings.dropout_style() != DropoutStyle::Module,
    );
    let (times, by) = match (trace.settings.mode(), trace.kept(sample, unit)) {
        (Mode::Eval, _) => return t!("eval mode: {} stays", number(h)),
        (Mode::Train, true) => ("", true),
        (Mode::Train, false) => (" × 0", by_hand),
    };
    let by = if by {
        format!(" / (1 − {})", plain(p))
    } else {
        String::new()
    };
    format!("{}{times}{by} = {}", number(h), number(d))
}

/// What a coin has decided.
fn fate(kept: bool) -> &'static str {
    if kept {
        t!("1, kept")
    } else {
        t!("0, dropped")
    }
}

fn mask_lines(trace: &Trace, sample: usize, unit: usize) -> Lines {
    let kept = trace.kept(sample, unit);
    let result = fate(kept);
    let Some(coin) = trace.coin(sample, unit) else {
        let reason = match trace.settings.mode() {
            Mode::Eval => t!("Eval mode: no coin is tossed."),
            Mode::Train => t!("No coin was tossed one by one for this mask."),
        };
        return (vec![line(t!("mask"), result)], Some(reason.to_owned()));
    };
    let (threshold, sign) = threshold(trace, kept);
    let (coin, threshold) = told_apart(coin, threshold);
    let lines = vec![
        line(t!("coin"), t!("{coin}, uniform in [0, 1)")),
        line(t!("compared"), format!("{coin} {sign} {threshold}")),
        line(t!("mask"), result),
    ];
    (
        lines,
        Some(
            t!("The coin depends on the seed alone. Move p, and only the threshold moves.")
                .to_owned(),
        ),
    )
}

/// What coins are compared with, and how a coin that kept its unit, or did not, compares with it.
fn threshold(trace: &Trace, kept: bool) -> (f64, &'static str) {
    let p = trace.settings.p();
    match (trace.settings.dropout_style(), kept) {
        (DropoutStyle::RandGreater, true) => (f64::from(rounded(p.p())), ">"),
        (DropoutStyle::RandGreater, false) => (f64::from(rounded(p.p())), "≤"),
        (DropoutStyle::BernoulliFull, true) => (f64::from(rounded(p.keep())), "<"),
        (DropoutStyle::BernoulliFull, false) => (f64::from(rounded(p.keep())), "≥"),
        (DropoutStyle::Module, true) => (p.keep(), "<"),
        (DropoutStyle::Module, false) => (p.keep(), "≥"),
    }
}

fn kept_lines(trace: &Trace, unit: usize) -> Lines {
    let (lane, batch) = (trace.lanes[unit], trace.batch());
    let keep = match trace.settings.mode() {
        Mode::Train => trace.settings.p().keep(),
        Mode::Eval => 1.0,
    };
    let expected = keep * u32::try_from(batch).map_or(f64::INFINITY, f64::from);
    let samples = t!("{n} {n|sample|samples}", n = batch);
    let lines = vec![
        line(t!("kept"), t!("{} of {}", lane.kept, samples)),
        line(
            t!("expected"),
            format!("{} × {batch} = {}", short(keep), short(expected)),
        ),
        line(t!("carried"), t!("{}, kept with ReLU on", lane.carried)),
    ];
    (lines, None)
}

/// What each sample adds to a gradient of row `unit`, or why it adds nothing.
fn contributions(
    trace: &Trace,
    unit: usize,
    factor: impl Fn(usize) -> Option<f32>,
) -> Vec<(String, String)> {
    terms(trace.batch(), |n| {
        let grad = trace.pass.grad_pre_activation.at(n, unit);
        let text = match (trace.kept(n, unit), trace.active(n, unit)) {
            (false, _) if grad == 0.0 => t!("0, dropped").to_owned(),
            (true, false) => t!("0, ReLU off").to_owned(),
            _ => factor(n).map_or_else(|| number(grad), |x| product(grad, x)),
        };
        line(t!("sample {}", n + 1), text)
    })
}

fn zero_reason(trace: &Trace, unit: usize, grad: f32) -> Option<String> {
    (grad == 0.0).then(|| match trace.lanes[unit].verdict {
        Verdict::NoUpdate(_) | Verdict::MovedWithoutGradient(_) => {
            t!(
                "It is 0 because no sample got through: {}.",
                verdict(&trace.lanes[unit], trace.batch())
            )
        }
        _ => t!("It is 0 because its samples' parts are 0 or cancel out.").to_owned(),
    })
}

fn weight_grad_lines(trace: &Trace, unit: usize, input: usize) -> Lines {
    let grad = trace.pass.grad.fc1.weight.at(unit, input);
    let mut lines = contributions(trace, unit, |n| Some(trace.input.at(n, input)));
    lines.push(line(t!("sum"), number(grad)));
    (lines, zero_reason(trace, unit, grad))
}

fn bias_grad_lines(trace: &Trace, unit: usize) -> Lines {
    let grad = trace.pass.grad.fc1.bias.data()[unit];
    let mut lines = contributions(trace, unit, |_| None);
    lines.push(line(t!("sum"), number(grad)));
    (lines, zero_reason(trace, unit, grad))
}

fn fc2_grad_lines(trace: &Trace, unit: usize) -> Lines {
    let grad = trace.pass.grad.fc2.weight.at(0, unit);
    let mut lines = terms(trace.batch(), |n| {
        let text = product(
            trace.pass.grad_output.at(n, 0),
            trace.pass.dropped.at(n, unit),
        );
        line(t!("sample {}", n + 1), text)
    });
    lines.push(line(t!("sum"), number(grad)));
    lines.push(line(
        t!("weight"),
        format!(
            "{} → {}",
            number(trace.before.fc2.weight.at(0, unit)),
            number(trace.after.fc2.weight.at(0, unit))
        ),
    ));
    let silent = (0..trace.batch()).all(|n| trace.pass.dropped.at(n, unit) == 0.0);
    let reason = (grad == 0.0).then(|| {
        let why = if silent {
            t!("It is 0 because the unit sent 0 to fc2 in every sample.")
        } else {
            t!("It is 0 because its samples' parts are 0 or cancel out.")
        };
        why.to_owned()
    });
    (lines, reason)
}

/// One weight of row `unit`, or its bias, through the SGD step.
fn weight_lines(trace: &Trace, unit: usize, input: Option<usize>) -> Lines {
    let of = |parameters: &crate::nn::Parameters| match input {
        Some(i) => parameters.fc1.weight.at(unit, i),
        None => parameters.fc1.bias.data()[unit],
    };
    let (before, after) = (of(&trace.before), of(&trace.after));
    let sgd = trace.settings.sgd();
    let mut lines = vec![
        line(t!("before"), number(before)),
        line(t!("gradient"), number(of(&trace.pass.grad))),
    ];
    if trace.settings.mode() == Mode::Eval {
        lines.push(line(t!("after"), number(after)));
        return (lines, Some(t!("Eval mode: no step is taken.").to_owned()));
    }
    for (label, value) in [
        (t!("weight decay"), sgd.weight_decay),
        (t!("momentum"), sgd.momentum),
    ] {
        if value != 0.0 {
            lines.push(line(label, plain(value)));
        }
    }
    if sgd.momentum != 0.0 {
        lines.push(line(t!("velocity"), number(of(&trace.velocity))));
    }
    lines.push(line(
        t!("after"),
        t!("{} (lr {})", number(after), plain(sgd.lr)),
    ));
    lines.push(line(t!("moved by"), number(after - before)));
    let reason = matches!(trace.lanes[unit].verdict, Verdict::MovedWithoutGradient(_)).then(|| {
        t!("The gradient is 0, yet the weight moves: momentum or weight decay moves it.").to_owned()
    });
    (lines, reason)
}

fn verdict_lines(trace: &Trace, unit: usize) -> Lines {
    let lane = trace.lanes[unit];
    let lines = vec![
        line(t!("kept"), t!("{} of {}", lane.kept, trace.batch())),
        line(t!("carried"), t!("{} of {}", lane.carried, trace.batch())),
        line(t!("largest move"), number(lane.moved)),
        line(t!("verdict"), verdict(&lane, trace.batch())),
    ];
    (lines, None)
}

fn output_lines(trace: &Trace, sample: usize) -> Lines {
    let carried: Vec<usize> = (0..trace.hidden_features())
        .filter(|&j| trace.pass.dropped.at(sample, j) != 0.0)
        .collect();
    let mut lines = terms(carried.len(), |k| {
        let unit = carried[k];
        line(
            format!("h{} × w", unit + 1),
            product(
                trace.pass.dropped.at(sample, unit),
                trace.before.fc2.weight.at(0, unit),
            ),
        )
    });
    lines.push(line(t!("+ bias"), number(trace.before.fc2.bias.data()[0])));
    lines.push(line(
        t!("output"),
        t!("sum = {}", number(trace.pass.output.at(sample, 0))),
    ));
    let silent = trace.hidden_features() - carried.len();
    let reason = match silent {
        0 => None,
        1 => Some(t!("The other unit sends 0.").to_owned()),
        n if carried.is_empty() => Some(t!("All {n} units send 0.")),
        n => Some(t!("The other {n} units send 0.")),
    };
    (lines, reason)
}

fn loss_lines(trace: &Trace, sample: usize) -> Lines {
    let (output, target) = (trace.pass.output.at(sample, 0), trace.target.at(sample, 0));
    let error = output - target;
    let lines = vec![
        line(
            t!("error"),
            format!(
                "{} − ({}) = {}",
                number(output),
                number(target),
                number(error)
            ),
        ),
        line(t!("squared"), number(error * error)),
        line(
            t!("loss"),
            t!("mean over {} = {}", trace.batch(), number(trace.pass.loss)),
        ),
        line(
            t!("gradient"),
            format!(
                "2 / {} × {} = {}",
                trace.batch(),
                number(error),
                number(trace.pass.grad_output.at(sample, 0))
            ),
        ),
    ];
    (lines, None)
}
