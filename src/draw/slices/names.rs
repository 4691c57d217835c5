//! Names and indices along the dimensions of a tensor.

use super::{AXES, LINE, Slices};
use crate::draw::layout::at;
use crate::draw::pen::Align;
use crate::draw::{Palette, Pen};

impl Slices {
    /// Names and indices of the dimensions.
    pub(in crate::draw) fn axes(&self, pen: &mut Pen, names: &[String], palette: &Palette) {
        let y = self.origin.1 + AXES / 2.0 - 2.0;
        let left = self.origin.0 + if self.named { 0.0 } else { 2.0 };
        let heading = self.heading(names);
        pen.text(&heading, (left, y), 10.5, Align::Left, palette.ink, 1.0);
        if !self.named {
            return;
        }
        for slice in 0..self.count {
            self.slice_names(pen, names, slice, palette);
        }
    }

    /// "T ↓  H →, a block for each B".
    fn heading(&self, names: &[String]) -> String {
        let name = |axis: usize| names.get(axis).map_or("", String::as_str);
        match self.order.as_slice() {
            [] => t!("a single number").to_owned(),
            [only] => format!("{} →", name(*only)),
            [slices @ .., down, across] => {
                let blocks: Vec<_> = slices.iter().map(|&axis| name(axis)).collect();
                let of = if blocks.is_empty() || self.named && self.narrow {
                    String::new()
                } else {
                    t!("   blocks: {}", blocks.join(", "))
                };
                format!("{} ↓   {} →{of}", name(*down), name(*across))
            }
        }
    }

    fn slice_names(&self, pen: &mut Pen, names: &[String], slice: usize, palette: &Palette) {
        let (x, y) = self.corner(slice);
        let mut label = |text: &str, at: (f64, f64), align: Align| {
            pen.text(text, at, 10.0, align, palette.quiet, 1.0);
        };
        if self.sliced() {
            label(
                &self.slice_name(names, slice),
                (x, y - 1.5 * LINE),
                Align::Left,
            );
        }
        let one_line = self.order.len() != 1 || self.rows <= 1;
        for column in (0..self.columns).filter(|&k| one_line && numbered(k, self.cell.0, 16.0)) {
            let middle = x + (at(column) + 0.5) * self.cell.0;
            label(&column.to_string(), (middle, y - 0.5 * LINE), Align::Center);
        }
        if self.order.len() < 2 && one_line {
            return;
        }
        for row in (0..self.rows).filter(|&k| numbered(k, self.cell.1, 11.0)) {
            let middle = y + (at(row) + 0.5) * self.cell.1;
            let first = if self.order.len() == 1 {
                row * self.columns
            } else {
                row
            };
            label(&first.to_string(), (x - 4.0, middle), Align::Right);
        }
    }

    /// "B = 2", or for several dimensions "N = 0, C = 2".
    fn slice_name(&self, names: &[String], slice: usize) -> String {
        let mut rest = slice;
        let mut parts: Vec<String> = Vec::new();
        for &axis in self.order.iter().rev().skip(2) {
            let size = self.shape[axis].max(1);
            let name = names.get(axis).map_or("", String::as_str);
            parts.push(format!("{name} = {}", rest % size));
            rest /= size;
        }
        parts.reverse();
        parts.join(", ")
    }
}

/// Whether index `k` is written, where each has `room` and its text needs `least`.
fn numbered(k: usize, room: f64, least: f64) -> bool {
    let every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]
        .into_iter()
        .find(|&n| room * at(n) >= least);
    every.is_some_and(|n| k.is_multiple_of(n))
}
