//! What is wrong with a text, and where.

use std::fmt;

/// A text that is no tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasteError {
    /// The line of the place, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// What is wrong there and what is allowed, without the full stop.
    pub what: String,
}

impl fmt::Display for PasteError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { line, column, what } = self;
        f.write_str(&t!("Line {line}, column {column}: {what}."))
    }
}

impl std::error::Error for PasteError {}

/// The same with the place as an offset in bytes, which is what reading knows.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) what: String,
}

impl Fault {
    pub(super) fn new(at: usize, what: impl Into<String>) -> Self {
        let what = what.into();
        Self { at, what }
    }

    pub(super) fn locate(self, text: &str) -> PasteError {
        let before = text.get(..self.at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        PasteError {
            line: 1 + before.matches('\n').count(),
            column: 1 + before[line_start..].chars().count(),
            what: self.what,
        }
    }
}
