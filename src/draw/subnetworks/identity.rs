//! E[train MSE] = eval MSE + what each unit adds, read from left to right: a bar, a step a unit, and the bar that was
//! computed mask by mask.

use super::{Frame, Layout};
use crate::draw::chart::{self, Words};
use crate::draw::layout::at;
use crate::draw::pen::Align;
use crate::draw::{Pen, Rect};
use crate::model::exhibits::subnetworks::Target;
use crate::words;
use crate::words::subnetworks::short_off;

/// Draws it.
pub(super) fn draw(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace, plot) = (frame.palette, frame.trace, &layout.identity);
    let words = Words {
        title: t!("eval MSE + a term a unit = E[train MSE]"),
        note: String::new(),
        x_name: match trace.hidden() {
            1 => t!("the hidden unit").to_owned(),
            units => t!("hidden units 1 to {units}"),
        },
    };
    plot.frame_without_ticks(pen, p, &words, words::short);
    if !trace.is_finite() {
        return;
    }
    gap_in_words(pen, layout, frame);
    let units = trace.hidden();
    for column in [Target::EvalLoss, Target::TrainLoss]
        .into_iter()
        .chain((0..units).map(Target::Unit))
    {
        if frame.looks_at(column) {
            pen.fill(layout.rect(trace, column), p.accent_wash, 1.0);
        }
    }
    let identity = &trace.identity;
    let sum = steps(pen, layout, frame);
    let (eval, train) = (identity.eval, identity.train);
    bar(pen, layout, frame, (0, t!("eval"), eval));
    bar(pen, layout, frame, (units + 1, t!("train"), train));
    if let Some(sum) = sum {
        let (from, to) = (layout.column(units), layout.column(units + 1));
        let y = plot.y.at(sum);
        gap(pen, layout, frame, y);
        chart::dashed(pen, (from.x, y), (to.x + to.w, y), p.ink, 1.5);
    }
    number(pen, layout, frame, (0, eval, eval));
    number(
        pen,
        layout,
        frame,
        (units + 1, train, sum.map_or(train, |sum| sum.max(train))),
    );
    labels(pen, layout, frame);
}

/// What is left between the sides, in words.
fn gap_in_words(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, place) = (frame.palette, layout.gap());
    if frame.looks_at(Target::Gap) {
        pen.fill(place, p.accent_wash, 1.0);
    }
    let text = match frame.trace.gap() {
        None => t!("p = 1: nothing is said").to_owned(),
        Some(gap) => t!("gap {}", short_off(frame.trace, gap)),
    };
    let broken = frame.trace.is_exact() && frame.trace.gap().is_some_and(|(_, rounding)| !rounding);
    let color = if broken { p.negative } else { p.ink };
    pen.bold(
        &text,
        (place.x, place.center().1),
        12.5,
        Align::Left,
        color,
        1.0,
    );
}

/// A bar of the identity's ends; cut where the axis does not begin at 0.
fn bar(pen: &mut Pen, layout: &Layout, frame: &Frame, (column, name, value): (usize, &str, f64)) {
    let (p, plot) = (frame.palette, &layout.identity);
    let r = plot.bar(at(column) - 0.5, at(column) + 0.5, value);
    pen.fill(r, if column == 0 { p.accent } else { p.ink }, 0.8);
    if plot.y.from > 0.0 {
        let y = r.y + r.h - 12.0;
        let cut = [
            (r.x - 2.0, y + 4.0),
            (r.x + r.w + 2.0, y - 2.0),
            (r.x + r.w + 2.0, y + 2.0),
            (r.x - 2.0, y + 8.0),
        ];
        pen.polygon(&cut, p.paper, 1.0);
    }
    let middle = r.x + r.w / 2.0;
    plot.below(pen, p, middle, name);
}

/// The number of a bar, above everything in its column, ending with it.
fn number(pen: &mut Pen, layout: &Layout, frame: &Frame, (column, value, top): (usize, f64, f64)) {
    let (plot, place) = (&layout.identity, layout.column(column));
    let text = words::short(value);
    // As far to the left as it must be, clear of the step beside it.
    let at = (place.x + place.w, plot.y.at(top) - 9.0);
    pen.bold(&text, at, 11.0, Align::Right, frame.palette.ink, 1.0);
}

/// A step a unit, from the eval loss on; answers where they lead.
fn steps(pen: &mut Pen, layout: &Layout, frame: &Frame) -> Option<f64> {
    let (p, plot, identity) = (frame.palette, &layout.identity, &frame.trace.identity);
    identity.penalty()?;
    let mut level = identity.eval;
    for (unit, square) in identity.units.iter().enumerate() {
        let (from, to) = (level, level + identity.factor * square);
        let (bottom, top) = (plot.y.at(from), plot.y.at(to));
        let column = plot.bar(at(unit) + 0.5, at(unit) + 1.5, to);
        let before = layout.column(unit);
        pen.line(
            (before.x, bottom),
            (column.x + column.w, bottom),
            p.quiet,
            1.0,
            0.7,
        );
        let step = Rect {
            y: top,
            h: (bottom - top).max(1.5),
            ..column
        };
        let focused = frame.looks_at(Target::Unit(unit));
        pen.fill(step, if focused { p.accent } else { p.positive }, 0.85);
        level = to;
    }
    Some(level)
}

/// The stretch by which the sides differ, hatched.
fn gap(pen: &mut Pen, layout: &Layout, frame: &Frame, sum: f64) {
    let (p, plot, trace) = (frame.palette, &layout.identity, frame.trace);
    let train = plot.y.at(trace.identity.train);
    let height = (train - sum).abs();
    if trace.gap().is_none_or(|(_, rounding)| rounding) || height < 1.0 {
        return;
    }
    let column = layout.column(trace.hidden() + 1);
    let r = Rect {
        y: train.min(sum),
        h: height,
        ..column
    };
    pen.outline(r, p.negative, 2.0, 1.0);
    let mut y = r.y + 6.0;
    while y < r.y + r.h {
        pen.line((r.x, y), (r.x + r.w, y - 5.0), p.negative, 1.0, 1.0);
        y += 6.0;
    }
}

/// The units' numbers, as many as there is room for.
fn labels(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let units = frame.trace.hidden();
    let width = layout.column(0).w;
    let every = [1, 2, 5, 10, 20, 50, 100]
        .into_iter()
        .find(|every| at(*every) * width >= 16.0);
    let ends = [0, units + 1].map(|end| layout.column(end).center().0);
    let clear = |x: f64| ends.iter().all(|end| (end - x).abs() >= 26.0);
    for unit in (0..units).filter(|unit| (unit + 1).is_multiple_of(every.unwrap_or(200))) {
        let column = layout.column(unit + 1);
        // "train" is wider than a column may be.
        if width < 16.0 && !clear(column.center().0) {
            continue;
        }
        layout.identity.below(
            pen,
            frame.palette,
            column.center().0,
            &(unit + 1).to_string(),
        );
    }
}
