//! A [`Trace`] holds every number of one step; whatever is on the screen only reads it.

use super::verdict::{judge, without_gradient};
use super::{Lane, Settings};
use crate::nn::fma::fma32;
use crate::nn::{Mode, Parameters, Pass, Tensor};

/// One pass through `SimpleNet`, forward and back, and the SGD step that followed it.
///
/// B samples, I inputs, H hidden units, 1 output.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The run, and the step of it that this is.
    pub settings: Settings,
    /// Inputs x, `[B, I]`.
    pub input: Tensor,
    /// Targets y, `[B, 1]`.
    pub target: Tensor,
    /// Everything between input and gradients: mask, activations, loss, gradients.
    pub pass: Pass,
    /// Parameters in the forward pass.
    pub before: Parameters,
    /// Parameters after SGD; in eval mode, where no step is taken, the same.
    pub after: Parameters,
    /// Velocities of SGD after the step; without momentum the gradients or zeros.
    pub velocity: Parameters,
    /// The uniform numbers that were compared with a probability, one a unit and sample, row-major;
    /// empty where no mask was drawn, or not one by one.
    pub coins: Vec<f64>,
    /// What became of each hidden unit.
    pub lanes: Vec<Lane>,
}

impl Trace {
    /// The same with its lanes judged.
    pub(super) fn judged(mut self) -> Self {
        self.lanes = (0..self.hidden_features())
            .map(|unit| judge(&self, unit))
            .collect();
        self
    }

    /// Samples in the batch, B.
    #[must_use]
    pub fn batch(&self) -> usize {
        self.settings.batch()
    }

    /// Inputs, I.
    #[must_use]
    pub fn in_features(&self) -> usize {
        self.settings.in_features()
    }

    /// Hidden units, H.
    #[must_use]
    pub fn hidden_features(&self) -> usize {
        self.settings.hidden_features()
    }

    /// What a kept unit is multiplied by: 1 / (1 - p) in train mode, 1 in eval mode.
    #[must_use]
    pub fn scale(&self) -> f32 {
        match self.settings.mode() {
            Mode::Train => self.settings.p().scale(),
            Mode::Eval => 1.0,
        }
    }

    /// Whether `unit` was kept for `sample`.
    #[must_use]
    pub fn kept(&self, sample: usize, unit: usize) -> bool {
        self.pass.mask.at(sample, unit) != 0.0
    }

    /// Whether ReLU let `unit` through for `sample`, as it does what is not a number.
    #[must_use]
    pub fn active(&self, sample: usize, unit: usize) -> bool {
        self.pass.hidden.at(sample, unit) != 0.0
    }

    /// Whether no sample adds anything to row `unit` of fc1's gradients, weights and bias.
    #[must_use]
    pub fn without_gradient(&self, unit: usize) -> bool {
        without_gradient(&self.pass, unit)
    }

    /// The uniform number that decided over `unit` for `sample`, if one was drawn.
    #[must_use]
    pub fn coin(&self, sample: usize, unit: usize) -> Option<f64> {
        self.coins
            .get(sample * self.hidden_features() + unit)
            .copied()
    }

    /// What `sample` adds to d loss / d fc1.weight\[`unit`, `input`\].
    #[must_use]
    pub fn contribution(&self, sample: usize, unit: usize, input: usize) -> f32 {
        self.pass.grad_pre_activation.at(sample, unit) * self.input.at(sample, input)
    }

    /// d loss / d fc1.weight\[`unit`, `input`\] as far as the first `samples` of the batch,
    /// added up in the order and with the rounding of the whole.
    #[must_use]
    pub fn partial_weight_grad(&self, samples: usize, unit: usize, input: usize) -> f32 {
        if samples >= self.batch() {
            // A sum from 0 would lose the sign that a zero from one sample alone has.
            return self.pass.grad.fc1.weight.at(unit, input);
        }
        let grad = &self.pass.grad_pre_activation;
        (0..samples).fold(0.0, |sum, n| {
            fma32(grad.at(n, unit), self.input.at(n, input), sum)
        })
    }

    /// d loss / d fc1.bias\[`unit`\] as far as the first `samples` of the batch.
    ///
    /// DIFFERENCE: torch adds the whole column in another order (`nn::reduce`); a part of it has no
    /// counterpart there, and is added from the first sample on. All of it is torch's number.
    #[must_use]
    pub fn partial_bias_grad(&self, samples: usize, unit: usize) -> f32 {
        if samples >= self.batch() {
            return self.pass.grad.fc1.bias.data()[unit];
        }
        (0..samples)
            .map(|n| self.pass.grad_pre_activation.at(n, unit))
            .sum()
    }

    /// The largest change of fc1's row `unit`, its bias included.
    #[must_use]
    pub fn moved(&self, unit: usize) -> f32 {
        self.row_of_fc1(unit)
            .map(|(before, after)| (after - before).abs())
            .fold(0.0, largest)
    }

    /// Weights and bias of fc1's row `unit`, each before and after.
    pub(super) fn row_of_fc1(&self, unit: usize) -> impl Iterator<Item = (f32, f32)> + '_ {
        let weights = self
            .before
            .fc1
            .weight
            .row(unit)
            .iter()
            .zip(self.after.fc1.weight.row(unit));
        let bias = (
            &self.before.fc1.bias.data()[unit],
            &self.after.fc1.bias.data()[unit],
        );
        weights
            .chain(std::iter::once(bias))
            .map(|(&before, &after)| (before, after))
    }
}

/// The larger of two sizes; what is not a number is larger than any.
fn largest(a: f32, b: f32) -> f32 {
    if a.is_nan() || b <= a { a } else { b }
}
