//! Tests of sentences that no other test holds.

use dropout_lab::lessons::live;
use dropout_lab::model::exhibits::subnetworks::Trace as Subnetworks;
use dropout_lab::nn::alpha_dropout::alpha_dropout;
use dropout_lab::nn::{DropProbability, Generator, Mode, Tensor, sample};

/// The mean of what `count` says of seeds 0 to 199.
fn mean(count: impl Fn(u32) -> f64) -> f64 {
    (0..200).map(count).sum::<f64>() / 200.0
}

fn sum(values: &[f32]) -> f64 {
    values.iter().copied().map(f64::from).sum()
}

#[test]
fn at_p_two_tenths_four_in_five_are_kept() {
    let kept = mean(|seed| {
        let trace = live::tensor(&format!("?v=1&view=tensor&p=0.2&seed={seed}"));
        sum(trace.chosen.mask.data()) / 50.0
    });
    // 10,000 coins: a standard deviation of 0.004.
    assert!((kept - 0.8).abs() < 0.02, "{kept}");
}

#[test]
fn outputs_average_to_the_input_over_many_masks_and_in_no_draw() {
    for p in ["0.1", "0.5", "0.8"] {
        let average = mean(|seed| {
            let trace = live::tensor(&format!("?v=1&view=tensor&p={p}&seed={seed}"));
            // What is kept is scaled, what is not is 0: no output is its input.
            let pairs = trace.chosen.output.data().iter().zip(trace.input.data());
            assert!(pairs.into_iter().all(|(output, input)| output != input));
            sum(trace.chosen.output.data()) / 50.0
        });
        // 10,000 draws, each of standard deviation √(p / (1 − p)), at most 2.
        assert!((average - 1.0).abs() < 0.1, "p = {p}: {average}");
    }
}

#[test]
fn a_dropped_unit_gets_no_gradient_from_that_sample() {
    for seed in 0..100 {
        let pass = live::network(&format!("?v=1&p=0.3&seed={seed}")).pass;
        let cells = pass.grad_dropped.data().iter().zip(pass.noise.data());
        for (k, (back, noise)) in cells.enumerate() {
            assert_eq!(
                pass.grad_hidden.data()[k],
                back * noise,
                "scaled on the way back too"
            );
            let on = pass.mask.data()[k] != 0.0 && pass.hidden.data()[k] != 0.0;
            assert_eq!(
                pass.grad_pre_activation.data()[k] != 0.0,
                on && *back != 0.0
            );
        }
    }
}

#[test]
fn a_row_that_no_sample_reached_moves_by_momentum_or_weight_decay_alone() {
    let missed = |link: &str| -> Vec<f32> {
        let trace = live::network(link);
        let missed = |unit: &usize| {
            (0..4).all(|sample| !trace.kept(sample, *unit) || !trace.active(sample, *unit))
        };
        (0..10)
            .filter(missed)
            .map(|unit| trace.moved(unit))
            .collect()
    };
    let (mut rows, mut by_momentum) = (0, 0);
    for seed in 0..100 {
        let link = format!("?v=1&seed={seed}&step=2");
        assert!(missed(&link).iter().all(|moved| *moved == 0.0), "{link}");
        let with_momentum = missed(&format!("{link}&momentum=0.9"));
        by_momentum += with_momentum.iter().filter(|moved| **moved != 0.0).count();
        let with_decay = missed(&format!("{link}&weight_decay=0.1"));
        assert!(with_decay.iter().all(|moved| *moved != 0.0), "{link}");
        rows += with_decay.len();
    }
    assert!(rows > 100 && by_momentum > 100, "{rows} {by_momentum}");
}

#[test]
fn at_p_0_eval_is_the_mean_however_it_is_scaled_and_at_p_1_it_is_not() {
    for scaling in ["inverted", "classic", "none", "both"] {
        let at = |p: u8| {
            let link = format!("?v=1&view=expectation&scaling={scaling}&through=sum&p={p}");
            live::draws(&link)
        };
        let (none, all) = (at(0), at(1));
        assert_eq!((none.mean, none.law.mean, none.eval), (55.0, 55.0, 55.0));
        assert_eq!((all.mean, all.law.mean), (0.0, 0.0));
        // Scaled in eval mode, what is left of the eval output is nothing either.
        let in_eval = scaling == "classic" || scaling == "both";
        assert_eq!(all.eval, if in_eval { 0.0 } else { 55.0 });
    }
}

#[test]
fn the_squares_of_one_to_ten_add_up_to_385() {
    assert_eq!((1..=10).map(|k| k * k).sum::<i32>(), 385);
    let law = live::draws("?v=1&view=expectation&through=sum&p=0.5").law;
    assert!((law.sd - 385_f64.sqrt()).abs() < 1e-9);
}

#[test]
fn no_setting_but_the_seed_and_the_place_moves_a_coin() {
    for step in [0, 3] {
        let coins = |more: &str| live::network(&format!("?v=1&step={step}{more}")).coins;
        let usual = coins("");
        assert_eq!(usual.len(), 40);
        for more in [
            "&p=0.01",
            "&p=0.2",
            "&p=0.99",
            "&lr=0.5",
            "&momentum=0.9",
            "&weight_decay=0.1",
        ] {
            assert_eq!(coins(more), usual, "{more}");
        }
        assert_ne!(coins("&seed=37"), usual);
    }
}

#[test]
fn without_the_mask_a_dropped_unit_would_learn_and_a_kept_one_too_little() {
    let (mut dropped, mut kept) = (0, 0);
    for seed in 0..50 {
        let trace = live::network(&format!("?v=1&seed={seed}"));
        let pass = &trace.pass;
        for k in (0..40).filter(|k| pass.hidden.data()[*k] != 0.0) {
            // What would come back through the unit if the mask and its scale were left out.
            let without = pass.grad_dropped.data()[k];
            let with = pass.grad_pre_activation.data()[k];
            if pass.mask.data()[k] == 0.0 {
                assert!(without != 0.0 && with == 0.0);
                dropped += 1;
            } else {
                assert!(without.abs() < with.abs());
                kept += 1;
            }
        }
    }
    assert!(dropped > 100 && kept > 100);
}

#[test]
fn in_eval_mode_before_is_the_weight_and_after_is_none() {
    for seed in 0..50 {
        let trace = live::network(&format!("?v=1&seed={seed}&mode=eval"));
        assert_eq!(trace.before, trace.after);
        let grad = &trace.pass.grad.fc1.weight;
        // There are gradients, so the notebook's formula for After gives other numbers.
        assert!(grad.data().iter().any(|grad| *grad != 0.0), "seed {seed}");
    }
}

#[test]
fn where_p_is_0_or_1_again_gives_the_same_output() {
    for p in ["0", "1"] {
        for seed in 0..50 {
            let link = format!("?v=1&p={p}&seed={seed}");
            let (first, again) = (live::network(&link), live::network(&(link + "&again=0:1")));
            assert_eq!(first.pass.output, again.pass.output, "p = {p}, seed {seed}");
        }
    }
}

#[test]
fn another_seed_has_other_weights_data_and_masks() {
    for seed in 0..100 {
        let of = |seed: u32| live::network(&format!("?v=1&seed={seed}"));
        let (one, other) = (of(seed), of(seed + 1));
        assert!(one.before != other.before && one.input != other.input);
        assert!(one.target != other.target && one.pass.mask != other.pass.mask);
    }
}

#[test]
fn alpha_dropout_keeps_a_mean_of_0_and_a_variance_of_1() {
    for p in [0.1, 0.5, 0.8] {
        let mut g = Generator::new(5);
        let mut x = Tensor::zeros(&[100_000]);
        sample::randn(&mut g, x.data_mut());
        let y = alpha_dropout(&mut g, &x, DropProbability::new(p).unwrap(), Mode::Train).output;
        let mean = sum(y.data()) / 1e5;
        let variance = y
            .data()
            .iter()
            .map(|y| (f64::from(*y) - mean).powi(2))
            .sum::<f64>()
            / 1e5;
        // Standard deviations of about 0.003 and 0.006.
        assert!(mean.abs() < 0.015, "p = {p}: {mean}");
        assert!((variance - 1.0).abs() < 0.03, "p = {p}: {variance}");
    }
    // Other numbers change their mean: the ones of the picture do.
    let ones = live::variant("?v=1&view=variants&layer=alpha&batch=8&channels=8&length=8").output;
    assert!(sum(ones.data()) / 512.0 < 0.8);
}

#[test]
fn the_sum_of_0_to_59_is_kept_on_average_and_hardly_ever_in_a_draw() {
    assert_eq!((0..60).sum::<i32>(), 1770);
    let of = |seed| {
        sum(
            live::tensor(&format!("?v=1&view=tensor&preset=arange&seed={seed}"))
                .chosen
                .output
                .data(),
        )
    };
    // One draw has a standard deviation of √(Σ k²) = 265, the mean of 200 one of 19.
    let average = mean(of);
    assert!((average - 1770.0).abs() < 80.0, "{average}");
    let kept = (0..200)
        .filter(|seed| (of(*seed) - 1770.0).abs() < 0.5)
        .count();
    assert!(kept < 5, "{kept}");
}

#[test]
fn weight_drop_called_again_draws_a_new_mask() {
    for layer in ["variational", "dropconnect"] {
        let differ = mean(|seed| {
            let link = format!("?v=1&view=variants&layer={layer}&out=8&seed={seed}");
            let again = live::variant(&format!("{link}&again=1")).noise;
            f64::from(u8::from(again != live::variant(&link).noise))
        });
        // Eight fair coins agree once in 256 times.
        assert!(differ > 0.97, "{layer}: {differ}");
    }
}

/// What notebook 004 prints: where its 15 masks keep a unit, sample by sample.
const MASKS_OF_004: [&str; 15] = [
    "1111000011",
    "0101010000",
    "1010111010",
    "0011111100",
    "1010000101",
    "0100111001",
    "0100011100",
    "0011011110",
    "1110100001",
    "1000011101",
    "1001010010",
    "0000000110",
    "1110011000",
    "1111100111",
    "0100000111",
];

/// And the sums of their columns, as it prints them: 2 for each sample that keeps the unit.
const SUMS_OF_004: [usize; 10] = [2, 4, 4, 4, 2, 6, 4, 4, 2, 2];

#[test]
fn the_column_sums_that_notebook_004_prints_are_not_those_of_its_masks() {
    let kept = |unit: usize| {
        MASKS_OF_004
            .iter()
            .filter(|mask| &mask[unit..=unit] == "1")
            .count()
    };
    for (unit, printed) in SUMS_OF_004.into_iter().enumerate() {
        assert!(kept(unit) > 0, "unit {unit} is dropped in all samples");
        assert_ne!(2 * kept(unit), printed, "unit {unit}");
    }
}

#[test]
fn a_bar_lists_its_likeliest_masks_first() {
    for link in [
        "",
        "&p=0.2",
        "&p=0.8&sample=1",
        "&p=0.9&placement=before_sigmoid",
    ] {
        let trace = Subnetworks::new(&live::exhibit(&format!("?v=1&view=subnetworks{link}")));
        for bar in &trace.histogram.bars {
            let chance = |(index, _): &(u32, f64)| trace.probability(*index as usize);
            let chances: Vec<f64> = bar.masks.iter().map(chance).collect();
            assert!(chances.is_sorted_by(|a, b| a >= b), "{link}: {chances:?}");
        }
    }
}

#[test]
fn the_call_that_is_named_draws_the_mask_and_none_before_it_does() {
    let trace = Subnetworks::new(&live::exhibit("?v=1&view=subnetworks&hidden=5"));
    let sample = trace.settings.sample();
    let drawn = |passes: u32| {
        let call = live::network(&format!("?v=1&hidden=5&again=0:{passes}"));
        (0..5)
            .map(|unit| call.kept(sample, unit))
            .collect::<Vec<_>>()
    };
    for index in 0..trace.masks() {
        let passes = trace.passes_before(index).unwrap();
        assert_eq!(drawn(passes), trace.mask(index));
        assert!((0..passes).all(|earlier| drawn(earlier) != trace.mask(index)));
    }
    // 10,001 calls hardly ever drop all 16 units at once.
    let rare = Subnetworks::new(&live::exhibit("?v=1&view=subnetworks&hidden=16&p=0.1"));
    assert_eq!(rare.passes_before(0), None);
}
