//! What is drawn: how dropout scales, what goes through it, how often.

use std::ops::RangeInclusive;

use crate::model::exhibits::fields::{Entry, Fields, choice, count};
use crate::model::exhibits::network::{network, plain};
use crate::model::field::BATCH;
use crate::model::{self, Field};
use crate::nn::DropProbability;

/// Draws that may be made.
pub const DRAWS: RangeInclusive<u32> = 1..=100_000;
/// Samples of the network's batch, from 1.
pub const SAMPLE: RangeInclusive<u32> = BATCH;

/// Where dropout makes up for what it drops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scaling {
    /// Outputs are multiplied by 1 - p in eval mode: Srivastava et al., 2014.
    Classic,
    /// Kept values are divided by 1 - p in train mode: PyTorch.
    #[default]
    Inverted,
    /// Nowhere.
    None,
    /// In both, which is once too often.
    Both,
}

impl Scaling {
    /// Whether kept values are divided by 1 - p in train mode.
    #[must_use]
    pub fn in_train(self) -> bool {
        matches!(self, Self::Inverted | Self::Both)
    }

    /// Whether values are multiplied by 1 - p in eval mode.
    #[must_use]
    pub fn in_eval(self) -> bool {
        matches!(self, Self::Classic | Self::Both)
    }
}

/// What goes through dropout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Through {
    /// One unit, of value 1.
    #[default]
    Unit,
    /// The numbers 1 to 10, added up.
    Sum,
    /// The hidden layer of `SimpleNet`, to the output of one sample.
    Net,
}

const SCALINGS: [(&str, Scaling); 4] = [
    ("classic", Scaling::Classic),
    ("inverted", Scaling::Inverted),
    ("none", Scaling::None),
    ("both", Scaling::Both),
];
const THROUGH: [(&str, Through); 3] = [
    ("unit", Through::Unit),
    ("sum", Through::Sum),
    ("net", Through::Net),
];

/// What is drawn, and how often. p, seed and the network are those of the network view, always with
/// `nn.Dropout` and the coins of PyTorch 2.7 and later.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    scaling: Scaling,
    through: Through,
    draws: u32,
    /// From 1.
    sample: u32,
    network: model::Settings,
}

impl Default for Settings {
    /// A thousand draws of one unit through PyTorch's dropout; for the network, the sample that its own
    /// view begins with.
    fn default() -> Self {
        Self {
            scaling: Scaling::Inverted,
            through: Through::Unit,
            draws: 1000,
            sample: 2,
            network: model::Settings::default(),
        }
    }
}

impl Settings {
    /// The same draws of another network, with its p and its seed.
    #[must_use]
    pub fn with_network(mut self, network: &model::Settings) -> Self {
        self.network = plain(network);
        self
    }

    /// Where dropout makes up for what it drops.
    #[must_use]
    pub fn scaling(&self) -> Scaling {
        self.scaling
    }

    /// What goes through dropout.
    #[must_use]
    pub fn through(&self) -> Through {
        self.through
    }

    /// How many draws.
    #[must_use]
    pub fn draws(&self) -> u32 {
        self.draws
    }

    /// The sample whose output is looked at, from 0; the last of a batch that has fewer.
    #[must_use]
    pub fn sample(&self) -> usize {
        (self.sample as usize).min(self.network.batch()) - 1
    }

    /// The network, and with it p and the seed.
    #[must_use]
    pub fn network(&self) -> &model::Settings {
        &self.network
    }

    /// Probability of a zero.
    #[must_use]
    pub fn p(&self) -> DropProbability {
        self.network.p()
    }

    /// What a kept value is multiplied by in train mode.
    #[must_use]
    pub fn train_factor(&self) -> f64 {
        match self.scaling.in_train() {
            true if self.p().keep() == 0.0 => 0.0,
            true => 1.0 / self.p().keep(),
            false => 1.0,
        }
    }

    /// What every value is multiplied by in eval mode.
    #[must_use]
    pub fn eval_factor(&self) -> f64 {
        if self.scaling.in_eval() {
            self.p().keep()
        } else {
            1.0
        }
    }
}

impl Fields for Settings {
    const TABLE: &'static [Entry<Self>] = &[
        choice!("scaling", SCALINGS, scaling),
        choice!("through", THROUGH, through),
        count!("draws", DRAWS, draws),
        count!("sample", SAMPLE, sample),
        network!(Field::P),
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
        network!(Field::Step),
    ];
}
