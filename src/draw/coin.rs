//! Coins, the counts in their groups against the binomial, and the share of ones as it settles.

mod layout;

pub use layout::Layout;
pub(super) use layout::{ABREAST, rooms};

use super::chart::{self, Words};
use super::layout::at;
use super::pen::Align;
use super::{Palette, Pen, Surface};
use crate::model::exhibits::coin::{Coins, Target, Trace};
use crate::words;

/// One still.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The coins.
    pub trace: &'a Trace,
    /// The number pointed at or focused.
    pub focus: Option<Target>,
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
    coins(&mut pen, layout, frame);
    groups(&mut pen, layout, frame);
    share(&mut pen, layout, frame);
    pen.finish()
}

fn coins(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace) = (frame.palette, frame.trace);
    let draws = trace.draws.len();
    let title = if layout.shown < draws {
        let all = chart::tick(at(draws));
        t!("The first {} of {all} coins", layout.shown)
    } else {
        t!("{n} {n|coin|coins}", n = draws)
    };
    pen.bold(&title, (0.0, 10.0), 12.5, Align::Left, p.ink, 1.0);
    let note = match trace.settings.coins() {
        Coins::Dropout => t!("solid: 1, kept; crossed: 0, dropped"),
        Coins::Bernoulli => t!("solid: 1; hollow: 0"),
    };
    if layout.noted() {
        pen.text(note, (0.0, 26.0), 10.5, Align::Left, p.quiet, 1.0);
    }
    for (index, coin) in trace.draws.iter().take(layout.shown).enumerate() {
        let r = layout.rect(Target::Coin(index));
        let face = r.grown(-2.0);
        if *coin == 1.0 {
            pen.fill(face, p.ink, 1.0);
        } else {
            pen.outline(face, p.quiet, 1.2, 1.0);
            if trace.settings.coins() == Coins::Dropout {
                pen.cross(face.grown(-face.w * 0.26), p.quiet, 1.3, 1.0);
            }
        }
        if frame.focus == Some(Target::Coin(index)) {
            pen.outline(r, p.accent, 2.0, 1.0);
        }
    }
}

fn groups(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace, plot) = (frame.palette, frame.trace, &layout.groups);
    let (group, counted) = (
        trace.settings.group(),
        words::coin::counted(trace.settings.coins()),
    );
    let number = chart::tick(f64::from(trace.groups));
    let words = Words {
        title: t!("How many in a group"),
        note: t!(
            "bars: {number} {groups|group|groups} of {group}; dots: the binomial",
            groups = trace.groups
        ),
        x_name: t!("{counted} among {group}"),
    };
    plot.frame(pen, p, &words, |y| chart::percent_tick(y, plot.y.to));
    let all = f64::from(trace.groups.max(1));
    for count in layout.bars.0..=layout.bars.1 {
        let target = Target::Count(count);
        let (left, right) = (at(count) - 0.5, at(count) + 0.5);
        let focused = frame.focus == Some(target);
        if focused {
            pen.fill(layout.rect(target), p.accent_wash, 1.0);
        }
        if trace.counts[count] > 0 {
            let bar = plot.bar(left, right, f64::from(trace.counts[count]) / all);
            pen.fill(bar, if focused { p.accent } else { p.positive }, 0.75);
        }
        let dot = plot.at(at(count), trace.binomial[count]);
        let radius = (plot.strip(left, right).w * 0.2).clamp(1.2, 4.0);
        pen.disc(dot, radius + 1.2, p.paper, 1.0);
        pen.disc(dot, radius, p.ink, 1.0);
        if focused {
            let text = words::coin::percent(trace.binomial[count]);
            chart::label(pen, plot, p, (dot.0, dot.1 - 13.0), &text);
        }
    }
}

fn share(pen: &mut Pen, layout: &Layout, frame: &Frame) {
    let (p, trace, plot) = (frame.palette, frame.trace, &layout.share);
    let settings = &trace.settings;
    let chance = settings.chance_of_one();
    let words = Words {
        title: t!("Share of ones"),
        note: t!(
            "dashed: {}; band: two standard deviations",
            words::short(chance)
        ),
        x_name: t!("coins so far").to_owned(),
    };
    plot.frame(pen, p, &words, words::short);
    plot.settling(pen, p, &trace.share.means, chance, settings.share_sd(1));
    if let Some(Target::Share(point)) = frame.focus {
        let center = layout.rect(Target::Share(point)).center();
        pen.ring(center, 6.0, p.accent, 2.5, 1.0);
        let share = trace.share.means.get(point).map_or(0.0, |(_, mean)| *mean);
        chart::label(
            pen,
            plot,
            p,
            (center.0, center.1 - 16.0),
            &words::short(share),
        );
    }
}
