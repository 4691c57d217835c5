//! Nested brackets, on their own or as PyTorch and `NumPy` print them.

use super::Pasted;
use super::cursor::Cursor;
use super::error::Fault;
use super::number::{Kinds, short};
use super::rows::Rows;

/// What may stand before a parenthesis around the brackets.
const NAMES: [&str; 6] = [
    "tensor(",
    "torch.tensor(",
    "torch.Tensor(",
    "array(",
    "np.array(",
    "numpy.array(",
];

/// Moves to where a bracketed text begins; false if there is none.
pub(super) fn start(cursor: &mut Cursor) -> bool {
    cursor.skip_blank();
    if cursor.eat("Parameter containing:") {
        cursor.skip_blank();
    }
    let rest = cursor.rest();
    rest.starts_with('[') || NAMES.iter().any(|name| rest.starts_with(name))
}

/// Reads all of the text from where [`start`] left the cursor.
pub(super) fn read(mut cursor: Cursor) -> Result<Pasted, Fault> {
    let named = NAMES.iter().any(|name| cursor.eat(name));
    let mut kinds = Kinds::default();
    let mut pasted = values(&mut cursor, &mut kinds)?.finish(kinds);
    if named {
        pasted.notes.extend(suffixes(&mut cursor)?);
    }
    cursor.skip_blank();
    if cursor.eat("torch.Size([") {
        cursor.past(")");
        cursor.skip_blank();
    }
    match cursor.peek() {
        None => Ok(pasted),
        Some(_) => Err(Fault::new(
            cursor.at(),
            t!("the tensor ends before this; one tensor at a time is allowed"),
        )),
    }
}

/// A number, or rows within rows.
fn values(cursor: &mut Cursor, kinds: &mut Kinds) -> Result<Rows, Fault> {
    let mut rows = Rows::default();
    let mut opened = Vec::new();
    // Whether a comma may come: it needs an item before it.
    let mut after_item = false;
    loop {
        cursor.skip_blank();
        let at = cursor.at();
        if cursor.eat("[") {
            rows.open(at)?;
            opened.push(at);
            after_item = false;
        } else if rows.depth() > 0 && cursor.eat("]") {
            rows.close(at)?;
            opened.pop();
            after_item = true;
        } else if after_item && cursor.eat(",") {
            after_item = false;
        } else if let (None, Some(bracket)) = (cursor.peek(), opened.last()) {
            return Err(Fault::new(
                *bracket,
                t!("this bracket is not closed; it needs a ]"),
            ));
        } else {
            let number = kinds.number(cursor)?;
            rows.push(at, number)?;
            after_item = true;
        }
        if rows.depth() == 0 {
            return Ok(rows);
        }
    }
}

/// What print says after the values: `, dtype=torch.float64`, `, grad_fn=<MulBackward0>` and so on, up to `)`.
fn suffixes(cursor: &mut Cursor) -> Result<Vec<String>, Fault> {
    let mut notes = Vec::new();
    loop {
        cursor.skip_blank();
        let at = cursor.at();
        if cursor.eat(")") {
            return Ok(notes);
        }
        let comma = cursor.eat(",");
        cursor.skip_blank();
        if comma && cursor.peek() == Some(')') {
            continue;
        }
        let text = cursor.rest();
        let start = cursor.at();
        let name = cursor.word();
        if !comma || name.is_empty() || !cursor.eat("=") {
            let allowed = t!(
                "after the numbers come dtype=, device=, size=, grad_fn= or requires_grad=, and a )"
            );
            return Err(Fault::new(at, allowed));
        }
        match cursor.peek() {
            Some('<') => cursor.past(">"),
            Some('(') => cursor.past(")"),
            _ => {
                cursor.word();
            }
        }
        let suffix = &text[..cursor.at() - start];
        notes.push(t!("{} is left out.", short(suffix)));
    }
}
