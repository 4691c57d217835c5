//! Where everything stands: the [`Layout`] of the unit lanes, in CSS pixels.
//! The same geometry is drawn, pointed at and focused.

use super::Rect;
use crate::model::{Target, Trace};

/// Sizes of a step, and of the room for its picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Width there is, in CSS pixels.
    pub width: f64,
    /// Height that would be good; more lanes than fit make the picture higher.
    pub height: f64,
    /// How much larger than usual the type is.
    pub type_scale: f64,
}

/// A run of equal cells side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cells {
    /// Left edge of the first.
    pub x: f64,
    /// Distance from one to the next.
    pub pitch: f64,
    /// How many there are.
    pub count: usize,
}

impl Cells {
    fn new(x: f64, pitch: f64, count: usize) -> Self {
        Self { x, pitch, count }
    }

    /// Right edge of the last.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.x + self.pitch * at(self.count)
    }

    /// Middle of cell `k`.
    #[must_use]
    pub fn middle(&self, k: usize) -> f64 {
        self.x + self.pitch * (at(k) + 0.5)
    }

    fn hit(&self, x: f64) -> Option<usize> {
        (0..self.count)
            .find(|&k| (self.x + self.pitch * at(k)..self.x + self.pitch * at(k + 1)).contains(&x))
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of cells")]
pub(super) fn at(n: usize) -> f64 {
    n as f64
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// How much larger than usual the type is.
    pub type_scale: f64,
    /// Whether the network stands above the lanes instead of at their left.
    pub stacked: bool,
    /// Where the network is drawn.
    pub network: Rect,
    /// The lanes, without their heads.
    pub lanes: Rect,
    /// Distance from one lane to the next.
    pub pitch: f64,
    /// Height of the cells of a lane; below them is room for the verdict where the picture is narrow.
    pub cell_height: f64,
    /// Where a unit's name ends.
    pub label: f64,
    /// The mask, a cell a sample.
    pub mask: Cells,
    /// Where "3/4" stands.
    pub kept: f64,
    /// fc1.weight.grad, a cell an input.
    pub grad: Cells,
    /// fc1.bias.grad.
    pub bias_grad: Cells,
    /// fc2.weight.grad.
    pub fc2: Cells,
    /// fc1.weight, before.
    pub before: Cells,
    /// fc1.weight and fc1.bias, after.
    pub after: Cells,
    /// Where the verdict begins.
    pub verdict: f64,
    /// Upper edge of the rows of outputs and targets.
    pub outputs: f64,
    /// Upper edge of the legend.
    pub legend: f64,
    units: usize,
    inputs: usize,
    batch: usize,
}

/// Narrower than this, the network stands above the lanes.
const STACKED_BELOW: f64 = 720.0;
/// Room for the heads of the columns.
const HEAD: f64 = 58.0;
/// Room for a row of outputs.
pub(super) const OUTPUT_ROW: f64 = 26.0;

impl Layout {
    /// The layout of `trace` in `room`.
    #[must_use]
    pub fn new(trace: &Trace, room: Room) -> Self {
        let stacked = room.width < STACKED_BELOW * room.type_scale.sqrt();
        let mut layout = Self::empty(trace, room, stacked);
        layout.place_rows(room);
        if stacked {
            layout.place_columns_below();
        } else {
            layout.place_columns_beside();
        }
        layout
    }

    fn empty(trace: &Trace, room: Room, stacked: bool) -> Self {
        Self {
            width: room.width,
            height: 0.0,
            type_scale: room.type_scale,
            stacked,
            network: Rect::default(),
            lanes: Rect::default(),
            pitch: 0.0,
            cell_height: 0.0,
            label: 0.0,
            mask: Cells::default(),
            kept: 0.0,
            grad: Cells::default(),
            bias_grad: Cells::default(),
            fc2: Cells::default(),
            before: Cells::default(),
            after: Cells::default(),
            verdict: 0.0,
            outputs: 0.0,
            legend: 0.0,
            units: trace.hidden_features(),
            inputs: trace.in_features(),
            batch: trace.batch(),
        }
    }

    fn place_rows(&mut self, room: Room) {
        let (ts, units) = (self.type_scale, at(self.units));
        let head = HEAD * ts;
        let foot = 2.0 * OUTPUT_ROW * ts + LEGEND * ts;
        let (top, smallest, largest, network_height) = if self.stacked {
            let height = (units * 26.0)
                .clamp(140.0, 300.0)
                .max(at(self.inputs) * 9.0)
                .max(units * 4.0);
            (height + 24.0 * ts + head, 40.0 * ts, 46.0 * ts, height)
        } else {
            (head, 20.0, 46.0 * ts, 0.0)
        };
        self.pitch = ((room.height - top - foot) / units).clamp(smallest, largest);
        self.cell_height = if self.stacked {
            22.0 * ts
        } else {
            (self.pitch - 10.0).clamp(8.0, 34.0 * ts)
        };
        self.lanes = Rect {
            x: 0.0,
            y: top,
            w: self.width,
            h: self.pitch * units,
        };
        self.outputs = top + self.lanes.h + 8.0;
        self.legend = self.outputs + 2.0 * OUTPUT_ROW * ts;
        self.height = self.legend + LEGEND * ts;
        self.network = if self.stacked {
            Rect {
                x: 0.0,
                y: 24.0 * ts,
                w: self.width,
                h: network_height,
            }
        } else {
            Rect {
                x: 0.0,
                y: top,
                w: 0.0,
                h: self.lanes.h,
            }
        };
    }

    /// Wide: network | name | mask | kept | gradient | fc2 | before → after | verdict.
    fn place_columns_beside(&mut self) {
        let ts = self.type_scale;
        self.network.w = (self.width * 0.27).clamp(180.0, 330.0);
        self.label = self.network.w + 34.0 * ts;
        let gap = 16.0;
        let (kept, fc2, verdict) = (38.0 * ts, 26.0 * ts, 132.0 * ts);
        let fixed = self.label + kept + fc2 + verdict + 7.0 * gap + 8.0;
        let room = (self.width - fixed).max(60.0);
        let row = at(self.inputs + 1);
        let wanted = [
            at(self.batch) * 34.0 * ts,
            row * 30.0 * ts + 6.0,
            row * 13.0 * ts,
            row * 13.0 * ts,
        ];
        let squeeze = (room / wanted.iter().sum::<f64>()).min(1.0);
        let cell = |wanted: f64, count: f64| wanted * squeeze / count;
        self.mask = Cells::new(
            self.label + gap / 2.0,
            cell(wanted[0], at(self.batch)),
            self.batch,
        );
        self.kept = self.mask.end() + gap * 0.6;
        let grad = cell(wanted[1] - 6.0, row);
        self.grad = Cells::new(self.kept + kept, grad, self.inputs);
        self.bias_grad = Cells::new(self.grad.end() + 6.0 * squeeze, grad, 1);
        self.fc2 = Cells::new(self.bias_grad.end() + gap, fc2, 1);
        let strip = cell(wanted[2], row);
        self.before = Cells::new(self.fc2.end() + gap, strip, self.inputs + 1);
        self.after = Cells::new(self.before.end() + gap, strip, self.inputs + 1);
        self.verdict = self.after.end() + gap * 0.75;
    }

    /// Narrow: name | mask | kept | gradient | fc2, and the verdict on a line of its own below.
    fn place_columns_below(&mut self) {
        let ts = self.type_scale;
        self.label = 24.0 * ts;
        let (kept, fc2, gap) = (30.0 * ts, 22.0 * ts, 10.0);
        let room = (self.width - self.label - kept - fc2 - 4.0 * gap).max(60.0);
        let row = at(self.inputs + 1);
        let wanted = [at(self.batch) * 28.0 * ts, row * 25.0 * ts];
        let squeeze = (room / (wanted[0] + wanted[1])).min(1.0);
        self.mask = Cells::new(
            self.label + gap,
            wanted[0] * squeeze / at(self.batch),
            self.batch,
        );
        self.kept = self.mask.end() + gap * 0.5;
        let grad = wanted[1] * squeeze / row;
        self.grad = Cells::new(self.kept + kept, grad, self.inputs);
        self.bias_grad = Cells::new(self.grad.end() + 3.0, grad, 1);
        self.fc2 = Cells::new(self.bias_grad.end() + gap, fc2, 1);
        let strip = (10.0 * ts).min(self.width * 0.2 / row);
        self.before = Cells::new(self.label + gap, strip, self.inputs + 1);
        self.after = Cells::new(self.before.end() + 18.0 * ts, strip, self.inputs + 1);
        self.verdict = self.after.end() + gap;
    }

    /// Upper edge of the cells of lane `unit`.
    #[must_use]
    pub fn lane_top(&self, unit: usize) -> f64 {
        let inset = if self.stacked {
            1.0
        } else {
            (self.pitch - self.cell_height) / 2.0
        };
        self.lanes.y + self.pitch * at(unit) + inset
    }

    /// Middle of the cells of lane `unit`.
    #[must_use]
    pub fn lane_middle(&self, unit: usize) -> f64 {
        self.lane_top(unit) + self.cell_height / 2.0
    }

    /// The band that a lane fills from its name to its verdict.
    #[must_use]
    pub fn band(&self, unit: usize) -> Rect {
        let x = if self.stacked {
            0.0
        } else {
            self.hidden_x() - self.node_radius() - 6.0
        };
        let margin = if self.pitch > 24.0 { 2.0 } else { 0.5 };
        Rect {
            x,
            y: self.lanes.y + self.pitch * at(unit) + margin,
            w: self.width - x,
            h: self.pitch - 2.0 * margin,
        }
    }

    fn cell(&self, cells: &Cells, k: usize, unit: usize) -> Rect {
        Rect {
            x: cells.x + cells.pitch * at(k),
            y: self.lane_top(unit),
            w: cells.pitch,
            h: self.cell_height,
        }
    }

    /// A cell of the strips before and after; in a narrow picture they stand below the other cells.
    #[must_use]
    pub fn strip_cell(&self, cells: &Cells, k: usize, unit: usize) -> Rect {
        let cell = self.cell(cells, k, unit);
        if self.stacked {
            Rect {
                y: self.verdict_y(unit) - 5.0 * self.type_scale,
                h: 10.0 * self.type_scale,
                ..cell
            }
        } else {
            cell
        }
    }

    /// Height of the verdict's line.
    #[must_use]
    pub fn verdict_y(&self, unit: usize) -> f64 {
        if self.stacked {
            self.lane_top(unit) + self.cell_height + (self.pitch - self.cell_height) * 0.42
        } else {
            self.lane_middle(unit)
        }
    }

    /// Radius of a unit's node.
    #[must_use]
    pub fn node_radius(&self) -> f64 {
        let pitch = self.network.h / at(self.units.max(self.inputs));
        (pitch * 0.42).clamp(2.0, 19.0 * self.type_scale)
    }

    /// x of the inputs' nodes.
    #[must_use]
    pub fn input_x(&self) -> f64 {
        self.network.x + 24.0 * self.type_scale
    }

    /// x of the hidden units' nodes.
    #[must_use]
    pub fn hidden_x(&self) -> f64 {
        self.network.x + self.network.w * 0.56
    }

    /// x of the output's node.
    #[must_use]
    pub fn output_x(&self) -> f64 {
        self.network.x + self.network.w - 26.0 * self.type_scale
    }

    /// Middle of input node `k`.
    #[must_use]
    pub fn input_node(&self, k: usize) -> (f64, f64) {
        let pitch = self.network.h / at(self.inputs);
        (self.input_x(), self.network.y + pitch * (at(k) + 0.5))
    }

    /// Middle of the node of hidden unit `unit`.
    #[must_use]
    pub fn hidden_node(&self, unit: usize) -> (f64, f64) {
        if self.stacked {
            let pitch = self.network.h / at(self.units);
            (self.hidden_x(), self.network.y + pitch * (at(unit) + 0.5))
        } else {
            (self.hidden_x(), self.lane_middle(unit))
        }
    }

    /// Middle of the output's node.
    #[must_use]
    pub fn output_node(&self) -> (f64, f64) {
        (self.output_x(), self.network.y + self.network.h / 2.0)
    }

    /// Where a number stands.
    #[must_use]
    pub fn rect(&self, target: Target, sample: usize) -> Rect {
        let node =
            |center| Rect::around(center, 2.0 * self.node_radius(), 2.0 * self.node_radius());
        match target {
            Target::Input { input, .. } => node(self.input_node(input)),
            Target::Unit { unit, .. } => node(self.hidden_node(unit)),
            Target::Mask { sample, unit } => self.cell(&self.mask, sample, unit),
            Target::Kept { unit } => Rect {
                x: self.kept,
                y: self.lane_top(unit),
                w: 30.0 * self.type_scale,
                h: self.cell_height,
            },
            Target::WeightGrad { unit, input } => self.cell(&self.grad, input, unit),
            Target::BiasGrad { unit } => self.cell(&self.bias_grad, 0, unit),
            Target::Fc2Grad { unit } => self.cell(&self.fc2, 0, unit),
            Target::Weight { unit, input } => self.strip_cell(&self.after, input, unit),
            Target::Bias { unit } => self.strip_cell(&self.after, self.inputs, unit),
            Target::Verdict { unit } => {
                let y = self.verdict_y(unit) - 9.0 * self.type_scale;
                Rect {
                    x: self.verdict,
                    y,
                    w: (self.width - self.verdict).max(20.0),
                    h: 18.0 * self.type_scale,
                }
            }
            Target::Output { sample: row } if row == sample && !self.stacked => {
                self.output_cell(row, 0)
            }
            Target::Output { sample } => self.output_cell(sample, 0),
            Target::Loss { sample } => self.output_cell(sample, 1),
        }
    }

    /// A cell below the mask: of the outputs (row 0) or of the targets (row 1).
    #[must_use]
    pub fn output_cell(&self, sample: usize, row: usize) -> Rect {
        let height = OUTPUT_ROW * self.type_scale;
        Rect {
            x: self.mask.x + self.mask.pitch * at(sample),
            y: self.outputs + height * at(row) + 2.0,
            w: self.mask.pitch,
            h: height - 4.0,
        }
    }

    /// The number at a point; numbers of the network are those of `sample`.
    #[must_use]
    pub fn hit(&self, x: f64, y: f64, sample: usize) -> Option<Target> {
        self.hit_network(x, y, sample)
            .or_else(|| self.hit_lane(x, y))
            .or_else(|| {
                let sample = self.mask.hit(x)?;
                [Target::Output { sample }, Target::Loss { sample }]
                    .into_iter()
                    .find(|&target| self.rect(target, sample).contains(x, y))
            })
    }

    fn hit_network(&self, x: f64, y: f64, sample: usize) -> Option<Target> {
        let inputs = (0..self.inputs).map(|input| Target::Input { sample, input });
        let units = (0..self.units).map(|unit| Target::Unit { sample, unit });
        let near = |center: (f64, f64)| {
            let reach = self.node_radius().max(8.0);
            (x - center.0).hypot(y - center.1) <= reach
        };
        if near(self.output_node()) {
            return Some(Target::Output { sample });
        }
        inputs
            .chain(units)
            .find(|&target| near(self.rect(target, sample).center()))
    }

    fn hit_lane(&self, x: f64, y: f64) -> Option<Target> {
        let unit = (0..self.units).find(|&unit| self.band(unit).contains(x, y))?;
        let below = self.stacked && y > self.lane_top(unit) + self.cell_height;
        let strip = |k: usize| {
            if k < self.inputs {
                Target::Weight { unit, input: k }
            } else {
                Target::Bias { unit }
            }
        };
        let strips = || self.before.hit(x).or_else(|| self.after.hit(x)).map(strip);
        if below {
            return strips().or_else(|| (x >= self.verdict).then_some(Target::Verdict { unit }));
        }
        let upper = [
            self.mask.hit(x).map(|sample| Target::Mask { sample, unit }),
            self.grad
                .hit(x)
                .map(|input| Target::WeightGrad { unit, input }),
            self.bias_grad.hit(x).map(|_| Target::BiasGrad { unit }),
            self.fc2.hit(x).map(|_| Target::Fc2Grad { unit }),
            (self.mask.end()..self.grad.x)
                .contains(&x)
                .then_some(Target::Kept { unit }),
        ];
        let beside = || {
            (!self.stacked).then(|| {
                strips().or_else(|| (x >= self.verdict).then_some(Target::Verdict { unit }))
            })
        };
        upper
            .into_iter()
            .flatten()
            .next()
            .or_else(|| beside().flatten())
    }
}

/// Room for the legend.
const LEGEND: f64 = 44.0;
