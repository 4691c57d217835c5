//! Names of stages and of numbers.

use crate::model::{Stage, Target};

/// A stage's name on the rail.
#[must_use]
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Input => "input",
        Stage::Fc1 => "fc1",
        Stage::Relu => "ReLU",
        Stage::Mask => "mask",
        Stage::Scale => "scale",
        Stage::Fc2 => "fc2",
        Stage::Loss => "loss",
        Stage::Backward => "backward",
        Stage::Accumulate => "add up",
        Stage::Sgd => "SGD",
    }
}

/// What a stage does, in a few words.
#[must_use]
pub fn stage_title(stage: Stage) -> &'static str {
    match stage {
        Stage::Input => "The batch goes in.",
        Stage::Fc1 => "fc1 adds up inputs times weights.",
        Stage::Relu => "ReLU turns negative sums into 0.",
        Stage::Mask => "A coin falls for every unit and every sample.",
        Stage::Scale => "What is kept is scaled up.",
        Stage::Fc2 => "fc2 adds up what is left.",
        Stage::Loss => "The output is compared with the target.",
        Stage::Backward => "The error goes back.",
        Stage::Accumulate => "The samples' gradients are added up.",
        Stage::Sgd => "SGD moves the weights.",
    }
}

/// A name for a number of the step.
#[must_use]
pub fn target(target: Target) -> String {
    match target {
        Target::Input { sample, input } => format!("input x{} of sample {}", input + 1, sample + 1),
        Target::Unit { sample, unit } => format!("unit {} in sample {}", unit + 1, sample + 1),
        Target::Mask { sample, unit } => {
            format!("coin of unit {} in sample {}", unit + 1, sample + 1)
        }
        Target::Kept { unit } => format!("how often unit {} was kept", unit + 1),
        Target::WeightGrad { unit, input } => format!(
            "gradient of the weight from x{} to unit {}",
            input + 1,
            unit + 1
        ),
        Target::BiasGrad { unit } => format!("gradient of unit {}'s bias", unit + 1),
        Target::Fc2Grad { unit } => format!("gradient of fc2's weight for unit {}", unit + 1),
        Target::Weight { unit, input } => {
            format!("weight from x{} to unit {}", input + 1, unit + 1)
        }
        Target::Bias { unit } => format!("bias of unit {}", unit + 1),
        Target::Verdict { unit } => format!("verdict on unit {}", unit + 1),
        Target::Output { sample } => format!("output of sample {}", sample + 1),
        Target::Loss { sample } => format!("error of sample {}", sample + 1),
    }
}
