//! Pasted text as a tensor: PyTorch's print, `NumPy`'s, nested brackets, tables, single numbers.
//!
//! Reading is total and its work bounded: any text gives a tensor, or an error that names the place and what is allowed
//! there. Text only; what becomes of the numbers is for others.

mod brackets;
mod cursor;
mod error;
mod number;
mod rows;
mod table;

pub use error::PasteError;

use cursor::Cursor;

/// The most numbers that a pasted tensor may have.
pub const MAX_NUMBERS: usize = 10_000;

/// The longest text that is read, in bytes: room for [`MAX_NUMBERS`] numbers with a hundred characters each.
pub const MAX_BYTES: usize = 1_000_000;

/// The most dimensions that a pasted tensor may have.
pub const MAX_RANK: usize = 4;

/// A tensor that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The size of each dimension; none for a single number.
    pub shape: Vec<usize>,
    /// The numbers, row by row, rounded to float32 as PyTorch rounds them.
    pub values: Vec<f32>,
    /// What of the text was left out or read as something else, a sentence each.
    pub notes: Vec<String>,
}

/// Reads a tensor from `text`.
///
/// Understood are `tensor(...)` as PyTorch prints it, with everything it may say about it; `array(...)` and
/// `NumPy`'s print without commas; nested brackets; lines of numbers separated by commas, semicolons, tabs or blanks, under a line
/// of headings if there is one; and a single number. `True` and `False` are 1 and 0.
///
/// ```
/// use dropout_lab::notebook::paste;
///
/// let tensor = paste::parse("tensor([[ 0.7648, -0.0000],\n        [ 1.0000e-04, nan]], grad_fn=<MulBackward0>)")?;
/// assert_eq!(tensor.shape, [2, 2]);
/// assert_eq!(tensor.values[..3], [0.7648, -0.0, 1e-4]);
/// assert_eq!(tensor.notes, ["grad_fn=<MulBackward0> is left out."]);
///
/// let ragged = paste::parse("[[1, 2], [3]]").unwrap_err();
/// assert_eq!(
///     ragged.to_string(),
///     "Line 1, column 12: this row has 1 number, the ones before have 2; all rows must be of one length."
/// );
/// # Ok::<(), paste::PasteError>(())
/// ```
///
/// # Errors
/// There is no number or there are more than [`MAX_NUMBERS`], rows differ in length, brackets do not match, the print
/// was summarised with `...`, or something stands there that is no number.
pub fn parse(text: &str) -> Result<Pasted, PasteError> {
    if text.len() > MAX_BYTES {
        let what = t!(
            "the text is {} bytes long; up to {MAX_BYTES} can be read",
            text.len()
        );
        return Err(PasteError {
            line: 1,
            column: 1,
            what,
        });
    }
    let mut cursor = Cursor::new(text);
    // The mark at the start of files that spreadsheets write.
    cursor.eat("\u{feff}");
    let read = if brackets::start(&mut cursor) {
        brackets::read(cursor)
    } else {
        table::read(cursor)
    };
    read.map_err(|fault| fault.locate(text))
}
