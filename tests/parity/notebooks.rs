//! The five notebooks, as `notebook::cells` runs them.
use std::num::NonZeroU32;

use dropout_lab::nn::Generator;
use dropout_lab::notebook::cells::{self, NotebookSettings, Which};

use super::case::{Case, Outcome};

pub fn run(case: Case, g: &mut Generator) -> Option<Outcome> {
    let which = match case.op() {
        "notebook0_dropout_layer" => Which::DropoutLayer,
        "notebook1_own_dropout" => Which::OwnDropout,
        "notebook2_net" => Which::Network,
        "notebook3_weight_locked" => Which::WeightDrop,
        "notebook4_masks_grads" => Which::MasksAndGradients,
        _ => return None,
    };
    let steps = case.args()["steps"].as_u64().unwrap_or(1);
    let settings = NotebookSettings {
        p: case.p(),
        bernoulli_path: g.bernoulli_path(),
        variational: case.args()["variational"] != false,
        steps: NonZeroU32::new(u32::try_from(steps).unwrap()).unwrap(),
        ..NotebookSettings::default()
    };
    let notebook = cells::run(which, &settings, g);
    let outcome = (notebook.variables.iter())
        .fold(Outcome::default(), |outcome, (name, tensor)| {
            outcome.and(name, tensor)
        });
    // Torch was recorded without the cells that print no tensor, a module for example.
    let recorded = case.0["blocks"].as_array().unwrap();
    let blocks = (notebook.code().flat_map(|code| &code.prints))
        .filter(|print| recorded.iter().any(|block| block[0] == print.label))
        .map(|print| (print.label.to_owned(), print.text.clone()));
    Some(outcome.with_blocks(blocks.collect()))
}
