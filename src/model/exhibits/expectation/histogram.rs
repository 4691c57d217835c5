//! Draws by size: one bar a value where values are few, bars of one width where they are many.

use super::Law;
use crate::model::exhibits::Bins;

/// Bars where values are many.
const BARS: u32 = 48;
/// Standard deviations on either side of the mean that bars are made for.
const REACH: f64 = 4.0;

/// How many draws lie in each bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// The bars.
    pub bins: Bins,
    /// Draws in each.
    pub counts: Vec<u32>,
    /// The probability of each bar, where it is known.
    pub chances: Vec<f64>,
    /// Draws that are infinite or not numbers, and lie in none.
    pub outside: u32,
}

impl Histogram {
    pub(super) fn of(values: &[f32], law: &Law) -> Self {
        let bins = if law.listed.is_empty() {
            even(values, law)
        } else {
            // A bar a value, the value in its middle.
            Bins {
                from: -law.step / 2.0,
                width: law.step,
                count: u32::try_from(law.listed.len()).unwrap_or(u32::MAX),
            }
        };
        let mut histogram = Self {
            bins,
            counts: vec![0; bins.count as usize],
            chances: law.listed.clone(),
            outside: 0,
        };
        for value in values {
            match bins.bar(f64::from(*value)) {
                Some(bar) => histogram.counts[bar] += 1,
                None => histogram.outside += 1,
            }
        }
        histogram
    }

    /// The edges of a bar.
    #[must_use]
    pub fn edges(&self, bar: usize) -> (f64, f64) {
        self.bins.edges(bar)
    }
}

/// Bars of one width from the least to the largest value there is or may well be.
fn even(values: &[f32], law: &Law) -> Bins {
    let finite = || {
        values
            .iter()
            .map(|v| f64::from(*v))
            .filter(|v| v.is_finite())
    };
    let low = (law.mean - REACH * law.sd).max(law.least);
    let high = (law.mean + REACH * law.sd).min(law.largest);
    let from = finite().fold(low, f64::min);
    let to = finite().fold(high, f64::max);
    Bins::between(from, to, 1e-6, BARS)
}
