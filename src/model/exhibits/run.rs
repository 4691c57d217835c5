//! What every exhibit is told: p, the mode, the seed, and how often *Again* was pressed.

use super::fields::{Entry, wholes};
use crate::model::field::{MODES, UNIT, number, whole, word, word_of, words};
use crate::nn::{DropProbability, Mode};

/// Extra forward passes before the one that is shown; a bound on the work behind a link.
pub const AGAIN: std::ops::RangeInclusive<u32> = 0..=1000;

/// How a layer is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// Probability that a number is zeroed.
    pub p: DropProbability,
    /// `train()` or `eval()`.
    pub mode: Mode,
    /// What `torch.manual_seed` gets.
    pub seed: u64,
    /// Extra forward passes: each draws a mask and throws it away.
    pub again: u32,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            p: DropProbability::default(),
            mode: Mode::Train,
            seed: 36,
            again: 0,
        }
    }
}

impl Run {
    pub(super) const fn p<S: AsRef<Self> + AsMut<Self>>() -> Entry<S> {
        Entry {
            name: "p",
            allowed: || t!("numbers from {} to {}", UNIT.start(), UNIT.end()),
            read: |s| s.as_ref().p.p().to_string(),
            write: |s, text| {
                s.as_mut().p = DropProbability::new(number(text, &UNIT)?).ok()?;
                Some(())
            },
        }
    }

    pub(super) const fn mode<S: AsRef<Self> + AsMut<Self>>() -> Entry<S> {
        Entry {
            name: "mode",
            allowed: || words(&MODES),
            read: |s| word_of(&MODES, s.as_ref().mode),
            write: |s, text| {
                s.as_mut().mode = word(&MODES, text)?;
                Some(())
            },
        }
    }

    pub(super) const fn seed<S: AsRef<Self> + AsMut<Self>>() -> Entry<S> {
        Entry {
            name: "seed",
            allowed: || t!("whole numbers from 0 to {}", u64::MAX),
            read: |s| s.as_ref().seed.to_string(),
            write: |s, text| {
                s.as_mut().seed = text.parse().ok()?;
                Some(())
            },
        }
    }

    pub(super) const fn again<S: AsRef<Self> + AsMut<Self>>() -> Entry<S> {
        Entry {
            name: "again",
            allowed: || wholes(&AGAIN),
            read: |s| s.as_ref().again.to_string(),
            write: |s, text| {
                s.as_mut().again = whole(text, &AGAIN)?;
                Some(())
            },
        }
    }
}
