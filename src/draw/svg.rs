//! [`Svg`]: a [`Surface`] that writes an SVG document, for a picture that leaves the page.
//!
//! DIFFERENCE: plotters' own SVG backend knows whole pixels only, writes type at 1/1.24 of its size and shifts
//! it by `dy` in `ex`, which not every program knows; here a picture has the sizes of the screen, its numbers
//! two decimals, and text stands where it stands by its coordinates alone. Title and description are for those
//! who do not see it.

use std::fmt::Write;

use plotters::style::RGBAColor;

use super::surface::{Align, Drawn, Lettering, Point, Surface};

/// The family of every text: whatever the reader's program has first.
const FAMILIES: &str =
    "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif";

/// How far below the middle of a line of type its baseline runs, as a share of its size.
const BASELINE: f64 = 0.345;

/// What a line or a ring is filled with.
const HOLLOW: &str = " fill=\"none\"";

/// Marks as they are written.
#[derive(Clone, Debug, Default)]
pub struct Svg {
    marks: String,
}

impl Svg {
    /// The document: `size` pixels, what it is called, and what is to be seen on it.
    #[must_use]
    pub fn document(&self, size: (f64, f64), title: &str, description: &str) -> String {
        let (width, height) = (Short(size.0), Short(size.1));
        let (title, description) = (Escaped(title), Escaped(description));
        let marks = &self.marks;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"{FAMILIES}\" role=\"img\" aria-labelledby=\"title description\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n{marks}</svg>\n"
        )
    }

    fn write(&mut self, mark: std::fmt::Arguments) -> Drawn {
        self.marks
            .write_fmt(mark)
            .map_err(|error| error.to_string())
    }
}

impl Surface for Svg {
    fn rect(&mut self, from: Point, to: Point, color: RGBAColor) -> Drawn {
        // Whichever corners they are: SVG has no negative lengths, a canvas has.
        let (x, y) = (Short(from.0.min(to.0)), Short(from.1.min(to.1)));
        let (width, height) = (Short((to.0 - from.0).abs()), Short((to.1 - from.1).abs()));
        let fill = Paint("fill", color);
        self.write(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{fill}/>\n"
        ))
    }

    fn line(&mut self, from: Point, to: Point, color: RGBAColor, width: f64) -> Drawn {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(Short);
        let (stroke, width) = (Paint("stroke", color), Short(width));
        self.write(format_args!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"{stroke} stroke-width=\"{width}\"/>\n"
        ))
    }

    fn path(&mut self, points: &[Point], color: RGBAColor, width: f64) -> Drawn {
        let (points, width) = (Points(points), Short(width));
        let stroke = Paint("stroke", color);
        self.write(format_args!(
            "<polyline points=\"{points}\"{HOLLOW}{stroke} stroke-width=\"{width}\"/>\n"
        ))
    }

    fn polygon(&mut self, points: &[Point], color: RGBAColor) -> Drawn {
        let (points, fill) = (Points(points), Paint("fill", color));
        self.write(format_args!("<polygon points=\"{points}\"{fill}/>\n"))
    }

    fn disc(&mut self, center: Point, radius: f64, color: RGBAColor) -> Drawn {
        let [cx, cy, r] = [center.0, center.1, radius].map(Short);
        let fill = Paint("fill", color);
        self.write(format_args!(
            "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\"{fill}/>\n"
        ))
    }

    fn ring(&mut self, center: Point, radius: f64, color: RGBAColor, width: f64) -> Drawn {
        let [cx, cy, r, width] = [center.0, center.1, radius, width].map(Short);
        let stroke = Paint("stroke", color);
        self.write(format_args!(
            "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\"{HOLLOW}{stroke} stroke-width=\"{width}\"/>\n"
        ))
    }

    fn text(&mut self, text: &str, at: Point, lettering: Lettering, color: RGBAColor) -> Drawn {
        let (x, y) = (Short(at.0), Short(at.1 + BASELINE * lettering.size));
        let (size, fill, text) = (Short(lettering.size), Paint("fill", color), Escaped(text));
        let anchor = match lettering.align {
            Align::Left => "",
            Align::Center => " text-anchor=\"middle\"",
            Align::Right => " text-anchor=\"end\"",
        };
        let weight = if lettering.bold {
            " font-weight=\"bold\""
        } else {
            ""
        };
        self.write(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{anchor}{weight}{fill}>{text}</text>\n"
        ))
    }

    fn finish(&mut self) -> Drawn {
        Ok(())
    }
}

/// A number with at most two decimals.
struct Short(f64);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What is not a number would make the whole document unreadable.
        let hundredths = if self.0.is_finite() {
            (self.0 * 100.0).round()
        } else {
            0.0
        };
        // Without the sign of a zero.
        write!(f, "{}", hundredths / 100.0 + 0.0)
    }
}

/// Points of a line or a polygon.
struct Points<'a>(&'a [Point]);

impl std::fmt::Display for Points<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (k, (x, y)) in self.0.iter().enumerate() {
            let gap = if k == 0 { "" } else { " " };
            write!(f, "{gap}{},{}", Short(*x), Short(*y))?;
        }
        Ok(())
    }
}

/// A colour as an attribute, with its opacity where it has one.
struct Paint(&'static str, RGBAColor);

impl std::fmt::Display for Paint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(name, RGBAColor(r, g, b, alpha)) = self;
        write!(f, " {name}=\"#{r:02x}{g:02x}{b:02x}\"")?;
        if *alpha < 1.0 {
            write!(f, " {name}-opacity=\"{}\"", Short(*alpha))?;
        }
        Ok(())
    }
}

/// Text as XML has it; what XML cannot hold is left out.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' | '\t' => f.write_char(' ')?,
                '\u{FFFE}' | '\u{FFFF}' => {}
                c if c.is_control() => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
