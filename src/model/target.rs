//! A [`Target`] names one number of a [`Trace`](super::Trace): what is pointed at or focused.

/// One number of a step. Samples, units and inputs count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// x\[sample, input\].
    Input {
        /// Sample of the batch.
        sample: usize,
        /// Input of fc1.
        input: usize,
    },
    /// A hidden unit in a sample, from fc1 through ReLU and mask to what fc2 gets.
    Unit {
        /// Sample of the batch.
        sample: usize,
        /// Hidden unit.
        unit: usize,
    },
    /// mask\[sample, unit\].
    Mask {
        /// Sample of the batch.
        sample: usize,
        /// Hidden unit.
        unit: usize,
    },
    /// Samples for which a unit was kept.
    Kept {
        /// Hidden unit.
        unit: usize,
    },
    /// fc1.weight.grad\[unit, input\].
    WeightGrad {
        /// Hidden unit.
        unit: usize,
        /// Input of fc1.
        input: usize,
    },
    /// fc1.bias.grad\[unit\].
    BiasGrad {
        /// Hidden unit.
        unit: usize,
    },
    /// fc2.weight.grad\[0, unit\], and the weight itself.
    Fc2Grad {
        /// Hidden unit.
        unit: usize,
    },
    /// fc1.weight\[unit, input\], before and after the step.
    Weight {
        /// Hidden unit.
        unit: usize,
        /// Input of fc1.
        input: usize,
    },
    /// fc1.bias\[unit\], before and after the step.
    Bias {
        /// Hidden unit.
        unit: usize,
    },
    /// The verdict on a unit.
    Verdict {
        /// Hidden unit.
        unit: usize,
    },
    /// output\[sample\].
    Output {
        /// Sample of the batch.
        sample: usize,
    },
    /// The loss, and what a sample adds to it.
    Loss {
        /// Sample of the batch.
        sample: usize,
    },
}

impl Target {
    /// The sample that the number belongs to, if it belongs to one.
    #[must_use]
    pub fn sample(self) -> Option<usize> {
        match self {
            Self::Input { sample, .. }
            | Self::Unit { sample, .. }
            | Self::Mask { sample, .. }
            | Self::Output { sample }
            | Self::Loss { sample } => Some(sample),
            _ => None,
        }
    }

    /// The hidden unit that the number belongs to, if it belongs to one.
    #[must_use]
    pub fn unit(self) -> Option<usize> {
        match self {
            Self::Unit { unit, .. }
            | Self::Mask { unit, .. }
            | Self::Kept { unit }
            | Self::WeightGrad { unit, .. }
            | Self::BiasGrad { unit }
            | Self::Fc2Grad { unit }
            | Self::Weight { unit, .. }
            | Self::Bias { unit }
            | Self::Verdict { unit } => Some(unit),
            Self::Input { .. } | Self::Output { .. } | Self::Loss { .. } => None,
        }
    }

    /// The number at the same place of another hidden unit's lane; one that belongs to no lane stays.
    #[must_use]
    pub fn with_unit(self, unit: usize) -> Self {
        match self {
            Self::Unit { sample, .. } => Self::Unit { sample, unit },
            Self::Mask { sample, .. } => Self::Mask { sample, unit },
            Self::Kept { .. } => Self::Kept { unit },
            Self::WeightGrad { input, .. } => Self::WeightGrad { unit, input },
            Self::BiasGrad { .. } => Self::BiasGrad { unit },
            Self::Fc2Grad { .. } => Self::Fc2Grad { unit },
            Self::Weight { input, .. } => Self::Weight { unit, input },
            Self::Bias { .. } => Self::Bias { unit },
            Self::Verdict { .. } => Self::Verdict { unit },
            Self::Input { .. } | Self::Output { .. } | Self::Loss { .. } => self,
        }
    }

    /// The same number in a step with `batch` samples, `units` hidden units and `inputs` inputs,
    /// if such a step has it.
    #[must_use]
    pub fn within(self, batch: usize, units: usize, inputs: usize) -> Option<Self> {
        let input = match self {
            Self::Input { input, .. }
            | Self::WeightGrad { input, .. }
            | Self::Weight { input, .. } => Some(input),
            _ => None,
        };
        let fits = self.sample().is_none_or(|n| n < batch)
            && self.unit().is_none_or(|j| j < units)
            && input.is_none_or(|i| i < inputs);
        fits.then_some(self)
    }
}
