//! The sentences and the arithmetic on the screen: every number in them is the step's, every reason is the true one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;
mod numbers;
mod sentences;

use common::{Dice, trace_of};
use dropout_lab::model::Trace;
use dropout_lab::words::Explanation;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Runs of every kind, those that blow up among them.
fn traces(seed: u64, count: usize) -> Vec<Trace> {
    let mut dice = Dice::new(seed);
    let random: Vec<String> = (0..count).map(|_| dice.query()).collect();
    let edges = [
        "",
        "mode=eval&seed=3",
        "p=1",
        "p=0",
        "p=1&dropout=rand",
        "p=1&dropout=bernoulli&step=2",
        "lr=100&step=100",
        "lr=100&step=8&momentum=0.9",
        "batch=1&sample=1&p=0&lr=0.05&step=1000",
        "batch=20&in=20&hidden=20",
        "batch=1&in=1&hidden=1&sample=1",
        "lr=0&weight_decay=0.1",
    ];
    random
        .iter()
        .map(String::as_str)
        .chain(edges)
        .map(trace_of)
        .collect()
}

/// The numbers that stand alone in a text.
fn numbers(text: &str) -> Vec<f64> {
    text.split(|c: char| c.is_whitespace() || "(),;".contains(c))
        .map(|word| word.trim_end_matches(['.', ':']).replace('−', "-"))
        .filter_map(|word| word.parse().ok())
        .collect()
}

/// Whether `quoted` is how the screen writes `value`: four decimals, or two digits of what is smaller.
fn is(quoted: f64, value: f32) -> bool {
    let value = f64::from(value);
    let off = (quoted - value).abs();
    quoted.is_nan() && value.is_nan()
        || quoted == value
        || off <= 5.001e-5 && value.abs() >= 5e-5
        || off <= 0.06 * value.abs() && value.abs() < 5e-5
}

/// The text after a label.
fn text<'a>(explanation: &'a Explanation, label: &str) -> &'a str {
    let line = explanation.lines.iter().find(|(name, _)| name == label);
    line.map_or_else(
        || panic!("{label} is missing in {explanation:?}"),
        |(_, text)| text,
    )
}

fn assert_quotes(explanation: &Explanation, label: &str, values: &[f32]) {
    let text = text(explanation, label);
    let quoted = numbers(text);
    let same = quoted.len() == values.len()
        && quoted
            .iter()
            .zip(values)
            .all(|(&quoted, &value)| is(quoted, value));
    assert!(
        same,
        "{}, {label}: {text} quotes {quoted:?}, and the step has {values:?}",
        explanation.title
    );
}

#[allow(clippy::cast_precision_loss, reason = "counts of samples")]
fn float(n: usize) -> f32 {
    n as f32
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "compared with four decimals"
)]
fn rounded(x: f64) -> f32 {
    x as f32
}

/// Sums are spelt out up to 16 terms.
fn spelt(n: usize) -> std::ops::Range<usize> {
    0..n.min(16)
}
