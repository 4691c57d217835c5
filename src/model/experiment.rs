//! An [`Experiment`] runs [`Settings`]: it draws parameters and data, takes training steps,
//! and makes the [`Trace`] of the pass that is looked at.

use super::settings::OUT_FEATURES;
use super::{Settings, Trace};
use crate::nn::{
    BernoulliPath, DropoutStyle, Generator, Mode, Optimizer, OptimizerState, Parameters, Pass,
    Tensor, sample,
};

/// A run, standing before some training step.
///
/// The order of draws is notebook 004's: `manual_seed`, the parameters of fc1 and fc2, the inputs,
/// the targets, then one mask a forward pass. The batch stays the same in every step.
#[derive(Clone, Debug)]
pub struct Experiment {
    settings: Settings,
    generator: Generator,
    input: Tensor,
    target: Tensor,
    parameters: Parameters,
    state: OptimizerState,
    pass: Pass,
    taken: u32,
}

impl Experiment {
    /// The run of `settings`, before its first training step.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let (batch, inputs) = (settings.batch(), settings.in_features());
        let hidden = settings.hidden_features();
        let mut generator =
            Generator::new(settings.seed()).with_bernoulli_path(settings.bernoulli_path());
        let parameters = Parameters::init(&mut generator, inputs, hidden, OUT_FEATURES);
        let state = Optimizer::Sgd(*settings.sgd()).state(&parameters);
        let mut input = Tensor::zeros(&[batch, inputs]);
        sample::randn(&mut generator, input.data_mut());
        let mut target = Tensor::zeros(&[batch, OUT_FEATURES]);
        sample::randn(&mut generator, target.data_mut());
        Self {
            settings: settings.clone(),
            generator,
            input,
            target,
            parameters,
            state,
            pass: Pass::new(batch, inputs, hidden, OUT_FEATURES),
            taken: 0,
        }
    }

    /// Makes this the run of `settings`, before the step looked at, doing no more work than it must:
    /// what was computed already is kept where it is the beginning of the new run too.
    pub fn seek(&mut self, settings: &Settings) {
        let ahead = self.taken <= settings.step();
        if ahead && self.settings.same_run_before(settings, self.taken) {
            self.settings = settings.clone();
        } else {
            *self = Self::new(settings);
        }
        while self.taken < settings.step() {
            self.train_step();
        }
    }

    /// One training step in train mode: mask, forward, backward, SGD. Allocates nothing.
    pub fn train_step(&mut self) {
        self.extra_passes();
        self.run_pass(Mode::Train);
        self.update();
        self.taken += 1;
    }

    /// Training steps taken.
    #[must_use]
    pub fn taken(&self) -> u32 {
        self.taken
    }

    /// Loss of the latest pass.
    #[must_use]
    pub fn loss(&self) -> f32 {
        self.pass.loss
    }

    /// The generator as the next pass finds it.
    pub(super) fn generator(&self) -> &Generator {
        &self.generator
    }

    /// Every number of the pass looked at. The run itself stays where it is.
    #[must_use]
    pub fn trace(&self) -> Trace {
        let mut shown = self.clone();
        let mode = self.settings.mode();
        shown.extra_passes();
        let coins = shown.coins(mode);
        shown.run_pass(mode);
        if mode == Mode::Train {
            shown.update();
        }
        let Self {
            settings,
            parameters,
            ..
        } = self.clone();
        let Self {
            input,
            target,
            pass,
            parameters: after,
            state,
            ..
        } = shown;
        Trace {
            settings,
            input,
            target,
            pass,
            before: parameters,
            after,
            velocity: state.velocity().clone(),
            coins,
            lanes: Vec::new(),
        }
        .judged()
    }

    /// *Again*: each extra pass only draws a mask; nothing else of it is kept.
    fn extra_passes(&mut self) {
        let (p, style) = (self.settings.p(), self.settings.dropout_style());
        for _ in 0..self.settings.again().passes(self.taken) {
            self.pass
                .draw_mask(&mut self.generator, p, Mode::Train, style);
        }
    }

    fn run_pass(&mut self, mode: Mode) {
        let (p, style) = (self.settings.p(), self.settings.dropout_style());
        self.pass.draw_mask(&mut self.generator, p, mode, style);
        self.pass
            .forward(&self.parameters, &self.input, &self.target);
        self.pass.backward(&self.parameters, &self.target);
    }

    /// The uniform numbers that the next mask will be made of, without drawing them.
    fn coins(&self, mode: Mode) -> Vec<f64> {
        let (p, path) = (self.settings.p().p(), self.settings.bernoulli_path());
        let mut ahead = self.generator.clone();
        let tossed = self.pass.mask.numel();
        match (mode, self.settings.dropout_style(), path) {
            (Mode::Eval, _, _) | (_, DropoutStyle::Module, BernoulliPath::Mcg31) => Vec::new(),
            (_, DropoutStyle::Module, _) if p == 0.0 || p >= 1.0 => Vec::new(),
            (_, DropoutStyle::Module, BernoulliPath::Mt19937) => {
                (0..tossed).map(|_| ahead.u53()).collect()
            }
            (_, DropoutStyle::BernoulliFull | DropoutStyle::RandGreater, _) => {
                (0..tossed).map(|_| f64::from(ahead.u24())).collect()
            }
        }
    }

    fn update(&mut self) {
        let sgd = Optimizer::Sgd(*self.settings.sgd());
        sgd.step(&mut self.parameters, &self.pass.grad, &mut self.state);
    }
}
