//! Coins: the draws are torch's, the counts follow the binomial, the binomial is exact, the picture shows them.
#![allow(clippy::unwrap_used, reason = "settings here are the test's own")]

use dropout_lab::draw::layout::Room;
use dropout_lab::draw::{Palette, coin as picture};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::binomial::distribution;
use dropout_lab::model::exhibits::coin::{Settings, Target, Trace};
use dropout_lab::{notebook, words};
use plotters::backend::SVGBackend;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn settings(changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (name, text) in changes {
        settings.set(name, text).unwrap();
    }
    settings
}

fn trace(changes: &[(&str, &str)]) -> Trace {
    Trace::new(&settings(changes))
}

fn svg(trace: &Trace, width: f64, focus: Option<Target>) -> String {
    let layout = picture::Layout::new(trace, Room::screen(width, 560.0));
    let palette = &Palette::BRIGHT;
    let frame = picture::Frame {
        trace,
        focus,
        palette,
    };
    let mut text = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut text, (1000, 1000));
        picture::draw(&mut backend, &layout, &frame, 1.0).unwrap();
    }
    text
}

/// An integer of any size, in digits of 32 bits, the lowest first.
#[derive(Clone)]
struct Big(Vec<u32>);

impl Big {
    fn times(mut self, factor: u32) -> Self {
        let mut carry = 0_u64;
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(factor);
            *digit = u32::try_from(carry & 0xFFFF_FFFF).unwrap();
            carry >>= 32;
        }
        self.0.push(u32::try_from(carry).unwrap());
        self
    }

    fn over(mut self, divisor: u32) -> Self {
        let mut rest = 0_u64;
        for digit in self.0.iter_mut().rev() {
            rest = rest << 32 | u64::from(*digit);
            *digit = u32::try_from(rest / u64::from(divisor)).unwrap();
            rest %= u64::from(divisor);
        }
        assert_eq!(rest, 0, "binomial coefficients divide evenly");
        self
    }

    /// The number over 2^`bits`, from its highest three digits.
    fn over_power_of_two(&self, bits: i32) -> f64 {
        let digits = self
            .0
            .iter()
            .enumerate()
            .rev()
            .skip_while(|(_, d)| **d == 0);
        let parts = digits.take(3).map(|(place, digit)| {
            let exponent = 32 * i32::try_from(place).unwrap() - bits;
            // Two steps, so that neither power leaves the range of f64.
            f64::from(*digit) * 2_f64.powi(exponent / 2) * 2_f64.powi(exponent - exponent / 2)
        });
        parts.sum()
    }
}

/// The binomial with p = `numerator` / 2^`bits`, by whole numbers alone.
fn exact(n: u32, numerator: u32, bits: u32) -> Vec<f64> {
    let rest = (1 << bits) - numerator;
    let chance = |c: u32| {
        let choose = (0..c).fold(Big(vec![1]), |big, k| big.times(n - k).over(k + 1));
        let hits = (0..c).fold(choose, |big, _| big.times(numerator));
        let all = (c..n).fold(hits, |big, _| big.times(rest));
        all.over_power_of_two(i32::try_from(n * bits).unwrap())
    };
    (0..=n).map(chance).collect()
}

#[test]
fn the_binomial_is_that_of_whole_numbers_to_twelve_digits() {
    for (n, numerator, bits) in [
        (1, 1, 1),
        (10, 1, 1),
        (10, 5, 4),
        (97, 1, 10),
        (300, 11, 4),
        (1000, 1, 1),
    ] {
        let p = f64::from(numerator) / f64::from(1_u32 << bits);
        for (c, (ours, exact)) in distribution(n, p)
            .into_iter()
            .zip(exact(n, numerator, bits))
            .enumerate()
        {
            let slack = 1e-12 * exact + 1e-300;
            assert!(
                (ours - exact).abs() <= slack,
                "{c} of {n} at {p}: {ours}, exactly {exact}"
            );
        }
    }
}

#[test]
fn the_binomial_sums_to_one_and_is_certain_where_p_is_0_or_1() {
    for n in [1, 2, 10, 1000] {
        for p in [0.0, 1e-300, 1e-9, 0.3, 0.5, 0.999_999, 1.0] {
            let sum: f64 = distribution(n, p).iter().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{n} at {p}: {sum}");
        }
        assert_eq!(distribution(n, 0.0)[0], 1.0);
        assert_eq!(distribution(n, 1.0)[n as usize], 1.0);
    }
}

#[test]
fn exactly_five_of_ten_fair_coins_has_probability_24_6_percent() {
    assert_eq!(
        words::coin::exactly(&trace(&[]), 5),
        "exactly 5 of 10: 24.6 %"
    );
}

#[test]
fn p_is_the_chance_of_a_zero_for_dropout_and_of_a_one_for_bernoulli() {
    let (p, n) = (0.3, 100_000.0_f64);
    let bound = 5.0 * (p * (1.0 - p) / n).sqrt();
    for (coins, chance) in [("dropout", 0.7), ("bernoulli", 0.3)] {
        let trace = trace(&[("p", "0.3"), ("coins", coins), ("draws", "100000")]);
        assert!((trace.share_of_ones() - chance).abs() < bound, "{coins}");
        assert_eq!(trace.settings.chance_of_one(), chance);
    }
}

#[test]
fn a_coin_is_one_just_if_its_uniform_lies_below_the_threshold() {
    for coins in ["dropout", "bernoulli"] {
        for p in ["0.3", "0.5", "0.9"] {
            let trace = trace(&[("p", p), ("coins", coins), ("draws", "400")]);
            assert_eq!(trace.uniforms.len(), 400);
            for (coin, uniform) in trace.draws.iter().zip(&trace.uniforms) {
                assert_eq!(
                    *coin == 1.0,
                    *uniform < trace.settings.threshold(),
                    "{coins} {p} {uniform}"
                );
            }
        }
    }
}

#[test]
fn counts_of_groups_follow_the_binomial_by_a_chi_squared_test() {
    for coins in ["dropout", "bernoulli"] {
        for seed in ["1", "2", "3"] {
            let trace = trace(&[
                ("p", "0.3"),
                ("coins", coins),
                ("draws", "100000"),
                ("seed", seed),
            ]);
            let groups = f64::from(trace.groups);
            let cells = trace.counts.iter().zip(&trace.binomial);
            let terms =
                cells
                    .filter(|(_, chance)| **chance * groups >= 5.0)
                    .map(|(seen, chance)| {
                        (f64::from(*seen) - chance * groups).powi(2) / (chance * groups)
                    });
            let chi: f64 = terms.sum();
            // At most 10 degrees of freedom: above 35 in one run of ten thousand.
            assert!(chi < 35.0, "{coins} from seed {seed}: {chi}");
        }
    }
}

#[test]
fn every_whole_group_is_counted_once() {
    for (draws, group) in [
        ("1", "1"),
        ("9", "10"),
        ("10", "10"),
        ("1001", "7"),
        ("100000", "1000"),
    ] {
        let trace = trace(&[("draws", draws), ("group", group)]);
        assert_eq!(trace.counts.iter().sum::<u32>(), trace.groups);
        assert_eq!(
            trace.groups,
            trace.settings.draws() / trace.settings.group()
        );
        assert_eq!(trace.share.means.last().unwrap().0, trace.settings.draws());
    }
}

#[test]
fn where_p_leaves_no_choice_every_coin_is_the_same() {
    for (coins, p, ones) in [
        ("dropout", "0", 50),
        ("dropout", "1", 0),
        ("bernoulli", "0", 0),
        ("bernoulli", "1", 50),
    ] {
        let trace = trace(&[("coins", coins), ("p", p), ("draws", "50")]);
        assert_eq!(trace.ones, ones, "{coins} at {p}");
        assert!(words::coin::now(&trace).contains("no other way"));
    }
}

#[test]
fn settings_refuse_what_is_out_of_range_and_stay_as_they_were() {
    let mut settings = settings(&[("draws", "20")]);
    for (name, text) in [
        ("draws", "0"),
        ("draws", "100001"),
        ("group", "0"),
        ("p", "nan"),
        ("p", "-0.1"),
        ("coins", "fair"),
        ("seed", "-1"),
        ("tails", "1"),
    ] {
        let before = settings.clone();
        assert!(settings.set(name, text).is_err(), "{name} = {text}");
        assert_eq!(settings, before);
    }
    for entry in Settings::TABLE {
        let value = settings.read(entry.name).unwrap();
        settings.set(entry.name, &value).unwrap();
    }
    assert_eq!(settings.read("draws").as_deref(), Some("20"));
}

#[test]
fn the_script_prints_as_many_ones_as_there_are() {
    let trace = trace(&[
        ("p", "0.3"),
        ("coins", "bernoulli"),
        ("draws", "20"),
        ("seed", "1"),
    ]);
    // torch.manual_seed(1); Bernoulli(probs=0.3).sample((20,)) in PyTorch 2.15
    let coins = "tensor([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])\n";
    assert!(notebook::coin::output(&trace).starts_with(coins));
    assert!(
        notebook::coin::script(&trace.settings, "?v=1")
            .contains("Bernoulli(probs=0.3).sample((20,))")
    );
}

#[test]
fn the_picture_has_a_shape_a_coin_and_a_dot_a_count() {
    for width in [366.0, 876.0] {
        let trace = trace(&[("draws", "40")]);
        let svg = svg(&trace, width, None);
        let zeros = trace.draws.iter().filter(|coin| **coin == 0.0).count();
        assert!(
            svg.matches("<line").count() >= 2 * zeros,
            "a cross a dropped coin"
        );
        // Each dot lies on a larger one of paper; the share's line ends in one more.
        assert_eq!(svg.matches("<circle").count(), 2 * trace.binomial.len() + 1);
        for text in [
            "40 coins",
            "How many in a group",
            "dropped among 10",
            "Share of ones",
        ] {
            assert!(svg.contains(text), "{text}");
        }
    }
}

#[test]
fn every_number_is_hit_where_it_is_drawn_and_explained() {
    for changes in [
        &[][..],
        &[("draws", "1"), ("group", "1")],
        &[("draws", "100000"), ("group", "1000")],
        &[("p", "1")],
    ] {
        let trace = trace(changes);
        let layout = picture::Layout::new(&trace, Room::screen(366.0, 700.0));
        let places = layout.places();
        assert!(!places.is_empty());
        for (target, rect) in places {
            let (x, y) = rect.center();
            let hit = layout.hit(x, y);
            assert!(hit.is_some(), "{target:?} of {changes:?}");
            if !matches!(target, Target::Share(_)) {
                assert_eq!(hit, Some(target));
            }
            assert_eq!(trace.within(target), Some(target));
            assert!(!words::coin::explain(&trace, target).lines.is_empty());
            assert!(
                rect.x >= -1.0 && rect.x + rect.w <= 367.0,
                "{target:?} at {rect:?}"
            );
        }
        assert!(svg(&trace, 876.0, Some(Target::Count(0))).contains("</svg>"));
    }
}
