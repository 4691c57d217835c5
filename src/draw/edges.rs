//! The edges of the network: what the sample looked at carries forward, and what comes back.

use plotters::style::RGBColor;

use super::frame::{ease, part};
use super::sign;
use super::{Frame, Layout, Pen};
use crate::model::Stage;

/// Whether `unit` still carries `sample` at this stage: on, and not yet dropped.
fn carries(frame: &Frame, sample: usize, unit: usize) -> bool {
    let off = frame.reached(Stage::Relu) > 0.5 && !frame.trace.active(sample, unit);
    let dropped = frame.reached(Stage::Mask) >= 1.0 && !frame.trace.kept(sample, unit);
    !off && !dropped
}

/// An edge as far as it has grown, one of many: dashed where it carries a number below 0.
struct Edge {
    ends: ((f64, f64), (f64, f64)),
    grown: (f64, f64),
    value: f32,
    of: usize,
}

impl Edge {
    fn draw(&self, pen: &mut Pen, color: RGBColor, width: f64, alpha: f64) {
        let line = (self.ends.0, self.grown);
        match sign::dash(self.value, self.ends, self.of) {
            Some(dash) => pen.dashed(line, dash, color, width, alpha),
            None => pen.line(line.0, line.1, color, width, alpha),
        }
    }
}

pub(super) fn fc1_edges(pen: &mut Pen, layout: &Layout, frame: &Frame, sample: usize) {
    let grown = ease(part(frame.reached(Stage::Fc1), 0.0, 0.7));
    if grown == 0.0 {
        return;
    }
    let trace = frame.trace;
    let carried = |unit: usize, input: usize| {
        trace.input.at(sample, input) * trace.before.fc1.weight.at(unit, input)
    };
    let every = (0..layout.units).flat_map(|u| (0..trace.in_features()).map(move |i| (u, i)));
    let largest = every
        .clone()
        .map(|(u, i)| carried(u, i).abs())
        .fold(0.0, f32::max);
    for (unit, input) in every {
        let share = f64::from(carried(unit, input).abs() / largest.max(f32::MIN_POSITIVE));
        let focused = frame.focused_unit() == Some(unit);
        let alpha = if carries(frame, sample, unit) || focused {
            0.15 + 0.75 * share
        } else {
            0.05 + 0.07 * share
        };
        if alpha < 0.06 && layout.units > 64 {
            continue;
        }
        let color = frame.palette.diverging(carried(unit, input).signum(), 1.0);
        let (from, to) = (layout.input_node(input), layout.hidden_node(unit));
        let end = (
            from.0 + (to.0 - from.0) * grown,
            from.1 + (to.1 - from.1) * grown,
        );
        let edge = Edge {
            ends: (from, to),
            grown: end,
            value: carried(unit, input),
            of: trace.hidden_features() * trace.in_features(),
        };
        edge.draw(pen, color, 0.6 + 2.4 * share, alpha);
    }
}

pub(super) fn fc2_edges(pen: &mut Pen, layout: &Layout, frame: &Frame, sample: usize) {
    let grown = ease(part(frame.reached(Stage::Fc2), 0.0, 0.7));
    if grown == 0.0 {
        return;
    }
    let trace = frame.trace;
    let carried =
        |unit: usize| trace.pass.dropped.at(sample, unit) * trace.before.fc2.weight.at(0, unit);
    let largest = (0..layout.units)
        .map(|u| carried(u).abs())
        .fold(0.0, f32::max);
    for unit in 0..layout.units {
        let value = carried(unit);
        let share = f64::from(value.abs() / largest.max(f32::MIN_POSITIVE));
        let alpha = if value == 0.0 {
            0.12
        } else {
            0.35 + 0.6 * share
        };
        let color = if value == 0.0 {
            frame.palette.faint
        } else {
            frame.palette.diverging(value.signum(), 1.0)
        };
        let (from, to) = (layout.hidden_node(unit), layout.output_node());
        let end = (
            from.0 + (to.0 - from.0) * grown,
            from.1 + (to.1 - from.1) * grown,
        );
        let edge = Edge {
            ends: (from, to),
            grown: end,
            value,
            of: trace.hidden_features(),
        };
        edge.draw(pen, color, 0.6 + 2.4 * share, alpha);
    }
}

/// The error travels from the output to every unit, and on to the inputs only through those that carried the sample.
pub(super) fn backward(pen: &mut Pen, layout: &Layout, frame: &Frame, sample: usize) {
    let reached = frame.reached(Stage::Backward);
    if frame.stage != Stage::Backward || reached == 0.0 {
        return;
    }
    let (palette, trace) = (frame.palette, frame.trace);
    let (first, second) = (
        ease(part(reached, 0.0, 0.45)),
        ease(part(reached, 0.5, 0.95)),
    );
    let between =
        |a: (f64, f64), b: (f64, f64), t: f64| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    let radius = layout.node_radius();
    for unit in 0..layout.units {
        let (node, output) = (layout.hidden_node(unit), layout.output_node());
        let gate = (node.0 + radius + 5.0, node.1);
        pen.line(
            output,
            between(output, gate, first),
            palette.accent,
            1.4,
            0.75,
        );
        if first < 1.0 {
            continue;
        }
        if trace.pass.grad_pre_activation.at(sample, unit) == 0.0 {
            let half = (radius * 0.8).max(3.0);
            pen.line(
                (gate.0, gate.1 - half),
                (gate.0, gate.1 + half),
                palette.warning,
                3.0,
                1.0,
            );
            continue;
        }
        for input in 0..trace.in_features() {
            let to = between(node, layout.input_node(input), second);
            pen.line(node, to, palette.accent, 1.0, 0.45);
        }
    }
}
