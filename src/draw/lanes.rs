//! The signature picture: the network and its unit lanes, one still of a step.

use plotters::backend::DrawingBackend;

use super::cells::{self, Scales};
use super::frame::part;
use super::pen::Align;
use super::{Frame, Layout, Pen, Rect, legend, network};
use crate::model::Stage;
use crate::nn::Mode;

/// Draws one still, `scale` backend pixels to a CSS pixel.
///
/// # Errors
/// What the backend said when it could not draw.
pub fn draw<DB: DrawingBackend>(
    backend: &mut DB,
    layout: &Layout,
    frame: &Frame,
    scale: f64,
) -> Result<(), String> {
    let mut pen = Pen::new(backend, scale, layout.type_scale);
    let all = Rect {
        x: 0.0,
        y: 0.0,
        w: layout.width,
        h: layout.height,
    };
    pen.fill(all, frame.palette.paper, 1.0);
    let scales = Scales::of(frame);
    bands(&mut pen, layout, frame);
    sample_column(&mut pen, layout, frame);
    heads(&mut pen, layout, frame, &scales);
    for unit in 0..frame.trace.hidden_features() {
        lane(&mut pen, layout, frame, &scales, unit);
    }
    cells::outputs(&mut pen, layout, frame);
    network::draw(&mut pen, layout, frame);
    cells::focus_ring(&mut pen, layout, frame);
    legend::draw(&mut pen, layout, frame);
    pen.finish()
}

/// Behind the lanes: a wash for the unit looked at, hatching for those without gradient.
fn bands<DB: DrawingBackend>(pen: &mut Pen<DB>, layout: &Layout, frame: &Frame) {
    let shown = part(frame.reached(Stage::Accumulate), 0.9, 1.0);
    for (unit, lane) in frame.trace.lanes.iter().enumerate() {
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

/// The column of the sample looked at.
fn sample_column<DB: DrawingBackend>(pen: &mut Pen<DB>, layout: &Layout, frame: &Frame) {
    let sample = frame.shown_sample();
    let x = layout.mask.x + layout.mask.pitch * super::layout::at(sample);
    let top = layout.lanes.y - 18.0 * layout.type_scale;
    let height = layout.legend - top;
    let r = Rect {
        x,
        y: top,
        w: layout.mask.pitch,
        h: height,
    };
    pen.outline(r, frame.palette.accent, 2.0, 1.0);
}

fn lane<DB: DrawingBackend>(
    pen: &mut Pen<DB>,
    layout: &Layout,
    frame: &Frame,
    scales: &Scales,
    unit: usize,
) {
    let size = (layout.pitch * 0.6).min(12.0);
    let at = (layout.label, layout.lane_middle(unit));
    pen.text(
        &format!("h{}", unit + 1),
        at,
        size,
        Align::Right,
        frame.palette.ink,
        1.0,
    );
    cells::mask(pen, layout, frame, unit);
    cells::kept(pen, layout, frame, unit);
    cells::gradients(pen, layout, frame, scales, unit);
    cells::parameters(pen, layout, frame, scales, unit);
    cells::verdict(pen, layout, frame, unit);
}

/// What the columns are, and how dark their darkest is.
fn heads<DB: DrawingBackend>(pen: &mut Pen<DB>, layout: &Layout, frame: &Frame, scales: &Scales) {
    let (ts, p, trace) = (layout.type_scale, frame.palette, frame.trace);
    let (title, note) = (layout.lanes.y - 44.0 * ts, layout.lanes.y - 27.0 * ts);
    let names_y = layout.lanes.y - 9.0 * ts;
    let mut head = |x: f64, name: &str, below: &str| {
        pen.bold(name, (x, title), 12.5, Align::Left, p.ink, 1.0);
        pen.text(below, (x, note), 10.5, Align::Left, p.quiet, 1.0);
    };
    let number = crate::words::number;
    let mask_note = match trace.settings.mode() {
        Mode::Train => "a column a sample",
        Mode::Eval => "eval: all kept",
    };
    head(layout.mask.x, "mask", mask_note);
    let darkest = format!("darkest ±{}", number(scales.fc1_grad));
    head(layout.grad.x, "∂loss/∂fc1", &darkest);
    head(layout.fc2.x, "fc2", "");
    if !layout.stacked {
        head(layout.kept, "kept", "");
        let moves = format!(
            "darkest ±{}, longest bar {}",
            number(scales.fc1),
            number(scales.moved)
        );
        head(layout.before.x, "fc1 before + move = after", &moves);
        let optimiser = format!("SGD, lr {}", crate::words::plain(trace.settings.sgd().lr));
        head(layout.verdict, "did the row move?", &optimiser);
    }
    cells::names(pen, &layout.mask, names_y, 16.0 * ts, frame, |k| {
        (k + 1).to_string()
    });
    cells::names(pen, &layout.grad, names_y, 18.0 * ts, frame, |k| {
        format!("x{}", k + 1)
    });
    cells::names(pen, &layout.bias_grad, names_y, 1.0, frame, |_| {
        "b".to_owned()
    });
    cells::names(pen, &layout.fc2, names_y, 1.0, frame, |_| "w".to_owned());
}
