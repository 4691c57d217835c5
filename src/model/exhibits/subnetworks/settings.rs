//! Which network's subnetworks are looked at, for which sample, and which of them stands out.

use std::ops::RangeInclusive;

use crate::model::exhibits::fields::{Entry, Fields, choice, count};
use crate::model::exhibits::network::{network, plain};
use crate::model::field::{BATCH, HIDDEN_FEATURES};
use crate::model::proof::subnetworks::{MAX_HIDDEN, Placement};
use crate::model::{self, Field};
use crate::nn::DropProbability;

/// Masks that are drawn where not all are looked at.
const DRAWN: RangeInclusive<usize> = 256..=4096;
/// Coins that may be tossed for them; a bound on the work of a change of p.
const COINS: usize = 1 << 21;

const PLACEMENTS: [(&str, Placement); 5] = [
    ("after_relu", Placement::AfterRelu),
    ("before_relu", Placement::BeforeRelu),
    ("after_sigmoid", Placement::AfterSigmoid),
    ("before_sigmoid", Placement::BeforeSigmoid),
    ("relu_on_output", Placement::ReluOnOutput),
];

/// The network with its p and its seed, as the network view has it; always with `nn.Dropout` and the coins of
/// PyTorch 2.7 and later.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    placement: Placement,
    /// From 1.
    sample: u32,
    /// The mask that stands out, unit by unit; empty for the one that the next pass draws.
    mask: Vec<bool>,
    network: model::Settings,
}

impl Default for Settings {
    /// The sample that the network view begins with, in `SimpleNet`.
    fn default() -> Self {
        Self {
            placement: Placement::default(),
            sample: 2,
            mask: Vec::new(),
            network: model::Settings::default(),
        }
    }
}

impl Settings {
    /// The same of another network, with its p and its seed.
    #[must_use]
    pub fn with_network(mut self, network: &model::Settings) -> Self {
        self.network = plain(network);
        self
    }

    /// The same with another mask that stands out.
    #[must_use]
    pub fn with_mask(mut self, mask: Vec<bool>) -> Self {
        self.mask = mask;
        self
    }

    /// Where dropout stands.
    #[must_use]
    pub fn placement(&self) -> Placement {
        self.placement
    }

    /// The sample whose output is looked at, from 0; the last of a batch that has fewer.
    #[must_use]
    pub fn sample(&self) -> usize {
        (self.sample as usize).min(self.network.batch()) - 1
    }

    /// The mask that was chosen, if one was for a network of so many units.
    #[must_use]
    pub fn mask(&self) -> Option<&[bool]> {
        let fits = self.mask.len() == self.network.hidden_features();
        fits.then_some(&self.mask)
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

    /// Whether all masks are looked at, and not only some that are drawn.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.network.hidden_features() <= MAX_HIDDEN
    }

    /// How many masks are drawn where not all are looked at.
    #[must_use]
    pub fn drawn(&self) -> usize {
        let coins = self.network.batch() * self.network.hidden_features();
        (COINS / coins).clamp(*DRAWN.start(), *DRAWN.end())
    }
}

/// A mask as links write it: unit by unit, 1 for kept.
#[must_use]
pub fn digits(mask: &[bool]) -> String {
    let digit = |kept: &bool| if *kept { '1' } else { '0' };
    mask.iter().map(digit).collect()
}

/// The mask of such a text, of any length that a hidden layer may have; none of an empty one.
fn mask(text: &str) -> Option<Vec<bool>> {
    let digit = |c: char| match c {
        '0' => Some(false),
        '1' => Some(true),
        _ => None,
    };
    let mask: Vec<bool> = text.chars().map(digit).collect::<Option<_>>()?;
    (mask.len() <= *HIDDEN_FEATURES.end() as usize).then_some(mask)
}

impl Fields for Settings {
    const TABLE: &'static [Entry<Self>] = &[
        choice!("placement", PLACEMENTS, placement),
        count!("sample", BATCH, sample),
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
        Entry {
            name: "mask",
            allowed: || {
                t!("a digit for every hidden unit, 1 for kept and 0 for dropped").to_owned()
            },
            read: |s| s.mask().map(digits).unwrap_or_default(),
            write: |s, text| {
                let mask = mask(text)?;
                let fits = mask.is_empty() || mask.len() == s.network.hidden_features();
                fits.then(|| s.mask = mask)
            },
        },
    ];
}
