//! Where curves and fits stand, in CSS pixels; the same geometry is drawn and pointed at.

mod lanes;
mod learned;
mod span;

use super::Mark;
use crate::draw::Rect;
use crate::draw::chart::{self, Axis, Plot};
use crate::draw::layout::Room;
use crate::model::exhibits::training::{
    Fit, Live, Panel, RaceTrace, RunTrace, Settings, SweepTrace,
};
use crate::model::proof::race::{Losses, Task};
pub use lanes::LaneRoom;
use span::Span;

/// Narrower than this, charts stand below one another.
const ABREAST: f64 = 460.0;
/// Least height of a chart that stands below another.
const STACKED: f64 = 230.0;
/// Lower than this, charts go without notes and names of axes.
const COMPACT: f64 = 300.0;
/// Height of a line of the legend.
pub(super) const LINE: f64 = 17.0;

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Whether there is room for little more than the marks.
    pub compact: bool,
    /// Room for the legend.
    pub legend: Rect,
    /// Losses along the training steps, or along p.
    pub main: Plot,
    /// What was learned, or how pairs ended.
    pub side: Vec<Plot>,
    /// The hidden units, where these are shown instead.
    pub lanes: Option<LaneRoom>,
    /// What the colours and marks there mean, if that is said apart.
    pub key: Rect,
    marks: Vec<(Mark, (f64, f64))>,
}

impl Layout {
    /// The layout of `live` in `room`.
    #[must_use]
    pub fn new(live: &Live, room: Room) -> Self {
        let compact = room.slide || room.height < COMPACT;
        let lines = match live {
            _ if compact => 1.0,
            Live::Run(_) => 4.0,
            Live::Race(_) => 2.0,
            Live::Sweep(_) => 1.0,
        };
        let legend = Rect {
            w: room.width,
            h: lines * LINE + 6.0,
            ..Rect::default()
        };
        let mut layout = Self {
            width: room.width,
            height: room.height,
            compact,
            legend,
            main: Plot::inside(Rect::default(), (0.0, 1.0), (0.0, 1.0), false),
            side: Vec::new(),
            lanes: None,
            key: Rect::default(),
            marks: Vec::new(),
        };
        match live {
            Live::Run(trace) => layout.run(trace, room),
            Live::Race(trace) => layout.race(trace, room),
            Live::Sweep(trace) => layout.sweep(trace, room),
        }
        layout
    }

    /// A plot inside `room`.
    fn plot(&self, room: Rect, x: Span, y: Span) -> Plot {
        let (above, below) = if self.compact {
            (18.0, 18.0)
        } else {
            (chart::ABOVE - 6.0, chart::BELOW)
        };
        let area = Rect {
            x: room.x + chart::LEFT,
            y: room.y + above,
            w: room.w - chart::LEFT - 14.0,
            h: room.h - above - below,
        };
        let axis = |span: Span, start: f64, end: f64| Axis {
            from: span.from,
            to: span.to,
            start,
            end,
            logarithmic: span.logarithmic,
        };
        Plot {
            area,
            x: axis(x, area.x, area.x + area.w),
            y: axis(y, area.y + area.h, area.y),
            above,
        }
    }

    /// Two rooms below the legend: where they are abreast, the first has `share` of the width; where they are not,
    /// the second is at least `second` high.
    fn rooms(&mut self, room: Room, share: f64, second: f64) -> [Rect; 2] {
        const GAP: f64 = 18.0;
        let top = self.legend.h;
        let all = Rect {
            x: 0.0,
            y: top,
            w: room.width,
            h: room.height - top,
        };
        if room.slide || room.width >= ABREAST {
            let w = (room.width - GAP) * share;
            let right = Rect {
                x: w + GAP,
                w: room.width - w - GAP,
                ..all
            };
            return [Rect { w, ..all }, right];
        }
        let h = (all.h / 2.0).max(STACKED);
        let below = Rect {
            y: top + h,
            h: h.max(second),
            ..all
        };
        self.height = below.y + below.h;
        [Rect { h, ..all }, below]
    }

    fn run(&mut self, trace: &RunTrace, room: Room) {
        let (share, second) = match (trace.settings.panel(), &trace.fit) {
            (Panel::Lanes, _) => (0.4, LaneRoom::usual_height(&trace.lanes)),
            (Panel::Fit, Fit::Curve { .. }) => (0.56, STACKED),
            (Panel::Fit, Fit::Slopes { .. }) => (0.56, 2.0 * STACKED),
            (Panel::Fit, Fit::Surface(_)) => (0.44, 2.0 * STACKED),
        };
        let [left, right] = self.rooms(room, share, second);
        let points = || trace.curves.iter().flat_map(|curve| &curve.points);
        let all = |losses: &Losses| [Some(losses.train), Some(losses.test), losses.running];
        let first = points().next().map_or(1.0, |losses| losses.test.into());
        let zero = zero(&trace.settings, trace.loss_of_zero);
        // Before the first step there is room for what is to come.
        let room_below = (trace.taken == 0).then_some(first / 10.0);
        let losses = points().flat_map(all).flatten().map(f64::from);
        let losses = losses.chain(zero).chain(room_below);
        let y = Span::losses(&trace.settings, first, losses);
        let diverged = trace.diverged.iter().all(Option::is_some);
        let steps = if diverged {
            trace.taken
        } else {
            trace.settings.plan().steps
        };
        self.main = self.plot(left, Span::linear(0.0, steps.into()), y);
        match trace.settings.panel() {
            Panel::Fit => self.learned(&trace.fit, right),
            Panel::Lanes => self.units(&trace.lanes, right),
        }
        let curve = trace.curves.iter().max_by_key(|curve| curve.points.len());
        let points = curve.into_iter().flat_map(|curve| curve.points.iter());
        self.marks = points
            .enumerate()
            .map(|(k, losses)| {
                let at = self.place(f64::from(losses.step), f64::from(losses.test));
                (Mark::Point(k), at)
            })
            .collect();
    }

    fn race(&mut self, trace: &RaceTrace, room: Room) {
        let [left, right] = self.rooms(room, 0.6, STACKED);
        let settings = &trace.settings;
        let curves = trace
            .pairs
            .iter()
            .flat_map(|pair| [&pair.without, &pair.with]);
        let tests = curves.flat_map(|curve| curve.points.iter().map(|losses| losses.test));
        let first = trace.medians[0]
            .first()
            .map_or(1.0, |(_, test)| (*test).into());
        let zero = zero(settings, trace.loss_of_zero);
        let y = Span::losses(settings, first, tests.map(f64::from).chain(zero));
        let steps = f64::from(settings.plan().steps);
        self.main = self.plot(left, Span::linear(0.0, steps), y);
        let ends = trace.pairs.iter().flat_map(|pair| {
            [&pair.without, &pair.with].map(|curve| last_test(curve.points.last()))
        });
        let ends = Span::losses(settings, first, ends);
        self.side = vec![self.plot(right, ends, ends)];
        let points = trace.medians[1]
            .iter()
            .enumerate()
            .map(|(k, (step, test))| {
                let at = self.place(f64::from(*step), f64::from(*test));
                (Mark::Point(k), at)
            });
        let pairs = trace.pairs.iter().enumerate().map(|(k, pair)| {
            let [x, y] = [&pair.without, &pair.with].map(|curve| last_test(curve.points.last()));
            (Mark::Pair(k), inside(&self.side[0], x, y))
        });
        self.marks = points.chain(pairs).collect();
    }

    fn sweep(&mut self, trace: &SweepTrace, room: Room) {
        let settings = &trace.settings;
        let all = Rect {
            y: self.legend.h,
            w: room.width,
            h: room.height - self.legend.h,
            ..Rect::default()
        };
        let tests = trace.dots.iter().map(|dot| f64::from(dot.test));
        let zero = zero(settings, trace.loss_of_zero);
        let medians = trace.medians.iter().map(|median| f64::from(*median));
        let highest = medians
            .filter(|median| median.is_finite())
            .fold(0.0, f64::max);
        let rival = trace.rival.map(f64::from);
        let y = Span::losses(settings, highest, tests.chain(rival).chain(zero));
        self.main = self.plot(all, Span::linear(-0.06, 0.96), y);
        let places = trace.ps.iter().zip(&trace.medians).enumerate();
        self.marks = places
            .map(|(k, (p, median))| (Mark::Place(k), self.place(p.p(), f64::from(*median))))
            .collect();
    }

    /// A point of the main plot, at its edge if it lies outside.
    #[must_use]
    pub fn place(&self, x: f64, loss: f64) -> (f64, f64) {
        inside(&self.main, x, loss)
    }

    /// Where something stands that can be looked at.
    #[must_use]
    pub fn at(&self, mark: Mark) -> Option<(f64, f64)> {
        let found = self.marks.iter().find(|(own, _)| *own == mark);
        found.map(|(_, at)| *at)
    }

    /// Everything that can be looked at, and where it stands: what lies along the level axis in one row, so that
    /// arrow keys go from one to the next.
    #[must_use]
    pub fn places(&self) -> Vec<(Mark, Rect)> {
        let row = self.main.area.center().1;
        let place = |&(mark, (x, y)): &(Mark, (f64, f64))| {
            let y = if matches!(mark, Mark::Pair(_)) {
                y
            } else {
                row
            };
            (mark, Rect::around((x, y), 12.0, 12.0))
        };
        let lanes = self.lanes.iter().flat_map(LaneRoom::places);
        self.marks.iter().map(place).chain(lanes).collect()
    }

    /// What is at a point: the nearest pair, or what is nearest along the level axis.
    #[must_use]
    pub fn hit(&self, x: f64, y: f64) -> Option<Mark> {
        const NEAR: f64 = 12.0;
        if let Some(lane) = self.lanes.as_ref().and_then(|lanes| lanes.hit(x, y)) {
            return Some(lane);
        }
        let pairs = self
            .marks
            .iter()
            .filter(|(mark, _)| matches!(mark, Mark::Pair(_)));
        let distance = |at: &(f64, f64)| (at.0 - x).hypot(at.1 - y);
        let pair = pairs.min_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)));
        if let Some((pair, at)) = pair
            && distance(at) < NEAR
        {
            return Some(*pair);
        }
        let level = |(mark, _): &&(Mark, (f64, f64))| !matches!(mark, Mark::Pair(_));
        let marks: Vec<_> = self.marks.iter().filter(level).collect();
        let points: Vec<_> = marks.iter().map(|(_, at)| *at).collect();
        self.main.nearest(&points, x, y).map(|k| marks[k].0)
    }
}

/// A point of a plot, at its edge if it lies outside; what is not a number is at the top.
pub(super) fn inside(plot: &Plot, x: f64, y: f64) -> (f64, f64) {
    let clamp = |axis: &Axis, value: f64| {
        if value.is_nan() {
            axis.end
        } else {
            axis.at(value.clamp(axis.from, axis.to))
        }
    };
    (clamp(&plot.x, x), clamp(&plot.y, y))
}

/// The test loss at the end of a run; infinite if it is no number.
pub(super) fn last_test(losses: Option<&Losses>) -> f64 {
    losses
        .map(|losses| f64::from(losses.test))
        .filter(|test| test.is_finite())
        .unwrap_or(f64::INFINITY)
}

/// What answering 0 costs, where that is worth a line.
pub(super) fn zero(settings: &Settings, loss_of_zero: f64) -> Option<f64> {
    (settings.plan().task == Task::Noise).then_some(loss_of_zero)
}
