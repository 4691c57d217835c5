//! Momentum's story: one weight, three gradients, the last two of them zero, and the weight moves all
//! the same. Every number comes out of [`Sgd`].

use super::fields::{Entry, Fields};
use crate::model::field::{LEARNING_RATE, UNIT, number};
use crate::nn::Sgd;

/// Where the weight begins.
pub const START: f32 = 1.0;
/// What it gets, step by step.
pub const GRADIENTS: [f32; 3] = [0.5, 0.0, 0.0];

/// The optimiser of the story.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    sgd: Sgd,
}

impl Default for Settings {
    /// Momentum 0.9, learning rate 0.03.
    fn default() -> Self {
        let (lr, momentum) = (0.03, 0.9);
        let sgd = Sgd {
            lr,
            momentum,
            ..Sgd::default()
        };
        Self { sgd }
    }
}

impl Settings {
    /// The optimiser.
    #[must_use]
    pub fn sgd(&self) -> &Sgd {
        &self.sgd
    }
}

impl Fields for Settings {
    const TABLE: &'static [Entry<Self>] = &[
        Entry {
            name: "lr",
            allowed: || {
                let (least, most) = (LEARNING_RATE.start(), LEARNING_RATE.end());
                format!("numbers from {least} to {most}")
            },
            read: |s| s.sgd.lr.to_string(),
            write: |s, text| {
                s.sgd.lr = number(text, &LEARNING_RATE)?;
                Some(())
            },
        },
        Entry {
            name: "momentum",
            allowed: || format!("numbers from {} to {}", UNIT.start(), UNIT.end()),
            read: |s| s.sgd.momentum.to_string(),
            write: |s, text| {
                s.sgd.momentum = number(text, &UNIT)?;
                Some(())
            },
        },
    ];
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
/// use dropout_lab::model::exhibits::momentum::{Settings, story};
/// let weights = story(&Settings::default()).map(|step| step.weight);
/// assert_eq!(weights.map(|w| format!("{w:.5}")), ["0.98500", "0.97150", "0.95935"]);
/// ```
#[must_use]
pub fn story(settings: &Settings) -> [Step; GRADIENTS.len()] {
    let (mut weight, mut velocity, mut first) = ([START], [0.0], true);
    GRADIENTS.map(|gradient| {
        settings
            .sgd
            .step(first, &mut weight, &[gradient], &mut velocity);
        first = false;
        Step {
            gradient,
            velocity: velocity[0],
            weight: weight[0],
        }
    })
}
