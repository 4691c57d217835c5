//! The linear layer, y = x W^T + b, forward and backward. Orders of summation: [`super::matmul`]
//! and [`super::reduce::sum_dim0`].
use wide::f32x4;

use super::matmul::{Factor, Products};
use super::net::LinearParameters;
use super::reduce::sum_dim0;
use super::widened::Values;
use super::{Error, Tensor};

/// `F.linear(input, weight, bias)`.
///
/// # Shapes
/// `input` `[..., in]`, `weight` `[out, in]`, `bias` `[out]`; returns `[..., out]`.
///
/// # Errors
/// The input is a scalar, or its last dimension is not `in`.
///
/// ```
/// use dropout_nn::{Tensor, linear::linear};
/// let weight = Tensor::new(&[1, 2], vec![2.0, 3.0])?;
/// let y = linear(&Tensor::full(&[2], 1.0), &weight, Some(&Tensor::full(&[1], 0.5)))?;
/// assert_eq!((y.shape(), y.data()), (&[1][..], &[5.5][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn linear(input: &Tensor, weight: &Tensor, bias: Option<&Tensor>) -> Result<Tensor, Error> {
    let layer = [weight.shape()[1], weight.shape()[0]];
    let Some((last, leading)) = input.shape().split_last() else {
        return Err(Error::LinearScalar);
    };
    let rows = leading.iter().product();
    if *last != layer[0] {
        let input = [rows, *last];
        return Err(Error::LinearShape { input, layer });
    }
    let mut output = Tensor::zeros(&[leading, &layer[1..]].concat());
    let mut products = Products::default();
    forward(&mut products, input.data(), weight, bias, output.data_mut());
    Ok(output)
}

/// y = x W^T + b into `output`; the bias is added last, in one rounding.
///
/// # Shapes
/// `input` `[B, in]`, `weight` `[out, in]`, `bias` `[out]`, `output` `[B, out]`.
pub fn forward<'a>(
    products: &mut Products,
    input: impl Into<Values<'a>>,
    weight: &Tensor,
    bias: Option<&Tensor>,
    output: &mut [f32],
) {
    let out_features = weight.shape()[0];
    let batch = output.len().checked_div(out_features).unwrap_or(0);
    products.fill(
        Factor::rows(input, batch),
        Factor::rows(weight.data(), out_features),
        output,
    );
    if let Some(bias) = bias {
        let (fours, rest) = bias.data().as_chunks::<4>();
        for output in output.chunks_exact_mut(out_features.max(1)) {
            let (outputs, outputs_rest) = output.as_chunks_mut::<4>();
            for (y, bias) in outputs.iter_mut().zip(fours) {
                *y = (f32x4::new(*y) + f32x4::new(*bias)).to_array();
            }
            for (y, bias) in outputs_rest.iter_mut().zip(rest) {
                *y += bias;
            }
        }
    }
}

/// Gradients of the parameters: `grad_weight` = `grad_output`^T x, summed over the batch in order,
/// and `grad_bias` the sum of `grad_output` over the batch.
///
/// Between vectors, one sample's gradient is a plain product in torch: zeros keep the sign that a
/// sum from 0 loses.
///
/// # Shapes
/// `grad_output` `[B, out]`, `input` `[B, in]`, `grad` `[out, in]` and `[out]`.
pub fn backward_parameters<'a>(
    products: &mut Products,
    grad_output: &[f32],
    input: impl Into<Values<'a>>,
    grad: &mut LinearParameters,
) {
    let input = input.into();
    let (out_features, in_features) = (grad.weight.shape()[0], grad.weight.shape()[1]);
    let weight = grad.weight.data_mut();
    if grad_output.len() == out_features && out_features > 1 && in_features > 1 {
        for (row, g) in weight.chunks_exact_mut(in_features).zip(grad_output) {
            for (weight, x) in row.iter_mut().zip(input.data) {
                *weight = g * x;
            }
        }
    } else {
        products.fill(
            Factor::columns(grad_output, out_features),
            Factor::columns(input, in_features),
            weight,
        );
    }
    sum_dim0(grad_output, grad.bias.data_mut());
}

/// Gradient of the input: `grad_input` = `grad_output` W, summed over the outputs in order.
///
/// # Shapes
/// `grad_output` `[B, out]`, `weight` `[out, in]`, `grad_input` `[B, in]`.
pub fn backward_input(
    products: &mut Products,
    grad_output: &[f32],
    weight: &Tensor,
    grad_input: &mut [f32],
) {
    let (out_features, in_features) = (weight.shape()[0], weight.shape()[1]);
    let batch = grad_output.len().checked_div(out_features).unwrap_or(0);
    products.fill(
        Factor::rows(grad_output, batch),
        Factor::columns(weight.data(), in_features),
        grad_input,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_that_do_not_fit_are_refused_with_the_text_of_torch() {
        let weight = Tensor::zeros(&[3, 5]);
        let message = |shape: &[usize]| {
            linear(&Tensor::zeros(shape), &weight, None)
                .unwrap_err()
                .to_string()
        };
        let expected = "addmm: mat1 and mat2 shapes cannot be multiplied (6x4 and 5x3)";
        assert_eq!(message(&[2, 3, 4]), expected);
        assert!(message(&[]).starts_with("both arguments to linear need to be at least 1D"));
    }

    #[test]
    fn an_empty_batch_has_an_empty_output_and_gradients_of_zero() {
        let weight = Tensor::full(&[3, 5], 2.0);
        let output = linear(&Tensor::zeros(&[0, 5]), &weight, None).unwrap();
        assert_eq!(output.shape(), [0, 3]);
        let mut grad = LinearParameters {
            weight: Tensor::full(&[3, 5], 7.0),
            bias: Tensor::full(&[3], 7.0),
        };
        backward_parameters(&mut Products::default(), &[], &[][..], &mut grad);
        assert_eq!(grad, LinearParameters::zeros(5, 3));
    }

    #[test]
    fn the_gradient_of_one_sample_keeps_the_sign_of_zero() {
        let mut grad = LinearParameters::zeros(2, 2);
        backward_parameters(
            &mut Products::default(),
            &[-1.0, 2.0],
            &[0.0, 3.0][..],
            &mut grad,
        );
        assert_eq!(
            [0, 1, 2, 3].map(|i| grad.weight.data()[i].to_bits()),
            [-0.0_f32, -3.0, 0.0, 6.0].map(f32::to_bits)
        );
    }

    #[test]
    fn a_layer_without_outputs_returns_rows_of_nothing() {
        let output = linear(
            &Tensor::zeros(&[3, 5]),
            &Tensor::zeros(&[0, 5]),
            Some(&Tensor::zeros(&[0])),
        )
        .unwrap();
        assert_eq!(output, Tensor::zeros(&[3, 0]));
    }

    #[test]
    fn a_layer_without_inputs_returns_its_bias() {
        let bias = Tensor::new(&[2], vec![1.0, -2.0]).unwrap();
        let output = linear(
            &Tensor::zeros(&[3, 0]),
            &Tensor::zeros(&[2, 0]),
            Some(&bias),
        )
        .unwrap();
        assert_eq!(output.data(), [1.0, -2.0, 1.0, -2.0, 1.0, -2.0]);
    }
}
