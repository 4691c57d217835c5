//! What moves all parameters after a backward pass, `torch.optim`: [`Sgd`] or [`Adam`].
use super::{Adam, Parameters, Sgd};

/// An optimiser and its settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Optimizer {
    /// `torch.optim.SGD`.
    Sgd(Sgd),
    /// `torch.optim.Adam`, and `torch.optim.AdamW` where its decay is decoupled.
    Adam(Adam),
}

/// What an optimiser remembers of the steps before.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerState {
    steps: u32,
    /// `SGD`'s momentum buffer, or Adam's running mean of the gradients.
    mean: Parameters,
    /// Adam's running mean of their squares; `SGD` has none.
    mean_square: Parameters,
}

impl Optimizer {
    /// Its state before the first step of parameters of these sizes.
    #[must_use]
    pub fn state(&self, parameters: &Parameters) -> OptimizerState {
        let zeros = || {
            let [inputs, hidden] = [
                parameters.fc1.weight.shape()[1],
                parameters.fc1.bias.numel(),
            ];
            Parameters::zeros(inputs, hidden, parameters.fc2.bias.numel())
        };
        OptimizerState {
            steps: 0,
            mean: zeros(),
            mean_square: match self {
                Self::Sgd(_) => Parameters::default(),
                Self::Adam(_) => zeros(),
            },
        }
    }

    /// `optimizer.step()`: one update of every parameter. Allocates nothing.
    ///
    /// # Shapes
    /// `grad` and the state are of the sizes of `parameters`.
    pub fn step(&self, parameters: &mut Parameters, grad: &Parameters, state: &mut OptimizerState) {
        let first = state.steps == 0;
        state.steps = state.steps.saturating_add(1);
        let parameters = parameters.tensors_mut().into_iter().zip(grad.tensors());
        let kept = state.mean.tensors_mut().into_iter();
        let kept = kept.zip(state.mean_square.tensors_mut());
        for (((_, param), (_, grad)), ((_, mean), (_, square))) in parameters.zip(kept) {
            let (param, grad, mean) = (param.data_mut(), grad.data(), mean.data_mut());
            match self {
                Self::Sgd(sgd) => sgd.step(first, param, grad, mean),
                Self::Adam(adam) => adam.step(state.steps, param, grad, mean, square.data_mut()),
            }
        }
    }
}

impl OptimizerState {
    /// What the parameters move along: `SGD`'s momentum buffer, which stays 0 without momentum, or Adam's running
    /// mean of the gradients.
    #[must_use]
    pub fn velocity(&self) -> &Parameters {
        &self.mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;

    fn gradients(seed: u64) -> Parameters {
        Parameters::init(&mut Generator::new(seed), 3, 4, 1)
    }

    /// Two steps of all parameters at once, and of each by its own.
    fn both_ways(optimizer: Optimizer) -> [Parameters; 2] {
        let start = gradients(1);
        let (mut at_once, mut alone) = (start.clone(), start.clone());
        let mut state = optimizer.state(&start);
        for seed in [2, 3] {
            optimizer.step(&mut at_once, &gradients(seed), &mut state);
        }
        for (k, (_, param)) in alone.tensors_mut().into_iter().enumerate() {
            let (mut mean, mut square) = (vec![0.0; param.numel()], vec![0.0; param.numel()]);
            for seed in [2, 3] {
                let grads = gradients(seed);
                let (param, grad) = (param.data_mut(), grads.tensors()[k].1.data());
                match optimizer {
                    Optimizer::Sgd(sgd) => sgd.step(seed == 2, param, grad, &mut mean),
                    #[allow(clippy::cast_possible_truncation, reason = "1 or 2")]
                    Optimizer::Adam(adam) => {
                        adam.step(seed as u32 - 1, param, grad, &mut mean, &mut square);
                    }
                }
            }
        }
        [at_once, alone]
    }

    #[test]
    fn every_parameter_is_updated_by_its_own_gradient_and_state() {
        let (lr, momentum) = (0.1, 0.9);
        let sgd = Sgd {
            lr,
            momentum,
            ..Sgd::default()
        };
        let adam = Adam {
            lr,
            ..Adam::default()
        };
        for optimizer in [Optimizer::Sgd(sgd), Optimizer::Adam(adam)] {
            let [at_once, alone] = both_ways(optimizer);
            assert_eq!(at_once, alone);
            assert_ne!(at_once, gradients(1));
        }
    }

    #[test]
    fn sgd_keeps_no_squares() {
        let state = Optimizer::Sgd(Sgd::default()).state(&gradients(1));
        assert_eq!(state.mean_square, Parameters::default());
        assert_eq!(state.velocity(), &Parameters::zeros(3, 4, 1));
    }
}
