//! All 2^H subnetworks that dropout makes of a hidden layer, each with its output and its
//! probability: exact sums where training only ever sees samples. In f64, from the f32 parameters.
//! Of a layer too wide for that, the subnetworks of some masks that were drawn.

mod identity;
mod placement;

use std::fmt;

pub use identity::Identity;
pub use placement::{Placement, Unit};

use crate::model::Trace;
use crate::nn::{DropProbability, Parameters};

/// Most hidden units whose subnetworks are all computed: 65,536 of them.
pub const MAX_HIDDEN: usize = 16;

/// A network of one output with dropout in its hidden layer, seen as the ensemble of its
/// subnetworks.
///
/// ```
/// use dropout_lab::model::proof::subnetworks::{Ensemble, Placement};
/// use dropout_lab::nn::{DropProbability, Generator, Parameters};
/// let parameters = Parameters::init(&mut Generator::new(36), 5, 10, 1);
/// let ensemble = Ensemble::new(&parameters, DropProbability::default(), Placement::AfterRelu)?;
/// let subnetworks = ensemble.subnetworks(&[0.1, -0.2, 0.3, -0.4, 0.5]);
/// assert_eq!(subnetworks.outputs.len(), 1024);
/// assert!(subnetworks.difference().abs() < 1e-12);
/// # Ok::<(), dropout_lab::model::proof::subnetworks::TooManyUnits>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Ensemble<'a> {
    parameters: &'a Parameters,
    p: DropProbability,
    placement: Placement,
    /// The masks, where they are not all of them.
    drawn: Option<&'a [f32]>,
}

impl<'a> Ensemble<'a> {
    /// The ensemble of these parameters.
    ///
    /// # Shapes
    /// fc1 `[H, in]`, fc2 `[1, H]`.
    ///
    /// # Errors
    /// H is above [`MAX_HIDDEN`].
    pub fn new(
        parameters: &'a Parameters,
        p: DropProbability,
        placement: Placement,
    ) -> Result<Self, TooManyUnits> {
        let hidden = parameters.fc1.bias.numel();
        if hidden > MAX_HIDDEN {
            return Err(TooManyUnits { hidden });
        }
        Ok(Self {
            parameters,
            p,
            placement,
            drawn: None,
        })
    }

    /// A sample of the ensemble: the subnetworks of masks that were drawn, each as likely as the next.
    ///
    /// # Shapes
    /// fc1 `[H, in]`, fc2 `[1, H]`; `masks` `[masks, H]`, 0 or 1.
    #[must_use]
    pub fn sampled(
        parameters: &'a Parameters,
        p: DropProbability,
        placement: Placement,
        masks: &'a [f32],
    ) -> Self {
        Self {
            parameters,
            p,
            placement,
            drawn: Some(masks),
        }
    }

    /// The ensemble of the network in the pass looked at, whatever its mode.
    ///
    /// # Errors
    /// It has more hidden units than [`MAX_HIDDEN`].
    pub fn of(trace: &'a Trace, placement: Placement) -> Result<Self, TooManyUnits> {
        Self::new(&trace.before, trace.settings.p(), placement)
    }

    /// What every subnetwork makes of one sample.
    ///
    /// # Shapes
    /// `input` `[in]`.
    #[must_use]
    pub fn subnetworks(&self, input: &[f32]) -> Subnetworks {
        let units = self.units(input);
        Subnetworks {
            p: self.p,
            hidden: units.len(),
            drawn: self.drawn.is_some(),
            outputs: match self.drawn {
                None => self.outputs(&units),
                Some(masks) => self.outputs_of(masks, &units),
            },
            eval: self.eval(&units),
        }
    }

    /// What each hidden unit makes of one sample.
    ///
    /// # Shapes
    /// `input` `[in]`.
    #[must_use]
    pub fn units(&self, input: &[f32]) -> Vec<Unit> {
        let (scale, Parameters { fc1, fc2 }) = (scale(self.p), self.parameters);
        let columns = fc2.weight.data().iter().zip(fc1.bias.data());
        let rows = fc1.weight.data().chunks_exact(input.len().max(1));
        rows.zip(columns)
            .map(|(row, (w2, bias))| {
                let products = row
                    .iter()
                    .zip(input)
                    .map(|(w, x)| f64::from(*w) * f64::from(*x));
                let pre_activation = products.sum::<f64>() + f64::from(*bias);
                self.placement.unit(f64::from(*w2), pre_activation, scale)
            })
            .collect()
    }

    /// The sum over all units, each kept or dropped, for every mask; half of the masks differ from
    /// the other half by the last unit alone, so each costs one addition.
    fn outputs(&self, units: &[Unit]) -> Vec<f64> {
        let nothing_kept = units
            .iter()
            .fold(self.bias(), |sum, unit| sum + unit.dropped);
        let mut outputs = Vec::with_capacity(1 << units.len());
        outputs.push(nothing_kept);
        for unit in units {
            let gain = unit.kept - unit.dropped;
            outputs.extend_from_within(..);
            let half = outputs.len() / 2;
            for output in &mut outputs[half..] {
                *output += gain;
            }
        }
        for output in &mut outputs {
            *output = self.placement.last(*output);
        }
        outputs
    }

    /// The same sum, mask by mask.
    fn outputs_of(&self, masks: &[f32], units: &[Unit]) -> Vec<f64> {
        let added = |(kept, unit): (&f32, &Unit)| {
            if *kept == 0.0 {
                unit.dropped
            } else {
                unit.kept
            }
        };
        let sum = |mask: &[f32]| mask.iter().zip(units).map(added).sum::<f64>();
        masks
            .chunks_exact(units.len().max(1))
            .map(|mask| self.placement.last(self.bias() + sum(mask)))
            .collect()
    }

    fn eval(&self, units: &[Unit]) -> f64 {
        let sum = units.iter().fold(self.bias(), |sum, unit| sum + unit.eval);
        self.placement.last(sum)
    }

    /// The bias of fc2.
    #[must_use]
    pub fn bias(&self) -> f64 {
        self.parameters
            .fc2
            .bias
            .data()
            .first()
            .map_or(0.0, |bias| f64::from(*bias))
    }
}

/// What a kept unit is multiplied by: 1 / (1 - p), and 0 where p = 1 keeps none, as
/// [`DropProbability::scale`] but unrounded.
fn scale(p: DropProbability) -> f64 {
    if p.keep() > 0.0 { 1.0 / p.keep() } else { 0.0 }
}

/// One sample's output in every subnetwork.
#[derive(Clone, Debug, PartialEq)]
pub struct Subnetworks {
    p: DropProbability,
    hidden: usize,
    drawn: bool,
    /// The output of each mask; bit j of its index says whether unit j is kept. Of masks that were
    /// drawn, in their order.
    pub outputs: Vec<f64>,
    /// The output in eval mode.
    pub eval: f64,
}

impl Subnetworks {
    /// The probabilities of masks that keep 0, 1, ..., H units: p^dropped (1 - p)^kept.
    #[must_use]
    pub fn weights(&self) -> Vec<f64> {
        let power = |base: f64, times: usize| (0..times).fold(1.0, |product, _| product * base);
        (0..=self.hidden)
            .map(|kept| power(self.p.p(), self.hidden - kept) * power(self.p.keep(), kept))
            .collect()
    }

    /// What each output counts in a mean: its mask's probability, or as much as the others where masks
    /// were drawn.
    pub fn shares(&self) -> impl Iterator<Item = f64> + '_ {
        let weights = self.weights();
        #[allow(clippy::cast_precision_loss, reason = "masks are far fewer than 2^52")]
        let even = 1.0 / self.outputs.len() as f64;
        let masks = (0_u32..).take(self.outputs.len());
        masks.map(move |mask| {
            if self.drawn {
                even
            } else {
                weights[mask.count_ones() as usize]
            }
        })
    }

    /// The mean of a function of the output over all masks, by their probabilities.
    fn expectation(&self, f: impl Fn(f64) -> f64) -> f64 {
        // What has no chance adds nothing, even where it is infinite.
        self.shares()
            .zip(&self.outputs)
            .filter(|(share, _)| *share > 0.0)
            .map(|(share, output)| share * f(*output))
            .sum()
    }

    /// The mean output over all masks.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.expectation(|output| output)
    }

    /// The standard deviation of the output over all masks.
    #[must_use]
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        self.expectation(|output| (output - mean) * (output - mean))
            .sqrt()
    }

    /// By how much the mean differs from the output in eval mode: nothing but rounding where
    /// [`Placement::is_linear`], as long as p < 1.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.mean() - self.eval
    }

    /// The mean squared error against `target` over all masks.
    #[must_use]
    pub fn expected_square(&self, target: f64) -> f64 {
        self.expectation(|output| (output - target) * (output - target))
    }
}

/// More hidden units than all subnetworks are computed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyUnits {
    /// How many there are.
    pub hidden: usize,
}

impl fmt::Display for TooManyUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { hidden } = self;
        write!(
            f,
            "all subnetworks are computed for at most {MAX_HIDDEN} hidden units, but there are {hidden}"
        )
    }
}

impl std::error::Error for TooManyUnits {}
