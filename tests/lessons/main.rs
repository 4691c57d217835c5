//! The lessons as data: what each must have so that a reader can walk through it. That their sentences are true is
//! the affair of `claims`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod beliefs;
#[path = "../common/mod.rs"]
mod common;
mod course;
mod links;
mod places;
mod plan;
mod prose;
mod truths;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use dropout_lab::lessons::{Place, Step};

/// Every step, with its place as links write it.
fn steps() -> impl Iterator<Item = (Place, &'static Step)> {
    Place::all().map(|place| (place, place.step()))
}
