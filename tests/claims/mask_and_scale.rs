//! Lesson 2.

use dropout_lab::lessons::live;
use dropout_lab::model::exhibits::TensorTrace;
use dropout_lab::notebook;

fn tensor(rest: &str, seed: u32) -> TensorTrace {
    live::tensor(&format!("?v=1&view=tensor{rest}&seed={seed}"))
}

#[test]
fn at_p_nine_tenths_about_five_of_fifty_are_kept() {
    let kept: Vec<usize> = (0..1000)
        .map(|seed| tensor("&p=0.9", seed).chosen.kept())
        .collect();
    let all: usize = kept.iter().sum();
    // 50,000 coins; five standard deviations are 335.
    assert!(all.abs_diff(5000) < 335, "{all}");
    // Exactly five have probability 0.185; five standard deviations are 61.
    let exactly = kept.iter().filter(|kept| **kept == 5).count();
    assert!(exactly.abs_diff(185) < 61, "{exactly} of 1000");
}

#[test]
fn with_the_same_seed_masks_are_nested_as_p_grows() {
    for seed in 0..200 {
        let masks: Vec<TensorTrace> = (1..=9)
            .map(|tenths| tensor(&format!("&p=0.{tenths}"), seed))
            .collect();
        for pair in masks.windows(2) {
            let (low, high) = (pair[0].chosen.mask.data(), pair[1].chosen.mask.data());
            let mut cells = low.iter().zip(high);
            assert!(cells.all(|(a, b)| a >= b), "seed {seed}");
            // The random numbers stay as they are, and are kept below 1 - p.
            assert_eq!(pair[0].chosen.coins, pair[1].chosen.coins);
            let keep = pair[1].settings.run().p.keep();
            let mut coins = pair[1].chosen.coins.iter().zip(high);
            assert!(coins.all(|(coin, kept)| (*coin < keep) == (*kept == 1.0)));
        }
    }
}

#[test]
fn what_is_kept_is_divided_by_one_minus_p() {
    for (p, factor) in [("0.5", 2.0), ("0.9", 10.0), ("0.99", 100.0)] {
        for seed in 0..100 {
            let trace = tensor(&format!("&preset=arange&p={p}"), seed);
            for (x, y) in trace.input.data().iter().zip(trace.chosen.output.data()) {
                let near = (y - x * factor).abs() <= 1e-6 * x * factor;
                assert!(*y == 0.0 || near, "p = {p}, seed {seed}: {x} to {y}");
            }
        }
    }
}

#[test]
fn the_sum_of_fifty_ones_is_twice_the_kept_and_50_in_one_call_of_nine() {
    let mut fifty = 0;
    for call in 0..1000 {
        let trace = live::tensor(&format!("?v=1&view=tensor&again={call}"));
        let sum: f32 = trace.chosen.output.data().iter().sum();
        let kept = u16::try_from(trace.chosen.kept()).unwrap();
        assert_eq!(sum, 2.0 * f32::from(kept), "call {call}");
        assert!(sum % 2.0 == 0.0 && sum != 25.0);
        fifty += u32::from(sum == 50.0);
    }
    // Exactly 25 of 50 have probability 0.1123; five standard deviations are 50.
    assert!(fifty.abs_diff(112) < 50, "{fifty} of 1000");
    let eval = tensor("&mode=eval", 36);
    assert_eq!(eval.chosen.output.data().iter().sum::<f32>(), 50.0);
}

#[test]
fn a_dropped_negative_number_is_minus_zero_and_equals_zero() {
    for seed in 0..200 {
        let trace = tensor("&preset=notebook", seed);
        for (index, x) in trace.input.data().iter().enumerate() {
            let y = trace.chosen.output.data()[index];
            if trace.chosen.keeps(index) {
                continue;
            }
            assert_eq!(
                y.is_sign_negative(),
                *x < 0.0,
                "seed {seed}, number {index}"
            );
            assert!(y == 0.0 && y + 1.5 == 1.5);
        }
    }
    // The seed of the lesson is the first with the mask of notebook 001: both negative numbers print as -0.0000.
    let as_in_notebook = |seed: &u32| {
        let trace = tensor("&preset=notebook", *seed);
        trace.chosen.mask.data() == [1.0, 0.0, 0.0, 0.0]
    };
    assert_eq!((0..200).find(as_in_notebook), Some(11));
    let trace = tensor("&preset=notebook", 11);
    let print = notebook::tensor::output(&trace);
    assert_eq!(
        print.matches("-0.0000").count(),
        2 + rand_drops_negatives(&trace)
    );
}

/// Negative numbers that `rand > p`, printed below, drops as well.
fn rand_drops_negatives(trace: &TensorTrace) -> usize {
    let dropped = |index: &usize| trace.input.data()[*index] < 0.0 && !trace.other.keeps(*index);
    (0..4).filter(dropped).count()
}
