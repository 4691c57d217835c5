//! The tables below a figure hold the numbers of its files, digit for digit, and say what they leave out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use dropout_lab::app::State;
use dropout_lab::app::View;
use dropout_lab::app::embed::Hosted;
use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::files::array::{Array, arrays};
use dropout_lab::app::files::axes::{Axis, axes};
use dropout_lab::app::files::learned;
use dropout_lab::app::files::table::{LEAST, MOST, Table, WIDEST, of_csv, tables};
use dropout_lab::app::training::{Msg, Pace, State as Trainer};
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
fn shown<'a>(view: View, tables: &'a [Table], of: &Array, index: usize) -> Option<&'a str> {
    let axis = |n: usize| axes(view, &of.name).get(n).copied().unwrap_or(Axis::Index);
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
            let mut own = tables.iter().filter(|table| table.corner == axis(0).name());
            own.find_map(|table| find(table, &axis(0).head(index), &of.name))
        }
        [outer @ .., width] => {
            let table = tables.iter().find(|table| table.caption == caption)?;
            let mut row = index / width;
            let mut place = Vec::new();
            for (n, size) in outer.iter().enumerate().rev() {
                place.insert(0, axis(n).head(row % size));
                row /= size;
            }
            let column = axis(outer.len()).head(index % width);
            find(table, &place.join(", "), &column)
        }
    }
}

/// Holds the tables of `arrays` against them; answers how many numbers they show and how many they leave out.
fn hold(view: View, arrays: &[Array]) -> (usize, usize) {
    let tables = tables(view, arrays);
    let (mut seen, mut missing) = (0, 0);
    for array in arrays {
        for (index, value) in array.values.iter().enumerate() {
            match shown(view, &tables, array, index) {
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
    assert_eq!(hold(View::Network, &network).1, 0);
    let views = [
        (View::Tensor, of_exhibit::<TensorSettings>("?view=tensor")),
        (View::Coin, of_exhibit::<coin::Settings>("?view=coin")),
        (
            View::Expectation,
            of_exhibit::<expectation::Settings>("?view=expectation"),
        ),
        (
            View::Gradients,
            of_exhibit::<gradients::Settings>("?view=gradients"),
        ),
        (
            View::Subnetworks,
            of_exhibit::<subnetworks::Settings>("?view=subnetworks"),
        ),
        (
            View::Variants,
            of_exhibit::<VariantsSettings>("?view=variants"),
        ),
    ];
    for (view, arrays) in views {
        let (seen, _) = hold(view, &arrays);
        assert!(seen > 20, "{seen}");
    }
}

#[test]
fn a_table_of_a_large_view_is_bounded_and_says_what_it_leaves_out() {
    let network = arrays(&Hosted::numbers(&State::open("?batch=64&hidden=20&in=8")));
    let (seen, missing) = hold(View::Network, &network);
    assert!(missing > 2000, "{missing}");
    assert!(seen <= MOST + network.len() * LEAST * WIDEST, "{seen}");
    let tables = tables(View::Network, &network);
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
    assert!(hold(View::Coin, &coins).0 <= MOST + coins.len() * LEAST * WIDEST);
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

fn heads(tables: &[Table], caption: &str) -> (Vec<String>, Vec<String>) {
    let table = tables.iter().find(|table| table.caption == caption);
    let table = table.unwrap_or_else(|| panic!("{caption} among {:?}", captions(tables)));
    let rows = table.rows.iter().map(|(head, _)| head.clone());
    (rows.collect(), table.columns.clone())
}

fn captions(tables: &[Table]) -> Vec<&str> {
    tables.iter().map(|table| table.caption.as_str()).collect()
}

fn counted(name: &str, n: usize) -> Vec<String> {
    (1..=n).map(|one| format!("{name} {one}")).collect()
}

#[test]
fn rows_and_columns_are_called_as_in_the_figure() {
    let network = tables(
        View::Network,
        &arrays(&Hosted::numbers(&State::open("?v=1"))),
    );
    let (samples, units, inputs) = (
        counted("sample", 4),
        counted("unit", 10),
        counted("input", 5),
    );
    assert_eq!(
        heads(&network, "mask [4, 10]"),
        (samples.clone(), units.clone())
    );
    assert_eq!(
        heads(&network, "input [4, 5]"),
        (samples.clone(), inputs.clone())
    );
    assert_eq!(
        heads(&network, "grad.fc1.weight [10, 5]"),
        (units.clone(), inputs.clone())
    );
    assert_eq!(
        heads(&network, "grad.fc2.weight [1, 10]"),
        (counted("output", 1), units.clone())
    );
    let lanes = network
        .iter()
        .find(|table| table.caption.starts_with("lanes."))
        .unwrap();
    assert_eq!(lanes.corner, "unit");

    let gradients = tables(
        View::Gradients,
        &of_exhibit::<gradients::Settings>("?view=gradients"),
    );
    assert_eq!(heads(&gradients, "step.hidden [4, 10]"), (samples, units));
    // The tensor view says x[0, 3], and so does its table.
    let tensor = tables(View::Tensor, &of_exhibit::<TensorSettings>("?view=tensor"));
    assert_eq!(heads(&tensor, "input [5, 10]").0, ["0", "1", "2", "3", "4"]);
}

#[test]
fn training_has_tables_of_what_it_learned_of_its_lanes_and_of_the_band() {
    let trained = |query: &str| {
        let page = Page::<dropout_lab::model::exhibits::training::Settings>::open(query);
        let mut trainer = Trainer::new(page.settings().clone());
        trainer.update(Msg::Go(Pace::Full));
        while !trainer.progress().done {
            trainer.update(Msg::Advance(u32::MAX));
        }
        trainer.update(Msg::Tick(0.0));
        learned::tables(trainer.live())
    };
    let band = trained("?view=training&preset=hurts&steps=20&passes=3&panel=lanes");
    assert_eq!(
        captions(&band),
        [
            "losses",
            "what they learned, and the band of MC dropout",
            "3 passes of MC dropout",
            "hidden units"
        ]
    );
    let (inputs, columns) = heads(&band, "what they learned, and the band of MC dropout");
    assert_eq!((inputs[0].as_str(), inputs.len()), ("\u{2212}3", 151));
    assert_eq!(columns[0], "what is right");
    assert_eq!(columns.len(), 4);
    assert!(band.iter().all(|table| table.left_out().is_none()));
    let (units, _) = heads(&band, "hidden units");
    assert!(units.len() > 10, "{units:?}");

    let slopes = trained("?view=training&preset=helps&steps=20");
    let (inputs, _) = heads(
        &slopes,
        "what they learned: by how much the output rises with each input",
    );
    assert_eq!(inputs, counted("input", 20));
    let plane = trained("?view=training&preset=moons&steps=20");
    let planes = plane
        .iter()
        .filter(|table| table.caption.contains("logit of class 1"));
    assert_eq!(planes.count(), 2);
    let race = trained("?view=training&show=race&seeds=2&steps=20");
    assert_eq!(captions(&race), ["losses"]);
}

#[test]
fn tables_have_the_decimal_sign_of_the_language() {
    let german = include_str!("../static/lang/de.json");
    let german: std::collections::BTreeMap<String, String> = serde_json::from_str(german).unwrap();
    let lines: Vec<String> = german
        .into_iter()
        .flat_map(|(key, said)| [key, said])
        .collect();
    dropout_lab::lang::speak(lines.join("\n"));
    let network = tables(
        View::Network,
        &arrays(&Hosted::numbers(&State::open("?v=1"))),
    );
    let input = network
        .iter()
        .find(|table| table.caption == "input [4, 5]")
        .unwrap();
    assert_eq!(input.rows[0].0, "Sample 1");
    for (_, cells) in &input.rows {
        assert!(
            cells
                .iter()
                .all(|cell| cell.contains(',') && !cell.contains('.')),
            "{cells:?}"
        );
    }
    let csv = of_csv("x", "seed,test\n36,-1.5\n");
    assert_eq!(csv.rows[0].1, ["36", "\u{2212}1,5"]);
}
