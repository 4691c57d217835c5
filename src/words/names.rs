//! Names of stages and of numbers.

use crate::model::{Stage, Target};

/// A stage's name on the rail.
#[must_use]
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Input => t!("input"),
        Stage::Fc1 => "fc1",
        Stage::Relu => "ReLU",
        Stage::Mask => t!("mask"),
        Stage::Scale => t!("scale"),
        Stage::Fc2 => "fc2",
        Stage::Loss => t!("loss"),
        Stage::Backward => t!("backward"),
        Stage::Accumulate => t!("add up"),
        Stage::Sgd => "SGD",
    }
}

/// What a stage does, in a few words.
#[must_use]
pub fn stage_title(stage: Stage) -> &'static str {
    match stage {
        Stage::Input => t!("The batch goes in."),
        Stage::Fc1 => t!("fc1 adds up inputs times weights."),
        Stage::Relu => t!("ReLU turns negative sums into 0."),
        Stage::Mask => t!("A coin falls for every unit and every sample."),
        Stage::Scale => t!("What is kept is scaled up."),
        Stage::Fc2 => t!("fc2 adds up what is left."),
        Stage::Loss => t!("The output is compared with the target."),
        Stage::Backward => t!("The error goes back."),
        Stage::Accumulate => t!("The samples' gradients are added up."),
        Stage::Sgd => t!("SGD moves the weights."),
    }
}

/// A name for a number of the step.
#[must_use]
pub fn target(target: Target) -> String {
    match target {
        Target::Input { sample, input } => t!("input x{} of sample {}", input + 1, sample + 1),
        Target::Unit { sample, unit } => t!("unit {} in sample {}", unit + 1, sample + 1),
        Target::Mask { sample, unit } => {
            t!("coin of unit {} in sample {}", unit + 1, sample + 1)
        }
        Target::Kept { unit } => t!("how often unit {} was kept", unit + 1),
        Target::WeightGrad { unit, input } => t!(
            "gradient of the weight from x{} to unit {}",
            input + 1,
            unit + 1
        ),
        Target::BiasGrad { unit } => t!("gradient of unit {}'s bias", unit + 1),
        Target::Fc2Grad { unit } => t!("gradient of fc2's weight for unit {}", unit + 1),
        Target::Weight { unit, input } => {
            t!("weight from x{} to unit {}", input + 1, unit + 1)
        }
        Target::Bias { unit } => t!("bias of unit {}", unit + 1),
        Target::Verdict { unit } => t!("verdict on unit {}", unit + 1),
        Target::Output { sample } => t!("output of sample {}", sample + 1),
        Target::Loss { sample } => t!("error of sample {}", sample + 1),
    }
}
