//! Draws: uniform, normal, integer and Bernoulli.
use dropout_lab::nn::{DropProbability, DropoutStyle, Generator, Mode, Tensor, dropout, sample};
use serde_json::Value;

use super::array::{Array, shape};
use super::case::{Case, Outcome};

pub fn run(case: Case, g: &mut Generator) -> Option<Outcome> {
    let out = match case.op() {
        "rand" => filled(&case.shape(), |out| sample::rand(g, out)),
        "randn" => filled(&case.shape(), |out| sample::randn(g, out)),
        "uniform_" => filled(&case.shape(), |out| {
            sample::uniform(g, case.number("from"), case.number("to"), out).unwrap();
        }),
        "normal_" => filled(&case.shape(), |out| {
            sample::normal(g, case.number("mean"), case.number("std"), out).unwrap();
        }),
        "bernoulli_" => filled(&case.shape(), |out| {
            sample::bernoulli(g, case.number("p"), out).unwrap();
        }),
        "bernoulli_tensor" => {
            let probs = case.tensor("probs");
            filled(probs.shape(), |out| {
                sample::bernoulli_tensor(g, probs.data(), out).unwrap();
            })
        }
        "rand_gt_mask" => filled(&case.shape(), |out| {
            DropoutStyle::RandGreater.draw_mask(g, case.p(), Mode::Train, out);
        }),
        "bernoulli_full_mask" => filled(&case.shape(), |out| {
            dropout::draw_noise(g, case.p(), Mode::Train, DropoutStyle::BernoulliFull, out);
        }),
        "randint" | "randperm" => return Some(Outcome::new("out", integers(case, g))),
        "bernoulli_sample" => return Some(bernoulli_sample(case, g)),
        "draws" => return Some(draws(case, g)),
        _ => return None,
    };
    Some(Outcome::new("out", &out))
}

/// A tensor whose numbers `fill` draws.
pub fn filled(shape: &[usize], fill: impl FnOnce(&mut [f32])) -> Tensor {
    let mut tensor = Tensor::zeros(shape);
    fill(tensor.data_mut());
    tensor
}

fn integers(case: Case, g: &mut Generator) -> Array {
    let shape = if case.op() == "randint" {
        case.shape()
    } else {
        vec![case.size("n")]
    };
    let mut out = vec![0; shape.iter().product()];
    if case.op() == "randint" {
        sample::randint(g, case.integer("low"), case.integer("high"), &mut out).unwrap();
    } else {
        sample::randperm(g, &mut out);
    }
    Array::integers(&shape, out)
}

fn bernoulli_sample(case: Case, g: &mut Generator) -> Outcome {
    let samples = filled(&case.shape(), |out| {
        sample::bernoulli_distribution(g, case.number("p"), out).unwrap();
    });
    Outcome::new("samples", &samples).and("ratio", nonzero_ratio(&samples))
}

/// `x.count_nonzero() / len(x)`.
#[allow(
    clippy::cast_precision_loss,
    reason = "torch rounds both counts to float32"
)]
pub fn nonzero_ratio(x: &Tensor) -> f32 {
    x.data().iter().filter(|x| **x != 0.0).count() as f32 / x.shape()[0] as f32
}

/// Several draws from one stream.
fn draws(case: Case, g: &mut Generator) -> Outcome {
    let draws = case.args()["draws"].as_array().unwrap();
    draws
        .iter()
        .enumerate()
        .fold(Outcome::default(), |outcome, (i, draw)| {
            outcome.and(&format!("draw{i}"), &one_draw(draw, g))
        })
}

fn one_draw(draw: &Value, g: &mut Generator) -> Tensor {
    let p = draw["p"].as_f64();
    let fill = |out: &mut [f32]| match draw["fn"].as_str().unwrap() {
        "rand" => sample::rand(g, out),
        "randn" => sample::randn(g, out),
        "bernoulli_" => sample::bernoulli(g, p.unwrap(), out).unwrap(),
        "dropout_ones" => {
            let p = DropProbability::new(p.unwrap()).unwrap();
            dropout::draw_noise(g, p, Mode::Train, DropoutStyle::Module, out);
        }
        other => panic!("unknown draw {other}"),
    };
    filled(&shape(&draw["shape"]), fill)
}
