//! Controls of the exhibits.

use crate::model::exhibits::{Layer, TensorSettings, VariantsSettings};
use crate::model::exhibits::{coin, expectation};
use crate::nn::{DropProbability, Mode};

use super::controls;
use super::exhibit::{Control, ExhibitView};

impl ExhibitView for TensorSettings {
    const PASTE: Option<&'static str> = Some("paste your own");

    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "preset",
                "tensor",
                &[
                    ("ones", "ones(5, 10)"),
                    ("arange", "arange(60).reshape(3, 4, 5)"),
                    ("randn", "randn(4, 2, 10)"),
                    ("notebook", "the 2 × 2 of notebook 001"),
                ],
            ),
            Control::Choice(
                "dropout",
                "dropout by",
                &[
                    ("nn", "nn.Dropout"),
                    ("rand", "rand > p (notebook 001)"),
                    ("bernoulli", "torch.bernoulli (notebook 004)"),
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
        const SWITCH: &[(&str, &str)] = &[("off", "off"), ("on", "on")];
        let mut controls = vec![Control::Choice(
            "layer",
            "layer",
            &[
                ("dropout", "nn.Dropout"),
                ("dropout1d", "nn.Dropout1d"),
                ("dropout2d", "nn.Dropout2d"),
                ("locked", "LockedDropout (notebook 003)"),
                ("variational", "WeightDrop, variational (notebook 003)"),
                ("dropconnect", "WeightDrop, DropConnect"),
                ("alpha", "nn.AlphaDropout"),
                ("functional", "F.dropout in a module"),
            ],
        )];
        if self.layer() == Layer::Locked {
            controls.push(Control::Choice("batch_first", "batch first", SWITCH));
        }
        if self.layer().may_forget_eval() {
            controls.push(Control::Choice("obeys_eval", "obeys eval()", SWITCH));
        }
        if self.layer().drops_weights() {
            controls.push(Control::Number("in", "inputs", 3));
            controls.push(Control::Number("out", "outputs", 3));
        } else {
            controls.push(Control::Number("batch", "batch", 3));
            controls.push(Control::Number("channels", "channels", 3));
            controls.push(Control::Number("length", "length", 3));
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
                "coins of",
                &[
                    ("dropout", "nn.Dropout(p): p is the chance of a 0"),
                    ("bernoulli", "Bernoulli(probs=p): p is the chance of a 1"),
                ],
            ),
            Control::Number("draws", "coins", 7),
            Control::Number("group", "counted by", 4),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }

    fn meaning_of_p(&self) -> String {
        match self.coins() {
            coin::Coins::Dropout => controls::kept_label(self.p()),
            coin::Coins::Bernoulli => {
                format!("a one {:.2} · a zero {:.2}", self.p().p(), self.p().keep())
            }
        }
    }
}

impl ExhibitView for expectation::Settings {
    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "scaling",
                "scaling",
                &[
                    ("inverted", "inverted: divide while training (PyTorch)"),
                    ("classic", "classic: multiply when evaluating"),
                    ("none", "none"),
                    ("both", "both"),
                ],
            ),
            Control::Choice(
                "through",
                "through",
                &[
                    ("unit", "one unit of value 1"),
                    ("sum", "the sum of 1 to 10"),
                    ("net", "SimpleNet's output"),
                ],
            ),
            Control::Number("draws", "draws", 7),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }
}
