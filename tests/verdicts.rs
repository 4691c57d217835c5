//! What became of a unit: every verdict is reached by a real run, and each is what the numbers say.

mod common;

use std::collections::BTreeMap;

use common::{Dice, settings, trace, trace_of};
use dropout_lab::model::{Cause, Trace, Verdict};
use dropout_lab::nn::Mode;
use dropout_lab::notebook;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The verdict once more, from the mask, the activations, the gradients and the weights alone.
fn judged(trace: &Trace, unit: usize) -> Verdict {
    if trace.settings.mode() == Mode::Eval {
        return Verdict::Evaluated;
    }
    let row = |parameters: &dropout_lab::nn::Parameters| {
        let fc1 = &parameters.fc1;
        [fc1.weight.row(unit), &fc1.bias.data()[unit..=unit]].concat()
    };
    let (grad, before, after) = (row(&trace.pass.grad), row(&trace.before), row(&trace.after));
    let samples = || 0..trace.batch();
    let dropped = samples()
        .filter(|&n| trace.pass.mask.at(n, unit) == 0.0)
        .count();
    let off = samples()
        .filter(|&n| trace.pass.hidden.at(n, unit) == 0.0)
        .count();
    let through = samples()
        .filter(|&n| trace.pass.mask.at(n, unit) == 1.0 && trace.pass.hidden.at(n, unit) != 0.0)
        .count();
    let cause = if dropped == trace.batch() {
        Cause::Dropped
    } else if off == trace.batch() {
        Cause::ReluOff
    } else if through == 0 {
        Cause::DroppedOrReluOff
    } else {
        Cause::NoError
    };
    if grad.iter().all(|&g| g == 0.0) {
        return if before == after {
            Verdict::NoUpdate(cause)
        } else {
            Verdict::MovedWithoutGradient(cause)
        };
    }
    let printed = |row: &[f32]| row.iter().map(|w| format!("{w:.4}")).collect::<Vec<_>>();
    // NaN prints the same as NaN, but is not the same number.
    if printed(&before) == printed(&after) && after.iter().all(|w| w.is_finite()) {
        Verdict::TooSmallToSee
    } else {
        Verdict::Updated
    }
}

fn assert_judged(trace: &Trace, what: &str) {
    for (unit, lane) in trace.lanes.iter().enumerate() {
        let samples = || 0..trace.batch();
        let kept = samples().filter(|&n| trace.kept(n, unit)).count();
        let carried = samples()
            .filter(|&n| trace.pass.dropped.at(n, unit) != 0.0)
            .count();
        assert_eq!(lane.kept as usize, kept, "{what}");
        if trace.pass.loss.is_finite() {
            assert_eq!(lane.carried as usize, carried, "{what}");
        }
        assert_eq!(lane.verdict, judged(trace, unit), "{what}, unit {unit}");
    }
}

#[test]
fn every_verdict_agrees_with_the_numbers_it_is_about() {
    let mut dice = Dice::new(31);
    for _ in 0..400 {
        let query = dice.query();
        assert_judged(&trace_of(&query), &query);
    }
}

/// The verdicts of a run, each with how many units got it.
fn verdicts(query: &str) -> BTreeMap<&'static str, usize> {
    let trace = trace_of(query);
    assert_judged(&trace, query);
    let mut counts = BTreeMap::new();
    for lane in &trace.lanes {
        *counts.entry(lane.verdict.name()).or_insert(0) += 1;
    }
    counts
}

fn only(query: &str) -> &'static str {
    let counts = verdicts(query);
    assert_eq!(counts.len(), 1, "{query}: {counts:?}");
    counts.into_keys().next().unwrap_or_default()
}

#[test]
fn the_first_picture_shows_all_three_ways_to_miss_an_update() {
    let counts = verdicts("");
    for name in [
        "droppedInAll",
        "reluOffInAll",
        "droppedOrReluOffInAll",
        "updated",
    ] {
        assert!(counts.contains_key(name), "{counts:?}");
    }
}

#[test]
fn momentum_moves_a_row_without_gradient() {
    let dead = |query: &str| {
        trace_of(query)
            .lanes
            .iter()
            .position(|lane| lane.verdict.cause().is_some())
    };
    // Before the first step there is no velocity.
    assert!(!verdicts("momentum=0.9").contains_key("movedWithoutGradient"));
    let moved = verdicts("momentum=0.9&step=1");
    assert!(moved.contains_key("movedWithoutGradient"), "{moved:?}");
    let still = verdicts("step=1");
    assert!(!still.contains_key("movedWithoutGradient"), "{still:?}");
    assert!(dead("step=1").is_some());
}

#[test]
fn weight_decay_moves_a_row_without_gradient() {
    let trace = trace_of("weight_decay=0.1");
    let causes: Vec<Cause> = trace
        .lanes
        .iter()
        .filter_map(|lane| lane.verdict.cause())
        .collect();
    for cause in [Cause::Dropped, Cause::ReluOff, Cause::DroppedOrReluOff] {
        assert!(causes.contains(&cause));
        assert!(
            trace
                .lanes
                .iter()
                .any(|lane| lane.verdict == Verdict::MovedWithoutGradient(cause))
        );
    }
    assert!(
        !trace
            .lanes
            .iter()
            .any(|lane| matches!(lane.verdict, Verdict::NoUpdate(_)))
    );
}

#[test]
fn a_tiny_learning_rate_moves_too_little_to_see() {
    let counts = verdicts("lr=1e-7");
    assert!(
        counts.contains_key("tooSmallToSee") && !counts.contains_key("updated"),
        "{counts:?}"
    );
}

#[test]
fn a_learning_rate_of_zero_moves_nothing_even_with_momentum_and_weight_decay() {
    for query in ["lr=0", "lr=0&momentum=0.9&weight_decay=0.5&step=2"] {
        let trace = trace_of(query);
        assert_judged(&trace, query);
        assert_eq!(trace.before, trace.after);
        assert!(trace.lanes.iter().all(|lane| lane.moved == 0.0));
    }
}

#[test]
fn p_of_one_drops_everything() {
    assert_eq!(only("p=1"), "droppedInAll");
    assert_eq!(only("p=1&weight_decay=0.1"), "movedWithoutGradient");
}

#[test]
fn p_of_zero_leaves_relu_alone_to_blame() {
    let mut dice = Dice::new(32);
    for _ in 0..50 {
        let query = format!("p=0&seed={}", dice.below(10_000));
        for name in verdicts(&query).keys() {
            assert!(!name.starts_with("dropped"), "{query}: {name}");
        }
    }
}

#[test]
fn of_one_sample_a_unit_is_never_one_or_the_other() {
    for seed in 0..100 {
        let counts = verdicts(&format!("batch=1&sample=1&seed={seed}"));
        assert!(!counts.contains_key("droppedOrReluOffInAll"), "seed {seed}");
    }
}

#[test]
fn a_perfect_fit_sends_no_error_back() {
    // One sample is learned to the last bit.
    let counts = verdicts("batch=1&sample=1&p=0&lr=0.05&step=1000");
    assert!(counts.contains_key("noError"), "{counts:?}");
}

#[test]
fn in_eval_mode_no_row_is_judged() {
    assert_eq!(only("mode=eval"), "evaluated");
    assert_eq!(
        only("mode=eval&weight_decay=1&momentum=0.5&step=3"),
        "evaluated"
    );
}

#[test]
fn a_run_that_blew_up_is_still_judged_by_its_numbers() {
    for query in [
        "lr=100&step=100",
        "lr=100&momentum=1&step=400&p=0.1",
        "lr=100&weight_decay=1&step=30&batch=1&sample=1",
        "dropout=rand&p=1",
        "dropout=bernoulli&p=1&step=3",
        "lr=100&maximize=on&step=50",
    ] {
        let trace = trace_of(query);
        let after = trace.after.tensors();
        assert!(
            after
                .iter()
                .any(|(_, t)| t.data().iter().any(|w| !w.is_finite() || w.abs() > 1e6)),
            "{query} stayed tame"
        );
        assert_judged(&trace, query);
        for (unit, lane) in trace.lanes.iter().enumerate() {
            let row = [
                trace.after.fc1.weight.row(unit),
                &trace.after.fc1.bias.data()[unit..=unit],
            ]
            .concat();
            if row.iter().any(|w| w.is_nan()) {
                assert!(
                    lane.moved.is_nan(),
                    "{query}: unit {unit} moved to NaN, by {}",
                    lane.moved
                );
            }
        }
    }
}

#[test]
fn the_scripts_output_names_the_same_units() {
    let mut dice = Dice::new(33);
    for _ in 0..100 {
        let mut settings = dice.settings();
        let _train = settings.set(dropout_lab::model::Field::Mode, "train");
        let trace = trace(&settings);
        let output = notebook::output(&trace);
        let units = |test: &dyn Fn(Verdict) -> bool| -> Vec<usize> {
            (0..trace.hidden_features())
                .filter(|&j| test(trace.lanes[j].verdict))
                .collect()
        };
        let dead = units(&|verdict| verdict.cause().is_some());
        assert!(output.contains(&format!("units of fc1 without gradient: {dead:?}\n")));
        let still: Vec<usize> = (0..trace.hidden_features())
            .filter(|&j| trace.lanes[j].moved == 0.0)
            .collect();
        assert!(
            output.contains(&format!("units of fc1 that did not move: {still:?}\n")),
            "{output}"
        );
    }
}

#[test]
fn the_largest_move_is_the_largest() {
    let trace = trace(&settings("step=2&momentum=0.9"));
    for (unit, lane) in trace.lanes.iter().enumerate() {
        let (before, after) = (&trace.before.fc1, &trace.after.fc1);
        let mut largest = (after.bias.data()[unit] - before.bias.data()[unit]).abs();
        for input in 0..trace.in_features() {
            largest =
                largest.max((after.weight.at(unit, input) - before.weight.at(unit, input)).abs());
        }
        assert_eq!(lane.moved, largest);
    }
}
