//! A place in a text that moves from word to word.

/// What ends a word.
const DELIMITERS: [char; 9] = ['[', ']', '(', ')', ',', ';', '=', '<', '>'];

/// The text, and how far it has been read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The offset of what comes next.
    pub(super) const fn at(self) -> usize {
        self.at
    }

    /// What has not been read.
    pub(super) fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Moves past all blanks and line ends.
    pub(super) fn skip_blank(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Moves past blanks within the line.
    pub(super) fn skip_blank_in_line(&mut self) {
        let blank = |c: char| c.is_whitespace() && c != '\n';
        self.at = self.text.len() - self.rest().trim_start_matches(blank).len();
    }

    /// Moves past `token` if it comes next.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let next = self.rest().starts_with(token);
        if next {
            self.at += token.len();
        }
        next
    }

    /// Moves past the next word and returns it: what comes before a blank or a delimiter.
    pub(super) fn word(&mut self) -> &'a str {
        let end = |c: char| c.is_whitespace() || DELIMITERS.contains(&c);
        self.until(end)
    }

    /// Moves past the next `token`, or to the end of the text.
    pub(super) fn past(&mut self, token: &str) {
        let rest = self.rest();
        self.at += rest
            .find(token)
            .map_or(rest.len(), |start| start + token.len());
    }

    /// Moves to the first character that `end` is true of, and returns what was passed.
    pub(super) fn until(&mut self, end: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(end).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }
}
