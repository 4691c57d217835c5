//! What is said of a stage and of a step.

use super::common::{Dice, targets};
use super::{is, numbers, traces};
use dropout_lab::app::State;
use dropout_lab::model::{Field, Settings, Stage, Trace};
use dropout_lab::nn::Mode;
use dropout_lab::words;
use dropout_lab::words::{Explanation, explain, number};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
