//! Mean squared error over all elements, `nn.MSELoss`, forward and backward.
use super::reduce::mean_by;

/// mean((output - target)^2).
///
/// ```
/// assert_eq!(dropout_nn::loss::mse(&[3.0, 0.0], &[1.0, 0.0]), 2.0);
/// ```
#[must_use]
pub fn mse(output: &[f32], target: &[f32]) -> f32 {
    mean_by(output.len(), |i| {
        let difference = output[i] - target[i];
        difference * difference
    })
}

/// d mse / d output = 2 / n * (output - target), n the number of elements (batch times outputs).
pub fn mse_backward(output: &[f32], target: &[f32], grad_output: &mut [f32]) {
    let factor = two_over(output.len());
    for ((grad, output), target) in grad_output.iter_mut().zip(output).zip(target) {
        *grad = factor * (output - target);
    }
}

#[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn two_over(n: usize) -> f32 {
    super::probability::rounded(2.0 / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loss_of_nothing_is_not_a_number_and_has_no_gradient() {
        assert!(mse(&[], &[]).is_nan());
        mse_backward(&[], &[], &mut []);
    }

    #[test]
    fn nan_and_infinity_reach_the_loss_and_the_gradient() {
        let output = [f32::NAN, f32::INFINITY, 1.0];
        let mut grad = [0.0; 3];
        mse_backward(&output, &[0.0; 3], &mut grad);
        assert!(mse(&output, &[0.0; 3]).is_nan() && grad[0].is_nan());
        assert_eq!(mse(&output[1..], &[0.0; 2]), f32::INFINITY);
        assert_eq!(grad[1..], [f32::INFINITY, 2.0 / 3.0]);
    }
}
