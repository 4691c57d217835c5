//! How often *Again* was pressed: extra forward passes, step by step.
//!
//! Each pass draws a mask and throws it away, as calling `model(x)` once more does in PyTorch;
//! the stream of random numbers moves on and the next mask is another one.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Most extra passes that a run may have in all; a bound on the work behind a link.
pub const MAX_PASSES: u32 = 10_000;

/// Extra forward passes before the one that counts, by training step.
///
/// Written `step:passes,step:passes`, for example `0:2,3:1`.
///
/// ```
/// use dropout_lab::model::Again;
/// let again: Again = "0:2,3:1".parse()?;
/// assert_eq!((again.passes(0), again.passes(1), again.passes(3)), (2, 0, 1));
/// assert_eq!(again.to_string(), "0:2,3:1");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Again(BTreeMap<u32, u32>);

impl Again {
    /// Extra passes at `step`.
    #[must_use]
    pub fn passes(&self, step: u32) -> u32 {
        self.0.get(&step).copied().unwrap_or(0)
    }

    /// Extra passes in the whole run.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.0.values().fold(0, |sum, &n| sum.saturating_add(n))
    }

    /// Adds one pass at `step`; at [`MAX_PASSES`] it stays as it is and answers `false`.
    pub fn add(&mut self, step: u32) -> bool {
        let room = self.total() < MAX_PASSES;
        if room {
            *self.0.entry(step).or_insert(0) += 1;
        }
        room
    }

    /// Whether two runs have the same passes in every step before `step`.
    #[must_use]
    pub fn same_before(&self, other: &Self, step: u32) -> bool {
        self.0.range(..step).eq(other.0.range(..step))
    }
}

impl fmt::Display for Again {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (step, passes)) in self.0.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma}{step}:{passes}")?;
        }
        Ok(())
    }
}

impl FromStr for Again {
    type Err = String;

    /// # Errors
    /// What is allowed, when the text is not a list of `step:passes` or asks for too many.
    fn from_str(text: &str) -> Result<Self, String> {
        let allowed = || format!("step:passes, step:passes, …, at most {MAX_PASSES} passes in all");
        let mut again = Self::default();
        for entry in text.split(',').filter(|entry| !entry.is_empty()) {
            let (step, passes) = entry.split_once(':').ok_or_else(allowed)?;
            let step = step.trim().parse().map_err(|_| allowed())?;
            let passes: u32 = passes.trim().parse().map_err(|_| allowed())?;
            if passes > 0 {
                again.0.insert(step, passes);
            }
        }
        if again.total() > MAX_PASSES {
            return Err(allowed());
        }
        Ok(again)
    }
}
