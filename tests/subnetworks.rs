//! A network with dropout as an ensemble: what is exactly true of it, for any parameters, and what is not.
#![allow(clippy::unwrap_used, reason = "what a test asks for must be there")]

mod common;

use common::{Dice, trace_of};
use dropout_lab::model::Trace;
use dropout_lab::model::exhibits::binomial;
use dropout_lab::model::proof::subnetworks::{Ensemble, Identity, Placement, Subnetworks};
use dropout_lab::nn::{
    DropProbability, DropoutStyle, Generator, Mode, Parameters, Pass, Tensor, sample,
};

/// A random network, a batch and its targets, and a random p.
struct Case {
    parameters: Parameters,
    input: Tensor,
    target: Tensor,
    p: DropProbability,
}

impl Case {
    fn random(dice: &mut Dice) -> Self {
        let (inputs, hidden, batch) = (1 + dice.below(6), 1 + dice.below(10), 1 + dice.below(5));
        let mut g = Generator::new(dice.word64());
        let mut parameters = Parameters::init(&mut g, inputs, hidden, 1);
        // Weights of all sizes, not only those a network starts with.
        sample::randn(&mut g, parameters.fc1.weight.data_mut());
        sample::randn(&mut g, parameters.fc2.weight.data_mut());
        let mut randn = |shape: &[usize]| {
            let mut tensor = Tensor::zeros(shape);
            sample::randn(&mut g, tensor.data_mut());
            tensor
        };
        Self {
            parameters,
            input: randn(&[batch, inputs]),
            target: randn(&[batch, 1]),
            p: p(0.98 * dice.unit()),
        }
    }

    fn ensemble(&self, placement: Placement) -> Ensemble<'_> {
        Ensemble::new(&self.parameters, self.p, placement).unwrap()
    }

    fn subnetworks(&self, placement: Placement) -> Vec<Subnetworks> {
        let ensemble = self.ensemble(placement);
        let rows = 0..self.target.numel();
        rows.map(|n| ensemble.subnetworks(self.input.row(n)))
            .collect()
    }

    fn identity(&self, placement: Placement) -> Identity {
        self.ensemble(placement).identity(&self.input, &self.target)
    }
}

fn p(p: f64) -> DropProbability {
    DropProbability::new(p).unwrap()
}

fn cases(seed: u64) -> impl Iterator<Item = Case> {
    let mut dice = Dice::new(seed);
    (0..100).map(move |_| Case::random(&mut dice))
}

fn linear() -> impl Iterator<Item = Placement> {
    Placement::ALL
        .into_iter()
        .filter(|placement| placement.is_linear())
}

fn identity_of(trace: &Trace, placement: Placement) -> Identity {
    let ensemble = Ensemble::of(trace, placement).unwrap();
    ensemble.identity(&trace.input, &trace.target)
}

#[test]
fn the_mean_of_all_subnetworks_is_the_eval_output_where_the_output_is_linear_in_the_mask() {
    for case in cases(1) {
        for subnetworks in linear().flat_map(|placement| case.subnetworks(placement)) {
            let scale = subnetworks
                .outputs
                .iter()
                .fold(1.0, |a: f64, b| a.max(b.abs()));
            assert!(subnetworks.difference().abs() < 1e-12 * scale);
        }
    }
}

#[test]
fn the_expected_training_loss_is_the_eval_loss_and_a_penalty_where_the_output_is_linear() {
    for case in cases(2) {
        for placement in linear() {
            let identity = case.identity(placement);
            let gap = identity.gap().unwrap();
            assert!(gap.abs() < 1e-12 * identity.train.max(1.0), "{identity:?}");
            assert!(identity.penalty().unwrap() >= 0.0);
        }
    }
}

#[test]
fn before_or_after_the_relu_is_the_same_in_every_subnetwork() {
    for case in cases(3) {
        let [before, after] = [Placement::BeforeRelu, Placement::AfterRelu];
        assert_eq!(case.subnetworks(before), case.subnetworks(after));
    }
}

#[test]
fn before_a_sigmoid_is_not_after_it() {
    let trace = trace_of("");
    let [before, after] = [Placement::BeforeSigmoid, Placement::AfterSigmoid].map(|placement| {
        let ensemble = Ensemble::of(&trace, placement).unwrap();
        ensemble.subnetworks(trace.input.row(0))
    });
    assert_eq!(before.eval, after.eval);
    assert!(before.difference().abs() > 1e-3 && after.difference().abs() < 1e-12);
    assert!(
        before.sd() < after.sd() / 2.0,
        "{} {}",
        before.sd(),
        after.sd()
    );
}

#[test]
fn behind_another_relu_the_mean_of_the_subnetworks_lies_above_the_eval_output() {
    // Jensen's inequality; strictly where outputs of both signs have a chance.
    let mut strictly = 0;
    for case in cases(4) {
        let linear = case.subnetworks(Placement::AfterRelu);
        let rectified = case.subnetworks(Placement::ReluOnOutput);
        for (linear, rectified) in linear.into_iter().zip(rectified) {
            let of_sign = |sign: f64| linear.outputs.iter().any(|y| y * sign > 1e-3);
            let both_signs = case.p.p() > 0.01 && of_sign(1.0) && of_sign(-1.0);
            assert!(rectified.difference() >= -1e-12);
            assert_eq!(rectified.eval, linear.eval.max(0.0));
            if both_signs && rectified.outputs.len() <= 16 {
                assert!(rectified.difference() > 1e-12);
                strictly += 1;
            }
        }
    }
    assert!(strictly > 20, "{strictly}");
}

#[test]
fn the_identity_breaks_where_something_bent_follows_dropout() {
    let trace = trace_of("");
    for placement in Placement::ALL {
        let gap = identity_of(&trace, placement).gap().unwrap().abs();
        if placement.is_linear() {
            assert!(gap < 1e-12, "{placement:?}: {gap}");
        } else {
            assert!(gap > 1e-2, "{placement:?}: {gap}");
        }
    }
}

#[test]
fn every_subnetwork_is_what_the_network_computes_with_its_mask() {
    for case in cases(5).filter(|case| case.p.p() < 0.9) {
        let (batch, hidden) = (case.target.numel(), case.parameters.fc1.bias.numel());
        let mut pass = Pass::new(batch, case.input.shape()[1], hidden, 1);
        let all = case.subnetworks(Placement::AfterRelu);
        let largest = all
            .iter()
            .flat_map(|one| &one.outputs)
            .fold(1.0, |a: f64, b| a.max(b.abs()));
        for mask in 0..1_usize << hidden {
            for (cell, noise) in pass.noise.data_mut().iter_mut().enumerate() {
                let kept = mask >> (cell % hidden) & 1 == 1;
                *noise = if kept { case.p.scale() } else { 0.0 };
            }
            pass.forward(&case.parameters, &case.input, &case.target);
            for (output, subnetworks) in pass.output.data().iter().zip(&all) {
                let off = f64::from(*output) - subnetworks.outputs[mask];
                assert!(off.abs() < 1e-5 * largest, "mask {mask:b}: {off}");
            }
        }
    }
}

#[test]
fn the_pass_looked_at_is_one_of_the_subnetworks_of_each_sample() {
    let trace = trace_of("step=3");
    let ensemble = Ensemble::of(&trace, Placement::default()).unwrap();
    for sample in 0..trace.batch() {
        let units = 0..trace.hidden_features();
        let mask: usize = units
            .filter(|&unit| trace.kept(sample, unit))
            .map(|unit| 1 << unit)
            .sum();
        let subnetworks = ensemble.subnetworks(trace.input.row(sample));
        let off = subnetworks.outputs[mask] - f64::from(trace.pass.output.at(sample, 0));
        assert!(off.abs() < 1e-6, "{off}");
    }
}

#[test]
fn the_penalty_of_a_unit_is_the_mean_square_of_what_it_adds() {
    let trace = trace_of("batch=7");
    for (unit, square) in (0..).zip(identity_of(&trace, Placement::AfterRelu).units) {
        let added = |n| trace.before.fc2.weight.at(0, unit) * trace.pass.hidden.at(n, unit);
        let mean = (0..7).map(|n| added(n) * added(n)).sum::<f32>() / 7.0;
        assert!((f64::from(mean) - square).abs() < 1e-6);
    }
}

#[test]
fn the_weights_are_those_of_the_binomial() {
    for case in cases(6) {
        let one = case.subnetworks(Placement::AfterRelu).remove(0);
        let units = u32::try_from(case.parameters.fc1.bias.numel()).unwrap();
        let mut chances = vec![0.0; units as usize + 1];
        for mask in 0..one.outputs.len() {
            let kept = mask.count_ones() as usize;
            chances[kept] += one.weights()[kept];
        }
        for (chance, expected) in chances
            .iter()
            .zip(binomial::distribution(units, case.p.keep()))
        {
            assert!((chance - expected).abs() < 1e-12);
        }
    }
}

#[test]
fn the_mean_training_loss_of_many_drawn_masks_comes_near_the_expected_one() {
    let trace = trace_of("");
    let identity = identity_of(&trace, Placement::AfterRelu);
    let mut g = Generator::new(7);
    let mut pass = trace.pass.clone();
    let draws: Vec<f64> = (0..4000)
        .map(|_| {
            pass.draw_mask(
                &mut g,
                trace.settings.p(),
                Mode::Train,
                DropoutStyle::Module,
            );
            pass.forward(&trace.before, &trace.input, &trace.target);
            f64::from(pass.loss)
        })
        .collect();
    let mean = draws.iter().sum::<f64>() / 4000.0;
    let variance = draws.iter().map(|loss| (loss - mean).powi(2)).sum::<f64>() / 3999.0;
    // Four standard errors: a fair generator misses by more once in 16,000 seeds.
    let bound = 4.0 * (variance / 4000.0).sqrt();
    assert!((mean - identity.train).abs() < bound, "{mean} {identity:?}");
    // Which is too narrow to take the loss in eval mode for it.
    assert!(identity.train - identity.eval > 2.0 * bound);
}

#[test]
fn one_hidden_unit_has_two_subnetworks_with_and_without_it() {
    let mut parameters = Parameters::zeros(1, 1, 1);
    for ((_, tensor), value) in parameters
        .tensors_mut()
        .into_iter()
        .zip([2.0, 1.0, 3.0, 0.5])
    {
        tensor.data_mut()[0] = value;
    }
    let ensemble = Ensemble::new(&parameters, p(0.75), Placement::AfterRelu).unwrap();
    // h = 2 * 1 + 1 = 3; kept it counts 4 times.
    let one = ensemble.subnetworks(&[1.0]);
    assert_eq!(one.outputs, [0.5, 0.5 + 3.0 * 3.0 * 4.0]);
    assert_eq!(
        (one.weights(), one.mean(), one.eval),
        (vec![0.75, 0.25], 9.5, 9.5)
    );
    let identity = ensemble.identity(&Tensor::full(&[1, 1], 1.0), &Tensor::zeros(&[1, 1]));
    // 9.5^2, and 3 times (3 * 3)^2.
    assert_eq!((identity.eval, identity.penalty()), (90.25, Some(243.0)));
    assert_eq!((identity.train, identity.gap()), (333.25, Some(0.0)));
}

#[test]
fn with_p_0_there_is_one_subnetwork_the_whole() {
    for mut case in cases(8) {
        case.p = DropProbability::ZERO;
        for placement in Placement::ALL {
            let one = case.subnetworks(placement).remove(0);
            assert_eq!((one.mean(), one.sd()), (*one.outputs.last().unwrap(), 0.0));
            assert!(one.difference().abs() < 1e-12);
            let identity = case.identity(placement);
            assert_eq!(identity.penalty(), Some(0.0));
            assert!(identity.gap().unwrap().abs() < 1e-12 * identity.train.max(1.0));
        }
    }
}

#[test]
fn with_p_1_only_the_bias_is_left_and_the_identity_says_nothing() {
    for mut case in cases(9) {
        case.p = p(1.0);
        let bias = f64::from(case.parameters.fc2.bias.data()[0]);
        for one in case.subnetworks(Placement::AfterRelu) {
            assert_eq!((one.mean(), one.sd()), (bias, 0.0));
        }
        let identity = case.identity(Placement::AfterRelu);
        let squares = case
            .target
            .data()
            .iter()
            .map(|y| (bias - f64::from(*y)).powi(2));
        let rows = f64::from(u32::try_from(case.target.numel()).unwrap());
        assert!((identity.train - squares.sum::<f64>() / rows).abs() < 1e-12);
        assert_eq!(identity.factor, f64::INFINITY);
        assert_eq!((identity.penalty(), identity.gap()), (None, None));
    }
}

#[test]
fn sixteen_units_are_computed_and_seventeen_refused() {
    let net = |hidden| Parameters::init(&mut Generator::new(1), 3, hidden, 1);
    let (most, more) = (net(16), net(17));
    let ensemble = Ensemble::new(&most, p(0.5), Placement::AfterRelu).unwrap();
    let subnetworks = ensemble.subnetworks(&[1.0, -1.0, 2.0]);
    assert_eq!(subnetworks.outputs.len(), 65_536);
    assert!(subnetworks.difference().abs() < 1e-12);
    let error = Ensemble::new(&more, p(0.5), Placement::AfterRelu).unwrap_err();
    assert_eq!(
        error.to_string(),
        "all subnetworks are computed for at most 16 hidden units, but there are 17"
    );
}

#[test]
fn what_is_not_a_number_is_not_hidden() {
    let mut parameters = Parameters::init(&mut Generator::new(1), 2, 3, 1);
    parameters.fc1.weight.data_mut()[0] = f32::NAN;
    for placement in Placement::ALL {
        let ensemble = Ensemble::new(&parameters, p(0.5), placement).unwrap();
        let subnetworks = ensemble.subnetworks(&[1.0, 1.0]);
        assert!(subnetworks.eval.is_nan() && subnetworks.mean().is_nan());
    }
}
