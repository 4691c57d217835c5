//! The five notebooks, cell by cell: what they compute and what they print.
use std::fmt::{Display, Write};

use dropout_lab::nn::dropout::dropout;
use dropout_lab::nn::init::linear_init;
use dropout_lab::nn::linear::linear;
use dropout_lab::nn::locked_dropout::locked_dropout;
use dropout_lab::nn::probability::rounded;
use dropout_lab::nn::reduce::sum_dim0;
use dropout_lab::nn::weight_drop::WeightDrop;
use dropout_lab::nn::{DropProbability, DropoutStyle, Generator, Mode, Pass, Sgd, Tensor, sample};
use dropout_lab::notebook::print::{self, python_float, size};

use super::array::Array;
use super::case::{Case, Outcome};
use super::dropout::weight_drop;
use super::rng::{filled, nonzero_ratio};
use super::train::Net;

pub fn run(case: Case, g: &mut Generator) -> Option<Outcome> {
    let mut cells = Cells::default();
    let outcome = match case.op() {
        "notebook0_dropout_layer" => dropout_layer(case.p(), g, &mut cells),
        "notebook1_own_dropout" => own_dropout(case.p(), g, &mut cells),
        "notebook2_net" => net(case, g, &mut cells),
        "notebook3_weight_locked" => weight_locked(case, g, &mut cells),
        "notebook4_masks_grads" => masks_grads(case.p(), g, &mut cells),
        _ => return None,
    };
    Some(outcome.with_blocks(cells.0))
}

/// What the cells printed, under their labels.
#[derive(Default)]
struct Cells(Vec<(String, String)>);

impl Cells {
    fn print(&mut self, label: &str, text: impl Display) {
        self.0.push((label.to_owned(), format!("{text}\n")));
    }

    fn tensor(&mut self, label: &str, tensor: &Tensor) {
        self.print(label, print::tensor(tensor));
    }

    fn made_by(&mut self, label: &str, tensor: &Tensor, grad_fn: &str) {
        self.print(label, made_by(tensor, grad_fn));
    }
}

fn made_by(tensor: &Tensor, grad_fn: &str) -> String {
    Array::from(tensor).print(false, Some(grad_fn))
}

fn ones(shape: &[usize]) -> Tensor {
    Tensor::full(shape, 1.0)
}

fn randn(g: &mut Generator, shape: &[usize]) -> Tensor {
    filled(shape, |out| sample::randn(g, out))
}

fn rand(g: &mut Generator, shape: &[usize]) -> Tensor {
    filled(shape, |out| sample::rand(g, out))
}

fn drop(g: &mut Generator, x: &Tensor, p: DropProbability) -> Tensor {
    dropout(g, x, p, Mode::Train).output
}

fn map(x: &Tensor, f: impl Fn(f32) -> f32) -> Tensor {
    Tensor::new(x.shape(), x.data().iter().map(|x| f(*x)).collect()).unwrap()
}

fn zip(x: &Tensor, y: &Tensor, f: impl Fn(f32, f32) -> f32) -> Tensor {
    let pairs = x.data().iter().zip(y.data());
    Tensor::new(x.shape(), pairs.map(|(x, y)| f(*x, *y)).collect()).unwrap()
}

/// `nn.Linear(in_features, out_features)`: weight and bias.
fn layer(g: &mut Generator, in_features: usize, out_features: usize) -> (Tensor, Tensor) {
    let mut weight = Tensor::zeros(&[out_features, in_features]);
    let mut bias = Tensor::zeros(&[out_features]);
    linear_init(g, in_features, weight.data_mut(), Some(bias.data_mut()));
    (weight, bias)
}

fn dropout_layer(p: DropProbability, g: &mut Generator, cells: &mut Cells) -> Outcome {
    let samples = filled(&[20], |out| {
        sample::bernoulli_distribution(g, p.p(), out).unwrap();
    });
    cells.tensor("ratio", &Tensor::full(&[], nonzero_ratio(&samples)));
    let tensor = randn(g, &[4, 2, 10]);
    cells.tensor("tensor", &tensor);
    cells.tensor("scaled", &map(&tensor, |x| x * rounded(1.0 / p.keep())));
    cells.tensor("train1", &drop(g, &tensor, p));
    cells.tensor("eval", &dropout(g, &tensor, p, Mode::Eval).output);
    cells.tensor("train2", &drop(g, &tensor, p));
    Outcome::new("samples", &samples).and("tensor", &tensor)
}

fn own_dropout(p: DropProbability, g: &mut Generator, cells: &mut Cells) -> Outcome {
    let x = randn(g, &[2, 2]);
    cells.tensor("X", &x);
    cells.tensor("train", &drop(g, &x, p));
    cells.tensor("eval", &dropout(g, &x, p, Mode::Eval).output);
    let style = DropoutStyle::RandGreater;
    let mask = filled(&[2, 2], |out| style.draw_mask(g, p, Mode::Train, out));
    let divisor = style.divisor(p, Mode::Train);
    cells.tensor("impl_train", &zip(&x, &mask, |x, mask| x * mask / divisor));
    cells.tensor("impl_eval", &x);
    Outcome::new("X", &x)
}

fn net(case: Case, g: &mut Generator, cells: &mut Cells) -> Outcome {
    let counting = (0_u8..60).map(f32::from).collect();
    let input_1 = Tensor::new(&[3, 4, 5], counting).unwrap();
    cells.tensor("input_1", &input_1);
    cells.print("shape", size(input_1.shape()));
    cells.tensor(
        "output_1",
        &drop(g, &input_1, DropProbability::new(0.5).unwrap()),
    );
    let mut net = Net::new(g, [5, 10, 40, 1]);
    let (x, y) = (randn(g, &[5, 10]), rand(g, &[5, 1]));
    for (label, tensor) in [("inputs", &x), ("targets", &y)] {
        cells.print(
            label,
            format!("{} {}", print::tensor(tensor), size(tensor.shape())),
        );
    }
    let sgd = Sgd {
        lr: 0.03,
        momentum: 0.9,
        ..Sgd::default()
    };
    for step in 0..case.size("steps") {
        net.pass
            .draw_mask(g, case.p(), Mode::Train, DropoutStyle::Module);
        net.step(step == 0, &sgd, &x, &y);
        print_pass(&net.pass, cells);
    }
    let tensors = net
        .parameters
        .tensors()
        .into_iter()
        .zip(net.pass.grad.tensors());
    let outcome = Outcome::new("out", &net.pass.output).and("loss", net.pass.loss);
    tensors.fold(outcome, |outcome, ((name, param), (_, grad))| {
        let name = name.replace("fc", "layer_");
        let value = print::tensor(param);
        cells.print(
            "param",
            format!("\nPrinting Model Parameters:\n\n {name}: {value}"),
        );
        let value = print::tensor(grad);
        cells.print(
            "grad",
            format!("\nPrinting Parameter Gradients:\n\n {name}: {value}"),
        );
        outcome.and(&name, param).and(&format!("{name}.grad"), grad)
    })
}

fn print_pass(pass: &Pass, cells: &mut Cells) {
    let before = made_by(&pass.hidden, "ReluBackward0");
    cells.print(
        "before_dropout",
        format!("output before applying dropout: \n\n {before}"),
    );
    let after = made_by(&pass.dropped, "MulBackward0");
    cells.print(
        "after_dropout",
        format!("\n\n output after applying dropout: \n\n {after}"),
    );
    cells.made_by("loss", &Tensor::full(&[], pass.loss), "MseLossBackward0");
    cells.print("loss_item", format!("{:.6}", pass.loss));
}

fn weight_locked(case: Case, g: &mut Generator, cells: &mut Cells) -> Outcome {
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

/// A layer of ones under `WeightDrop`; returns its output and the weight the notebook then writes by hand.
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

fn masks_grads(p: DropProbability, g: &mut Generator, cells: &mut Cells) -> Outcome {
    let x = ones(&[5, 10]);
    cells.print(
        "train",
        format!("Training output:\n{}", print::tensor(&drop(g, &x, p))),
    );
    cells.print(
        "eval",
        format!("\nEvaluation output:\n{}", print::tensor(&x)),
    );
    let mut net = Net::new(g, [15, 5, 10, 1]);
    let (x, y) = (randn(g, &[15, 5]), randn(g, &[15, 1]));
    net.pass
        .draw_mask(g, p, Mode::Train, DropoutStyle::BernoulliFull);
    net.step(
        true,
        &Sgd {
            lr: 0.01,
            ..Sgd::default()
        },
        &x,
        &y,
    );
    let Net {
        pass, parameters, ..
    } = &net;
    print_masks(&pass.noise, cells);
    cells.made_by("loss", &Tensor::full(&[], pass.loss), "MseLossBackward0");
    let mut gradients = "Gradients before optimization step:".to_owned();
    let mut weights = "\nWeights before and after update:".to_owned();
    let mut outcome = Outcome::new("out", &pass.output)
        .and("loss", pass.loss)
        .and("mask", &pass.noise);
    for ((name, param), (_, grad)) in parameters.tensors().into_iter().zip(pass.grad.tensors()) {
        write!(gradients, "\n{name} grad:\n{}\n", print::tensor(grad)).unwrap();
        if name.ends_with("weight") {
            // Printed once the step is done; the gradient is subtracted a second time, rounded twice.
            let after = zip(param, grad, |param, grad| param - rounded(0.01) * grad);
            let (before, after) = (print::tensor(param), print::tensor(&after));
            write!(weights, "\n{name}:\nBefore: {before}\nAfter:  {after}\n").unwrap();
        }
        outcome = outcome.and(name, param).and(&format!("{name}.grad"), grad);
    }
    cells.print("grads", gradients);
    cells.print("weights", weights);
    outcome
}

fn print_masks(noise: &Tensor, cells: &mut Cells) {
    let mut masks = "Dropout masks for each sample in the batch:".to_owned();
    let mut counts = String::new();
    for (i, sample) in (1..=15).zip(noise.data().chunks(10)) {
        let row = Tensor::new(&[10], sample.to_vec()).unwrap();
        let dropped = sample.iter().filter(|x| **x == 0.0).count();
        write!(masks, "\nSample {i}:\n{}\n", print::tensor(&row)).unwrap();
        write!(counts, "\nSample {i}: {dropped} out of 10 units dropped").unwrap();
    }
    cells.print("masks", masks + &counts);
    cells.tensor(
        "mask_sum",
        &filled(&[10], |out| sum_dim0(noise.data(), out)),
    );
}
