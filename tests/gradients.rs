//! Every backward against central differences of its own forward, the mask fixed by its seed.
//!
//! Along one number at a time all forwards here are linear or quadratic, as long as no ReLU changes
//! sides; there a central difference is exact whatever its step, and the bounds cover the rounding
//! of `f32` alone.
#![allow(
    clippy::unwrap_used,
    reason = "shapes and probabilities are the test's own"
)]

use dropout_lab::nn::alpha_dropout::{alpha_dropout, feature_alpha_dropout};
use dropout_lab::nn::dropout::dropout;
use dropout_lab::nn::feature_dropout::FeatureDropout;
use dropout_lab::nn::locked_dropout::locked_dropout;
use dropout_lab::nn::matmul::Products;
use dropout_lab::nn::weight_drop::WeightDrop;
use dropout_lab::nn::{
    DropProbability, DropoutStyle, Dropped, Generator, LinearParameters, Mode, Parameters, Pass,
    Tensor, linear, loss, relu, sample,
};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const STEP: f32 = 1.0 / 256.0;
/// Rounding of values around 1, divided by the step.
const BOUND: f64 = 1e-4;

/// (f(x + step) - f(x - step)) / (2 step) for each number of x.
fn differences(x: &[f32], mut f: impl FnMut(&[f32]) -> f64) -> Vec<f64> {
    let mut moved = x.to_vec();
    let mut difference = |i: usize| {
        let (above, below) = (x[i] + STEP, x[i] - STEP);
        moved[i] = above;
        let f_above = f(&moved);
        moved[i] = below;
        let f_below = f(&moved);
        moved[i] = x[i];
        (f_above - f_below) / (f64::from(above) - f64::from(below))
    };
    (0..x.len()).map(&mut difference).collect()
}

fn assert_close(gradient: &[f32], differences: &[f64], what: &str) {
    assert_eq!(gradient.len(), differences.len(), "{what}");
    for (i, (gradient, difference)) in gradient.iter().zip(differences).enumerate() {
        let error = (f64::from(*gradient) - difference).abs();
        assert!(
            error <= BOUND * difference.abs().max(1.0),
            "{what}[{i}]: {gradient}, difference {difference}"
        );
    }
}

fn normal(g: &mut Generator, shape: &[usize]) -> Tensor {
    let mut tensor = Tensor::zeros(shape);
    sample::randn(g, tensor.data_mut());
    tensor
}

/// Sum of weights times values: a scalar whose gradient by the values is the weights.
fn weighted(weights: &Tensor, values: &[f32]) -> f64 {
    let terms = weights.data().iter().zip(values);
    terms.map(|(w, v)| f64::from(*w) * f64::from(*v)).sum()
}

/// Checks a layer that draws its mask from a generator, which is seeded alike for every evaluation.
fn check_layer(name: &str, shape: &[usize], layer: impl Fn(&mut Generator, &Tensor) -> Dropped) {
    let mut g = Generator::new(11);
    let (x, upstream) = (normal(&mut g, shape), normal(&mut g, shape));
    let gradient = layer(&mut Generator::new(5), &x).backward(&upstream);
    let differences = differences(x.data(), |x| {
        let x = Tensor::new(shape, x.to_vec()).unwrap();
        weighted(&upstream, layer(&mut Generator::new(5), &x).output.data())
    });
    assert_close(gradient.data(), &differences, name);
}

#[test]
fn dropout_and_all_its_relatives_pass_back_what_they_let_through() {
    for (p, mode) in [0.0, 0.3, 0.8, 1.0]
        .into_iter()
        .flat_map(|p| [(p, Mode::Train), (p, Mode::Eval)])
    {
        let p = DropProbability::new(p).unwrap();
        check_layer("dropout", &[6, 7], |g, x| dropout(g, x, p, mode));
        for (feature, shape) in [
            (FeatureDropout::One, &[3, 4, 5][..]),
            (FeatureDropout::One, &[3, 4]),
            (FeatureDropout::Two, &[2, 3, 2, 2]),
            (FeatureDropout::Three, &[2, 3, 2, 2, 2]),
        ] {
            check_layer("feature dropout", shape, |g, x| {
                feature.apply(g, x, p, mode).unwrap()
            });
        }
        check_layer("alpha dropout", &[5, 6], |g, x| {
            alpha_dropout(g, x, p, mode)
        });
        check_layer("feature alpha dropout", &[3, 4, 2], |g, x| {
            feature_alpha_dropout(g, x, p, mode).unwrap()
        });
        for wrapper in [WeightDrop::DropConnect, WeightDrop::Variational] {
            check_layer("weight drop", &[4, 5], |g, x| wrapper.apply(g, x, p, mode));
        }
        if p.keep() > 0.0 {
            check_layer("locked dropout", &[4, 3, 5], |g, x| {
                locked_dropout(g, x, p, mode)
            });
        }
    }
}

#[test]
fn linear_passes_back_to_its_input_its_weight_and_its_bias() {
    let mut g = Generator::new(3);
    for [batch, inputs, outputs] in [[1, 1, 1], [4, 3, 5], [3, 9, 1], [17, 2, 19]] {
        let (x, weight) = (
            normal(&mut g, &[batch, inputs]),
            normal(&mut g, &[outputs, inputs]),
        );
        let (bias, upstream) = (
            normal(&mut g, &[outputs]),
            normal(&mut g, &[batch, outputs]),
        );
        let scalar = |x: &[f32], weight: &[f32], bias: &[f32]| {
            let x = Tensor::new(&[batch, inputs], x.to_vec()).unwrap();
            let weight = Tensor::new(&[outputs, inputs], weight.to_vec()).unwrap();
            let bias = Tensor::new(&[outputs], bias.to_vec()).unwrap();
            weighted(
                &upstream,
                linear::linear(&x, &weight, Some(&bias)).unwrap().data(),
            )
        };
        let mut grad = LinearParameters::zeros(inputs, outputs);
        let mut grad_x = Tensor::zeros(&[batch, inputs]);
        let mut products = Products::default();
        linear::backward_parameters(&mut products, upstream.data(), x.data(), &mut grad);
        linear::backward_input(&mut products, upstream.data(), &weight, grad_x.data_mut());
        let (x, weight, bias) = (x.data(), weight.data(), bias.data());
        assert_close(
            grad_x.data(),
            &differences(x, |x| scalar(x, weight, bias)),
            "x",
        );
        assert_close(
            grad.weight.data(),
            &differences(weight, |weight| scalar(x, weight, bias)),
            "weight",
        );
        assert_close(
            grad.bias.data(),
            &differences(bias, |bias| scalar(x, weight, bias)),
            "bias",
        );
    }
}

#[test]
fn relu_passes_back_where_it_is_above_zero() {
    let mut g = Generator::new(4);
    let (mut x, upstream) = (normal(&mut g, &[50]), normal(&mut g, &[50]));
    for x in x.data_mut() {
        // Away from 0, so that none changes sides.
        *x += x.signum() * STEP;
    }
    let mut output = [0.0; 50];
    let mut grad = [0.0; 50];
    relu::forward(x.data(), &mut output);
    relu::backward(upstream.data(), &output, &mut grad);
    let differences = differences(x.data(), |x| {
        let mut output = [0.0; 50];
        relu::forward(x, &mut output);
        weighted(&upstream, &output)
    });
    assert_close(&grad, &differences, "relu");
}

#[test]
fn mse_passes_back_twice_the_error_over_their_number() {
    let mut g = Generator::new(6);
    let (output, target) = (normal(&mut g, &[7, 3]), normal(&mut g, &[7, 3]));
    let mut grad = [0.0; 21];
    loss::mse_backward(output.data(), target.data(), &mut grad);
    let differences = differences(output.data(), |output| {
        f64::from(loss::mse(output, target.data()))
    });
    assert_close(&grad, &differences, "output");
}

#[test]
fn every_parameter_of_the_net_moves_the_loss_as_its_gradient_says() {
    let styles = [
        DropoutStyle::Module,
        DropoutStyle::BernoulliFull,
        DropoutStyle::RandGreater,
    ];
    for (seed, sizes) in [
        (1, [4, 5, 10, 1]),
        (2, [15, 5, 10, 1]),
        (3, [6, 3, 17, 2]),
        (4, [1, 1, 1, 1]),
    ] {
        for (style, mode) in styles
            .into_iter()
            .flat_map(|style| [(style, Mode::Train), (style, Mode::Eval)])
        {
            check_net(seed, sizes, style, mode);
        }
    }
}

fn check_net(
    seed: u64,
    [batch, inputs, hidden, outputs]: [usize; 4],
    style: DropoutStyle,
    mode: Mode,
) {
    let mut g = Generator::new(seed);
    let parameters = Parameters::init(&mut g, inputs, hidden, outputs);
    let input = normal(&mut g, &[batch, inputs]);
    let target = normal(&mut g, &[batch, outputs]);
    let mut pass = Pass::new(batch, inputs, hidden, outputs);
    pass.draw_mask(&mut g, DropProbability::new(0.4).unwrap(), mode, style);
    pass.forward(&parameters, &input, &target);
    pass.backward(&parameters, &target);

    let mut compared = 0;
    for (i, (name, gradient)) in pass.grad.tensors().into_iter().enumerate() {
        let (mut moved, mut probe) = (parameters.clone(), pass.clone());
        let mut changed_sides = Vec::new();
        let mut differences = differences(parameters.tensors()[i].1.data(), |numbers| {
            moved.tensors_mut()[i].1.data_mut().copy_from_slice(numbers);
            probe.forward(&moved, &input, &target);
            changed_sides.push(sides(&probe) != sides(&pass));
            f64::from(probe.loss)
        });
        // Two evaluations a number; where a ReLU changed sides in either, there is nothing to
        // compare.
        let changed = changed_sides.chunks(2).map(|pair| pair.contains(&true));
        for ((difference, gradient), changed) in
            differences.iter_mut().zip(gradient.data()).zip(changed)
        {
            if changed {
                *difference = f64::from(*gradient);
            } else {
                compared += 1;
            }
        }
        assert_close(gradient.data(), &differences, name);
    }
    let numbers: usize = parameters
        .tensors()
        .iter()
        .map(|(_, tensor)| tensor.numel())
        .sum();
    assert!(
        compared * 4 > numbers * 3,
        "only {compared} of {numbers} could be compared"
    );
}

/// Which hidden units of which samples the ReLU lets through.
fn sides(pass: &Pass) -> Vec<bool> {
    pass.hidden.data().iter().map(|h| *h > 0.0).collect()
}
