//! The stages of a training step, in the order in which they happen.

/// A stage at which the picture of a step can be stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The batch is there.
    Input,
    /// fc1: weighted sums.
    Fc1,
    /// ReLU: negative sums become 0.
    Relu,
    /// The coins fall: the mask.
    Mask,
    /// Kept values are multiplied by 1 / (1 - p).
    Scale,
    /// fc2: the output.
    Fc2,
    /// The output is compared with the target.
    Loss,
    /// The error goes back, except through what was dropped or off.
    Backward,
    /// The samples' gradients are added up.
    Accumulate,
    /// SGD moves the weights.
    Sgd,
}

impl Stage {
    /// Every stage, first to last.
    pub const ALL: [Self; 10] = [
        Self::Input,
        Self::Fc1,
        Self::Relu,
        Self::Mask,
        Self::Scale,
        Self::Fc2,
        Self::Loss,
        Self::Backward,
        Self::Accumulate,
        Self::Sgd,
    ];

    /// The last stage, at which everything is on the screen.
    pub const LAST: Self = Self::Sgd;

    /// The name in links and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Fc1 => "fc1",
            Self::Relu => "relu",
            Self::Mask => "mask",
            Self::Scale => "scale",
            Self::Fc2 => "fc2",
            Self::Loss => "loss",
            Self::Backward => "backward",
            Self::Accumulate => "accumulate",
            Self::Sgd => "sgd",
        }
    }

    /// The stage of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// The stage after this one, if it is not the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|&stage| stage > self)
    }

    /// The stage before this one, if it is not the first.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|&stage| stage < self)
    }
}
