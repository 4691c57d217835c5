//! The network of the derivation, what is looked at in it, and the optimiser of momentum's story.

use super::Place;
use crate::lang;
use crate::model::exhibits::fields::{Entry, Fields};
use crate::model::exhibits::momentum;
use crate::model::exhibits::network::network;
use crate::model::field::{LEARNING_RATE, UNIT, number};
use crate::model::{self, Field};
use crate::nn::{DropProbability, Mode, Sgd};

/// A step of the network view's network, and a place of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    network: model::Settings,
    place: Place,
    story: Sgd,
}

impl Default for Settings {
    /// The sample that the network view begins with, and a unit that carries it there.
    fn default() -> Self {
        Self {
            network: model::Settings::default(),
            place: Place {
                sample: 1,
                unit: 5,
                input: 0,
            },
            story: momentum::usual(),
        }
    }
}

impl Settings {
    /// The network, its data, its optimiser, and the step.
    #[must_use]
    pub fn network(&self) -> &model::Settings {
        &self.network
    }

    /// What is looked at, the last of each where the network has become too small for it.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place.within(&self.network)
    }

    /// The optimiser of momentum's story, which has nothing to do with the network's.
    #[must_use]
    pub fn story(&self) -> &Sgd {
        &self.story
    }

    /// p, and the mode of the pass looked at.
    #[must_use]
    pub fn run(&self) -> (DropProbability, Mode) {
        (self.network.p(), self.network.mode())
    }

    /// The network after one more forward pass at the step looked at, if there may be one more.
    #[must_use]
    pub fn pressed_again(&self) -> Option<model::Settings> {
        let mut network = self.network.clone();
        network.press_again().ok()?;
        Some(network)
    }
}

/// The entry of a part of the place.
macro_rules! place {
    ($name:literal, $part:ident, $size:ident, $allowed:expr) => {
        Entry {
            name: $name,
            allowed: || lang::text($allowed).to_owned(),
            read: |s| (s.place().$part + 1).to_string(),
            write: |s, text| {
                s.place.$part = counted(text, s.network.$size())?;
                Some(())
            },
        }
    };
}

/// One of `size` things that count from 1, counted from 0.
fn counted(text: &str, size: usize) -> Option<usize> {
    let number: usize = text.parse().ok()?;
    number.checked_sub(1).filter(|index| *index < size)
}

impl Fields for Settings {
    fn again(&self) -> Option<(String, u32)> {
        let network = self.pressed_again()?;
        let call = network.again().passes(network.step()).saturating_add(1);
        Some((Field::Again.read(&network), call))
    }

    const TABLE: &'static [Entry<Self>] = &[
        network!(Field::P),
        network!(Field::Mode),
        network!(Field::Seed),
        network!(Field::Batch),
        network!(Field::In),
        network!(Field::Hidden),
        network!(Field::Lr),
        network!(Field::Momentum),
        network!(Field::Dampening),
        network!(Field::WeightDecay),
        network!(Field::Nesterov),
        network!(Field::Maximize),
        network!(Field::Dropout),
        network!(Field::Bernoulli),
        network!(Field::Step),
        network!(Field::Again),
        place!(
            "sample",
            sample,
            batch,
            message!("samples of the batch, from 1")
        ),
        place!(
            "unit",
            unit,
            hidden_features,
            message!("hidden units, from 1")
        ),
        place!(
            "input",
            input,
            in_features,
            message!("inputs of fc1, from 1")
        ),
        Entry {
            name: "story_lr",
            allowed: || Field::Lr.allowed(),
            read: |s| s.story.lr.to_string(),
            write: |s, text| {
                s.story.lr = number(text, &LEARNING_RATE)?;
                Some(())
            },
        },
        Entry {
            name: "story_momentum",
            allowed: || Field::Momentum.allowed(),
            read: |s| s.story.momentum.to_string(),
            write: |s, text| {
                s.story.momentum = number(text, &UNIT)?;
                Some(())
            },
        },
    ];
}
