//! The signature picture: the network and its unit lanes, one still of a step.

use super::cells::{self, Scales};
use super::frame::part;
use super::layout::Form;
use super::pen::Align;
use super::{Frame, Layout, Pen, Rect, Surface, legend, moves, network, outputs, verdict};
use crate::model::{Stage, Target};
use crate::nn::Mode;

/// Draws one still, `scale` backend pixels to a CSS pixel.
///
/// # Errors
/// What the backend said when it could not draw.
pub fn draw(
    surface: &mut dyn Surface,
    layout: &Layout,
    frame: &Frame,
    scale: f64,
) -> Result<(), String> {
    let size = (layout.width, layout.height);
    let mut pen = Pen::on_paper(surface, size, frame.palette, scale);
    let scales = Scales::of(frame);
    bands(&mut pen, layout, frame);
    sample_column(&mut pen, layout, frame);
    heads(&mut pen, layout, frame, &scales);
    for unit in 0..layout.units {
        lane(&mut pen, layout, frame, &scales, unit);
    }
    if layout.form != Form::Compact {
        outputs::outputs(&mut pen, layout, frame);
    }
    network::draw(&mut pen, layout, frame);
    cells::focus_ring(&mut pen, layout, frame);
    legend::draw(&mut pen, layout, frame);
    pen.finish()
}

/// Behind the lanes: a wash for the unit looked at, hatching for those without gradient.
fn bands(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let shown = part(frame.reached(Stage::Accumulate), 0.9, 1.0);
    for (unit, lane) in frame.trace.lanes[..layout.units].iter().enumerate() {
        let band = layout.band(unit);
        if lane.verdict.cause().is_some() && shown > 0.0 {
            pen.fill(band, frame.palette.hatched, shown);
            pen.hatch(band, frame.palette.hatching, shown * 0.8);
        }
        if frame.focused_unit() == Some(unit) {
            pen.fill(Rect { w: 3.0, ..band }, frame.palette.accent, 1.0);
        }
    }
}

/// The sample looked at: its column, or, where verdicts run below the cells, its cells one by one.
fn sample_column(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let sample = frame.shown_sample();
    let accent = frame.palette.accent;
    if layout.stacked() {
        for unit in 0..layout.units {
            pen.outline(layout.rect(Target::Mask { sample, unit }), accent, 1.5, 1.0);
        }
        return;
    }
    let x = layout.mask.x + layout.mask.pitch * super::layout::at(sample);
    let y = layout.lanes.y - 18.0;
    let column = Rect {
        x,
        y,
        w: layout.mask.pitch,
        h: layout.outputs_end() - y,
    };
    pen.outline(column, accent, 2.0, 1.0);
}

fn lane(pen: &mut Pen, layout: &Layout, frame: &Frame, scales: &Scales, unit: usize) {
    let at = (layout.label, layout.lane_middle(unit));
    pen.text(
        &format!("h{}", unit + 1),
        at,
        layout.lane_type(),
        Align::Right,
        frame.palette.ink,
        1.0,
    );
    cells::mask(pen, layout, frame, unit);
    cells::kept(pen, layout, frame, unit);
    cells::gradients(pen, layout, frame, scales, unit);
    moves::parameters(pen, layout, frame, scales, unit);
    verdict::verdict(pen, layout, frame, unit);
}

/// What the columns are, and how dark their darkest is; what is not reached yet steps back.
fn heads(pen: &mut Pen, layout: &Layout, frame: &Frame, scales: &Scales) {
    let number = crate::words::number;
    let darkest = t!("darkest ±{}", number(scales.fc1_grad));
    let longest = t!("longest bar {}", number(scales.moved));
    let lr = frame.trace.settings.sgd().lr;
    let optimiser = t!("SGD, lr {}", crate::words::plain(lr));
    let mask_note = match frame.trace.settings.mode() {
        Mode::Train => t!("a column a sample"),
        Mode::Eval => t!("eval: all kept"),
    };
    let (moves, moves_x) = match layout.form {
        Form::Wide if layout.verdict - layout.before.x > 165.0 => {
            (t!("fc1 before + move = after"), layout.before.x)
        }
        Form::Wide => (t!("fc1 + move"), layout.before.x),
        Form::Compact | Form::Stacked => (t!("move"), layout.moves.x),
    };
    let verdict_name = if layout.terse() {
        t!("verdict")
    } else {
        t!("did the row move?")
    };
    let columns = [
        (layout.mask.x, t!("mask"), mask_note, Stage::Mask),
        (
            layout.kept,
            t!("kept"; "head of a narrow column"),
            "",
            Stage::Mask,
        ),
        (layout.grad.x, "∂loss/∂fc1", &*darkest, Stage::Accumulate),
        (layout.fc2.x, "fc2", "", Stage::Accumulate),
        (moves_x, moves, &*longest, Stage::Sgd),
        (layout.verdict, verdict_name, &*optimiser, Stage::Sgd),
    ];
    let shown = match layout.form {
        Form::Wide => &columns[..],
        Form::Compact => &[columns[0], columns[2], columns[4], columns[5]],
        Form::Stacked => &[columns[0], columns[2], columns[3]],
    };
    for (x, name, note, stage) in shown {
        let alpha = if frame.reached(*stage) > 0.0 {
            1.0
        } else {
            0.35
        };
        head(pen, layout, frame, (*x, name, note), alpha);
    }
    column_names(pen, layout, frame);
}

fn head(
    pen: &mut Pen,
    layout: &Layout,
    frame: &Frame,
    (x, name, note): (f64, &str, &str),
    alpha: f64,
) {
    let (p, top) = (frame.palette, layout.lanes.y);
    if layout.form == Form::Compact {
        pen.bold(name, (x, top - 26.0), 11.0, Align::Left, p.ink, alpha);
    } else {
        pen.bold(name, (x, top - 44.0), 12.5, Align::Left, p.ink, alpha);
        pen.text(note, (x, top - 27.0), 10.5, Align::Left, p.quiet, alpha);
    }
}

/// The samples and inputs, by number.
fn column_names(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let y = layout.lanes.y - 9.0;
    cells::names(pen, &layout.mask, y, 16.0, frame, |k| (k + 1).to_string());
    let wide = if layout.grad.count > 9 { 22.0 } else { 18.0 };
    cells::names(pen, &layout.grad, y, wide, frame, |k| format!("x{}", k + 1));
    cells::names(pen, &layout.bias_grad, y, 1.0, frame, |_| "b".to_owned());
    cells::names(pen, &layout.fc2, y, 1.0, frame, |_| "w".to_owned());
}
