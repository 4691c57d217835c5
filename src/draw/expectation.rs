//! Draws by size, with their mean against the eval output, and the mean as it settles.

mod layout;

pub use layout::Layout;

use super::chart::{self, Words};
use super::pen::Align;
use super::{Palette, Pen, Surface};
use crate::model::exhibits::expectation::{Target, Trace};
use crate::words;

/// One still.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The draws so far.
    pub trace: &'a Trace,
    /// The number pointed at or focused.
    pub focus: Option<Target>,
    /// The colours.
    pub palette: &'a Palette,
    /// Whether the eval output, the law and the mean are left out: somebody is betting on them.
    pub veiled: bool,
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
    if !frame.veiled {
        legend(&mut pen, layout, frame);
    }
    histogram(&mut pen, layout, frame);
    settling(&mut pen, layout, frame);
    pen.finish()
}

/// What is the mean and what the eval output, with their numbers.
fn legend(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace) = (frame.palette, frame.trace);
    let mean = t!("mean of the draws {}", words::short(trace.mean));
    let eval = t!("eval output {}", words::number(trace.eval));
    let second = if layout.stacked {
        (0.0, 28.0)
    } else {
        (240.0, 10.0)
    };
    for ((x, y), text, draws) in [((0.0, 10.0), mean, true), (second, eval, false)] {
        let mark = (x + 8.0, y);
        if draws {
            marker(pen, mark, p.ink);
        } else {
            pen.line((mark.0, y - 8.0), (mark.0, y + 8.0), p.accent, 3.0, 1.0);
        }
        pen.bold(&text, (x + 22.0, y), 12.5, Align::Left, p.ink, 1.0);
    }
}

/// The triangle that carries the mean.
fn marker(pen: &mut Pen, (x, y): (f64, f64), color: plotters::style::RGBColor) {
    pen.polygon(
        &[(x, y - 6.0), (x - 6.0, y + 5.0), (x + 6.0, y + 5.0)],
        color,
        1.0,
    );
}

fn histogram(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace, plot) = (frame.palette, frame.trace, &layout.histogram);
    let bins = &trace.histogram;
    let words = Words {
        title: t!("What single draws give"),
        note: if bins.chances.is_empty() || frame.veiled {
            t!("bars: the share of draws").to_owned()
        } else {
            t!("bars: the share of draws; dots: the probability").to_owned()
        },
        x_name: t!("value of a draw").to_owned(),
    };
    plot.frame(pen, p, &words, |y| chart::percent_tick(y, plot.y.to));
    let all = f64::from(trace.draws.max(1));
    for (bar, count) in bins.counts.iter().enumerate() {
        let (left, right) = bins.edges(bar);
        let focused = frame.focus == Some(Target::Bar(bar));
        if focused {
            pen.fill(plot.strip(left, right), p.accent_wash, 1.0);
        }
        if *count > 0 {
            let r = layout.bar(left, right, f64::from(*count) / all);
            pen.fill(r, if focused { p.accent } else { p.positive }, 0.75);
        }
        if let Some(chance) = bins.chances.get(bar).filter(|_| !frame.veiled) {
            let dot = plot.at(f64::midpoint(left, right), *chance);
            pen.disc(dot, 3.2, p.paper, 1.0);
            pen.disc(dot, 2.2, p.ink, 1.0);
        }
    }
    if !frame.veiled {
        lines(pen, layout, frame);
    }
}

/// The eval output from top to bottom, the mean on the axis with a standard deviation to both sides.
fn lines(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace, plot) = (frame.palette, frame.trace, &layout.histogram);
    let (top, floor) = (plot.area.y, plot.area.y + plot.area.h);
    let inside = |x: f64| (plot.x.from..=plot.x.to).contains(&x);
    let eval = f64::from(trace.eval);
    if inside(eval) {
        let x = plot.x.at(eval);
        pen.line((x, top), (x, floor), p.accent, 3.0, 1.0);
    }
    if trace.draws > 0 && inside(trace.mean) {
        let at = |value: f64| plot.x.at(value.clamp(plot.x.from, plot.x.to));
        let (low, high) = (at(trace.mean - trace.sd), at(trace.mean + trace.sd));
        let y = floor - 1.0;
        pen.line((low, y), (high, y), p.ink, 3.0, 1.0);
        for end in [low, high] {
            pen.line((end, y - 5.0), (end, y), p.ink, 2.0, 1.0);
        }
        marker(pen, (plot.x.at(trace.mean), floor - 7.0), p.ink);
    }
    if let Some(Target::Bar(bar)) = frame.focus {
        let (left, right) = trace.histogram.edges(bar);
        let seen = trace.histogram.counts.get(bar).copied().unwrap_or(0);
        let text = t!(
            "{} of {}",
            chart::tick(f64::from(seen)),
            chart::tick(f64::from(trace.draws))
        );
        let x = plot.x.at(f64::midpoint(left, right));
        chart::label(pen, plot, p, (x, plot.area.y + 10.0), &text);
    }
}

fn settling(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace, plot) = (frame.palette, frame.trace, &layout.running);
    let words = Words {
        title: t!("The mean as draws are added"),
        note: t!("dashed: over all masks; band: two standard deviations").to_owned(),
        x_name: t!("draws so far").to_owned(),
    };
    if frame.veiled {
        let center = plot.area.center();
        pen.text(
            t!("after your bet"),
            center,
            13.0,
            Align::Center,
            p.quiet,
            1.0,
        );
        return;
    }
    plot.frame(pen, p, &words, words::short);
    if !trace.law.mean.is_finite() {
        return;
    }
    plot.settling(pen, p, &trace.running.means, trace.law.mean, trace.law.sd);
    let eval = f64::from(trace.eval);
    let (left, right) = (plot.area.x, plot.area.x + plot.area.w);
    if (plot.y.from..=plot.y.to).contains(&eval) {
        let y = plot.y.at(eval);
        pen.line((right - 16.0, y), (right, y), p.accent, 3.0, 1.0);
        pen.line((left, y), (right, y), p.accent, 1.2, 0.8);
    }
    if let Some(Target::Mean(point)) = frame.focus
        && let Some((_, mean)) = trace.running.means.get(point)
    {
        let center = layout.rect(Target::Mean(point)).center();
        pen.ring(center, 6.0, p.accent, 2.5, 1.0);
        chart::label(
            pen,
            plot,
            p,
            (center.0, center.1 - 16.0),
            &words::short(*mean),
        );
    }
}
