//! Weights around a step: the true before and after beside what notebook 004 prints, and what momentum does.

use crate::lang::localized;
use crate::model::Trace;
use crate::model::exhibits::gradients::{Place, Slip};
use crate::model::exhibits::momentum;
use crate::nn::{Mode, Sgd};
use crate::words::plain;

/// A weight around its step, beside what the notebook prints for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AroundStep {
    /// Which weight.
    pub name: String,
    /// Before, its gradient, after.
    pub truth: [(&'static str, String); 3],
    /// What the notebook prints as Before and as After.
    pub printed: [(&'static str, String); 2],
    /// What is wrong with that.
    pub reason: String,
}

/// The true step of a weight beside what the notebook prints for it, and why that is wrong.
#[must_use]
pub fn around_step(trace: &Trace, Place { unit, input, .. }: Place) -> AroundStep {
    let slip = Slip::of(trace, unit);
    let numbers = [
        &slip.before,
        &slip.grad,
        &slip.after,
        &slip.printed_before,
        &slip.printed_after,
    ];
    let [before, grad, after, printed_before, printed_after] =
        told_apart(numbers.map(|row| row[input]));
    let lr = plain(trace.settings.sgd().lr);
    let reason = match trace.settings.mode() {
        Mode::Eval => t!(
            "Eval mode: no step is taken, so Before is right here, and After was never a weight."
        )
        .to_owned(),
        Mode::Train => t!(
            "The notebook prints Before once optimizer.step() has run, so it shows the weight after; its After takes {lr} × gradient off a second time."
        ),
    };
    AroundStep {
        name: format!("fc1.weight[{unit}, {input}]"),
        truth: [
            (t!("before"), before),
            (t!("gradient"), grad),
            (t!("after"), after),
        ],
        printed: [(t!("Before"), printed_before), (t!("After"), printed_after)],
        reason,
    }
}

/// Numbers with equally many decimals: from four to nine, as many as it takes to tell any two of them apart.
fn told_apart<const N: usize>(values: [f32; N]) -> [String; N] {
    let print = |decimals: usize| values.map(|x| format!("{:.decimals$}", x + 0.0));
    let tells = |texts: &[String; N]| {
        let alike = |i: usize, j: usize| values[i] != values[j] && texts[i] == texts[j];
        !(0..N).any(|i| (0..i).any(|j| alike(i, j)))
    };
    let texts = (4..9).map(print).find(tells).unwrap_or_else(|| print(9));
    texts.map(|text| localized(&text))
}

/// Momentum's story, a line a step, the first the weight as it begins.
#[must_use]
pub fn momentum(sgd: &Sgd) -> Vec<String> {
    let begins = t!(
        "The weight begins at {}. Momentum {}, learning rate {}.",
        digits(momentum::START),
        plain(sgd.momentum),
        plain(sgd.lr)
    );
    let mut lines = vec![begins];
    let mut before = momentum::START;
    for step in momentum::story(sgd) {
        let (by, name) = if sgd.momentum == 0.0 {
            (step.gradient, t!("gradient"))
        } else {
            (step.velocity, t!("velocity"))
        };
        lines.push(t!(
            "Gradient {}, {name} {}: {} − {} × {} = {}",
            digits(step.gradient),
            digits(by),
            digits(before),
            plain(sgd.lr),
            digits(by),
            digits(step.weight)
        ));
        before = step.weight;
    }
    lines
}

/// What the story comes to.
#[must_use]
pub fn moral(sgd: &Sgd) -> &'static str {
    let [first, .., last] = momentum::story(sgd);
    if first.weight == last.weight {
        t!("The last two gradients are 0, and the weight stays where it is.")
    } else {
        t!(
            "The last two gradients are 0, and the weight moves all the same: the velocity remembers the first."
        )
    }
}

/// At most six decimals, none that are not needed: what a float32 near 1 holds.
fn digits(value: f32) -> String {
    let text = format!("{value:.6}");
    localized(text.trim_end_matches('0').trim_end_matches('.'))
}
