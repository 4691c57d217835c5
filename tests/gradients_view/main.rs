//! The derivation: its factors multiply to what the trace has, what the notebook leaves out matters, and
//! the printed Before and After are not the true ones.
#![allow(clippy::unwrap_used, reason = "settings here are the test's own")]

#[path = "../common/mod.rs"]
mod common;
mod links;
mod sums;

use dropout_lab::model::Trace;
use dropout_lab::model::exhibits::gradients::Place;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn places(trace: &Trace) -> Vec<Place> {
    let (batch, units, inputs) = (trace.batch(), trace.hidden_features(), trace.in_features());
    let mut places = Vec::new();
    for sample in 0..batch {
        for unit in 0..units {
            places.extend((0..inputs).map(|input| Place {
                sample,
                unit,
                input,
            }));
        }
    }
    places
}
