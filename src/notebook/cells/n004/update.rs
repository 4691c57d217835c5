//! The step of SGD: what notebook 004 prints of it, and what is so.

use super::super::cell::{Code, Page, Slip};
use super::super::net::Net;
use super::super::torch::zip;
use super::super::{NotebookSettings, links};
use super::lines;
use crate::nn::probability::rounded;
use crate::nn::{Parameters, Sgd, Tensor};
use crate::notebook::print;

const WEIGHTS: &str = r#"optimizer.step()

print("\nWeights before and after update:")
for name, param in model.named_parameters():
    if 'weight' in name:
        print(f"{name}:")
        print("Before:", param.data)
        print("After: ", param.data - 0.01 * param.grad.data)  # lr * grad
        print()"#;

const UPDATE: &str = r#"for name, param in model.named_parameters():
    if 'weight' in name:
        print(f"{name}:")
        print("Before:", before[name])
        print("After: ", param.data)
        print()"#;

const STEPPED_TWICE: Slip = Slip {
    claim: "Before and After are the weights before and after the update.",
    truth: "Before is printed after optimizer.step(), so it is the weight after the update. After takes the gradient \
            off a second time. The next cell prints the true two.",
    link: links::GRADIENTS,
};

pub(super) fn write(page: &mut Page, settings: &NotebookSettings, net: &mut Net) {
    page.text("# The update");
    let before = net.parameters.clone();
    let lr = 0.01;
    net.update(&Sgd {
        lr,
        ..Sgd::default()
    });
    page.text(
        "Not in the notebook: a copy of the weights, while they are still those before the step.",
    );
    let code =
        "before = {name: param.detach().clone() for name, param in model.named_parameters()}";
    page.code(Code::new("before", code));
    let pairs = net.named().map(|(name, param, grad)| {
        let again = zip(param, grad, |param, grad| param - rounded(lr) * grad);
        (name, param.clone(), again)
    });
    let heading = "\nWeights before and after update:".to_owned();
    let link = || links::gradients(settings);
    page.code(
        Code::new("weights", WEIGHTS)
            .prints(
                "weights",
                lines([heading].into_iter().chain(weights(pairs))),
            )
            .slips(&[STEPPED_TWICE])
            .link(link()),
    );
    page.text("Not in the notebook: the true weights before and after the step.");
    let pairs = named_pairs(&before, &net.parameters);
    page.code(
        Code::new("update", UPDATE)
            .prints("update", lines(weights(pairs)))
            .link(link()),
    );
}

fn named_pairs(
    before: &Parameters,
    after: &Parameters,
) -> impl Iterator<Item = (&'static str, Tensor, Tensor)> {
    let pairs = before.tensors().into_iter().zip(after.tensors());
    pairs.map(|((name, before), (_, after))| (name, before.clone(), after.clone()))
}

/// What the loop prints for each weight; biases are passed over.
fn weights(
    pairs: impl Iterator<Item = (&'static str, Tensor, Tensor)>,
) -> impl Iterator<Item = String> {
    pairs
        .filter(|(name, ..)| name.ends_with("weight"))
        .map(|(name, before, after)| {
            let (before, after) = (print::tensor(&before), print::tensor(&after));
            format!("{name}:\nBefore: {before}\nAfter:  {after}\n")
        })
}
