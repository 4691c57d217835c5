//! What many draws come to by the laws of probability alone.

use super::same_print;
use crate::nn::DropProbability;

/// Most values whose probabilities are listed.
const LISTED: usize = 100;

/// The law of offset + factor * (sum of the kept values), each value kept with probability 1 - p.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Law {
    /// offset + factor * (1 - p) * (sum of the values).
    pub mean: f64,
    /// factor * sqrt(p (1 - p) * (sum of the values' squares)).
    pub sd: f64,
    /// The least value there can be: every positive one dropped.
    pub least: f64,
    /// The largest value there can be: every negative one dropped.
    pub largest: f64,
    /// What a step between neighbours of `listed` is.
    pub step: f64,
    /// The probability of 0, `step`, 2 `step`, …, where the values are few whole numbers; else nothing.
    pub listed: Vec<f64>,
}

impl Law {
    /// The law of these values.
    #[must_use]
    pub fn new(values: &[f32], p: DropProbability, factor: f64, offset: f64) -> Self {
        let sum = |f: &dyn Fn(f64) -> f64| values.iter().map(|v| f(f64::from(*v))).sum::<f64>();
        let whole = values.iter().all(|v| *v >= 0.0 && v.fract() == 0.0);
        Self {
            mean: offset + factor * p.keep() * sum(&|v| v),
            sd: factor * (p.p() * p.keep() * sum(&|v| v * v)).sqrt(),
            least: offset + factor * sum(&|v| v.min(0.0)),
            largest: offset + factor * sum(&|v| v.max(0.0)),
            step: if factor > 0.0 { factor } else { 1.0 },
            listed: if whole && offset == 0.0 {
                subset_sums(values, p)
            } else {
                Vec::new()
            },
        }
    }

    /// The probability that a draw is `value` to four decimals, where values are listed.
    #[must_use]
    pub fn chance(&self, value: f64) -> Option<f64> {
        let values = (0_u32..).map(|s| f64::from(s) * self.step);
        let equal = values
            .zip(&self.listed)
            .filter(|(v, _)| same_print(*v, value));
        (!self.listed.is_empty()).then(|| equal.map(|(_, chance)| chance).sum())
    }
}

/// The probability of each sum of the kept values, added value by value; nothing where sums are many.
fn subset_sums(values: &[f32], p: DropProbability) -> Vec<f64> {
    let mut chances = vec![1.0];
    for value in values {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number, cut off at the length that is listed"
        )]
        let value = value.min(128.0) as usize;
        if chances.len() + value > LISTED {
            return Vec::new();
        }
        let mut with = vec![0.0; chances.len() + value];
        for (sum, chance) in chances.iter().enumerate() {
            with[sum] += chance * p.p();
            with[sum + value] += chance * p.keep();
        }
        chances = with;
    }
    chances
}
