//! Where coins and charts stand, in CSS pixels; the same geometry is drawn and pointed at.

use crate::draw::chart::Plot;
use crate::draw::layout::{Room, at};
use crate::draw::{Rect, chart};
use crate::model::exhibits::coin::{SHOWN, Target, Trace};

/// From one coin to the next, and the air between groups.
const PITCH: f64 = 16.0;
const GAP: f64 = 9.0;
/// Room above the coins for title and note.
const HEAD: f64 = 40.0;
/// The same on a slide, for the title alone.
const TITLE: f64 = 22.0;
/// Narrower than this, charts stand below one another.
pub(in crate::draw) const ABREAST: f64 = 640.0;
/// Most numbers of a group that all have a bar.
const BARS: usize = 60;

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Coins that are drawn, from the first on.
    pub shown: usize,
    /// Room above the coins.
    head: f64,
    /// The counts in groups.
    pub groups: Plot,
    /// The share of ones.
    pub share: Plot,
    /// The first and last count that has a bar.
    pub bars: (usize, usize),
    points: Vec<(f64, f64)>,
    coins_per_group: usize,
    groups_per_row: usize,
}

impl Layout {
    /// The layout of `trace` in `room`.
    #[must_use]
    pub fn new(trace: &Trace, room: Room) -> Self {
        let abreast = room.slide || room.width >= ABREAST;
        let (coins_per_group, groups_per_row) = arrange(trace, room.width);
        let per_row = coins_per_group * groups_per_row;
        let (rows, head, gap) = match (room.slide, abreast) {
            (true, _) => (1, TITLE, 8.0),
            (false, true) => (5, HEAD, 22.0),
            (false, false) => (8, HEAD, 22.0),
        };
        let shown = trace.draws.len().min(rows * per_row).min(SHOWN);
        let top = head + PITCH * at(shown.div_ceil(per_row)) + gap;
        let [left, right] = rooms(room, top, abreast);
        let bars = bars(trace);
        let highest = highest(trace);
        let counts = (at(bars.0) - 0.5, at(bars.1) + 0.5);
        let groups = Plot::on(room.slide, left, counts, (0.0, highest), false);
        let draws = f64::from(trace.settings.draws().max(2));
        let share = Plot::on(room.slide, right, (1.0, draws), (0.0, 1.0), true);
        let means = trace.share.means.iter();
        Self {
            width: room.width,
            height: right.y + right.h,
            shown,
            head,
            points: means
                .map(|&(n, mean)| share.at(f64::from(n), mean))
                .collect(),
            groups,
            share,
            bars,
            coins_per_group,
            groups_per_row,
        }
    }

    /// Whether there is room for a note above the coins.
    #[must_use]
    pub fn noted(&self) -> bool {
        self.head >= HEAD
    }

    /// Where a number stands.
    #[must_use]
    pub fn rect(&self, target: Target) -> Rect {
        match target {
            Target::Coin(index) => self.coin(index),
            Target::Count(count) => self.groups.strip(at(count) - 0.5, at(count) + 0.5),
            Target::Share(point) => {
                let at = self.points.get(point).copied().unwrap_or_default();
                Rect::around(at, 12.0, 12.0)
            }
        }
    }

    /// The number at a point.
    #[must_use]
    pub fn hit(&self, x: f64, y: f64) -> Option<Target> {
        let over = |target: &Target| self.rect(*target).contains(x, y);
        let point = || self.share.nearest(&self.points, x, y).map(Target::Share);
        self.blocks().find(over).or_else(point)
    }

    /// Every number that can be looked at, and where it stands.
    #[must_use]
    pub fn places(&self) -> Vec<(Target, Rect)> {
        let points = (0..self.points.len()).map(Target::Share);
        let targets = self.blocks().chain(points);
        targets.map(|target| (target, self.rect(target))).collect()
    }

    /// Coins and counts, which fill their rectangles.
    fn blocks(&self) -> impl Iterator<Item = Target> {
        let counts = (self.bars.0..=self.bars.1).map(Target::Count);
        (0..self.shown).map(Target::Coin).chain(counts)
    }

    fn coin(&self, index: usize) -> Rect {
        let (group, place) = (index / self.coins_per_group, index % self.coins_per_group);
        let (row, column) = (group / self.groups_per_row, group % self.groups_per_row);
        let wide = PITCH * at(self.coins_per_group) + GAP;
        Rect {
            x: wide * at(column) + PITCH * at(place),
            y: self.head + PITCH * at(row),
            w: PITCH,
            h: PITCH,
        }
    }
}

/// Coins side by side, and groups of them a row; groups longer than a row run on.
fn arrange(trace: &Trace, width: f64) -> (usize, usize) {
    let group = trace.settings.group() as usize;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few dozen"
    )]
    let fit = |room: f64, size: f64| (room / size).floor().max(1.0) as usize;
    let wide = PITCH * at(group) + GAP;
    if wide - GAP <= width {
        (group, fit(width + GAP, wide))
    } else {
        (fit(width, PITCH), 1)
    }
}

/// The rooms of two charts, beside or below one another.
pub(in crate::draw) fn rooms(room: Room, top: f64, abreast: bool) -> [Rect; 2] {
    let free = room.height - top;
    let (w, h) = if abreast {
        let least = if room.slide { 0.0 } else { 240.0 };
        ((room.width - 20.0) / 2.0, free.clamp(least, 380.0))
    } else {
        (room.width, (free / 2.0).clamp(220.0, 280.0))
    };
    let first = Rect {
        x: 0.0,
        y: top,
        w,
        h,
    };
    let second = if abreast {
        Rect {
            x: w + 20.0,
            ..first
        }
    } else {
        Rect {
            y: top + h + 12.0,
            ..first
        }
    };
    [first, second]
}

/// The counts that have a bar: all of a small group, of a large one those that are at all likely or were seen.
fn bars(trace: &Trace) -> (usize, usize) {
    let last = trace.counts.len() - 1;
    if last <= BARS {
        return (0, last);
    }
    let likely = |count: &usize| trace.binomial[*count] > 1e-5 || trace.counts[*count] > 0;
    let first = (0..=last).find(likely).unwrap_or(0);
    (first, (0..=last).rfind(likely).unwrap_or(last))
}

/// The highest bar or dot, and some air.
fn highest(trace: &Trace) -> f64 {
    let groups = f64::from(trace.groups.max(1));
    let seen = trace.counts.iter().map(|count| f64::from(*count) / groups);
    let all = seen.chain(trace.binomial.iter().copied());
    chart::headroom(all.fold(0.0, f64::max))
}
