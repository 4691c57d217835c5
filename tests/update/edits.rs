//! Edits of the run.

use super::common::{bits, trace_of};
use super::{Page, pushed, replaced};
use dropout_lab::model::Field;
use std::rc::Rc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn an_edit_computes_the_run_anew_and_makes_an_entry_in_the_history() {
    let mut page = Page::open("");
    assert_eq!(page.edit(Field::Batch, "7"), pushed("?v=1&batch=7"));
    assert_eq!(bits(page.state.trace()), bits(&trace_of("batch=7")));
    assert_eq!(
        page.edit(Field::Mode, "eval"),
        pushed("?v=1&mode=eval&batch=7")
    );
    assert_eq!(
        page.state.status(),
        "Eval mode: dropout does nothing. Gradients still flow."
    );
}

#[test]
fn repeated_edits_of_one_field_are_one_entry_in_the_history() {
    let mut page = Page::open("");
    assert_eq!(page.edit(Field::P, "0.51"), pushed("?v=1&p=0.51"));
    assert_eq!(page.edit(Field::P, "0.52"), replaced("?v=1&p=0.52"));
    assert_eq!(page.edit(Field::Seed, "7"), pushed("?v=1&p=0.52&seed=7"));
    assert_eq!(page.edit(Field::P, "0.53"), pushed("?v=1&p=0.53&seed=7"));
    assert_eq!(
        page.history,
        [
            "",
            "?v=1&p=0.52",
            "?v=1&p=0.52&seed=7",
            "?v=1&p=0.53&seed=7"
        ]
    );
}

#[test]
fn an_edit_that_changes_nothing_asks_for_nothing() {
    let mut page = Page::open("");
    let trace = page.state.trace().clone();
    assert_eq!(page.edit(Field::P, "0.5"), []);
    assert!(Rc::ptr_eq(&trace, page.state.trace()));
}

#[test]
fn a_refused_edit_keeps_the_last_good_value_and_remembers_the_text() {
    let mut page = Page::open("p=0.3");
    let trace = page.state.trace().clone();
    assert_eq!(page.edit(Field::P, "1.5"), []);
    assert!(Rc::ptr_eq(&trace, page.state.trace()) && page.link() == "?v=1&p=0.3");
    let (text, error) = page.state.refused(Field::P).unwrap();
    assert_eq!(
        (text, error.to_string().as_str()),
        (
            "1.5",
            "p = 1.5 is not possible; allowed: numbers from 0 to 1"
        )
    );
    assert_eq!(
        page.state.status(),
        "p = 1.5 is not possible; allowed: numbers from 0 to 1."
    );
    assert!(page.state.refused(Field::Seed).is_none());
    // Back at the value in force, nothing is wrong any more.
    page.edit(Field::P, "0.3");
    assert!(page.state.refused(Field::P).is_none() && page.state.status().is_empty());
    page.edit(Field::P, "x");
    page.edit(Field::Seed, "9");
    assert!(page.state.refused(Field::P).is_none());
}
