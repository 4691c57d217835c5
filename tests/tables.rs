//! The tables below a figure hold the numbers of its files, digit for digit, and say what they leave out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use dropout_lab::app::State;
use dropout_lab::app::embed::Hosted;
use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::files::array::{Array, arrays};
use dropout_lab::app::files::table::{LEAST, MOST, Table, WIDEST, of_csv, tables};
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks,
};

/// A cell as the number that it shows.
fn number(cell: &str) -> f64 {
    cell.replace('\u{2212}', "-").parse().unwrap()
}

fn same(cell: &str, value: f64, of: &Array) -> bool {
    let shown = number(cell);
    #[allow(clippy::cast_possible_truncation, reason = "it is a float32")]
    let as_single = (shown as f32).to_bits() == (value as f32).to_bits();
    value.is_nan() && shown.is_nan()
        || shown.to_bits() == value.to_bits()
        || of.is_single() && as_single
}

/// Where the table says that an array's number is.
fn shown<'a>(tables: &'a [Table], of: &Array, index: usize) -> Option<&'a str> {
    let find = |table: &'a Table, row: &str, column: &str| {
        let column = table.columns.iter().position(|name| name == column)?;
        let row = table.rows.iter().find(|(name, _)| name == row)?;
        row.1.get(column).map(String::as_str)
    };
    let shape: Vec<String> = of.shape.iter().map(usize::to_string).collect();
    let caption = format!("{} [{}]", of.name, shape.join(", "));
    match of.shape.as_slice() {
        [] => tables
            .iter()
            .find_map(|table| find(table, &of.name, "value")),
        [_] => {
            let mut own = tables.iter().filter(|table| table.corner == "index");
            own.find_map(|table| find(table, &index.to_string(), &of.name))
        }
        [outer @ .., width] => {
            let table = tables.iter().find(|table| table.caption == caption)?;
            let mut row = index / width;
            let mut place = Vec::new();
            for size in outer.iter().rev() {
                place.insert(0, (row % size).to_string());
                row /= size;
            }
            find(table, &place.join(", "), &(index % width).to_string())
        }
    }
}

/// Holds the tables of `arrays` against them; answers how many numbers they show and how many they leave out.
fn hold(arrays: &[Array]) -> (usize, usize) {
    let tables = tables(arrays);
    let (mut seen, mut missing) = (0, 0);
    for array in arrays {
        for (index, value) in array.values.iter().enumerate() {
            match shown(&tables, array, index) {
                Some(cell) => {
                    assert!(
                        same(cell, *value, array),
                        "{} [{index}]: {cell}",
                        array.name
                    );
                    seen += 1;
                }
                None => missing += 1,
            }
        }
    }
    let cells: usize = tables
        .iter()
        .flat_map(|table| &table.rows)
        .map(|(_, row)| row.len())
        .sum();
    assert_eq!(cells, seen, "a table shows a number that no array has");
    let all: usize = tables.iter().map(|table| table.all.0 * table.all.1).sum();
    assert_eq!(all, seen + missing, "what is left out is miscounted");
    let silent = tables.iter().all(|table| table.left_out().is_none());
    assert_eq!(silent, missing == 0, "what is left out is not said");
    (seen, missing)
}

fn of_exhibit<E: Exhibit>(query: &str) -> Vec<Array> {
    arrays(&Hosted::numbers(&Page::<E>::open(query)))
}

#[test]
fn the_tables_of_a_view_at_its_defaults_leave_little_out_and_lie_nowhere() {
    let network = arrays(&Hosted::numbers(&State::open("?v=1")));
    assert_eq!(hold(&network).1, 0);
    let views = [
        of_exhibit::<TensorSettings>("?view=tensor"),
        of_exhibit::<coin::Settings>("?view=coin"),
        of_exhibit::<expectation::Settings>("?view=expectation"),
        of_exhibit::<gradients::Settings>("?view=gradients"),
        of_exhibit::<subnetworks::Settings>("?view=subnetworks"),
        of_exhibit::<VariantsSettings>("?view=variants"),
    ];
    for arrays in views {
        let (seen, _) = hold(&arrays);
        assert!(seen > 20, "{seen}");
    }
}

#[test]
fn a_table_of_a_large_view_is_bounded_and_says_what_it_leaves_out() {
    let network = arrays(&Hosted::numbers(&State::open("?batch=64&hidden=20&in=8")));
    let (seen, missing) = hold(&network);
    assert!(missing > 2000, "{missing}");
    assert!(seen <= MOST + network.len() * LEAST * WIDEST, "{seen}");
    let tables = tables(&network);
    let cut = tables
        .iter()
        .find(|table| table.caption == "mask [64, 20]")
        .unwrap();
    let said = cut.left_out().unwrap();
    assert_eq!(
        said,
        format!("{} of 64 rows. The CSV under save goes on.", cut.rows.len())
    );
    let coins = of_exhibit::<coin::Settings>("?view=coin&draws=10000");
    assert!(hold(&coins).0 <= MOST + coins.len() * LEAST * WIDEST);
}

#[test]
fn a_csv_is_a_table_with_the_same_cells() {
    let table = of_csv("losses", "seed,weight_decay,test\n36,0,-1.5\n37,0.1,nan\n");
    assert_eq!(table.columns, ["seed", "weight decay", "test"]);
    assert_eq!(table.rows[0].1, ["36", "0", "\u{2212}1.5"]);
    assert_eq!(table.left_out(), None);
    let long = "a\n".to_owned() + &"1\n".repeat(5000);
    let table = of_csv("long", &long);
    assert_eq!(table.rows.len(), MOST);
    assert_eq!(
        table.left_out().unwrap(),
        "3000 of 5000 rows. The CSV under save goes on."
    );
}
