//! Where histogram, identity and mask stand, in CSS pixels; the same geometry is drawn and pointed at.

use crate::draw::Rect;
use crate::draw::chart::{self, Plot};
use crate::draw::coin::{ABREAST, rooms};
use crate::draw::layout::{Room, at};
use crate::model::exhibits::subnetworks::{Histogram, Target, Trace};

/// A line of the legend.
const LINE: f64 = 20.0;
/// Room for the mask below the charts.
const STRIP: f64 = 64.0;
/// Lower than this, charts beside one another leave no room for it.
const LOW: f64 = 320.0;
/// The least height of such a chart.
const LOWEST: f64 = 170.0;
/// Widest cell of the mask.
const CELL: f64 = 84.0;
/// The least height that the arrow keys tell from none.
const STEP: f64 = 0.6;

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Outputs by size.
    pub histogram: Plot,
    /// Eval loss, what each unit adds, and the training loss, from left to right.
    pub identity: Plot,
    /// The mask; in a low room there is none for it.
    pub strip: Option<Rect>,
    /// Mean, eval output and their difference in the legend; a slide has no room for the third.
    pub legend: Vec<Rect>,
    units: usize,
}

impl Layout {
    /// The layout of `trace` in `room`.
    #[must_use]
    pub fn new(trace: &Trace, room: Room) -> Self {
        let stacked = room.width < ABREAST && !room.slide;
        let legend = legend(room, stacked);
        let top = legend.last().map_or(0.0, |last| last.y) + LINE + 8.0;
        let low = room.slide || !stacked && room.height < LOW;
        let free = Room {
            height: room.height - if low { 0.0 } else { STRIP },
            ..room
        };
        let mut charts = rooms(free, top, !stacked);
        if low {
            let least = if room.slide { 0.0 } else { LOWEST };
            charts = charts.map(|chart| Rect {
                h: (room.height - top).max(least),
                ..chart
            });
        }
        let [left, right] = charts;
        let units = trace.hidden();
        let heights = (0.0, highest(trace));
        let histogram = Plot::on(room.slide, left, span(trace), heights, false);
        // Where a note would be stands the gap.
        let identity = Plot::inside(right, (-0.5, at(units) + 1.5), levels(trace), false);
        let floor = right.y + right.h;
        let strip = (!low).then_some(Rect {
            x: 0.0,
            y: floor + 6.0,
            w: room.width,
            h: STRIP - 6.0,
        });
        Self {
            width: room.width,
            height: strip.map_or(floor, |strip| strip.y + strip.h),
            histogram,
            identity,
            strip,
            legend,
            units,
        }
    }

    /// The part of a bar between two shares.
    #[must_use]
    pub fn slice(&self, bins: &Histogram, bar: usize, bottom: f64, top: f64) -> Rect {
        let (left, right) = bins.edges(bar);
        let mut slice = self.histogram.bar(left, right, top);
        let (middle, width) = (slice.x + slice.w / 2.0, slice.w.min(56.0));
        slice.h = self.histogram.y.at(bottom) - slice.y;
        Rect {
            x: middle - width / 2.0,
            w: width,
            ..slice
        }
    }

    /// A column of the identity: 0 is the eval loss, then the units, then the training loss.
    #[must_use]
    pub fn column(&self, column: usize) -> Rect {
        let strip = self.identity.strip(at(column) - 0.5, at(column) + 0.5);
        Rect {
            h: strip.h + 20.0,
            ..strip
        }
    }

    /// The cell of a unit in the mask.
    #[must_use]
    pub fn cell(&self, unit: usize) -> Rect {
        let strip = self.strip.unwrap_or_default();
        let pitch = (strip.w / at(self.units)).min(CELL);
        Rect {
            x: strip.x + pitch * at(unit),
            y: strip.y + 20.0,
            w: pitch,
            h: strip.h - 20.0,
        }
    }

    /// Where the words on the gap stand.
    #[must_use]
    pub fn gap(&self) -> Rect {
        let area = self.identity.area;
        Rect {
            x: area.x - chart::LEFT,
            y: area.y - chart::ABOVE + 16.0,
            w: area.w + chart::LEFT,
            h: 20.0,
        }
    }

    /// Where a number stands.
    #[must_use]
    pub fn rect(&self, trace: &Trace, target: Target) -> Rect {
        match target {
            Target::Bar(bar) => {
                let (left, right) = trace.histogram.edges(bar);
                let strip = self.histogram.strip(left, right);
                Rect {
                    y: strip.y + strip.h,
                    h: 18.0,
                    ..strip
                }
            }
            Target::Mask(index) => self.mask(trace, index).unwrap_or_default(),
            Target::Mean => self.legend[0],
            Target::Eval => self.legend[1],
            Target::EvalLoss => self.column(0),
            Target::Unit(unit) => self.column(unit + 1),
            Target::TrainLoss => self.column(self.units + 1),
            Target::Gap => self.gap(),
        }
    }

    /// Where a mask lies in its bar; one whose output is no number lies in none.
    #[must_use]
    pub fn mask(&self, trace: &Trace, index: usize) -> Option<Rect> {
        let bins = &trace.histogram;
        let bar = bins.bar(trace.subnetworks.outputs[index])?;
        let (_, bottom, top) = bins.bars[bar]
            .slices()
            .find(|(mask, _, _)| *mask == index)?;
        Some(self.slice(bins, bar, bottom, top))
    }

    /// Every number that can be looked at, and where it stands; masks too unlikely to be seen are not among them.
    #[must_use]
    pub fn places(&self, trace: &Trace) -> Vec<(Target, Rect)> {
        let bins = &trace.histogram;
        let masks = (0..bins.bars.len()).flat_map(|bar| {
            let slices = bins.bars[bar].slices();
            slices.map(move |(mask, bottom, top)| {
                let slice = self.slice(bins, bar, bottom, top);
                (Target::Mask(mask), slice)
            })
        });
        let bars = (0..bins.bars.len()).filter(|bar| !bins.bars[*bar].masks.is_empty());
        let others = bars
            .map(Target::Bar)
            .chain((0..self.units).map(Target::Unit))
            .chain([
                Target::Mean,
                Target::Eval,
                Target::EvalLoss,
                Target::TrainLoss,
                Target::Gap,
            ])
            .map(|target| (target, self.rect(trace, target)));
        let chosen = Target::Mask(trace.chosen);
        let first = (chosen, self.rect(trace, chosen));
        let seen = masks.filter(|(target, rect)| rect.h >= STEP && *target != chosen);
        std::iter::once(first).chain(seen).chain(others).collect()
    }

    /// The number at a point: in a bar the mask there, above it the bar.
    #[must_use]
    pub fn hit(&self, trace: &Trace, x: f64, y: f64) -> Option<Target> {
        let columns = (0..self.units).map(Target::Unit);
        let mut blocks = [
            Target::Gap,
            Target::Mean,
            Target::Eval,
            Target::EvalLoss,
            Target::TrainLoss,
        ]
        .into_iter()
        .chain(columns);
        let block = blocks.find(|target| self.rect(trace, *target).contains(x, y));
        block.or_else(|| self.hit_histogram(trace, x, y))
    }

    fn hit_histogram(&self, trace: &Trace, x: f64, y: f64) -> Option<Target> {
        let bins = &trace.histogram;
        let over = |bar: &usize| {
            let (left, right) = bins.edges(*bar);
            let strip = self.histogram.strip(left, right);
            Rect {
                h: strip.h + 18.0,
                ..strip
            }
            .contains(x, y)
        };
        let bar = (0..bins.bars.len()).find(over)?;
        let inside = |(mask, bottom, top)| {
            let (upper, lower) = (self.histogram.y.at(top), self.histogram.y.at(bottom));
            (upper..lower).contains(&y).then_some(Target::Mask(mask))
        };
        let mask = bins.bars[bar].slices().find_map(inside);
        Some(mask.unwrap_or(Target::Bar(bar)))
    }
}

/// Mean, eval output and difference, in one line or one below the other.
fn legend(room: Room, stacked: bool) -> Vec<Rect> {
    let entries = if room.slide { 2 } else { 3 };
    let w = if stacked {
        room.width
    } else {
        (room.width / at(entries)).min(290.0)
    };
    let entry = |k: usize| Rect {
        x: if stacked { 0.0 } else { w * at(k) },
        y: if stacked { LINE * at(k) } else { 0.0 },
        w,
        h: LINE,
    };
    (0..entries).map(entry).collect()
}

/// From the first bar to the last, the eval output among them.
fn span(trace: &Trace) -> (f64, f64) {
    let bins = &trace.histogram;
    let (from, _) = bins.edges(0);
    let (to, _) = bins.edges(bins.bars.len());
    let eval = trace.subnetworks.eval;
    if bins.bars.is_empty() || !eval.is_finite() {
        return (0.0, 1.0);
    }
    let margin = 0.02 * (to - from);
    (from.min(eval - margin), to.max(eval + margin))
}

fn highest(trace: &Trace) -> f64 {
    let shares = trace.histogram.bars.iter().map(super::Bar::share);
    chart::headroom(shares.fold(0.0, f64::max))
}

/// The losses from somewhat below the least to somewhat above the largest. A quarter of the eval loss is shown on
/// either side of it, or a quarter of that, and so on, as long as that leaves room for what the units add: so the
/// axis stands still while p is moved a little.
fn levels(trace: &Trace) -> (f64, f64) {
    let (identity, sum) = (
        &trace.identity,
        trace.identity.eval + trace.identity.penalty().unwrap_or(0.0),
    );
    let marks = [identity.train, identity.eval, sum];
    if !marks.iter().all(|mark| mark.is_finite()) {
        return (0.0, 1.0);
    }
    let low = marks.into_iter().fold(f64::INFINITY, f64::min);
    let high = marks.into_iter().fold(0.0, f64::max);
    let mut reach = identity.eval / 4.0;
    while high - low > 0.0 && reach / 4.0 >= high - low && reach > 1e-6 * high {
        reach /= 4.0;
    }
    let from = (identity.eval - reach)
        .min(low - 0.2 * (high - low))
        .max(0.0);
    let to = (identity.eval + reach).max(high + 0.12 * (high - from));
    if to > from { (from, to) } else { (0.0, 1.0) }
}
