//! Adam in its two forms, `torch.optim.Adam` and `torch.optim.AdamW`.
use super::fma::fma32;
use super::probability::rounded;

/// The settings of `torch.optim.Adam`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam {
    /// Learning rate.
    pub lr: f64,
    /// How much of the two running means survives a step.
    pub betas: (f64, f64),
    /// Keeps the division finite.
    pub eps: f64,
    /// Pull of the parameters towards zero.
    pub weight_decay: f64,
    /// The pull acts on the parameters, not on the gradient: `torch.optim.AdamW`.
    pub decoupled: bool,
}

impl Default for Adam {
    fn default() -> Self {
        Self {
            lr: 1e-3,
            betas: (0.9, 0.999),
            eps: 1e-8,
            weight_decay: 0.0,
            decoupled: false,
        }
    }
}

impl Adam {
    /// One update of `param`, the `step`th, counted from 1: param -= lr * mean /
    /// (sqrt(`mean_square`) + eps), both means freed of their bias towards their start at zero.
    /// All slices are of one length.
    ///
    /// `DIFFERENCE:` the square root is rounded correctly; PyTorch's, from a vector library, is one
    /// unit in the last place off in 0.7 % of values.
    ///
    /// # Source
    /// `torch/optim/adam.py`, `_single_tensor_adam`.
    pub fn step(
        &self,
        step: u32,
        param: &mut [f32],
        grad: &[f32],
        mean: &mut [f32],
        mean_square: &mut [f32],
    ) {
        let (beta1, beta2) = self.betas;
        let correction = |beta: f64| 1.0 - libm::pow(beta, f64::from(step));
        let shrink = rounded(1.0 - self.lr * self.weight_decay);
        let descent = rounded(-(self.lr / correction(beta1)));
        let root_correction = rounded(correction(beta2).sqrt());
        let means = mean.iter_mut().zip(mean_square);
        for ((param, grad), (mean, mean_square)) in param.iter_mut().zip(grad).zip(means) {
            let mut g = *grad;
            if self.decoupled {
                *param *= shrink;
            } else if self.weight_decay != 0.0 {
                g = fma32(*param, rounded(self.weight_decay), g);
            }
            *mean = fma32(rounded(1.0 - beta1), g - *mean, *mean);
            *mean_square = fma32(rounded(1.0 - beta2) * g, g, *mean_square * rounded(beta2));
            let denominator = mean_square.sqrt() / root_correction + rounded(self.eps);
            *param += descent * *mean / denominator;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_is_the_learning_rate_against_the_sign_of_the_gradient() {
        let adam = Adam {
            lr: 0.5,
            ..Adam::default()
        };
        let mut param = [1.0, 1.0, 1.0];
        adam.step(
            1,
            &mut param,
            &[3.0, -1e-3, 0.0],
            &mut [0.0; 3],
            &mut [0.0; 3],
        );
        assert!((param[0] - 0.5).abs() < 1e-6 && (param[1] - 1.5).abs() < 1e-4);
        assert_eq!(param[2], 1.0);
    }

    #[test]
    fn decoupled_decay_shrinks_the_parameter_without_a_gradient() {
        let adam = Adam {
            lr: 0.5,
            weight_decay: 0.5,
            decoupled: true,
            ..Adam::default()
        };
        let mut param = [8.0];
        adam.step(1, &mut param, &[0.0], &mut [0.0], &mut [0.0]);
        assert_eq!(param, [6.0]);
    }
}
