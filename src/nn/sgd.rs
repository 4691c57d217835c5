//! Stochastic gradient descent, as `torch.optim.SGD`.

/// `torch.optim.SGD`'s settings. The velocities (momentum buffers) live with the caller.
#[allow(clippy::struct_excessive_bools, reason = "torch's own switches")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sgd {
    /// Learning rate.
    pub lr: f64,
    /// How much of the velocity survives a step.
    pub momentum: f64,
    /// How much of the gradient does not enter the velocity.
    pub dampening: f64,
    /// Pull of the parameters towards zero.
    pub weight_decay: f64,
    /// Looks ahead along the velocity.
    pub nesterov: bool,
    /// Climbs instead of descending.
    pub maximize: bool,
}

impl Sgd {
    /// One update of `param`; `first` when `velocity` holds nothing yet.
    pub fn step(&self, first: bool, param: &mut [f32], grad: &[f32], velocity: &mut [f32]) {
        let _ = (first, param, grad, velocity);
    }
}
