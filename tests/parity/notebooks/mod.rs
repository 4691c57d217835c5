//! The five notebooks, cell by cell: what they compute and what they print.
mod networks;
mod weights;

use std::fmt::Display;

use dropout_lab::nn::dropout::dropout;
use dropout_lab::nn::probability::rounded;
use dropout_lab::nn::{DropProbability, DropoutStyle, Generator, Mode, Tensor, sample};
use dropout_lab::notebook::print;

use super::array::Array;
use super::case::{Case, Outcome};
use super::rng::{filled, nonzero_ratio};

pub fn run(case: Case, g: &mut Generator) -> Option<Outcome> {
    let mut cells = Cells::default();
    let outcome = match case.op() {
        "notebook0_dropout_layer" => dropout_layer(case.p(), g, &mut cells),
        "notebook1_own_dropout" => own_dropout(case.p(), g, &mut cells),
        "notebook2_net" => networks::net(case, g, &mut cells),
        "notebook3_weight_locked" => weights::weight_locked(case, g, &mut cells),
        "notebook4_masks_grads" => networks::masks_grads(case.p(), g, &mut cells),
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
    Array::from(tensor).print(false, Some(grad_fn)).to_string()
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

fn zip(x: &Tensor, y: &Tensor, f: impl Fn(f32, f32) -> f32) -> Tensor {
    let pairs = x.data().iter().zip(y.data());
    Tensor::new(x.shape(), pairs.map(|(x, y)| f(*x, *y)).collect()).unwrap()
}

fn dropout_layer(p: DropProbability, g: &mut Generator, cells: &mut Cells) -> Outcome {
    let samples = filled(&[20], |out| {
        sample::bernoulli_distribution(g, p.p(), out).unwrap();
    });
    cells.tensor("ratio", &Tensor::full(&[], nonzero_ratio(&samples)));
    let tensor = randn(g, &[4, 2, 10]);
    cells.tensor("tensor", &tensor);
    let factors = Tensor::full(tensor.shape(), rounded(1.0 / p.keep()));
    cells.tensor("scaled", &zip(&tensor, &factors, |x, factor| x * factor));
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
