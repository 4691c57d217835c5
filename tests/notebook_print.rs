//! What `notebook::print` writes is what PyTorch 2.15 wrote, character for character.
//!
//! Here the tensors that are hard to print; `print.json` is replayed with the other fixtures in `torch_parity`.
//! `tests/torch/make_print_cases.py` makes more cases; `PRINT_CASES` names a file of them to replay here too.

#![allow(
    clippy::unwrap_used,
    reason = "a fixture that cannot be read is a failed test"
)]

#[path = "parity/array.rs"]
#[allow(dead_code, reason = "the replay of all fixtures needs more of it")]
mod array;

use array::Array;
use dropout_lab::nn::{Sgd, Tensor};
use dropout_lab::notebook::print::module::{self, Module};
use dropout_lab::notebook::print::{self, python_float};
use serde_json::Value;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn tensor_repr(case: &Value) -> String {
    let (x, args) = (&case["inputs"]["x"], &case["args"]);
    let x = Array::read(x);
    let print = x.print(args["requires_grad"] == true, args["grad_fn"].as_str());
    let print = match args["sci_mode"].as_bool() {
        Some(sci_mode) => print.with_sci_mode(sci_mode).to_string(),
        None => print.to_string(),
    };
    if args["parameter"] == true {
        format!("Parameter containing:\n{print}")
    } else {
        print
    }
}

fn sgd_repr(args: &Value) -> String {
    let number = |key: &str| args[key].as_f64().unwrap_or(0.0);
    module::sgd(&Sgd {
        lr: number("lr"),
        momentum: number("momentum"),
        dampening: number("dampening"),
        weight_decay: number("weight_decay"),
        nesterov: args["nesterov"] == true,
        maximize: args["maximize"] == true,
    })
}

fn float_repr(args: &Value) -> String {
    let bits = u64::from_str_radix(args["bits"].as_str().unwrap(), 16).unwrap();
    python_float(f64::from_bits(bits))
}

/// Replays every print case of a fixture file and answers how many there were.
fn replay(json: &str) -> usize {
    let file: Value = serde_json::from_str(json).unwrap();
    let mut replayed = 0;
    for case in file["cases"].as_array().unwrap() {
        let ours = match case["op"].as_str().unwrap() {
            "tensor_repr" => tensor_repr(case),
            "sgd_repr" => sgd_repr(&case["args"]),
            "float_repr" => float_repr(&case["args"]),
            other => panic!("unknown op {other}"),
        };
        let theirs = case["text"]["repr"].as_str().unwrap();
        assert!(
            ours == theirs,
            "{}\nours:\n{ours}\ntheirs:\n{theirs}",
            case["id"]
        );
        replayed += 1;
    }
    replayed
}

#[test]
fn every_rule_of_the_layout_is_followed_on_both_sides_of_its_bounds() {
    assert_eq!(replay(include_str!("fixtures/print_more.json")), 123);
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_cases_of_another_file_are_reproduced_if_one_is_named() {
    if let Ok(path) = std::env::var("PRINT_CASES") {
        let replayed = replay(&std::fs::read_to_string(path).unwrap());
        println!("{replayed} of {replayed}");
    }
}

#[test]
fn modules_print_their_children_indented() {
    let net = Module::container("SimpleNet")
        .with("fc1", Module::linear(5, 10, true))
        .with(
            "body",
            Module::sequential([Module::layer("ReLU", ""), Module::dropout(0.0)]),
        )
        .with("loss", Module::layer("MSELoss", ""));
    assert_eq!(
        net.to_string(),
        "SimpleNet(
  (fc1): Linear(in_features=5, out_features=10, bias=True)
  (body): Sequential(
    (0): ReLU()
    (1): Dropout(p=0.0, inplace=False)
  )
  (loss): MSELoss()
)"
    );
}

#[test]
fn a_parameter_is_named_before_its_tensor() {
    let bias = Tensor::new(&[2], vec![0.5, -0.25]).unwrap();
    assert_eq!(
        print::parameter(&bias),
        "Parameter containing:\ntensor([ 0.5000, -0.2500], requires_grad=True)"
    );
    assert_eq!(print::tensor(&bias), "tensor([ 0.5000, -0.2500])");
    assert_eq!(print::size(bias.shape()), "torch.Size([2])");
    assert_eq!(print::size(&[]), "torch.Size([])");
}
