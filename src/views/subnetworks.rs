//! Controls of the subnetworks.

use crate::model::exhibits::subnetworks::Settings;
use crate::nn::{DropProbability, Mode};

use super::exhibit::{Control, ExhibitView};

impl ExhibitView for Settings {
    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "placement",
                "order",
                &[
                    ("after_relu", "fc1, ReLU, dropout, fc2: SimpleNet"),
                    ("before_relu", "fc1, dropout, ReLU, fc2"),
                    ("after_sigmoid", "fc1, sigmoid, dropout, fc2"),
                    ("before_sigmoid", "fc1, dropout, sigmoid, fc2"),
                    ("relu_on_output", "fc1, ReLU, dropout, fc2, ReLU"),
                ],
            ),
            Control::Number("sample", "sample", 4),
            Control::Number("hidden", "hidden units", 4),
            Control::Number("step", "step", 5),
            Control::Number("mask", "mask", 16),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }
}
