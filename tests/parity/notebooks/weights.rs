//! The notebook about `WeightDrop` and locked dropout.
use dropout_lab::nn::init::linear_init;
use dropout_lab::nn::linear::linear;
use dropout_lab::nn::locked_dropout::locked_dropout;
use dropout_lab::nn::weight_drop::WeightDrop;
use dropout_lab::nn::{DropProbability, Generator, Mode, Tensor};
use dropout_lab::notebook::print::{self, python_float, size};

use super::super::case::{Case, Outcome};
use super::super::dropout::weight_drop;
use super::{Cells, drop, made_by, ones, rand, zip};

/// `nn.Linear(in_features, out_features)`: weight and bias.
fn layer(g: &mut Generator, in_features: usize, out_features: usize) -> (Tensor, Tensor) {
    let mut weight = Tensor::zeros(&[out_features, in_features]);
    let mut bias = Tensor::zeros(&[out_features]);
    linear_init(g, in_features, weight.data_mut(), Some(bias.data_mut()));
    (weight, bias)
}

pub fn weight_locked(case: Case, g: &mut Generator, cells: &mut Cells) -> Outcome {
    let (p, wrapper) = (case.p(), weight_drop(case));
    let (out, new_weight) = wrapped_layer(p, wrapper, g, cells);
    print_test_layer(&new_weight, g, cells);
    let (weight, _) = layer(g, 5, 3);
    rand(g, &[3, 2, 5]);
    cells.print("raw_w", print::parameter(&weight));
    cells.tensor("mask", &ones(&[3, 1]));
    let b = drop(g, &ones(&[3, 1]), p);
    cells.tensor("b", &b);
    let rows = b.data().iter().flat_map(|b| [*b; 5]).collect();
    let rows = Tensor::new(&[3, 5], rows).unwrap();
    cells.made_by(
        "w_variational",
        &zip(&rows, &weight, |b, w| b * w),
        "MulBackward0",
    );
    cells.made_by("w_dropconnect", &drop(g, &weight, p), "MulBackward0");
    let (weight, bias) = layer(g, 50, 3);
    let output = linear(&rand(g, &[3, 5, 50]), &weight, Some(&bias)).unwrap();
    cells.print("size", size(output.shape()));
    let half = DropProbability::new(0.5).unwrap();
    let locked = locked_dropout(g, &output, half, Mode::Train).output;
    let row = Tensor::new(&[3], locked.row(0)[9..12].to_vec()).unwrap();
    cells.made_by("locked", &row, "SelectBackward0");
    cells.made_by("locked_all", &locked, "MulBackward0");
    Outcome::new("out", &out)
        .and("b", &b)
        .and("layer50_out", &output)
        .and("locked", &locked)
}

/// A layer of ones under `WeightDrop`; returns its output and the weight the notebook then writes
/// by hand.
fn wrapped_layer(
    p: DropProbability,
    wrapper: WeightDrop,
    g: &mut Generator,
    cells: &mut Cells,
) -> (Tensor, Tensor) {
    layer(g, 3, 2);
    cells.print("weight", print::parameter(&ones(&[2, 3])));
    cells.print("bias", print::parameter(&ones(&[2])));
    cells.print(
        "apply",
        format!("Applying weight drop of {} to weight", python_float(p.p())),
    );
    let weight = wrapper.apply(g, &ones(&[2, 3]), p, Mode::Train).output;
    let out = linear(&ones(&[2, 2, 3]), &weight, Some(&ones(&[2]))).unwrap();
    cells.made_by("out", &out, "AliasBackward0");
    cells.made_by("w", &weight, "MulBackward0");
    let kept = p.scale();
    let by_hand = Tensor::new(&[2, 3], vec![0.0, 0.0, 0.0, kept, kept, kept]).unwrap();
    (out, by_hand)
}

fn print_test_layer(new_weight: &Tensor, g: &mut Generator, cells: &mut Cells) {
    layer(g, 3, 2);
    let x = ones(&[3]);
    cells.tensor("x", &x);
    let test = |weight: &Tensor| {
        let out = linear(&x, weight, Some(&ones(&[2]))).unwrap();
        made_by(&out, "UnsafeViewBackward0")
    };
    cells.print("test1", test(&ones(&[2, 3])));
    cells.print("new_weight", print::parameter(new_weight));
    cells.print("test2", test(new_weight));
}
