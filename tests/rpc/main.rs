//! The embed API, as a page around this one speaks it: JSON-RPC 2.0 in, JSON-RPC 2.0 out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;
mod errors;
mod get;
mod methods;

use common::bits;
use dropout_lab::app::embed::{Studio, rpc, written};
use dropout_lab::app::files::Around;
use dropout_lab::app::{Effect, Progress, State};
use dropout_lab::draw::Palette;
use dropout_lab::draw::layout::Room;
use dropout_lab::model::Trace;
use dropout_lab::nn::Tensor;
use serde_json::{Value, json};

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
    let to_bits =
        |floats: &[f32]| -> Vec<u32> { floats.iter().copied().map(common::same_bits).collect() };
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
