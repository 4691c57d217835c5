//! What two networks make of the plane of two inputs: the probability of a class, where it is a half, and the samples.

use plotters::style::RGBColor;

use super::layout::inside;
use super::stroke::Side;
use super::{Frame, Layout, around, compact_title};
use crate::draw::chart::{Plot, Words};
use crate::draw::layout::at;
use crate::draw::pen::Align;
use crate::draw::{Palette, Pen, Rect};
use crate::model::exhibits::training::{RunTrace, Surface};
use crate::words::training as say;

/// Steps of the colour scale, from 0 to 1.
const LEVELS: u8 = 20;
/// How much of a colour shows the plane, under the samples.
const WASH: f64 = 0.75;

pub(super) fn draw(
    pen: &mut Pen,
    layout: &Layout,
    frame: &Frame,
    trace: &RunTrace,
    surface: &Surface,
) {
    let palette = frame.palette;
    let names = say::sides(&trace.settings);
    for ((side, name), plot) in Side::BOTH.into_iter().zip(&names).zip(&layout.side) {
        let k = side as usize;
        let words = Words {
            note: say::found(surface, k),
            x_name: t!("x₁ (upright: x₂)").to_owned(),
            ..Words::default()
        };
        around(pen, layout, plot, palette, words);
        title(pen, layout, plot, palette, name);
        if trace.diverged[k].is_some() {
            let center = plot.area.center();
            pen.text(
                t!("diverged"),
                center,
                13.0,
                Align::Center,
                palette.warning,
                1.0,
            );
            continue;
        }
        plane(pen, plot, palette, surface, &surface.logits[k]);
        for [from, to] in halves(surface, &surface.logits[k]) {
            let point = |(x, y): (f64, f64)| inside(plot, x, y);
            pen.line(point(from), point(to), palette.ink, 2.0, 1.0);
        }
        for place in &surface.wrong[k] {
            missed(pen, inside(plot, place[0].into(), place[1].into()), palette);
        }
        for &(place, class) in &surface.train {
            sample(
                pen,
                inside(plot, place[0].into(), place[1].into()),
                class,
                palette,
            );
        }
    }
    key(pen, layout, palette);
}

fn title(pen: &mut Pen, layout: &Layout, plot: &Plot, palette: &Palette, name: &str) {
    let (at, size) = if layout.compact {
        compact_title(name, layout, plot)
    } else {
        let above = crate::draw::chart::ABOVE - 6.0;
        let left = plot.area.x - crate::draw::chart::LEFT;
        ((left, plot.area.y - above + 10.0), 12.5)
    };
    pen.bold(name, at, size, Align::Left, palette.ink, 1.0);
}

/// The step of the colour scale for a logit: of the probability of class 1, in twentieths.
fn level(logit: f32) -> u8 {
    let share = 1.0 / (1.0 + (-logit).exp()) * f32::from(LEVELS);
    (0..LEVELS)
        .rfind(|step| share >= f32::from(*step) + 0.5)
        .map_or(0, |step| step + 1)
}

/// The colour of a step: the classes' own at the ends.
fn color(palette: &Palette, level: u8) -> RGBColor {
    let half = f32::from(LEVELS) / 2.0;
    palette.diverging(f32::from(level) - half, half)
}

/// The colours of the grid, neighbours of one colour in one stroke.
fn plane(pen: &mut Pen, plot: &Plot, palette: &Palette, surface: &Surface, logits: &[f32]) {
    let columns = surface.x.len();
    let edge = |k: usize, cells: usize, from: f64, to: f64| from + (to - from) * at(k) / at(cells);
    let (x, y) = (&plot.x, &plot.y);
    for (row, logits) in logits.chunks_exact(columns).enumerate() {
        let rows = surface.y.len();
        let [low, high] = [row, row + 1].map(|k| edge(k, rows, y.start, y.end));
        let mut column = 0;
        for same in logits.chunk_by(|a, b| level(*a) == level(*b)) {
            let [left, right] =
                [column, column + same.len()].map(|k| edge(k, columns, x.start, x.end));
            column += same.len();
            let r = Rect {
                x: left,
                y: high,
                w: right - left,
                h: low - high,
            };
            pen.fill(r, color(palette, level(same[0])), WASH);
        }
    }
}

type Point = (f64, f64);

/// Where the probability is a half: pieces of the line along which the logit is 0, between the points of the grid.
///
/// # Source
/// Lorensen and Cline, *Marching Cubes*, 1987, in two dimensions.
fn halves(surface: &Surface, logits: &[f32]) -> Vec<[Point; 2]> {
    let columns = surface.x.len();
    let logit = |(i, j): (usize, usize)| f64::from(logits[j * columns + i]);
    let place = |(i, j): (usize, usize)| (f64::from(surface.x[i]), f64::from(surface.y[j]));
    let crossing = |a: (usize, usize), b: (usize, usize)| {
        let (from, to) = (logit(a), logit(b));
        let share = from / (from - to);
        let (p, q) = (place(a), place(b));
        let between = (p.0 + (q.0 - p.0) * share, p.1 + (q.1 - p.1) * share);
        ((from > 0.0) != (to > 0.0)).then_some(between)
    };
    let mut pieces = Vec::new();
    for j in 1..surface.y.len() {
        for i in 1..columns {
            let corners = [(i - 1, j - 1), (i, j - 1), (i, j), (i - 1, j)];
            let sides = (0..4).filter_map(|k| crossing(corners[k], corners[(k + 1) % 4]));
            let crossings: Vec<Point> = sides.collect();
            pieces.extend(crossings.chunks_exact(2).map(|two| [two[0], two[1]]));
        }
    }
    pieces
}

/// A training sample: a circle of class 0, a square of class 1.
fn sample(pen: &mut Pen, at: Point, class: bool, palette: &Palette) {
    if class {
        let r = Rect::around(at, 7.0, 7.0);
        pen.fill(r, palette.positive, 1.0);
        pen.outline(r.grown(0.7), palette.paper, 1.4, 1.0);
    } else {
        pen.disc(at, 4.0, palette.negative, 1.0);
        pen.ring(at, 4.6, palette.paper, 1.4, 1.0);
    }
}

/// A test sample whose class is not found.
fn missed(pen: &mut Pen, at: Point, palette: &Palette) {
    pen.cross(Rect::around(at, 6.0, 6.0), palette.paper, 3.2, 0.8);
    pen.cross(Rect::around(at, 6.0, 6.0), palette.ink, 1.4, 1.0);
}

/// What colours and marks mean.
fn key(pen: &mut Pen, layout: &Layout, palette: &Palette) {
    const SIZE: f64 = 10.5;
    let room = layout.key;
    let width = |text: &str| 5.7 * crate::draw::pen::letters(text);
    let (mut x, mut y) = (room.x, room.y + 9.0);
    let text = |pen: &mut Pen, here: (f64, f64), text: &str| {
        pen.text(text, here, SIZE, Align::Left, palette.ink, 1.0);
        width(text)
    };
    x += text(pen, (x, y), t!("P(class 1) 0")) + 5.0;
    for level in 0..=LEVELS {
        let r = Rect {
            x: x + 3.0 * f64::from(level),
            y: y - 5.0,
            w: 3.0,
            h: 10.0,
        };
        pen.fill(r, color(palette, level), WASH);
    }
    let half = x + 1.5 * f64::from(LEVELS + 1);
    pen.line((half, y - 7.0), (half, y + 7.0), palette.ink, 2.0, 1.0);
    x += 3.0 * f64::from(LEVELS + 1) + 5.0;
    x += text(pen, (x, y), "1") + 12.0;
    let marks = [t!("class 0"), t!("class 1"), t!("test, not found")];
    for (kind, name) in marks.into_iter().enumerate() {
        let needed = 14.0 + width(name);
        if x + needed > room.x + room.w {
            (x, y) = (room.x, y + 15.0);
        }
        let middle = (x + 5.0, y);
        match kind {
            0 => sample(pen, middle, false, palette),
            1 => sample(pen, middle, true, palette),
            _ => missed(pen, middle, palette),
        }
        text(pen, (x + 14.0, y), name);
        x += needed + 12.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_are_those_of_the_probability_in_twentieths() {
        assert_eq!(
            [f32::NEG_INFINITY, 0.0, f32::INFINITY].map(level),
            [0, 10, 20]
        );
        // A quarter: the logit is -log 3.
        assert_eq!(level(-(3.0_f32.ln())), 5);
        let palette = Palette::BRIGHT;
        let ends = [0, 10, 20].map(|level| color(&palette, level));
        assert_eq!(ends, [palette.negative, palette.zero, palette.positive]);
    }

    #[test]
    fn the_line_of_a_half_lies_where_the_logit_is_0() {
        let surface = Surface {
            x: vec![0.0, 1.0, 2.0],
            y: vec![0.0, 1.0],
            logits: [Vec::new(), Vec::new()],
            train: Vec::new(),
            wrong: [Vec::new(), Vec::new()],
            tested: 0,
        };
        // The logit is x - 0.25.
        let logits = [-0.25, 0.75, 1.75, -0.25, 0.75, 1.75];
        assert_eq!(halves(&surface, &logits), [[(0.25, 0.0), (0.25, 1.0)]]);
        assert!(halves(&surface, &[1.0; 6]).is_empty());
        assert!(halves(&surface, &[f32::NAN; 6]).is_empty());
    }
}
