//! What this crate computes is what PyTorch computed: every case of every fixture file, on the host
//! and in a browser.
//!
//! `PARITY_DIR` names a directory of more files in the same format to replay on the host;
//! `tests/fixtures/make.py` makes them from a real torch.
#![allow(
    clippy::unwrap_used,
    reason = "a fixture that cannot be read is a failed test"
)]

mod parity;

use parity::{Report, replay};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const FIXTURES: [&str; 6] = [
    include_str!("fixtures/rng.json"),
    include_str!("fixtures/dropout.json"),
    include_str!("fixtures/train.json"),
    include_str!("fixtures/print.json"),
    include_str!("fixtures/notebooks.json"),
    include_str!("fixtures/legacy_mkl.json"),
];

#[test]
fn every_case_of_the_fixtures_matches_torch() {
    check(FIXTURES);
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_case_of_parity_dir_matches_torch() {
    let Some(dir) = std::env::var_os("PARITY_DIR") else {
        return;
    };
    let mut paths: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort();
    assert!(!paths.is_empty(), "PARITY_DIR holds no .json files");
    check(
        paths
            .iter()
            .map(|path| std::fs::read_to_string(path).unwrap()),
    );
}

const MADE_UP: &str = r#"{
    "meta": {"bernoulli_path": "mt19937", "group": "made up"},
    "cases": [{
        "id": "0", "op": "rand", "seed": "42", "args": {"shape": [1]}, "match": "bits",
        "outputs": {"out": {"dtype": "f32", "shape": [1], "hex": "3f61dc66"}},
        "text": {"out": "tensor([0.8823])"}, "next24": 15351219
    }]
}"#;

#[test]
fn a_case_that_differs_anywhere_is_a_failure() {
    assert_eq!(replay(MADE_UP).line(), "made up: 1 of 1");
    for (right, wrong, fault) in [
        ("\"rand\"", "\"dropout9d\"", "unknown op dropout9d"),
        ("dc66", "dc67", "output out differs"),
        ("0.8823", "0.8824", "text out differs"),
        ("15351219", "15351220", "the stream stands elsewhere"),
        ("\"out\": {", "\"in\": {", "output in differs"),
    ] {
        let report = replay(&MADE_UP.replace(right, wrong));
        assert_eq!(report.line(), "made up: 0 of 1");
        assert_eq!(report.failures, [format!("0: {fault}")]);
    }
}

fn check(files: impl IntoIterator<Item = impl AsRef<str>>) {
    let reports: Vec<Report> = files
        .into_iter()
        .map(|file| replay(file.as_ref()))
        .collect();
    for report in &reports {
        say(&report.line());
    }
    let [texts, same] = [0, 1].map(|i| {
        reports
            .iter()
            .map(|report| report.close_texts[i])
            .sum::<usize>()
    });
    say(&format!(
        "for information: {same} of {texts} texts of cases that need only be close are the same"
    ));
    let failures: Vec<&str> = reports
        .iter()
        .flat_map(|report| &report.failures)
        .map(String::as_str)
        .collect();
    assert!(
        failures.is_empty(),
        "{} cases do not match:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Says it even where the test passes: the test harness captures `println`, but not the stream
/// itself.
fn say(line: &str) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_test::console_log!("{line}");
    #[cfg(not(target_arch = "wasm32"))]
    {
        use std::io::Write;
        let mut stdout = std::io::stdout();
        writeln!(stdout, "{line}").unwrap();
    }
}
