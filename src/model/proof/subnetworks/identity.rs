//! What dropout adds to the training loss on average: a penalty on what each unit says.

use super::Ensemble;
use crate::nn::Tensor;

/// E\[train MSE\] = eval MSE + p / (1 - p) * the mean over samples n of the sum over units j of
/// `(w2_j h_nj)^2`, every term computed by itself: the left side by going through all masks, the
/// right side without any.
///
/// Why: the output is linear in the mask, its mean is the eval output, and the variance of what
/// unit j adds, `w2_j h_nj m_j / (1 - p)`, is `p / (1 - p) (w2_j h_nj)^2`. An expected square is the
/// square of the mean plus the variance.
///
/// # Source
/// Wager, Wang and Liang, *Dropout Training as Adaptive Regularization*, 2013, for linear models.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// The training loss with dropout, mean over all masks and samples.
    pub train: f64,
    /// The loss in eval mode.
    pub eval: f64,
    /// p / (1 - p); infinite where p = 1, since no scale keeps a mean of what is always dropped.
    pub factor: f64,
    /// For each hidden unit j, the mean over samples n of `(w2_j h_nj)^2`.
    pub units: Vec<f64>,
}

impl Identity {
    /// What the identity says that dropout adds; nothing is said where p = 1.
    #[must_use]
    pub fn penalty(&self) -> Option<f64> {
        let squares: f64 = self.units.iter().sum();
        self.factor.is_finite().then_some(self.factor * squares)
    }

    /// By how much its sides differ: nothing but rounding where
    /// [`Placement::is_linear`](super::Placement::is_linear).
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        self.penalty()
            .map(|penalty| self.train - (self.eval + penalty))
    }
}

impl Ensemble<'_> {
    /// The terms of the identity over a batch.
    ///
    /// # Shapes
    /// `input` `[B, in]`, `target` `[B, 1]`.
    #[must_use]
    pub fn identity(&self, input: &Tensor, target: &Tensor) -> Identity {
        let mut identity = Identity {
            train: 0.0,
            eval: 0.0,
            factor: self.p.p() / self.p.keep(),
            units: vec![0.0; self.parameters.fc1.bias.numel()],
        };
        for (sample, target) in target.data().iter().enumerate() {
            identity.add(self, input.row(sample), f64::from(*target));
        }
        identity.divide(target.numel());
        identity
    }
}

impl Identity {
    fn add(&mut self, ensemble: &Ensemble, input: &[f32], target: f64) {
        let subnetworks = ensemble.subnetworks(input);
        self.train += subnetworks.expected_square(target);
        self.eval += (subnetworks.eval - target) * (subnetworks.eval - target);
        for (sum, unit) in self.units.iter_mut().zip(ensemble.units(input)) {
            *sum += unit.eval * unit.eval;
        }
    }

    fn divide(&mut self, samples: usize) {
        #[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
        let samples = samples as f64;
        let units = self.units.iter_mut();
        for sum in [&mut self.train, &mut self.eval].into_iter().chain(units) {
            *sum /= samples;
        }
    }
}
