//! The embed API, as a page around this one speaks it: JSON-RPC 2.0 in, JSON-RPC 2.0 out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Dice, bits, trace_of};
use dropout_lab::app::embed::{Studio, rpc, written};
use dropout_lab::app::files::Around;
use dropout_lab::app::look::LookField;
use dropout_lab::app::{Effect, Link, Msg, Progress, State, update};
use dropout_lab::draw::Palette;
use dropout_lab::draw::layout::Room;
use dropout_lab::model::{Field, Trace};
use dropout_lab::nn::Tensor;
use dropout_lab::notebook;
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
const FORBIDDEN: i32 = -32001;

fn asker(trusted: bool) -> rpc::Asker {
    rpc::Asker {
        trusted,
        elsewhere: written,
        studio: Studio {
            around: |_| Around {
                address: String::new(),
                palette: Palette::BRIGHT,
                room: Room::screen(930.0, 640.0),
                progress: Progress::default(),
            },
            png: |_, _| None,
        },
    }
}

/// Sends text; answers the text that comes back, if any.
fn send(state: &mut State, trusted: bool, text: &str) -> Option<String> {
    let effects = rpc::receive(state, asker(trusted), text);
    let mut answers = effects.into_iter().filter_map(|effect| match effect {
        Effect::Answer(text) => Some(text),
        _ => None,
    });
    let answer = answers.next();
    assert_eq!(answers.next(), None, "one message has one answer at most");
    answer
}

fn ask(state: &mut State, trusted: bool, text: &str) -> Value {
    let answer = send(state, trusted, text).unwrap();
    serde_json::from_str(&answer).unwrap()
}

/// The result of a request from a trusted page.
fn call(state: &mut State, method: &str, params: &Value) -> Value {
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let answer = ask(state, true, &request.to_string());
    assert_eq!(
        (&answer["jsonrpc"], &answer["id"], answer.get("error")),
        (&json!("2.0"), &json!(1), None),
        "{answer}"
    );
    answer["result"].clone()
}

/// The error that a text is answered with: its id, its code, its message.
fn refusal(state: &mut State, trusted: bool, text: &str) -> (Value, i32, String) {
    let before = (state.link().clone(), bits(state.trace()));
    let answer = ask(state, trusted, text);
    assert_eq!(
        (&answer["jsonrpc"], answer.get("result")),
        (&json!("2.0"), None),
        "{answer}"
    );
    let code = answer["error"]["code"].as_i64().unwrap();
    let message = answer["error"]["message"].as_str().unwrap().to_owned();
    assert!(!message.is_empty());
    assert_eq!(
        before,
        (state.link().clone(), bits(state.trace())),
        "what is refused changes nothing"
    );
    (answer["id"].clone(), i32::try_from(code).unwrap(), message)
}

fn code(text: &str) -> (Value, i32) {
    let (id, code, _) = refusal(&mut State::open(""), true, text);
    (id, code)
}

/// A number of the API: a JSON number, or the name of one that JSON lacks.
fn float(value: &Value) -> f32 {
    match value.as_str() {
        Some("NaN") => f32::NAN,
        Some("Infinity") => f32::INFINITY,
        Some("-Infinity") => f32::NEG_INFINITY,
        Some(other) => panic!("{other} is no number"),
        None => {
            // As JavaScript's Math.fround reads it.
            #[allow(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
            let float = value.as_f64().unwrap() as f32;
            float
        }
    }
}

fn floats(value: &Value) -> Vec<f32> {
    match value.as_array() {
        Some(items) => items.iter().flat_map(floats).collect(),
        None => vec![float(value)],
    }
}

fn assert_same(value: &Value, tensor: &Tensor, name: &str) {
    let to_bits = |floats: &[f32]| -> Vec<u32> {
        floats
            .iter()
            .map(|x| {
                if x.is_nan() {
                    f32::NAN.to_bits()
                } else {
                    x.to_bits()
                }
            })
            .collect()
    };
    assert_eq!(to_bits(&floats(value)), to_bits(tensor.data()), "{name}");
    let (mut shape, mut level) = (Vec::new(), value);
    while let Some(items) = level.as_array() {
        shape.push(items.len());
        level = &items[0];
    }
    assert_eq!(shape, tensor.shape(), "{name}");
}

fn assert_is_trace(json: &Value, trace: &Trace) {
    let pass = &trace.pass;
    for (name, tensor) in [
        ("input", &trace.input),
        ("preActivation", &pass.pre_activation),
        ("hidden", &pass.hidden),
        ("mask", &pass.mask),
        ("dropped", &pass.dropped),
        ("output", &pass.output),
        ("target", &trace.target),
    ] {
        assert_same(&json[name], tensor, name);
    }
    for (name, parameters) in [
        ("grad", &pass.grad),
        ("before", &trace.before),
        ("after", &trace.after),
    ] {
        for (parameter, tensor) in parameters.tensors() {
            let (layer, kind) = parameter.split_once('.').unwrap();
            assert_same(&json[name][layer][kind], tensor, name);
        }
    }
    assert_same(&json["loss"], &Tensor::full(&[], pass.loss), "loss");
    assert_same(&json["scale"], &Tensor::full(&[], trace.scale()), "scale");
    let lanes = json["lanes"].as_array().unwrap();
    assert_eq!(lanes.len(), trace.lanes.len());
    for (json, lane) in lanes.iter().zip(&trace.lanes) {
        assert_eq!(
            (&json["kept"], &json["verdict"]),
            (&json!(lane.kept), &json!(lane.verdict.name()))
        );
    }
}

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

#[test]
fn what_is_not_json_is_a_parse_error_without_id() {
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let deep_params = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"set","params":{deep}}}"#);
    for text in [
        "",
        " ",
        "{",
        "nonsense",
        r#"{"jsonrpc":"2.0","method""#,
        "\u{feff}{}",
        &deep,
        &deep_params,
    ] {
        assert_eq!(code(text), (Value::Null, PARSE_ERROR), "{text:.60}");
    }
    let million = "[".repeat(1_000_000);
    assert_eq!(code(&million), (Value::Null, INVALID_REQUEST));
}

#[test]
fn a_request_of_the_wrong_form_is_an_invalid_request() {
    for text in [
        "1",
        "null",
        "\"get\"",
        "{}",
        "[]",
        r#"{"foo": "boo"}"#,
        r#"{"jsonrpc":"2.0","method":1,"params":"bar"}"#,
        r#"{"jsonrpc":"2.0","method":"get","params":"bar"}"#,
        r#"{"jsonrpc":"1.0","method":"get"}"#,
        r#"{"jsonrpc":2.0,"method":"get"}"#,
        r#"{"method":"get"}"#,
        r#"{"jsonrpc":"2.0","id":{},"method":"get"}"#,
        r#"{"jsonrpc":"2.0","id":true,"method":"get"}"#,
    ] {
        assert_eq!(code(text), (Value::Null, INVALID_REQUEST), "{text}");
    }
    assert_eq!(
        code(r#"{"jsonrpc":"2.0","id":"a","method":7}"#),
        (json!("a"), INVALID_REQUEST)
    );
}

#[test]
fn an_unknown_method_is_said_with_those_there_are() {
    for trusted in [true, false] {
        let (id, code, message) = refusal(
            &mut State::open(""),
            trusted,
            r#"{"jsonrpc":"2.0","id":5,"method":"snap"}"#,
        );
        assert_eq!((id, code), (json!(5), METHOD_NOT_FOUND));
        assert!(
            message.contains("snap") && message.contains("stepBack"),
            "{message}"
        );
    }
}

#[test]
fn an_id_comes_back_as_it_was_sent() {
    for id in [
        "0",
        "-3",
        "1.5",
        "\"\"",
        "\"é\"",
        "9007199254740993",
        "null",
    ] {
        let answer = ask(
            &mut State::open(""),
            true,
            &format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"pause"}}"#),
        );
        assert_eq!(answer["id"], serde_json::from_str::<Value>(id).unwrap());
    }
}

#[test]
fn a_notification_is_done_and_never_answered() {
    let mut state = State::open("");
    for (text, link) in [
        (
            r#"{"jsonrpc":"2.0","method":"set","params":{"seed":8}}"#,
            "?v=1&seed=8",
        ),
        (r#"{"jsonrpc":"2.0","method":"step"}"#, "?v=1&seed=8&step=1"),
        (r#"{"jsonrpc":"2.0","method":"get"}"#, "?v=1&seed=8&step=1"),
        (
            r#"{"jsonrpc":"2.0","method":"nobody"}"#,
            "?v=1&seed=8&step=1",
        ),
        (
            r#"{"jsonrpc":"2.0","method":"set","params":{"p":9}}"#,
            "?v=1&seed=8&step=1",
        ),
        (r#"{"jsonrpc":"2.0","method":"set"}"#, "?v=1&seed=8&step=1"),
    ] {
        assert_eq!(send(&mut state, true, text), None, "{text}");
        assert_eq!(state.link().query(), link, "{text}");
    }
}

#[test]
fn an_answer_is_not_answered_so_two_pages_cannot_talk_for_ever() {
    let mut state = State::open("");
    let mut answer = send(&mut state, true, "{").unwrap();
    for _ in 0..3 {
        match send(&mut state, true, &answer) {
            None => return,
            Some(next) => answer = next,
        }
    }
    panic!("{answer}");
}

#[test]
fn a_batch_is_done_in_order_and_answered_in_one_message() {
    let mut state = State::open("");
    let batch = json!([
        {"jsonrpc": "2.0", "id": 1, "method": "set", "params": {"seed": 8}},
        {"jsonrpc": "2.0", "method": "step"},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "id": "2", "method": "nobody"},
        {"jsonrpc": "2.0", "id": 3, "method": "step"},
    ]);
    let answers = ask(&mut state, true, &batch.to_string());
    let answers = answers.as_array().unwrap();
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&json!(1), &Value::Null, &json!("2"), &json!(3)]);
    assert_eq!(answers[1]["error"]["code"], json!(INVALID_REQUEST));
    assert_eq!(answers[2]["error"]["code"], json!(METHOD_NOT_FOUND));
    assert_eq!(answers[3]["result"]["step"], json!(2));
    assert_eq!(
        send(&mut state, true, r#"[{"jsonrpc":"2.0","method":"step"}]"#),
        None
    );
    assert_eq!(state.settings().step(), 3);
    let invalid = ask(&mut state, true, "[1,2]");
    assert_eq!(invalid.as_array().unwrap().len(), 2);
    let many = format!(
        "[{}]",
        vec![r#"{"jsonrpc":"2.0","id":1,"method":"get"}"#; 1000].join(",")
    );
    assert_eq!(code(&many), (Value::Null, INVALID_REQUEST));
}

#[test]
fn any_text_is_survived() {
    let scraps = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"jsonrpc\"",
        "\"2.0\"",
        "\"id\"",
        "1",
        "\"method\"",
        "\"set\"",
        "\"step\"",
        "\"params\"",
        "\"p\"",
        "0.5",
        "null",
        "\"",
        "\\u0000",
        "\\ud800",
        "1e999",
        "true",
        "{\"jsonrpc\":\"2.0\",\"id\":1",
    ];
    let mut dice = Dice::new(13);
    let mut state = State::open("");
    for _ in 0..5_000 {
        let text: String = (0..dice.below(16)).map(|_| dice.one_of(&scraps)).collect();
        let trusted = dice.happens(0.5);
        if let Some(answer) = send(&mut state, trusted, &text) {
            let _json: Value = serde_json::from_str(&answer).unwrap();
        }
    }
}
