//! What PyTorch refuses, with PyTorch's own words.
use std::fmt;

use super::probability::ProbabilityError;

/// A call that PyTorch would refuse. Displays the message of its exception.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// A drop probability outside [0, 1].
    DropProbability(ProbabilityError),
    /// A seed outside -2^63 ..= 2^64 - 1.
    SeedOverflow(i128),
}

impl Error {
    /// The Python class of the exception.
    #[must_use]
    pub fn python_class(&self) -> &'static str {
        "ValueError"
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DropProbability(error) => error.fmt(f),
            Self::SeedOverflow(_) => f.write_str("Overflow when unpacking long long"),
        }
    }
}

impl std::error::Error for Error {}
