//! The little markdown that notebooks' prose is written in: headings, paragraphs, code between backquotes.
//!
//! Files have the prose as it is written; a page says it block by block in the language in force ([`said`]).

use crate::lang;

/// A heading or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'a> {
    /// A line that starts with `#`.
    Heading(Vec<Span<'a>>),
    /// Lines up to the next empty one.
    Paragraph(Vec<Span<'a>>),
}

/// A stretch of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span<'a> {
    /// Words.
    Words(&'a str),
    /// What stood between backquotes.
    Code(&'a str),
}

/// The blocks of a text, which empty lines separate.
///
/// ```
/// use dropout_lab::notebook::prose::{Block, Span, blocks};
///
/// let [Block::Heading(heading), Block::Paragraph(spans)] = &blocks("# Coins\n\nCall `eval()`.")[..] else {
///     panic!("a heading and a paragraph");
/// };
/// assert_eq!(heading, &[Span::Words("Coins")]);
/// assert_eq!(spans, &[Span::Words("Call "), Span::Code("eval()"), Span::Words(".")]);
/// ```
#[must_use]
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    parts(text).map(block).collect()
}

/// The same in the language in force.
#[must_use]
pub fn said(text: &'static str) -> Vec<Block<'static>> {
    let said = |(is_heading, line)| block((is_heading, lang::text(line)));
    parts(text).map(said).collect()
}

/// Whether each block is a heading, and its text without the `#`, which is a message.
pub fn parts(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let parts = text.split("\n\n").filter(|part| !part.trim().is_empty());
    parts.map(|part| match part.strip_prefix('#') {
        Some(heading) => (true, heading.trim_start_matches('#').trim()),
        None => (false, part),
    })
}

fn block((is_heading, text): (bool, &str)) -> Block<'_> {
    if is_heading {
        Block::Heading(spans(text))
    } else {
        Block::Paragraph(spans(text))
    }
}

/// The stretches of a line of prose.
#[must_use]
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let stretches = text.split('`').enumerate();
    let span = |(place, stretch)| match place % 2 {
        0 => Span::Words(stretch),
        _ => Span::Code(stretch),
    };
    stretches
        .filter(|(_, stretch)| !stretch.is_empty())
        .map(span)
        .collect()
}
