//! One pair of runs: three losses of each as they fall, with their numbers where the cursor is.

use super::layout::LINE;
use super::stroke::{Side, Stroke};
use super::{Frame, Layout, Mark, around, cursor, fit, lanes, scale, side_name, told, zero_line};
use crate::draw::Pen;
use crate::draw::chart::Words;
use crate::draw::pen::Align;
use crate::lang;
use crate::model::exhibits::training::{Panel, RunTrace};
use crate::model::proof::race::Losses;
use crate::words::training as say;

/// A loss of a run: its name, its line, and how wide that is.
struct Kind {
    name: &'static str,
    stroke: Stroke,
    width: f64,
    of: fn(&Losses) -> Option<f32>,
}

const KINDS: [Kind; 3] = [
    Kind {
        name: message!("training loop"),
        stroke: Stroke::Dotted,
        width: 1.5,
        of: |losses| losses.running,
    },
    Kind {
        name: message!("training samples, eval"),
        stroke: Stroke::Dashed,
        width: 1.5,
        of: |losses| Some(losses.train),
    },
    Kind {
        name: message!("test samples"),
        stroke: Stroke::Solid,
        width: 2.4,
        of: |losses| Some(losses.test),
    },
];

pub(super) fn draw(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &RunTrace) {
    let palette = frame.palette;
    let words = Words {
        title: t!("Losses"),
        note: t!(
            "{}; the training loop's is the mean of its latest 100 steps",
            scale(&trace.settings)
        ),
        x_name: t!("training steps").to_owned(),
    };
    around(pen, layout, &layout.main, palette, words);
    zero_line(pen, layout, palette, &trace.settings, trace.loss_of_zero);
    for side in Side::BOTH {
        curves(pen, layout, frame, trace, side);
    }
    let point = match frame.focus {
        Some(Mark::Point(point)) => Some(point),
        _ => None,
    };
    if let Some((x, _)) = point.and_then(|point| layout.at(Mark::Point(point))) {
        cursor(pen, &layout.main, palette, x);
    }
    if layout.compact {
        short_legend(pen, frame, trace);
    } else {
        legend(pen, layout, frame, trace, point);
    }
    match trace.settings.panel() {
        Panel::Fit => fit::draw(pen, layout, frame, trace),
        Panel::Lanes => lanes::draw(pen, layout, frame, trace),
    }
}

fn curves(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &RunTrace, side: Side) {
    let (palette, k) = (frame.palette, side as usize);
    let points = &trace.curves[k].points;
    // On a slide everything is drawn larger; its lines would hide each other.
    let thin = if layout.compact { 0.7 } else { 1.0 };
    for kind in &KINDS {
        let at = |losses: &Losses| {
            let loss = (kind.of)(losses)?;
            Some(layout.place(losses.step.into(), loss.into()))
        };
        let line: Vec<_> = points.iter().filter_map(at).collect();
        kind.stroke
            .draw(pen, &line, side.color(palette), kind.width * thin);
    }
    let Some(last) = points.last() else {
        return;
    };
    let end = layout.place(last.step.into(), last.test.into());
    let Some((step, loss)) = trace.diverged[k] else {
        return side.mark(pen, end, 4.5, palette);
    };
    let r = crate::draw::Rect::around(end, 12.0, 12.0);
    pen.cross(r, palette.warning, 2.4, 1.0);
    let text = t!(
        "{}: diverged at step {} (loss {})",
        say::sides(&trace.settings)[k],
        say::thousands(step.into()),
        say::loss(loss.into())
    );
    let below = if side == Side::With { 16.0 } else { 32.0 };
    let (left, right) = (layout.main.area.x, layout.main.area.x + layout.main.area.w);
    let (x, align) = if end.0 < f64::midpoint(left, right) {
        (end.0 + 10.0, Align::Left)
    } else {
        (end.0 - 10.0, Align::Right)
    };
    told(
        pen,
        palette,
        palette.warning,
        &text,
        (x, end.1 + below),
        align,
    );
}

/// Every line by name, with its numbers at the cursor, or the latest.
fn legend(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &RunTrace, point: Option<usize>) {
    let narrow = layout.width < 470.0;
    let [short, names] = [say::short_sides, say::sides].map(|sides| sides(&trace.settings));
    let names = if narrow { short } else { names };
    let first = 6.3 * crate::draw::pen::letters(&names[0]);
    let columns = if narrow {
        let second = layout.width - 52.0;
        [second - (first + 46.0).max(80.0), second]
    } else {
        [250.0, 250.0 + first + 54.0]
    };
    let palette = frame.palette;
    let at = trace.curves.each_ref().map(|curve| {
        let point = point.and_then(|point| curve.points.get(point));
        point.or(curve.points.last())
    });
    let step = at.into_iter().flatten().map(|losses| losses.step).max();
    let step = t!("step {}", say::thousands(step.unwrap_or(0).into()));
    let color = if point.is_some() {
        palette.accent
    } else {
        palette.ink
    };
    pen.bold(&step, (0.0, 9.0), 12.5, Align::Left, color, 1.0);
    for ((side, x), name) in Side::BOTH.into_iter().zip(columns).zip(&names) {
        side_name(pen, palette, side, (x - 32.0, 9.0), name);
    }
    for (row, kind) in (1_u8..).zip(&KINDS) {
        let y = 9.0 + LINE * f64::from(row);
        kind.stroke
            .draw(pen, &[(0.0, y), (28.0, y)], palette.ink, kind.width);
        pen.text(
            lang::text(kind.name),
            (36.0, y),
            11.5,
            Align::Left,
            palette.ink,
            1.0,
        );
        for (losses, x) in at.into_iter().zip(columns) {
            let loss = losses.and_then(kind.of);
            let text = loss.map_or_else(|| "–".to_owned(), |loss| say::loss(loss.into()));
            pen.text(&text, (x, y), 11.5, Align::Left, palette.ink, 1.0);
        }
    }
}

fn short_legend(pen: &mut Pen, frame: &Frame, trace: &RunTrace) {
    let palette = frame.palette;
    let mut x = 0.0;
    for (side, name) in Side::BOTH.into_iter().zip(say::sides(&trace.settings)) {
        x = side_name(pen, palette, side, (x, 9.0), &name);
    }
    for (kind, name) in KINDS.iter().zip([t!("loop"), t!("train"), t!("test")]) {
        kind.stroke
            .draw(pen, &[(x, 9.0), (x + 24.0, 9.0)], palette.ink, kind.width);
        pen.text(name, (x + 30.0, 9.0), 11.5, Align::Left, palette.ink, 1.0);
        x += 70.0;
    }
}
