//! How each parameter of a row moved: before, a bar for the move, after.

use super::cells::Scales;
use super::frame::{ease, part};
use super::layout::Form;
use super::pen::Align;
use super::sign::minus;
use super::{Frame, Layout, Pen, Rect};
use crate::model::Stage;

/// Row `unit` of fc1: before the step, how each number moved, and after it.
pub fn parameters(pen: &mut Pen, layout: &Layout, frame: &Frame, scales: &Scales, unit: usize) {
    let trace = frame.trace;
    let reached = frame.reached(Stage::Sgd);
    let (before_shown, moved, after_shown) = (
        part(reached, 0.0, 0.2),
        ease(part(reached, 0.2, 0.7)),
        part(reached, 0.7, 0.9),
    );
    if reached == 0.0 {
        return;
    }
    let inputs = trace.in_features();
    let of = |parameters: &crate::nn::Parameters, k: usize| {
        if k < inputs {
            parameters.fc1.weight.at(unit, k)
        } else {
            parameters.fc1.bias.data()[unit]
        }
    };
    for k in 0..=inputs {
        let (before, after) = (of(&trace.before, k), of(&trace.after, k));
        for (cells, value, shown) in [
            (&layout.before, before, before_shown),
            (&layout.after, after, after_shown),
        ] {
            if cells.count > 0 {
                parameter(
                    pen,
                    layout.parameter_cell(cells, k, unit),
                    value,
                    scales.fc1,
                    frame,
                    shown,
                );
            }
        }
        bar(
            pen,
            layout.move_cell(k, unit),
            after - before,
            scales.moved,
            frame,
            moved,
        );
    }
    if layout.form == Form::Wide {
        let y = layout.lane_middle(unit);
        let sign = |left: f64, right: f64| (f64::midpoint(left, right), y);
        let (plus, equals) = (
            sign(layout.before.end(), layout.moves.x),
            sign(layout.moves.end(), layout.after.x),
        );
        pen.text(
            "+",
            plus,
            11.0,
            Align::Center,
            frame.palette.quiet,
            before_shown,
        );
        pen.text(
            "=",
            equals,
            11.0,
            Align::Center,
            frame.palette.quiet,
            after_shown,
        );
    }
}

fn parameter(pen: &mut Pen, cell: Rect, value: f32, largest: f32, frame: &Frame, alpha: f64) {
    let r = if cell.w > 5.0 { cell.grown(-0.5) } else { cell };
    let color = frame.palette.diverging(value, largest);
    pen.fill(r, color, alpha);
    minus(pen, r, value, color, frame.palette, alpha);
}

/// A bar up from the middle where a number grew and down where it shrank, as long as the move is large;
/// a number that stayed has the middle line alone.
fn bar(pen: &mut Pen, cell: Rect, moved: f32, largest: f32, frame: &Frame, grown: f64) {
    let (palette, (_, middle)) = (frame.palette, cell.center());
    let line = Rect {
        y: middle - 0.5,
        h: 1.0,
        ..cell
    };
    pen.fill(line, palette.faint, 1.0);
    if moved == 0.0 || largest <= 0.0 || !moved.is_finite() {
        return;
    }
    let share = f64::from(moved.abs() / largest);
    let long = (cell.h / 2.0 * share * grown).max(1.0);
    let y = if moved > 0.0 { middle - long } else { middle };
    let thick = (cell.w * 0.6).clamp(1.0, 9.0);
    let (center, _) = cell.center();
    let sign = palette.diverging(moved.signum(), 1.0);
    pen.fill(
        Rect {
            x: center - thick / 2.0,
            y,
            w: thick,
            h: long,
        },
        sign,
        1.0,
    );
}
