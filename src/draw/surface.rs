//! The [`Surface`] under a [`Pen`](super::Pen): the few marks that pictures are made of.
//!
//! Every plotters backend is one, at whole pixels. A pen knows them as one type, so pictures are compiled once.

use plotters::backend::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};

/// A point in the surface's own pixels, which may lie between two of them.
pub type Point = (f64, f64);

/// Whether a mark could be made; if not, why not.
pub type Drawn = Result<(), String>;

/// Where text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The point is at its left end.
    Left,
    /// The point is in its middle.
    Center,
    /// The point is at its right end.
    Right,
}

/// How text is written; its middle is at the height of its point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lettering {
    /// Size in pixels of the surface.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Where it stands relative to its point.
    pub align: Align,
}

/// The family of every text on a picture.
pub const FONT: &str = "system-ui, sans-serif";

/// What can be drawn on.
///
/// # Errors
/// Each mark: what the surface said when it could not make it.
#[allow(
    clippy::missing_errors_doc,
    reason = "what can go wrong is the same for every mark, and is said above"
)]
pub trait Surface {
    /// A filled rectangle from its upper left to its lower right corner.
    fn rect(&mut self, from: Point, to: Point, color: RGBAColor) -> Drawn;
    /// A line.
    fn line(&mut self, from: Point, to: Point, color: RGBAColor, width: f64) -> Drawn;
    /// A line through points.
    fn path(&mut self, points: &[Point], color: RGBAColor, width: f64) -> Drawn;
    /// Lines through points, of which none crosses another: the dashes of one.
    fn paths(&mut self, paths: &[Vec<Point>], color: RGBAColor, width: f64) -> Drawn {
        let mut paths = paths.iter();
        paths.try_for_each(|points| self.path(points, color, width))
    }
    /// A filled polygon.
    fn polygon(&mut self, points: &[Point], color: RGBAColor) -> Drawn;
    /// A disc.
    fn disc(&mut self, center: Point, radius: f64, color: RGBAColor) -> Drawn;
    /// A ring.
    fn ring(&mut self, center: Point, radius: f64, color: RGBAColor, width: f64) -> Drawn;
    /// Text.
    fn text(&mut self, text: &str, at: Point, lettering: Lettering, color: RGBAColor) -> Drawn;
    /// Nothing more will be drawn.
    fn finish(&mut self) -> Drawn;
}

/// A point at whole pixels.
#[allow(
    clippy::cast_possible_truncation,
    reason = "pictures are far smaller than i32"
)]
pub(crate) fn whole((x, y): Point) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

/// A width or a radius in whole pixels, one at least.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive and small"
)]
pub(crate) fn length(length: f64) -> u32 {
    length.round().max(1.0) as u32
}

fn style(color: RGBAColor, filled: bool, width: f64) -> ShapeStyle {
    ShapeStyle {
        color,
        filled,
        stroke_width: length(width),
    }
}

fn said<E: std::fmt::Display>(drawn: Result<(), E>) -> Drawn {
    drawn.map_err(|error| error.to_string())
}

impl<DB: DrawingBackend> Surface for DB {
    fn rect(&mut self, from: Point, to: Point, color: RGBAColor) -> Drawn {
        said(self.draw_rect(whole(from), whole(to), &style(color, true, 1.0), true))
    }

    fn line(&mut self, from: Point, to: Point, color: RGBAColor, width: f64) -> Drawn {
        said(self.draw_line(whole(from), whole(to), &style(color, true, width)))
    }

    fn path(&mut self, points: &[Point], color: RGBAColor, width: f64) -> Drawn {
        let points = points.iter().copied().map(whole);
        said(self.draw_path(points, &style(color, false, width)))
    }

    fn polygon(&mut self, points: &[Point], color: RGBAColor) -> Drawn {
        let points = points.iter().copied().map(whole);
        said(self.fill_polygon(points, &style(color, true, 1.0)))
    }

    fn disc(&mut self, center: Point, radius: f64, color: RGBAColor) -> Drawn {
        let style = style(color, true, 1.0);
        said(self.draw_circle(whole(center), length(radius), &style, true))
    }

    fn ring(&mut self, center: Point, radius: f64, color: RGBAColor, width: f64) -> Drawn {
        let style = style(color, false, width);
        said(self.draw_circle(whole(center), length(radius), &style, false))
    }

    fn text(&mut self, text: &str, at: Point, lettering: Lettering, color: RGBAColor) -> Drawn {
        let horizontal = match lettering.align {
            Align::Left => HPos::Left,
            Align::Center => HPos::Center,
            Align::Right => HPos::Right,
        };
        let weight = if lettering.bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let font = FontDesc::new(FontFamily::Name(FONT), lettering.size, weight);
        let style = TextStyle::from(font)
            .color(&color)
            .pos(Pos::new(horizontal, VPos::Center));
        said(self.draw_text(text, &style, whole(at)))
    }

    fn finish(&mut self) -> Drawn {
        said(self.present())
    }
}
