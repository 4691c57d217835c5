//! The cells of the lanes: coins of the mask, heatmaps of the gradients, weights before and after.

use plotters::backend::DrawingBackend;

use super::frame::{ease, part};
use super::layout::{Cells, Form};
use super::network::{fall, short};
use super::pen::Align;
use super::{Frame, Layout, Pen, Rect};
use crate::model::{Stage, Target, Verdict};

/// Smallest cell that has room for an outline, a cross or dots.
const ROOM_FOR_SHAPE: f64 = 7.0;

/// A square inside a cell, with air around it.
fn inside(cell: Rect) -> Rect {
    let air = if cell.w.min(cell.h) >= ROOM_FOR_SHAPE {
        1.0 + cell.w.min(cell.h) / 24.0
    } else {
        0.0
    };
    let (w, h) = (cell.w - 2.0 * air, cell.h - 2.0 * air);
    let side = if air > 0.0 { w.min(h) } else { w };
    Rect::around(
        cell.center(),
        side.max(1.0),
        if air > 0.0 { side } else { h },
    )
}

/// How a coin looks: solid where the unit carries the sample, hollow and crossed where it is dropped,
/// dotted where ReLU is off.
pub fn coin<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    r: Rect,
    kept: bool,
    active: bool,
    frame: &Frame,
    alpha: f64,
) {
    let palette = frame.palette;
    if r.w.min(r.h) < ROOM_FOR_SHAPE {
        let strength = match (kept, active) {
            (true, true) => 1.0,
            (true, false) => 0.45,
            (false, true) => 0.12,
            (false, false) => 0.05,
        };
        pen.fill(r, palette.ink, alpha * strength);
        return;
    }
    match (kept, active) {
        (true, true) => pen.fill(r, palette.ink, alpha),
        (true, false) => {
            pen.fill(r, palette.paper, alpha);
            pen.dotted(r, palette.ink, alpha);
        }
        (false, active) => {
            pen.fill(r, palette.paper, alpha);
            if active {
                pen.outline(r, palette.quiet, 1.2, alpha);
            } else {
                pen.dotted(r, palette.quiet, alpha);
            }
            let cross = r.grown(-r.w * 0.26);
            pen.cross(cross, palette.quiet, 1.3, alpha);
        }
    }
}

/// The mask of `unit`: a coin a sample, falling into place.
pub fn mask<DB: DrawingBackend>(pen: &mut Pen<DB>, layout: &Layout, frame: &Frame, unit: usize) {
    for sample in 0..frame.trace.batch() {
        let fallen = fall(frame, sample, unit);
        let cell = inside(layout.rect(Target::Mask { sample, unit }));
        if fallen == 0.0 {
            if cell.w >= ROOM_FOR_SHAPE {
                pen.disc(cell.center(), 1.5, frame.palette.faint, 1.0);
            }
            continue;
        }
        let drop = (1.0 - ease(fallen)) * 26.0;
        let at = Rect {
            y: cell.y - drop,
            ..cell
        };
        coin(
            pen,
            at,
            frame.trace.kept(sample, unit),
            frame.trace.active(sample, unit),
            frame,
            ease(fallen),
        );
    }
}

/// "3/4": samples for which `unit` was kept.
pub fn kept<DB: DrawingBackend>(pen: &mut Pen<DB>, layout: &Layout, frame: &Frame, unit: usize) {
    let shown = part(frame.reached(Stage::Mask), 0.9, 1.0);
    let r = layout.rect(Target::Kept { unit });
    let text = format!("{}/{}", frame.trace.lanes[unit].kept, frame.trace.batch());
    let size = (layout.pitch * 0.6).min(12.0);
    pen.text(
        &text,
        (r.x, r.center().1),
        size,
        Align::Left,
        frame.palette.ink,
        shown,
    );
}

/// Scales of the heatmaps: the largest size of a number in each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scales {
    /// fc1's gradients, weight and bias.
    pub fc1_grad: f32,
    /// fc2.weight's gradient.
    pub fc2_grad: f32,
    /// fc1's parameters before the step.
    pub fc1: f32,
    /// The largest move of a parameter of fc1.
    pub moved: f32,
}

impl Scales {
    /// The scales of a step: fixed for all its frames, so that colours can be compared between them.
    #[must_use]
    pub fn of(frame: &Frame) -> Self {
        let largest = |values: &[f32]| values.iter().map(|v| v.abs()).fold(0.0, f32::max);
        let trace = frame.trace;
        let layer = |layer: &crate::nn::LinearParameters| {
            largest(layer.weight.data()).max(largest(layer.bias.data()))
        };
        Self {
            fc1_grad: layer(&trace.pass.grad.fc1),
            fc2_grad: largest(trace.pass.grad.fc2.weight.data()),
            fc1: layer(&trace.before.fc1),
            moved: trace
                .lanes
                .iter()
                .map(|lane| lane.moved)
                .fold(0.0, f32::max),
        }
    }
}

fn heat<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    cell: Rect,
    value: f32,
    largest: f32,
    frame: &Frame,
    alpha: f64,
) {
    let air = if cell.w >= ROOM_FOR_SHAPE { 1.0 } else { 0.0 };
    let r = cell.grown(-air);
    if value == 0.0 {
        if air > 0.0 {
            pen.outline(r, frame.palette.faint, 1.0, alpha);
        } else {
            pen.fill(r, frame.palette.zero, alpha);
        }
    } else {
        pen.fill(r, frame.palette.diverging(value, largest), alpha);
    }
}

/// The gradients of row `unit`, as far as they are added up.
pub fn gradients<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    layout: &Layout,
    frame: &Frame,
    scales: &Scales,
    unit: usize,
) {
    let (trace, samples) = (frame.trace, frame.accumulated());
    let shown = part(frame.reached(Stage::Backward), 0.9, 1.0);
    if shown == 0.0 {
        return;
    }
    let whole = samples >= trace.batch();
    for input in 0..trace.in_features() {
        let value = if whole {
            trace.pass.grad.fc1.weight.at(unit, input)
        } else {
            trace.partial_weight_grad(samples, unit, input)
        };
        heat(
            pen,
            layout.rect(Target::WeightGrad { unit, input }),
            value,
            scales.fc1_grad,
            frame,
            shown,
        );
    }
    let bias = trace.partial_bias_grad(samples, unit);
    heat(
        pen,
        layout.rect(Target::BiasGrad { unit }),
        bias,
        scales.fc1_grad,
        frame,
        shown,
    );
    let fc2 = trace.pass.grad.fc2.weight.at(0, unit);
    let fc2_shown = frame.reached(Stage::Accumulate);
    heat(
        pen,
        layout.rect(Target::Fc2Grad { unit }),
        fc2,
        scales.fc2_grad,
        frame,
        fc2_shown,
    );
}

/// Row `unit` of fc1: before the step, how each number moved, and after it.
pub fn parameters<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    layout: &Layout,
    frame: &Frame,
    scales: &Scales,
    unit: usize,
) {
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

fn parameter<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    cell: Rect,
    value: f32,
    largest: f32,
    frame: &Frame,
    alpha: f64,
) {
    let r = if cell.w > 5.0 { cell.grown(-0.5) } else { cell };
    pen.fill(r, frame.palette.diverging(value, largest), alpha);
}

/// A bar up from the middle where a number grew and down where it shrank, as long as the move is large;
/// a number that stayed has the middle line alone.
fn bar<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    cell: Rect,
    moved: f32,
    largest: f32,
    frame: &Frame,
    grown: f64,
) {
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

/// Outputs and targets, a cell a sample, below the mask.
pub fn outputs<DB: DrawingBackend>(pen: &mut Pen<DB>, layout: &Layout, frame: &Frame) {
    let (trace, palette) = (frame.trace, frame.palette);
    let rows = [
        (
            "output",
            &trace.pass.output,
            part(frame.reached(Stage::Fc2), 0.6, 1.0),
        ),
        ("target", &trace.target, frame.reached(Stage::Loss)),
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
    let text = format!("loss {loss}, the mean of (output − target)²");
    pen.text(&text, at, 11.0, Align::Left, palette.ink, shown);
}

fn output_cell<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    cell: Rect,
    value: f32,
    largest: f32,
    frame: &Frame,
    alpha: f64,
) {
    let width = (cell.w * 0.9).max(cell.w - 4.0);
    let bar = Rect {
        y: cell.y + cell.h - 4.0,
        h: 4.0,
        ..Rect::around(cell.center(), width, cell.h)
    };
    pen.fill(bar, frame.palette.diverging(value, largest), alpha);
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

/// A frame around a number, if it is the one looked at.
pub fn focus_ring<DB: DrawingBackend>(pen: &mut Pen<DB>, layout: &Layout, frame: &Frame) {
    if let Some(target) = frame.focus {
        let network = matches!(target, Target::Unit { .. } | Target::Input { .. });
        let r = layout.rect(target);
        if network {
            pen.ring(r.center(), r.w / 2.0 + 4.0, frame.palette.accent, 2.0, 1.0);
        } else {
            pen.outline(r.grown(1.5), frame.palette.accent, 2.0, 1.0);
        }
    }
}

/// The names of a row of cells, where there is room for them.
pub fn names<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    cells: &Cells,
    y: f64,
    room: f64,
    frame: &Frame,
    name: impl Fn(usize) -> String,
) {
    let every = [1, 2, 5, 10, 20, 25, 50, 100]
        .into_iter()
        .find(|&n| cells.pitch * super::layout::at(n) >= room)
        .unwrap_or(cells.count.max(1));
    for k in (0..cells.count).filter(|k| every == 1 || (k + 1) % every == 0) {
        pen.text(
            &name(k),
            (cells.middle(k), y),
            10.5,
            Align::Center,
            frame.palette.quiet,
            1.0,
        );
    }
}
