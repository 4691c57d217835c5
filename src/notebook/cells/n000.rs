//! Notebook 000: Bernoulli draws, and `nn.Dropout` in both modes.

use super::cell::{Code, Page, Slip};
use super::torch::{drop, filled, map, randn, scalar};
use super::{NotebookSettings, links};
use crate::nn::probability::rounded;
use crate::nn::{DropProbability, Generator, Tensor, sample};
use crate::notebook::print::python_float;

const IMPORTS: &str = "\
import torch
from torch import nn
from torch.distributions import Bernoulli";

const TWO_MEANINGS: Slip = Slip {
    claim: "Bernoulli(probs=p) and nn.Dropout(p=p) get the same p.",
    truth: "They read it the other way round. Here p is the chance of a one; in nn.Dropout it is the chance of a zero, \
            and you keep a number with probability 1 - p.",
    link: links::COIN,
};

pub(super) fn write(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    page.seed(IMPORTS, settings.seed);
    page.text("# Coins\n\nTwenty draws, each 1 with probability p. Their share of ones is near p, rarely equal to it.");
    coins(page, settings, g);
    page.text(
        "# The layer\n\nA layer in train mode, which it is in unless you say otherwise, and a tensor to put through it.",
    );
    layer(page, settings, g);
}

fn coins(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    let p = settings.p;
    let samples = filled(&[20], |out| {
        // p is a probability, so the draw is never refused.
        let _drawn = sample::bernoulli_distribution(g, p.p(), out);
    });
    let code = format!(
        "\
p = {}
bernoulli_sampler = Bernoulli(probs=p)  # 1 with probability p, 0 with 1 - p
samples = bernoulli_sampler.sample((20,))
# The share of ones
print(samples.count_nonzero() / len(samples))",
        python_float(p.p())
    );
    page.drawing(
        Code::new("ratio", code)
            .shows("ratio", &scalar(share_of_ones(&samples)))
            .slips(&[TWO_MEANINGS])
            .link(links::coin(settings)),
        g,
    );
    page.keep("samples", samples);
}

/// `x.count_nonzero() / len(x)`.
#[allow(
    clippy::cast_precision_loss,
    reason = "torch rounds both counts to float32"
)]
fn share_of_ones(x: &Tensor) -> f32 {
    let ones = x.data().iter().filter(|x| **x != 0.0).count();
    ones as f32 / x.numel() as f32
}

fn layer(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    let p = settings.p;
    let tensor = randn(g, &[4, 2, 10]);
    let numbers = links::numbers(&tensor);
    let link = |mode| links::tensor(&[("tensor", &numbers), ("mode", mode)], settings);
    page.drawing(
        Code::new(
            "tensor",
            "\
dropout_model = nn.Dropout(p=p)  # starts in train mode
tensor = torch.randn(4, 2, 10)
print(tensor)",
        )
        .shows("tensor", &tensor)
        .link(link("train")),
        g,
    );
    page.code(scaled(&tensor, p).link(link("train")));
    page.text("In train mode a number is dropped, or it is the scaled one above. A dropped negative prints as -0.0000.");
    page.drawing(
        Code::new("train1", "output = dropout_model(tensor)\nprint(output)")
            .shows("train1", &drop(g, &tensor, p))
            .link(link("train")),
        g,
    );
    page.text("In eval mode the input comes back as it was. Back in train mode, the next call draws a new mask.");
    page.code(
        Code::new(
            "eval",
            "\
dropout_model = dropout_model.eval()
output = dropout_model(tensor)
print(output)",
        )
        .shows("eval", &tensor)
        .link(link("eval")),
    );
    page.drawing(
        Code::new(
            "train2",
            "\
dropout_model = dropout_model.train()
output = dropout_model(tensor)
print(output)",
        )
        .shows("train2", &drop(g, &tensor, p))
        .link(link("train")),
        g,
    );
    page.keep("tensor", tensor);
}

/// The tensor times 1 / (1 - p), a Python float that is rounded only where it meets the tensor.
fn scaled(tensor: &Tensor, p: DropProbability) -> Code {
    if p.keep() == 0.0 {
        let code = "# print(tensor * (1 / (1 - p)))  # with p = 1 Python refuses to divide by zero";
        return Code::new("scaled", code);
    }
    let factor = rounded(1.0 / p.keep());
    let code = "print(tensor * (1 / (1 - p)))  # what a kept number becomes";
    Code::new("scaled", code).shows("scaled", &map(tensor, |x| x * factor))
}
