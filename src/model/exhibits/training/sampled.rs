//! MC dropout as it is done in practice: some passes in eval mode with dropout on.

use super::SAMPLED;
use crate::model::proof::race::{Run, Task};
use crate::nn::Tensor;
use crate::nn::probability::rounded;

/// Passes whose outputs are shown one by one.
const SHOWN: usize = 5;
/// Inputs to both sides of 0, an eighth apart.
const STEPS: i16 = 24;

/// What some passes come to, input by input from -3 to 3.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampled {
    /// Passes.
    pub passes: u32,
    /// Inputs.
    pub x: Vec<f32>,
    /// What is right there.
    pub law: Vec<f32>,
    /// Outputs of the first few passes.
    pub first: Vec<Vec<f32>>,
    /// The mean of the outputs.
    pub mean: Vec<f32>,
    /// Their standard deviation: the root of the mean square around their mean.
    pub sd: Vec<f32>,
    /// The standard deviation over all masks.
    pub exact: Vec<f32>,
}

impl Sampled {
    /// Passes of a network with one input.
    pub(super) fn of(task: Task, run: &Run, passes: u32) -> Self {
        let x: Vec<f32> = (-STEPS..=STEPS).map(|k| f32::from(k) / 8.0).collect();
        let mut input = Tensor::zeros(&[x.len(), 1]);
        input.data_mut().copy_from_slice(&x);
        let outputs = run.passes(&input, passes);
        let of = |k: usize| outputs.iter().map(move |pass| f64::from(pass[k]));
        let n = f64::from(passes.max(1));
        let mean = |k: usize| of(k).sum::<f64>() / n;
        let sd = |k: usize| {
            let mean = mean(k);
            (of(k).map(|y| (y - mean).powi(2)).sum::<f64>() / n).sqrt()
        };
        Self {
            passes,
            law: x.iter().map(|x| task.law(&[*x])).collect(),
            mean: (0..x.len()).map(|k| rounded(mean(k))).collect(),
            sd: (0..x.len()).map(|k| rounded(sd(k))).collect(),
            exact: run.spread(&run.evaluated(&input)),
            first: outputs.iter().take(SHOWN).cloned().collect(),
            x,
        }
    }

    /// Of the inputs that samples came from, or of those beyond: how many there are, and at how many of them the
    /// truth lies within two standard deviations of the mean.
    #[must_use]
    pub fn covered(&self, inside: bool) -> (usize, usize) {
        let own = (0..self.x.len()).filter(|k| SAMPLED.contains(&self.x[*k]) == inside);
        let held = |k: &usize| (self.law[*k] - self.mean[*k]).abs() <= 2.0 * self.sd[*k];
        (own.clone().count(), own.filter(held).count())
    }

    /// The mean over the inputs of the standard deviation, of these passes and over all masks.
    #[must_use]
    pub fn widths(&self) -> [f64; 2] {
        [&self.sd, &self.exact].map(|sd| {
            let sum: f64 = sd.iter().map(|sd| f64::from(*sd)).sum();
            sum / f64::from(2 * STEPS + 1)
        })
    }
}
