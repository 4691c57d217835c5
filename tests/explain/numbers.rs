//! Every number by those it is made of.

use super::common::{targets, trace_of};
use super::{assert_quotes, float, is, numbers, rounded, spelt, text, traces};
use dropout_lab::model::Target;
use dropout_lab::nn::Mode;
use dropout_lab::words;
use dropout_lab::words::explain;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_unit_is_explained_by_its_sum_its_relu_its_mask_and_its_scale() {
    for trace in traces(61, 60) {
        let (pass, fc1) = (&trace.pass, &trace.before.fc1);
        for target in targets(&trace) {
            let Target::Unit { sample, unit } = target else {
                continue;
            };
            let e = explain(&trace, target);
            for i in spelt(trace.in_features()) {
                let (x, w) = (trace.input.at(sample, i), fc1.weight.at(unit, i));
                assert_quotes(&e, &format!("x{} × w", i + 1), &[x, w, x * w]);
            }
            let (z, h) = (
                pass.pre_activation.at(sample, unit),
                pass.hidden.at(sample, unit),
            );
            let d = pass.dropped.at(sample, unit);
            assert_quotes(&e, "+ bias", &[fc1.bias.data()[unit]]);
            assert_quotes(&e, "fc1", &[z]);
            assert_quotes(&e, "ReLU", &[0.0, z, h]);
            assert_quotes(&e, "mask", &[pass.mask.at(sample, unit)]);
            let scale = numbers(text(&e, "scale"));
            assert!(is(scale[0], h), "{e:?}");
            if trace.settings.mode() == Mode::Train {
                assert!(is(*scale.last().unwrap(), d), "{e:?}");
            }
        }
    }
}

#[test]
fn why_a_unit_is_zero_is_said_rightly() {
    for trace in traces(62, 80) {
        for target in targets(&trace) {
            let Target::Unit { sample, unit } = target else {
                continue;
            };
            let reason = explain(&trace, target).reason.unwrap_or_default();
            let (h, d) = (
                trace.pass.hidden.at(sample, unit),
                trace.pass.dropped.at(sample, unit),
            );
            let kept = trace.pass.mask.at(sample, unit) == 1.0;
            assert_eq!(reason.contains("It is 0"), d == 0.0, "{reason}: {d}");
            if d == 0.0 {
                assert_eq!(reason.contains("mask dropped it"), !kept, "{reason}");
                assert_eq!(reason.contains("ReLU gave 0"), h == 0.0, "{reason}");
            }
        }
    }
}

#[test]
fn a_coin_is_compared_as_it_was() {
    let mut compared = 0;
    let close = [
        "batch=128&hidden=256&p=0.5",
        "batch=128&hidden=100&p=0.12345678&dropout=rand",
    ]
    .map(trace_of);
    for trace in traces(63, 60).into_iter().chain(close) {
        for target in targets(&trace) {
            let Target::Mask { sample, unit } = target else {
                continue;
            };
            let e = explain(&trace, target);
            assert_quotes(&e, "mask", &[trace.pass.mask.at(sample, unit)]);
            let Some(coin) = trace.coin(sample, unit) else {
                assert!(e.reason.is_some() && e.lines.len() == 1, "{e:?}");
                continue;
            };
            let said = text(&e, "compared");
            let quoted = numbers(said);
            let (a, b) = (quoted[0], quoted[1]);
            assert!((a - coin).abs() < 5.001e-5, "{said}: {coin}");
            let p = trace.settings.p();
            assert!(
                (b - p.p()).abs() < 5.001e-5 || (b - p.keep()).abs() < 5.001e-5,
                "{said}"
            );
            let holds = match said.split(' ').nth(1).unwrap() {
                "<" => a < b,
                "≥" => a >= b,
                ">" => a > b,
                "≤" => a <= b,
                other => panic!("{other}"),
            };
            assert!(holds, "{said} is not true");
            assert!(
                said.chars().count() < 25,
                "{said} has more digits than it takes"
            );
            let keeps = said.contains('<') || said.contains('>');
            assert_eq!(keeps, trace.kept(sample, unit), "{said}");
            compared += 1;
        }
    }
    assert!(compared > 40_000, "{compared}");
}

#[test]
fn a_gradient_is_explained_sample_by_sample() {
    for trace in traces(64, 80) {
        let back = &trace.pass.grad_pre_activation;
        for target in targets(&trace) {
            let (unit, x, whole) = match target {
                Target::WeightGrad { unit, input } => {
                    let whole = trace.pass.grad.fc1.weight.at(unit, input);
                    (unit, Some(input), whole)
                }
                Target::BiasGrad { unit } => (unit, None, trace.pass.grad.fc1.bias.data()[unit]),
                _ => continue,
            };
            let e = explain(&trace, target);
            assert_quotes(&e, "sum", &[whole]);
            assert_eq!(e.reason.is_some(), whole == 0.0, "{e:?}");
            for n in spelt(trace.batch()) {
                let label = format!("sample {}", n + 1);
                let g = back.at(n, unit);
                match text(&e, &label) {
                    "0, dropped" => assert!(g == 0.0 && !trace.kept(n, unit), "{e:?}"),
                    "0, ReLU off" => {
                        assert!(g == 0.0 && trace.pass.hidden.at(n, unit) == 0.0, "{e:?}");
                    }
                    _ => match x {
                        Some(i) => assert_quotes(
                            &e,
                            &label,
                            &[g, trace.input.at(n, i), g * trace.input.at(n, i)],
                        ),
                        None => assert_quotes(&e, &label, &[g]),
                    },
                }
            }
        }
    }
}

#[test]
fn a_zero_gradient_is_blamed_on_what_its_lane_says() {
    for trace in traces(65, 80) {
        for target in targets(&trace) {
            let Target::WeightGrad { unit, .. } = target else {
                continue;
            };
            let reason = explain(&trace, target).reason.unwrap_or_default();
            if reason.contains("no sample got through") {
                let verdict = words::verdict(&trace.lanes[unit], trace.batch());
                assert!(
                    trace.without_gradient(unit) && reason.contains(&verdict),
                    "{reason}"
                );
            }
        }
    }
}

#[test]
fn an_output_is_the_sum_of_the_units_that_carried_it() {
    for trace in traces(66, 80) {
        for sample in 0..trace.batch() {
            let e = explain(&trace, Target::Output { sample });
            let carried: Vec<usize> = (0..trace.hidden_features())
                .filter(|&j| trace.pass.dropped.at(sample, j) != 0.0)
                .collect();
            for &unit in &carried[spelt(carried.len())] {
                let (h, w) = (
                    trace.pass.dropped.at(sample, unit),
                    trace.before.fc2.weight.at(0, unit),
                );
                assert_quotes(&e, &format!("h{} × w", unit + 1), &[h, w, h * w]);
            }
            let terms = e
                .lines
                .iter()
                .filter(|(label, _)| label.starts_with('h'))
                .count();
            assert_eq!(terms, carried.len().min(16));
            assert_quotes(&e, "+ bias", &[trace.before.fc2.bias.data()[0]]);
            assert_quotes(&e, "output", &[trace.pass.output.at(sample, 0)]);
            let silent = trace.hidden_features() - carried.len();
            let said = e.reason.unwrap_or_default();
            assert_eq!(said.is_empty(), silent == 0, "{said}");
            assert!(
                silent < 2 || numbers(&said)[0] == f64::from(float(silent)),
                "{said}"
            );
        }
    }
}

#[test]
fn the_other_numbers_are_explained_by_the_steps_own() {
    for trace in traces(67, 60) {
        let (pass, batch) = (&trace.pass, float(trace.batch()));
        for target in targets(&trace) {
            let e = explain(&trace, target);
            match target {
                Target::Input { sample, input } => {
                    assert_quotes(&e, "x", &[trace.input.at(sample, input)]);
                }
                Target::Loss { sample } => {
                    let (output, y) = (pass.output.at(sample, 0), trace.target.at(sample, 0));
                    let error = output - y;
                    assert_quotes(&e, "squared", &[error * error]);
                    assert_quotes(&e, "loss", &[batch, pass.loss]);
                    assert_quotes(
                        &e,
                        "gradient",
                        &[2.0, batch, error, pass.grad_output.at(sample, 0)],
                    );
                }
                Target::Kept { unit } => {
                    let kept = (0..trace.batch()).filter(|&n| trace.kept(n, unit)).count();
                    assert_quotes(&e, "kept", &[float(kept), batch]);
                    let keep = match trace.settings.mode() {
                        Mode::Train => rounded(trace.settings.p().keep()),
                        Mode::Eval => 1.0,
                    };
                    assert_quotes(&e, "expected", &[keep, batch, keep * batch]);
                }
                Target::Fc2Grad { unit } => {
                    assert_quotes(&e, "sum", &[pass.grad.fc2.weight.at(0, unit)]);
                    assert_quotes(
                        &e,
                        "weight",
                        &[
                            trace.before.fc2.weight.at(0, unit),
                            trace.after.fc2.weight.at(0, unit),
                        ],
                    );
                    let silent = (0..trace.batch()).all(|n| pass.dropped.at(n, unit) == 0.0);
                    let blamed = e
                        .reason
                        .unwrap_or_default()
                        .contains("sent 0 to fc2 in every sample");
                    assert_eq!(blamed, silent && pass.grad.fc2.weight.at(0, unit) == 0.0);
                }
                Target::Weight { unit, input } => {
                    let of = |parameters: &dropout_lab::nn::Parameters| {
                        parameters.fc1.weight.at(unit, input)
                    };
                    assert_quotes(&e, "before", &[of(&trace.before)]);
                    assert_quotes(&e, "gradient", &[of(&pass.grad)]);
                    if trace.settings.mode() == Mode::Train {
                        assert_quotes(&e, "moved by", &[of(&trace.after) - of(&trace.before)]);
                        assert!(is(numbers(text(&e, "after"))[0], of(&trace.after)), "{e:?}");
                    }
                }
                Target::Verdict { unit } => {
                    assert_quotes(&e, "largest move", &[trace.moved(unit)]);
                    assert_quotes(&e, "kept", &[float(trace.lanes[unit].kept as usize), batch]);
                }
                _ => {}
            }
        }
    }
}
