//! Lines that differ in more than their colour: solid, dashed, dotted; and the marks at their ends.

use plotters::style::RGBColor;

use crate::draw::{Palette, Pen};

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    Solid,
    Dashed,
    Dotted,
}

impl Stroke {
    /// Draws a line through points.
    pub(super) fn draw(self, pen: &mut Pen, points: &[(f64, f64)], color: RGBColor, width: f64) {
        let (on, off) = match self {
            Self::Solid => return pen.path(points, color, width, 1.0),
            Self::Dashed => (8.0, 5.0),
            Self::Dotted => (2.0, 4.0),
        };
        pen.paths(&dashes(points, on, off), color, width, 1.0);
    }
}

/// The parts of a line that are drawn: `on` pixels along it, then none for `off`.
fn dashes(points: &[(f64, f64)], on: f64, off: f64) -> Vec<Vec<(f64, f64)>> {
    let Some(first) = points.first() else {
        return Vec::new();
    };
    let (mut done, mut dash, mut drawn, mut left) = (Vec::new(), vec![*first], true, on);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut length = (to.0 - from.0).hypot(to.1 - from.1);
        while length > left {
            let share = left / length;
            let at = |a: f64, b: f64| a + (b - a) * share;
            from = (at(from.0, to.0), at(from.1, to.1));
            length -= left;
            dash.push(from);
            if drawn {
                done.push(std::mem::take(&mut dash));
            }
            dash = vec![from];
            drawn = !drawn;
            left = if drawn { on } else { off };
        }
        left -= length;
        dash.push(to);
    }
    if drawn && dash.len() > 1 {
        done.push(dash);
    }
    done
}

/// The two networks of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Without,
    With,
}

impl Side {
    pub(super) const BOTH: [Self; 2] = [Self::Without, Self::With];

    pub(super) fn color(self, palette: &Palette) -> RGBColor {
        match self {
            Self::Without => palette.ink,
            Self::With => palette.positive,
        }
    }

    /// Its mark: a ring without dropout, a disc with it.
    pub(super) fn mark(self, pen: &mut Pen, at: (f64, f64), radius: f64, palette: &Palette) {
        let color = self.color(palette);
        pen.disc(at, radius, palette.paper, 1.0);
        match self {
            Self::Without => pen.ring(at, radius, color, 1.6, 1.0),
            Self::With => pen.disc(at, radius, color, 1.0),
        }
    }
}
