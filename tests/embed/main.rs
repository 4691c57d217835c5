//! The embed API in every view: what each answers, what each takes, and what each refuses.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod controls;
mod fragments;
#[path = "../invariants/mod.rs"]
mod invariants;
mod origin;
mod set;
mod snapshot;

use dropout_lab::app::embed::{Hosted, rpc};
use dropout_lab::app::{Effect, View};
use invariants::{asker, host};
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const INVALID_PARAMS: i64 = -32602;

const FORBIDDEN: i64 = -32001;

const NOT_HERE: i64 = -32002;

/// A link of every view that is not at its defaults, the names of its trace, and its actions.
const VIEWS: [(&str, &[&str], &[&str]); 11] = [
    (
        "?v=1&p=0.3&again=0:2&step=0&sample=3&theme=dark",
        &[
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
            "target",
        ],
        &["step", "stepBack", "again", "play", "pause", "reset"],
    ),
    (
        "?v=1&view=tensor&tensor=2x2:1.0,2.0,3.0,4.0&p=0.25&again=2&embed=1",
        &[
            "coins", "differ", "input", "mask", "noise", "other", "output", "scaled",
        ],
        &["again", "reset"],
    ),
    (
        "?v=1&view=coin&coins=bernoulli&draws=50&group=5&p=0.2",
        &[
            "binomial", "counts", "draws", "groups", "ones", "share", "uniforms",
        ],
        &["reset"],
    ),
    (
        "?v=1&view=expectation&through=net&scaling=classic&draws=300",
        &[
            "draws",
            "equalEval",
            "eval",
            "first",
            "histogram",
            "law",
            "mean",
            "running",
            "sd",
        ],
        &["reset"],
    ),
    (
        "?v=1&view=gradients&unit=3&input=2&sample=2&seed=18446744073709551615",
        &["row", "step", "terms"],
        &["again", "reset"],
    ),
    (
        "?v=1&view=subnetworks&placement=relu_on_output&mask=0110110101",
        &[
            "bias",
            "bins",
            "chosen",
            "eval",
            "exact",
            "identity",
            "mask",
            "mean",
            "outputs",
            "probabilities",
            "sd",
            "units",
        ],
        &["reset"],
    ),
    (
        "?v=1&view=training&preset=hurts&steps=30&scale=linear",
        &["curves", "diverged", "fit", "lossOfZero", "taken"],
        &["step", "play", "pause", "reset"],
    ),
    (
        "?v=1&view=variants&layer=locked&batch_first=on&p=0.4",
        &[
            "coinOf", "coins", "input", "linear", "noise", "output", "uniforms",
        ],
        &["again", "reset"],
    ),
    (
        "?v=1&view=notebook&notebook=002&steps=3",
        &["cells", "variables"],
        &["step", "stepBack", "reset"],
    ),
    ("?v=1&view=lessons&theme=projector", &["lessons"], &["step"]),
    ("?v=1&view=teachers&theme=dark", &["parts"], &[]),
];

/// Whether a view is a list: it has no settings but the look, and no script.
fn is_list(view: View) -> bool {
    matches!(view, View::Lessons | View::Teachers)
}

/// What a request is answered with, and what else the browser is to do.
fn ask(host: &mut dyn Hosted, trusted: bool, method: &str, params: &Value) -> (Value, Vec<Effect>) {
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let effects = rpc::receive(host, asker(trusted), &request.to_string());
    let is_answer = |effect: &Effect| matches!(effect, Effect::Answer(_));
    let (answers, others): (Vec<_>, Vec<_>) = effects.into_iter().partition(is_answer);
    let [Effect::Answer(answer)] = &answers[..] else {
        panic!("{method} has one answer: {answers:?}");
    };
    (serde_json::from_str(answer).unwrap(), others)
}

fn call(host: &mut dyn Hosted, method: &str, params: &Value) -> Value {
    let (answer, _) = ask(host, true, method, params);
    assert_eq!(answer.get("error"), None, "{method}: {answer}");
    answer["result"].clone()
}

/// The code and the message of a refusal, after which everything is as it was.
fn refusal(host: &mut dyn Hosted, trusted: bool, method: &str, params: &Value) -> (i64, String) {
    let before = (host.written().query(), host.numbers());
    let (answer, others) = ask(host, trusted, method, params);
    assert_eq!(others, [], "{method}");
    assert_eq!((host.written().query(), host.numbers()), before, "{method}");
    let error = &answer["error"];
    let message = error["message"].as_str();
    (error["code"].as_i64().unwrap(), message.unwrap().to_owned())
}

fn names(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}
