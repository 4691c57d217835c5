//! Lesson 4.

use dropout_lab::lessons::live;
use dropout_lab::model::exhibits::expectation::Trace;

fn draws(rest: &str, seed: u32) -> Trace {
    live::draws(&format!("?v=1&view=expectation{rest}&seed={seed}"))
}

/// Whether the mean of the draws is within five of its own standard deviations of `mean`.
fn settles_at(trace: &Trace, mean: f64) -> bool {
    (trace.mean - mean).abs() < 5.0 * trace.law.sd / f64::from(trace.draws).sqrt()
}

#[test]
fn the_mean_of_ten_thousand_draws_of_a_one_is_near_one() {
    for seed in 0..50 {
        let trace = draws("&draws=10000&p=0.75", seed);
        assert!((trace.law.mean - 1.0).abs() < 1e-12);
        assert!(settles_at(&trace, 1.0), "seed {seed}: {}", trace.mean);
        assert!(trace.first.iter().all(|y| *y == 0.0 || *y == 4.0));
        assert_eq!(trace.equal_eval, 0);
    }
}

#[test]
fn without_scaling_the_mean_is_one_minus_p_of_the_eval_output() {
    for seed in 0..50 {
        let trace = draws("&scaling=none&through=sum&p=0.8", seed);
        assert_eq!(trace.eval, 55.0);
        assert!((trace.law.mean - 11.0).abs() < 1e-9);
        assert!(settles_at(&trace, 11.0), "seed {seed}: {}", trace.mean);
        // Scaled on either side, training and eval agree: at 55 by × 5, at 11 by × 0.2.
        for (scaling, mean) in [("inverted", 55.0), ("classic", 11.0)] {
            let trace = draws(&format!("&scaling={scaling}&through=sum&p=0.8"), seed);
            assert!((f64::from(trace.eval) - mean).abs() < 1e-5, "{scaling}");
            assert!(settles_at(&trace, mean), "{scaling}, seed {seed}");
        }
    }
}

#[test]
fn scaled_in_both_places_eval_is_one_minus_p_of_the_mean() {
    for seed in 0..50 {
        let trace = draws("&scaling=both&through=sum", seed);
        assert_eq!(trace.eval, 27.5);
        assert!(settles_at(&trace, 55.0), "seed {seed}: {}", trace.mean);
    }
    for p in ["0.1", "0.3", "0.9"] {
        let trace = draws(&format!("&scaling=both&through=sum&p={p}"), 36);
        let keep = trace.settings.p().keep();
        assert!(
            (f64::from(trace.eval) - keep * trace.law.mean).abs() < 1e-5,
            "{p}"
        );
    }
}

#[test]
fn at_p_one_half_no_sum_of_one_to_ten_is_55() {
    for seed in 0..100 {
        let trace = draws("&through=sum", seed);
        assert_eq!(trace.equal_eval, 0, "seed {seed}");
        assert!(
            trace.first.iter().all(|sum| sum % 2.0 == 0.0),
            "seed {seed}"
        );
    }
    // Not by luck: of the sums there can be, none is 55.
    assert!(draws("&through=sum", 0).law.chance(55.0).unwrap() == 0.0);
}

#[test]
fn at_p_eight_tenths_some_sums_are_55() {
    let mut equal = 0;
    for seed in 0..100 {
        let trace = draws("&through=sum&p=0.8", seed);
        assert!(settles_at(&trace, 55.0), "seed {seed}");
        equal += trace.equal_eval;
    }
    // What is kept must add up to 11: probability 0.04236; five standard deviations are 318.
    assert!(equal.abs_diff(4236) < 318, "{equal} of 100000");
    // The draws at p = 0.5 come nearer to 55 all the same.
    let sd = |rest| draws(rest, 0).law.sd;
    assert!(sd("&through=sum") < sd("&through=sum&p=0.8"));
}

#[test]
fn at_p_nine_tenths_the_spread_is_three_times_that_at_one_half() {
    let spread = |p: &str, seed| draws(&format!("&through=sum&p={p}"), seed);
    let (half, nine) = (spread("0.5", 0).law, spread("0.9", 0).law);
    assert!((half.sd - 385_f64.sqrt()).abs() < 1e-9);
    assert!((nine.sd / half.sd - 3.0).abs() < 1e-9);
    for p in ["0.1", "0.5", "0.9", "0.99"] {
        assert!((spread(p, 0).law.mean - 55.0).abs() < 1e-9, "{p}");
    }
    for seed in 0..50 {
        let ratio = spread("0.9", seed).sd / spread("0.5", seed).sd;
        assert!((2.5..3.5).contains(&ratio), "seed {seed}: {ratio}");
    }
}

#[test]
fn more_draws_settle_the_mean_and_not_the_spread() {
    for seed in 0..50 {
        let trace = draws("&through=sum&draws=10000", seed);
        assert!(
            (trace.sd - trace.law.sd).abs() < 0.8,
            "seed {seed}: {}",
            trace.sd
        );
        assert!(settles_at(&trace, 55.0), "seed {seed}: {}", trace.mean);
    }
    // The hundred draws that the lesson begins with have somewhat less spread than 20.
    let hundred = live::draws("?v=1&view=expectation&through=sum&draws=100");
    assert!((15.0..20.0).contains(&hundred.sd), "{}", hundred.sd);
}
