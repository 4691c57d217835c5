//! Lesson 5.

use dropout_lab::lessons::live;

/// The default network from `seed`.
fn network(seed: u64) -> dropout_lab::model::Trace {
    live::network(&format!("?v=1&seed={seed}"))
}

/// Whether `count` of `n` is within five standard deviations of the probability `p`.
fn fits(count: u32, n: u32, p: f64) -> bool {
    let (count, n) = (f64::from(count), f64::from(n));
    (count - n * p).abs() <= 5.0 * (n * p * (1.0 - p)).sqrt()
}

#[test]
fn each_sample_has_a_mask_of_its_own() {
    let (mut agree, mut compared, mut same, mut five) = (0, 0, 0, 0);
    for seed in 0..1000 {
        let mask = network(seed).pass.mask;
        let (one, two) = (mask.row(0), mask.row(1));
        agree += (0..10).map(|j| u32::from(one[j] == two[j])).sum::<u32>();
        compared += 10;
        same += u32::from(one == two);
        five += u32::from(one.iter().sum::<f32>() == 5.0);
    }
    assert!(fits(agree, compared, 0.5), "{agree} of {compared}");
    // 2^-10 of the pairs are the same by chance.
    assert!(same <= 6, "{same} of 1000");
    assert!(fits(five, 1000, 252.0 / 1024.0), "{five} of 1000 lose five");
}

#[test]
fn a_call_tosses_a_coin_for_each_unit_of_each_sample() {
    assert_eq!(network(36).coins.len(), 40);
    for (batch, hidden) in [(1, 10), (15, 10), (4, 33)] {
        let trace = live::network(&format!("?v=1&batch={batch}&hidden={hidden}"));
        assert_eq!(trace.coins.len(), batch * hidden);
    }
}

#[test]
fn at_p_0_every_zero_comes_from_relu() {
    for seed in 0..200 {
        let trace = live::network(&format!("?v=1&seed={seed}&p=0"));
        assert!(trace.pass.mask.data().iter().all(|mask| *mask == 1.0));
        let sums = trace.pass.pre_activation.data();
        for (sum, left) in sums.iter().zip(trace.pass.dropped.data()) {
            assert_eq!(
                *left == 0.0,
                *sum <= 0.0,
                "seed {seed}: {sum} became {left}"
            );
        }
    }
}

#[test]
fn about_half_of_the_sums_of_a_fresh_network_lie_below_0() {
    let mut below = 0;
    for seed in 0..1000 {
        let sums = network(seed).pass.pre_activation;
        below += sums.data().iter().filter(|sum| **sum < 0.0).count();
    }
    // Sums of one network hang together, so this is no coin's law; it is within a fiftieth of a half.
    assert!((19_600..=20_400).contains(&below), "{below} of 40000");
}

#[test]
fn a_unit_is_dropped_in_all_four_samples_one_time_in_sixteen() {
    let trace = live::coins("?v=1&view=coin&group=4");
    assert_eq!(trace.binomial[4], 1.0 / 16.0);
    let dropped = |seed| {
        network(seed)
            .lanes
            .iter()
            .map(|lane| u32::from(lane.kept == 0))
            .sum::<u32>()
    };
    let dropped: u32 = (0..1000).map(dropped).sum();
    assert!(fits(dropped, 10_000, 1.0 / 16.0), "{dropped} of 10000");
}

#[test]
fn in_48_of_100_passes_a_unit_is_dropped_in_all_four_samples() {
    let chance = 1.0 - live::coins("?v=1&view=coin&p=0.0625").binomial[0];
    assert!((chance - 0.4755).abs() < 1e-4, "{chance}");
    let hit = |seed| u32::from(network(seed).lanes.iter().any(|lane| lane.kept == 0));
    let hit: u32 = (0..2000).map(hit).sum();
    assert!(fits(hit, 2000, chance), "{hit} of 2000");
}

#[test]
fn with_15_samples_thousands_of_passes_go_by_without_a_unit_dropped_in_all() {
    let unit = live::coins("?v=1&view=coin&group=15").binomial[15];
    assert!((unit - 0.5_f64.powi(15)).abs() < 1e-15, "{unit}");
    let any = 1.0 - (1.0 - unit).powi(10);
    assert!((2000.0..5000.0).contains(&(1.0 / any)), "{any}");
    let hit = |seed| {
        let trace = live::network(&format!("?v=1&seed={seed}&batch=15"));
        u32::from(trace.lanes.iter().any(|lane| lane.kept == 0))
    };
    let hit: u32 = (0..3000).map(hit).sum();
    assert!(hit <= 6, "{hit} of 3000, where about 1 is to be expected");
}
