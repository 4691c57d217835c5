//! Test losses along p, a dot a run, and the median of each p.

use super::stroke::{Side, Stroke};
use super::{Frame, Layout, Mark, around, scale, told, zero_line};
use crate::draw::chart::{self, Words, dashed};
use crate::draw::pen::Align;
use crate::draw::{Pen, Rect};
use crate::model::exhibits::training::SweepTrace;
use crate::words::{self, training as say};

/// How far dots of one p stand apart, in p.
const JITTER: f64 = 0.05;

pub(super) fn draw(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &SweepTrace) {
    let (palette, plot) = (frame.palette, &layout.main);
    let words = Words {
        title: t!("Test loss at the end, along p"),
        note: t!(
            "{}; a dot a run, side by side by seed",
            scale(&trace.settings)
        ),
        x_name: "p".to_owned(),
    };
    around(pen, layout, plot, palette, words);
    if let Some(Mark::Place(k)) = frame.focus {
        let p = trace.ps[k].p();
        pen.fill(plot.strip(p - JITTER, p + JITTER), palette.accent_wash, 1.0);
    }
    zero_line(pen, layout, palette, &trace.settings, trace.loss_of_zero);
    dots(pen, layout, frame, trace);
    rival(pen, layout, frame, trace);
    let line: Vec<_> = (0..trace.ps.len())
        .filter(|place| !trace.medians[*place].is_nan())
        .filter_map(|place| layout.at(Mark::Place(place)))
        .collect();
    pen.path(&line, palette.paper, 5.0, 0.8);
    Stroke::Solid.draw(pen, &line, palette.ink, 3.0);
    for at in &line {
        pen.disc(*at, 4.0, palette.ink, 1.0);
    }
    if let Some(at) = trace
        .lowest()
        .and_then(|place| layout.at(Mark::Place(place)))
    {
        pen.ring(at, 9.0, palette.accent, 2.6, 1.0);
    }
    if trace.dots.is_empty() {
        let center = plot.area.center();
        let text = t!("no run has finished yet");
        pen.text(text, center, 13.0, Align::Center, palette.quiet, 1.0);
    }
    legend(pen, layout, frame);
    if let Some(Mark::Place(place)) = frame.focus {
        label(pen, layout, frame, trace, place);
    }
}

fn dots(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &SweepTrace) {
    let palette = frame.palette;
    let seeds = trace.settings.seeds();
    #[allow(clippy::cast_precision_loss, reason = "a hundred seeds at most")]
    let shift = |seed: u64| {
        let all = (seeds.end - seeds.start) as f64;
        ((seed - seeds.start) as f64 + 0.5) / all - 0.5
    };
    // Its rival has no place along p.
    let placed = trace
        .dots
        .iter()
        .filter_map(|dot| Some((dot, trace.ps.get(dot.place)?)));
    for (dot, p) in placed {
        let p = p.p() + 1.4 * JITTER * shift(dot.seed);
        let at = layout.place(p, dot.test.into());
        if dot.test.is_finite() {
            pen.disc(at, 3.0, Side::With.color(palette), 0.6);
        } else {
            pen.cross(Rect::around(at, 7.0, 7.0), palette.warning, 1.6, 1.0);
        }
    }
}

/// The median of weight decay, where it is dropout's rival: a line, for it has no p.
fn rival(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &SweepTrace) {
    let Some(median) = trace.rival.filter(|median| !median.is_nan()) else {
        return;
    };
    let (palette, area) = (frame.palette, layout.main.area);
    let (_, y) = layout.place(0.0, median.into());
    dashed(pen, (area.x, y), (area.x + area.w, y), palette.ink, 1.8);
    let [name, _] = say::sides(&trace.settings);
    let text = t!("{name}: median {}", say::loss(median.into()));
    told(
        pen,
        palette,
        palette.ink,
        &text,
        (area.x + 6.0, y - 9.0),
        Align::Left,
    );
}

fn legend(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (palette, y) = (frame.palette, layout.legend.y + 9.0);
    let mut x = 0.0;
    let mut name = |pen: &mut Pen, text: &str| {
        pen.text(text, (x + 16.0, y), 11.5, Align::Left, palette.ink, 1.0);
        let here = x + 6.0;
        x += 30.0 + 6.3 * crate::draw::pen::letters(text);
        here
    };
    let dot = name(pen, t!("a run"));
    pen.disc((dot, y), 2.6, Side::With.color(palette), 0.8);
    let median = name(pen, t!("median"));
    pen.disc((median, y), 4.0, palette.ink, 1.0);
    let lowest = name(pen, t!("lowest median"));
    pen.ring((lowest, y), 6.0, palette.accent, 2.4, 1.0);
    let diverged = name(pen, t!("diverged"));
    pen.cross(
        Rect::around((diverged, y), 7.0, 7.0),
        palette.warning,
        1.6,
        1.0,
    );
}

/// What a p came to: median and range.
fn label(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &SweepTrace, place: usize) {
    let tests = || {
        let own = trace.dots.iter().filter(|dot| dot.place == place);
        own.map(|dot| f64::from(dot.test))
    };
    let Some(at) = layout
        .at(Mark::Place(place))
        .filter(|_| tests().count() > 0)
    else {
        return;
    };
    let text = t!(
        "p = {}: median {}, from {} to {}",
        words::plain(trace.ps[place].p()),
        say::loss(trace.medians[place].into()),
        say::loss(tests().fold(f64::INFINITY, f64::min)),
        say::loss(tests().fold(0.0, f64::max))
    );
    chart::label(pen, &layout.main, frame.palette, (at.0, at.1 - 22.0), &text);
}
