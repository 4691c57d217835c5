//! The network, as the sample looked at sees it: what is dropped or off carries nothing.

use super::edges::{backward, fc1_edges, fc2_edges};
use super::frame::{ease, part};
use super::layout::{Form, ROOM_FOR_NUMBER};
use super::pen::Align;
use super::sign::minus;
use super::{Frame, Layout, Pen, Rect};
use crate::model::Stage;

/// Draws edges first, then what goes back over them, then the nodes on top.
pub fn draw(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let sample = frame.shown_sample();
    fc1_edges(pen, layout, frame, sample);
    fc2_edges(pen, layout, frame, sample);
    backward(pen, layout, frame, sample);
    input_nodes(pen, layout, frame, sample);
    for unit in 0..layout.units {
        hidden_node(pen, layout, frame, sample, unit);
    }
    output_node(pen, layout, frame, sample);
    head(pen, layout, frame, sample);
}

fn head(pen: &mut Pen, layout: &Layout, frame: &Frame, sample: usize) {
    let (palette, trace) = (frame.palette, frame.trace);
    let title = t!("sample {} through the network", sample + 1);
    let (inputs, hidden) = (trace.in_features(), trace.hidden_features());
    let note = t!("{inputs} inputs → {hidden} hidden → 1 output");
    let top = layout.network.y;
    match layout.form {
        Form::Wide => {
            pen.bold(
                &title,
                (0.0, top - 44.0),
                12.5,
                Align::Left,
                palette.ink,
                1.0,
            );
            pen.text(
                &note,
                (0.0, top - 27.0),
                10.5,
                Align::Left,
                palette.quiet,
                1.0,
            );
        }
        Form::Compact => {
            let title = if layout.units < hidden {
                t!("{} of {hidden} units", layout.units)
            } else {
                t!("sample {}", sample + 1)
            };
            pen.bold(
                &title,
                (0.0, top - 26.0),
                11.0,
                Align::Left,
                palette.ink,
                1.0,
            );
        }
        Form::Stacked => pen.bold(&title, (0.0, 10.0), 12.5, Align::Left, palette.ink, 1.0),
    }
}

fn input_nodes(pen: &mut Pen, layout: &Layout, frame: &Frame, sample: usize) {
    let (palette, trace, radius) = (frame.palette, frame.trace, layout.node_radius());
    let shown = ease(frame.reached(Stage::Input));
    for input in 0..trace.in_features() {
        let (center, value) = (layout.input_node(input), trace.input.at(sample, input));
        pen.disc(center, radius, palette.paper, 1.0);
        pen.ring(center, radius, palette.ink, 1.6, 1.0);
        number_in_node(pen, layout, value, center, shown, frame);
        if radius < ROOM_FOR_NUMBER {
            let color = palette.diverging(value, 2.5);
            let radius = (radius - 1.0).max(1.0);
            pen.disc(center, radius, color, shown);
            let inside = Rect::around(center, 2.0 * radius, 2.0 * radius);
            minus(pen, inside, value, color, palette, shown);
        }
    }
}

/// A number inside a node, where there is room for it.
fn number_in_node(
    pen: &mut Pen,
    layout: &Layout,
    value: f32,
    center: (f64, f64),
    alpha: f64,
    frame: &Frame,
) {
    if layout.node_radius() >= ROOM_FOR_NUMBER {
        pen.text(
            &short(value),
            center,
            10.5,
            Align::Center,
            frame.palette.ink,
            alpha,
        );
    }
}

/// Two decimals, three characters before the point at most, and a true minus sign.
#[must_use]
pub fn short(value: f32) -> String {
    let text = if value.abs() < 9.995 {
        format!("{value:.2}")
    } else {
        format!("{value:.0}")
    };
    let text = if text == "-0.00" {
        "0.00".to_owned()
    } else {
        text
    };
    crate::lang::localized(&text)
}

/// The number that a hidden node shows at this stage.
fn hidden_value(frame: &Frame, sample: usize, unit: usize) -> f32 {
    let pass = &frame.trace.pass;
    let (hidden, dropped) = (pass.hidden.at(sample, unit), pass.dropped.at(sample, unit));
    let scaled = frame.reached(Stage::Scale);
    if frame.reached(Stage::Relu) < 0.5 {
        pass.pre_activation.at(sample, unit)
    } else if scaled == 0.0 {
        hidden
    } else {
        #[allow(clippy::cast_possible_truncation, reason = "a share")]
        let share = ease(part(scaled, 0.1, 0.8)) as f32;
        if share >= 1.0 {
            dropped
        } else {
            hidden + (dropped - hidden) * share
        }
    }
}

fn hidden_node(pen: &mut Pen, layout: &Layout, frame: &Frame, sample: usize, unit: usize) {
    let (palette, radius, center) = (
        frame.palette,
        layout.node_radius(),
        layout.hidden_node(unit),
    );
    let off = frame.reached(Stage::Relu) > 0.5 && !frame.trace.active(sample, unit);
    let dropped = landed(frame, sample, unit) && !frame.trace.kept(sample, unit);
    let lit = frame.reached(Stage::Mask) >= 1.0 && !off && !dropped;
    pen.disc(
        center,
        radius,
        if lit {
            palette.accent_wash
        } else {
            palette.paper
        },
        1.0,
    );
    if off {
        pen.dotted_ring(center, radius, palette.quiet, 1.0);
    } else {
        let (color, width) = if lit {
            (palette.accent, 2.2)
        } else {
            (palette.ink, 1.4)
        };
        pen.ring(center, radius, color, width, 1.0);
    }
    let value = hidden_value(frame, sample, unit);
    let shown = part(frame.reached(Stage::Fc1), 0.6, 0.9);
    if !dropped {
        let text_shown = if off { 0.75 * shown } else { shown };
        if off {
            zero_in_node(pen, layout, center, text_shown, frame);
        } else {
            number_in_node(pen, layout, value, center, text_shown, frame);
        }
    }
    if dropped {
        let half = radius * 0.66;
        let inside = super::Rect::around(center, 2.0 * half, 2.0 * half);
        pen.cross(inside, palette.quiet, 1.5, 1.0);
    }
    if layout.stacked() && radius >= 7.0 {
        let name = (center.0 - radius - 5.0, center.1);
        pen.text(
            &format!("h{}", unit + 1),
            name,
            10.0,
            Align::Right,
            palette.quiet,
            1.0,
        );
    }
}

fn zero_in_node(pen: &mut Pen, layout: &Layout, center: (f64, f64), alpha: f64, frame: &Frame) {
    if layout.node_radius() >= ROOM_FOR_NUMBER {
        pen.text("0", center, 10.5, Align::Center, frame.palette.quiet, alpha);
    }
}

/// Whether the coin of `unit` for `sample` has come down.
#[must_use]
pub fn landed(frame: &Frame, sample: usize, unit: usize) -> bool {
    fall(frame, sample, unit) >= 1.0
}

/// How far the coin of `unit` for `sample` has fallen, 0 to 1: sample by sample, unit by unit.
#[must_use]
pub fn fall(frame: &Frame, sample: usize, unit: usize) -> f64 {
    let share = |k: usize, n: usize| super::layout::at(k) / super::layout::at(n.max(1));
    let start = 0.5 * share(sample, frame.trace.batch())
        + 0.25 * share(unit, frame.trace.hidden_features());
    part(frame.reached(Stage::Mask), start, start + 0.15)
}

fn output_node(pen: &mut Pen, layout: &Layout, frame: &Frame, sample: usize) {
    let (palette, center) = (frame.palette, layout.output_node());
    let radius = layout.output_radius();
    let output = short(frame.trace.pass.output.at(sample, 0));
    pen.disc(center, radius, palette.paper, 1.0);
    pen.ring(center, radius, palette.ink, 1.8, 1.0);
    let shown = part(frame.reached(Stage::Fc2), 0.65, 0.95);
    pen.text(&output, center, 10.5, Align::Center, palette.ink, shown);
    if layout.form == Form::Compact || layout.network.h < 90.0 {
        return;
    }
    let below = center.1 + radius + 11.0;
    let label = super::Rect {
        x: center.0 - 30.0,
        y: below - 8.0,
        w: 60.0,
        h: 30.0,
    };
    pen.fill(label, palette.paper, 0.85);
    pen.text(
        t!("output"),
        (center.0, below),
        10.5,
        Align::Center,
        palette.quiet,
        1.0,
    );
    let target = t!("target {}", short(frame.trace.target.at(sample, 0)));
    let shown = frame.reached(Stage::Loss);
    pen.text(
        &target,
        (center.0, below + 14.0),
        10.5,
        Align::Center,
        palette.quiet,
        shown,
    );
}
