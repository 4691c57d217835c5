//! The subnetworks: every mask that dropout can draw for one sample, with its output and its probability, and what
//! dropout adds to the training loss on average, unit by unit. Exact up to 16 hidden units; above that, the masks of
//! the next calls of the layer.

mod calls;
mod histogram;
mod settings;

use std::cell::Cell;

pub use histogram::{Bar, Histogram};
pub use settings::{Settings, digits};

use super::network::standing;
use crate::model;
use crate::model::proof::subnetworks::{Ensemble, Identity, Subnetworks, Unit};
use crate::nn::Generator;
use calls::Calls;

/// What is less than this, beside the largest of the numbers it came from, is rounding.
const ROUNDING: f64 = 1e-12;

/// One number of the exhibit: what is pointed at or focused. All count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A bar of the histogram.
    Bar(usize),
    /// One subnetwork, by the index of its output.
    Mask(usize),
    /// The mean of the outputs.
    Mean,
    /// The output in eval mode.
    Eval,
    /// The loss in eval mode.
    EvalLoss,
    /// What dropping a unit adds to the loss.
    Unit(usize),
    /// The training loss over all masks.
    TrainLoss,
    /// By how much the identity fails.
    Gap,
}

/// Every number of the exhibit.
#[derive(Clone, Debug)]
pub struct Trace {
    /// What is looked at.
    pub settings: Settings,
    /// The network before the step looked at, in eval mode.
    pub network: model::Trace,
    /// What each hidden unit makes of the sample.
    pub units: Vec<Unit>,
    /// The outputs for the sample.
    pub subnetworks: Subnetworks,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
    /// Outputs by size.
    pub histogram: Histogram,
    /// What dropout adds to the loss.
    pub identity: Identity,
    /// The index of the mask that stands out: the chosen one, or the one that the next call draws.
    pub chosen: usize,
    /// Masks that were drawn, `[masks, H]`; empty where all are looked at.
    drawn: Vec<f32>,
    generator: Generator,
    /// The mask that was looked for last, and the passes before it.
    sought: Cell<Option<(usize, Option<u32>)>>,
}

impl Trace {
    /// Computes every number.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let (network, generator) = standing(settings.network());
        let mut calls = calls(settings, &generator);
        let drawn = if settings.is_exact() {
            Vec::new()
        } else {
            calls.masks(settings.drawn())
        };
        let (parameters, p, placement) = (&network.before, settings.p(), settings.placement());
        let all = Ensemble::new(parameters, p, placement);
        let ensemble = all.unwrap_or_else(|_| Ensemble::sampled(parameters, p, placement, &drawn));
        let input = network.input.row(settings.sample());
        let subnetworks = ensemble.subnetworks(input);
        let mut trace = Self {
            units: ensemble.units(input),
            mean: subnetworks.mean(),
            sd: subnetworks.sd(),
            histogram: Histogram::of(&subnetworks),
            identity: ensemble.identity(&network.input, &network.target),
            chosen: 0,
            settings: settings.clone(),
            network,
            subnetworks,
            drawn,
            generator,
            sought: Cell::new(None),
        };
        trace.chosen = trace.chosen();
        trace
    }

    /// The mask that was chosen, if it is among those looked at; else the one that the next call draws.
    fn chosen(&self) -> usize {
        if let Some(index) = self.settings.mask().and_then(|mask| self.index_of(mask)) {
            return index;
        }
        let kept = |mask: &[f32]| mask.iter().map(|m| *m != 0.0).collect::<Vec<_>>();
        let next = kept(calls(&self.settings, &self.generator).mask());
        self.index_of(&next).unwrap_or(0)
    }

    fn index_of(&self, mask: &[bool]) -> Option<usize> {
        if self.is_exact() {
            let bits = mask.iter().zip(0..).filter(|(kept, _)| **kept);
            return Some(bits.map(|(_, unit)| 1 << unit).sum());
        }
        (0..self.masks()).find(|index| self.mask(*index) == mask)
    }

    /// Whether all masks are looked at, and not only some that were drawn.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.drawn.is_empty()
    }

    /// Hidden units, H.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.units.len()
    }

    /// How many masks are looked at.
    #[must_use]
    pub fn masks(&self) -> usize {
        self.subnetworks.outputs.len()
    }

    /// Which units the mask at an index keeps.
    #[must_use]
    pub fn mask(&self, index: usize) -> Vec<bool> {
        if self.is_exact() {
            return (0..self.hidden())
                .map(|unit| index >> unit & 1 == 1)
                .collect();
        }
        let row = &self.drawn[index * self.hidden()..][..self.hidden()];
        row.iter().map(|m| *m != 0.0).collect()
    }

    /// The probability that a call draws the mask at an index: p^dropped (1 - p)^kept.
    #[must_use]
    pub fn probability(&self, index: usize) -> f64 {
        let kept = self.mask(index).iter().filter(|kept| **kept).count();
        self.subnetworks.weights()[kept]
    }

    /// The bias of fc2.
    #[must_use]
    pub fn bias(&self) -> f64 {
        self.network
            .before
            .fc2
            .bias
            .data()
            .first()
            .map_or(0.0, |bias| f64::from(*bias))
    }

    /// The fewest extra passes after which the network draws the mask at an index for this sample; none if no
    /// call that a link may ask for does.
    #[must_use]
    pub fn passes_before(&self, index: usize) -> Option<u32> {
        match self.sought.get() {
            Some((sought, passes)) if sought == index => passes,
            _ => {
                let passes =
                    calls(&self.settings, &self.generator).passes_before(&self.mask(index));
                self.sought.set(Some((index, passes)));
                passes
            }
        }
    }

    /// By how much the mean of the outputs differs from eval's, and whether that is nothing but rounding.
    #[must_use]
    pub fn difference(&self) -> (f64, bool) {
        let outputs = self.subnetworks.outputs.iter();
        let largest = outputs.fold(1.0, |a: f64, b| a.max(b.abs()));
        judged(self.subnetworks.difference(), largest)
    }

    /// By how much the identity fails, and whether that is nothing but rounding; nothing where p = 1.
    #[must_use]
    pub fn gap(&self) -> Option<(f64, bool)> {
        let gap = self.identity.gap()?;
        Some(judged(gap, self.identity.train.max(1.0)))
    }

    /// Whether every number is one; training may have diverged.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        let numbers = [
            self.mean,
            self.sd,
            self.subnetworks.eval,
            self.identity.train,
            self.identity.eval,
        ];
        numbers.iter().all(|x| x.is_finite())
    }

    /// The same target in this trace, if it has it.
    #[must_use]
    pub fn within(&self, target: Target) -> Option<Target> {
        let has = match target {
            Target::Bar(bar) => bar < self.histogram.bars.len(),
            Target::Mask(index) => index < self.masks(),
            Target::Unit(unit) => unit < self.hidden(),
            Target::Mean | Target::Eval | Target::EvalLoss | Target::TrainLoss | Target::Gap => {
                true
            }
        };
        has.then_some(target)
    }
}

/// A difference of two numbers as large as `largest`, and whether it is nothing but rounding.
fn judged(difference: f64, largest: f64) -> (f64, bool) {
    (difference, difference.abs() <= ROUNDING * largest)
}

/// The calls of the network's dropout from the step looked at.
fn calls(settings: &Settings, generator: &Generator) -> Calls {
    let network = settings.network();
    let shape = [network.batch(), network.hidden_features()];
    Calls::new(generator.clone(), settings.p(), shape, settings.sample())
}
