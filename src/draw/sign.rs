//! The second mark of a sign, for whoever does not tell the colours apart: a number below 0 has a bar in its cell, a line
//! that carries one is dashed.

use plotters::style::RGBColor;

use super::numbers::readable;
use super::pen::Align;
use super::{Palette, Pen, Rect};

/// Smallest cell in which the bar can be seen.
const LEAST: (f64, f64) = (2.0, 4.0);
/// How thick the bar is.
pub const THICK: f64 = 1.5;
/// A cell with room for a bar that is not as wide as it.
const ROOMY: f64 = 7.0;

/// A dash.
const DASH: f64 = 6.0;
/// Most lines that have dashes of that length; of more, each that is dashed has a gap in its middle.
const MANY: usize = 400;

/// The bar in a cell `r` of colour `fill`, if `value` is below 0.
pub fn minus(pen: &mut Pen, r: Rect, value: f32, fill: RGBColor, palette: &Palette, alpha: f64) {
    if value >= 0.0 || value.is_nan() || r.w < LEAST.0 || r.h < LEAST.1 {
        return;
    }
    let wide = if r.w < ROOMY {
        r.w
    } else {
        (0.5 * r.w).min(9.0)
    };
    let bar = Rect::around(r.center(), wide, THICK);
    pen.fill(bar, readable(palette, fill), alpha);
}

/// How lines look that carry `value`, of which there are `lines`: how long their dashes are, if they have any.
#[must_use]
pub fn dash(value: f32, (from, to): (Point, Point), lines: usize) -> Option<f64> {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let dash = if lines > MANY { length / 2.7 } else { DASH };
    (value < 0.0 && length > 0.0).then_some(dash)
}

type Point = (f64, f64);

/// What the lines mean, from `x` on; answers where they end.
pub fn legend(pen: &mut Pen, (x, y): Point, palette: &Palette) -> f64 {
    const LONG: f64 = 17.0;
    let (from, to) = ((x, y), (x + LONG, y));
    pen.dashed((from, to), DASH, palette.negative, 2.0, 1.0);
    let sign = |pen: &mut Pen, x: f64, sign: &str| {
        pen.text(sign, (x, y), 12.0, Align::Center, palette.quiet, 1.0);
    };
    sign(pen, to.0 + 8.0, "−");
    let (from, to) = ((to.0 + 20.0, y), (to.0 + 20.0 + LONG, y));
    pen.line(from, to, palette.positive, 2.0, 1.0);
    sign(pen, to.0 + 8.0, "+");
    to.0 + 16.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of WCAG.
    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let light = |RGBColor(r, g, b): RGBColor| {
            let linear = |byte: u8| {
                let share = f64::from(byte) / 255.0;
                if share <= 0.040_45 {
                    share / 12.92
                } else {
                    ((share + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
        };
        let (a, b) = (light(a) + 0.05, light(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn the_bar_stands_out_from_every_negative_colour_in_every_theme() {
        for palette in [Palette::BRIGHT, Palette::DARK, Palette::PROJECTOR] {
            for step in 1..=1000_u16 {
                let fill = palette.diverging(f32::from(step) / -1000.0, 1.0);
                let contrast = contrast(readable(&palette, fill), fill);
                assert!(contrast >= 3.0, "{fill:?}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn only_what_is_below_0_is_dashed() {
        let line = ((0.0, 0.0), (100.0, 0.0));
        assert_eq!(dash(1.0, line, 10), None);
        assert_eq!(dash(0.0, line, 10), None);
        assert_eq!(dash(f32::NAN, line, 10), None);
        assert_eq!(dash(-1.0, line, 10), Some(DASH));
        // Two strokes, where there are thousands of lines.
        let long = dash(-1.0, line, 5000).unwrap_or_default();
        assert!(1.7 * long < 100.0 && 3.4 * long >= 100.0);
    }
}
