//! Notebook 004's derivation of dL/dW1 put into code, as it stands there and with the two factors that it leaves out.

use super::super::cell::Code;
use super::super::net::Net;
use super::super::torch::{filled, zip};
use crate::nn::matmul::{Factor, Products};
use crate::nn::{Pass, Tensor};

const CODE: &str = r#"with torch.no_grad():
    error = output - y
    on = model.fc1(x) > 0
    scale = model.dropout.mask
    written = (error * model.fc2.weight * on).T @ x
    right = (2 / len(x) * error * model.fc2.weight * scale * on).T @ x
for name, formula in [("as written", written), ("with 2/N and the mask", right)]:
    same = torch.allclose(formula, model.fc1.weight.grad, rtol=1e-3, atol=1e-5)
    print(f"{name}: {same}")"#;

/// The cell, and whether each formula gives the gradient of fc1's weight.
pub(super) fn cell(net: &Net, x: &Tensor, y: &Tensor) -> Code {
    let output = &net.pass.output;
    let error = zip(output, y, |output, y| output - y);
    #[allow(clippy::cast_precision_loss, reason = "fifteen samples")]
    let factor = 2.0 / x.shape()[0] as f32;
    let written = formula(net, x, &error, |error, w2, _| error * w2);
    let right = formula(net, x, &error, |error, w2, noise| {
        factor * error * w2 * noise
    });
    Code::new("derivation", CODE)
        .prints(
            "written",
            format_args!("as written: {}", answer(&written, net)),
        )
        .prints(
            "right",
            format_args!("with 2/N and the mask: {}", answer(&right, net)),
        )
}

/// The sum over the samples of f(error, w2, noise) where the unit is on, times x.
fn formula(net: &Net, x: &Tensor, error: &Tensor, f: impl Fn(f32, f32, f32) -> f32) -> Tensor {
    let fc2 = net.parameters.fc2.weight.data();
    let (units, inputs) = (fc2.len(), x.shape()[1]);
    let Pass {
        pre_activation,
        noise,
        ..
    } = &net.pass;
    let slopes = filled(pre_activation.shape(), |out| {
        for (i, slope) in out.iter_mut().enumerate() {
            let on = f32::from(pre_activation.data()[i] > 0.0);
            *slope = f(error.data()[i / units], fc2[i % units], noise.data()[i]) * on;
        }
    });
    filled(&[units, inputs], |out| {
        let (slopes, x) = (
            Factor::columns(slopes.data(), units),
            Factor::columns(x.data(), inputs),
        );
        Products::default().fill(slopes, x, out);
    })
}

/// `torch.allclose(formula, model.fc1.weight.grad, rtol=1e-3, atol=1e-5)` as Python prints it.
fn answer(formula: &Tensor, net: &Net) -> &'static str {
    let grad = &net.pass.grad.fc1.weight;
    let close = |(x, y): (&f32, &f32)| x == y || (x - y).abs() <= 1e-5 + 1e-3 * y.abs();
    if formula.data().iter().zip(grad.data()).all(close) {
        "True"
    } else {
        "False"
    }
}
