//! One number of a pasted text.

use super::cursor::Cursor;
use super::error::Fault;
use crate::lang;
use crate::nn::probability::rounded;

/// What may stand where a number is expected.
const ALLOWED: &str =
    message!("allowed are numbers such as -0.5 or 1e-4, nan, inf, True and False");

/// What was read besides plain numbers, to be told once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kinds {
    bools: bool,
    too_large: bool,
}

impl Kinds {
    pub(super) fn notes(self) -> Vec<String> {
        let notes = [
            (self.bools, t!("True and False are read as 1 and 0.")),
            (
                self.too_large,
                t!("Numbers too large for float32 are read as infinity."),
            ),
        ];
        (notes.into_iter().filter(|(said, _)| *said))
            .map(|(_, note)| note.to_owned())
            .collect()
    }

    /// Reads the number at the cursor.
    pub(super) fn number(&mut self, cursor: &mut Cursor) -> Result<f32, Fault> {
        let start = cursor.at();
        let word = cursor.word();
        if let Some(value) = self.value(word) {
            return Ok(value);
        }
        let allowed = lang::text(ALLOWED);
        let what = match cursor.peek() {
            _ if summarised(word) => lang::text(SUMMARISED).to_owned(),
            None if word.is_empty() => {
                t!("the text ends here, a number is missing; {allowed}")
            }
            Some(delimiter) if word.is_empty() => {
                t!("{delimiter} is out of place; {allowed}")
            }
            _ => t!("{} is no number; {allowed}", short(word)),
        };
        Err(Fault::new(start, what))
    }

    fn value(&mut self, word: &str) -> Option<f32> {
        let word = word.trim_matches('"');
        if let Some(bool) = bool(word) {
            self.bools = true;
            return Some(f32::from(bool));
        }
        let value = double(word)?;
        let single = rounded(value);
        self.too_large |= single.is_infinite() && value.is_finite();
        Some(single)
    }
}

/// Whether a word is a number, for those who only ask.
pub(super) fn is_number(word: &str) -> bool {
    Kinds::default().value(word).is_some()
}

/// Whether the print was cut here.
pub(super) fn summarised(word: &str) -> bool {
    word.starts_with("...") || word.starts_with('…')
}

const SUMMARISED: &str = message!(
    "the print was shortened here, numbers are missing; print all of them after \
     torch.set_printoptions(threshold=10_000), in NumPy np.set_printoptions(threshold=10_000)"
);

fn bool(word: &str) -> Option<bool> {
    match word {
        "True" => Some(true),
        "False" => Some(false),
        _ => None,
    }
}

/// A Python float, also with the minus sign of typesetters; infinities too large to write are finite here.
fn double(word: &str) -> Option<f64> {
    let Some(size) = word.strip_prefix('−') else {
        return word.parse().ok();
    };
    let sign_follows = size.starts_with(['+', '-']);
    let size: Option<f64> = size.parse().ok();
    size.filter(|_| !sign_follows).map(|size| -size)
}

/// A word, cut where it is long.
pub(super) fn short(word: &str) -> String {
    const LONGEST: usize = 40;
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}
