//! The scripts of the tensor and variants views: the ones that PyTorch ran, and what it printed.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a fixture that cannot be read is a failed test"
)]

use dropout_lab::model::exhibits::{
    Fields, TensorSettings, TensorTrace, VariantsSettings, VariantsTrace,
};
use dropout_lab::notebook;
use serde_json::Value;

/// The settings of a case: a list of names and values.
fn settings<S: Fields>(case: &Value) -> S {
    let mut settings = S::default();
    for change in case["settings"].as_array().unwrap() {
        let (name, text) = (change[0].as_str().unwrap(), change[1].as_str().unwrap());
        settings.set(name, text).unwrap();
    }
    settings
}

#[test]
fn scripts_are_the_ones_that_pytorch_ran_and_outputs_are_what_it_printed() {
    let file: Value = serde_json::from_str(include_str!("fixtures/exhibits.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 18);
    for case in cases {
        let (script, output) = if case["view"] == "tensor" {
            let settings: TensorSettings = settings(case);
            let output = notebook::tensor::output(&TensorTrace::new(&settings));
            (notebook::tensor::script(&settings, ""), output)
        } else {
            let settings: VariantsSettings = settings(case);
            let output = notebook::variants::output(&VariantsTrace::new(&settings));
            (notebook::variants::script(&settings, ""), output)
        };
        assert_eq!(script, case["script"].as_str().unwrap(), "{case}");
        assert_eq!(output, case["output"].as_str().unwrap(), "{case}");
    }
}
