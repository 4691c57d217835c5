//! Runs: the cache never lies, steps join without a seam, and every number is what a plain computation gives.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Dice, bits, settings, trace, trace_of};
use dropout_lab::model::{Experiment, Field, Settings, Trace};
use dropout_lab::nn::{
    BernoulliPath, DropoutStyle, Generator, Mode, Parameters, Sgd, Tensor, sample,
};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

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

/// A matrix of float64, row by row.
type Matrix = Vec<Vec<f64>>;

fn matrix(tensor: &Tensor) -> Matrix {
    let columns = *tensor.shape().last().unwrap();
    let rows = tensor.data().chunks(columns);
    rows.map(|row| row.iter().copied().map(f64::from).collect())
        .collect()
}

fn assert_close(ours: &Tensor, plain: &[f64], what: &str) {
    let largest = plain
        .iter()
        .fold(1.0_f64, |largest, x| largest.max(x.abs()));
    assert_eq!(ours.numel(), plain.len(), "{what}");
    for (ours, plain) in ours.data().iter().zip(plain) {
        let off = (f64::from(*ours) - plain).abs();
        assert!(off <= 3e-5 * largest, "{what}: {ours}, and plainly {plain}");
    }
}

/// The step once more, written down as in a textbook, in float64, a loop a sum. The mask is taken as it is.
struct Plain<'a> {
    trace: &'a Trace,
    hidden: Matrix,
    dropped: Matrix,
    output: Vec<f64>,
}

impl<'a> Plain<'a> {
    fn forward(trace: &'a Trace) -> Self {
        let (x, w1, w2) = (
            matrix(&trace.input),
            matrix(&trace.before.fc1.weight),
            matrix(&trace.before.fc2.weight),
        );
        let (b1, b2) = (
            matrix(&trace.before.fc1.bias),
            matrix(&trace.before.fc2.bias),
        );
        let (mask, scale) = (matrix(&trace.pass.mask), Self::scale(trace));
        let (mut hidden, mut dropped, mut output) = (Vec::new(), Vec::new(), Vec::new());
        for n in 0..x.len() {
            let h: Vec<f64> = (0..w1.len())
                .map(|j| (0..x[n].len()).map(|i| x[n][i] * w1[j][i]).sum::<f64>() + b1[0][j])
                .map(|z| z.max(0.0))
                .collect();
            let d: Vec<f64> = (0..h.len()).map(|j| h[j] * mask[n][j] * scale).collect();
            output.push((0..d.len()).map(|j| d[j] * w2[0][j]).sum::<f64>() + b2[0][0]);
            hidden.push(h);
            dropped.push(d);
        }
        Self {
            trace,
            hidden,
            dropped,
            output,
        }
    }

    fn scale(trace: &Trace) -> f64 {
        match (trace.settings.mode(), trace.settings.p().p()) {
            (Mode::Eval, _) => 1.0,
            // Nothing is left to scale.
            (Mode::Train, 1.0) => 0.0,
            (Mode::Train, p) => 1.0 / (1.0 - p),
        }
    }

    fn loss(&self) -> f64 {
        let squares = self.errors().into_iter().map(|error| error * error);
        squares.sum::<f64>() / self.batch()
    }

    fn errors(&self) -> Vec<f64> {
        let targets = self.trace.target.data().iter().copied().map(f64::from);
        self.output
            .iter()
            .zip(targets)
            .map(|(output, target)| output - target)
            .collect()
    }

    fn batch(&self) -> f64 {
        f64::from(u32::try_from(self.output.len()).unwrap())
    }

    /// fc1.weight, fc1.bias, fc2.weight, fc2.bias: d loss / d of each.
    fn gradients(&self) -> [Vec<f64>; 4] {
        let (x, w2, mask) = (
            matrix(&self.trace.input),
            matrix(&self.trace.before.fc2.weight),
            matrix(&self.trace.pass.mask),
        );
        let error: Vec<f64> = self
            .errors()
            .into_iter()
            .map(|error| 2.0 / self.batch() * error)
            .collect();
        let samples = || 0..error.len();
        let (units, scale) = (w2[0].len(), Self::scale(self.trace));
        let back = |n: usize, j: usize| {
            let on = if self.hidden[n][j] > 0.0 { 1.0 } else { 0.0 };
            error[n] * w2[0][j] * mask[n][j] * scale * on
        };
        let weight1 = (0..units).flat_map(|j| (0..x[0].len()).map(move |i| (j, i)));
        [
            weight1
                .map(|(j, i)| samples().map(|n| back(n, j) * x[n][i]).sum())
                .collect(),
            (0..units)
                .map(|j| samples().map(|n| back(n, j)).sum())
                .collect(),
            (0..units)
                .map(|j| samples().map(|n| error[n] * self.dropped[n][j]).sum())
                .collect(),
            vec![error.iter().sum()],
        ]
    }
}

/// `torch.optim.SGD`, as its page describes it, from one parameter's history of gradients.
fn sgd(sgd: &Sgd, parameter: f64, grad: f64, velocity: &mut Option<f64>) -> f64 {
    let mut g = if sgd.maximize { -grad } else { grad };
    g += sgd.weight_decay * parameter;
    if sgd.momentum != 0.0 {
        let now = velocity.map_or(g, |before| {
            sgd.momentum * before + (1.0 - sgd.dampening) * g
        });
        *velocity = Some(now);
        g = if sgd.nesterov {
            g + sgd.momentum * now
        } else {
            now
        };
    }
    parameter - sgd.lr * g
}

/// A run whose numbers stay finite.
fn tame(dice: &mut Dice) -> Settings {
    loop {
        let settings = dice.settings();
        let hidden_by_nan =
            settings.dropout_style() != DropoutStyle::Module && settings.p().p() == 1.0;
        if !hidden_by_nan && settings.p().p() < 0.95 && settings.sgd().lr < 0.3 {
            return settings;
        }
    }
}

#[test]
fn forward_and_backward_are_what_a_plain_computation_gives() {
    let mut dice = Dice::new(25);
    let random = (0..150).map(|_| tame(&mut dice));
    let edges = [
        "p=1",
        "p=0",
        "batch=1&in=1&hidden=1",
        "batch=128&in=32&hidden=256",
        "mode=eval",
    ]
    .map(settings);
    for settings in random.chain(edges) {
        let trace = trace(&settings);
        let plain = Plain::forward(&trace);
        assert_close(&trace.pass.hidden, &plain.hidden.concat(), "hidden");
        assert_close(&trace.pass.dropped, &plain.dropped.concat(), "dropped");
        assert_close(&trace.pass.output, &plain.output, "output");
        assert_close(
            &Tensor::full(&[1], trace.pass.loss),
            &[plain.loss()],
            "loss",
        );
        for ((name, ours), plain) in trace.pass.grad.tensors().into_iter().zip(plain.gradients()) {
            assert_close(ours, &plain, name);
        }
    }
}

#[test]
fn weights_move_as_sgd_is_described() {
    let mut dice = Dice::new(26);
    for _ in 0..60 {
        let mut settings = tame(&mut dice);
        settings.set(Field::Mode, "train").unwrap();
        let mut velocities: Vec<Vec<Option<f64>>> = Vec::new();
        for step in 0..4 {
            settings.set(Field::Step, &step.to_string()).unwrap();
            let trace = trace(&settings);
            let parameters = trace
                .before
                .tensors()
                .into_iter()
                .zip(trace.pass.grad.tensors());
            for (k, ((name, before), (_, grad))) in parameters.enumerate() {
                if velocities.len() <= k {
                    velocities.push(vec![None; before.numel()]);
                }
                let moved: Vec<f64> = (before
                    .data()
                    .iter()
                    .zip(grad.data())
                    .zip(&mut velocities[k]))
                .map(|((before, grad), velocity)| {
                    sgd(
                        settings.sgd(),
                        f64::from(*before),
                        f64::from(*grad),
                        velocity,
                    )
                })
                .collect();
                assert_close(trace.after.tensors()[k].1, &moved, name);
            }
        }
    }
}

#[test]
fn what_does_not_reach_the_run_does_not_change_it() {
    // The legacy path of the coins makes other masks, and nothing else.
    let (now, legacy) = (trace_of(""), trace_of("bernoulli=mcg31"));
    assert_eq!(legacy.settings.bernoulli_path(), BernoulliPath::Mcg31);
    assert_eq!((&now.input, &now.before), (&legacy.input, &legacy.before));
    assert_ne!(now.pass.mask, legacy.pass.mask);
    // The step looked at is in eval mode; the steps before it were not.
    let (train, eval) = (trace_of("step=3"), trace_of("step=3&mode=eval"));
    assert_eq!(train.before, eval.before);
}
