//! Where everything stands: the [`Layout`] of the unit lanes, in CSS pixels.
//! The same geometry is drawn, pointed at and focused.

mod hit;
mod place;
mod room;

pub use room::{Room, SMALLEST_TYPE, slide_scale};

use super::Rect;
use crate::model::{Target, Trace};

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
    /// How it is arranged.
    pub form: Form,
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
    /// fc1.weight and fc1.bias before the step; narrow pictures have no room for it.
    pub before: Cells,
    /// How far each of them moved; in narrow pictures it stands below the gradients instead.
    pub moves: Cells,
    /// fc1.weight and fc1.bias after the step; narrow pictures have no room for it.
    pub after: Cells,
    /// Where the verdict begins.
    pub verdict: f64,
    /// Upper edge of the rows of outputs and targets.
    pub outputs: f64,
    /// Upper edge of the legend.
    pub legend: f64,
    /// Hidden units that are shown, from the first on: on a slide, as many as have room.
    pub units: usize,
    inputs: usize,
    batch: usize,
}

/// How a picture is arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The network at the left of the lanes, and every column.
    Wide,
    /// The same with fewer columns and no rows of outputs: an embedded picture with large type.
    Compact,
    /// The network above the lanes: a phone held upright.
    Stacked,
}

impl Form {
    /// Narrower than this, not every column has room.
    const WIDE: f64 = 850.0;

    fn of(room: Room) -> Self {
        if room.width >= Self::WIDE {
            Self::Wide
        } else if room.height > room.width * 0.8 {
            Self::Stacked
        } else {
            Self::Compact
        }
    }
}

/// Room for the heads of the columns.
const HEAD: f64 = 58.0;
/// Room for a row of outputs.
const OUTPUT_ROW: f64 = 26.0;
/// Smallest node that has room for its number.
pub(super) const ROOM_FOR_NUMBER: f64 = 13.0;
/// Room for the legend.
const LEGEND: f64 = 44.0;

impl Layout {
    /// The layout of `trace` in `room`.
    #[must_use]
    pub fn new(trace: &Trace, room: Room) -> Self {
        let mut layout = Self::empty(trace, room, Form::of(room));
        layout.place_rows(room);
        match layout.form {
            Form::Wide => layout.place_columns_beside(),
            Form::Compact => layout.place_few_columns_beside(),
            Form::Stacked => layout.place_columns_below(),
        }
        layout
    }

    /// Whether the network stands above the lanes.
    #[must_use]
    pub fn stacked(&self) -> bool {
        self.form == Form::Stacked
    }

    /// Whether verdicts must be short.
    #[must_use]
    pub fn terse(&self) -> bool {
        self.form != Form::Wide
    }

    fn empty(trace: &Trace, room: Room, form: Form) -> Self {
        Self {
            width: room.width,
            height: 0.0,
            form,
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
            moves: Cells::default(),
            after: Cells::default(),
            verdict: 0.0,
            outputs: 0.0,
            legend: 0.0,
            units: trace.hidden_features(),
            inputs: trace.in_features(),
            batch: trace.batch(),
        }
    }

    /// Lower edge of the rows of outputs, or of the lanes where there are none.
    #[must_use]
    pub fn outputs_end(&self) -> f64 {
        if self.form == Form::Compact {
            self.lanes.y + self.lanes.h
        } else {
            self.legend
        }
    }

    /// Upper edge of the cells of lane `unit`.
    #[must_use]
    pub fn lane_top(&self, unit: usize) -> f64 {
        let inset = if self.stacked() {
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
        let x = if self.stacked() {
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

    /// Size of what is written in the cells of a lane.
    #[must_use]
    pub fn lane_type(&self) -> f64 {
        (self.pitch * 0.6).clamp(SMALLEST_TYPE, 12.0)
    }

    /// Whether a number is shown: its unit may have no room on a slide.
    #[must_use]
    pub fn shows(&self, target: Target) -> bool {
        target.unit().is_none_or(|unit| unit < self.units)
    }

    fn cell(&self, cells: &Cells, k: usize, unit: usize) -> Rect {
        Rect {
            x: cells.x + cells.pitch * at(k),
            y: self.lane_top(unit),
            w: cells.pitch,
            h: self.cell_height,
        }
    }

    /// Cell `k` of a row of parameters, weights first and the bias last.
    #[must_use]
    pub fn parameter_cell(&self, cells: &Cells, k: usize, unit: usize) -> Rect {
        self.cell(cells, k, unit)
    }

    /// Where the move of parameter `k` of row `unit` is drawn.
    #[must_use]
    pub fn move_cell(&self, k: usize, unit: usize) -> Rect {
        if !self.stacked() {
            return self.cell(&self.moves, k, unit);
        }
        let above = if k < self.inputs {
            self.cell(&self.grad, k, unit)
        } else {
            self.cell(&self.bias_grad, 0, unit)
        };
        let y = above.y + above.h + 2.0;
        Rect {
            y,
            h: self.pitch - self.cell_height - 6.0,
            ..above
        }
    }

    /// Height of the verdict's line.
    #[must_use]
    pub fn verdict_y(&self, unit: usize) -> f64 {
        if self.stacked() {
            self.lane_top(unit) + self.cell_height + (self.pitch - self.cell_height) * 0.46
        } else {
            self.lane_middle(unit)
        }
    }

    /// Radius of a unit's node.
    #[must_use]
    pub fn node_radius(&self) -> f64 {
        let pitch = self.network.h / at(self.units.max(self.inputs));
        (pitch * 0.42).clamp(2.0, 19.0)
    }

    /// Radius of the output's node, which always has room for its number.
    #[must_use]
    pub fn output_radius(&self) -> f64 {
        self.node_radius().max(ROOM_FOR_NUMBER + 3.0)
    }

    /// x of the inputs' nodes.
    #[must_use]
    pub fn input_x(&self) -> f64 {
        self.network.x + 24.0
    }

    /// x of the hidden units' nodes.
    #[must_use]
    pub fn hidden_x(&self) -> f64 {
        self.network.x + self.network.w * 0.55
    }

    /// x of the output's node.
    #[must_use]
    pub fn output_x(&self) -> f64 {
        self.network.x + self.network.w - if self.stacked() { 40.0 } else { 26.0 }
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
        if self.stacked() {
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
    pub fn rect(&self, target: Target) -> Rect {
        let node =
            |center| Rect::around(center, 2.0 * self.node_radius(), 2.0 * self.node_radius());
        match target {
            Target::Input { input, .. } => node(self.input_node(input)),
            Target::Unit { unit, .. } => node(self.hidden_node(unit)),
            Target::Mask { sample, unit } => self.cell(&self.mask, sample, unit),
            Target::Kept { unit } => Rect {
                x: self.kept,
                y: self.lane_top(unit),
                w: 30.0,
                h: self.cell_height,
            },
            Target::WeightGrad { unit, input } => self.cell(&self.grad, input, unit),
            Target::BiasGrad { unit } => self.cell(&self.bias_grad, 0, unit),
            Target::Fc2Grad { unit } => self.cell(&self.fc2, 0, unit),
            Target::Weight { unit, input } => self.move_cell(input, unit),
            Target::Bias { unit } => self.move_cell(self.inputs, unit),
            Target::Verdict { unit } => {
                let end = if self.stacked() {
                    self.grad.x
                } else {
                    self.width
                };
                let y = self.verdict_y(unit) - 9.0;
                Rect {
                    x: self.verdict,
                    y,
                    w: (end - self.verdict).max(20.0),
                    h: 18.0,
                }
            }
            // Without rows of outputs both stand at the output's node.
            Target::Output { .. } | Target::Loss { .. } if self.form == Form::Compact => {
                Rect::around(
                    self.output_node(),
                    2.0 * self.output_radius(),
                    2.0 * self.output_radius(),
                )
            }
            Target::Output { sample } => self.output_cell(sample, 0),
            Target::Loss { sample } => self.output_cell(sample, 1),
        }
    }

    /// A cell below the mask: of the outputs (row 0) or of the targets (row 1).
    #[must_use]
    pub fn output_cell(&self, sample: usize, row: usize) -> Rect {
        let height = OUTPUT_ROW;
        Rect {
            x: self.mask.x + self.mask.pitch * at(sample),
            y: self.outputs + height * at(row) + 2.0,
            w: self.mask.pitch,
            h: height - 4.0,
        }
    }
}
