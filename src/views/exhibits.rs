//! Controls of the exhibits.

use crate::model::exhibits::{Layer, TensorSettings, VariantsSettings};
use crate::model::exhibits::{coin, expectation};
use crate::nn::{DropProbability, Mode};

use super::controls;
use super::exhibit::{Control, ExhibitView};

impl ExhibitView for TensorSettings {
    const PASTE: Option<&'static str> = Some(message!("paste your own"));

    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "preset",
                message!("tensor"),
                &[
                    ("ones", "ones(5, 10)"),
                    ("arange", "arange(60).reshape(3, 4, 5)"),
                    ("randn", "randn(4, 2, 10)"),
                    ("notebook", message!("the 2 × 2 of notebook 001")),
                ],
            ),
            Control::Choice(
                "dropout",
                message!("dropout by"),
                &[
                    ("nn", "nn.Dropout"),
                    ("rand", message!("rand > p (notebook 001)")),
                    ("bernoulli", message!("torch.bernoulli (notebook 004)")),
                ],
            ),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        let run = TensorSettings::run(self);
        (run.p, Some(run.mode))
    }
}

impl ExhibitView for VariantsSettings {
    fn controls(&self) -> Vec<Control> {
        const SWITCH: &[(&str, &str)] = &[("off", message!("off")), ("on", message!("on"))];
        let mut controls = vec![Control::Choice(
            "layer",
            message!("layer"),
            &[
                ("dropout", "nn.Dropout"),
                ("dropout1d", "nn.Dropout1d"),
                ("dropout2d", "nn.Dropout2d"),
                ("locked", message!("LockedDropout (notebook 003)")),
                (
                    "variational",
                    message!("WeightDrop, variational (notebook 003)"),
                ),
                ("dropconnect", "WeightDrop, DropConnect"),
                ("alpha", "nn.AlphaDropout"),
                ("functional", message!("F.dropout in a module")),
            ],
        )];
        if self.layer() == Layer::Locked {
            controls.push(Control::Choice(
                "batch_first",
                message!("batch first"),
                SWITCH,
            ));
        }
        if self.layer().may_forget_eval() {
            controls.push(Control::Choice(
                "obeys_eval",
                message!("obeys eval()"),
                SWITCH,
            ));
        }
        if self.layer().drops_weights() {
            controls.push(Control::Number("in", message!("inputs"), 3));
            controls.push(Control::Number("out", message!("outputs"), 3));
        } else {
            controls.push(Control::Number("batch", message!("batch"), 3));
            controls.push(Control::Number("channels", message!("channels"), 3));
            controls.push(Control::Number("length", message!("length"), 3));
        }
        controls
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        let run = VariantsSettings::run(self);
        (run.p, Some(run.mode))
    }
}

impl ExhibitView for coin::Settings {
    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "coins",
                message!("coins of"),
                &[
                    ("dropout", message!("nn.Dropout(p): p is the chance of a 0")),
                    (
                        "bernoulli",
                        message!("Bernoulli(probs=p): p is the chance of a 1"),
                    ),
                ],
            ),
            Control::Number("draws", message!("coins"), 7),
            Control::Number("group", message!("counted by"), 4),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }

    fn meaning_of_p(&self) -> String {
        match self.coins() {
            coin::Coins::Dropout => controls::kept_label(self.p()),
            coin::Coins::Bernoulli => {
                t!("a one {:.2} · a zero {:.2}", self.p().p(), self.p().keep())
            }
        }
    }
}

impl ExhibitView for expectation::Settings {
    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "scaling",
                message!("scaling"),
                &[
                    (
                        "inverted",
                        message!("inverted: divide while training (PyTorch)"),
                    ),
                    ("classic", message!("classic: multiply when evaluating")),
                    ("none", message!("none")),
                    ("both", message!("both")),
                ],
            ),
            Control::Choice(
                "through",
                message!("through"),
                &[
                    ("unit", message!("one unit of value 1")),
                    ("sum", message!("the sum of 1 to 10")),
                    ("net", message!("SimpleNet's output")),
                ],
            ),
            Control::Number("draws", message!("draws"), 7),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }
}
