//! Prose with code in it: what stands between backquotes, and lines that begin with four spaces.

use yew::prelude::*;

use crate::lang;

/// A text of one or several lines, each a message of its own but for code, which knows no language; code lines that
/// follow one another are one block.
pub fn prose(text: &'static str) -> Html {
    let is_code = |line: &&str| line.starts_with(CODE);
    let lines: Vec<&str> = text.lines().collect();
    let blocks = lines.chunk_by(|a, b| is_code(a) == is_code(b));
    let block = |lines: &[&'static str]| {
        if lines.first().is_some_and(is_code) {
            let code: Vec<&str> = lines.iter().map(|line| &line[CODE.len()..]).collect();
            html! { <pre class="code">{ code.join("\n") }</pre> }
        } else {
            let said: Vec<&str> = lines.iter().map(|line| lang::text(line)).collect();
            html! { <p>{ inline(&said.join(" ")) }</p> }
        }
    };
    blocks.map(block).collect()
}

/// What a code line begins with.
const CODE: &str = "    ";

/// One line: every second part between backquotes is code.
pub fn inline(text: &str) -> Html {
    let part = |(k, part): (usize, &str)| {
        if k % 2 == 1 {
            html! { <code>{ part }</code> }
        } else {
            html! { { part } }
        }
    };
    text.split('`').enumerate().map(part).collect()
}
