//! Python cut into tokens, as far as colours need it. It is read line by line: no string goes over a line's end.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `def`, `for`, `True` and the like.
    Keyword,
    /// A string, with its quotes.
    Text,
    /// A number.
    Number,
    /// From `#` to the end of the line.
    Comment,
    /// Everything else.
    Plain,
}

const KEYWORDS: [&str; 19] = [
    "False", "None", "True", "and", "as", "class", "def", "elif", "else", "for", "from", "if",
    "import", "in", "is", "not", "or", "return", "with",
];

/// The tokens of `code`; together they are `code`.
///
/// ```
/// use dropout_lab::notebook::python::{Kind, tokens};
///
/// let kinds: Vec<Kind> = tokens("p = 0.5  # half").map(|(kind, _)| kind).collect();
/// assert_eq!(kinds, [Kind::Plain, Kind::Number, Kind::Plain, Kind::Comment]);
/// ```
pub fn tokens(code: &str) -> impl Iterator<Item = (Kind, &str)> {
    let mut rest = code;
    std::iter::from_fn(move || {
        let (kind, length) = next(rest)?;
        let (token, after) = rest.split_at(length);
        rest = after;
        Some((kind, token))
    })
}

/// What `text` begins with, and how long that is.
fn next(text: &str) -> Option<(Kind, usize)> {
    let special = special(text);
    if special.is_some() || text.is_empty() {
        return special;
    }
    // Plain up to where something special begins.
    let mut length = 0;
    while let Some(first) = text[length..].chars().next() {
        if length > 0 && self::special(&text[length..]).is_some() {
            break;
        }
        length += word(&text[length..]).unwrap_or(first.len_utf8());
    }
    Some((Kind::Plain, length))
}

/// A token that is not plain.
fn special(text: &str) -> Option<(Kind, usize)> {
    let first = text.chars().next()?;
    let line = text.find('\n').unwrap_or(text.len());
    match first {
        '#' => Some((Kind::Comment, line)),
        '"' | '\'' => Some((Kind::Text, string(&text[..line], first))),
        '0'..='9' => {
            let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '.');
            Some((Kind::Number, end.unwrap_or(text.len())))
        }
        _ => {
            let length = word(text)?;
            let is_prefix = length == 1 && text.starts_with(['f', 'r', 'b']);
            let quote = text[length..].chars().next();
            match quote.filter(|quote| is_prefix && "\"'".contains(*quote)) {
                Some(quote) => Some((Kind::Text, 1 + string(&text[1..line], quote))),
                None => KEYWORDS
                    .contains(&&text[..length])
                    .then_some((Kind::Keyword, length)),
            }
        }
    }
}

/// How long the name is that `text` begins with, if it begins with one.
fn word(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    Some(end.unwrap_or(text.len())).filter(|length| *length > 0)
}

/// How long the string is that `line` begins with.
fn string(line: &str, quote: char) -> usize {
    let mut escaped = false;
    for (place, c) in line.char_indices().skip(1) {
        if c == quote && !escaped {
            return place + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    line.len()
}
