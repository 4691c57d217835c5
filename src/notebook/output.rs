//! What [`script`](super::script()) prints when PyTorch runs it, written from the numbers of a [`Trace`].

use super::print::module::Module;
use super::shown::{FORWARD, floats};
use crate::model::Trace;
use crate::model::settings::OUT_FEATURES;
use crate::nn::{DropoutStyle, Mode, Parameters};

/// All that the script of `trace.settings` prints.
///
/// Masks, inputs and targets are PyTorch's on every machine. Numbers that went through a matrix product may differ in
/// the last printed digit where PyTorch differs from one CPU to the next (see [`crate::nn::matmul`]).
#[must_use]
pub fn output(trace: &Trace) -> String {
    let mut out = format!("{}\n\n", model(trace));
    for shown in &FORWARD {
        show(&mut out, shown.name, &(shown.print)(trace));
    }
    show_all(&mut out, &trace.pass.grad, ".grad");
    match trace.settings.mode() {
        Mode::Train => {
            show_all(&mut out, &trace.before, " before");
            show_all(&mut out, &trace.after, " after");
        }
        Mode::Eval => show_all(&mut out, &trace.before, ""),
    }
    out.push_str(&units("without gradient", &without_gradient(trace)));
    if trace.settings.mode() == Mode::Train {
        out.push_str(&units("that did not move", &unmoved(trace)));
    }
    out
}

/// A line on hidden units; Python and Rust write a list of numbers alike.
fn units(which: &str, units: &[usize]) -> String {
    format!("units of fc1 {which}: {units:?}\n")
}

fn show(out: &mut String, name: &str, print: &str) {
    for text in [name, ":\n", print, "\n\n"] {
        out.push_str(text);
    }
}

fn show_all(out: &mut String, parameters: &Parameters, suffix: &str) {
    for (name, tensor) in parameters.tensors() {
        show(out, &format!("{name}{suffix}"), &floats(tensor));
    }
}

/// `print(model)`.
fn model(trace: &Trace) -> Module {
    let (inputs, hidden) = (trace.in_features(), trace.hidden_features());
    let dropout = match trace.settings.dropout_style() {
        DropoutStyle::Module => Module::dropout(trace.settings.p().p()),
        DropoutStyle::BernoulliFull | DropoutStyle::RandGreater => Module::layer("OwnDropout", ""),
    };
    Module::container("SimpleNet")
        .with("fc1", Module::linear(inputs, hidden, true))
        .with("dropout", dropout)
        .with("fc2", Module::linear(hidden, OUT_FEATURES, true))
}

/// Hidden units whose row of fc1 got nothing but zeros, counted from 0.
fn without_gradient(trace: &Trace) -> Vec<usize> {
    (0..trace.hidden_features())
        .filter(|&unit| trace.without_gradient(unit))
        .collect()
}

/// Hidden units whose row of fc1 is the same after the step, counted from 0.
fn unmoved(trace: &Trace) -> Vec<usize> {
    let (before, after) = (&trace.before.fc1, &trace.after.fc1);
    let same = |&unit: &usize| {
        before.weight.row(unit) == after.weight.row(unit)
            && before.bias.data()[unit..=unit] == after.bias.data()[unit..=unit]
    };
    (0..trace.hidden_features()).filter(same).collect()
}
