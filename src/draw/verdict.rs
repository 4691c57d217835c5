//! What became of a row, in words at the end of its lane.

use plotters::backend::DrawingBackend;

use super::frame::part;
use super::pen::Align;
use super::{Frame, Layout, Pen};
use crate::model::{Stage, Verdict};

/// What became of the row, in words.
pub fn verdict<DB: DrawingBackend>(pen: &mut Pen<DB>, layout: &Layout, frame: &Frame, unit: usize) {
    let shown = part(frame.reached(Stage::Sgd), 0.7, 1.0);
    if shown == 0.0 {
        return;
    }
    let lane = &frame.trace.lanes[unit];
    let text = if layout.terse() {
        crate::words::short_verdict(lane, frame.trace.batch())
    } else {
        crate::words::verdict(lane, frame.trace.batch())
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
    let step = 13.0;
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

/// Breaks a verdict that is too long for one line: after its colon, then at its spaces;
/// where lanes are low it stays on one line.
fn wrap(text: &str, layout: &Layout) -> Vec<String> {
    const CHARACTER: f64 = 5.7;
    let room = (layout.width - layout.verdict) / CHARACTER;
    let fits = |text: &str| super::layout::at(text.chars().count()) <= room;
    if fits(text) || layout.pitch < 27.0 || layout.terse() {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last().map_or("", String::as_str);
        let after_colon = line.ends_with(':');
        if after_colon || !(line.is_empty() || fits(&format!("{line} {word}"))) {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}
