//! The work whose speed is measured: by `cargo bench` on this machine, and by the page opened with
//! `?bench=1` in a browser. What measures it, and how, is not here.

use std::fmt;

use super::{Experiment, Settings};
use crate::nn::dropout::dropout_into;
use crate::nn::{DropProbability, Generator, Sgd, Tensor};

/// What is done, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Workload {
    /// What is done, and its sizes.
    pub name: &'static str,
    /// What is counted.
    pub unit: &'static str,
    /// How many of them one run does.
    pub units_per_run: u32,
    work: Work,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Work {
    /// Forward, a fresh mask, loss, backward to all parameters, SGD.
    Train {
        inputs: u32,
        hidden: u32,
        batch: u32,
        momentum: f64,
    },
    /// A fresh mask, and its product with a tensor of so many elements.
    Mask(u32),
}

impl Workload {
    /// All that is measured.
    pub const ALL: [Self; 4] = [
        Self::train("5 -> 10 -> 1, batch 15", [5, 10, 15], 0.0),
        Self::train("10 -> 40 -> 1, batch 5, momentum 0.9", [10, 40, 5], 0.9),
        Self::train("32 -> 256 -> 1, batch 128", [32, 256, 128], 0.0),
        Self {
            name: "mask and multiply, 1,000,000 elements",
            unit: "elements",
            units_per_run: 1_000_000,
            work: Work::Mask(1_000_000),
        },
    ];

    const fn train(name: &'static str, [inputs, hidden, batch]: [u32; 3], momentum: f64) -> Self {
        Self {
            name,
            unit: "training steps",
            units_per_run: 1,
            work: Work::Train {
                inputs,
                hidden,
                batch,
                momentum,
            },
        }
    }

    /// Gets the memory that the work takes.
    #[must_use]
    pub fn prepare(self) -> Prepared {
        match self.work {
            Work::Train {
                inputs,
                hidden,
                batch,
                momentum,
            } => {
                let defaults = Settings::default();
                let settings = Settings {
                    in_features: inputs,
                    hidden_features: hidden,
                    batch,
                    sgd: Sgd {
                        momentum,
                        ..*defaults.sgd()
                    },
                    ..defaults
                };
                Prepared(Memory::Train(Box::new(Experiment::new(&settings))))
            }
            Work::Mask(elements) => {
                let tensor = Tensor::full(&[elements as usize], 1.0);
                let tensors = [tensor.clone(), tensor.clone(), tensor];
                Prepared(Memory::Mask(Box::new(Generator::new(36)), tensors))
            }
        }
    }
}

impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A [`Workload`] that can be run again and again.
#[derive(Clone, Debug)]
pub struct Prepared(Memory);

#[derive(Clone, Debug)]
enum Memory {
    Train(Box<Experiment>),
    /// Input, noise and output.
    Mask(Box<Generator>, [Tensor; 3]),
}

impl Prepared {
    /// Does the work `times` times.
    pub fn run(&mut self, times: u32) {
        for _ in 0..times {
            match &mut self.0 {
                Memory::Train(experiment) => experiment.train_step(),
                Memory::Mask(generator, [input, noise, output]) => {
                    let p = DropProbability::default();
                    let (noise, output) = (noise.data_mut(), output.data_mut());
                    dropout_into(generator, p, input.data(), noise, output);
                }
            }
        }
    }
}
