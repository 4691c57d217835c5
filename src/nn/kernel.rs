//! What trains a network of one hidden layer and one output, step after step: a [`Kernel`].
//! [`Exact`] is the one whose every number is PyTorch's.
use super::linear;
use super::matmul::Products;
use super::relu::relu;
use super::{
    DropProbability, DropoutStyle, Generator, Loss, Mode, Optimizer, OptimizerState, Parameters,
    Pass, Tensor,
};

/// Trains fc1, `ReLU`, dropout, fc2 with one output. Nothing is allocated once it is made.
pub trait Kernel {
    /// One training step, a fresh mask included, and the loss of its batch before it. A loss that is
    /// not finite is returned, and nothing moves.
    ///
    /// # Shapes
    /// `input` `[B, in]`, `target` `[B, 1]`, of the sizes it was made for.
    fn step(
        &mut self,
        generator: &mut Generator,
        p: DropProbability,
        input: &Tensor,
        target: &Tensor,
    ) -> f32;

    /// What it answers in eval mode.
    ///
    /// # Shapes
    /// `input` `[N, in]`, `outputs` `[N]`, for any N.
    fn outputs(&mut self, input: &Tensor, outputs: &mut [f32]);

    /// The parameters as they are.
    fn parameters(&self) -> Parameters;

    /// All numbers of the latest step, of a kernel that keeps them.
    fn pass(&self) -> Option<&Pass> {
        None
    }
}

/// Every number as PyTorch computes it, and all of them kept until the next step.
#[derive(Clone, Debug)]
pub struct Exact {
    /// The parameters as they are.
    pub parameters: Parameters,
    /// The latest step.
    pub pass: Pass,
    /// What moves the parameters.
    pub optimizer: Optimizer,
    state: OptimizerState,
    /// Working space of [`Kernel::outputs`]: hidden units of a few samples.
    hidden: Vec<f32>,
    products: Products,
}

impl Exact {
    /// Samples whose outputs are computed at once.
    const AT_ONCE: usize = 32;

    /// A network before its first step, for batches of this size.
    #[must_use]
    pub fn new(parameters: Parameters, optimizer: Optimizer, loss: Loss, batch: usize) -> Self {
        let [hidden, inputs] = [0, 1].map(|dimension| parameters.fc1.weight.shape()[dimension]);
        let outputs = parameters.fc2.bias.numel();
        Self {
            pass: Pass::new(batch, inputs, hidden, outputs).with_loss(loss),
            state: optimizer.state(&parameters),
            optimizer,
            hidden: vec![0.0; Self::AT_ONCE * hidden],
            products: Products::up_to([Self::AT_ONCE, hidden, inputs.max(outputs)]),
            parameters,
        }
    }
}

impl Kernel for Exact {
    fn step(
        &mut self,
        generator: &mut Generator,
        p: DropProbability,
        input: &Tensor,
        target: &Tensor,
    ) -> f32 {
        let Self {
            parameters, pass, ..
        } = self;
        pass.draw_mask(generator, p, Mode::Train, DropoutStyle::Module);
        pass.forward(parameters, input, target);
        if pass.loss.is_finite() {
            pass.backward(parameters, target);
            self.optimizer.step(parameters, &pass.grad, &mut self.state);
        }
        pass.loss
    }

    fn outputs(&mut self, input: &Tensor, outputs: &mut [f32]) {
        let Parameters { fc1, fc2 } = &self.parameters;
        let (inputs, units) = (fc1.weight.shape()[1], fc1.bias.numel());
        let rows = input.data().chunks(Self::AT_ONCE * inputs);
        for (rows, outputs) in rows.zip(outputs.chunks_mut(Self::AT_ONCE)) {
            let hidden = &mut self.hidden[..outputs.len() * units];
            linear::forward(
                &mut self.products,
                rows,
                &fc1.weight,
                Some(&fc1.bias),
                hidden,
            );
            for hidden in &mut *hidden {
                *hidden = relu(*hidden);
            }
            linear::forward(
                &mut self.products,
                &*hidden,
                &fc2.weight,
                Some(&fc2.bias),
                outputs,
            );
        }
    }

    fn parameters(&self) -> Parameters {
        self.parameters.clone()
    }

    fn pass(&self) -> Option<&Pass> {
        Some(&self.pass)
    }
}
