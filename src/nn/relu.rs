//! The rectifier, forward and backward.

/// max(x, 0); NaN stays NaN, and -0.0 becomes 0.0.
#[inline]
#[must_use]
pub fn relu(x: f32) -> f32 {
    if x > 0.0 || x.is_nan() { x } else { 0.0 }
}

/// [`relu`] of each number.
pub fn forward(input: &[f32], output: &mut [f32]) {
    for (output, x) in output.iter_mut().zip(input) {
        *output = relu(*x);
    }
}

/// Lets the gradient through where the forward's output is above 0, or NaN.
pub fn backward(grad_output: &[f32], output: &[f32], grad_input: &mut [f32]) {
    for ((grad_input, grad), y) in grad_input.iter_mut().zip(grad_output).zip(output) {
        let grad = *grad;
        *grad_input = if *y <= 0.0 { 0.0 } else { grad };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_above_zero_passes_both_ways() {
        let mut output = [9.0; 6];
        forward(
            &[-1.0, -0.0, 0.0, 2.0, f32::INFINITY, f32::NEG_INFINITY],
            &mut output,
        );
        assert_eq!(
            output.map(f32::to_bits),
            [0.0, 0.0, 0.0, 2.0, f32::INFINITY, 0.0].map(f32::to_bits)
        );
        let mut grad = [9.0; 6];
        backward(&[-7.0; 6], &output, &mut grad);
        assert_eq!(grad, [0.0, 0.0, 0.0, -7.0, -7.0, 0.0]);
    }

    #[test]
    fn nan_passes_forward_and_lets_the_gradient_through() {
        let (mut output, mut grad) = ([0.0], [9.0]);
        forward(&[f32::NAN], &mut output);
        assert!(output[0].is_nan());
        backward(&[1.0], &output, &mut grad);
        assert_eq!(grad, [1.0]);
    }
}
