//! What two networks have learned, beside what there was to learn.

use plotters::backend::DrawingBackend;

use super::layout::inside;
use super::stroke::Side;
use super::{Frame, Layout, around};
use crate::draw::chart::{Plot, Words};
use crate::draw::layout::at;
use crate::draw::{Pen, Rect};
use crate::model::exhibits::training::{Answers, Fit, RunTrace};

/// Samples that are drawn, from the first on.
const DRAWN: usize = 100;

pub(super) fn draw<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    layout: &Layout,
    frame: &Frame,
    trace: &RunTrace,
) {
    match &trace.fit {
        Fit::Curve {
            train,
            x,
            law,
            outputs,
        } => {
            let words = Words {
                title: "What they have learned",
                note: "broad: sin(2x); squares: training samples".to_owned(),
                x_name: "x".to_owned(),
            };
            let plot = &layout.side[0];
            around(pen, layout, plot, frame.palette, words);
            curve(pen, plot, frame, (x, law), 6.0);
            squares(pen, plot, frame, train);
            for (side, outputs) in Side::BOTH.into_iter().zip(outputs) {
                fitted(pen, plot, frame, (x, outputs), side);
            }
        }
        Fit::Slopes {
            law,
            slopes,
            answers,
        } => {
            bars(pen, layout, frame, law, slopes);
            if let [_, train, test] = &layout.side[..] {
                scatter(
                    pen,
                    layout,
                    train,
                    frame,
                    "Training samples",
                    answers,
                    |a| &a.train,
                );
                scatter(pen, layout, test, frame, "Test samples", answers, |a| {
                    &a.test
                });
            }
        }
    }
}

type Line<'a> = (&'a [f32], &'a [f32]);

fn line(plot: &Plot, (x, y): Line) -> Vec<(f64, f64)> {
    let points = x.iter().zip(y);
    points
        .map(|(x, y)| inside(plot, f64::from(*x), f64::from(*y)))
        .collect()
}

fn curve<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    plot: &Plot,
    frame: &Frame,
    law: (&Vec<f32>, &Vec<f32>),
    width: f64,
) {
    let law = line(plot, (law.0, law.1));
    pen.path(&law, frame.palette.faint, width, 1.0);
}

fn fitted<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    plot: &Plot,
    frame: &Frame,
    outputs: (&Vec<f32>, &Vec<f32>),
    side: Side,
) {
    let palette = frame.palette;
    let line = line(plot, (outputs.0, outputs.1));
    let width = if side == Side::With { 2.6 } else { 1.6 };
    pen.path(&line, side.color(palette), width, 1.0);
    for end in [line.first(), line.last()].into_iter().flatten() {
        side.mark(pen, *end, 4.0, palette);
    }
}

fn squares<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    plot: &Plot,
    frame: &Frame,
    samples: &[(f32, f32)],
) {
    for &(x, y) in samples.iter().take(2 * DRAWN) {
        let r = Rect::around(inside(plot, x.into(), y.into()), 6.0, 6.0);
        pen.fill(r, frame.palette.paper, 1.0);
        pen.outline(r, frame.palette.accent, 1.5, 1.0);
    }
}

/// A bar for each input and network, hollow without dropout, and a line where it ought to end.
fn bars<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    layout: &Layout,
    frame: &Frame,
    law: &[f64],
    slopes: &[Vec<f64>; 2],
) {
    let (plot, palette) = (&layout.side[0], frame.palette);
    let words = Words {
        title: "What they make of each input",
        note: "bars: how much the output rises with it; lines: how much it should".to_owned(),
        x_name: "input".to_owned(),
    };
    around(pen, layout, plot, palette, words);
    let (left, right) = (plot.area.x, plot.area.x + plot.area.w);
    let floor = plot.y.at(0.0);
    pen.line((left, floor), (right, floor), palette.quiet, 1.0, 1.0);
    for (input, law) in law.iter().enumerate() {
        let middle = at(input + 1);
        for (side, slopes) in Side::BOTH.into_iter().zip(slopes) {
            let (from, to) = match side {
                Side::Without => (middle - 0.36, middle - 0.02),
                Side::With => (middle + 0.02, middle + 0.36),
            };
            let ((x, y), (end, _)) = (inside(plot, from, slopes[input]), inside(plot, to, 0.0));
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
        let (from, y) = inside(plot, middle - 0.46, *law);
        let (to, _) = inside(plot, middle + 0.46, *law);
        pen.line((from, y), (to, y), palette.accent, 2.0, 1.0);
    }
}

/// Outputs over targets: on the diagonal, they are right.
fn scatter<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    layout: &Layout,
    plot: &Plot,
    frame: &Frame,
    title: &'static str,
    answers: &[Answers; 2],
    samples: fn(&Answers) -> &Vec<(f32, f32)>,
) {
    let palette = frame.palette;
    let words = Words {
        title,
        note: "output over target".to_owned(),
        x_name: "target".to_owned(),
    };
    around(pen, layout, plot, palette, words);
    let corner = |value: f64| inside(plot, value, value);
    let (from, to) = (corner(plot.x.from), corner(plot.x.to));
    pen.line(from, to, palette.accent, 1.2, 1.0);
    for (side, answers) in Side::BOTH.into_iter().zip(answers) {
        for &(target, output) in samples(answers).iter().take(DRAWN) {
            let point = inside(plot, target.into(), output.into());
            match side {
                Side::Without => pen.ring(point, 2.6, side.color(palette), 1.0, 0.7),
                Side::With => pen.disc(point, 2.2, side.color(palette), 0.75),
            }
        }
    }
}
