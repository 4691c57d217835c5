//! A tensor through dropout: before, mask and after as linked heatmaps, and another implementation
//! below them.

mod layout;

pub use layout::{Layout, Placed};

use super::cells::coin;
use super::legend::color_scale;
use super::numbers::{Decimals, SIZE, readable};
use super::pen::Align;
use super::sign::minus;
use super::{Palette, Pen, Rect, Surface};
use crate::model::exhibits::{Panel, TensorTarget, TensorTrace};
use crate::nn::Tensor;
use crate::words;

/// Smaller cells are filled to their edges.
const ROOM_FOR_AIR: f64 = 5.0;

/// One still.
#[derive(Clone, Copy, Debug)]
pub struct TensorFrame<'a> {
    /// The pass.
    pub trace: &'a TensorTrace,
    /// The number pointed at or focused; it is marked in every heatmap.
    pub focus: Option<TensorTarget>,
    /// The colours.
    pub palette: &'a Palette,
}

/// Draws one still, `scale` backend pixels to a CSS pixel.
///
/// # Errors
/// What the backend said when it could not draw.
pub fn draw(
    surface: &mut dyn Surface,
    layout: &Layout,
    frame: &TensorFrame,
    scale: f64,
) -> Result<(), String> {
    let size = (layout.width, layout.height);
    let mut pen = Pen::on_paper(surface, size, frame.palette, scale);
    let largest = largest(frame.trace);
    for placed in &layout.panels {
        title(&mut pen, layout, placed, frame);
        let names: Vec<String> = (0..frame.trace.input.shape().len())
            .map(|axis| t!("dim {axis}"))
            .collect();
        placed.slices.axes(&mut pen, &names, frame.palette);
        cells(&mut pen, placed, frame, largest);
    }
    focus(&mut pen, layout, frame);
    legend(&mut pen, layout, frame, largest);
    pen.finish()
}

/// The largest size of a number in any heatmap: one scale for all, so that growth can be seen.
fn largest(trace: &TensorTrace) -> f32 {
    let panels = [
        Panel::Input,
        Panel::Output,
        Panel::OtherOutput,
        Panel::Scaled,
    ];
    let values = panels.into_iter().filter_map(|panel| trace.panel(panel));
    values
        .flat_map(Tensor::data)
        .filter(|value| value.is_finite())
        .fold(0.0, |largest, value| largest.max(value.abs()))
}

fn title(pen: &mut Pen, layout: &Layout, placed: &Placed, frame: &TensorFrame) {
    let (palette, (x, y)) = (frame.palette, placed.title);
    let (name, note) = words::tensor::panel(frame.trace, placed.panel);
    pen.bold(&name, (x, y + 9.0), 12.5, Align::Left, palette.ink, 1.0);
    if layout.noted {
        pen.text(&note, (x, y + 25.0), 10.5, Align::Left, palette.quiet, 1.0);
    }
    let operator = match placed.panel {
        Panel::Mask => "×",
        Panel::Output => "=",
        _ => return,
    };
    if layout.abreast && frame.trace.input.numel() > 0 {
        let first = placed.slices.rect(0);
        let at = (x - 11.0, first.y + first.h / 2.0);
        pen.bold(operator, at, 15.0, Align::Center, palette.quiet, 1.0);
    }
}

fn cells(pen: &mut Pen, placed: &Placed, frame: &TensorFrame, largest: f32) {
    let Some(tensor) = frame.trace.panel(placed.panel) else {
        return;
    };
    let values = tensor.data();
    let (w, h) = placed.slices.cell();
    let decimals = Decimals::fitting(values, w - 2.0).filter(|_| h >= 11.0);
    for (index, &value) in values.iter().enumerate() {
        let cell = placed.slices.rect(index);
        let air = if w.min(h) >= ROOM_FOR_AIR { 1.0 } else { 0.0 };
        let r = cell.grown(-air);
        let keeps = match placed.panel {
            Panel::Mask | Panel::OtherMask => {
                let side = r.w.min(r.h);
                let square = if air > 0.0 {
                    Rect::around(r.center(), side, side)
                } else {
                    r
                };
                coin(pen, square, value != 0.0, true, frame.palette, 1.0);
                continue;
            }
            Panel::Output => frame.trace.chosen.keeps(index),
            Panel::OtherOutput => frame.trace.other.keeps(index),
            Panel::Input | Panel::Scaled => true,
        };
        number(pen, r, (value, keeps), decimals, frame.palette, largest);
    }
}

/// A number of the input or an output; a dropped one is hollow and crossed.
fn number(
    pen: &mut Pen,
    r: Rect,
    (value, kept): (f32, bool),
    decimals: Option<Decimals>,
    palette: &Palette,
    largest: f32,
) {
    let fill = if kept || value.is_nan() {
        palette.diverging(value, largest)
    } else {
        palette.paper
    };
    pen.fill(r, fill, 1.0);
    let room = r.w.min(r.h) >= ROOM_FOR_AIR;
    if !kept && room {
        pen.outline(r, palette.quiet, 1.0, 0.8);
        if decimals.is_none() && !value.is_nan() {
            pen.cross(r.grown(-r.w.min(r.h) * 0.26), palette.quiet, 1.0, 0.8);
        }
    } else if value == 0.0 && room {
        pen.outline(r, palette.faint, 1.0, 1.0);
    }
    if decimals.is_none() && kept {
        minus(pen, r, value, fill, palette, 1.0);
    }
    if let Some(decimals) = decimals {
        let color = if kept || value.is_nan() {
            readable(palette, fill)
        } else {
            palette.quiet
        };
        let text = decimals.text(value);
        if !kept && !value.is_nan() {
            strike(pen, r, palette);
        }
        pen.text(&text, r.center(), SIZE, Align::Center, color, 1.0);
    }
}

/// The corners of a cross whose middle is left to the number.
fn strike(pen: &mut Pen, r: Rect, palette: &Palette) {
    const LONG: f64 = 5.0;
    let (right, low) = (r.x + r.w, r.y + r.h);
    for (corner, dx, dy) in [
        ((r.x, r.y), LONG, LONG),
        ((right, r.y), -LONG, LONG),
        ((r.x, low), LONG, -LONG),
        ((right, low), -LONG, -LONG),
    ] {
        let end = (corner.0 + dx, corner.1 + dy);
        pen.line(corner, end, palette.quiet, 1.0, 0.8);
    }
}

/// The number looked at, and its like in every other heatmap.
fn focus(pen: &mut Pen, layout: &Layout, frame: &TensorFrame) {
    let Some(target) = frame.focus.filter(|t| t.index < frame.trace.input.numel()) else {
        return;
    };
    for placed in &layout.panels {
        let width = if placed.panel == target.panel {
            3.0
        } else {
            2.0
        };
        let r = placed.slices.rect(target.index).grown(1.5);
        pen.outline(r, frame.palette.accent, width, 1.0);
    }
}

fn legend(pen: &mut Pen, layout: &Layout, frame: &TensorFrame, largest: f32) {
    let (palette, y) = (frame.palette, layout.legend + 12.0);
    let mut x = 2.0;
    for (kept, name) in [(true, t!("kept")), (false, t!("dropped"))] {
        let r = Rect::around((x + 8.0, y), 14.0, 14.0);
        coin(pen, r, kept, true, palette, 1.0);
        pen.text(name, (x + 20.0, y), 11.0, Align::Left, palette.quiet, 1.0);
        x += 34.0 + 6.2 * super::pen::letters(name);
    }
    let end = color_scale(pen, (x + 8.0, y), palette);
    let text = t!("strongest ±{}", words::number(largest));
    let at = (end + 8.0, y);
    pen.text(&text, at, 11.0, Align::Left, palette.quiet, 1.0);
}
