//! The [`Sampler`]: draws in slices, so that a page stays alive; the draws are the same whatever the slices.

use super::{Law, Settings, Through, Trace};
use crate::model::exhibits::network::standing;
use crate::nn::matmul::Products;
use crate::nn::probability::rounded;
use crate::nn::{DropoutStyle, Generator, LinearParameters, Mode, linear, reduce};

/// Masks that are drawn at once.
const ROWS: usize = 64;

/// Draws that have begun.
#[derive(Clone, Debug)]
pub struct Sampler {
    settings: Settings,
    source: Source,
    generator: Generator,
    law: Law,
    eval: f32,
    values: Vec<f32>,
}

/// What goes through dropout, and what becomes of it then.
#[derive(Clone, Debug)]
struct Source {
    /// The numbers that dropout gets.
    values: Vec<f32>,
    /// fc2, where they go through a network; else they are added up.
    fc2: Option<LinearParameters>,
}

impl Sampler {
    /// The draws of `settings`, before the first.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let (source, generator) = open(settings);
        let (terms, offset) = source.terms();
        let law = Law::new(&terms, settings.p(), settings.train_factor(), offset);
        let factor = rounded(settings.eval_factor());
        let in_eval: Vec<f32> = source.values.iter().map(|value| value * factor).collect();
        let mut eval = [0.0];
        source.output(&in_eval, &mut eval);
        Self {
            settings: settings.clone(),
            eval: eval[0],
            values: Vec::with_capacity(settings.draws() as usize),
            source,
            generator,
            law,
        }
    }

    /// At most `draws` more; answers how many are left.
    pub fn advance(&mut self, draws: u32) -> u32 {
        let wanted = self.values.len() + draws.min(self.left()) as usize;
        let width = self.source.values.len();
        let mut dropped = vec![0.0; ROWS * width];
        while self.values.len() < wanted {
            let made = self.values.len();
            let rows = ROWS.min(wanted - made);
            self.drop(&mut dropped[..rows * width]);
            self.values.resize(made + rows, 0.0);
            self.source
                .output(&dropped[..rows * width], &mut self.values[made..]);
        }
        self.left()
    }

    /// Draws that have not been made.
    #[must_use]
    pub fn left(&self) -> u32 {
        let made = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.settings.draws().saturating_sub(made)
    }

    /// Every number of the draws so far.
    #[must_use]
    pub fn trace(&self) -> Trace {
        Trace::of(&self.settings, &self.values, self.eval, &self.law)
    }

    /// Masks for as many draws as `dropped` has rows, and what each leaves of the values.
    fn drop(&mut self, dropped: &mut [f32]) {
        let (p, style) = (self.settings.p(), DropoutStyle::Module);
        style.draw_mask(&mut self.generator, p, Mode::Train, dropped);
        let divisor = if self.settings.scaling().in_train() {
            style.divisor(p, Mode::Train)
        } else {
            1.0
        };
        for row in dropped.chunks_exact_mut(self.source.values.len()) {
            for (mask, value) in row.iter_mut().zip(&self.source.values) {
                *mask = value * (*mask / divisor);
            }
        }
    }
}

impl Source {
    fn sum(values: Vec<f32>) -> Self {
        Self { values, fc2: None }
    }

    /// What comes of each row of numbers that dropout has left.
    fn output(&self, rows: &[f32], output: &mut [f32]) {
        if let Some(LinearParameters { weight, bias }) = &self.fc2 {
            linear::forward(&mut Products::default(), rows, weight, Some(bias), output);
            return;
        }
        for (output, row) in output.iter_mut().zip(rows.chunks_exact(self.values.len())) {
            *output = reduce::sum(row);
        }
    }

    /// The output as a sum: what each value adds to it, and what is there without them.
    fn terms(&self) -> (Vec<f32>, f64) {
        match &self.fc2 {
            None => (self.values.clone(), 0.0),
            Some(LinearParameters { weight, bias }) => {
                let products = self.values.iter().zip(weight.data());
                let terms = products.map(|(value, weight)| value * weight).collect();
                (terms, f64::from(bias.data()[0]))
            }
        }
    }
}

/// The numbers that go through, and the generator that draws their masks.
fn open(settings: &Settings) -> (Source, Generator) {
    let fresh = || Generator::new(settings.network().seed());
    match settings.through() {
        Through::Unit => (Source::sum(vec![1.0]), fresh()),
        Through::Sum => (Source::sum((1_u8..=10).map(f32::from).collect()), fresh()),
        Through::Net => open_network(settings),
    }
}

/// The hidden layer of one sample, and the generator after the network's training steps.
fn open_network(settings: &Settings) -> (Source, Generator) {
    let (trace, generator) = standing(settings.network());
    let source = Source {
        values: trace.pass.hidden.row(settings.sample()).to_vec(),
        fc2: Some(trace.before.fc2),
    };
    (source, generator)
}
