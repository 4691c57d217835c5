//! The sentences of the variants exhibit: how many coins for how many numbers, and who shares them.

use super::explain::Explanation;
use super::numbers::{number, plain, short};
use crate::lang::decimals;
use crate::model::exhibits::{Layer, VariantsTarget, VariantsTrace, unravel};
use crate::nn::Mode;
use crate::nn::alpha_dropout::ALPHA;

/// A layer as its code calls it.
#[must_use]
pub fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Dropout => "nn.Dropout",
        Layer::Dropout1d => "nn.Dropout1d",
        Layer::Dropout2d => "nn.Dropout2d",
        Layer::Locked => "LockedDropout",
        Layer::Variational => t!("WeightDrop, variational"),
        Layer::DropConnect => t!("WeightDrop, DropConnect"),
        Layer::Alpha => "nn.AlphaDropout",
        Layer::Functional => "F.dropout",
    }
}

/// "12 coins for 60 numbers, 5 each".
#[must_use]
pub fn coins(trace: &VariantsTrace) -> String {
    let numbers = trace.input.numel();
    let (coins, each) = (
        t!("{n} {n|coin|coins}", n = trace.coins),
        numbers / trace.coins.max(1),
    );
    if trace.linear.is_some() {
        t!("{coins} for {numbers} {numbers|weight|weights}, {each} each")
    } else {
        t!("{coins} for {numbers} {numbers|number|numbers}, {each} each")
    }
}

/// Who shares a coin in this layer.
#[must_use]
pub fn shared(trace: &VariantsTrace) -> &'static str {
    match (trace.settings.layer(), trace.settings.batch_first()) {
        (Layer::Dropout, _) => t!("Every number has a coin of its own."),
        (Layer::Functional, _) => t!("Every number has a coin of its own, as in nn.Dropout."),
        (Layer::Dropout1d, _) => {
            t!("A coin for every channel of every sample: it goes with the whole length L.")
        }
        (Layer::Dropout2d, _) => {
            t!("A coin for every channel of every sample: it goes with the whole picture, H × W.")
        }
        (Layer::Locked, false) => {
            t!(
                "A coin for every feature H of every sample B: it is locked for all steps of time T."
            )
        }
        (Layer::Locked, true) => {
            t!(
                "The trap: the layer locks the first dimension, and here that is the batch B. All samples share a mask, and it changes at every step of time T."
            )
        }
        (Layer::Variational, _) => {
            t!(
                "A coin for every row of the weights: all that goes into one output unit stays or vanishes together. Its bias stays."
            )
        }
        (Layer::DropConnect, _) => {
            t!("Every weight has a coin of its own: connections are dropped, not units.")
        }
        (Layer::Alpha, _) => {
            t!(
                "Every number has a coin of its own. What is dropped is not set to 0 but to what SELU gives far below 0, and all is shifted so that a mean of 0 and a variance of 1 stay."
            )
        }
    }
}

/// What just happened.
#[must_use]
pub fn now(trace: &VariantsTrace) -> String {
    let settings = &trace.settings;
    if settings.effective_mode() == Mode::Eval {
        return t!("Eval mode: no coin is tossed, every number stays as it is.").to_owned();
    }
    if trace.uniforms.is_empty() {
        let p = plain(settings.run().p.p());
        return t!("With p = {p} there is no choice, and no coin is tossed.");
    }
    t!(
        "{}: {} tossed, {} kept. {}",
        coins(trace),
        trace.coins,
        trace.coins_kept(),
        shared(trace)
    )
}

/// What the lamp says while it is lit.
#[must_use]
pub fn lamp(trace: &VariantsTrace) -> Option<&'static str> {
    trace.settings.ignores_eval().then(|| match trace.settings.layer() {
        Layer::Variational => {
            t!("eval() was called, and it goes on dropping: its code says training=True.")
        }
        _ => {
            t!("eval() was called, and it goes on dropping: F.dropout(x, p) is never told, for its training is True unless the call says training=self.training.")
        }
    })
}

/// Where a number comes from.
#[must_use]
pub fn explain(trace: &VariantsTrace, target: VariantsTarget) -> Explanation {
    match target {
        VariantsTarget::Number { index } if index < trace.coin_of.len() => {
            explain_number(trace, index)
        }
        VariantsTarget::Output { unit } => explain_output(trace, unit),
        VariantsTarget::Number { .. } => Explanation::default(),
    }
}

fn line(label: &str, text: String) -> (String, String) {
    (label.to_owned(), text)
}

fn explain_number(trace: &VariantsTrace, index: usize) -> Explanation {
    let (settings, kept, coin) = (&trace.settings, trace.keeps(index), trace.coin_of[index]);
    let mut lines = Vec::new();
    let sharing = trace.group(coin).count();
    if let Some(uniform) = trace.uniforms.get(coin) {
        let keep = short(settings.run().p.keep());
        let sign = if kept { "<" } else { "≥" };
        lines.push(line(
            t!("coin"),
            t!("number {} of {}", coin + 1, trace.coins),
        ));
        lines.push(line(
            t!("shared by"),
            t!("{n} {n|number|numbers}", n = sharing),
        ));
        lines.push(line(
            t!("kept if"),
            format!("{} {sign} {keep}", decimals(uniform, 4)),
        ));
    }
    lines.push(line(
        t!("mask"),
        if kept {
            t!("1, kept")
        } else {
            t!("0, dropped")
        }
        .to_owned(),
    ));
    lines.push(line(t!("result"), arithmetic(trace, index, kept)));
    let at = place(trace, index);
    let reason = if trace.uniforms.is_empty() {
        t!("No coin was tossed.").to_owned()
    } else {
        shared(trace).to_owned()
    };
    Explanation {
        title: if trace.linear.is_some() {
            t!("Weight at {at}")
        } else {
            t!("Number at {at}")
        },
        lines,
        reason: Some(reason),
    }
}

/// "T 0, B 1, H 3".
fn place(trace: &VariantsTrace, index: usize) -> String {
    let place = unravel(index, trace.input.shape());
    let axes = trace.settings.axes().iter().zip(place);
    let names: Vec<String> = axes.map(|(axis, k)| format!("{axis} {k}")).collect();
    names.join(", ")
}

fn arithmetic(trace: &VariantsTrace, index: usize, kept: bool) -> String {
    let y = number(trace.output.data()[index]);
    let p = trace.settings.run().p;
    let tossed = trace.settings.effective_mode() == Mode::Train && p.p() > 0.0;
    match trace.settings.layer() {
        _ if !tossed => t!("1 stays {y}"),
        Layer::Alpha if p.keep() > 0.0 => {
            let a = 1.0 / ((ALPHA * ALPHA * p.p() + 1.0) * p.keep()).sqrt();
            let (a, b) = (short(a), short(ALPHA * a * p.p()));
            let what = if kept { "1" } else { "(−1.7581)" };
            format!("{a} × {what} + {b} = {y}")
        }
        Layer::Locked if p.keep() == 0.0 => format!("1 × 0 / (1 − 1) = {y}"),
        _ if kept => format!("1 / (1 − {}) = {y}", plain(p.p())),
        _ => format!("1 × 0 = {y}"),
    }
}

fn explain_output(trace: &VariantsTrace, unit: usize) -> Explanation {
    let Some(&answer) = trace
        .linear
        .as_ref()
        .and_then(|linear| linear.data().get(unit))
    else {
        return Explanation::default();
    };
    let weights = trace.output.row(unit);
    let kept: Vec<f32> = weights
        .iter()
        .copied()
        .filter(|weight| *weight != 0.0)
        .collect();
    let terms: Vec<String> = weights
        .iter()
        .map(|weight| format!("{} × 1", number(*weight)))
        .collect();
    let mut lines = vec![
        line(t!("weights × ones"), terms.join(" + ")),
        line(t!("bias"), number(1.0)),
    ];
    if let Some(first) = kept.first() {
        let text = format!(
            "{} × {} + 1 = {}",
            kept.len(),
            number(*first),
            number(answer)
        );
        lines.push(line(t!("output"), text));
    } else {
        lines.push(line(t!("output"), format!("0 + 1 = {}", number(answer))));
    }
    let reason = bias_stays(kept.len(), weights.len());
    Explanation {
        title: t!("Output {unit}"),
        lines,
        reason: Some(reason.to_owned()),
    }
}

/// Which of the weights are left, and that the bias always is.
fn bias_stays(kept: usize, weights: usize) -> &'static str {
    if kept == 0 {
        t!("All its weights are dropped. What is left is the bias, which is never dropped.")
    } else if kept == weights {
        t!("All its weights are kept, each scaled. The bias is not.")
    } else {
        t!("Some of its weights are kept, each scaled. The bias is not.")
    }
}
