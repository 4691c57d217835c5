//! [`Table`]s: the numbers of a view to read on the page, out of the same arrays as its files.

use super::array::{Array, written};
use super::axes::{Axis, axes};
use crate::app::View;
use crate::lang::{self, localized};

/// Most numbers that the tables of a view show together, and of each at least [`LEAST`] rows.
pub const MOST: usize = 3000;
/// Rows that a table has, whatever came before it.
pub const LEAST: usize = 8;
/// Most columns of a table.
pub const WIDEST: usize = 40;

/// A table on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The name of its array and its shape, or the names of several lists.
    pub caption: String,
    /// What heads the rows.
    pub corner: &'static str,
    /// The head of each column.
    pub columns: Vec<String>,
    /// The rows: the head of each, and its cells.
    pub rows: Vec<(String, Vec<String>)>,
    /// How many rows and columns there would be.
    pub all: (usize, usize),
}

impl Table {
    /// What is left out, in a sentence; nothing if nothing is.
    #[must_use]
    pub fn left_out(&self) -> Option<String> {
        let (rows, columns) = self.all;
        let shown = (self.rows.len(), self.columns.len());
        let parts = [
            (shown.0 < rows).then(|| t!("{0} of {1} rows", shown.0, rows)),
            (shown.1 < columns).then(|| t!("{0} of {1} columns", shown.1, columns)),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| t!("{0}. The CSV under save goes on.", parts.join(", ")))
    }
}

/// How many numbers may still be shown.
struct Budget(usize);

impl Budget {
    fn rows(&mut self, rows: usize, columns: usize) -> usize {
        let shown = rows.min((self.0 / columns.max(1)).max(LEAST));
        self.0 = self.0.saturating_sub(shown * columns);
        shown
    }
}

/// The tables of a view's arrays: one for single numbers, one for lists of the same length and kind that follow each
/// other, and one for each array of more dimensions, whose last runs along the row.
#[must_use]
pub fn tables(view: View, arrays: &[Array]) -> Vec<Table> {
    let mut budget = Budget(MOST);
    let single = arrays.iter().filter(|array| array.shape.is_empty());
    let single: Vec<&Array> = single.collect();
    let mut tables = Vec::new();
    if !single.is_empty() {
        tables.push(singles(&single, &mut budget));
    }
    let others: Vec<&Array> = arrays
        .iter()
        .filter(|array| !array.shape.is_empty())
        .collect();
    let axes = |array: &Array| axes(view, &array.name);
    let alike = |a: &&Array, b: &&Array| {
        a.shape.len() == 1 && a.shape == b.shape && axis(axes(a), 0) == axis(axes(b), 0)
    };
    for alike in others.chunk_by(alike) {
        tables.push(match alike {
            [array] if array.shape.len() > 1 => matrix(array, axes(array), &mut budget),
            lists => {
                let along = lists
                    .first()
                    .map_or(Axis::Index, |list| axis(axes(list), 0));
                side_by_side(lists, along, &mut budget)
            }
        });
    }
    tables.retain(|table| table.all.0 > 0 && table.all.1 > 0);
    tables
}

fn singles(arrays: &[&Array], budget: &mut Budget) -> Table {
    let shown = budget.rows(arrays.len(), 1);
    let row = |array: &&Array| {
        (
            array.name.clone(),
            array.values.iter().map(|x| cell(*x, array)).collect(),
        )
    };
    Table {
        caption: t!("single numbers").to_owned(),
        corner: t!("name"),
        columns: vec![t!("value").to_owned()],
        rows: arrays[..shown].iter().map(row).collect(),
        all: (arrays.len(), 1),
    }
}

fn axis(axes: &[Axis], dimension: usize) -> Axis {
    axes.get(dimension).copied().unwrap_or(Axis::Index)
}

fn side_by_side(lists: &[&Array], along: Axis, budget: &mut Budget) -> Table {
    let length = lists.first().map_or(0, |list| list.values.len());
    let wide = lists.len().min(WIDEST);
    let shown = budget.rows(length, wide);
    let names: Vec<String> = lists[..wide].iter().map(|list| list.name.clone()).collect();
    let row = |k: usize| {
        (
            along.head(k),
            lists[..wide]
                .iter()
                .map(|list| cell(list.values[k], list))
                .collect(),
        )
    };
    Table {
        caption: format!("{} [{length}]", names.join(", ")),
        corner: along.name(),
        columns: names,
        rows: (0..shown).map(row).collect(),
        all: (length, lists.len()),
    }
}

fn matrix(array: &Array, axes: &[Axis], budget: &mut Budget) -> Table {
    let (outer, width) = match array.shape.split_last() {
        Some((width, outer)) => (outer, *width),
        None => (&[][..], 1),
    };
    let rows = array.values.len().checked_div(width).unwrap_or_default();
    let wide = width.min(WIDEST);
    let shown = budget.rows(rows, wide);
    let row = |k: usize| {
        let place = crate::model::exhibits::unravel(k, outer);
        let place = place.iter().enumerate();
        let place: Vec<String> = place.map(|(n, k)| axis(axes, n).head(*k)).collect();
        let cells = array.values[k * width..][..wide].iter();
        (place.join(", "), cells.map(|x| cell(*x, array)).collect())
    };
    let shape: Vec<String> = array.shape.iter().map(usize::to_string).collect();
    Table {
        caption: format!("{} [{}]", array.name, shape.join(", ")),
        corner: axis(axes, 0).name(),
        columns: (0..wide).map(|k| axis(axes, outer.len()).head(k)).collect(),
        rows: (0..shown).map(row).collect(),
        all: (rows, width),
    }
}

fn cell(value: f64, of: &Array) -> String {
    localized(&written(value, of.is_single()))
}

/// What heads the columns of CSV files, as [`of_csv`] says it.
const HEADS: [&str; 16] = [
    message!("seed"),
    message!("weight decay"),
    message!("step"),
    message!("training loop"),
    message!("train"),
    message!("test"),
    message!("unit"),
    message!("samples"),
    message!("kept"),
    message!("without gradient"),
    message!("dropped"),
    message!("relu off"),
    message!("dropped or relu off"),
    message!("no error"),
    message!("norm of fc1 row"),
    message!("abs w2"),
];

/// The table of a CSV file.
#[must_use]
pub fn of_csv(caption: &str, csv: &str) -> Table {
    let mut lines = csv.lines();
    let head = lines.next().unwrap_or_default();
    let said = |name: &str| {
        let name = name.replace('_', " ");
        let known = HEADS.iter().find(|head| **head == name);
        known.map_or(name, |head| lang::text(head).to_owned())
    };
    let row = |(k, line): (usize, &str)| {
        let cells = line.split(',').map(localized).collect();
        ((k + 1).to_string(), cells)
    };
    let columns = head.split(',').map(said).collect();
    of_rows(
        caption,
        t!("row"),
        columns,
        lines.enumerate().map(row).collect(),
    )
}

/// A table of these rows, as far as it may be long and wide.
#[must_use]
pub fn of_rows(
    caption: &str,
    corner: &'static str,
    mut columns: Vec<String>,
    mut rows: Vec<(String, Vec<String>)>,
) -> Table {
    let all = (rows.len(), columns.len());
    columns.truncate(WIDEST);
    rows.truncate(Budget(MOST).rows(all.0, columns.len()));
    for (_, cells) in &mut rows {
        cells.truncate(WIDEST);
    }
    Table {
        caption: caption.to_owned(),
        corner,
        columns,
        rows,
        all,
    }
}
