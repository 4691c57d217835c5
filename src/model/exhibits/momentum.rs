//! Momentum's story: one weight, three gradients, the last two of them zero, and the weight moves all
//! the same. Every number comes out of [`Sgd`].

use crate::nn::Sgd;

/// Where the weight begins.
pub const START: f32 = 1.0;
/// What it gets, step by step.
pub const GRADIENTS: [f32; 3] = [0.5, 0.0, 0.0];

/// The optimiser that the story is usually told with: learning rate 0.03, momentum 0.9.
#[must_use]
pub fn usual() -> Sgd {
    Sgd {
        lr: 0.03,
        momentum: 0.9,
        ..Sgd::default()
    }
}

/// One step of the story.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The gradient that came.
    pub gradient: f32,
    /// The velocity after it; without momentum there is none, and it stays 0.
    pub velocity: f32,
    /// The weight after it.
    pub weight: f32,
}

/// The story, one step a gradient; the weight begins at [`START`].
///
/// ```
/// use dropout_lab::model::exhibits::momentum::{story, usual};
/// let weights = story(&usual()).map(|step| step.weight);
/// assert_eq!(weights.map(|w| format!("{w:.5}")), ["0.98500", "0.97150", "0.95935"]);
/// ```
#[must_use]
pub fn story(sgd: &Sgd) -> [Step; GRADIENTS.len()] {
    let (mut weight, mut velocity, mut first) = ([START], [0.0], true);
    GRADIENTS.map(|gradient| {
        sgd.step(first, &mut weight, &[gradient], &mut velocity);
        first = false;
        Step {
            gradient,
            velocity: velocity[0],
            weight: weight[0],
        }
    })
}
