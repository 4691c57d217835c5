//! Lesson 10.

use dropout_lab::lessons::live;
use dropout_lab::model::exhibits::VariantsTrace;
use dropout_lab::model::exhibits::gradients::Slip;

/// `WeightDrop` by rows at p = 0.3 from `seed`, with `rest` in its link.
fn weight_drop(seed: u64, rest: &str) -> VariantsTrace {
    live::variant(&format!(
        "?v=1&view=variants&layer=variational&p=0.3&seed={seed}{rest}"
    ))
}

#[test]
fn scaling_in_both_modes_leaves_1_minus_p_of_the_mean_in_eval_mode() {
    for (p, keep) in [("0.2", 0.8), ("0.5", 0.5), ("0.9", 0.1)] {
        for seed in 0..20 {
            let draws = |scaling| {
                live::draws(&format!(
                    "?v=1&view=expectation&scaling={scaling}&p={p}&seed={seed}"
                ))
            };
            let (both, inverted, classic) = (draws("both"), draws("inverted"), draws("classic"));
            assert!((f64::from(both.eval) - keep * both.law.mean).abs() < 1e-6);
            for sound in [inverted, classic] {
                assert!((f64::from(sound.eval) - sound.law.mean).abs() < 1e-6);
            }
            let five_errors = 5.0 * both.law.sd / 1000_f64.sqrt();
            assert!(
                (both.mean - both.law.mean).abs() < five_errors,
                "seed {seed}"
            );
        }
    }
}

#[test]
fn calls_in_eval_mode_differ_until_weight_drop_obeys() {
    let mut differ = 0;
    for seed in 0..400 {
        let call =
            |again, rest: &str| weight_drop(seed, &format!("&mode=eval&again={again}{rest}"));
        differ += u32::from(call(0, "").linear != call(1, "").linear);
        for again in 0..3 {
            let obeys = call(again, "&obeys_eval=on").linear.unwrap();
            assert_eq!(obeys.data(), [4.0, 4.0], "seed {seed}");
        }
    }
    // Two calls of two rows agree with probability 0.58², which leaves 66 %: 265 ± 47.
    assert!((218..=312).contains(&differ), "{differ} of 400");
}

#[test]
fn at_p_0_weight_drop_is_the_same_in_both_modes() {
    for seed in 0..50 {
        let outputs = |mode| {
            let link = format!("?v=1&view=variants&layer=variational&p=0&seed={seed}&mode={mode}");
            live::variant(&link).linear.unwrap()
        };
        assert_eq!(outputs("train"), outputs("eval"), "seed {seed}");
    }
}

#[test]
fn what_locks_time_has_a_coin_for_each_feature_of_each_sample() {
    let locked = |rest: &str| live::variant(&format!("?v=1&view=variants&layer=locked{rest}"));
    let (time_first, batch_first) = (locked(""), locked("&batch_first=on"));
    assert_eq!(time_first.coins, 3 * 4);
    assert_eq!(batch_first.coins, 5 * 4);
    assert_eq!(batch_first.output.shape(), [3, 5, 4]);
    // Numbers that share a coin are one sample's and one feature's, at all five steps.
    for coin in 0..time_first.coins {
        let group: Vec<usize> = time_first.group(coin).collect();
        assert_eq!(group.len(), 5);
        assert!(group.iter().all(|index| index % 12 == group[0] % 12));
    }
}

#[test]
fn below_the_step_before_is_the_weight_after_and_after_is_a_gradient_too_far() {
    for seed in 0..200 {
        let trace = live::network(&format!("?v=1&seed={seed}"));
        for unit in (0..10).filter(|&unit| !trace.without_gradient(unit)) {
            let slip = Slip::of(&trace, unit);
            assert_eq!(slip.printed_before, slip.after, "seed {seed}");
            assert_ne!(slip.printed_before, slip.before, "seed {seed}");
            for (input, grad) in slip.grad.iter().enumerate() {
                let twice = slip.before[input] - 2.0 * 0.01 * grad;
                assert!((slip.printed_after[input] - twice).abs() < 1e-6);
            }
        }
    }
}
