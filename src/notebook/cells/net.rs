//! The network of notebooks 002 and 004 with all that its training needs.

use super::torch::scalar;
use crate::nn::{
    DropProbability, DropoutStyle, Generator, Mode, Optimizer, OptimizerState, Parameters, Pass,
    Sgd, Tensor,
};

/// fc1, `ReLU`, dropout, fc2 with one output, and its latest pass.
pub(super) struct Net {
    pub(super) parameters: Parameters,
    pub(super) pass: Pass,
    state: OptimizerState,
}

impl Net {
    pub(super) fn new(g: &mut Generator, batch: usize, inputs: usize, hidden: usize) -> Self {
        let parameters = Parameters::init(g, inputs, hidden, 1);
        Self {
            state: Optimizer::Sgd(Sgd::default()).state(&parameters),
            parameters,
            pass: Pass::new(batch, inputs, hidden, 1),
        }
    }

    /// Mask, forward, backward.
    pub(super) fn run(
        &mut self,
        g: &mut Generator,
        (p, style): (DropProbability, DropoutStyle),
        input: &Tensor,
        target: &Tensor,
    ) {
        self.pass.draw_mask(g, p, Mode::Train, style);
        self.pass.forward(&self.parameters, input, target);
        self.pass.backward(&self.parameters, target);
    }

    /// `optimizer.step()`.
    pub(super) fn update(&mut self, sgd: &Sgd) {
        let sgd = Optimizer::Sgd(*sgd);
        sgd.step(&mut self.parameters, &self.pass.grad, &mut self.state);
    }

    /// Name, value and gradient of each parameter, in the order of `named_parameters()`.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'static str, &Tensor, &Tensor)> {
        let pairs = (self.parameters.tensors().into_iter()).zip(self.pass.grad.tensors());
        pairs.map(|((name, param), (_, grad))| (name, param, grad))
    }

    pub(super) fn loss(&self) -> Tensor {
        scalar(self.pass.loss)
    }
}
