//! What the script shows and the output repeats: each tensor's name, its Python expression, its numbers in the [`Trace`].
//!
//! One table for both, so that neither can show what the other does not. Parameters and their gradients are not in it:
//! script and output both go through them by `named_parameters()`.

use super::print::{self, TensorPrint, Values};
use crate::model::Trace;

/// A tensor of the forward pass.
pub(super) struct Shown {
    /// What it is called above its numbers.
    pub(super) name: &'static str,
    /// What it is in the script.
    pub(super) python: &'static str,
    /// Its print.
    pub(super) print: fn(&Trace) -> String,
}

/// The forward pass, in the order in which it is computed.
pub(super) const FORWARD: [Shown; 8] = [
    Shown {
        name: "x",
        python: "x",
        print: |trace| print::tensor(&trace.input),
    },
    Shown {
        name: "y",
        python: "y",
        print: |trace| print::tensor(&trace.target),
    },
    Shown {
        name: "hidden, after ReLU",
        python: "model.hidden",
        print: |trace| print::tensor(&trace.pass.hidden),
    },
    Shown {
        name: "mask, 1 = kept, 0 = dropped",
        python: "mask",
        print: mask,
    },
    Shown {
        name: "samples in which each unit was kept",
        python: "mask.sum(dim=0)",
        print: kept,
    },
    Shown {
        name: "hidden, after dropout",
        python: "model.dropped",
        print: |trace| print::tensor(&trace.pass.dropped),
    },
    Shown {
        name: "output",
        python: "output",
        print: |trace| print::tensor(&trace.pass.output),
    },
    Shown {
        name: "loss",
        python: "loss",
        print: |trace| TensorPrint::plain(&[trace.pass.loss], &[]).to_string(),
    },
];

fn mask(trace: &Trace) -> String {
    let mask = &trace.pass.mask;
    let kept: Vec<i64> = mask
        .data()
        .iter()
        .map(|&kept| i64::from(kept != 0.0))
        .collect();
    integers(&kept, mask.shape())
}

fn kept(trace: &Trace) -> String {
    let kept: Vec<i64> = trace
        .lanes
        .iter()
        .map(|lane| i64::from(lane.kept))
        .collect();
    integers(&kept, &[kept.len()])
}

fn integers(values: &[i64], shape: &[usize]) -> String {
    TensorPrint {
        values: Values::I64(values),
        shape,
        requires_grad: false,
        grad_fn: None,
    }
    .to_string()
}
