//! The cells of the lanes: coins of the mask and heatmaps of the gradients.

use super::frame::{ease, part};
use super::layout::Cells;
use super::network::fall;
use super::pen::Align;
use super::sign::minus;
use super::{Frame, Layout, Palette, Pen, Rect};
use crate::model::{Stage, Target};

/// Smallest cell that has room for an outline, a cross or dots.
const ROOM_FOR_SHAPE: f64 = 7.0;
/// Smallest coin on which an outline, a cross or dots can be seen.
const SMALLEST_SHAPE: f64 = 5.5;

/// A square inside a cell, with air around it.
pub(super) fn inside(cell: Rect) -> Rect {
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
/// dotted where ReLU is off. One that is too small for that is drawn as `small` says.
pub fn coin(pen: &mut Pen, r: Rect, kept: bool, active: bool, palette: &Palette, alpha: f64) {
    if is_small(r) {
        small(pen, r, kept, active, palette, alpha);
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

/// Whether a coin is too small for an outline, a cross or dots.
pub(super) fn is_small(r: Rect) -> bool {
    r.w.min(r.h) < SMALLEST_SHAPE
}

/// A small coin is told by how full it is: full where the unit carries the sample, its lower half where ReLU is off, the
/// ground alone where it is dropped, nothing where both hold.
pub(super) fn small(
    pen: &mut Pen,
    r: Rect,
    kept: bool,
    active: bool,
    palette: &Palette,
    alpha: f64,
) {
    let (full, color) = match (kept, active) {
        (true, true) => (1.0, palette.ink),
        (true, false) => (0.5, palette.ink),
        (false, true) => (0.15, palette.quiet),
        (false, false) => return,
    };
    let h = full * r.h;
    let lower = Rect {
        y: r.y + r.h - h,
        h,
        ..r
    };
    pen.fill(lower, color, alpha);
}

/// The mask of `unit`: a coin a sample, falling into place.
pub fn mask(pen: &mut Pen, layout: &Layout, frame: &Frame, unit: usize) {
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
            frame.palette,
            ease(fallen),
        );
    }
}

/// "3/4": samples for which `unit` was kept.
pub fn kept(pen: &mut Pen, layout: &Layout, frame: &Frame, unit: usize) {
    let shown = part(frame.reached(Stage::Mask), 0.9, 1.0);
    let r = layout.rect(Target::Kept { unit });
    let text = format!("{}/{}", frame.trace.lanes[unit].kept, frame.trace.batch());
    pen.text(
        &text,
        (r.x, r.center().1),
        layout.lane_type(),
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

fn heat(pen: &mut Pen, cell: Rect, value: f32, largest: f32, frame: &Frame, alpha: f64) {
    let air = if cell.w >= ROOM_FOR_SHAPE { 1.0 } else { 0.0 };
    let r = cell.grown(-air);
    if value == 0.0 {
        if air > 0.0 {
            pen.outline(r, frame.palette.faint, 1.0, alpha);
        } else {
            pen.fill(r, frame.palette.zero, alpha);
        }
    } else {
        let color = frame.palette.diverging(value, largest);
        pen.fill(r, color, alpha);
        minus(pen, r, value, color, frame.palette, alpha);
    }
}

/// The gradients of row `unit`, as far as they are added up.
pub fn gradients(pen: &mut Pen, layout: &Layout, frame: &Frame, scales: &Scales, unit: usize) {
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

/// A frame around a number, if it is the one looked at.
pub fn focus_ring(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    if let Some(target) = frame.focus.filter(|target| layout.shows(*target)) {
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
pub fn names(
    pen: &mut Pen,
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
    // A name wider than its cell must not reach into what stands beside the cells.
    let named = |&k: &usize| {
        every == 1 || (k + 1) % every == 0 && cells.middle(k) + room / 2.0 <= cells.end()
    };
    for k in (0..cells.count).filter(named) {
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
