//! Where the hidden units stand, a lane each: names, the coins of the latest batch, and four axes.

use super::Layout;
use crate::draw::Rect;
use crate::draw::chart::{Axis, round_step};
use crate::draw::layout::{Cells, at};
use crate::draw::training::Mark;
use crate::model::exhibits::training::{COINS, Lanes, Unit};

/// Least and greatest distance from one lane to the next.
const PITCH: [f64; 2] = [4.0, 30.0];
/// A lane that has no height given is so high.
const USUAL: f64 = 15.0;
/// How far the legend of the curves reaches.
const LEGEND: f64 = 490.0;
/// Room for the names of the units.
const NAMES: f64 = 28.0;
/// The share of the width that the coins may have.
const COINS_SHARE: f64 = 0.3;

/// The lanes of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneRoom {
    /// All of it.
    pub room: Rect,
    /// The lanes that are shown, with their names.
    pub area: Rect,
    /// Distance from one lane to the next.
    pub pitch: f64,
    /// Lanes that have room, from the first on.
    pub shown: usize,
    /// The coins of the latest batch.
    pub coins: Cells,
    /// The share of samples for which a unit was kept, the share of steps without gradient, the norm of its row of
    /// fc1.weight, and |w2|.
    pub axes: [Axis; 4],
}

impl LaneRoom {
    /// Room above and below the lanes, for their heads, ticks and legend.
    fn margins(compact: bool) -> (f64, f64) {
        if compact { (18.0, 30.0) } else { (58.0, 44.0) }
    }

    /// The height at which lanes are easily read.
    pub(super) fn usual_height(lanes: &Lanes) -> f64 {
        let (above, below) = Self::margins(false);
        above + below + (at(lanes.units.len()) * USUAL).min(400.0)
    }

    fn new(lanes: &Lanes, room: Rect, compact: bool) -> Self {
        let (above, below) = Self::margins(compact);
        let (height, units) = (room.h - above - below, lanes.units.len());
        let pitch = (height / at(units.max(1))).clamp(PITCH[0], PITCH[1]);
        let fits = |count: &usize| pitch * at(*count) <= height + 0.5;
        let shown = (1..=units).take_while(fits).count().max(1).min(units);
        let area = Rect {
            y: room.y + above,
            h: pitch * at(shown),
            ..room
        };
        let wide = COINS_SHARE * room.w;
        let samples = lanes.batch.min(COINS);
        let cell = (wide / at(samples.max(1))).clamp(PITCH[0], pitch.min(13.0));
        let coins = Cells {
            x: room.x + NAMES,
            pitch: cell,
            count: (1..=samples)
                .take_while(|n| cell * at(*n) <= wide + 0.5)
                .count(),
        };
        Self {
            room,
            area,
            pitch,
            shown,
            coins,
            axes: axes(lanes, (coins.end(), room.x + room.w), compact),
        }
    }

    /// The strip of a lane.
    #[must_use]
    pub fn lane(&self, unit: usize) -> Rect {
        Rect {
            y: self.area.y + self.pitch * at(unit),
            h: self.pitch,
            ..self.area
        }
    }

    /// The cell of a coin.
    #[must_use]
    pub fn coin(&self, sample: usize, unit: usize) -> Rect {
        Rect {
            x: self.coins.x + self.coins.pitch * at(sample),
            w: self.coins.pitch,
            ..self.lane(unit)
        }
    }

    pub(super) fn places(&self) -> impl Iterator<Item = (Mark, Rect)> + '_ {
        (0..self.shown).map(|unit| (Mark::Lane(unit), self.lane(unit)))
    }

    pub(super) fn hit(&self, x: f64, y: f64) -> Option<Mark> {
        let lane = (0..self.shown).find(|unit| self.lane(*unit).contains(x, y));
        lane.map(Mark::Lane)
    }
}

/// Four axes beside each other between two edges, each from 0 to a round number.
fn axes(lanes: &Lanes, (from, to): (f64, f64), compact: bool) -> [Axis; 4] {
    let gap = if compact { 12.0 } else { 22.0 };
    let width = ((to - 8.0 - from) / 4.0 - gap).max(10.0);
    let largest = |of: &dyn Fn(&Unit) -> [f64; 2]| {
        let values = lanes.units.iter().flat_map(of);
        round_step(values.filter(|value| value.is_finite()).fold(0.0, f64::max))
    };
    let idle = |unit: &Unit| {
        let steps = unit.idle_steps().into_iter().zip(lanes.steps);
        let mut shares = steps.map(|(idle, all)| f64::from(idle) / f64::from(all.max(1)));
        [0; 2].map(|_| shares.next().unwrap_or(0.0))
    };
    let ends = [
        1.0,
        largest(&idle).max(0.01),
        largest(&|unit| unit.row.map(f64::from)),
        largest(&|unit| unit.out.map(f64::from)),
    ];
    let mut start = from - width;
    ends.map(|end| {
        start += width + gap;
        Axis {
            from: 0.0,
            to: end,
            start,
            end: start + width,
            logarithmic: false,
        }
    })
}

impl Layout {
    /// Hidden units, a lane each.
    pub(super) fn units(&mut self, lanes: &Lanes, room: Rect) {
        // The names of the curves leave room to their right.
        let room = if !self.compact && room.x >= LEGEND {
            Rect {
                y: 0.0,
                h: room.y + room.h,
                ..room
            }
        } else {
            room
        };
        self.lanes = Some(LaneRoom::new(lanes, room, self.compact));
    }
}
