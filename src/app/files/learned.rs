//! The tables of training: its losses, what the two networks have learned, and what became of their hidden units.

use super::array::written;
use super::table::{Table, of_csv, of_rows};
use crate::lang::localized;
use crate::model::exhibits::training::{Fit, Live, RunTrace, Sampled, Surface};
use crate::notebook::training::{csv, units_csv};
use crate::words;

/// The tables of training as far as it has come.
#[must_use]
pub fn tables(live: &Live) -> Vec<Table> {
    let mut tables = vec![of_csv(t!("losses"), &csv(live))];
    if let Live::Run(trace) = live {
        tables.extend(learned(trace));
        if !trace.lanes.units.is_empty() {
            tables.push(of_csv(t!("hidden units"), &units_csv(trace)));
        }
    }
    tables
}

fn learned(trace: &RunTrace) -> Vec<Table> {
    let sides = words::training::sides(&trace.settings);
    match &trace.fit {
        Fit::Curve {
            x,
            law,
            outputs: [without, with],
            spread,
            sampled,
            ..
        } => {
            let columns = [law, without, with, spread];
            let names = names(&sides, &[t!("standard deviation over all masks")]);
            let heads = x.iter().map(|x| single(*x));
            let band = of_rows(
                t!("what they learned, and the band of MC dropout"),
                t!("input"),
                names,
                rows(heads, &columns),
            );
            let sampled = sampled.as_ref().map(passes);
            [band].into_iter().chain(sampled).collect()
        }
        Fit::Slopes {
            law,
            slopes: [without, with],
            ..
        } => {
            let heads = (1..=law.len()).map(|one| t!("input {one}"));
            let columns = [law, without, with];
            let rows = heads.enumerate().map(|(k, head)| {
                let cells = columns.iter().filter_map(|column| column.get(k));
                (head, cells.map(|x| double(*x)).collect())
            });
            vec![of_rows(
                t!("what they learned: by how much the output rises with each input"),
                t!("input"),
                names(&sides, &[]),
                rows.collect(),
            )]
        }
        Fit::Surface(surface) => {
            let plane = |(side, logits): (&String, &Vec<f32>)| plane(side, surface, logits);
            sides.iter().zip(&surface.logits).map(plane).collect()
        }
    }
}

/// What is right, what the two say, and `more`.
fn names(sides: &[String; 2], more: &[&str]) -> Vec<String> {
    let right = [t!("what is right").to_owned()].into_iter();
    let more = more.iter().map(|name| (*name).to_owned());
    right.chain(sides.iter().cloned()).chain(more).collect()
}

/// What some passes come to.
fn passes(sampled: &Sampled) -> Table {
    let Sampled {
        passes,
        x,
        law,
        mean,
        sd,
        exact,
        ..
    } = sampled;
    let names = [
        t!("what is right"),
        t!("mean"),
        t!("standard deviation"),
        t!("standard deviation over all masks"),
    ];
    let heads = x.iter().map(|x| single(*x));
    of_rows(
        &t!("{passes} {passes|pass|passes} of MC dropout"),
        t!("input"),
        names.map(str::to_owned).to_vec(),
        rows(heads, &[law, mean, sd, exact]),
    )
}

/// The logit of class 1 all over the plane, a row a second input.
fn plane(side: &str, surface: &Surface, logits: &[f32]) -> Table {
    let columns: Vec<String> = surface.x.iter().map(|x| single(*x)).collect();
    let rows = surface.y.iter().zip(logits.chunks(columns.len().max(1)));
    let row = |(y, logits): (&f32, &[f32])| {
        (
            single(*y),
            logits.iter().map(|logit| single(*logit)).collect(),
        )
    };
    of_rows(
        &t!("what was learned {side}: the logit of class 1 at each point of the plane"),
        t!("second input"),
        columns,
        rows.map(row).collect(),
    )
}

/// A row a head, a cell a column.
fn rows(heads: impl Iterator<Item = String>, columns: &[&Vec<f32>]) -> Vec<(String, Vec<String>)> {
    let row = |(k, head): (usize, String)| {
        let cells = columns.iter().filter_map(|column| column.get(k));
        (head, cells.map(|x| single(*x)).collect())
    };
    heads.enumerate().map(row).collect()
}

fn single(value: f32) -> String {
    localized(&written(value.into(), true))
}

fn double(value: f64) -> String {
    localized(&written(value, false))
}
