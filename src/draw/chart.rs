//! Parts that the charts share: axes with round ticks, bars with what was to be expected, and a mean
//! that settles within its band.

use plotters::style::RGBColor;

use super::pen::{Align, fitting};
use super::{Palette, Pen, Rect};
use crate::lang;
use crate::words;

/// Room to the left of a plot, for the numbers of its upright axis.
pub const LEFT: f64 = 48.0;
/// Room above a plot, for its title and note.
pub const ABOVE: f64 = 44.0;
/// Room above a plot on a slide, for its title alone.
const TITLE: f64 = 22.0;
/// Room below it, for the numbers of its level axis and its name.
pub const BELOW: f64 = 40.0;
/// Room to its right, into which the last number of its level axis may reach.
const RIGHT: f64 = 26.0;
/// Size of the numbers at the axes.
const SMALL: f64 = 10.5;

/// Numbers along a line of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The number at its start.
    pub from: f64,
    /// The number at its end.
    pub to: f64,
    /// Where it starts, in CSS pixels.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Whether equal steps are equal factors.
    pub logarithmic: bool,
}

impl Axis {
    /// Where a number stands.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let scale = |x: f64| {
            if self.logarithmic {
                x.max(1e-300).log10()
            } else {
                x
            }
        };
        let (from, to) = (scale(self.from), scale(self.to));
        let share = if to == from {
            0.5
        } else {
            (scale(value) - from) / (to - from)
        };
        self.start + (self.end - self.start) * share
    }

    /// Round numbers on it: about `wanted` of them, or powers of ten, with 2 and 5 times them where
    /// these are few.
    #[must_use]
    pub fn ticks(&self, wanted: f64) -> Vec<f64> {
        if self.logarithmic {
            let powers = self.multiples(&[1.0]);
            return if powers.len() < 3 {
                self.multiples(&[1.0, 2.0, 5.0])
            } else {
                powers
            };
        }
        let step = round_step((self.to - self.from) / wanted);
        let mut ticks = Vec::new();
        let mut tick = (self.from / step).ceil() * step;
        while tick <= self.to * (1.0 + 1e-12) + step * 1e-9 && ticks.len() < 100 {
            // A zero that came of a sum is not quite 0.
            let clean = if tick.abs() < step * 1e-9 { 0.0 } else { tick };
            ticks.push(clean);
            tick += step;
        }
        ticks
    }

    /// These times the powers of ten, as far as they lie on it.
    fn multiples(&self, factors: &[f64]) -> Vec<f64> {
        let on = |tick: &f64| (self.from * (1.0 - 1e-9)..=self.to * (1.0 + 1e-9)).contains(tick);
        let powers = (-12_i32..=12).map(|power| {
            let size = 10_f64.powi(power.abs());
            if power < 0 { 1.0 / size } else { size }
        });
        let ticks = powers.flat_map(|power| factors.iter().map(move |factor| factor * power));
        ticks.filter(on).collect()
    }
}

/// 1, 2 or 5 times a power of ten, at least `least`.
#[must_use]
pub fn round_step(least: f64) -> f64 {
    if !(least > 0.0 && least.is_finite()) {
        return 1.0;
    }
    let power = 10_f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    steps
        .into_iter()
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(steps[3])
}

/// A number at an axis: thousands apart, no decimal that is not needed.
#[must_use]
pub fn tick(value: f64) -> String {
    if value.abs() < 1000.0 {
        return words::short(value);
    }
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(lang::comma());
        }
        text.push(digit);
    }
    if value < 0.0 {
        format!("−{text}")
    } else {
        text
    }
}

/// A plot: its rectangle, its axes, and what is written around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    /// Where its marks lie.
    pub area: Rect,
    /// The level axis.
    pub x: Axis,
    /// The upright axis.
    pub y: Axis,
    /// Room above it; where there is none for a note, it has none.
    pub above: f64,
}

impl Plot {
    /// A plot inside `room`, around which there is room for its words.
    #[must_use]
    pub fn inside(room: Rect, x: (f64, f64), y: (f64, f64), logarithmic: bool) -> Self {
        Self::below_words(room, ABOVE, (x, y), logarithmic)
    }

    /// The same, without a note where it is for a slide.
    #[must_use]
    pub fn on(slide: bool, room: Rect, x: (f64, f64), y: (f64, f64), logarithmic: bool) -> Self {
        let above = if slide { TITLE } else { ABOVE };
        Self::below_words(room, above, (x, y), logarithmic)
    }

    fn below_words(
        room: Rect,
        above: f64,
        (x, y): ((f64, f64), (f64, f64)),
        logarithmic: bool,
    ) -> Self {
        let area = Rect {
            x: room.x + LEFT,
            y: room.y + above,
            w: room.w - LEFT - RIGHT,
            h: (room.h - above - BELOW).max(1.0),
        };
        Self {
            area,
            x: Axis {
                from: x.0,
                to: x.1,
                start: area.x,
                end: area.x + area.w,
                logarithmic,
            },
            y: Axis {
                from: y.0,
                to: y.1,
                start: area.y + area.h,
                end: area.y,
                logarithmic: false,
            },
            above,
        }
    }

    /// A point of the picture.
    #[must_use]
    pub fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.at(x), self.y.at(y))
    }

    /// The one of `points` that is nearest along the level axis to a point in the plot or at its edge.
    #[must_use]
    pub fn nearest(&self, points: &[(f64, f64)], x: f64, y: f64) -> Option<usize> {
        const EDGE: f64 = 6.0;
        let distance = |k: &usize| (points[*k].0 - x).abs();
        let nearest = (0..points.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.filter(|_| self.area.grown(EDGE).contains(x, y))
    }

    /// The upright of a bar from `left` to `right`, `height` high, with air on both sides where there is room.
    #[must_use]
    pub fn bar(&self, left: f64, right: f64, height: f64) -> Rect {
        let (left, right, top) = (self.x.at(left), self.x.at(right), self.y.at(height));
        let width = right - left;
        let air = if width >= 8.0 {
            width * 0.12
        } else {
            width.min(2.0) * 0.15
        };
        Rect {
            x: left + air,
            y: top,
            w: (width - 2.0 * air).max(1.0),
            h: self.area.y + self.area.h - top,
        }
    }

    /// The upright strip of the plot from `left` to `right`.
    #[must_use]
    pub fn strip(&self, left: f64, right: f64) -> Rect {
        let (left, right) = (self.x.at(left), self.x.at(right));
        Rect {
            x: left,
            w: right - left,
            ..self.area
        }
    }

    /// Title and note above, the name of the level axis below, ticks and faint lines.
    pub fn frame(
        &self,
        pen: &mut Pen,
        palette: &Palette,
        words: &Words,
        y_tick: impl Fn(f64) -> String,
    ) {
        self.frame_without_ticks(pen, palette, words, y_tick);
        let floor = self.area.y + self.area.h;
        for value in self.x.ticks((self.area.w / 62.0).max(2.0)) {
            let x = self.x.at(value);
            pen.line((x, floor), (x, floor + 4.0), palette.quiet, 1.0, 1.0);
            self.below(pen, palette, x, &tick(value));
        }
    }

    /// The same, with nothing yet at the level axis but its name.
    pub fn frame_without_ticks(
        &self,
        pen: &mut Pen,
        palette: &Palette,
        words: &Words,
        y_tick: impl Fn(f64) -> String,
    ) {
        let (left, right) = (self.area.x, self.area.x + self.area.w);
        let title = (left - LEFT, self.area.y - self.above + 10.0);
        let size = fitting(words.title, self.area.w + LEFT + RIGHT, 12.5);
        pen.bold(words.title, title, size, Align::Left, palette.ink, 1.0);
        if self.above >= ABOVE {
            let note = (title.0, title.1 + 16.0);
            pen.text(&words.note, note, SMALL, Align::Left, palette.quiet, 1.0);
        }
        for value in self.y.ticks((self.area.h / 42.0).max(2.0)) {
            let y = self.y.at(value);
            pen.line((left, y), (right, y), palette.faint, 1.0, 0.6);
            pen.text(
                &y_tick(value),
                (left - 7.0, y),
                SMALL,
                Align::Right,
                palette.quiet,
                1.0,
            );
        }
        let floor = self.area.y + self.area.h;
        pen.line((left, floor), (right, floor), palette.quiet, 1.0, 1.0);
        let name = (f64::midpoint(left, right), floor + 30.0);
        pen.text(
            &words.x_name,
            name,
            SMALL,
            Align::Center,
            palette.quiet,
            1.0,
        );
    }

    /// What stands at the level axis, at `x` CSS pixels.
    pub fn below(&self, pen: &mut Pen, palette: &Palette, x: f64, text: &str) {
        let at = (x, self.area.y + self.area.h + 13.0);
        pen.text(text, at, SMALL, Align::Center, palette.quiet, 1.0);
    }

    /// The mean as draws are added, over the band of two standard deviations around what it comes to.
    pub fn settling(
        &self,
        pen: &mut Pen,
        palette: &Palette,
        means: &[(u32, f64)],
        expected: f64,
        sd_of_one: f64,
    ) {
        let band = |sign: f64| {
            let edge = move |(draws, _): &(u32, f64)| {
                let draws = f64::from(*draws);
                (draws, expected + sign * 2.0 * sd_of_one / draws.sqrt())
            };
            means
                .iter()
                .map(edge)
                .map(|(x, y)| self.at(x, self.clamped(y)))
        };
        let outline: Vec<_> = band(1.0).chain(band(-1.0).rev()).collect();
        if outline.len() > 2 {
            pen.polygon(&outline, palette.positive, 0.16);
        }
        let (left, right) = (self.area.x, self.area.x + self.area.w);
        let y = self.y.at(expected);
        dashed(pen, (left, y), (right, y), palette.positive, 1.5);
        let point = |&(draws, mean): &(u32, f64)| self.at(f64::from(draws), self.clamped(mean));
        for pair in means.windows(2) {
            pen.line(point(&pair[0]), point(&pair[1]), palette.ink, 1.8, 1.0);
        }
        if let Some(last) = means.last() {
            pen.disc(point(last), 3.5, palette.ink, 1.0);
        }
    }

    /// A number no farther out than the plot.
    fn clamped(&self, y: f64) -> f64 {
        y.clamp(self.y.from, self.y.to)
    }
}

/// What is written around a plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// What it shows.
    pub title: &'static str,
    /// What its marks mean.
    pub note: String,
    /// What its level axis counts.
    pub x_name: String,
}

/// A level or upright line in dashes.
pub fn dashed(pen: &mut Pen, from: (f64, f64), to: (f64, f64), color: RGBColor, width: f64) {
    pen.dashed((from, to), 6.0, color, width, 1.0);
}

/// The top of an axis whose highest mark is `highest`.
#[must_use]
pub fn headroom(highest: f64) -> f64 {
    if highest > 0.0 { highest * 1.12 } else { 1.0 }
}

/// A share at an axis that ends at `most`, in percent.
#[must_use]
pub fn percent_tick(share: f64, most: f64) -> String {
    let percent = 100.0 * share;
    if most < 0.02 {
        t!("{percent:.1} %")
    } else {
        t!("{percent:.0} %")
    }
}

/// A number beside the mark that is looked at, inside the plot and readable over any mark.
pub fn label(pen: &mut Pen, plot: &Plot, palette: &Palette, (x, y): (f64, f64), text: &str) {
    let width = 6.4 * super::pen::letters(text) + 10.0;
    let (left, right) = (plot.area.x, plot.area.x + plot.area.w);
    let x = x.clamp(
        left + width / 2.0,
        (right - width / 2.0).max(left + width / 2.0),
    );
    let y = y.max(plot.area.y + 8.0);
    let tag = Rect::around((x, y), width, 16.0);
    pen.fill(tag, palette.paper, 0.92);
    pen.outline(tag, palette.accent, 1.0, 1.0);
    pen.text(text, (x, y), 11.0, Align::Center, palette.ink, 1.0);
}
