//! The dropout core as one participant of a benchmark, beside other libraries that do the same work.
//!
//! [`Peer`] does the work, and knows no clock. As a program (`src/main.rs`) it prints `READY` and then
//! answers each line on its standard input with one of JSON:
//!
//! ```text
//! info                                        {"name": ...}
//! check I H B LR MU STEPS                     {"loss": x}   p = 0, given start: all participants must agree
//! train I H B LR MU P SECS                    {"rate": steps a second, "n": steps}
//! mask  N P SECS                              {"rate": elements a second, "n": fills}
//! quit
//! ```
//!
//! I inputs, H hidden units, a batch of B, `SGD` with the learning rate LR and momentum MU, dropout of P.
//! As WebAssembly (`src/page.rs`) it exports the functions of [`Peer`], `setup`, `steps`, `loss`,
//! `mask_setup`, `mask_run` and `mask_share`; the page measures the time.
//!
//! The start is the same for all: s = 1664525 s + 1013904223 (mod 2^32), a value is ((s >> 8) / 2^24 - 0.5)
//! scale.
//!
//! | numbers | seed | scale | shape |
//! |---|---|---|---|
//! | inputs, targets | 11, 12 | 2 | `[B, I]`, `[B, 1]` |
//! | fc1's weight, bias | 13, 14 | 2 / sqrt(I) | `[H, I]`, `[H]` |
//! | fc2's weight, bias | 15, 16 | 2 / sqrt(H) | `[1, H]`, `[1]` |
#[cfg(target_arch = "wasm32")]
mod page;

use dropout_nn::dropout::dropout_into;
use dropout_nn::{
    DropProbability, Exact, Fast, Generator, Kernel, LinearParameters, Loss, Optimizer, Parameters,
    Sgd, Tensor,
};

/// Sizes and settings of a training step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Inputs.
    pub inputs: usize,
    /// Hidden units.
    pub hidden: usize,
    /// Samples in the batch.
    pub batch: usize,
    /// Learning rate.
    pub lr: f64,
    /// Momentum.
    pub momentum: f64,
    /// Dropout's p; what is no probability counts as 0.
    pub p: f64,
}

/// What is measured.
#[derive(Default)]
pub struct Peer {
    training: Option<Training>,
    masks: Option<Masks>,
}

struct Training {
    kernel: Box<dyn Kernel>,
    generator: Generator,
    p: DropProbability,
    input: Tensor,
    target: Tensor,
}

/// A tensor, and what dropout makes of it.
struct Masks {
    generator: Generator,
    input: Vec<f32>,
    noise: Vec<f32>,
    output: Vec<f32>,
}

impl Peer {
    /// Makes the network of `step`, from the given start, with a kernel: 0 is the exact one, another the fast one.
    pub fn setup(&mut self, kernel: u32, step: Step) {
        let Step {
            inputs,
            hidden,
            batch,
            ..
        } = step;
        let layer = |seed, outputs: usize, inputs: usize| LinearParameters {
            weight: tensor(seed, &[outputs, inputs], 2.0 / root(inputs)),
            bias: tensor(seed + 1, &[outputs], 2.0 / root(inputs)),
        };
        let parameters = Parameters {
            fc1: layer(13, hidden, inputs),
            fc2: layer(15, 1, hidden),
        };
        let optimizer = Optimizer::Sgd(Sgd {
            lr: step.lr,
            momentum: step.momentum,
            ..Sgd::default()
        });
        self.training = Some(Training {
            kernel: match kernel {
                0 => Box::new(Exact::new(parameters, optimizer, Loss::Mse, batch)),
                _ => Box::new(Fast::new(parameters, optimizer, Loss::Mse, batch)),
            },
            generator: Generator::new(1),
            p: probability(step.p),
            input: tensor(11, &[batch, inputs], 2.0),
            target: tensor(12, &[batch, 1], 2.0),
        });
    }

    /// Takes training steps.
    pub fn steps(&mut self, count: u32) {
        if let Some(training) = &mut self.training {
            for _ in 0..count {
                let Training {
                    kernel,
                    generator,
                    p,
                    input,
                    target,
                } = training;
                kernel.step(generator, *p, input, target);
            }
        }
    }

    /// The loss of the batch without dropout.
    pub fn loss(&mut self) -> f32 {
        let Some(Training {
            kernel,
            input,
            target,
            ..
        }) = &mut self.training
        else {
            return f32::NAN;
        };
        let mut outputs = vec![0.0; target.numel()];
        kernel.outputs(input, &mut outputs);
        Loss::Mse.of(&outputs, target.data())
    }

    /// Makes a tensor of so many elements to be dropped.
    pub fn mask_setup(&mut self, elements: usize) {
        if self
            .masks
            .as_ref()
            .is_some_and(|m| m.input.len() == elements)
        {
            return;
        }
        // What is there goes first: ten million elements are much.
        self.masks = None;
        self.masks = Some(Masks {
            generator: Generator::new(1),
            input: values(1, elements, 2.0),
            noise: vec![0.0; elements],
            output: vec![0.0; elements],
        });
    }

    /// Draws a mask over the whole tensor and multiplies, `count` times.
    pub fn mask_run(&mut self, p: f64, count: u32) {
        if let Some(masks) = &mut self.masks {
            for _ in 0..count {
                let Masks {
                    generator,
                    input,
                    noise,
                    output,
                } = masks;
                dropout_into(generator, probability(p), input, noise, output);
            }
        }
    }

    /// The share of elements that the latest mask keeps.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub fn mask_share(&self) -> f64 {
        let Some(Masks { noise, .. }) = &self.masks else {
            return f64::NAN;
        };
        let kept = noise.iter().filter(|noise| **noise > 0.0).count();
        kept as f64 / noise.len() as f64
    }
}

fn probability(p: f64) -> DropProbability {
    DropProbability::new(p).unwrap_or(DropProbability::ZERO)
}

#[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^24")]
fn root(size: usize) -> f32 {
    (size as f32).sqrt()
}

fn tensor(seed: u32, shape: &[usize], scale: f32) -> Tensor {
    let mut tensor = Tensor::zeros(shape);
    let values = values(seed, tensor.numel(), scale);
    tensor.data_mut().copy_from_slice(&values);
    tensor
}

#[allow(clippy::cast_precision_loss, reason = "24 bits are exact in f32")]
fn values(mut seed: u32, count: usize, scale: f32) -> Vec<f32> {
    let mut value = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((seed >> 8) as f32 / 16_777_216.0 - 0.5) * scale
    };
    (0..count).map(|_| value()).collect()
}
