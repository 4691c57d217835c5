//! The [`Pen`]: rectangles, lines, circles and text in CSS pixels, on any [`Surface`] at any pixel ratio.

use plotters::style::{Color, RGBAColor, RGBColor};

use super::Palette;
use super::layout::SMALLEST_TYPE;
pub use super::surface::Align;
use super::surface::{Drawn, Lettering, Point, Surface};

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// A rectangle around a point.
    #[must_use]
    pub fn around((x, y): (f64, f64), w: f64, h: f64) -> Self {
        Self {
            x: x - w / 2.0,
            y: y - h / 2.0,
            w,
            h,
        }
    }

    /// Its middle.
    #[must_use]
    pub fn center(&self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Whether it contains a point.
    #[must_use]
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.x..self.x + self.w).contains(&x) && (self.y..self.y + self.h).contains(&y)
    }

    /// The same, larger by `by` on every side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            w: self.w + 2.0 * by,
            h: self.h + 2.0 * by,
        }
    }
}

/// Draws on a surface. A surface that fails stops the picture, and [`Pen::finish`] says so.
pub struct Pen<'a> {
    surface: &'a mut (dyn Surface + 'a),
    scale: f64,
    outcome: Drawn,
}

impl<'a> Pen<'a> {
    /// A pen on a picture of `size` CSS pixels, all of it paper; its pixel is `scale` of the surface's.
    pub fn on_paper(
        surface: &'a mut (dyn Surface + 'a),
        size: (f64, f64),
        palette: &Palette,
        scale: f64,
    ) -> Self {
        let mut pen = Self {
            surface,
            scale,
            outcome: Ok(()),
        };
        let all = Rect {
            w: size.0,
            h: size.1,
            ..Rect::default()
        };
        pen.fill(all, palette.paper, 1.0);
        pen
    }

    /// Whether everything could be drawn.
    ///
    /// # Errors
    /// What the surface said when it could not.
    pub fn finish(self) -> Drawn {
        let presented = self.surface.finish();
        self.outcome.and(presented)
    }

    fn at(&self, (x, y): Point) -> Point {
        (x * self.scale, y * self.scale)
    }

    fn all(&self, points: &[Point]) -> Vec<Point> {
        points.iter().map(|&point| self.at(point)).collect()
    }

    fn note(&mut self, drawn: Drawn) {
        if self.outcome.is_ok() {
            self.outcome = drawn;
        }
    }

    /// A filled rectangle.
    pub fn fill(&mut self, r: Rect, color: RGBColor, alpha: f64) {
        let (from, to) = (self.at((r.x, r.y)), self.at((r.x + r.w, r.y + r.h)));
        let drawn = self.surface.rect(from, to, color.mix(alpha));
        self.note(drawn);
    }

    /// The outline of a rectangle, drawn inside it.
    pub fn outline(&mut self, r: Rect, color: RGBColor, width: f64, alpha: f64) {
        for side in [
            Rect { h: width, ..r },
            Rect {
                y: r.y + r.h - width,
                h: width,
                ..r
            },
            Rect {
                w: width,
                y: r.y + width,
                h: r.h - 2.0 * width,
                ..r
            },
            Rect {
                x: r.x + r.w - width,
                w: width,
                y: r.y + width,
                h: r.h - 2.0 * width,
            },
        ] {
            self.fill(side, color, alpha);
        }
    }

    /// A dotted outline of a rectangle.
    pub fn dotted(&mut self, r: Rect, color: RGBColor, alpha: f64) {
        const DOT: f64 = 2.0;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few dots"
        )]
        let dots = |length: f64| ((length / (2.0 * DOT)).round() as u32).max(1);
        let (across, down) = (dots(r.w - DOT), dots(r.h - DOT));
        for k in 0..=across {
            let x = r.x + (r.w - DOT) * f64::from(k) / f64::from(across);
            self.fill(
                Rect {
                    x,
                    y: r.y,
                    w: DOT,
                    h: DOT,
                },
                color,
                alpha,
            );
            self.fill(
                Rect {
                    x,
                    y: r.y + r.h - DOT,
                    w: DOT,
                    h: DOT,
                },
                color,
                alpha,
            );
        }
        for k in 1..down {
            let y = r.y + (r.h - DOT) * f64::from(k) / f64::from(down);
            self.fill(
                Rect {
                    x: r.x,
                    y,
                    w: DOT,
                    h: DOT,
                },
                color,
                alpha,
            );
            self.fill(
                Rect {
                    x: r.x + r.w - DOT,
                    y,
                    w: DOT,
                    h: DOT,
                },
                color,
                alpha,
            );
        }
    }

    /// A line.
    pub fn line(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        color: RGBColor,
        width: f64,
        alpha: f64,
    ) {
        let (from, to) = (self.at(from), self.at(to));
        let width = width * self.scale;
        let drawn = self.surface.line(from, to, color.mix(alpha), width);
        self.note(drawn);
    }

    /// A line of dashes of that length, with gaps of 0.7 of it.
    pub fn dashed(
        &mut self,
        (from, to): (Point, Point),
        dash: f64,
        color: RGBColor,
        width: f64,
        alpha: f64,
    ) {
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let along = |part: f64| {
            let share = (part / length).min(1.0);
            (
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share,
            )
        };
        let mut part = 0.0;
        while part < length {
            self.line(along(part), along(part + dash), color, width, alpha);
            part += 1.7 * dash;
        }
    }

    /// A line through points, drawn in one stroke.
    pub fn path(&mut self, points: &[(f64, f64)], color: RGBColor, width: f64, alpha: f64) {
        let (points, width) = (self.all(points), width * self.scale);
        let drawn = self.surface.path(&points, color.mix(alpha), width);
        self.note(drawn);
    }

    /// The dashes of a line, each through points.
    pub fn paths(&mut self, paths: &[Vec<(f64, f64)>], color: RGBColor, width: f64, alpha: f64) {
        let paths: Vec<_> = paths.iter().map(|points| self.all(points)).collect();
        let drawn = self
            .surface
            .paths(&paths, color.mix(alpha), width * self.scale);
        self.note(drawn);
    }

    /// The two diagonals of a rectangle: dropped.
    pub fn cross(&mut self, r: Rect, color: RGBColor, width: f64, alpha: f64) {
        self.line((r.x, r.y), (r.x + r.w, r.y + r.h), color, width, alpha);
        self.line((r.x, r.y + r.h), (r.x + r.w, r.y), color, width, alpha);
    }

    /// Diagonal hatching across a rectangle.
    pub fn hatch(&mut self, r: Rect, color: RGBColor, alpha: f64) {
        const PITCH: f64 = 8.0;
        let mut x = r.x;
        while x + r.h <= r.x + r.w {
            self.line((x, r.y + r.h), (x + r.h, r.y), color, 1.0, alpha);
            x += PITCH;
        }
    }

    /// A disc.
    pub fn disc(&mut self, center: (f64, f64), radius: f64, color: RGBColor, alpha: f64) {
        let (at, radius) = (self.at(center), radius * self.scale);
        let drawn = self.surface.disc(at, radius, color.mix(alpha));
        self.note(drawn);
    }

    /// A ring.
    pub fn ring(
        &mut self,
        center: (f64, f64),
        radius: f64,
        color: RGBColor,
        width: f64,
        alpha: f64,
    ) {
        let (at, radius, width) = (self.at(center), radius * self.scale, width * self.scale);
        let drawn = self.surface.ring(at, radius, color.mix(alpha), width);
        self.note(drawn);
    }

    /// A dotted ring.
    pub fn dotted_ring(&mut self, center: (f64, f64), radius: f64, color: RGBColor, alpha: f64) {
        let dots = (radius * 1.4).round().max(6.0);
        let mut k = 0.0;
        while k < dots {
            let (sin, cos) = libm::sincos(k / dots * std::f64::consts::TAU);
            self.disc(
                (center.0 + radius * cos, center.1 + radius * sin),
                1.0,
                color,
                alpha,
            );
            k += 1.0;
        }
    }

    /// A filled polygon.
    pub fn polygon(&mut self, points: &[(f64, f64)], color: RGBColor, alpha: f64) {
        let drawn = self.surface.polygon(&self.all(points), color.mix(alpha));
        self.note(drawn);
    }

    /// Text of `size` CSS pixels, its middle at the height of the point.
    pub fn text(
        &mut self,
        text: &str,
        at: (f64, f64),
        size: f64,
        align: Align,
        color: RGBColor,
        alpha: f64,
    ) {
        let bold = false;
        self.lettered(text, at, Lettering { size, bold, align }, color.mix(alpha));
    }

    /// The same in bold.
    pub fn bold(
        &mut self,
        text: &str,
        at: (f64, f64),
        size: f64,
        align: Align,
        color: RGBColor,
        alpha: f64,
    ) {
        let bold = true;
        self.lettered(text, at, Lettering { size, bold, align }, color.mix(alpha));
    }

    fn lettered(&mut self, text: &str, at: Point, mut lettering: Lettering, color: RGBAColor) {
        if text.is_empty() {
            // A surface would change its font for nothing.
            return;
        }
        lettering.size *= self.scale;
        let drawn = self.surface.text(text, self.at(at), lettering, color);
        self.note(drawn);
    }
}

/// How wide a text is, in letters of middling width: a Chinese character takes two.
pub(super) fn letters(text: &str) -> f64 {
    let widths = text.chars().map(|c| if c < '\u{2e80}' { 1.0 } else { 2.0 });
    widths.sum()
}

/// Size of a bold title that is `usual` where it fits into `width`, and somewhat smaller where it does not.
pub(super) fn fitting(title: &str, width: f64, usual: f64) -> f64 {
    /// Width of a bold letter, as a share of its size: rather more than most have.
    const LETTER: f64 = 0.62;
    let fits = width / (LETTER * letters(title).max(1.0));
    usual.min(fits.max(SMALLEST_TYPE))
}
