//! Draws by size: one bar a value where values are few, bars of one width where they are many.

use super::Law;

/// Bars where values are many.
const BARS: u32 = 48;
/// Standard deviations on either side of the mean that bars are made for.
const REACH: f64 = 4.0;

/// How many draws lie in each bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// Left edge of the first bar.
    pub from: f64,
    /// Width of each.
    pub width: f64,
    /// Draws in each.
    pub counts: Vec<u32>,
    /// The probability of each bar, where it is known.
    pub chances: Vec<f64>,
    /// Draws that are infinite or not numbers, and lie in none.
    pub outside: u32,
}

impl Histogram {
    pub(super) fn of(values: &[f32], law: &Law) -> Self {
        let mut histogram = if law.listed.is_empty() {
            Self::even(values, law)
        } else {
            // A bar a value, the value in its middle.
            Self {
                from: -law.step / 2.0,
                width: law.step,
                counts: vec![0; law.listed.len()],
                chances: law.listed.clone(),
                outside: 0,
            }
        };
        for value in values {
            match histogram.bar(f64::from(*value)) {
                Some(bar) => histogram.counts[bar] += 1,
                None => histogram.outside += 1,
            }
        }
        histogram
    }

    /// Bars of one width from the least to the largest value there is or may well be.
    fn even(values: &[f32], law: &Law) -> Self {
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
        if !(from.is_finite() && to.is_finite()) {
            return Self::default();
        }
        // All draws may be one number: its bar is as wide as it is large, or 1.
        let alone = if from == 0.0 { 1.0 } else { from.abs() };
        let span = if to - from > 1e-6 * alone {
            to - from
        } else {
            0.0
        };
        let (from, bars) = if span == 0.0 {
            (from - alone / 2.0, 1)
        } else {
            (from, BARS)
        };
        Self {
            from,
            width: if span == 0.0 {
                alone
            } else {
                span / f64::from(bars)
            },
            counts: vec![0; bars as usize],
            chances: Vec::new(),
            outside: 0,
        }
    }

    /// The bar in which a value lies.
    #[must_use]
    pub fn bar(&self, value: f64) -> Option<usize> {
        let place = ((value - self.from) / self.width).floor();
        let last = self.counts.len().checked_sub(1)?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "cut off at the last bar"
        )]
        // The largest value is the right edge of the last bar.
        place
            .is_finite()
            .then(|| (place.max(0.0) as usize).min(last))
    }

    /// The edges of a bar.
    #[must_use]
    pub fn edges(&self, bar: usize) -> (f64, f64) {
        let bar = u32::try_from(bar).map_or(f64::INFINITY, f64::from);
        (
            self.from + bar * self.width,
            self.from + (bar + 1.0) * self.width,
        )
    }
}
