//! The script and its output: equal to what real PyTorch ran and printed, and true to the trace.
//!
//! `tests/torch/compare_scripts.py` compares many more links, with PyTorch itself.

#![allow(
    clippy::unwrap_used,
    reason = "a fixture that cannot be read is a failed test"
)]

use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::{Link, View};
use dropout_lab::model::exhibits::gradients::Settings;
use dropout_lab::model::{Experiment, Trace, Verdict};
use dropout_lab::notebook;
use serde_json::Value;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn link(text: &str) -> Link {
    let (link, problems) = Link::parse(text);
    assert_eq!(problems, Vec::<String>::new());
    link
}

fn script(text: &str) -> String {
    let link = link(text);
    notebook::script(&link.settings, &link.query())
}

fn trace(text: &str) -> Trace {
    let settings = link(text).settings;
    let mut experiment = Experiment::new(&settings);
    experiment.seek(&settings);
    experiment.trace()
}

fn output(text: &str) -> String {
    notebook::output(&trace(text))
}

/// What stands in `output` between the line `name:` and the blank line after it.
fn shown<'a>(output: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = output.split_once(&format!("\n{name}:\n"))?;
    rest.split("\n\n").next()
}

/// The units that the line beginning with `which` lists.
fn units(output: &str, which: &str) -> Option<Vec<usize>> {
    let start = format!("units of fc1 {which}: ");
    let list = output.lines().find_map(|line| line.strip_prefix(&start))?;
    Some(serde_json::from_str(list).unwrap())
}

/// The units of a trace whose verdict passes.
fn judged(trace: &Trace, passes: impl Fn(Verdict) -> bool) -> Vec<usize> {
    let units = 0..trace.lanes.len();
    units
        .filter(|&unit| passes(trace.lanes[unit].verdict))
        .collect()
}

#[test]
fn scripts_are_the_ones_that_pytorch_ran_and_outputs_are_what_it_printed() {
    let file: Value = serde_json::from_str(include_str!("fixtures/scripts.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 11);
    for case in cases {
        let link = case["link"].as_str().unwrap();
        let (script, output) = if View::of(link) == View::Gradients {
            let page = Page::<Settings>::open(link);
            let script = page.settings().script(&page.query());
            (script, Settings::output(page.trace()))
        } else {
            (script(link), output(link))
        };
        assert_eq!(script, case["script"].as_str().unwrap(), "{link}");
        assert_eq!(output, case["output"].as_str().unwrap(), "{link}");
    }
}

#[test]
fn the_header_leads_back_to_the_page() {
    let header = script("?p=0.25&seed=7&again=0:3");
    let query = header.lines().nth(1).unwrap().trim_start_matches("# ");
    assert_eq!(link(query), link("?p=0.25&seed=7&again=0:3"));
}

#[test]
fn the_optimiser_is_given_only_what_is_not_its_default() {
    assert!(script("").contains("optim.SGD(model.parameters(), lr=0.01)\n"));
    let all = "lr=1e-05, momentum=0.9, dampening=0.5, weight_decay=0.1, maximize=True)\n";
    let link = "?lr=0.00001&momentum=0.9&dampening=0.5&weight_decay=0.1&maximize=on";
    assert!(script(link).contains(all));
    assert!(script("?momentum=0.9&nesterov=on").contains("momentum=0.9, nesterov=True)"));
}

#[test]
fn the_script_names_the_versions_whose_coins_it_needs() {
    assert!(script("").contains("PyTorch 2.7 or later, on a CPU"));
    assert!(script("?bernoulli=mcg31").contains("PyTorch 2.6 or earlier, on an Intel CPU"));
}

#[test]
fn a_dropout_written_by_hand_brings_its_class() {
    assert!(!script("").contains("class OwnDropout"));
    assert!(
        script("?dropout=bernoulli").contains("torch.bernoulli(torch.full_like(x, 1 - self.p))")
    );
    assert!(script("?dropout=rand").contains("(torch.rand(x.shape) > self.p).float()"));
    assert!(output("?dropout=rand").contains("(dropout): OwnDropout()\n"));
}

#[test]
fn eval_mode_takes_no_step_and_shows_the_parameters_once() {
    let (script, output) = (script("?mode=eval"), output("?mode=eval"));
    assert!(script.contains("model.eval()") && !script.contains("optimizer.step()"));
    assert!(shown(&output, "fc1.weight").is_some());
    assert_eq!(shown(&output, "fc1.weight after"), None);
    assert_eq!(units(&output, "that did not move"), None);
    let all_kept = "tensor([4, 4, 4, 4, 4, 4, 4, 4, 4, 4])";
    assert_eq!(
        shown(&output, "samples in which each unit was kept"),
        Some(all_kept)
    );
}

#[test]
fn the_mask_is_printed_even_where_relu_hides_it() {
    let (trace, output) = (trace(""), output(""));
    let hidden_kept = (0..trace.batch())
        .flat_map(|sample| (0..trace.hidden_features()).map(move |unit| (sample, unit)))
        .filter(|&(sample, unit)| trace.kept(sample, unit) && !trace.active(sample, unit))
        .count();
    assert!(hidden_kept > 0);
    let mask = shown(&output, "mask, 1 = kept, 0 = dropped").unwrap();
    let kept = trace
        .pass
        .mask
        .data()
        .iter()
        .filter(|&&kept| kept == 1.0)
        .count();
    assert_eq!(mask.matches('1').count(), kept);
    assert_eq!(mask.matches(['0', '1']).count(), trace.pass.mask.numel());
}

#[test]
fn without_momentum_the_units_without_gradient_are_those_that_do_not_move() {
    let output = output("");
    let unmoved = judged(&trace(""), |verdict| {
        matches!(verdict, Verdict::NoUpdate(_))
    });
    assert!(!unmoved.is_empty());
    assert_eq!(units(&output, "without gradient"), Some(unmoved.clone()));
    assert_eq!(units(&output, "that did not move"), Some(unmoved));
}

#[test]
fn with_momentum_a_unit_without_gradient_moves_all_the_same() {
    let link = "?momentum=0.9&step=3";
    let moved = judged(&trace(link), |verdict| {
        matches!(verdict, Verdict::MovedWithoutGradient(_))
    });
    assert!(!moved.is_empty());
    let (idle, unmoved) = ("without gradient", "that did not move");
    let (idle, unmoved) = (
        units(&output(link), idle).unwrap(),
        units(&output(link), unmoved).unwrap(),
    );
    assert!(
        moved
            .iter()
            .all(|unit| idle.contains(unit) && !unmoved.contains(unit))
    );
}

#[test]
fn large_numbers_are_printed_with_powers_of_ten_and_others_with_four_decimals() {
    let diverged = output("?lr=2&step=8");
    assert!(shown(&diverged, "loss").unwrap().contains("e+"));
    assert!(!output("").contains("e-0"));
    assert!(
        shown(&output("?lr=100&step=60"), "loss")
            .unwrap()
            .contains("nan")
    );
}
