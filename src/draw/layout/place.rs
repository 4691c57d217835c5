//! Where rows and columns go in the room there is.

use super::{Cells, Form, HEAD, LEGEND, Layout, OUTPUT_ROW, Room, at};
use crate::draw::Rect;

/// Heights that depend on how the picture is arranged.
struct Heights {
    head: f64,
    outputs: f64,
    legend: f64,
    least_pitch: f64,
    most_pitch: f64,
}

impl Heights {
    fn of(form: Form) -> Self {
        let (head, outputs, legend) = (HEAD, 2.0 * OUTPUT_ROW + 8.0, LEGEND);
        match form {
            Form::Wide => Self {
                head,
                outputs,
                legend,
                least_pitch: 20.0,
                most_pitch: 46.0,
            },
            Form::Compact => Self {
                head: 40.0,
                outputs: 0.0,
                legend: 24.0,
                least_pitch: 13.0,
                most_pitch: 30.0,
            },
            Form::Stacked => Self {
                head,
                outputs,
                legend,
                least_pitch: 42.0,
                most_pitch: 46.0,
            },
        }
    }
}

impl Layout {
    pub(super) fn place_rows(&mut self, room: Room) {
        let heights = Heights::of(self.form);
        let above = match self.form {
            Form::Stacked => 24.0 + self.height_of_stacked_network(),
            Form::Wide | Form::Compact => 0.0,
        };
        let top = above + heights.head;
        let free = room.height - top - heights.outputs - heights.legend;
        if room.slide {
            let fits = |units: &usize| at(*units) * heights.least_pitch <= free;
            self.units = (1..=self.units).take_while(fits).count().max(1);
        }
        let units = at(self.units);
        self.pitch = (free / units).clamp(heights.least_pitch, heights.most_pitch);
        self.cell_height = if self.stacked() {
            22.0
        } else {
            (self.pitch * 0.74).min(30.0)
        };
        self.lanes = Rect {
            x: 0.0,
            y: top,
            w: self.width,
            h: self.pitch * units,
        };
        self.network = match self.form {
            Form::Stacked => Rect {
                x: 0.0,
                y: 24.0,
                w: self.width,
                h: above - 24.0,
            },
            Form::Wide => Rect {
                w: (self.width * 0.225).clamp(170.0, 420.0),
                ..self.lanes
            },
            Form::Compact => Rect {
                w: (self.width * 0.225).clamp(110.0, 170.0),
                ..self.lanes
            },
        };
        self.outputs = top + self.lanes.h + heights.outputs.min(8.0);
        self.legend = top + self.lanes.h + heights.outputs;
        self.height = self.legend + heights.legend;
    }

    fn height_of_stacked_network(&self) -> f64 {
        let nodes = at(self.units.max(self.inputs));
        (nodes * 24.0).clamp(130.0, 260.0).max(nodes * 4.0)
    }

    /// Wide: network | name | mask | kept | gradient | fc2 | before + move = after | verdict.
    pub(super) fn place_columns_beside(&mut self) {
        let (fc2, verdict, gap) = (24.0, 136.0, 14.0);
        let kept = self.room_for_kept();
        self.label = self.network.w + 32.0;
        let room = (self.width - self.label - kept - fc2 - verdict - 7.5 * gap).max(60.0);
        let row = at(self.inputs + 1);
        let mask = (at(self.batch) * 31.0).min(room * 0.45);
        let (grad, strip, moves) = (28.0, 8.0, 12.0);
        let squeeze = ((room - mask) / (row * (grad + 2.0 * strip + moves))).min(1.0);
        let [grad, strip, moves] = [grad, strip, moves].map(|pitch| pitch * squeeze);
        self.place_lane_start(gap, mask, kept, grad, fc2);
        self.before = Cells::new(self.fc2.end() + gap, strip, self.inputs + 1);
        self.moves = Cells::new(self.before.end() + gap, moves, self.inputs + 1);
        self.after = Cells::new(self.moves.end() + gap, strip, self.inputs + 1);
        self.verdict = self.after.end() + gap;
    }

    /// Compact: network | name | mask | kept | gradient | fc2 | move | verdict.
    pub(super) fn place_few_columns_beside(&mut self) {
        let (fc2, verdict, gap) = (16.0, 132.0, 8.0);
        let kept = self.room_for_kept();
        self.label = self.network.w + 24.0;
        let room = (self.width - self.label - kept - fc2 - verdict - 5.0 * gap).max(60.0);
        let row = at(self.inputs + 1);
        let mask = (at(self.batch) * 20.0).min(room * 0.4);
        let squeeze = ((room - mask) / (row * 28.0)).min(1.0);
        let [grad, moves] = [20.0, 8.0].map(|pitch| pitch * squeeze);
        self.place_lane_start(gap, mask, kept, grad, fc2);
        self.moves = Cells::new(self.fc2.end() + gap, moves, self.inputs + 1);
        // The head of the moves is wider than a few of them; the verdicts come first.
        let end = self.moves.end() + gap;
        self.verdict = (self.moves.x + 46.0).min(self.width - 116.0).max(end);
    }

    /// Narrow: name | mask | kept | gradient | fc2; below, the verdict and how each number of the row moved.
    pub(super) fn place_columns_below(&mut self) {
        let (fc2, gap) = (20.0, 8.0);
        let kept = self.room_for_kept();
        // The rows of outputs and targets are named in this margin too.
        self.label = 38.0;
        let room = (self.width - self.label - kept - fc2 - 3.5 * gap - 4.0).max(60.0);
        let row = at(self.inputs + 1);
        let mask = (at(self.batch) * 28.0).min(room * 0.5);
        let grad = ((room - mask) / row).min(28.0);
        self.place_lane_start(gap, mask, kept, grad, fc2);
        self.verdict = self.mask.x;
    }

    /// Width of the longest "3/4".
    fn room_for_kept(&self) -> f64 {
        let digits = self.batch.to_string().len();
        (10.0 + 6.6 * at(2 * digits + 1)).max(38.0)
    }

    /// What every arrangement begins a lane with, after the unit's name.
    fn place_lane_start(&mut self, gap: f64, mask: f64, kept: f64, grad: f64, fc2: f64) {
        self.mask = Cells::new(
            self.label + gap / 2.0 + 2.0,
            mask / at(self.batch),
            self.batch,
        );
        // The heads of the columns need room even where there are few cells.
        self.kept = (self.mask.end() + gap / 2.0).max(self.mask.x + 58.0);
        self.grad = Cells::new(self.kept + kept, grad, self.inputs);
        self.bias_grad = Cells::new(self.grad.end() + 4.0, grad, 1);
        let head = if self.form == Form::Compact {
            66.0
        } else {
            92.0
        };
        self.fc2 = Cells::new((self.bias_grad.end() + gap).max(self.grad.x + head), fc2, 1);
    }
}
