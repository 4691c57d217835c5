//! Lesson 1.

use dropout_lab::lessons::live;
use dropout_lab::model::exhibits::coin::Trace;

fn coins(rest: &str, seed: u32) -> Trace {
    live::coins(&format!("?v=1&view=coin{rest}&seed={seed}"))
}

fn from_half(trace: &Trace) -> f64 {
    (f64::from(trace.ones) - f64::from(trace.settings.draws()) / 2.0).abs()
}

#[test]
fn p_is_the_chance_of_a_one_in_bernoulli_and_of_a_zero_in_dropout() {
    // Five standard deviations of the share of 100,000 coins.
    let bound = 5.0 * (0.3 * 0.7 / 1e5_f64).sqrt();
    for seed in 0..10 {
        for (coins_of, chance) in [("bernoulli", 0.3), ("dropout", 0.7)] {
            let rest = format!("&p=0.3&coins={coins_of}&draws=100000");
            let trace = coins(&rest, seed);
            let off = (trace.share_of_ones() - chance).abs();
            assert!(off < bound, "{coins_of}, seed {seed}: {off} of {bound}");
        }
    }
}

#[test]
fn the_share_stays_within_two_standard_deviations_in_about_95_of_100_runs() {
    let within = |seed: &u32| {
        let trace = coins("", *seed);
        (trace.share_of_ones() - 0.5).abs() <= 2.0 * trace.settings.share_sd(100) + 1e-12
    };
    let inside = (0..2000).filter(within).count();
    // 40 to 60 ones of 100 have probability 0.9648; four standard deviations of 2000 runs are 33.
    assert!(inside.abs_diff(1930) <= 33, "{inside} of 2000");
}

#[test]
fn four_times_the_coins_halve_the_band() {
    let settings = coins("", 0).settings;
    for draws in [1, 100, 2500] {
        let (few, many) = (settings.share_sd(draws), settings.share_sd(4 * draws));
        assert!((few / many - 2.0).abs() < 1e-12, "{draws}");
        // And a tenth takes a hundred times as many, a quarter 16 times.
        assert!((few / settings.share_sd(100 * draws) - 10.0).abs() < 1e-12);
        assert!((few / settings.share_sd(16 * draws) - 4.0).abs() < 1e-12);
    }
    assert!((2.0 * settings.share_sd(100) - 0.1).abs() < 1e-12);
}

#[test]
fn the_number_of_ones_strays_while_their_share_settles() {
    let (mut farther, mut squares) = (0, 0.0);
    for seed in 0..60 {
        let trace = coins("&draws=100000", seed);
        let first = coins("", seed);
        assert_eq!(trace.draws[..100], first.draws, "one run, seed {seed}");
        let off = from_half(&trace);
        farther += u32::from(off > 10.0);
        squares += off * off / 60.0;
        assert!(off / 1e5 < 0.008, "five standard deviations, seed {seed}");
    }
    // More than 10 away has probability 0.95; the distance is about √100,000 / 2 = 158.
    assert!(farther >= 50, "{farther} of 60");
    let typical = f64::sqrt(squares);
    assert!((158.0 - typical).abs() < 50.0, "{typical}");
}

#[test]
fn exactly_five_of_ten_has_a_chance_of_252_in_1024() {
    let mut groups = 0;
    for seed in 0..20 {
        let trace = coins("&draws=10000", seed);
        assert!((trace.binomial[5] - 252.0 / 1024.0).abs() < 1e-12);
        groups += trace.counts[5];
    }
    // 20,000 groups; five standard deviations are 305.
    assert!(groups.abs_diff(4922) < 305, "{groups} of 20000");
}

#[test]
fn exactly_half_is_rarer_in_larger_groups() {
    let half = |group: u32| coins(&format!("&group={group}"), 0).binomial[group as usize / 2];
    for group in (2..=100).step_by(2) {
        assert!(half(group + 2) < half(group), "{group}");
    }
    // Of four coins two zeros are the commonest count, by the binomial and on the lesson's screen.
    let four = live::coins("?v=1&view=coin&draws=10000&group=4");
    let commonest = (0..=4).max_by_key(|count| four.counts[*count]);
    assert_eq!(commonest, Some(2));
    assert!((0..=4).all(|count| four.binomial[count] <= four.binomial[2]));
}

#[test]
fn all_ten_are_dropped_about_once_in_1024_groups() {
    let mut groups = 0;
    for seed in 0..20 {
        let trace = coins("&draws=100000", seed);
        assert!((trace.binomial[10] - 1.0 / 1024.0).abs() < 1e-12);
        groups += trace.counts[10];
    }
    // 200,000 groups; five standard deviations are 70.
    assert!(groups.abs_diff(195) < 70, "{groups} of 200000");
}
