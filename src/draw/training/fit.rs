//! What two networks have learned, beside what there was to learn.

use super::layout::inside;
use super::stroke::{Side, Stroke};
use super::{Frame, Layout, around, surface};
use crate::draw::chart::{Plot, Words};
use crate::draw::layout::at;
use crate::draw::{Pen, Rect};
use crate::model::exhibits::training::{Answers, Fit, RunTrace, Sampled};

/// Samples that are drawn, from the first on.
const DRAWN: usize = 100;

pub(super) fn draw(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &RunTrace) {
    match &trace.fit {
        Fit::Curve {
            train,
            x,
            law,
            outputs,
            spread,
            sampled,
        } => {
            let words = Words {
                title: t!("What they have learned"),
                note: note(sampled.as_ref(), layout.side[0].area.w),
                x_name: "x".to_owned(),
            };
            let plot = &layout.side[0];
            around(pen, layout, plot, frame.palette, words);
            if trace.diverged[1].is_none() {
                band(pen, plot, frame, x, &outputs[1], spread);
            }
            let law = line(plot, (x, law));
            pen.path(&law, frame.palette.faint, 6.0, 1.0);
            squares(pen, plot, frame, train);
            if let Some(sampled) = sampled {
                passes(pen, plot, frame, sampled);
            }
            for (side, outputs) in sides(trace, outputs) {
                fitted(pen, plot, frame, (x, outputs), side);
            }
        }
        Fit::Surface(plane) => surface::draw(pen, layout, frame, trace, plane),
        Fit::Slopes {
            law,
            slopes,
            answers,
        } => {
            bars(pen, layout, frame, trace, law, slopes);
            if let [_, train, test] = &layout.side[..] {
                let of = |samples: fn(&Answers) -> &Points| {
                    let own = sides(trace, answers).map(|(side, answers)| (side, samples(answers)));
                    own.collect::<Vec<_>>()
                };
                let (seen, new) = (of(|answers| &answers.train), of(|answers| &answers.test));
                scatter(pen, layout, frame, train, t!("Training samples"), &seen);
                scatter(pen, layout, frame, test, t!("Test samples"), &new);
            }
        }
    }
}

/// What the marks mean.
fn note(sampled: Option<&Sampled>, width: f64) -> String {
    const ROOM: f64 = 470.0;
    let band = t!("band: 2 sd over all masks");
    match sampled {
        None => t!("broad: sin(2x); squares: training samples; {band}"),
        Some(sampled) => {
            let drawn = t!("dashed: of {} passes; dots: the first few", sampled.passes);
            if width < ROOM {
                format!("{band}; {drawn}")
            } else {
                t!("broad: sin(2x); squares: samples; {band}; {drawn}")
            }
        }
    }
}

/// Outputs of the first passes, and two standard deviations of all of them. No line joins the outputs of a pass, for
/// each has a mask of its own.
fn passes(pen: &mut Pen, plot: &Plot, frame: &Frame, sampled: &Sampled) {
    let color = frame.palette.positive;
    for pass in &sampled.first {
        for point in line(plot, (&sampled.x, pass)) {
            pen.disc(point, 1.4, color, 0.55);
        }
    }
    for sign in [-2.0, 2.0] {
        let both = sampled.mean.iter().zip(&sampled.sd);
        let edge: Vec<f32> = both.map(|(mean, sd)| mean + sign * sd).collect();
        let edge = line(plot, (&sampled.x, &edge));
        Stroke::Dashed.draw(pen, &edge, color, 1.2);
    }
}

/// Targets, each with the output.
type Points = Vec<(f32, f32)>;

/// The networks whose numbers still are numbers, each with what is its own.
fn sides<'a, T>(trace: &RunTrace, own: &'a [T; 2]) -> impl Iterator<Item = (Side, &'a T)> {
    let diverged = trace.diverged;
    let both = Side::BOTH.into_iter().zip(own);
    both.filter(move |(side, _)| diverged[*side as usize].is_none())
}

type Line<'a> = (&'a [f32], &'a [f32]);

fn line(plot: &Plot, (x, y): Line) -> Vec<(f64, f64)> {
    let points = x.iter().zip(y);
    points
        .map(|(x, y)| inside(plot, f64::from(*x), f64::from(*y)))
        .collect()
}

/// Two standard deviations over all masks to both sides of the output with dropout.
fn band(pen: &mut Pen, plot: &Plot, frame: &Frame, x: &[f32], outputs: &[f32], spread: &[f32]) {
    let edge = |sign: f32| -> Vec<f32> {
        let both = outputs.iter().zip(spread);
        both.map(|(output, sd)| output + sign * 2.0 * sd).collect()
    };
    let (upper, lower) = (line(plot, (x, &edge(1.0))), line(plot, (x, &edge(-1.0))));
    let outline: Vec<_> = upper.iter().chain(lower.iter().rev()).copied().collect();
    pen.polygon(&outline, frame.palette.positive, 0.13);
}

fn fitted(pen: &mut Pen, plot: &Plot, frame: &Frame, outputs: Line, side: Side) {
    let palette = frame.palette;
    let line = line(plot, outputs);
    let width = if side == Side::With { 2.6 } else { 1.6 };
    pen.path(&line, side.color(palette), width, 1.0);
    for end in [line.first(), line.last()].into_iter().flatten() {
        side.mark(pen, *end, 4.0, palette);
    }
}

fn squares(pen: &mut Pen, plot: &Plot, frame: &Frame, samples: &[(f32, f32)]) {
    for &(x, y) in samples.iter().take(2 * DRAWN) {
        let r = Rect::around(inside(plot, x.into(), y.into()), 6.0, 6.0);
        pen.fill(r, frame.palette.paper, 1.0);
        pen.outline(r, frame.palette.accent, 1.5, 1.0);
    }
}

/// A bar for each input and network, hollow without dropout, and a line where it ought to end.
fn bars(
    pen: &mut Pen,
    layout: &Layout,
    frame: &Frame,
    trace: &RunTrace,
    law: &[f64],
    slopes: &[Vec<f64>; 2],
) {
    let (plot, palette) = (&layout.side[0], frame.palette);
    let words = Words {
        title: t!("What they make of each input"),
        note: t!("bars: how much the output rises with it; lines: how much it should").to_owned(),
        x_name: t!("input").to_owned(),
    };
    around(pen, layout, plot, palette, words);
    let (left, right) = (plot.area.x, plot.area.x + plot.area.w);
    let floor = plot.y.at(0.0);
    pen.line((left, floor), (right, floor), palette.quiet, 1.0, 1.0);
    // Marks of one colour after the other: a change of colour costs a surface more than a bar.
    for (side, slopes) in sides(trace, slopes) {
        for (input, slope) in slopes.iter().enumerate() {
            let middle = at(input + 1);
            let (from, to) = match side {
                Side::Without => (middle - 0.36, middle - 0.02),
                Side::With => (middle + 0.02, middle + 0.36),
            };
            let ((x, y), (end, _)) = (inside(plot, from, *slope), inside(plot, to, 0.0));
            let bar = Rect {
                x,
                y: y.min(floor),
                w: (end - x).max(2.0),
                h: (y - floor).abs().max(1.0),
            };
            match side {
                Side::Without => pen.outline(bar, side.color(palette), 1.2, 1.0),
                Side::With => pen.fill(bar, side.color(palette), 1.0),
            }
        }
    }
    for (input, law) in law.iter().enumerate() {
        let middle = at(input + 1);
        let (from, y) = inside(plot, middle - 0.46, *law);
        let (to, _) = inside(plot, middle + 0.46, *law);
        pen.line((from, y), (to, y), palette.accent, 2.0, 1.0);
    }
}

/// Outputs over targets: on the diagonal, they are right.
fn scatter(
    pen: &mut Pen,
    layout: &Layout,
    frame: &Frame,
    plot: &Plot,
    title: &'static str,
    shown: &[(Side, &Points)],
) {
    let palette = frame.palette;
    let words = Words {
        title,
        note: t!("output over target").to_owned(),
        x_name: t!("target").to_owned(),
    };
    around(pen, layout, plot, palette, words);
    let corner = |value: f64| inside(plot, value, value);
    let (from, to) = (corner(plot.x.from), corner(plot.x.to));
    pen.line(from, to, palette.accent, 1.2, 1.0);
    for (side, points) in shown {
        for &(target, output) in points.iter().take(DRAWN) {
            let point = inside(plot, target.into(), output.into());
            match side {
                Side::Without => pen.ring(point, 2.6, side.color(palette), 1.0, 0.7),
                Side::With => pen.disc(point, 2.2, side.color(palette), 0.75),
            }
        }
    }
}
