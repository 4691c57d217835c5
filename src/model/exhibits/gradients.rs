//! One number of fc1's gradient, taken apart: the factors of a sample's share of it, and the weight
//! before and after the step beside what notebook 004 prints for them.

mod settings;

use std::rc::Rc;

pub use settings::Settings;

use crate::model::{self, Experiment};
use crate::nn::probability::rounded;

/// One sample's share of one number of fc1.weight.grad. All count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Sample of the batch, n.
    pub sample: usize,
    /// Hidden unit, j.
    pub unit: usize,
    /// Input of fc1, i.
    pub input: usize,
}

impl Place {
    /// The same in a network of this size: the last of each where there are not so many.
    fn within(self, network: &model::Settings) -> Self {
        Self {
            sample: self.sample.min(network.batch() - 1),
            unit: self.unit.min(network.hidden_features() - 1),
            input: self.input.min(network.in_features() - 1),
        }
    }
}

/// What is on the screen: a step of the network, and what is looked at in it.
#[derive(Clone, Debug)]
pub struct Trace {
    /// What is looked at.
    pub settings: Settings,
    /// Every number of the step.
    pub step: Rc<model::Trace>,
}

impl Trace {
    /// What `settings` describe.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let network = settings.network();
        let mut experiment = Experiment::new(network);
        experiment.seek(network);
        Self {
            settings: settings.clone(),
            step: Rc::new(experiment.trace()),
        }
    }

    /// What other settings describe; the step is computed anew only if it is another one.
    #[must_use]
    pub fn with(&self, settings: &Settings) -> Self {
        if settings.network() != self.settings.network() {
            return Self::new(settings);
        }
        Self {
            settings: settings.clone(),
            step: Rc::clone(&self.step),
        }
    }

    /// The numbers of the formula for a sample, at the unit and input looked at.
    #[must_use]
    pub fn term(&self, sample: usize) -> Term {
        let place = self.settings.place();
        Term::of(&self.step, Place { sample, ..place })
    }
}

/// The numbers of the formula for one sample, unit and input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// 2 / N.
    pub two_over_n: f32,
    /// The output of the sample.
    pub output: f32,
    /// Its target.
    pub target: f32,
    /// w2 of the unit.
    pub weight: f32,
    /// The unit's mask for the sample, 0 or 1.
    pub mask: f32,
    /// m / (1 - p), and in eval mode, where nothing is dropped, 1.
    pub noise: f32,
    /// The unit's sum before `ReLU`.
    pub pre_activation: f32,
    /// 1 where that is above 0, else 0.
    pub gate: f32,
    /// The input.
    pub input: f32,
    /// What the sample adds to the gradient: the product, as the trace has it.
    pub contribution: f32,
}

impl Term {
    /// The numbers of `place` in `trace`.
    #[must_use]
    pub fn of(trace: &model::Trace, place: Place) -> Self {
        let Place {
            sample,
            unit,
            input,
        } = place;
        let batch = u32::try_from(trace.batch()).map_or(f64::INFINITY, f64::from);
        let pass = &trace.pass;
        Self {
            two_over_n: rounded(2.0 / batch),
            output: pass.output.at(sample, 0),
            target: trace.target.at(sample, 0),
            weight: trace.before.fc2.weight.at(0, unit),
            mask: pass.mask.at(sample, unit),
            noise: pass.noise.at(sample, unit),
            pre_activation: pass.pre_activation.at(sample, unit),
            gate: f32::from(trace.active(sample, unit)),
            input: trace.input.at(sample, input),
            contribution: trace.contribution(sample, unit, input),
        }
    }

    /// The error, the output less its target.
    #[must_use]
    pub fn error(&self) -> f32 {
        self.output - self.target
    }

    /// The product of the factors, multiplied in the order of the way back.
    #[must_use]
    pub fn product(&self) -> f32 {
        self.two_over_n * self.error() * self.weight * self.noise * self.gate * self.input
    }

    /// The product without the two factors that notebook 004 leaves out, 2 / N and m / (1 - p).
    #[must_use]
    pub fn as_in_the_notebook(&self) -> f32 {
        self.error() * self.weight * self.gate * self.input
    }
}

/// A row of fc1.weight around the SGD step, as it was and as notebook 004 prints it.
///
/// The notebook prints *Before* once `optimizer.step()` has run, so it is the weight after; and its
/// *After* subtracts `lr * grad` from that, so the gradient is taken off a second time.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// The row before the step.
    pub before: Vec<f32>,
    /// Its gradient.
    pub grad: Vec<f32>,
    /// The row after the step.
    pub after: Vec<f32>,
    /// What the notebook prints as *Before*: the row after the step.
    pub printed_before: Vec<f32>,
    /// What it prints as *After*: `param.data - lr * param.grad.data`.
    pub printed_after: Vec<f32>,
}

impl Slip {
    /// Row `unit` of the step.
    #[must_use]
    pub fn of(trace: &model::Trace, unit: usize) -> Self {
        let lr = rounded(trace.settings.sgd().lr);
        let grad = trace.pass.grad.fc1.weight.row(unit);
        let after = trace.after.fc1.weight.row(unit);
        let minus_gradient = |(weight, grad): (&f32, &f32)| weight - lr * grad;
        Self {
            before: trace.before.fc1.weight.row(unit).to_vec(),
            grad: grad.to_vec(),
            after: after.to_vec(),
            printed_before: after.to_vec(),
            printed_after: after.iter().zip(grad).map(minus_gradient).collect(),
        }
    }
}
