//! Dropout and its relatives.
use dropout_lab::nn::alpha_dropout::{alpha_dropout, feature_alpha_dropout};
use dropout_lab::nn::dropout::{dropout, dropout_in_place};
use dropout_lab::nn::feature_dropout::FeatureDropout;
use dropout_lab::nn::locked_dropout::locked_dropout;
use dropout_lab::nn::weight_drop::WeightDrop;
use dropout_lab::nn::{Generator, Mode};

use super::case::{Case, Outcome};

pub fn run(case: Case, g: &mut Generator) -> Option<Outcome> {
    let train = Mode::Train;
    let dropped = match case.op() {
        "dropout" => return Some(plain(case, g)),
        "dropout_backward" => return Some(backward(case, g)),
        "dropout1d" => FeatureDropout::One
            .apply(g, &case.tensor("x"), case.p(), train)
            .unwrap(),
        "dropout2d" => FeatureDropout::Two
            .apply(g, &case.tensor("x"), case.p(), train)
            .unwrap(),
        "dropout3d" => FeatureDropout::Three
            .apply(g, &case.tensor("x"), case.p(), train)
            .unwrap(),
        "alpha_dropout" => alpha_dropout(g, &case.tensor("x"), case.p(), train),
        "feature_alpha_dropout" => {
            feature_alpha_dropout(g, &case.tensor("x"), case.p(), train).unwrap()
        }
        "weight_drop" => weight_drop(case).apply(g, &case.tensor("w"), case.p(), train),
        "locked_dropout" => locked_dropout(g, &case.tensor("x"), case.p(), train),
        _ => return None,
    };
    Some(Outcome::new("out", &dropped.output))
}

pub fn weight_drop(case: Case) -> WeightDrop {
    if case.flag("variational") {
        WeightDrop::Variational
    } else {
        WeightDrop::DropConnect
    }
}

fn plain(case: Case, g: &mut Generator) -> Outcome {
    let mode = if case.flag("train") {
        Mode::Train
    } else {
        Mode::Eval
    };
    let mut x = case.tensor("x");
    if case.flag("inplace") {
        dropout_in_place(g, &mut x, case.p(), mode);
        Outcome::new("out", &x)
    } else {
        Outcome::new("out", &dropout(g, &x, case.p(), mode).output)
    }
}

fn backward(case: Case, g: &mut Generator) -> Outcome {
    let dropped = dropout(g, &case.tensor("x"), case.p(), Mode::Train);
    Outcome::default()
        .and_made_by("out", &dropped.output, Some("MulBackward0"))
        .and("grad", &dropped.backward(&case.tensor("upstream")))
}
