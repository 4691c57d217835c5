//! Steps, masks and what they leave.

use super::common::{Dice, bits, settings, trace, trace_of};
use dropout_lab::model::{Experiment, Field, Trace};
use dropout_lab::nn::{Generator, Parameters, sample};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn seeking_through_changes_of_every_kind_ends_where_a_fresh_run_does() {
    let mut dice = Dice::new(21);
    for _ in 0..60 {
        let mut settings = dice.settings();
        let mut experiment = Experiment::new(&settings);
        for _ in 0..20 {
            // Most changes are of what leaves the beginning of the run in force.
            let field = if dice.happens(0.6) {
                dice.one_of(&[Field::Step, Field::Again, Field::Mode])
            } else {
                dice.one_of(&Field::ALL)
            };
            let text = dice.value(field);
            let _refused = settings.set(field, &text);
            experiment.seek(&settings);
            assert_eq!(experiment.taken(), settings.step());
            assert_eq!(
                bits(&experiment.trace()),
                bits(&trace(&settings)),
                "{} = {text}",
                field.name()
            );
        }
    }
}

#[test]
fn looking_at_a_step_does_not_take_it() {
    let settings = settings("step=3&momentum=0.9&again=3:2");
    let mut experiment = Experiment::new(&settings);
    experiment.seek(&settings);
    let first = bits(&experiment.trace());
    assert_eq!(bits(&experiment.trace()), first);
    assert_eq!(experiment.taken(), 3);
}

#[test]
fn a_step_begins_with_what_the_one_before_it_left() {
    let mut dice = Dice::new(22);
    for _ in 0..40 {
        let mut settings = dice.settings();
        settings.set(Field::Mode, "train").unwrap();
        let mut before: Option<Trace> = None;
        for step in 0..4 {
            settings.set(Field::Step, &step.to_string()).unwrap();
            let now = trace(&settings);
            if let Some(before) = before {
                assert_eq!(of(&before.after), of(&now.before), "step {step}");
                assert_eq!(
                    (&before.input, &before.target),
                    (&now.input, &now.target),
                    "step {step}"
                );
            }
            before = Some(now);
        }
    }
}

/// Every parameter as bits: NaN is the same as NaN.
fn of(parameters: &Parameters) -> Vec<u32> {
    let numbers = parameters
        .tensors()
        .map(|(_, tensor)| tensor.data().to_vec());
    numbers
        .into_iter()
        .flatten()
        .map(|x| if x.is_nan() { 0 } else { x.to_bits() })
        .collect()
}

#[test]
fn numbers_are_drawn_in_the_notebooks_order() {
    let trace = trace_of("batch=3&in=2&hidden=4&seed=11");
    let mut g = Generator::new(11);
    assert_eq!(trace.before, Parameters::init(&mut g, 2, 4, 1));
    let (mut x, mut y) = ([0.0; 6], [0.0; 3]);
    sample::randn(&mut g, &mut x);
    sample::randn(&mut g, &mut y);
    assert_eq!((trace.input.data(), trace.target.data()), (&x[..], &y[..]));
    let coins: Vec<f64> = (0..12).map(|_| g.u53()).collect();
    assert_eq!(trace.coins, coins);
}

#[test]
fn another_pass_draws_a_mask_and_nothing_else() {
    let (once, twice) = (trace_of("again=0:1"), trace_of("again=0:2"));
    let mut g = Generator::new(36);
    let _parameters = Parameters::init(&mut g, 5, 10, 1);
    sample::randn(&mut g, &mut [0.0; 20]);
    sample::randn(&mut g, &mut [0.0; 4]);
    let mut coins = || -> Vec<f64> { (0..40).map(|_| g.u53()).collect() };
    let _first = coins();
    assert_eq!((once.coins, twice.coins), (coins(), coins()));
}

#[test]
fn the_coins_make_the_mask_in_every_style_of_dropout() {
    for (style, by_hand) in [("nn", false), ("bernoulli", true), ("rand", true)] {
        for p in ["0.1", "0.3", "0.5", "0.7", "0.999"] {
            let trace = trace_of(&format!("dropout={style}&p={p}&batch=16&step=1&again=1:1"));
            let p: f64 = p.parse().unwrap();
            // By hand, probabilities are float32 tensors.
            #[allow(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
            let rounded = |x: f64| if by_hand { f64::from(x as f32) } else { x };
            assert_eq!(trace.coins.len(), 160);
            for sample in 0..16 {
                for unit in 0..10 {
                    let coin = trace.coin(sample, unit).unwrap();
                    let kept = if style == "rand" {
                        coin > rounded(p)
                    } else {
                        coin < rounded(1.0 - p)
                    };
                    assert_eq!(
                        trace.kept(sample, unit),
                        kept,
                        "{style}, p = {p}, coin {coin}"
                    );
                }
            }
        }
    }
}

#[test]
fn no_coin_is_shown_where_none_was_tossed_one_by_one() {
    for query in [
        "mode=eval",
        "p=0",
        "p=1",
        "bernoulli=mcg31",
        "mode=eval&dropout=rand",
    ] {
        let trace = trace_of(query);
        assert!(
            trace.coins.is_empty() && trace.coin(0, 0).is_none(),
            "{query}"
        );
    }
    for query in ["dropout=rand&p=0", "dropout=bernoulli&p=1", "p=1e-320"] {
        assert_eq!(trace_of(query).coins.len(), 40, "{query}");
    }
}

#[test]
fn eval_mode_keeps_everything_takes_no_step_and_has_gradients_all_the_same() {
    let mut dice = Dice::new(23);
    for _ in 0..40 {
        let mut settings = dice.settings();
        settings.set(Field::Mode, "eval").unwrap();
        let trace = trace(&settings);
        if trace.pass.loss.is_nan() {
            continue;
        }
        assert!(trace.pass.mask.data().iter().all(|&kept| kept == 1.0));
        assert_eq!(trace.pass.dropped, trace.pass.hidden);
        assert_eq!(trace.before, trace.after);
        assert_eq!(trace.scale(), 1.0);
        assert!(trace.pass.grad.fc2.bias.data()[0] != 0.0);
    }
}

#[test]
fn parts_of_a_gradient_add_up_to_it_to_the_bit() {
    let mut dice = Dice::new(24);
    let random = (0..60).map(|_| dice.settings());
    let large = ["batch=128&in=32&hidden=40", "batch=100&in=1&hidden=1"].map(settings);
    for settings in random.chain(large) {
        let trace = trace(&settings);
        let (last, grad) = (trace.batch() - 1, &trace.pass.grad.fc1);
        let same = |part: f32, whole: f32| {
            part.to_bits() == whole.to_bits() || part.is_nan() && whole.is_nan()
        };
        for unit in 0..trace.hidden_features() {
            let back = trace.pass.grad_pre_activation.at(last, unit);
            for input in 0..trace.in_features() {
                let part = |samples| trace.partial_weight_grad(samples, unit, input);
                let whole = grad.weight.at(unit, input);
                assert!(same(part(last + 1), whole) && same(part(last + 6), whole));
                let added = back.mul_add(trace.input.at(last, input), part(last));
                assert!(
                    added == whole || added.is_nan() && whole.is_nan(),
                    "{added} {whole}"
                );
                assert_eq!(part(0), 0.0);
            }
            assert!(same(
                trace.partial_bias_grad(last + 1, unit),
                grad.bias.data()[unit]
            ));
        }
    }
}

#[test]
fn a_sample_adds_its_contribution_to_a_gradient() {
    let trace = trace_of("batch=6&step=1");
    for unit in 0..10 {
        for input in 0..5 {
            for sample in 0..6 {
                let added = trace.partial_weight_grad(sample + 1, unit, input)
                    - trace.partial_weight_grad(sample, unit, input);
                let contribution = trace.contribution(sample, unit, input);
                assert!(
                    (added - contribution).abs() < 1e-6,
                    "{added} {contribution}"
                );
                if !trace.kept(sample, unit) || !trace.active(sample, unit) {
                    assert_eq!(contribution, 0.0);
                }
            }
        }
    }
}
