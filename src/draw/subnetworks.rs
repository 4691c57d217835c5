//! All subnetworks by their output, with their mean against the eval output; what dropout adds to the loss, unit by
//! unit; and one mask, taken apart.

mod identity;
mod layout;

pub use layout::Layout;

use super::cells::coin;
use super::chart::{self, Words};
use super::numbers::{Decimals, SIZE};
use super::pen::Align;
use super::{Palette, Pen, Rect, Surface};
use crate::model::exhibits::subnetworks::{Bar, Target, Trace, digits};
use crate::model::proof::subnetworks::Placement;
use crate::words;
use crate::words::subnetworks::{short_off, thousands};

/// Slices of a bar that are at least so high are told apart by a line.
const SLICE: f64 = 4.0;

/// Most units of a mask that is written out.
const NAMED: usize = 32;

/// One still.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The numbers.
    pub trace: &'a Trace,
    /// The number pointed at or focused.
    pub focus: Option<Target>,
    /// The colours.
    pub palette: &'a Palette,
}

impl Frame<'_> {
    /// The mask that is taken apart.
    fn mask(&self) -> usize {
        match self.focus {
            Some(Target::Mask(index)) => index,
            _ => self.trace.chosen,
        }
    }

    fn looks_at(&self, target: Target) -> bool {
        self.focus == Some(target)
    }
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
    legend(&mut pen, layout, frame);
    histogram(&mut pen, layout, frame);
    identity::draw(&mut pen, layout, frame);
    strip(&mut pen, layout, frame);
    pen.finish()
}

/// The mean, the eval output, and by how much they differ.
fn legend(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace) = (frame.palette, frame.trace);
    let targets = [Some(Target::Mean), Some(Target::Eval), None];
    let texts = [
        t!(
            "mean of {} {}",
            thousands(trace.masks()),
            words::short(trace.mean)
        ),
        t!("eval output {}", words::short(trace.subnetworks.eval)),
        t!("difference {}", short_off(trace, trace.difference())),
    ];
    for ((place, target), text) in layout.legend.iter().zip(targets).zip(texts) {
        if target.is_some_and(|target| frame.looks_at(target)) {
            pen.fill(*place, p.accent_wash, 1.0);
        }
        let (x, y) = (place.x + 8.0, place.center().1);
        match target {
            Some(Target::Mean) => marker(pen, (x, y), p),
            Some(_) => pen.line((x, y - 8.0), (x, y + 8.0), p.accent, 3.0, 1.0),
            None => {}
        }
        pen.bold(&text, (x + 14.0, y), 12.5, Align::Left, p.ink, 1.0);
    }
}

/// The triangle that carries the mean.
fn marker(pen: &mut Pen, (x, y): (f64, f64), p: &Palette) {
    let corners = [(x, y - 6.0), (x - 6.0, y + 5.0), (x + 6.0, y + 5.0)];
    pen.polygon(&corners, p.ink, 1.0);
}

fn histogram(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace, plot) = (frame.palette, frame.trace, &layout.histogram);
    let words = Words {
        title: t!("What each subnetwork gives"),
        note: if trace.is_exact() {
            t!("a bar is the stack of its masks, each as high as it is likely").to_owned()
        } else {
            t!(
                "a bar is the stack of its masks; {} were drawn",
                thousands(trace.masks())
            )
        },
        x_name: t!("output for sample {}", trace.settings.sample() + 1),
    };
    plot.frame(pen, p, &words, |y| chart::percent_tick(y, plot.y.to));
    for (k, bar) in trace.histogram.bars.iter().enumerate() {
        draw_bar(pen, layout, frame, (k, bar));
    }
    if let Some(shown) = layout.mask(trace, frame.mask()) {
        let mark = Rect {
            h: shown.h.max(3.0),
            ..shown
        };
        pen.fill(mark, p.accent, 1.0);
        pen.outline(mark.grown(1.5), p.ink, 1.5, 1.0);
    }
    let inside = |x: f64| (plot.x.from..=plot.x.to).contains(&x);
    if inside(trace.subnetworks.eval) {
        let x = plot.x.at(trace.subnetworks.eval);
        let (top, floor) = (plot.area.y, plot.area.y + plot.area.h);
        pen.line((x, top), (x, floor), p.accent, 3.0, 1.0);
    }
    if inside(trace.mean) {
        let foot = (plot.x.at(trace.mean), plot.area.y + plot.area.h - 6.0);
        marker(pen, foot, p);
    }
    if let Some(Target::Bar(bar)) = frame.focus {
        let masks = &trace.histogram.bars[bar];
        let text = t!("{n} {n|mask|masks}", n = masks.masks.len());
        let (left, right) = trace.histogram.edges(bar);
        let x = plot.x.at(f64::midpoint(left, right));
        chart::label(pen, plot, p, (x, plot.area.y + 10.0), &text);
    }
}

fn draw_bar(pen: &mut Pen, layout: &Layout, frame: &Frame, (k, bar): (usize, &Bar)) {
    let (p, bins) = (frame.palette, &frame.trace.histogram);
    let focused = frame.looks_at(Target::Bar(k));
    if focused {
        let (left, right) = bins.edges(k);
        pen.fill(layout.histogram.strip(left, right), p.accent_wash, 1.0);
    }
    if bar.share() <= 0.0 {
        return;
    }
    let whole = layout.slice(bins, k, 0.0, bar.share());
    pen.fill(whole, if focused { p.accent } else { p.positive }, 0.75);
    let lines = bar.slices().skip(1).filter_map(|(_, bottom, top)| {
        let slice = layout.slice(bins, k, bottom, top);
        (slice.h >= SLICE).then_some(slice.y + slice.h)
    });
    for y in lines {
        pen.line((whole.x, y), (whole.x + whole.w, y), p.paper, 1.0, 1.0);
    }
}

/// The mask that is looked at or stands out: a coin a unit, and what the unit adds.
fn strip(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace, index) = (frame.palette, frame.trace, frame.mask());
    let Some(strip) = layout.strip else {
        return;
    };
    let mask = trace.mask(index);
    let name = if trace.hidden() <= NAMED {
        digits(&mask)
    } else {
        t!("of call {}", index + 1)
    };
    let sum = t!("bias {} + units", words::short(trace.bias()));
    let sum = match trace.settings.placement() {
        Placement::ReluOnOutput => format!("ReLU({sum})"),
        _ => sum,
    };
    let output = words::short(trace.subnetworks.outputs[index]);
    let at = (strip.x, strip.y + 9.0);
    pen.bold(
        &t!("mask {name}: {sum} = {output}"),
        at,
        12.5,
        Align::Left,
        p.ink,
        1.0,
    );
    #[allow(clippy::cast_possible_truncation, reason = "shown with four decimals")]
    // A zero that came of a product may have a minus, which would say nothing here.
    let added: Vec<f32> = mask
        .iter()
        .zip(&trace.units)
        .map(|(kept, unit)| (if *kept { unit.kept } else { unit.dropped }) as f32 + 0.0)
        .collect();
    let decimals = Decimals::fitting(&added, layout.cell(0).w - 4.0);
    for (unit, kept) in mask.iter().enumerate() {
        let cell = layout.cell(unit);
        let side = (cell.w - 2.0).min(18.0);
        let middle = cell.center().0;
        let r = Rect::around((middle, cell.y + 10.0), side, side.max(8.0));
        coin(pen, r, *kept, trace.units[unit].hidden != 0.0, p, 1.0);
        if let Some(decimals) = decimals {
            let at = (middle, cell.y + 28.0);
            let text = match added[unit] {
                0.0 => "0".to_owned(),
                value => decimals.text(value),
            };
            pen.text(&text, at, SIZE, Align::Center, p.ink, 1.0);
        }
    }
}
