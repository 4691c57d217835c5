//! One network in training, step by step.

use std::rc::Rc;

use super::batches::Batches;
use super::{Data, Plan, Regularization, Samples, Tally};
use crate::model::settings::OUT_FEATURES;
use crate::nn::{
    DropProbability, DropoutStyle, Generator, Loss, Mode, Optimizer, OptimizerState, Parameters,
    Pass, reduce,
};

/// Training steps over which the loss with dropout is averaged.
pub const RECENT: usize = 100;

/// Losses at one moment of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Losses {
    /// Training steps taken.
    pub step: u32,
    /// Mean of what the training loop saw in the latest [`RECENT`] steps: batches, with dropout.
    /// None before the first step.
    pub running: Option<f32>,
    /// On all training samples in eval mode.
    pub train: f32,
    /// On all test samples in eval mode.
    pub test: f32,
    /// Where targets are classes, how many of them are found.
    pub accuracy: Option<Accuracy>,
}

/// Shares of samples whose class is the more probable one to the network, in eval mode.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// Of all training samples.
    pub train: f32,
    /// Of all test samples.
    pub test: f32,
}

/// A network in training on the data of a [`Plan`].
///
/// What is drawn: `manual_seed`, the data, the parameters, a seed for the generator that shuffles
/// the training samples before every round through them, and then one mask a step. So runs of one
/// seed have the same data, initial parameters and batches, whatever their p and weight decay.
#[derive(Clone, Debug)]
pub struct Run {
    data: Rc<Data>,
    optimizer: Optimizer,
    p: DropProbability,
    generator: Generator,
    batches: Batches,
    parameters: Parameters,
    state: OptimizerState,
    pass: Pass,
    recent: [f32; RECENT],
    taken: u32,
    diverged: Option<u32>,
    tally: Option<Tally>,
    train: Pass,
    test: Pass,
}

impl Run {
    /// The run of `seed` with dropout of `p`, before its first step.
    #[must_use]
    pub fn new(plan: &Plan, p: DropProbability, seed: u64) -> Self {
        Self::of(plan, plan.dropout(p), seed)
    }

    /// Dropout's rival and dropout, of one seed.
    #[must_use]
    pub fn pair(plan: &Plan, seed: u64) -> (Self, Self) {
        let rival = Self::of(plan, plan.rival(), seed);
        let Regularization { p, weight_decay } = plan.dropout(plan.p);
        let dropout = Self {
            p,
            optimizer: plan.optimizer(weight_decay),
            ..rival.clone()
        };
        (rival, dropout)
    }

    /// The run of `seed`, before its first step.
    #[must_use]
    pub(super) fn of(plan: &Plan, regularization: Regularization, seed: u64) -> Self {
        let Regularization { p, weight_decay } = regularization;
        let optimizer = plan.optimizer(weight_decay);
        let mut generator = Generator::new(seed);
        let data = Rc::new(Data::draw(&mut generator, plan));
        let (inputs, hidden) = (plan.task.in_features(), plan.hidden.max(1) as usize);
        let parameters = Parameters::init(&mut generator, inputs, hidden, OUT_FEATURES);
        let batches = Batches::new(&mut generator, &data.train, plan.batch);
        let pass = |samples: &Samples| {
            let batch = samples.target.numel();
            Pass::new(batch, inputs, hidden, OUT_FEATURES).with_loss(data.loss)
        };
        Self {
            state: optimizer.state(&parameters),
            optimizer,
            p,
            generator,
            parameters,
            pass: pass(batches.batch()),
            batches,
            recent: [0.0; RECENT],
            taken: 0,
            diverged: None,
            tally: None,
            train: pass(&data.train),
            test: pass(&data.test),
            data,
        }
    }

    /// The same run, which counts from now on what becomes of its hidden units.
    #[must_use]
    pub fn tallied(self) -> Self {
        let tally = Some(Tally::new(self.parameters.fc1.bias.numel()));
        Self { tally, ..self }
    }

    /// Takes training steps; none once the run has diverged. Allocates nothing.
    pub fn advance(&mut self, steps: u32) {
        for _ in 0..steps {
            if self.diverged.is_some() {
                return;
            }
            self.step();
        }
    }

    /// One training step: batch, mask, forward, and, if the loss is finite, backward and
    /// the optimiser's step.
    fn step(&mut self) {
        self.batches.next(&self.data.train);
        let Samples { input, target } = self.batches.batch();
        let (p, style) = (self.p, DropoutStyle::Module);
        self.pass
            .draw_mask(&mut self.generator, p, Mode::Train, style);
        self.pass.forward(&self.parameters, input, target);
        self.recent[self.taken as usize % RECENT] = self.pass.loss;
        self.taken += 1;
        if !self.pass.loss.is_finite() {
            self.diverged = Some(self.taken);
            return;
        }
        self.pass.backward(&self.parameters, input, target);
        if let Some(tally) = &mut self.tally {
            tally.count(&self.pass);
        }
        let grad = &self.pass.grad;
        self.optimizer
            .step(&mut self.parameters, grad, &mut self.state);
    }

    /// The losses of the network as it is. Allocates nothing.
    pub fn losses(&mut self) -> Losses {
        let Data { train, test, .. } = &*self.data;
        for (pass, samples) in [(&mut self.train, train), (&mut self.test, test)] {
            // Nothing is dropped: no mask was ever drawn in these.
            pass.forward(&self.parameters, &samples.input, &samples.target);
        }
        let accuracy = (self.data.loss == Loss::BceWithLogits).then(|| Accuracy {
            train: found(&self.train, train),
            test: found(&self.test, test),
        });
        Losses {
            step: self.taken,
            running: self.running(),
            train: self.train.loss,
            test: self.test.loss,
            accuracy,
        }
    }

    fn running(&self) -> Option<f32> {
        let recent = self
            .recent
            .get(..self.taken as usize)
            .unwrap_or(&self.recent);
        (!recent.is_empty()).then(|| reduce::mean(recent))
    }

    /// Training steps taken.
    #[must_use]
    pub fn taken(&self) -> u32 {
        self.taken
    }

    /// The step, counted from 1, whose loss was infinite or not a number. The run stops there, with
    /// the parameters that gave that loss.
    #[must_use]
    pub fn diverged(&self) -> Option<u32> {
        self.diverged
    }

    /// The samples that it learns from and is tested on.
    #[must_use]
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The parameters as they are.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The generator as the latest step left it.
    pub(super) fn generator(&self) -> &Generator {
        &self.generator
    }

    /// Its p.
    #[must_use]
    pub fn p(&self) -> DropProbability {
        self.p
    }

    /// What became of its hidden units, if it counts that.
    #[must_use]
    pub fn tally(&self) -> Option<&Tally> {
        self.tally.as_ref()
    }

    /// The pass of the latest training step: its mask, activations and gradients.
    #[must_use]
    pub fn pass(&self) -> &Pass {
        &self.pass
    }
}

/// Whether a logit says the class that the target is; one that is no number says none.
#[must_use]
pub fn is_found(logit: f32, target: f32) -> bool {
    !logit.is_nan() && (logit > 0.0) == (target > 0.5)
}

/// The share of samples whose class is found.
fn found(pass: &Pass, samples: &Samples) -> f32 {
    let pairs = pass.output.data().iter().zip(samples.target.data());
    let found = pairs.filter(|(logit, target)| is_found(**logit, **target));
    #[allow(clippy::cast_precision_loss, reason = "a few thousand samples")]
    let share = found.count() as f32 / samples.target.numel() as f32;
    share
}
