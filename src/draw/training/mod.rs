//! Losses as they fall, what was learned, pairs against each other, and losses along p.

mod fit;
mod lanes;
mod layout;
mod race;
mod run;
mod stroke;
mod surface;
mod sweep;

pub use layout::Layout;

use plotters::style::RGBColor;

use super::chart::{self, LEFT, Plot, Words, dashed};
use super::pen::{Align, fitting};
use super::{Palette, Pen, Rect, Surface};
use crate::model::exhibits::training::{Live, Scale, Settings};
use crate::words;
use stroke::Side;

/// What can be looked at. All count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A point of the curves.
    Point(usize),
    /// A pair of the race.
    Pair(usize),
    /// A p of the sweep, by its place.
    Place(usize),
    /// A hidden unit.
    Lane(usize),
}

/// One still.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Training so far.
    pub live: &'a Live,
    /// What is pointed at or focused.
    pub focus: Option<Mark>,
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
    frame: &Frame,
    scale: f64,
) -> Result<(), String> {
    let size = (layout.width, layout.height);
    let mut pen = Pen::on_paper(surface, size, frame.palette, scale);
    match frame.live {
        Live::Run(trace) => run::draw(&mut pen, layout, frame, trace),
        Live::Race(trace) => race::draw(&mut pen, layout, frame, trace),
        Live::Sweep(trace) => sweep::draw(&mut pen, layout, frame, trace),
    }
    pen.finish()
}

/// The frame of a plot: without note and name of the axis where there is no room for them.
fn around(pen: &mut Pen, layout: &Layout, plot: &Plot, palette: &Palette, words: Words) {
    let y_tick = |value: f64| words::plain(round(value));
    if layout.compact {
        plot.frame(pen, palette, &Words::default(), y_tick);
        let (at, size) = compact_title(words.title, layout, plot);
        pen.bold(words.title, at, size, Align::Left, palette.ink, 1.0);
    } else {
        let above = chart::ABOVE - 6.0;
        let title = (plot.area.x - LEFT, plot.area.y - above + 10.0);
        pen.bold(words.title, title, 12.5, Align::Left, palette.ink, 1.0);
        let note = (title.0, title.1 + 15.0);
        pen.text(&words.note, note, 10.5, Align::Left, palette.quiet, 1.0);
        let words = Words {
            x_name: words.x_name,
            ..Words::default()
        };
        plot.frame(pen, palette, &words, y_tick);
    }
}

/// Where the title of a plot with no note stands, and its size: above the marks, or, where it is too long for that, above
/// the numbers beside them too. It ends where the next plot or the picture does.
fn compact_title(title: &str, layout: &Layout, plot: &Plot) -> ((f64, f64), f64) {
    const USUAL: f64 = 11.5;
    let (left, y) = (plot.area.x, plot.area.y - 9.0);
    let next = layout.side.iter().map(|plot| plot.area.x - LEFT);
    let end = next.filter(|x| *x > left).fold(layout.width, f64::min);
    let fits = |x: f64| fitting(title, end - x, USUAL);
    let x = if fits(left) < USUAL {
        left - LEFT
    } else {
        left
    };
    ((x, y), fits(x))
}

/// Without the digits that a sum of floats leaves behind.
fn round(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

/// "log scale", where it is one.
fn scale(settings: &Settings) -> &'static str {
    match settings.scale() {
        Scale::Log => t!("log scale"),
        Scale::Linear => t!("from 0"),
    }
}

/// The line of answering 0, with its loss, where it is worth one.
fn zero_line(
    pen: &mut Pen,
    layout: &Layout,
    palette: &Palette,
    settings: &Settings,
    loss_of_zero: f64,
) {
    let Some(zero) = layout::zero(settings, loss_of_zero) else {
        return;
    };
    let area = layout.main.area;
    let (_, y) = layout.place(0.0, zero);
    let (left, right) = (area.x, area.x + area.w);
    dashed(pen, (left, y), (right, y), palette.warning, 1.4);
    let text = t!("answering 0: {}", words::training::loss(zero));
    let at = (right - 4.0, y + 9.0);
    told(pen, palette, palette.warning, &text, at, Align::Right);
}

/// Words in the plot that no curve makes unreadable.
fn told(
    pen: &mut Pen,
    palette: &Palette,
    color: RGBColor,
    text: &str,
    at: (f64, f64),
    align: Align,
) {
    let width = 5.8 * super::pen::letters(text);
    let middle = match align {
        Align::Left => at.0 + width / 2.0,
        Align::Center => at.0,
        Align::Right => at.0 - width / 2.0,
    };
    let tag = Rect::around((middle, at.1), width + 4.0, 14.0);
    pen.fill(tag, palette.paper, 0.85);
    pen.text(text, at, 10.5, align, color, 1.0);
}

/// An upright line through what is looked at.
fn cursor(pen: &mut Pen, plot: &Plot, palette: &Palette, x: f64) {
    let floor = plot.area.y + plot.area.h;
    pen.line((x, plot.area.y), (x, floor), palette.accent, 1.4, 1.0);
}

/// A side's mark and name, from `x` on; answers where it ends.
fn side_name(pen: &mut Pen, palette: &Palette, side: Side, (x, y): (f64, f64), text: &str) -> f64 {
    pen.path(&[(x, y), (x + 22.0, y)], side.color(palette), 2.4, 1.0);
    side.mark(pen, (x + 22.0, y), 4.0, palette);
    pen.text(text, (x + 32.0, y), 11.5, Align::Left, palette.ink, 1.0);
    x + 32.0 + 6.3 * super::pen::letters(text) + 18.0
}
