//! What became of a row, in words at the end of its lane.

use super::frame::part;
use super::pen::Align;
use super::{Frame, Layout, Pen};
use crate::model::{Stage, Verdict};

/// What became of the row, in words.
pub fn verdict(pen: &mut Pen, layout: &Layout, frame: &Frame, unit: usize) {
    let shown = part(frame.reached(Stage::Sgd), 0.7, 1.0);
    if shown == 0.0 {
        return;
    }
    let lane = &frame.trace.lanes[unit];
    let (batch, low) = (frame.trace.batch(), layout.pitch < LOW);
    let text = crate::words::verdict(lane, batch);
    let text = if layout.terse() || low && !fits(&text, layout) {
        crate::words::short_verdict(lane, batch)
    } else {
        text
    };
    let y = layout.verdict_y(unit);
    let noted = matches!(
        lane.verdict,
        Verdict::NoUpdate(_) | Verdict::MovedWithoutGradient(_)
    );
    let color = if noted {
        frame.palette.warning
    } else {
        frame.palette.ink
    };
    let lines = wrap(&text, layout);
    // Three lines stay within their lane.
    let step = 13.0_f64.min((layout.pitch - 4.0) / super::layout::at(lines.len()));
    let top = y - step * (super::layout::at(lines.len()) - 1.0) / 2.0;
    for (k, line) in lines.iter().enumerate() {
        let at = (layout.verdict, top + step * super::layout::at(k));
        if noted {
            pen.bold(line, at, 11.0, Align::Left, color, shown);
        } else {
            pen.text(line, at, 11.0, Align::Left, color, shown);
        }
    }
}

/// A lane lower than this has room for one line.
const LOW: f64 = 27.0;

/// Whether a text fits on one line at the end of a lane.
fn fits(text: &str, layout: &Layout) -> bool {
    const CHARACTER: f64 = 5.7;
    super::pen::letters(text) * CHARACTER <= layout.width - layout.verdict
}

/// Breaks a verdict that is too long for one line: after its colon, then at its spaces;
/// where lanes are low it stays on one line.
fn wrap(text: &str, layout: &Layout) -> Vec<String> {
    if fits(text, layout) || layout.pitch < LOW || layout.terse() {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last().map_or("", String::as_str);
        let after_colon = line.ends_with(':');
        if after_colon || !(line.is_empty() || fits(&format!("{line} {word}"), layout)) {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}
