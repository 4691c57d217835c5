//! Random draws against what their distribution says, at five standard deviations: the seeds are
//! fixed, and one comparison would fail for about one other seed in a million.
#![allow(clippy::unwrap_used, reason = "the probabilities are the test's own")]
#![allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]

use dropout_lab::nn::dropout::draw_noise;
use dropout_lab::nn::init::linear_init;
use dropout_lab::nn::{BernoulliPath, DropProbability, DropoutStyle, Generator, Mode, sample};
use rand::RngExt;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const N: usize = 100_000;
const SIGMAS: f64 = 5.0;
const STYLES: [DropoutStyle; 3] = [
    DropoutStyle::Module,
    DropoutStyle::BernoulliFull,
    DropoutStyle::RandGreater,
];
const PATHS: [BernoulliPath; 2] = [BernoulliPath::Mt19937, BernoulliPath::Mcg31];

fn mask(seed: u64, path: BernoulliPath, style: DropoutStyle, p: f64, size: usize) -> Vec<f32> {
    let mut g = Generator::new(seed).with_bernoulli_path(path);
    let mut mask = vec![0.0; size];
    style.draw_mask(
        &mut g,
        DropProbability::new(p).unwrap(),
        Mode::Train,
        &mut mask,
    );
    mask
}

/// Every way to take coins.
fn ways() -> impl Iterator<Item = (DropoutStyle, BernoulliPath)> {
    STYLES
        .into_iter()
        .flat_map(|style| PATHS.map(|path| (style, path)))
}

fn mean(values: &[f32]) -> f64 {
    values.iter().map(|x| f64::from(*x)).sum::<f64>() / values.len() as f64
}

/// The mean of the centred values' power.
fn moment(values: &[f32], power: i32) -> f64 {
    let mean = mean(values);
    values
        .iter()
        .map(|x| (f64::from(*x) - mean).powi(power))
        .sum::<f64>()
        / values.len() as f64
}

fn assert_within(value: f64, expected: f64, sigma: f64, what: &str) {
    let bound = SIGMAS * sigma;
    assert!(
        (value - expected).abs() <= bound,
        "{what}: {value}, expected {expected} within {bound}"
    );
}

#[test]
fn the_share_of_kept_units_is_one_minus_p() {
    for (style, path) in ways() {
        for p in [0.01, 0.1, 0.3, 0.5, 0.9, 0.999] {
            let sigma = (p * (1.0 - p) / N as f64).sqrt();
            let share = mean(&mask(17, path, style, p, N));
            assert_within(
                share,
                1.0 - p,
                sigma,
                &format!("{style:?} on {path:?} with p = {p}"),
            );
        }
    }
}

#[test]
fn inverted_dropout_keeps_the_mean_and_has_variance_p_over_keep() {
    for p in [0.1, 0.5, 0.8] {
        let mut noise = vec![0.0; N];
        let mut g = Generator::new(23);
        draw_noise(
            &mut g,
            DropProbability::new(p).unwrap(),
            Mode::Train,
            DropoutStyle::Module,
            &mut noise,
        );
        let (n, variance) = (N as f64, p / (1.0 - p));
        assert_within(mean(&noise), 1.0, (variance / n).sqrt(), "mean");
        let fourth = moment(&noise, 4);
        assert_within(
            moment(&noise, 2),
            variance,
            ((fourth - variance * variance) / n).sqrt(),
            "variance",
        );
    }
}

#[test]
fn the_number_of_dropped_units_is_binomial() {
    const UNITS: usize = 10;
    let (p, rows) = (0.3_f64, N / UNITS);
    for (style, path) in ways() {
        let mask = mask(29, path, style, p, N);
        let mut seen = [0_u32; UNITS + 1];
        for row in mask.chunks(UNITS) {
            seen[row.iter().filter(|m| **m == 0.0).count()] += 1;
        }
        let mut chance = (1.0 - p).powi(10);
        for (dropped, seen) in seen.into_iter().enumerate() {
            let sigma = (chance * (1.0 - chance) / rows as f64).sqrt();
            // Where less than one is expected the normal bound means nothing; one sighting more is
            // granted.
            let share = f64::from(seen) / rows as f64;
            let slack = 1.0 / rows as f64 / SIGMAS;
            assert_within(
                share,
                chance,
                sigma + slack,
                &format!("{style:?}: {dropped} dropped"),
            );
            chance *= (UNITS - dropped) as f64 / (dropped + 1) as f64 * p / (1.0 - p);
        }
    }
}

#[test]
fn samples_of_a_batch_units_of_a_sample_and_steps_of_a_run_have_independent_masks() {
    // Correlation at the distance of a unit, of a sample of 10 units, and of a batch of 15 samples.
    for (style, path) in ways() {
        let coins = mask(31, path, style, 0.5, N);
        for lag in [1, 10, 150] {
            let pairs = coins.iter().zip(&coins[lag..]);
            let sum: f64 = pairs
                .map(|(a, b)| f64::from(a - 0.5) * f64::from(b - 0.5))
                .sum();
            let n = (N - lag) as f64;
            assert_within(
                sum / n * 4.0,
                0.0,
                n.sqrt().recip(),
                &format!("{style:?} on {path:?}, lag {lag}"),
            );
        }
    }
}

#[test]
fn raising_p_under_one_seed_only_takes_units_away() {
    for (style, path) in ways() {
        let mut kept = mask(37, path, style, 0.0, 1000);
        for p in (1_u8..100).map(|percent| f64::from(percent) / 100.0) {
            let fewer = mask(37, path, style, p, 1000);
            assert!(
                fewer.iter().zip(&kept).all(|(now, before)| now <= before),
                "{style:?} on {path:?} at p = {p}"
            );
            kept = fewer;
        }
        assert!(kept.contains(&1.0), "p = 0.99 leaves some of 1000");
        assert!(kept.contains(&0.0), "p = 0.99 drops some of 1000");
    }
}

#[test]
fn the_same_seed_draws_the_same_mask_and_the_next_draw_another() {
    let (p, mut g) = (DropProbability::new(0.5).unwrap(), Generator::new(41));
    let mut draw = || {
        let mut mask = [0.0; 64];
        DropoutStyle::Module.draw_mask(&mut g, p, Mode::Train, &mut mask);
        mask
    };
    let (first, second) = (draw(), draw());
    assert_ne!(first, second);
    assert_eq!(
        mask(41, BernoulliPath::Mt19937, DropoutStyle::Module, 0.5, 64),
        first
    );
}

#[test]
fn uniforms_have_mean_a_half_and_variance_a_twelfth() {
    let mut x = vec![0.0; N];
    sample::rand(&mut Generator::new(43), &mut x);
    assert!(x.iter().all(|x| (0.0..1.0).contains(x)));
    assert_within(mean(&x), 0.5, (1.0 / 12.0 / N as f64).sqrt(), "mean");
    assert_within(
        moment(&x, 2),
        1.0 / 12.0,
        (1.0 / 180.0 / N as f64).sqrt(),
        "variance",
    );
}

#[test]
fn normals_of_both_regimes_have_the_moments_of_the_normal_distribution() {
    for block in [15, 16, 20, N] {
        let mut x = vec![0.0; N / block * block];
        let mut g = Generator::new(47);
        for x in x.chunks_mut(block) {
            sample::randn(&mut g, x);
        }
        let n = x.len() as f64;
        assert_within(mean(&x), 0.0, (1.0 / n).sqrt(), "mean");
        assert_within(moment(&x, 2), 1.0, (2.0 / n).sqrt(), "variance");
        assert_within(moment(&x, 3), 0.0, (15.0 / n).sqrt(), "third moment");
        assert_within(moment(&x, 4), 3.0, (96.0 / n).sqrt(), "fourth moment");
    }
}

#[test]
fn integers_fill_their_range_evenly_and_permutations_are_permutations() {
    let mut g = Generator::new(53);
    let mut x = vec![0; N];
    sample::randint(&mut g, -3, 7, &mut x).unwrap();
    for value in -3..7 {
        let share = x.iter().filter(|x| **x == value).count() as f64 / N as f64;
        assert_within(
            share,
            0.1,
            (0.09 / N as f64).sqrt(),
            &format!("share of {value}"),
        );
    }
    assert!(x.iter().all(|x| (-3..7).contains(x)));
    let mut order = [0; 100];
    sample::randperm(&mut g, &mut order);
    assert_ne!(order, std::array::from_fn(|i| i64::try_from(i).unwrap()));
    order.sort_unstable();
    assert_eq!(order, std::array::from_fn(|i| i64::try_from(i).unwrap()));
}

#[test]
fn initial_weights_spread_evenly_within_one_over_the_root_of_in() {
    let mut weight = vec![0.0; N];
    linear_init(&mut Generator::new(59), 25, &mut weight, None);
    let bound = 0.2;
    assert!(weight.iter().all(|w| f64::from(w.abs()) <= bound + 1e-8));
    assert_within(mean(&weight), 0.0, bound / (3.0 * N as f64).sqrt(), "mean");
    let variance = bound * bound / 3.0;
    assert_within(
        moment(&weight, 2),
        variance,
        variance * (0.8 / N as f64).sqrt(),
        "variance",
    );
}

#[test]
fn the_coins_of_rand_on_the_same_generator_fall_as_often() {
    let (p, mut g) = (0.7, Generator::new(61));
    let heads = (0..N).filter(|_| g.random_bool(p)).count();
    assert_within(
        heads as f64 / N as f64,
        p,
        (p * (1.0 - p) / N as f64).sqrt(),
        "share",
    );
}
