//! Training and test samples, drawn.

use std::f64::consts::{LN_2, PI};

use super::{Plan, Task};
use crate::nn::probability::rounded;
use crate::nn::sample;
use crate::nn::{Generator, Loss, Tensor};

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
    /// What a network that learns from them makes small.
    pub loss: Loss,
}

impl Data {
    /// Draws the training inputs, their targets' noise if there is any, and the test inputs.
    pub(super) fn draw(g: &mut Generator, plan: &Plan) -> Self {
        Self {
            train: plan.task.draw(g, plan.train, plan.noise),
            test: plan.task.draw(
                g,
                plan.test,
                match plan.task {
                    Task::ThreeOfTwenty | Task::Sine | Task::Noise => 0.0,
                    Task::Moons => plan.noise,
                },
            ),
            loss: plan.task.loss(),
        }
    }

    /// The test loss of a function that answers 0 to everything.
    #[must_use]
    pub fn loss_of_zero(&self) -> f64 {
        if self.loss == Loss::BceWithLogits {
            return LN_2;
        }
        let squares = self.test.target.data().iter().map(|y| f64::from(y * y));
        #[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
        let samples = self.test.target.numel() as f64;
        squares.sum::<f64>() / samples
    }
}

impl Task {
    fn draw(self, g: &mut Generator, samples: u32, noise: f64) -> Samples {
        let samples = samples.max(1) as usize;
        if self == Self::Moons {
            return moons(g, samples, noise);
        }
        let mut input = Tensor::zeros(&[samples, self.in_features()]);
        let mut target = Tensor::zeros(&[samples, 1]);
        if self == Self::Sine {
            input.data_mut().fill_with(|| 4.0 * g.u24() - 2.0);
        } else {
            sample::randn(g, input.data_mut());
        }
        if self == Self::Noise {
            sample::randn(g, target.data_mut());
        } else {
            let rows = input.data().chunks_exact(self.in_features());
            for (y, x) in target.data_mut().iter_mut().zip(rows) {
                *y = self.law(x);
            }
        }
        if noise != 0.0 {
            add_noise(g, &mut target, noise);
        }
        Samples { input, target }
    }

    /// The target that goes with an input, without noise: for [`Task::Noise`] what is best to say. Of
    /// [`Task::Moons`] no input decides the target.
    #[must_use]
    pub fn law(self, x: &[f32]) -> f32 {
        match self {
            Self::ThreeOfTwenty => 0.6 * (x[0] + x[1] + x[2]),
            Self::Sine => rounded(libm::sin(2.0 * f64::from(x[0]))),
            Self::Noise => 0.0,
            Self::Moons => f32::NAN,
        }
    }
}

/// Two half circles of radius 1: the upper one around 0, class 0, the lower one around (1, 0.5), class 1, in turn.
///
/// # Source
/// `sklearn.datasets.make_moons`, here with angles drawn evenly.
fn moons(g: &mut Generator, samples: usize, sd: f64) -> Samples {
    let mut input = Tensor::zeros(&[samples, 2]);
    let mut target = Tensor::zeros(&[samples, 1]);
    let mut angles = vec![0.0; samples];
    angles.fill_with(|| rounded(PI) * g.u24());
    let rows = input.data_mut().chunks_exact_mut(2).zip(angles);
    for (k, ((x, angle), y)) in rows.zip(target.data_mut()).enumerate() {
        let (cos, sin) = (libm::cos(angle.into()), libm::sin(angle.into()));
        let (cos, sin) = (rounded(cos), rounded(sin));
        let lower = k % 2 == 1;
        *y = f32::from(u8::from(lower));
        x.copy_from_slice(&if lower {
            [1.0 - cos, 0.5 - sin]
        } else {
            [cos, sin]
        });
    }
    if sd != 0.0 {
        add_noise(g, &mut input, sd);
    }
    Samples { input, target }
}

/// Normal noise of standard deviation `sd`.
fn add_noise(g: &mut Generator, numbers: &mut Tensor, sd: f64) {
    let mut noise = vec![0.0; numbers.numel()];
    sample::randn(g, &mut noise);
    for (y, noise) in numbers.data_mut().iter_mut().zip(noise) {
        *y += rounded(sd) * noise;
    }
}
