//! [`VariantsTrace`]: one pass of a layer over ones, and which numbers shared a coin in it.

use super::variants::{Layer, VariantsSettings};
use crate::nn::alpha_dropout::alpha_dropout;
use crate::nn::dropout::dropout;
use crate::nn::feature_dropout::FeatureDropout;
use crate::nn::linear::linear;
use crate::nn::locked_dropout::locked_dropout;
use crate::nn::weight_drop::WeightDrop;
use crate::nn::{Dropped, Generator, Mode, Tensor};

/// Every number of one pass.
#[derive(Clone, Debug)]
pub struct VariantsTrace {
    /// What was asked for.
    pub settings: VariantsSettings,
    /// What is dropped from: the input, or the weights of the linear layer. Ones.
    pub input: Tensor,
    /// What it was multiplied by.
    pub noise: Tensor,
    /// What came out; of a layer that drops weights, the weights it used.
    pub output: Tensor,
    /// What the linear layer answers to an input of ones, its bias ones too; other layers have none.
    pub linear: Option<Tensor>,
    /// Which coin each number of `input` hangs on, row-major.
    pub coin_of: Vec<usize>,
    /// How many coins a training pass needs.
    pub coins: usize,
    /// The uniform number behind each coin; empty where none was tossed.
    pub uniforms: Vec<f64>,
}

impl VariantsTrace {
    /// Runs the layer.
    #[must_use]
    pub fn new(settings: &VariantsSettings) -> Self {
        let input = Tensor::full(&settings.shape(), 1.0);
        let mut g = Generator::new(settings.run().seed);
        for _ in 0..settings.run().again {
            let _thrown_away = pass(settings, &mut g, &input);
        }
        let coin_of = coins(settings.layer(), input.shape());
        let coins = coin_of.iter().max().map_or(0, |last| last + 1);
        let mut ahead = g.clone();
        let tossed = if tosses(settings) { coins } else { 0 };
        let uniforms = (0..tossed).map(|_| ahead.u53()).collect();
        let Dropped { output, noise } = pass(settings, &mut g, &input);
        let answer = settings.layer().drops_weights().then(|| {
            let ones = |n: usize| Tensor::full(&[n], 1.0);
            linear(
                &ones(input.shape()[1]),
                &output,
                Some(&ones(input.shape()[0])),
            )
        });
        Self {
            settings: settings.clone(),
            linear: answer.and_then(Result::ok),
            input,
            noise,
            output,
            coin_of,
            coins,
            uniforms,
        }
    }

    /// Whether number `index` was kept.
    #[must_use]
    pub fn keeps(&self, index: usize) -> bool {
        self.noise
            .data()
            .get(index)
            .is_some_and(|noise| *noise > 0.0)
    }

    /// The numbers that hang on `coin`.
    pub fn group(&self, coin: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.coin_of.len()).filter(move |&index| self.coin_of[index] == coin)
    }

    /// How many coins kept their numbers.
    #[must_use]
    pub fn coins_kept(&self) -> usize {
        let keeps = |coin| {
            self.group(coin)
                .next()
                .is_some_and(|index| self.keeps(index))
        };
        (0..self.coins).filter(|&coin| keeps(coin)).count()
    }
}

/// A number that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariantsTarget {
    /// Number `index` of the input or the weights, row-major.
    Number {
        /// Which one.
        index: usize,
    },
    /// What the linear layer answers.
    Output {
        /// Which of its outputs.
        unit: usize,
    },
}

/// Whether this pass tosses coins. `LockedDropout` tosses them even where p = 1 leaves no choice.
fn tosses(settings: &VariantsSettings) -> bool {
    let p = settings.run().p;
    let choice = p.p() > 0.0 && (p.keep() > 0.0 || settings.layer() == Layer::Locked);
    settings.effective_mode() == Mode::Train && choice
}

fn pass(settings: &VariantsSettings, g: &mut Generator, x: &Tensor) -> Dropped {
    let (p, mode) = (settings.run().p, settings.effective_mode());
    let channels = |layer: FeatureDropout, g: &mut Generator| {
        // Refused are only inputs without channels, and these have some.
        layer.apply(g, x, p, mode).unwrap_or_else(|_| unchanged(x))
    };
    match settings.layer() {
        Layer::Dropout | Layer::Functional => dropout(g, x, p, mode),
        Layer::Dropout1d => channels(FeatureDropout::One, g),
        Layer::Dropout2d => channels(FeatureDropout::Two, g),
        Layer::Locked => locked_dropout(g, x, p, mode),
        Layer::Variational if mode == Mode::Eval => unchanged(x),
        Layer::Variational => WeightDrop::Variational.apply(g, x, p, mode),
        Layer::DropConnect => WeightDrop::DropConnect.apply(g, x, p, mode),
        Layer::Alpha => alpha_dropout(g, x, p, mode),
    }
}

fn unchanged(x: &Tensor) -> Dropped {
    Dropped {
        output: x.clone(),
        noise: Tensor::full(x.shape(), 1.0),
    }
}

/// The coin of each number of a tensor of `shape`.
fn coins(layer: Layer, shape: &[usize]) -> Vec<usize> {
    let inner = |dimensions: usize| -> usize { shape.iter().skip(dimensions).product() };
    let coin_of = |index: usize| match layer {
        Layer::Dropout | Layer::Functional | Layer::Alpha | Layer::DropConnect => index,
        Layer::Dropout1d | Layer::Dropout2d => index / inner(2),
        Layer::Locked => index % inner(1),
        Layer::Variational => index / inner(1),
    };
    (0..inner(0)).map(coin_of).collect()
}
