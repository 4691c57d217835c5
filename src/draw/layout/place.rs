//! Where rows and columns go in the room there is.

use super::{Cells, HEAD, LEGEND, Layout, OUTPUT_ROW, Room, at};
use crate::draw::Rect;

impl Layout {
    pub(super) fn place_rows(&mut self, room: Room) {
        let ts = self.type_scale;
        self.network = if self.stacked {
            Rect {
                x: 0.0,
                y: 24.0 * ts,
                w: self.width,
                h: self.height_of_stacked_network(),
            }
        } else {
            Rect {
                x: 0.0,
                y: HEAD * ts,
                w: (self.width * 0.235).clamp(170.0, 420.0),
                h: 0.0,
            }
        };
        let top = if self.stacked {
            self.network.y + self.network.h + HEAD * ts
        } else {
            HEAD * ts
        };
        let below = (2.0 * OUTPUT_ROW + LEGEND) * ts + 8.0;
        let units = at(self.units);
        let (least, most) = if self.stacked {
            (42.0 * ts, 46.0 * ts)
        } else {
            (20.0 * ts, 46.0 * ts)
        };
        self.pitch = ((room.height - top - below) / units).clamp(least, most);
        self.cell_height = if self.stacked {
            22.0 * ts
        } else {
            (self.pitch * 0.74).min(30.0 * ts)
        };
        self.lanes = Rect {
            x: 0.0,
            y: top,
            w: self.width,
            h: self.pitch * units,
        };
        if !self.stacked {
            self.network.h = self.lanes.h;
        }
        self.outputs = top + self.lanes.h + 8.0;
        self.legend = self.outputs + 2.0 * OUTPUT_ROW * ts;
        self.height = self.legend + LEGEND * ts;
    }

    fn height_of_stacked_network(&self) -> f64 {
        let nodes = at(self.units.max(self.inputs));
        (nodes * 24.0).clamp(130.0, 260.0).max(nodes * 4.0)
    }

    /// Wide: network | name | mask | kept | gradient | fc2 | before + move = after | verdict.
    pub(super) fn place_columns_beside(&mut self) {
        let (ts, gap) = (self.type_scale, 14.0);
        let (kept, fc2, verdict) = (34.0 * ts, 24.0 * ts, 122.0 * ts);
        self.label = self.network.w + 32.0 * ts;
        let room = (self.width - self.label - kept - fc2 - verdict - 7.5 * gap).max(60.0);
        let row = at(self.inputs + 1);
        let mask = (at(self.batch) * 29.0 * ts).min(room * 0.45);
        let [grad, strip, moves] = [28.0 * ts, 8.0 * ts, 12.0 * ts];
        let squeeze = ((room - mask) / (row * (grad + 2.0 * strip + moves))).min(1.0);
        let [grad, strip, moves] = [grad, strip, moves].map(|pitch| pitch * squeeze);
        self.mask = Cells::new(self.label + gap / 2.0, mask / at(self.batch), self.batch);
        self.kept = self.mask.end() + gap / 2.0;
        self.grad = Cells::new(self.kept + kept, grad, self.inputs);
        self.bias_grad = Cells::new(self.grad.end() + 4.0, grad, 1);
        self.fc2 = Cells::new(self.bias_grad.end() + gap, fc2, 1);
        self.before = Cells::new(self.fc2.end() + gap, strip, self.inputs + 1);
        self.moves = Cells::new(self.before.end() + gap, moves, self.inputs + 1);
        self.after = Cells::new(self.moves.end() + gap, strip, self.inputs + 1);
        self.verdict = self.after.end() + gap;
    }

    /// Narrow: name | mask | kept | gradient | fc2; below, the verdict and how each number of the row moved.
    pub(super) fn place_columns_below(&mut self) {
        let (ts, gap) = (self.type_scale, 8.0);
        let (kept, fc2) = (30.0 * ts, 20.0 * ts);
        self.label = 24.0 * ts;
        let room = (self.width - self.label - kept - fc2 - 3.5 * gap - 4.0).max(60.0);
        let row = at(self.inputs + 1);
        let mask = (at(self.batch) * 28.0 * ts).min(room * 0.5);
        let grad = ((room - mask) / row).min(28.0 * ts);
        self.mask = Cells::new(self.label + gap, mask / at(self.batch), self.batch);
        self.kept = self.mask.end() + gap / 2.0;
        self.grad = Cells::new(self.kept + kept, grad, self.inputs);
        self.bias_grad = Cells::new(self.grad.end() + 4.0, grad, 1);
        self.fc2 = Cells::new(self.bias_grad.end() + gap, fc2, 1);
        self.verdict = self.mask.x;
    }
}
