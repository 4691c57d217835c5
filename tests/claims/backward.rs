//! Lesson 6.

use dropout_lab::lessons::live;
use dropout_lab::model::exhibits::momentum;
use dropout_lab::model::{Cause, Trace, Verdict};

/// The default network from `seed`, with `rest` in its link.
fn network(seed: u64, rest: &str) -> Trace {
    live::network(&format!("?v=1&seed={seed}{rest}"))
}

/// How many of the ten units `test` is true of.
fn count(test: impl Fn(usize) -> bool) -> u32 {
    (0..10).map(|unit| u32::from(test(unit))).sum()
}

#[test]
fn a_row_misses_out_exactly_when_every_sample_dropped_it_or_left_it_off() {
    for seed in 0..500 {
        let trace = network(seed, "");
        for (unit, lane) in trace.lanes.iter().enumerate() {
            let reached = (0..4).any(|n| trace.kept(n, unit) && trace.active(n, unit));
            assert_eq!(trace.without_gradient(unit), !reached, "seed {seed}");
            assert_eq!(lane.moved > 0.0, reached, "seed {seed}");
        }
    }
}

#[test]
fn of_ten_rows_between_three_and_four_miss_out_on_average() {
    let missed = |rest: &str| -> u32 {
        let missed = |seed| {
            let trace = network(seed, rest);
            count(|unit| trace.without_gradient(unit))
        };
        (0..1000).map(missed).sum()
    };
    let (with, without) = (missed(""), missed("&p=0"));
    assert!((3200..=3800).contains(&with), "{with} rows of 10000");
    assert!(2 * without < with, "{without} rows at p = 0");
}

#[test]
fn a_step_may_show_all_three_ways_to_miss_an_update() {
    let trace = network(36, "&again=0:1");
    let verdict = |unit: usize| trace.lanes[unit].verdict;
    assert_eq!(verdict(7), Verdict::NoUpdate(Cause::Dropped));
    assert_eq!(verdict(1), Verdict::NoUpdate(Cause::ReluOff));
    assert_eq!(verdict(3), Verdict::NoUpdate(Cause::DroppedOrReluOff));
    let eval = network(36, "&mode=eval");
    let on: Vec<usize> = (0..4).filter(|&n| eval.active(n, 3)).collect();
    assert_eq!(on, [0, 1]);
    assert!(!eval.without_gradient(3));
    assert_eq!(trace.lanes[3].kept, 1);
}

#[test]
fn most_rows_of_units_that_were_dropped_for_a_sample_move() {
    let (mut crossed, mut moved) = (0, 0);
    for seed in 0..1000 {
        for lane in network(seed, "").lanes {
            crossed += u32::from(lane.kept < 4);
            moved += u32::from(lane.kept < 4 && lane.moved > 0.0);
        }
    }
    assert!(10 * moved > 6 * crossed, "{moved} of {crossed}");
}

#[test]
fn momentum_moves_a_row_without_gradient_by_nine_tenths_of_its_last_move() {
    let mut rows = 0;
    for seed in 0..300 {
        let first = network(seed, "&momentum=0.9");
        let second = network(seed, "&momentum=0.9&step=1");
        for unit in (0..10).filter(|&unit| second.without_gradient(unit)) {
            let (is, should) = (second.moved(unit), 0.9 * first.moved(unit));
            assert!((is - should).abs() < 1e-6, "seed {seed}: {is} and {should}");
            rows += u32::from(is > 0.0);
        }
    }
    assert!(rows > 100, "{rows} rows moved without a gradient");
}

#[test]
fn momentum_does_not_move_a_row_that_never_had_a_gradient() {
    for seed in 0..300 {
        let first = network(seed, "&momentum=0.9");
        let second = network(seed, "&momentum=0.9&step=1");
        let never = |unit: &usize| first.without_gradient(*unit) && second.without_gradient(*unit);
        for unit in (0..10).filter(never) {
            assert_eq!(second.moved(unit), 0.0, "seed {seed}");
        }
    }
    let (plain, trace) = (network(36, "&step=1"), network(36, "&momentum=0.9&step=1"));
    let still = |trace: &Trace| {
        (0..10)
            .filter(|&unit| trace.without_gradient(unit))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (still(&plain), still(&trace)),
        (vec![1, 3, 7], vec![1, 3, 7])
    );
    assert!(still(&plain).iter().all(|&unit| plain.moved(unit) == 0.0));
}

#[test]
fn the_weight_of_momentums_story_goes_on_without_gradient() {
    assert_eq!(
        (momentum::START, momentum::GRADIENTS),
        (1.0, [0.5, 0.0, 0.0])
    );
    let sgd = momentum::usual();
    assert_eq!((sgd.lr, sgd.momentum), (0.03, 0.9));
    let weights = momentum::story(&sgd).map(|step| format!("{:.5}", step.weight));
    assert_eq!(weights, ["0.98500", "0.97150", "0.95935"]);
}

#[test]
fn momentum_in_the_end_moves_a_weight_ten_times_as_far_as_its_first_step() {
    let sgd = momentum::usual();
    let velocities = momentum::story(&sgd).map(|step| step.velocity);
    assert_eq!(
        velocities.map(|v| format!("{v:.3}")),
        ["0.500", "0.450", "0.405"]
    );
    let (mut weight, mut velocity) = ([1.0], [0.0]);
    sgd.step(true, &mut weight, &[0.5], &mut velocity);
    let first = 1.0 - weight[0];
    for _ in 0..300 {
        sgd.step(false, &mut weight, &[0.0], &mut velocity);
    }
    assert!((weight[0] - 0.85).abs() < 1e-4, "{}", weight[0]);
    assert!((1.0 - weight[0] - 10.0 * first).abs() < 1e-4, "{first}");
}

#[test]
fn weight_decay_moves_a_row_without_gradient_by_lr_times_decay_times_weight() {
    for seed in 0..300 {
        let trace = network(seed, "&weight_decay=0.1");
        for unit in (0..10).filter(|&unit| trace.without_gradient(unit)) {
            let (before, after) = (
                trace.before.fc1.weight.row(unit),
                trace.after.fc1.weight.row(unit),
            );
            for (before, after) in before.iter().zip(after) {
                assert!(
                    after.abs() < before.abs(),
                    "seed {seed}: {before} became {after}"
                );
                assert!(
                    (before - after - 0.01 * 0.1 * before).abs() < 1e-7,
                    "seed {seed}"
                );
            }
        }
    }
}

#[test]
fn the_first_move_is_the_learning_rate_times_the_gradient() {
    for seed in 0..200 {
        let (slow, fast) = (network(seed, ""), network(seed, "&lr=0.1"));
        assert_eq!(slow.before, fast.before);
        assert_eq!(slow.pass.grad, fast.pass.grad);
        for (trace, lr) in [(slow, 0.01), (fast, 0.1)] {
            let (before, after) = (trace.before.fc1.weight, trace.after.fc1.weight);
            let moves = before.data().iter().zip(after.data()).map(|(b, a)| b - a);
            for (is, grad) in moves.zip(trace.pass.grad.fc1.weight.data()) {
                assert!((is - lr * grad).abs() < 1e-6, "seed {seed}: {is}");
            }
        }
    }
}
