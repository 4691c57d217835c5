//! The queries of the views that cells and slips point to, in one place, as those views write them.

use form_urlencoded::byte_serialize;

use super::NotebookSettings;
use crate::model::exhibits::{Fields, TensorSettings, VariantsSettings, coin as coins, gradients};
use crate::model::{self, Field, Stage};
use crate::nn::{BernoulliPath, Tensor};

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
/// The masks of a batch, notebook 004's size and dropout.
pub(super) const MASKS: &str = "?v=1&batch=15&dropout=bernoulli&stage=mask";
/// The chance of a one beside the chance of a zero.
pub(super) const COIN: &str = "?v=1&view=coin";
/// The sum of many draws, and of one.
pub(super) const EXPECTATION: &str = "?v=1&view=expectation&through=sum";
/// The derivation with its two factors, and the true step, in notebook 004's size and dropout.
pub(super) const GRADIENTS: &str = "?v=1&view=gradients&batch=15&dropout=bernoulli";
/// `WeightDrop` by rows.
pub(super) const WEIGHT_DROP: &str = "?v=1&view=variants&layer=variational";
/// `WeightDrop` after `eval()`.
pub(super) const WEIGHT_DROP_EVAL: &str = "?v=1&view=variants&layer=variational&mode=eval";
/// Locked dropout on data whose first dimension is the batch.
pub(super) const LOCKED: &str = "?v=1&view=variants&layer=locked&batch_first=on";

/// A setting of a view, and what it becomes.
pub(super) type Change<'a> = (&'static str, &'a str);

/// The coins of this run, which are 1 with probability p.
pub(super) fn coin(settings: &NotebookSettings) -> String {
    view::<coins::Settings>("coin", &[("coins", "bernoulli")], settings)
}

/// One of the tensor view's inputs under this run's dropout.
pub(super) fn tensor(changes: &[Change], settings: &NotebookSettings) -> String {
    view::<TensorSettings>("tensor", changes, settings)
}

/// A tensor as the tensor view's setting `tensor` has it.
pub(super) fn numbers(tensor: &Tensor) -> String {
    let mut settings = TensorSettings::default();
    let fits = settings.paste(tensor.clone());
    debug_assert!(fits.is_ok(), "{fits:?}");
    settings.read("tensor").unwrap_or_default()
}

/// One of the relatives of dropout.
pub(super) fn variant(changes: &[Change], settings: &NotebookSettings) -> String {
    view::<VariantsSettings>("variants", changes, settings)
}

/// `WeightDrop` as this run has it.
pub(super) fn weight_drop(settings: &NotebookSettings) -> String {
    let layer = if settings.variational {
        "variational"
    } else {
        "dropconnect"
    };
    variant(&[("layer", layer)], settings)
}

/// The gradients view, in notebook 004's size and dropout.
pub(super) fn gradients(settings: &NotebookSettings) -> String {
    let changes = [
        ("batch", "15"),
        ("dropout", "bernoulli"),
        ("bernoulli", path(settings)),
    ];
    view::<gradients::Settings>("gradients", &changes, settings)
}

/// The network view at a stage; `changes` are its further settings.
pub(super) fn network(
    changes: &[(Field, &str)],
    stage: Stage,
    settings: &NotebookSettings,
) -> String {
    let (p, seed) = (settings.p.p().to_string(), settings.seed.to_string());
    let own = [
        (Field::P, &*p),
        (Field::Seed, &*seed),
        (Field::Bernoulli, path(settings)),
    ];
    let mut network = model::Settings::default();
    for (field, text) in own.iter().chain(changes) {
        let set = network.set(*field, text);
        debug_assert!(set.is_ok(), "{set:?}");
    }
    let mut changed = network.changed();
    if stage != Stage::LAST {
        changed.push(("stage", stage.name().to_owned()));
    }
    query("?v=1", &changed)
}

fn path(settings: &NotebookSettings) -> &'static str {
    match settings.bernoulli_path {
        BernoulliPath::Mt19937 => "mt19937",
        BernoulliPath::Mcg31 => "mcg31",
    }
}

/// The view `name` with the p and the seed of this run.
fn view<S: Fields>(name: &str, changes: &[Change], settings: &NotebookSettings) -> String {
    let (p, seed) = (settings.p.p().to_string(), settings.seed.to_string());
    let mut shown = S::default();
    for (name, text) in [("p", &*p), ("seed", &*seed)].iter().chain(changes) {
        let set = shown.set(name, text);
        debug_assert!(set.is_ok(), "{set:?}");
    }
    query(&format!("?v=1&view={name}"), &shown.changed())
}

fn query(start: &str, changed: &[(&'static str, String)]) -> String {
    let mut query = start.to_owned();
    for (name, value) in changed {
        query.extend(["&", name, "="]);
        query.extend(byte_serialize(value.as_bytes()));
    }
    query
}
