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
    /// Samples to be tested on; there is no noise on their targets.
    pub test: Samples,
}

impl Data {
    /// Draws the training inputs, their targets' noise if there is any, and the test inputs.
    pub(super) fn draw(g: &mut Generator, plan: &Plan) -> Self {
        Self {
            train: plan.task.draw(g, plan.train, plan.noise),
            test: plan.task.draw(g, plan.test, 0.0),
        }
    }

    /// The test loss of a function that answers 0 to everything.
    #[must_use]
    pub fn loss_of_zero(&self) -> f64 {
        let squares = self.test.target.data().iter().map(|y| f64::from(y * y));
        #[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
        let samples = self.test.target.numel() as f64;
        squares.sum::<f64>() / samples
    }
}

impl Task {
    fn draw(self, g: &mut Generator, samples: u32, noise: f64) -> Samples {
        let samples = samples.max(1) as usize;
        let mut input = Tensor::zeros(&[samples, self.in_features()]);
        let mut target = Tensor::zeros(&[samples, 1]);
        match self {
            Self::Sine => input.data_mut().fill_with(|| 4.0 * g.u24() - 2.0),
            Self::ThreeOfTwenty | Self::Noise => sample::randn(g, input.data_mut()),
        }
        match self {
            Self::Noise => sample::randn(g, target.data_mut()),
            Self::ThreeOfTwenty | Self::Sine => {
                let rows = input.data().chunks_exact(self.in_features());
                for (y, x) in target.data_mut().iter_mut().zip(rows) {
                    *y = self.law(x);
                }
            }
        }
        if noise != 0.0 {
            add_noise(g, &mut target, noise);
        }
        Samples { input, target }
    }

    /// The target that goes with an input, without noise: for [`Task::Noise`] what is best to say.
    #[must_use]
    pub fn law(self, x: &[f32]) -> f32 {
        match self {
            Self::ThreeOfTwenty => 0.6 * (x[0] + x[1] + x[2]),
            Self::Sine => rounded(libm::sin(2.0 * f64::from(x[0]))),
            Self::Noise => 0.0,
        }
    }
}

/// Normal noise of standard deviation `sd`.
fn add_noise(g: &mut Generator, target: &mut Tensor, sd: f64) {
    let mut noise = vec![0.0; target.numel()];
    sample::randn(g, &mut noise);
    for (y, noise) in target.data_mut().iter_mut().zip(noise) {
        *y += rounded(sd) * noise;
    }
}
