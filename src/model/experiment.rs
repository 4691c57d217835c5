//! An [`Experiment`] runs [`Settings`]: it draws parameters and data, takes training steps,
//! and makes the [`Trace`] of the pass that is looked at.

use super::settings::OUT_FEATURES;
use super::{Settings, Trace};
use crate::nn::{Generator, Mode, Parameters, Pass, Tensor, sample};

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
    velocity: Parameters,
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
            velocity: Parameters::zeros(inputs, hidden, OUT_FEATURES),
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

    /// Every number of the pass looked at. The run itself stays where it is.
    #[must_use]
    pub fn trace(&self) -> Trace {
        let mut shown = self.clone();
        let mode = self.settings.mode();
        shown.run_pass(mode);
        if mode == Mode::Train {
            shown.update();
        }
        Trace::new(
            self.settings.clone(),
            shown.input,
            shown.target,
            shown.pass,
            self.parameters.clone(),
            shown.parameters,
        )
    }

    /// The parameters before the step that comes next.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Extra passes first, each of which only draws a mask; then the pass that counts.
    fn run_pass(&mut self, mode: Mode) {
        let (p, style) = (self.settings.p(), self.settings.dropout_style());
        for _ in 0..self.settings.again().passes(self.taken) {
            self.pass
                .draw_mask(&mut self.generator, p, Mode::Train, style);
        }
        self.pass.draw_mask(&mut self.generator, p, mode, style);
        self.pass
            .forward(&self.parameters, &self.input, &self.target);
        self.pass
            .backward(&self.parameters, &self.input, &self.target);
    }

    fn update(&mut self) {
        let first = self.taken == 0;
        let sgd = self.settings.sgd();
        let gradients = self.pass.grad.tensors();
        let velocities = self.velocity.tensors_mut();
        for (((_, parameter), (_, grad)), (_, velocity)) in self
            .parameters
            .tensors_mut()
            .into_iter()
            .zip(gradients)
            .zip(velocities)
        {
            sgd.step(
                first,
                parameter.data_mut(),
                grad.data(),
                velocity.data_mut(),
            );
        }
    }
}
