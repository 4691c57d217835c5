//! Losses, each the mean over all elements, forward and backward.
use super::probability::rounded;
use super::reduce::mean_by;

/// What is to become small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Loss {
    /// `nn.MSELoss`: for targets of any size.
    #[default]
    Mse,
    /// `nn.BCEWithLogitsLoss`: the output is the logit of the probability that the target is 1, and not 0.
    BceWithLogits,
}

impl Loss {
    /// The loss of these outputs.
    #[must_use]
    pub fn of(self, output: &[f32], target: &[f32]) -> f32 {
        match self {
            Self::Mse => mse(output, target),
            Self::BceWithLogits => bce_with_logits(output, target),
        }
    }

    /// Its gradient.
    pub fn backward(self, output: &[f32], target: &[f32], grad_output: &mut [f32]) {
        match self {
            Self::Mse => mse_backward(output, target, grad_output),
            Self::BceWithLogits => bce_with_logits_backward(output, target, grad_output),
        }
    }
}

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
pub(super) fn two_over(n: usize) -> f32 {
    rounded(2.0 / n as f64)
}

/// mean(-target log s - (1 - target) log(1 - s)) for s = sigmoid(output) = 1 / (1 + exp(-output)), computed as
/// (1 - target) output - log s with log s = min(output, 0) - log(1 + exp(-|output|)), which stays finite where s
/// rounds to 0 or 1.
///
/// `DIFFERENCE:` the exponential and the logarithm are rounded from `f64`; PyTorch's, from a vector library, may be
/// off in the last place.
///
/// ```
/// // Not knowing costs log 2.
/// assert_eq!(dropout_nn::loss::bce_with_logits(&[0.0], &[1.0]), std::f32::consts::LN_2);
/// ```
///
/// # Source
/// `aten/src/ATen/native/Loss.cpp`, `binary_cross_entropy_with_logits`; `Activation.cpp`, `log_sigmoid`.
#[must_use]
pub fn bce_with_logits(output: &[f32], target: &[f32]) -> f32 {
    mean_by(output.len(), |i| {
        let (x, y) = (output[i], target[i]);
        // f32::min would make a number of what is none.
        let negative = if x > 0.0 { 0.0 } else { x };
        let tail = rounded(libm::log1p(libm::exp(-f64::from(x.abs()))));
        (1.0 - y) * x - (negative - tail)
    })
}

/// d `bce_with_logits` / d output = (sigmoid(output) - target) / n, n the number of elements.
pub fn bce_with_logits_backward(output: &[f32], target: &[f32], grad_output: &mut [f32]) {
    #[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
    let share = rounded(1.0 / output.len() as f64);
    for ((grad, output), target) in grad_output.iter_mut().zip(output).zip(target) {
        *grad = share * (sigmoid(*output) - target);
    }
}

/// 1 / (1 + exp(-x)).
#[must_use]
pub fn sigmoid(x: f32) -> f32 {
    rounded(1.0 / (1.0 + libm::exp(-f64::from(x))))
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
    fn the_gradient_is_what_the_loss_changes_by() {
        let (output, target) = ([-3.0, 0.5, 0.0, 7.0], [1.0, 0.0, 1.0, 1.0]);
        for loss in [Loss::Mse, Loss::BceWithLogits] {
            let mut grad = [0.0; 4];
            loss.backward(&output, &target, &mut grad);
            for (i, grad) in grad.into_iter().enumerate() {
                const STEP: f32 = 1.0 / 256.0;
                let moved = |by: f32| {
                    let mut output = output;
                    output[i] += by;
                    f64::from(loss.of(&output, &target))
                };
                let slope = (moved(STEP) - moved(-STEP)) / f64::from(2.0 * STEP);
                assert!(
                    (slope - f64::from(grad)).abs() < 1e-4,
                    "{loss:?}: {slope} {grad}"
                );
            }
        }
    }

    /// ```python
    /// x = torch.tensor([-3., .5, 0., 7., 40., -90.], requires_grad=True)
    /// y = torch.tensor([1., 0., 1., 1., 0., 0.])
    /// nn.BCEWithLogitsLoss()(x, y).backward()
    /// ```
    #[test]
    fn the_loss_of_logits_is_torchs() {
        let output = [-3.0, 0.5, 0.0, 7.0, 40.0, -90.0];
        let target = [1.0, 0.0, 1.0, 1.0, 0.0, 0.0];
        let loss = bce_with_logits(&output, &target);
        assert!((loss - 7.452_787).abs() < 1e-5, "{loss}");
        let torch = [
            -0.158_762_35,
            0.103_743_225,
            -0.083_333_336,
            -0.000_151_832_9,
            0.166_666_67,
            0.0,
        ];
        let mut grad = [0.0; 6];
        bce_with_logits_backward(&output, &target, &mut grad);
        for (grad, torch) in grad.into_iter().zip(torch) {
            assert!((grad - torch).abs() < 1e-7, "{grad} {torch}");
        }
    }

    #[test]
    fn logits_that_are_no_numbers_have_no_loss() {
        for output in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            // Not even where infinity is right, as in PyTorch.
            let target = f32::from(u8::from(output > 0.0));
            assert!(bce_with_logits(&[output], &[target]).is_nan());
        }
        assert!(bce_with_logits(&[], &[]).is_nan());
        bce_with_logits_backward(&[], &[], &mut []);
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
