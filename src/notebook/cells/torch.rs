//! The few torch functions that the notebooks call, on tensors of a known shape.

use crate::nn::dropout::dropout;
use crate::nn::matmul::Products;
use crate::nn::{DropProbability, Generator, LinearParameters, Mode, Tensor, linear, sample};
use crate::notebook::print::{self, TensorPrint};

/// A tensor whose numbers `fill` writes.
pub(super) fn filled(shape: &[usize], fill: impl FnOnce(&mut [f32])) -> Tensor {
    let mut tensor = Tensor::zeros(shape);
    fill(tensor.data_mut());
    tensor
}

pub(super) fn randn(g: &mut Generator, shape: &[usize]) -> Tensor {
    filled(shape, |out| sample::randn(g, out))
}

pub(super) fn rand(g: &mut Generator, shape: &[usize]) -> Tensor {
    filled(shape, |out| sample::rand(g, out))
}

pub(super) fn ones(shape: &[usize]) -> Tensor {
    Tensor::full(shape, 1.0)
}

/// A tensor of one number and no dimension.
pub(super) fn scalar(x: f32) -> Tensor {
    Tensor::full(&[], x)
}

/// `F.dropout(x, p)`.
pub(super) fn drop(g: &mut Generator, x: &Tensor, p: DropProbability) -> Tensor {
    dropout(g, x, p, Mode::Train).output
}

/// `x` with `f` applied to each number.
pub(super) fn map(x: &Tensor, f: impl Fn(f32) -> f32) -> Tensor {
    zip(x, x, |x, _| f(x))
}

/// `f` of each two numbers at the same place.
pub(super) fn zip(x: &Tensor, y: &Tensor, f: impl Fn(f32, f32) -> f32) -> Tensor {
    filled(x.shape(), |out| {
        for (out, (x, y)) in out.iter_mut().zip(x.data().iter().zip(y.data())) {
            *out = f(*x, *y);
        }
    })
}

/// An `nn.Linear` whose parameters were set to one.
pub(super) fn linear_of_ones(in_features: usize, out_features: usize) -> LinearParameters {
    LinearParameters {
        weight: ones(&[out_features, in_features]),
        bias: ones(&[out_features]),
    }
}

/// `layer(x)`, x of shape `[..., in]`.
pub(super) fn forward(layer: &LinearParameters, x: &Tensor) -> Tensor {
    let LinearParameters { weight, bias } = layer;
    let leading = x.shape().split_last().map_or(&[][..], |(_, rest)| rest);
    filled(&[leading, bias.shape()].concat(), |out| {
        linear::forward(&mut Products::default(), x.data(), weight, Some(bias), out);
    })
}

/// `print(x)` of a tensor that the operation `grad_fn` made.
pub(super) fn made_by(grad_fn: &str, x: &Tensor) -> String {
    let print = TensorPrint {
        grad_fn: Some(grad_fn),
        ..TensorPrint::plain(x.data(), x.shape())
    };
    print.to_string()
}

/// `print(F.dropout(x, p))`, `made` being what that gave and `x` printed as `unchanged`: for p = 0 torch returns the
/// very tensor it was given.
pub(super) fn dropped_from(unchanged: String, p: DropProbability, made: &Tensor) -> String {
    if p.p() == 0.0 {
        unchanged
    } else {
        made_by("MulBackward0", made)
    }
}

/// `print(parameter)`.
pub(super) use print::parameter;
