//! The legend: what the shapes and colours mean.

use super::cells::{self, coin};
use super::pen::Align;
use super::sign::{self, minus};
use super::{Frame, Layout, Palette, Pen, Rect};
use crate::model::Target;

/// Narrowest legend of one row that has room for lines.
const ROOM_FOR_LINES: f64 = 620.0;
/// About the width of a letter of its names.
const LETTER: f64 = 5.8;

/// Draws the legend along the lower edge of the picture.
pub fn draw(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let y = f64::midpoint(layout.legend, layout.height);
    let step = if layout.stacked() { 17.0 } else { 0.0 };
    let mask = Target::Mask { sample: 0, unit: 0 };
    let small = cells::is_small(cells::inside(layout.rect(mask)));
    let x = coins(pen, (2.0, y - step / 2.0), small, frame.palette);
    let at = if layout.stacked() {
        (2.0, y + step * 0.75)
    } else {
        (x + 10.0, y)
    };
    let x = color_scale(pen, at, frame.palette);
    // A small slide has no room for the lines; their marks are those of the scale.
    let x = if layout.stacked() || layout.width >= ROOM_FOR_LINES {
        sign::legend(pen, (x + 8.0, at.1), frame.palette) + 14.0
    } else {
        x + 10.0
    };
    let name = t!("no gradient");
    let name = if x + 32.0 + LETTER * super::pen::letters(name) > layout.width {
        t!("no grad.")
    } else {
        name
    };
    without_gradient(pen, (x, at.1), name, frame.palette);
}

/// The coins by name, as they are in the picture, from `x` on; answers where they end.
pub(super) fn coins(pen: &mut Pen, (mut x, y): (f64, f64), small: bool, palette: &Palette) -> f64 {
    for (kept, active, name) in [
        (true, true, t!("kept")),
        (false, true, t!("dropped")),
        (true, false, t!("ReLU off")),
        (false, false, t!("both")),
    ] {
        let r = Rect::around((x + 8.0, y), 14.0, 14.0);
        let draw = if small { cells::small } else { coin };
        draw(pen, r, kept, active, palette, 1.0);
        let at = (x + 20.0, y);
        pen.text(name, at, 11.0, Align::Left, palette.quiet, 1.0);
        x += 28.0 + LETTER * super::pen::letters(name);
    }
    x
}

/// What a hatched lane means.
pub(super) fn without_gradient(pen: &mut Pen, (x, y): (f64, f64), name: &str, palette: &Palette) {
    let r = Rect {
        x,
        y: y - 8.0,
        w: 26.0,
        h: 16.0,
    };
    pen.fill(r, palette.hatched, 1.0);
    pen.hatch(r, palette.hatching, 1.0);
    let at = (r.x + r.w + 6.0, y);
    pen.text(name, at, 11.0, Align::Left, palette.quiet, 1.0);
}

/// From the largest negative number over zero to the largest positive one; answers where it ends.
pub(super) fn color_scale(pen: &mut Pen, (x, y): (f64, f64), palette: &Palette) -> f64 {
    let (cell, cells) = (9.0, [-1.0_f32, -0.6, -0.3, -0.1, 0.0, 0.1, 0.3, 0.6, 1.0]);
    pen.text("−", (x + 4.0, y), 12.0, Align::Center, palette.quiet, 1.0);
    for (k, value) in cells.into_iter().enumerate() {
        let r = Rect {
            x: x + 12.0 + cell * super::layout::at(k),
            y: y - 6.0,
            w: cell,
            h: 12.0,
        };
        let color = palette.diverging(value, 1.0);
        pen.fill(r, color, 1.0);
        minus(pen, r, value, color, palette, 1.0);
        if value == 0.0 {
            pen.outline(r, palette.faint, 1.0, 1.0);
        }
    }
    let end = x + 12.0 + cell * super::layout::at(cells.len());
    pen.text("+", (end + 8.0, y), 12.0, Align::Center, palette.quiet, 1.0);
    end + 16.0
}
