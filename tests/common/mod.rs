//! What several test files share: random runs that are the same on every machine, and every number of a step.
#![allow(dead_code, reason = "no test file needs all of it")]
#![allow(clippy::unwrap_used, reason = "counts of tests are small")]

use std::ops::RangeInclusive;

use dropout_lab::app::Link;
use dropout_lab::model::{Experiment, Field, Settings, Target, Trace};
use dropout_lab::nn::{Generator, Parameters};

/// Random choices from a fixed seed.
pub struct Dice(Generator);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Generator::new(seed))
    }

    pub fn word64(&mut self) -> u64 {
        self.0.word64()
    }

    /// A whole number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.0.word()).unwrap() % n
    }

    pub fn between(&mut self, range: &RangeInclusive<u32>) -> u32 {
        range.start() + self.0.word() % (range.end() - range.start() + 1)
    }

    /// A number in [0, 1).
    pub fn unit(&mut self) -> f64 {
        self.0.u53()
    }

    pub fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    pub fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A random value of `field`, small enough for a test to compute the run.
    pub fn value(&mut self, field: Field) -> String {
        let number = |x: f64| x.to_string();
        match field {
            Field::P => {
                let any = self.unit();
                number(self.one_of(&[0.0, 0.2, 0.5, 0.5, 0.8, 1.0, 1e-320, any]))
            }
            Field::Mode => self.one_of(&["train", "train", "eval"]).to_owned(),
            Field::Seed => self.below(1000).to_string(),
            Field::Batch => self.between(&(1..=8)).to_string(),
            Field::In => self.between(&(1..=6)).to_string(),
            Field::Hidden => self.between(&(1..=12)).to_string(),
            Field::Lr => number(self.one_of(&[0.0, 1e-7, 0.01, 0.1, 0.5])),
            Field::Momentum => number(self.one_of(&[0.0, 0.5, 0.9])),
            Field::Dampening => number(self.one_of(&[0.0, 0.0, 0.3])),
            Field::WeightDecay => number(self.one_of(&[0.0, 0.0, 0.1])),
            Field::Nesterov | Field::Maximize => self.one_of(&["off", "off", "on"]).to_owned(),
            Field::Dropout => self.one_of(&["nn", "nn", "bernoulli", "rand"]).to_owned(),
            Field::Bernoulli => self.one_of(&["mt19937", "mt19937", "mcg31"]).to_owned(),
            Field::Step => self.below(6).to_string(),
            Field::Again => self.one_of(&["", "", "0:1", "1:2,3:1"]).to_owned(),
        }
    }

    /// A run with every field at random; what cannot go together is left at its default.
    pub fn settings(&mut self) -> Settings {
        let mut settings = Settings::default();
        for field in Field::ALL {
            let text = self.value(field);
            let _refused = settings.set(field, &text);
        }
        settings
    }

    /// The query of a random run.
    pub fn query(&mut self) -> String {
        let mut link = Link {
            settings: self.settings(),
            ..Link::default()
        };
        let last = u32::try_from(link.settings.batch()).unwrap();
        link.look.sample = link.look.sample.min(last);
        link.query()
    }
}

/// The run of a link that has no fault.
pub fn settings(query: &str) -> Settings {
    let (link, problems) = Link::parse(query);
    assert!(problems.is_empty(), "{query}: {problems:?}");
    link.settings
}

pub fn trace(settings: &Settings) -> Trace {
    let mut experiment = Experiment::new(settings);
    experiment.seek(settings);
    experiment.trace()
}

/// The step of a link that has no fault.
pub fn trace_of(query: &str) -> Trace {
    trace(&settings(query))
}

/// Every number of a step, as bits; one NaN is as good as another.
pub fn bits(trace: &Trace) -> Vec<u32> {
    let pass = &trace.pass;
    let of = |parameters: &Parameters| {
        parameters
            .tensors()
            .map(|(_, tensor)| tensor.data().to_vec())
    };
    let tensors = [
        &trace.input,
        &trace.target,
        &pass.mask,
        &pass.noise,
        &pass.pre_activation,
        &pass.hidden,
        &pass.dropped,
        &pass.output,
        &pass.grad_output,
        &pass.grad_dropped,
        &pass.grad_hidden,
        &pass.grad_pre_activation,
    ];
    let parameters = [&pass.grad, &trace.before, &trace.after].map(of);
    let numbers = tensors
        .into_iter()
        .flat_map(|tensor| tensor.data().to_vec());
    numbers
        .chain(parameters.into_iter().flatten().flatten())
        .chain([pass.loss])
        .map(same_bits)
        .collect()
}

/// The bits of a number, those of one NaN for all.
pub fn same_bits(x: f32) -> u32 {
    if x.is_nan() {
        f32::NAN.to_bits()
    } else {
        x.to_bits()
    }
}

/// Every number of a step that can be pointed at.
pub fn targets(trace: &Trace) -> Vec<Target> {
    let (batch, units, inputs) = (trace.batch(), trace.hidden_features(), trace.in_features());
    let mut targets = Vec::new();
    for sample in 0..batch {
        targets.extend((0..inputs).map(|input| Target::Input { sample, input }));
        for unit in 0..units {
            targets.extend([Target::Unit { sample, unit }, Target::Mask { sample, unit }]);
        }
        targets.extend([Target::Output { sample }, Target::Loss { sample }]);
    }
    for unit in 0..units {
        for input in 0..inputs {
            targets.extend([
                Target::WeightGrad { unit, input },
                Target::Weight { unit, input },
            ]);
        }
        targets.extend([
            Target::Kept { unit },
            Target::BiasGrad { unit },
            Target::Fc2Grad { unit },
            Target::Bias { unit },
            Target::Verdict { unit },
        ]);
    }
    targets
}
