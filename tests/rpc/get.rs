//! What is read.

use super::common::{Dice, trace_of};
use super::{assert_is_trace, call};
use dropout_lab::app::State;
use dropout_lab::app::look::LookField;
use dropout_lab::model::Field;
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn get_answers_every_number_of_the_step_to_the_bit() {
    let mut queries = vec![
        String::new(),
        "mode=eval".to_owned(),
        "dropout=rand&p=1".to_owned(),
        "lr=100&step=60".to_owned(),
    ];
    let mut dice = Dice::new(11);
    queries.extend((0..40).map(|_| dice.query()));
    for query in queries {
        let mut state = State::open(&query);
        let result = call(&mut state, "get", &json!({}));
        assert_is_trace(&result["trace"], &trace_of(&query));
    }
}

#[test]
fn what_json_has_no_number_for_is_named() {
    let mut state = State::open("dropout=bernoulli&p=1");
    let trace = call(&mut state, "get", &json!({}))["trace"].clone();
    assert_eq!(
        (&trace["loss"], &trace["after"]["fc2"]["bias"][0]),
        (&json!("NaN"), &json!("NaN"))
    );
    let mut state = State::open("lr=100&momentum=1&step=200");
    let text = call(&mut state, "get", &json!({})).to_string();
    assert!(text.contains("\"Infinity\"") || text.contains("\"NaN\""));
}

#[test]
fn the_names_are_those_of_the_contract() {
    let result = call(&mut State::open(""), "get", &json!({}));
    let names = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&result), ["settings", "trace"]);
    assert_eq!(
        names(&result["trace"]),
        [
            "after",
            "before",
            "dropped",
            "grad",
            "hidden",
            "input",
            "lanes",
            "loss",
            "mask",
            "output",
            "preActivation",
            "scale",
            "target"
        ]
    );
    assert_eq!(
        names(&result["trace"]["lanes"][0]),
        ["kept", "moved", "verdict"]
    );
    for name in Field::ALL
        .map(Field::name)
        .iter()
        .chain(&LookField::ALL.map(LookField::name))
    {
        assert!(result["settings"].get(name).is_some(), "{name}");
    }
}
