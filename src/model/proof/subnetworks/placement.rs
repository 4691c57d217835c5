//! Where dropout stands in the network, and what that makes of one hidden unit.

/// The order of activation, dropout and output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Placement {
    /// fc1, ReLU, dropout, fc2: `SimpleNet`.
    #[default]
    AfterRelu,
    /// fc1, dropout, ReLU, fc2: the same numbers, since ReLU(s z) = s ReLU(z) for s >= 0.
    BeforeRelu,
    /// fc1, sigmoid, dropout, fc2.
    AfterSigmoid,
    /// fc1, dropout, sigmoid, fc2: a dropped unit is sigmoid(0) = 1/2, not 0.
    BeforeSigmoid,
    /// fc1, ReLU, dropout, fc2, and another ReLU: nothing linear is left behind dropout.
    ReluOnOutput,
}

/// What a hidden unit adds to the output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Its weight in fc2.
    pub weight: f64,
    /// Its sum before the activation.
    pub pre_activation: f64,
    /// What the activation makes of that.
    pub hidden: f64,
    /// In a mask that keeps it.
    pub kept: f64,
    /// In a mask that drops it.
    pub dropped: f64,
    /// In eval mode.
    pub eval: f64,
}

impl Placement {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::AfterRelu,
        Self::BeforeRelu,
        Self::AfterSigmoid,
        Self::BeforeSigmoid,
        Self::ReluOnOutput,
    ];

    /// Whether the output is linear in the mask. Then, for p < 1, the mean over all subnetworks is
    /// the output in eval mode, and the [`Identity`](super::Identity) holds.
    #[must_use]
    pub fn is_linear(self) -> bool {
        matches!(
            self,
            Self::AfterRelu | Self::BeforeRelu | Self::AfterSigmoid
        )
    }

    /// A unit of output weight `w2`, scaled by `scale` where kept.
    pub(super) fn unit(self, w2: f64, pre_activation: f64, scale: f64) -> Unit {
        let activation = self.activation();
        let noisy = |noise: f64| match self {
            Self::AfterRelu | Self::AfterSigmoid | Self::ReluOnOutput => {
                noise * activation(pre_activation)
            }
            Self::BeforeRelu | Self::BeforeSigmoid => activation(noise * pre_activation),
        };
        Unit {
            weight: w2,
            pre_activation,
            hidden: activation(pre_activation),
            kept: w2 * noisy(scale),
            dropped: w2 * noisy(0.0),
            eval: w2 * noisy(1.0),
        }
    }

    fn activation(self) -> fn(f64) -> f64 {
        match self {
            Self::AfterRelu | Self::BeforeRelu | Self::ReluOnOutput => relu,
            Self::AfterSigmoid | Self::BeforeSigmoid => |z| 1.0 / (1.0 + libm::exp(-z)),
        }
    }

    /// What follows fc2.
    pub(super) fn last(self, sum: f64) -> f64 {
        match self {
            Self::ReluOnOutput => relu(sum),
            _ => sum,
        }
    }
}

/// max(z, 0); NaN stays NaN.
fn relu(z: f64) -> f64 {
    if z <= 0.0 { 0.0 } else { z }
}
