//! One network in training, step by step.

use std::rc::Rc;

use super::batches::Batches;
use super::{Data, Plan, Regularization, Samples, Tally};
use crate::model::settings::OUT_FEATURES;
use crate::nn::{
    DropProbability, Exact, Generator, Kernel, Loss, Optimizer, Parameters, Pass, reduce,
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
pub struct Run<K = Exact> {
    data: Rc<Data>,
    p: DropProbability,
    generator: Generator,
    batches: Batches,
    kernel: K,
    recent: [f32; RECENT],
    taken: u32,
    diverged: Option<u32>,
    tally: Option<Tally>,
    /// Of all training samples and of all test samples, when last asked for.
    outputs: [Vec<f32>; 2],
}

impl Run {
    /// The run of `seed` with dropout of `p`, before its first step.
    #[must_use]
    pub fn new(plan: &Plan, p: DropProbability, seed: u64) -> Self {
        Self::of(plan, plan.dropout(p), seed, Exact::new)
    }

    /// Dropout's rival and dropout, of one seed.
    #[must_use]
    pub fn pair(plan: &Plan, seed: u64) -> (Self, Self) {
        Self::pair_by(plan, seed, Exact::new)
    }

    /// The same run, which counts from now on what becomes of its hidden units.
    #[must_use]
    pub fn tallied(self) -> Self {
        let tally = Some(Tally::new(self.parameters().fc1.bias.numel()));
        Self { tally, ..self }
    }

    /// The parameters as they are.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.kernel.parameters
    }

    /// The pass of the latest training step: its mask, activations and gradients.
    #[must_use]
    pub fn pass(&self) -> &Pass {
        &self.kernel.pass
    }
}

impl<K: Kernel + Clone> Run<K> {
    /// Dropout's rival and dropout, of one seed, with kernels that `make` makes.
    pub(super) fn pair_by(
        plan: &Plan,
        seed: u64,
        make: impl Fn(Parameters, Optimizer, Loss, usize) -> K,
    ) -> (Self, Self) {
        let rival = Self::of(plan, plan.rival(), seed, &make);
        let Regularization { p, weight_decay } = plan.dropout(plan.p);
        let batch = rival.batches.batch().target.numel();
        let optimizer = plan.optimizer(weight_decay);
        let parameters = rival.kernel.parameters();
        let dropout = Self {
            p,
            kernel: make(parameters, optimizer, rival.data.loss, batch),
            ..rival.clone()
        };
        (rival, dropout)
    }
}

impl<K: Kernel> Run<K> {
    /// The run of `seed`, before its first step, with a kernel that `make` makes.
    #[must_use]
    pub(super) fn of(
        plan: &Plan,
        regularization: Regularization,
        seed: u64,
        make: impl Fn(Parameters, Optimizer, Loss, usize) -> K,
    ) -> Self {
        let Regularization { p, weight_decay } = regularization;
        let mut generator = Generator::new(seed);
        let data = Rc::new(Data::draw(&mut generator, plan));
        let (inputs, hidden) = (plan.task.in_features(), plan.hidden.max(1) as usize);
        let parameters = Parameters::init(&mut generator, inputs, hidden, OUT_FEATURES);
        let batches = Batches::new(&mut generator, &data.train, plan.batch);
        let batch = batches.batch().target.numel();
        let outputs = |samples: &Samples| vec![0.0; samples.target.numel()];
        Self {
            kernel: make(parameters, plan.optimizer(weight_decay), data.loss, batch),
            p,
            generator,
            batches,
            recent: [0.0; RECENT],
            taken: 0,
            diverged: None,
            tally: None,
            outputs: [&data.train, &data.test].map(outputs),
            data,
        }
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
        let loss = self.kernel.step(&mut self.generator, self.p, input, target);
        self.recent[self.taken as usize % RECENT] = loss;
        self.taken += 1;
        if !loss.is_finite() {
            self.diverged = Some(self.taken);
        } else if let (Some(tally), Some(pass)) = (&mut self.tally, self.kernel.pass()) {
            tally.count(pass);
        }
    }

    /// The losses of the network as it is. Allocates nothing.
    pub fn losses(&mut self) -> Losses {
        let Data { train, test, loss } = &*self.data;
        let samples = [train, test];
        for (samples, outputs) in samples.into_iter().zip(&mut self.outputs) {
            self.kernel.outputs(&samples.input, outputs);
        }
        let [train_loss, test_loss] =
            [0, 1].map(|k| loss.of(&self.outputs[k], samples[k].target.data()));
        let accuracy = (*loss == Loss::BceWithLogits).then(|| Accuracy {
            train: found(&self.outputs[0], train),
            test: found(&self.outputs[1], test),
        });
        Losses {
            step: self.taken,
            running: self.running(),
            train: train_loss,
            test: test_loss,
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
}

/// Whether a logit says the class that the target is; one that is no number says none.
#[must_use]
pub fn is_found(logit: f32, target: f32) -> bool {
    !logit.is_nan() && (logit > 0.0) == (target > 0.5)
}

/// The share of samples whose class is found.
fn found(logits: &[f32], samples: &Samples) -> f32 {
    let pairs = logits.iter().zip(samples.target.data());
    let found = pairs.filter(|(logit, target)| is_found(**logit, **target));
    #[allow(clippy::cast_precision_loss, reason = "a few thousand samples")]
    let share = found.count() as f32 / samples.target.numel() as f32;
    share
}
