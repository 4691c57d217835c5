//! Where the charts stand, in CSS pixels; the same geometry is drawn and pointed at.

use crate::draw::Rect;
use crate::draw::chart::{self, Plot};
use crate::draw::coin::{ABREAST, rooms};
use crate::draw::layout::Room;
use crate::model::exhibits::expectation::{Histogram, Target, Trace};

/// Room for the legend, in one line or two.
const LEGEND: [f64; 2] = [32.0, 50.0];

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Whether the charts stand below one another.
    pub stacked: bool,
    /// Draws by size.
    pub histogram: Plot,
    /// The mean as draws are added.
    pub running: Plot,
    bins: Histogram,
    eval: f64,
    points: Vec<(f64, f64)>,
}

impl Layout {
    /// The layout of `trace` in `room`.
    #[must_use]
    pub fn new(trace: &Trace, room: Room) -> Self {
        let stacked = room.width < ABREAST && !room.slide;
        let top = LEGEND[usize::from(stacked)];
        let [left, right] = rooms(room, top, !stacked);
        let (slide, heights) = (room.slide, (0.0, highest(trace)));
        let histogram = Plot::on(slide, left, span(trace), heights, false);
        let draws = f64::from(trace.settings.draws().max(2));
        let running = Plot::on(slide, right, (1.0, draws), around(trace), true);
        let means = trace.running.means.iter();
        Self {
            width: room.width,
            height: right.y + right.h,
            stacked,
            points: means
                .map(|&(n, mean)| {
                    running.at(f64::from(n), mean.clamp(running.y.from, running.y.to))
                })
                .collect(),
            histogram,
            running,
            bins: trace.histogram.clone(),
            eval: f64::from(trace.eval),
        }
    }

    /// A bar; where values are few and far between it is as thin as the others.
    #[must_use]
    pub fn bar(&self, left: f64, right: f64, height: f64) -> Rect {
        let bar = self.histogram.bar(left, right, height);
        let (middle, width) = (bar.x + bar.w / 2.0, bar.w.min(56.0));
        Rect {
            x: middle - width / 2.0,
            w: width,
            ..bar
        }
    }

    /// Where a number stands.
    #[must_use]
    pub fn rect(&self, target: Target) -> Rect {
        match target {
            Target::Bar(bar) => {
                let (left, right) = self.bins.edges(bar);
                self.histogram.strip(left, right)
            }
            Target::Mean(point) => {
                let at = self.points.get(point).copied().unwrap_or_default();
                Rect::around(at, 12.0, 12.0)
            }
            Target::Eval => Rect {
                x: self.histogram.x.at(self.eval) - 4.0,
                w: 8.0,
                h: 16.0,
                y: self.histogram.area.y,
            },
        }
    }

    /// Every number that can be looked at, and where it stands.
    #[must_use]
    pub fn places(&self) -> Vec<(Target, Rect)> {
        let bars = (0..self.bins.counts.len()).map(Target::Bar);
        let points = (0..self.points.len()).map(Target::Mean);
        let targets = bars.chain(points).chain([Target::Eval]);
        targets.map(|target| (target, self.rect(target))).collect()
    }

    /// The number at a point: the eval output at the head of its line, a bar, or the nearest mean.
    #[must_use]
    pub fn hit(&self, x: f64, y: f64) -> Option<Target> {
        if self.rect(Target::Eval).contains(x, y) {
            return Some(Target::Eval);
        }
        let mut bars = (0..self.bins.counts.len()).map(Target::Bar);
        let point = || self.running.nearest(&self.points, x, y).map(Target::Mean);
        bars.find(|bar| self.rect(*bar).contains(x, y))
            .or_else(point)
    }
}

/// From the first bar to the last, the eval output among them.
fn span(trace: &Trace) -> (f64, f64) {
    let bins = &trace.histogram;
    let (from, _) = bins.edges(0);
    let (to, _) = bins.edges(bins.counts.len());
    let eval = f64::from(trace.eval);
    if bins.counts.is_empty() || !eval.is_finite() {
        return (0.0, 1.0);
    }
    let margin = 0.02 * (to - from);
    (from.min(eval - margin), to.max(eval + margin))
}

fn highest(trace: &Trace) -> f64 {
    let all = f64::from(trace.draws.max(1));
    let seen = trace.histogram.counts.iter().map(|n| f64::from(*n) / all);
    let marks = seen.chain(trace.histogram.chances.iter().copied());
    chart::headroom(marks.fold(0.0, f64::max))
}

/// Two and a half standard deviations of a draw around the mean over all masks, and the eval output.
fn around(trace: &Trace) -> (f64, f64) {
    let (mean, eval) = (trace.law.mean, f64::from(trace.eval));
    if !(mean.is_finite() && eval.is_finite()) {
        return (0.0, 1.0);
    }
    let reach = if trace.law.sd > 0.0 {
        2.2 * trace.law.sd
    } else {
        0.5 * mean.abs().max(1.0)
    };
    let margin = 0.1 * reach;
    (
        (mean - reach).min(eval - margin),
        (mean + reach).max(eval + margin),
    )
}
