//! Controls of the subnetworks.

use crate::model::exhibits::subnetworks::Settings;
use crate::nn::{DropProbability, Mode};

use super::exhibit::{Control, ExhibitView};

impl ExhibitView for Settings {
    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "placement",
                message!("order"),
                &[
                    ("after_relu", message!("fc1, ReLU, dropout, fc2: SimpleNet")),
                    ("before_relu", message!("fc1, dropout, ReLU, fc2")),
                    ("after_sigmoid", message!("fc1, sigmoid, dropout, fc2")),
                    ("before_sigmoid", message!("fc1, dropout, sigmoid, fc2")),
                    ("relu_on_output", message!("fc1, ReLU, dropout, fc2, ReLU")),
                ],
            ),
            Control::Number("sample", message!("sample"), 4),
            Control::Number("hidden", message!("hidden units"), 4),
            Control::Number("step", message!("step"), 5),
            Control::Number("mask", message!("mask"), 16),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }
}
