//! Messages of the page around this one, until there is time for them. However many come, and however fast, it holds
//! a few; the rest is turned away, and one error says so.

use std::collections::VecDeque;

/// A message that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Whether its sender may change anything.
    pub trusted: bool,
    /// The sender's origin.
    pub origin: String,
    /// JSON-RPC 2.0.
    pub text: String,
}

/// What waits.
#[derive(Debug, Default)]
pub struct Inbox {
    waiting: VecDeque<Letter>,
    bytes: usize,
    turned_away: u32,
}

impl Inbox {
    /// Most messages that wait.
    pub const MOST: usize = 64;
    /// Longest message, in UTF-16 units as the browser counts them.
    pub const LONGEST: u32 = 64 * 1024;
    /// Most bytes that wait.
    const MOST_BYTES: usize = 512 * 1024;

    /// Takes a message in, or turns it away.
    pub fn put(&mut self, letter: Letter) {
        let bytes = self.bytes + letter.text.len();
        if self.is_full() || bytes > Self::MOST_BYTES {
            return self.turn_away();
        }
        self.bytes = bytes;
        self.waiting.push_back(letter);
    }

    /// Counts a message that is not even read.
    pub fn turn_away(&mut self) {
        self.turned_away = self.turned_away.saturating_add(1);
    }

    /// The next message.
    pub fn take(&mut self) -> Option<Letter> {
        let letter = self.waiting.pop_front()?;
        self.bytes -= letter.text.len();
        Some(letter)
    }

    /// Whether no more can wait.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.waiting.len() >= Self::MOST
    }

    /// Whether none waits, and none was turned away.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.is_empty() && self.turned_away == 0
    }

    /// Whether none waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// How many were turned away since this was last asked, in words, if any were.
    pub fn complaint(&mut self) -> Option<String> {
        let messages = match std::mem::take(&mut self.turned_away) {
            0 => return None,
            1 => "1 message was".to_owned(),
            more => format!("{more} messages were"),
        };
        let (most, longest) = (Self::MOST, Self::LONGEST);
        Some(format!(
            "{messages} not read: at most {most} wait at a time, and none may be longer than {longest} characters"
        ))
    }
}
