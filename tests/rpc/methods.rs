//! What is changed.

use super::common::{Dice, bits};
use super::{FORBIDDEN, INVALID_PARAMS, ask, call, refusal, send};
use dropout_lab::app::{Link, Msg, State, update};
use dropout_lab::notebook;
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_settings_that_get_answers_can_be_set() {
    let mut dice = Dice::new(12);
    for _ in 0..60 {
        let mut there = State::open(&dice.query());
        let settings = call(&mut there, "get", &json!({}))["settings"].clone();
        let mut here = State::open("batch=9&sample=9&momentum=0.9&nesterov=on&theme=dark");
        let answered = call(&mut here, "set", &settings);
        assert_eq!((here.link(), answered), (there.link(), settings));
    }
}

#[test]
fn set_takes_strings_numbers_and_booleans() {
    let mut state = State::open("");
    let result = call(
        &mut state,
        "set",
        &json!({"p": 0.25, "seed": "18446744073709551615", "maximize": true, "mode": "eval", "embed": true, "sample": 3}),
    );
    assert_eq!(
        state.link().query(),
        "?v=1&p=0.25&mode=eval&seed=18446744073709551615&maximize=on&sample=3&embed=1"
    );
    assert_eq!(result["p"], json!(0.25));
    assert_eq!(result["seed"], json!("18446744073709551615"));
    call(
        &mut state,
        "set",
        &json!({"embed": false, "maximize": false, "seed": 7}),
    );
    assert_eq!(
        state.link().query(),
        "?v=1&p=0.25&mode=eval&seed=7&sample=3"
    );
}

#[test]
fn set_changes_all_of_its_names_or_none() {
    let mut state = State::open("seed=5");
    for params in [
        json!({"p": 0.1, "batch": 200}),
        json!({"p": 0.1, "nobody": 1}),
        json!({"p": 0.1, "seed": null}),
        json!({"p": 0.1, "seed": [1]}),
        json!({"p": 0.1, "batch": 2, "sample": 3}),
        json!({"p": 0.1, "nesterov": "on"}),
        json!({"p": 0.1, "v": 2}),
        json!({"p": 0.1, "batch": 4.5}),
        json!({"p": "NaN"}),
        json!([0.1]),
        json!([]),
    ] {
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": "set", "params": params});
        let (_, code, message) = refusal(&mut state, true, &request.to_string());
        assert_eq!(code, INVALID_PARAMS, "{message}");
    }
    let (_, _, message) = refusal(
        &mut state,
        true,
        r#"{"jsonrpc":"2.0","id":1,"method":"set","params":{"batch":200}}"#,
    );
    assert_eq!(
        message,
        "batch = 200 is not possible; allowed: whole numbers from 1 to 128"
    );
}

#[test]
fn set_applies_names_that_need_each_other_in_any_order() {
    let mut state = State::open("");
    call(
        &mut state,
        "set",
        &json!({"nesterov": true, "momentum": 0.9, "sample": 9, "batch": 9}),
    );
    assert!(state.settings().sgd().nesterov && state.sample() == 8);
    call(
        &mut state,
        "set",
        &json!({"momentum": 0, "nesterov": false}),
    );
    assert_eq!(state.link().query(), "?v=1&batch=9&sample=9");
}

#[test]
fn methods_do_what_the_buttons_do() {
    let mut state = State::open("");
    let press = |query: &str, msg: Msg| {
        let mut state = State::open(query);
        update(&mut state, msg);
        (
            state.link().query(),
            bits(state.trace()),
            state.playback().playing,
        )
    };
    for (method, msg) in [
        ("step", Msg::Step),
        ("again", Msg::Again),
        ("step", Msg::Step),
        ("stepBack", Msg::StepBack),
        (
            "play",
            Msg::Playback(dropout_lab::app::msg::PlaybackMsg::Play),
        ),
        (
            "pause",
            Msg::Playback(dropout_lab::app::msg::PlaybackMsg::Pause),
        ),
        ("reset", Msg::Reset),
    ] {
        let before = state.link().query();
        let result = call(&mut state, method, &Value::Array(Vec::new()));
        let now = (
            state.link().query(),
            bits(state.trace()),
            state.playback().playing,
        );
        assert_eq!(now, press(&before, msg), "{method}");
        assert_eq!(result["step"], json!(state.settings().step()), "{method}");
    }
}

#[test]
fn what_cannot_be_done_is_an_error() {
    for (query, method) in [
        ("", "stepBack"),
        ("step=1000&hidden=1&in=1&batch=1", "step"),
        ("again=0:10000", "again"),
    ] {
        let request = json!({"jsonrpc": "2.0", "id": "x", "method": method}).to_string();
        let (id, code, _) = refusal(&mut State::open(query), true, &request);
        assert_eq!((id, code), (json!("x"), INVALID_PARAMS), "{method}");
    }
}

#[test]
fn notebook_answers_script_and_output() {
    let mut state = State::open("seed=5&step=1");
    let result = call(&mut state, "notebook", &json!({}));
    assert_eq!(
        result["code"],
        json!(notebook::script(state.settings(), &state.link().query()))
    );
    assert_eq!(result["output"], json!(notebook::output(state.trace())));
}

#[test]
fn an_untrusted_page_may_read_and_not_change() {
    let mut state = State::open("");
    for method in ["get", "notebook"] {
        let answer = ask(
            &mut state,
            false,
            &json!({"jsonrpc": "2.0", "id": 1, "method": method}).to_string(),
        );
        assert!(answer.get("result").is_some(), "{method}");
    }
    for method in ["set", "step", "stepBack", "again", "reset", "play", "pause"] {
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": {"p": 0.1}});
        assert_eq!(
            refusal(&mut state, false, &request.to_string()).1,
            FORBIDDEN,
            "{method}"
        );
        let notification = json!({"jsonrpc": "2.0", "method": method, "params": {"p": 0.1}});
        assert_eq!(
            send(&mut state, false, &notification.to_string()),
            None,
            "{method}"
        );
        assert_eq!(state.link(), &Link::default(), "{method}");
    }
    assert!(!state.playback().playing);
}
