//! Against a plain computation.

use super::common::{Dice, settings, trace, trace_of};
use dropout_lab::model::{Field, Settings, Trace};
use dropout_lab::nn::{BernoulliPath, DropoutStyle, Mode, Sgd, Tensor};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
