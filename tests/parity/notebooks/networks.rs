//! The two notebooks that train a network: the third one's, and the masks and gradients of the
//! fifth.
use std::fmt::Write;

use dropout_lab::nn::probability::rounded;
use dropout_lab::nn::reduce::sum_dim0;
use dropout_lab::nn::{
    DropProbability, DropoutStyle, Generator, Mode, Parameters, Pass, Sgd, Tensor,
};
use dropout_lab::notebook::print::{self, size};

use super::super::case::{Case, Outcome};
use super::super::rng::filled;
use super::super::train::Net;
use super::{Cells, drop, made_by, ones, rand, randn, zip};

pub fn net(case: Case, g: &mut Generator, cells: &mut Cells) -> Outcome {
    let counting = (0_u8..60).map(f32::from).collect();
    let input_1 = Tensor::new(&[3, 4, 5], counting).unwrap();
    cells.tensor("input_1", &input_1);
    cells.print("shape", size(input_1.shape()));
    let half = DropProbability::new(0.5).unwrap();
    cells.tensor("output_1", &drop(g, &input_1, half));
    let mut net = Net::new(g, [5, 10, 40, 1]);
    let (x, y) = (randn(g, &[5, 10]), rand(g, &[5, 1]));
    for (label, tensor) in [("inputs", &x), ("targets", &y)] {
        let (values, size) = (print::tensor(tensor), size(tensor.shape()));
        cells.print(label, format_args!("{values} {size}"));
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
    let mut outcome = Outcome::new("out", &net.pass.output).and("loss", net.pass.loss);
    for (name, param, grad) in with_gradients(&net.parameters, &net.pass) {
        let name = name.replace("fc", "layer_");
        let (value, slope) = (print::tensor(param), print::tensor(grad));
        let text = format!("\nPrinting Model Parameters:\n\n {name}: {value}");
        cells.print("param", text);
        let text = format!("\nPrinting Parameter Gradients:\n\n {name}: {slope}");
        cells.print("grad", text);
        outcome = outcome.and(&name, param).and(&format!("{name}.grad"), grad);
    }
    outcome
}

fn with_gradients<'a>(
    parameters: &'a Parameters,
    pass: &'a Pass,
) -> impl Iterator<Item = (&'static str, &'a Tensor, &'a Tensor)> {
    let pairs = parameters.tensors().into_iter().zip(pass.grad.tensors());
    pairs.map(|((name, param), (_, grad))| (name, param, grad))
}

fn print_pass(pass: &Pass, cells: &mut Cells) {
    let before = made_by(&pass.hidden, "ReluBackward0");
    let text = format!("output before applying dropout: \n\n {before}");
    cells.print("before_dropout", text);
    let after = made_by(&pass.dropped, "MulBackward0");
    let text = format!("\n\n output after applying dropout: \n\n {after}");
    cells.print("after_dropout", text);
    print_loss(pass, cells);
    cells.print("loss_item", format_args!("{:.6}", pass.loss));
}

fn print_loss(pass: &Pass, cells: &mut Cells) {
    cells.made_by("loss", &Tensor::full(&[], pass.loss), "MseLossBackward0");
}

pub fn masks_grads(p: DropProbability, g: &mut Generator, cells: &mut Cells) -> Outcome {
    let x = ones(&[5, 10]);
    let (train, eval) = (print::tensor(&drop(g, &x, p)), print::tensor(&x));
    cells.print("train", format_args!("Training output:\n{train}"));
    cells.print("eval", format_args!("\nEvaluation output:\n{eval}"));
    let mut net = Net::new(g, [15, 5, 10, 1]);
    let (x, y) = (randn(g, &[15, 5]), randn(g, &[15, 1]));
    net.pass
        .draw_mask(g, p, Mode::Train, DropoutStyle::BernoulliFull);
    let sgd = Sgd {
        lr: 0.01,
        ..Sgd::default()
    };
    net.step(true, &sgd, &x, &y);
    let Net {
        pass, parameters, ..
    } = &net;
    print_masks(&pass.noise, cells);
    print_loss(pass, cells);
    print_update(parameters, pass, cells);
    let outcome = Outcome::new("out", &pass.output)
        .and("loss", pass.loss)
        .and("mask", &pass.noise);
    with_gradients(parameters, pass).fold(outcome, |outcome, (name, param, grad)| {
        outcome.and(name, param).and(&format!("{name}.grad"), grad)
    })
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

/// What the notebook prints once the step is done: its "before" is the weight after the step, and
/// its "after" has the gradient subtracted a second time, rounded twice.
fn print_update(parameters: &Parameters, pass: &Pass, cells: &mut Cells) {
    let mut gradients = "Gradients before optimization step:".to_owned();
    let mut weights = "\nWeights before and after update:".to_owned();
    for (name, param, grad) in with_gradients(parameters, pass) {
        write!(gradients, "\n{name} grad:\n{}\n", print::tensor(grad)).unwrap();
        if name.ends_with("weight") {
            let after = zip(param, grad, |param, grad| param - rounded(0.01) * grad);
            let (before, after) = (print::tensor(param), print::tensor(&after));
            write!(weights, "\n{name}:\nBefore: {before}\nAfter:  {after}\n").unwrap();
        }
    }
    cells.print("grads", gradients);
    cells.print("weights", weights);
}
