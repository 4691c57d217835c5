//! Lines of numbers: CSV, TSV, columns of blanks, a single number.

use super::Pasted;
use super::cursor::Cursor;
use super::error::Fault;
use super::number::{Kinds, is_number, short, summarised};
use super::rows::Rows;

/// Reads a line as a row. One row is a vector, and one number alone a scalar.
pub(super) fn read(mut cursor: Cursor) -> Result<Pasted, Fault> {
    cursor.skip_blank();
    if cursor.peek().is_none() {
        let what = t!("there is no number; paste a tensor as print shows it, brackets, or a table");
        return Err(Fault::new(0, what));
    }
    let heading = heading(&mut cursor);
    let (mut rows, mut kinds) = (Rows::default(), Kinds::default());
    let mut separator = None;
    rows.open(0)?;
    while cursor.peek().is_some() {
        row(&mut cursor, &mut rows, &mut kinds, &mut separator)?;
        cursor.skip_blank();
    }
    rows.close(cursor.at())?;
    let mut pasted = rows.finish(kinds);
    pasted.notes.extend(heading);
    match pasted.shape[..] {
        [1, 1] => pasted.shape.clear(),
        [1, columns] => pasted.shape = vec![columns],
        _ => {}
    }
    Ok(pasted)
}

/// Moves past a first line without numbers, if others follow, and says so.
fn heading(cursor: &mut Cursor) -> Option<String> {
    let mut after = *cursor;
    let line = after.until(|c| c == '\n').trim_end();
    after.skip_blank();
    let value = |word: &str| is_number(word) || summarised(word);
    let mut words = (line.split(|c: char| c.is_whitespace() || ",;".contains(c)))
        .filter(|word| !word.is_empty());
    let names = !line.contains(['[', '(']) && !words.any(value);
    (names && after.peek().is_some()).then(|| {
        *cursor = after;
        t!("The first line, {}, is read as headings.", short(line))
    })
}

/// Numbers up to the end of the line, each two with a blank, or one comma or semicolon, between them.
fn row(
    cursor: &mut Cursor,
    rows: &mut Rows,
    kinds: &mut Kinds,
    separator: &mut Option<char>,
) -> Result<(), Fault> {
    rows.open(cursor.at())?;
    loop {
        let at = cursor.at();
        let number = kinds.number(cursor)?;
        rows.push(at, number)?;
        cursor.skip_blank_in_line();
        let at = cursor.at();
        if let Some(mark @ (',' | ';')) = cursor.peek() {
            if *separator.get_or_insert(mark) != mark {
                let what = t!(
                    "both , and ; separate numbers here; one of them is allowed, and a point for decimals"
                );
                return Err(Fault::new(at, what));
            }
            cursor.eat(mark.encode_utf8(&mut [0; 4]));
            cursor.skip_blank_in_line();
        }
        if matches!(cursor.peek(), None | Some('\n')) {
            return rows.close(at);
        }
    }
}
