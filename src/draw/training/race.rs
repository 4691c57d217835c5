//! A race: the test loss of every run, their medians, and pair by pair which of the two ended lower.

use super::layout::{LINE, inside, last_test};
use super::stroke::{Side, Stroke};
use super::{Frame, Layout, Mark, around, cursor, scale, side_name, zero_line};
use crate::draw::chart::{self, Words, dashed};
use crate::draw::pen::Align;
use crate::draw::{Pen, Rect};
use crate::model::exhibits::training::RaceTrace;
use crate::model::proof::race::{Curve, Pair};
use crate::words::training as say;

fn curve(pair: &Pair, side: Side) -> &Curve {
    match side {
        Side::Without => &pair.without,
        Side::With => &pair.with,
    }
}

fn median_stroke(side: Side) -> Stroke {
    match side {
        Side::Without => Stroke::Dashed,
        Side::With => Stroke::Solid,
    }
}

pub(super) fn draw(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &RaceTrace) {
    let palette = frame.palette;
    let words = Words {
        title: t!("Test loss of every run"),
        note: t!(
            "{}; thin: runs; thick: their medians",
            scale(&trace.settings)
        ),
        x_name: t!("training steps").to_owned(),
    };
    around(pen, layout, &layout.main, palette, words);
    for side in Side::BOTH {
        for pair in &trace.pairs {
            pen.path(
                &tests(layout, curve(pair, side)),
                side.color(palette),
                1.0,
                0.28,
            );
        }
    }
    zero_line(pen, layout, palette, &trace.settings, trace.loss_of_zero);
    for side in Side::BOTH {
        let medians = trace.medians[side as usize].iter();
        let line: Vec<_> = medians
            .map(|(step, test)| layout.place((*step).into(), (*test).into()))
            .collect();
        pen.path(&line, palette.paper, 5.0, 0.8);
        median_stroke(side).draw(pen, &line, side.color(palette), 3.0);
        if let Some(end) = line.last() {
            side.mark(pen, *end, 4.5, palette);
        }
    }
    if trace.pairs.is_empty() {
        let center = layout.main.area.center();
        let text = t!("no pair has finished yet");
        pen.text(text, center, 13.0, Align::Center, palette.quiet, 1.0);
    }
    looked_at(pen, layout, frame, trace);
    legend(pen, layout, frame, trace);
    ends(pen, layout, frame, trace);
}

fn tests(layout: &Layout, curve: &Curve) -> Vec<(f64, f64)> {
    let points = curve.points.iter();
    points
        .map(|losses| layout.place(losses.step.into(), losses.test.into()))
        .collect()
}

/// The cursor, or both curves of the pair that is looked at.
fn looked_at(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &RaceTrace) {
    let palette = frame.palette;
    match frame.focus {
        Some(mark @ Mark::Point(_)) => {
            if let Some((x, _)) = layout.at(mark) {
                cursor(pen, &layout.main, palette, x);
            }
        }
        Some(Mark::Pair(k)) => {
            let Some(pair) = trace.pairs.get(k) else {
                return;
            };
            for side in Side::BOTH {
                let line = tests(layout, curve(pair, side));
                median_stroke(side).draw(pen, &line, palette.accent, 2.0);
                if let Some(end) = line.last() {
                    side.mark(pen, *end, 4.5, palette);
                }
            }
        }
        _ => {}
    }
}

fn legend(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &RaceTrace) {
    let palette = frame.palette;
    let (mut x, mut y) = (0.0, 9.0);
    for (side, name) in Side::BOTH.into_iter().zip(say::sides(&trace.settings)) {
        let medians = &trace.medians[side as usize];
        let at = match frame.focus {
            Some(Mark::Point(point)) => medians.get(point),
            _ => medians.last(),
        };
        let text = match at {
            Some((step, test)) if !layout.compact => t!(
                "{name}: median {} at step {}",
                say::loss((*test).into()),
                say::thousands((*step).into())
            ),
            Some((_, test)) => format!("{name}: {}", say::loss((*test).into())),
            None => name,
        };
        let end = side_name(pen, palette, side, (x, y), &text);
        if layout.compact {
            x = end;
        } else {
            y += LINE;
        }
    }
}

/// A dot for each pair: below the diagonal, dropout ended lower.
fn ends(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &RaceTrace) {
    let (plot, palette) = (&layout.side[0], frame.palette);
    let [without, _] = say::sides(&trace.settings);
    let [short, other] = say::short_sides(&trace.settings);
    let words = Words {
        title: t!("Pair by pair: the last test loss"),
        note: t!("upright: with dropout; disc: dropout better, ring: worse").to_owned(),
        x_name: without,
    };
    around(pen, layout, plot, palette, words);
    let corner = |value: f64| inside(plot, value, value);
    let (from, to) = (corner(plot.x.from), corner(plot.x.to));
    pen.polygon(&[from, to, (to.0, from.1)], palette.positive, 0.08);
    dashed(pen, from, to, palette.quiet, 1.2);
    let low = (to.0 - 6.0, from.1 - 10.0);
    pen.text(
        t!("dropout better"),
        low,
        10.5,
        Align::Right,
        palette.quiet,
        1.0,
    );
    let high = (from.0 + 6.0, to.1 + 10.0);
    pen.text(
        t!("dropout worse"),
        high,
        10.5,
        Align::Left,
        palette.quiet,
        1.0,
    );
    for pair in &trace.pairs {
        let [x, y] = Side::BOTH.map(|side| last_test(curve(pair, side).points.last()));
        let at = inside(plot, x, y);
        if x.is_infinite() || y.is_infinite() {
            pen.cross(Rect::around(at, 8.0, 8.0), palette.warning, 2.0, 1.0);
        } else {
            let side = if y < x { Side::With } else { Side::Without };
            side.mark(pen, at, 4.0, palette);
        }
    }
    if let Some(mark @ Mark::Pair(k)) = frame.focus
        && let (Some(at), Some(pair)) = (layout.at(mark), trace.pairs.get(k))
    {
        pen.ring(at, 7.0, palette.accent, 2.4, 1.0);
        let [x, y] = Side::BOTH.map(|side| say::loss(last_test(curve(pair, side).points.last())));
        let text = t!("seed {}: {y} {other}, {x} {short}", pair.seed);
        chart::label(pen, plot, palette, (at.0, at.1 - 18.0), &text);
    }
}
