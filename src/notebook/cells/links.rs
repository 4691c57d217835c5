//! The queries of the views that cells and slips point to, in one place.

use super::NotebookSettings;
use crate::nn::BernoulliPath;

/// Eval mode: the same input again and again.
pub(super) const EVAL: &str = "?v=1&mode=eval";
/// The dropout of notebook 001, in the network.
pub(super) const RAND: &str = "?v=1&dropout=rand";
/// Units that `ReLU` switched off, before any coin falls.
pub(super) const RELU: &str = "?v=1&stage=relu";
/// A row of fc1 that gets no gradient in its second step, with momentum.
pub(super) const MOMENTUM: &str = "?v=1&momentum=0.9&step=1";
/// Seed 36 has a unit dropped in all four samples.
pub(super) const DEAD_UNIT: &str = "?v=1&stage=backward";
/// Weights before and after the step.
pub(super) const SGD: &str = "?v=1&stage=sgd";
/// The masks of a batch, notebook 004's size and dropout.
pub(super) const MASKS: &str = "?v=1&batch=15&dropout=bernoulli&stage=mask";
/// The chance of a one beside the chance of a zero.
pub(super) const COIN: &str = "?v=1&view=coin";
/// The sum of many draws, and of one.
pub(super) const EXPECTATION: &str = "?v=1&view=expectation";
/// The derivation with its two factors.
pub(super) const GRADIENTS: &str = "?v=1&view=gradients";
/// `WeightDrop` by rows.
pub(super) const WEIGHT_DROP: &str = "?v=1&view=variants&variant=weight_drop";
/// `WeightDrop` after `eval()`.
pub(super) const WEIGHT_DROP_EVAL: &str = "?v=1&view=variants&variant=weight_drop&mode=eval";
/// Locked dropout on data whose first dimension is the batch.
pub(super) const LOCKED: &str = "?v=1&view=variants&variant=locked";

/// The coins of this run.
pub(super) fn coin(settings: &NotebookSettings) -> String {
    view("&view=coin", settings)
}

/// One of the tensor view's inputs under this run's dropout.
pub(super) fn tensor(input: &str, settings: &NotebookSettings) -> String {
    view(&format!("&view=tensor&input={input}"), settings)
}

/// One of the relatives of dropout.
pub(super) fn variant(variant: &str, settings: &NotebookSettings) -> String {
    view(&format!("&view=variants&variant={variant}"), settings)
}

/// The network view; `rest` are its further settings.
pub(super) fn network(rest: &str, settings: &NotebookSettings) -> String {
    view(rest, settings)
}

/// The gradients view.
pub(super) fn gradients(settings: &NotebookSettings) -> String {
    view("&view=gradients&batch=15&dropout=bernoulli", settings)
}

fn view(rest: &str, settings: &NotebookSettings) -> String {
    let (p, seed) = (settings.p.p(), settings.seed);
    let path = match settings.bernoulli_path {
        BernoulliPath::Mt19937 => "",
        BernoulliPath::Mcg31 => "&bernoulli=mcg31",
    };
    format!("?v=1{rest}&p={p}&seed={seed}{path}")
}
