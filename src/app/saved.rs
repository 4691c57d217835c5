//! What the reader may keep as a file: the script of what is on the screen, for Python or for Jupyter.

use std::fmt::Display;

/// A file that a view offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The script.
    Python,
    /// The script and its output, as Jupyter opens them.
    Jupyter,
}

impl Saved {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Python, Self::Jupyter];

    /// How names of such files end, with the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Python => ".py",
            Self::Jupyter => ".ipynb",
        }
    }
}

/// The name of a file; `what` it holds the run of is a view, or one of the notebooks: `dropout-lab-tensor-seed-36.py`.
#[must_use]
pub fn name(what: &str, seed: impl Display, saved: Saved) -> String {
    format!("dropout-lab-{what}-seed-{seed}{}", saved.ending())
}
