//! The sentences and the arithmetic on the screen: every number in them is the step's, every reason is the true one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Dice, targets, trace_of};
use dropout_lab::app::State;
use dropout_lab::model::{Field, Settings, Stage, Target, Trace};
use dropout_lab::nn::Mode;
use dropout_lab::words::{self, Explanation, explain, number};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Runs of every kind, those that blow up among them.
fn traces(seed: u64, count: usize) -> Vec<Trace> {
    let mut dice = Dice::new(seed);
    let random: Vec<String> = (0..count).map(|_| dice.query()).collect();
    let edges = [
        "",
        "mode=eval&seed=3",
        "p=1",
        "p=0",
        "p=1&dropout=rand",
        "p=1&dropout=bernoulli&step=2",
        "lr=100&step=100",
        "lr=100&step=8&momentum=0.9",
        "batch=1&sample=1&p=0&lr=0.05&step=1000",
        "batch=20&in=20&hidden=20",
        "batch=1&in=1&hidden=1&sample=1",
        "lr=0&weight_decay=0.1",
    ];
    random
        .iter()
        .map(String::as_str)
        .chain(edges)
        .map(trace_of)
        .collect()
}

/// The numbers that stand alone in a text.
fn numbers(text: &str) -> Vec<f64> {
    text.split(|c: char| c.is_whitespace() || "(),;".contains(c))
        .map(|word| word.trim_end_matches(['.', ':']).replace('−', "-"))
        .filter_map(|word| word.parse().ok())
        .collect()
}

/// Whether `quoted` is how the screen writes `value`: four decimals, or two digits of what is smaller.
fn is(quoted: f64, value: f32) -> bool {
    let value = f64::from(value);
    let off = (quoted - value).abs();
    quoted.is_nan() && value.is_nan()
        || quoted == value
        || off <= 5.001e-5 && value.abs() >= 5e-5
        || off <= 0.06 * value.abs() && value.abs() < 5e-5
}

/// The text after a label.
fn text<'a>(explanation: &'a Explanation, label: &str) -> &'a str {
    let line = explanation.lines.iter().find(|(name, _)| name == label);
    line.map_or_else(
        || panic!("{label} is missing in {explanation:?}"),
        |(_, text)| text,
    )
}

fn assert_quotes(explanation: &Explanation, label: &str, values: &[f32]) {
    let text = text(explanation, label);
    let quoted = numbers(text);
    let same = quoted.len() == values.len()
        && quoted
            .iter()
            .zip(values)
            .all(|(&quoted, &value)| is(quoted, value));
    assert!(
        same,
        "{}, {label}: {text} quotes {quoted:?}, and the step has {values:?}",
        explanation.title
    );
}

#[allow(clippy::cast_precision_loss, reason = "counts of samples")]
fn float(n: usize) -> f32 {
    n as f32
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "compared with four decimals"
)]
fn rounded(x: f64) -> f32 {
    x as f32
}

/// Sums are spelt out up to 16 terms.
fn spelt(n: usize) -> std::ops::Range<usize> {
    0..n.min(16)
}

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

/// What the screen may say about a step, sentence by sentence or number by number.
fn sayings(trace: &Trace) -> (Vec<String>, Vec<String>) {
    let samples = [0, trace.batch() - 1];
    let mut sentences: Vec<String> = Stage::ALL
        .iter()
        .flat_map(|&stage| samples.map(|sample| words::now(trace, stage, sample)))
        .collect();
    sentences.extend(Field::ALL.map(|field| words::edited(&trace.settings, field)));
    sentences.extend([
        words::again(&trace.settings),
        words::not_found(&trace.settings, 20),
    ]);
    let mut phrases = Vec::new();
    for target in targets(trace) {
        let Explanation {
            title,
            lines,
            reason,
        } = explain(trace, target);
        assert!(title.chars().next().unwrap().is_uppercase(), "{title}");
        phrases.push(title);
        phrases.extend(lines.into_iter().flat_map(|(label, text)| [label, text]));
        sentences.extend(reason);
    }
    for lane in &trace.lanes {
        phrases.push(words::verdict(lane, trace.batch()));
        phrases.push(words::short_verdict(lane, trace.batch()));
    }
    (sentences, phrases)
}

#[test]
fn what_is_on_the_screen_is_written_as_the_screen_writes() {
    for trace in traces(68, 60) {
        let (sentences, phrases) = sayings(&trace);
        for sentence in &sentences {
            assert!(
                sentence.ends_with('.') && !sentence.ends_with(".."),
                "{sentence}"
            );
            assert!(
                !sentence.starts_with(' ') && !sentence.contains("  "),
                "{sentence}"
            );
        }
        for said in sentences.iter().chain(&phrases) {
            assert!(!said.is_empty());
            let hyphens = said.match_indices('-').filter(|(at, _)| {
                said[at + 1..].starts_with(|c: char| c.is_ascii_digit() || c == '.')
            });
            assert_eq!(hyphens.count(), 0, "a hyphen for a minus: {said}");
            assert!(!said.contains("−0.0000"), "zero with a sign: {said}");
            for plural in [
                " 1 units",
                " 1 samples",
                " 1 numbers",
                " all 1 ",
                "units of 1 ",
                "other 1 ",
            ] {
                assert!(!said.contains(plural), "{said}");
            }
        }
    }
}

#[test]
fn the_sentence_of_each_stage_counts_as_the_step_does() {
    for trace in traces(69, 80) {
        let units = |test: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..trace.hidden_features()).filter(|&j| test(j)).collect()
        };
        for sample in 0..trace.batch() {
            let off = units(&|j| trace.pass.hidden.at(sample, j) == 0.0);
            let dropped = units(&|j| trace.pass.mask.at(sample, j) == 0.0);
            let carried = units(&|j| !off.contains(&j) && !dropped.contains(&j));
            let now = |stage| words::now(&trace, stage, sample);
            assert!(
                now(Stage::Relu)
                    .contains(&format!("switches off {} for sample", words::units(&off)))
            );
            if trace.settings.mode() == Mode::Train {
                let said = now(Stage::Mask);
                assert!(
                    said.contains(&format!(
                        "loses {} of {}: {}.",
                        dropped.len(),
                        trace.hidden_features(),
                        words::units(&dropped)
                    )),
                    "{said}"
                );
            }
            assert!(now(Stage::Fc2).starts_with(&format!("{} of ", carried.len())));
            assert!(is(
                *numbers(&now(Stage::Fc2)).last().unwrap(),
                trace.pass.output.at(sample, 0)
            ));
            assert!(is(
                *numbers(&now(Stage::Loss)).last().unwrap(),
                trace.pass.loss
            ));
        }
        let dead = units(&|j| trace.without_gradient(j));
        let said = words::now(&trace, Stage::Accumulate, 0);
        assert_eq!(
            dead.is_empty(),
            said.contains("Every row of fc1 gets one."),
            "{said}"
        );
        assert!(
            dead.is_empty() || said.contains(&words::units(&dead)),
            "{said}"
        );
    }
}

#[test]
fn the_line_that_is_said_names_whom_the_coins_dropped_and_who_got_no_gradient() {
    let trace = State::open("").trace().clone();
    assert_eq!(
        words::live(&trace, Stage::LAST, 1),
        "Sample 2: units 1, 4, 5 and 8 dropped; units 1, 2 and 8 have received no gradient."
    );
    for trace in traces(71, 80) {
        let units = |test: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..trace.hidden_features()).filter(|&j| test(j)).collect()
        };
        let without = units(&|j| trace.without_gradient(j));
        for sample in 0..trace.batch() {
            let said = words::live(&trace, Stage::LAST, sample);
            let dropped = words::units(&units(&|j| !trace.kept(sample, j)));
            let coins = match trace.settings.mode() {
                Mode::Train => format!("Sample {}: {dropped} dropped; ", sample + 1),
                Mode::Eval => format!("Sample {}: nothing is dropped", sample + 1),
            };
            assert!(said.starts_with(&coins), "{said}");
            let row = match without.len() {
                0 => "every unit has received a gradient.".to_owned(),
                1 => format!("{} has received no gradient.", words::units(&without)),
                _ => format!("{} have received no gradient.", words::units(&without)),
            };
            assert!(said.ends_with(&row), "{said}");
            // Before the step is over, what has just happened is said instead.
            assert_eq!(
                words::live(&trace, Stage::Mask, sample),
                words::now(&trace, Stage::Mask, sample)
            );
        }
    }
}

#[test]
fn the_last_sentence_never_says_that_a_row_moved_which_did_not() {
    let mut seen = [false; 3];
    for trace in traces(70, 300) {
        if trace.settings.mode() == Mode::Eval {
            continue;
        }
        let said = words::now(&trace, Stage::LAST, 0);
        let moved: Vec<bool> = (0..trace.hidden_features())
            .map(|j| trace.moved(j) != 0.0)
            .collect();
        if said.contains("Every row of fc1 got an update") {
            assert!(moved.iter().all(|&moved| moved), "{said}");
            seen[0] = true;
        }
        if said.contains("no update") {
            assert!(moved.iter().any(|&moved| !moved), "{said}");
            seen[1] = true;
        }
        if said.contains("all the same") {
            assert!(
                (0..moved.len()).any(|j| trace.without_gradient(j) && moved[j]),
                "{said}"
            );
            seen[2] = true;
        }
    }
    assert_eq!(seen, [true; 3]);
}

#[test]
fn a_number_on_the_screen_reads_back_as_nearly_the_number() {
    let mut dice = Dice::new(71);
    let any = (0..20_000).map(|_| f32::from_bits(u32::try_from(dice.word64() >> 32).unwrap()));
    let halves = [5e-5_f32, 4.999e-5, 1e-4, 1.5e-4, 0.5, 1e-45, f32::MAX];
    let near: Vec<f32> = halves
        .iter()
        .flat_map(|&x: &f32| [x, x.next_up(), x.next_down(), -x])
        .collect();
    for value in any.chain(near).filter(|value| value.is_finite()) {
        let text = number(value);
        let read: f64 = text.replace('−', "-").parse().unwrap();
        assert!(is(read, value), "{value:e} is written {text}");
        assert_eq!(read == 0.0, value == 0.0, "{value:e} is written {text}");
    }
    assert_eq!(
        [0.0, -0.0, 1.0, -2.5, -1e-6].map(number),
        ["0.0000", "0.0000", "1.0000", "−2.5000", "−1.0e−6"]
    );
}

#[test]
fn shorter_forms_drop_what_is_not_needed() {
    assert_eq!(
        [0.7, 1.0 - 0.3, 0.0, 2.0, 1.0 / 3.0].map(words::short),
        ["0.7", "0.7", "0", "2", "0.3333"]
    );
    assert_eq!(
        [0.01, 1.0, 100.0, 1e-320].map(words::plain),
        ["0.01", "1", "100", "1e−320"]
    );
    let said = words::edited(&Settings::default(), Field::P);
    assert_eq!(
        said,
        "p = 0.5: a unit is dropped with probability 0.5, kept with 0.5."
    );
}

#[test]
fn units_are_listed_from_1_and_long_lists_are_cut() {
    let list = |n: usize| words::units(&(0..n).collect::<Vec<_>>());
    assert_eq!(
        [0, 1, 2, 3].map(list),
        ["no unit", "unit 1", "units 1 and 2", "units 1, 2 and 3"]
    );
    assert_eq!(list(8), "units 1, 2, 3, 4, 5, 6, 7 and 8");
    assert_eq!(list(30), "units 1, 2, 3, 4, 5, 6, 7, 8 and 22 more");
}
