//! Training and test samples, drawn.

use super::{Plan, Task};
use crate::nn::probability::rounded;
use crate::nn::sample;
use crate::nn::{Generator, Tensor};

/// Inputs and the targets that go with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// `[N, in]`.
    pub input: Tensor,
    /// `[N, 1]`.
    pub target: Tensor,
}

/// What a network learns from and what it is tested on: drawn from one law, apart from each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// Samples to learn from.
    pub train: Samples,
    /// Samples to be tested on.
    pub test: Samples,
}

impl Data {
    /// Draws the training inputs, their targets' noise, the test inputs, and theirs if there is any.
    pub(super) fn draw(g: &mut Generator, plan: &Plan) -> Self {
        let test_task = match plan.task {
            Task::ThreeOfTwenty { .. } => Task::ThreeOfTwenty { noise: 0.0 },
            task => task,
        };
        Self {
            train: plan.task.draw(g, plan.train),
            test: test_task.draw(g, plan.test),
        }
    }
}

impl Task {
    fn draw(self, g: &mut Generator, samples: u32) -> Samples {
        let samples = samples.max(1) as usize;
        let mut input = Tensor::zeros(&[samples, self.in_features()]);
        let mut target = Tensor::zeros(&[samples, 1]);
        match self {
            Self::ThreeOfTwenty { noise } => {
                sample::randn(g, input.data_mut());
                if noise != 0.0 {
                    sample::randn(g, target.data_mut());
                }
                let rows = input.data().chunks_exact(self.in_features());
                for (y, x) in target.data_mut().iter_mut().zip(rows) {
                    *y = 0.6 * (x[0] + x[1] + x[2]) + rounded(noise) * *y;
                }
            }
            Self::Sine => {
                input.data_mut().fill_with(|| 4.0 * g.u24() - 2.0);
                for (y, x) in target.data_mut().iter_mut().zip(input.data()) {
                    *y = rounded(libm::sin(2.0 * f64::from(*x)));
                }
            }
            Self::Noise => {
                sample::randn(g, input.data_mut());
                sample::randn(g, target.data_mut());
            }
        }
        Samples { input, target }
    }
}
