//! The drop probability: a number in [0, 1] that cannot be anything else.
use std::fmt;

use super::number;

/// `p`, the chance of a unit to be zeroed, in [0, 1]. Everything derived from it is rounded where
/// PyTorch rounds.
///
/// ```
/// use dropout_nn::DropProbability;
/// let p = DropProbability::new(0.75)?;
/// assert_eq!((p.keep(), p.scale()), (0.25, 4.0));
/// assert!(DropProbability::new(1.5).is_err());
/// # Ok::<(), dropout_nn::probability::ProbabilityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct DropProbability(f64);

impl Default for DropProbability {
    /// `nn.Dropout()`'s own default, one half.
    fn default() -> Self {
        Self(0.5)
    }
}

impl DropProbability {
    /// Nothing is ever dropped.
    pub const ZERO: Self = Self(0.0);

    /// A drop probability.
    ///
    /// # Errors
    /// `p` lies outside [0, 1] or is not a number. `DIFFERENCE:` PyTorch lets NaN through
    /// `nn.Dropout` and fails at the first use of the layer, with the same text.
    pub fn new(p: f64) -> Result<Self, ProbabilityError> {
        if (0.0..=1.0).contains(&p) {
            Ok(Self(p))
        } else {
            Err(ProbabilityError(p))
        }
    }

    /// P(zeroed).
    #[must_use]
    pub fn p(self) -> f64 {
        self.0
    }

    /// P(kept) = 1 - p.
    #[must_use]
    pub fn keep(self) -> f64 {
        1.0 - self.0
    }

    /// Whether chance decides: p is neither 0 nor 1 - p.
    #[must_use]
    pub fn tosses(self) -> bool {
        self.p() != 0.0 && self.keep() != 0.0
    }

    /// What a kept unit is multiplied by: 1 / keep, and 0 where p = 1 keeps none.
    ///
    /// Dividing by the rounded keep (not multiplying by a rounded reciprocal) is what PyTorch's CPU
    /// code does.
    #[must_use]
    pub fn scale(self) -> f32 {
        if self.0 >= 1.0 {
            0.0
        } else {
            1.0 / rounded(self.keep())
        }
    }
}

/// A Python float as it enters `f32` arithmetic: rounded to nearest.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
pub fn rounded(x: f64) -> f32 {
    x as f32
}

/// A number that is no drop probability. Displays the text of `nn.Dropout` and `F.dropout`; the
/// alternate form (`{:#}`) is that of `torch.dropout`, where C++ writes the number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProbabilityError(pub f64);

impl fmt::Display for ProbabilityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let p = if f.alternate() {
            number::general(self.0)
        } else {
            number::python(self.0)
        };
        write!(
            f,
            "dropout probability has to be between 0 and 1, but got {p}"
        )
    }
}

impl std::error::Error for ProbabilityError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_from_0_to_1_are_probabilities() {
        for p in [0.0, -0.0, f64::MIN_POSITIVE, 0.5, 1.0] {
            assert_eq!(DropProbability::new(p).unwrap().p(), p);
        }
        for p in [
            -1e-9,
            1.000_000_1,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ] {
            assert!(DropProbability::new(p).is_err(), "{p}");
        }
    }

    #[test]
    fn the_error_says_p_as_python_does_and_in_its_alternate_form_as_cpp_does() {
        let error = DropProbability::new(2.0).unwrap_err();
        let text = "dropout probability has to be between 0 and 1, but got 2";
        assert_eq!(error.to_string(), format!("{text}.0"));
        assert_eq!(format!("{error:#}"), text);
    }

    #[test]
    fn kept_units_are_multiplied_by_one_over_keep_and_none_is_kept_at_1() {
        let scale = |p| DropProbability::new(p).unwrap().scale();
        assert_eq!(
            [scale(0.0), scale(0.5), scale(0.75), scale(1.0)],
            [1.0, 2.0, 4.0, 0.0]
        );
        // 1 / 0.7 in f32, which is not the rounded 1 / 0.7.
        assert_eq!(scale(0.3), 1.0 / 0.7_f32);
    }
}
