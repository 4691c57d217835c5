//! Where the text of a tensor goes, with the column it has reached, and the suffixes at its end.

use std::fmt::{self, Write};

/// Columns that PyTorch fills before it breaks a line.
pub(super) const LINE_WIDTH: usize = 80;

/// What stands before the values, and so the column at which every later line starts.
pub(super) const PREFIX: &str = "tensor(";

/// A destination that knows how long its last line is.
pub(super) struct Page<'a, 'b> {
    out: &'a mut fmt::Formatter<'b>,
    column: usize,
    /// Columns that PyTorch counts on top of those written: two, until a suffix breaks the line.
    surplus: usize,
}

impl<'a, 'b> Page<'a, 'b> {
    pub(super) const fn new(out: &'a mut fmt::Formatter<'b>) -> Self {
        Self {
            out,
            column: 0,
            surplus: 2,
        }
    }

    /// Appends `, suffix`, on a line of its own if it would not fit.
    ///
    /// # Source
    /// `_add_suffixes` in `torch/_tensor_str.py`.
    pub(super) fn suffix(&mut self, suffix: fmt::Arguments) -> fmt::Result {
        let text = suffix.to_string();
        if self.column + self.surplus + text.len() + 2 > LINE_WIDTH {
            self.surplus = 0;
            self.new_line(1, PREFIX.len())?;
        } else {
            self.write_str(", ")?;
        }
        self.write_str(&text)
    }

    /// Ends the line with a comma, and starts the next but `lines - 1` at column `indent`.
    pub(super) fn new_line(&mut self, lines: usize, indent: usize) -> fmt::Result {
        self.write_char(',')?;
        for _ in 0..lines {
            self.write_char('\n')?;
        }
        write!(self, "{:indent$}", "")
    }
}

impl fmt::Write for Page<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.column = match text.rfind('\n') {
            Some(newline) => text.len() - newline - 1,
            None => self.column + text.len(),
        };
        self.out.write_str(text)
    }
}
