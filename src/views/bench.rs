//! The page opened with `?bench=1`: how fast this browser does the [`Workload`]s, as a table.
//!
//! A script finds the same figures as JSON in the attribute `data-results` of `#bench-results`.

use gloo::timers::callback::Timeout;
use serde_json::json;
use yew::prelude::*;

use super::browser;
use crate::model::{Prepared, Workload};

/// How long one round of a workload takes, about.
const ROUND_MS: f64 = 300.0;

/// What one workload was measured at, in units a second.
#[derive(Clone, PartialEq)]
struct Rate {
    name: &'static str,
    unit: &'static str,
    median: f64,
    best: f64,
}

/// Measures one workload after the other, and shows what is known so far.
#[component(Bench)]
pub fn bench() -> Html {
    let rates = use_state(Vec::new);
    {
        let rates = rates.clone();
        // The timer lets the browser paint each line before the next one is measured.
        use_effect_with(rates.len(), move |&done| {
            let next = Workload::ALL.get(done).copied();
            let timer = next.map(|workload| {
                Timeout::new(50, move || {
                    let rate = measured(workload);
                    rates.set([&rates[..], &[rate]].concat());
                })
            });
            || drop(timer)
        });
    }
    let results = (rates.len() == Workload::ALL.len()).then(|| results(&rates));
    html! {
        <main>
            <h1>{ "Dropout Lab: speed in this browser" }</h1>
            <table id="bench-results" data-results={results}>
                <thead><tr><th>{ "Work" }</th><th>{ "Median" }</th><th>{ "Best" }</th><th>{ "a second" }</th></tr></thead>
                <tbody>{ for rates.iter().map(row) }</tbody>
            </table>
        </main>
    }
}

fn row(rate: &Rate) -> Html {
    html! {
        <tr>
            <td>{ rate.name }</td>
            <td>{ format!("{:.0}", rate.median) }</td>
            <td>{ format!("{:.0}", rate.best) }</td>
            <td>{ rate.unit }</td>
        </tr>
    }
}

fn results(rates: &[Rate]) -> String {
    let rate =
        |r: &Rate| json!({ "name": r.name, "unit": r.unit, "median": r.median, "best": r.best });
    rates
        .iter()
        .map(rate)
        .collect::<serde_json::Value>()
        .to_string()
}

/// Three rounds, after as many trials as it takes to know how often the work fits into one.
fn measured(workload: Workload) -> Rate {
    let mut prepared = workload.prepare();
    let mut times = 1;
    let mut time = milliseconds(&mut prepared, times);
    while time < ROUND_MS / 10.0 && times < 1 << 20 {
        times *= 2;
        time = milliseconds(&mut prepared, times);
    }
    let times = repetitions(f64::from(times) * ROUND_MS / time);
    let mut rounds = [(); 3].map(|()| {
        let seconds = milliseconds(&mut prepared, times) / 1000.0;
        f64::from(times) * f64::from(workload.units_per_run) / seconds
    });
    rounds.sort_by(f64::total_cmp);
    let [_, median, best] = rounds;
    Rate {
        name: workload.name,
        unit: workload.unit,
        median,
        best,
    }
}

fn milliseconds(prepared: &mut Prepared, times: u32) -> f64 {
    let start = browser::now();
    prepared.run(times);
    browser::now() - start
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive number of repetitions; the cast saturates"
)]
fn repetitions(times: f64) -> u32 {
    times.max(1.0) as u32
}
