//! The language in force, and what it makes of the messages that the sources write in English.
//!
//! A page speaks one language all its life: its catalogue is chosen once, before anything is said ([`speak`]), and
//! another language is another page load. So the catalogue is no part of the state and no argument of the hundreds of
//! functions that say something: it is set for the thread, of which a page has one, while tests, each on a thread of its
//! own, speak English unless they say otherwise. What is said depends on nothing else but the arguments.
//!
//! Catalogues are `static/lang/*.json`, the English message and its translation; `tests/languages.rs` compares them
//! with the sources. A message that is missing is said in English.

use std::cell::Cell;
use std::fmt::{Display, Write};

/// A message where it can only be named, as in a table: [`text`] says it later.
#[macro_export]
macro_rules! message {
    ($text:literal) => {
        $text
    };
}

/// The translations of one language.
#[derive(Debug)]
pub struct Catalogue {
    /// English and translation, sorted by the English.
    messages: Vec<(&'static str, &'static str)>,
    /// What parts a number from its decimals.
    point: &'static str,
    /// What parts thousands.
    comma: &'static str,
}

/// The message whose translation is a number as the language writes it.
pub const NUMBER: &str = "1,000.5";

thread_local! {
    static SPOKEN: Cell<Option<&'static Catalogue>> = const { Cell::new(None) };
}

/// Speaks by a catalogue from now on: a line with the English message, a line with its translation, and so on, sorted
/// by the English.
pub fn speak(catalogue: String) {
    // It is needed until the page is closed.
    let mut lines = String::leak(catalogue).lines();
    let mut messages = Vec::new();
    while let (Some(english), Some(translation)) = (lines.next(), lines.next()) {
        messages.push((english, translation));
    }
    let mut catalogue = Catalogue {
        messages,
        point: ".",
        comma: ",",
    };
    // "1.000,5": between digits stand the signs.
    let number = catalogue.get(NUMBER).and_then(|n| n.strip_prefix('1'));
    let signs = number.and_then(|n| n.strip_suffix('5'));
    if let Some((comma, point)) = signs.and_then(|n| n.split_once("000")) {
        (catalogue.comma, catalogue.point) = (comma, point);
    }
    SPOKEN.set(Some(Box::leak(Box::new(catalogue))));
}

impl Catalogue {
    fn get(&self, english: &str) -> Option<&'static str> {
        let found = self
            .messages
            .binary_search_by(|(other, _)| (**other).cmp(english));
        found.ok().map(|place| self.messages[place].1)
    }
}

/// A message in the language in force.
#[must_use]
pub fn text(english: &'static str) -> &'static str {
    let translation = SPOKEN.get().and_then(|spoken| spoken.get(english));
    translation.unwrap_or(english)
}

/// A message whose English says other things elsewhere, by a key of its own; `t!` calls it.
#[must_use]
pub fn in_context(key: &str, english: &'static str) -> &'static str {
    let translation = SPOKEN.get().and_then(|spoken| spoken.get(key));
    translation.unwrap_or(english)
}

/// A message with its holes filled in, `values` being those of the English message in its order; `t!` calls it.
#[must_use]
pub fn fill(english: &'static str, values: &[&dyn Display]) -> String {
    let (mut said, mut rest) = (String::new(), text(english));
    while let Some((before, hole, after)) = next_hole(rest) {
        said.push_str(before);
        let mut words = hole.split('|');
        let name = words.next().unwrap_or_default();
        if let Some(value) = place(english, name).and_then(|place| values.get(place)) {
            match words.next() {
                None => {
                    // A string takes everything.
                    let _written = write!(said, "{value}");
                }
                Some(one) => {
                    let many = words.next_back().unwrap_or(one);
                    let one_of_them = value.to_string() == "1";
                    said.push_str(if one_of_them { one } else { many });
                }
            }
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

fn next_hole(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (hole, after) = rest.split_once('}')?;
    Some((before, hole, after))
}

/// Which of the holes of `english` is the first of that name.
fn place(english: &str, name: &str) -> Option<usize> {
    let (mut rest, mut place) = (english, 0);
    while let Some((_, hole, after)) = next_hole(rest) {
        if hole.split('|').next() == Some(name) {
            return Some(place);
        }
        (rest, place) = (after, place + 1);
    }
    None
}

/// A number as Rust writes it, as the language does: its decimal sign, and a true minus.
#[must_use]
pub fn localized(number: &str) -> String {
    let point = SPOKEN.get().map_or(".", |spoken| spoken.point);
    number.replace('.', point).replace('-', "−")
}

/// A number as a field has it: with the language's decimal sign, and the minus that is on a keyboard.
#[must_use]
pub fn editable(number: &str) -> String {
    let point = SPOKEN.get().map_or(".", |spoken| spoken.point);
    number.replace('.', point)
}

/// A number as somebody writes it in the language, or as Rust does, for Rust to read.
#[must_use]
pub fn plain(number: &str) -> String {
    let point = SPOKEN.get().map_or(".", |spoken| spoken.point);
    number.replace(point, ".").replace('−', "-")
}

/// A number with that many decimals, as the language writes it.
#[must_use]
pub fn decimals(value: impl Display, decimals: usize) -> String {
    localized(&format!("{value:.decimals$}"))
}

/// What parts thousands in the language in force.
#[must_use]
pub fn comma() -> &'static str {
    SPOKEN.get().map_or(",", |spoken| spoken.comma)
}
