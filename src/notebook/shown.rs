//! What the script shows and the output repeats: each tensor's name, its Python expression, its numbers in the [`Trace`].
//!
//! One table for both, so that neither can show what the other does not. Parameters and their gradients are not in it:
//! script and output both go through them by `named_parameters()`.

use super::print::{TensorPrint, Values};
use crate::model::Trace;
use crate::nn::Tensor;

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
        print: |trace| floats(&trace.input),
    },
    Shown {
        name: "y",
        python: "y",
        print: |trace| floats(&trace.target),
    },
    Shown {
        name: "hidden, after ReLU",
        python: "model.hidden",
        print: |trace| floats(&trace.pass.hidden),
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
        print: |trace| floats(&trace.pass.dropped),
    },
    Shown {
        name: "output",
        python: "output",
        print: |trace| floats(&trace.pass.output),
    },
    Shown {
        name: "loss",
        python: "loss",
        print: |trace| floats(&Tensor::full(&[], trace.pass.loss)),
    },
];

/// The script's function that prints a tensor, and what [`floats`] does.
///
/// PyTorch's own choice would print most gradients with powers of ten: five digits of every number, however small,
/// are harder to read, and the last of them is not the same on every CPU. Large numbers are better off with them.
pub(super) const SHOW: &str = "\
def show(name, tensor):
    # Four decimals; powers of ten only where numbers are large.
    torch.set_printoptions(sci_mode=bool((tensor.abs() >= 100).any()))
    print(f\"{name}:\")
    print(tensor.detach())
    print()
";

/// The print of a float32 tensor in the script.
#[must_use]
pub fn floats(tensor: &Tensor) -> String {
    numbers(tensor.data(), tensor.shape())
}

/// The same of numbers in a shape.
pub(super) fn numbers(numbers: &[f32], shape: &[usize]) -> String {
    let large = numbers.iter().any(|x| x.abs() >= 100.0);
    TensorPrint::plain(numbers, shape)
        .with_sci_mode(large)
        .to_string()
}

/// The print of the mask in the script: whole numbers, 1 = kept.
#[must_use]
pub fn mask(trace: &Trace) -> String {
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
