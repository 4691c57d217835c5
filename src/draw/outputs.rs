//! Outputs and targets, a cell a sample, below the mask.

use super::frame::part;
use super::network::short;
use super::pen::Align;
use super::sign::minus;
use super::{Frame, Layout, Pen, Rect};
use crate::model::Stage;

/// Outputs and targets, a cell a sample, below the mask.
pub fn outputs(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (trace, palette) = (frame.trace, frame.palette);
    let rows = [
        (
            t!("output"),
            &trace.pass.output,
            part(frame.reached(Stage::Fc2), 0.6, 1.0),
        ),
        (t!("target"), &trace.target, frame.reached(Stage::Loss)),
    ];
    let finite = |values: &[f32]| {
        values
            .iter()
            .filter(|v| v.is_finite())
            .map(|v| v.abs())
            .fold(0.0, f32::max)
    };
    let largest = finite(trace.pass.output.data()).max(finite(trace.target.data()));
    for (row, (name, values, shown)) in rows.into_iter().enumerate() {
        let y = layout.output_cell(0, row).center().1;
        pen.text(
            name,
            (layout.mask.x - 6.0, y),
            11.0,
            Align::Right,
            palette.quiet,
            shown,
        );
        for sample in 0..trace.batch() {
            output_cell(
                pen,
                layout.output_cell(sample, row),
                values.at(sample, 0),
                largest,
                frame,
                shown,
            );
        }
    }
    let shown = frame.reached(Stage::Loss);
    let at = (layout.kept, layout.output_cell(0, 1).center().1);
    let loss = crate::words::number(trace.pass.loss);
    let text = if layout.stacked() {
        t!("loss {loss}")
    } else {
        t!("loss {loss}, the mean of (output − target)²")
    };
    pen.text(&text, at, 11.0, Align::Left, palette.ink, shown);
}

fn output_cell(pen: &mut Pen, cell: Rect, value: f32, largest: f32, frame: &Frame, alpha: f64) {
    let width = (cell.w * 0.9).max(cell.w - 4.0);
    let bar = Rect {
        y: cell.y + cell.h - 4.0,
        h: 4.0,
        ..Rect::around(cell.center(), width, cell.h)
    };
    let color = frame.palette.diverging(value, largest);
    pen.fill(bar, color, alpha);
    minus(pen, bar, value, color, frame.palette, alpha);
    if cell.w >= 26.0 {
        pen.text(
            &short(value),
            (cell.center().0, cell.y + 8.0),
            10.0,
            Align::Center,
            frame.palette.ink,
            alpha,
        );
    }
}
