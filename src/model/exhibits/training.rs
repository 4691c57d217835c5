//! Training with and without dropout: what is trained, by how many seeds, and how it is shown. The
//! training itself is [`race`](crate::model::proof::race)'s affair.

mod live;

pub use live::{Answers, Fit, LEVEL, Live, RaceTrace, RunTrace, SAMPLED, SweepTrace};

use std::ops::{Range, RangeInclusive};

use super::fields::{Entry, Fields, wholes};
use crate::model::field::{
    HIDDEN_FEATURES, LEARNING_RATE, UNIT, Words, number, whole, word, word_of, words,
};
use crate::model::proof::race::{Duel, Plan, Preset, Run};
use crate::nn::DropProbability;

/// Training samples, and samples in a batch.
pub const SAMPLES: RangeInclusive<u32> = 1..=1000;
/// Training steps.
pub const STEPS: RangeInclusive<u32> = 0..=20_000;
/// Seeds of a race, and of each p.
pub const SEEDS: RangeInclusive<u32> = 1..=100;
/// Standard deviation of the noise on the training targets.
pub const NOISE: RangeInclusive<f64> = 0.0..=10.0;
/// The first seed; PyTorch uses the lower 32 bits.
pub const SEED: RangeInclusive<u32> = 0..=u32::MAX;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Show {
    /// One pair of runs.
    #[default]
    Run,
    /// A pair for every seed.
    Race,
    /// A run for every seed and p.
    Sweep,
}

/// How losses are measured along their axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Equal steps are equal factors.
    #[default]
    Log,
    /// From 0.
    Linear,
}

const PRESETS: Words<Preset, 3> = [
    ("helps", Preset::Helps),
    ("hurts", Preset::Hurts),
    ("trap", Preset::Trap),
];
const SHOWN: Words<Show, 3> = [
    ("run", Show::Run),
    ("race", Show::Race),
    ("sweep", Show::Sweep),
];
const SCALES: Words<Scale, 2> = [("log", Scale::Log), ("linear", Scale::Linear)];

/// When training starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Start {
    /// When the reader asks for it.
    #[default]
    Asked,
    /// As soon as the page is open, and again after every change: a link that leads to what came out.
    AtOnce,
}

const STARTS: Words<Start, 2> = [("asked", Start::Asked), ("at_once", Start::AtOnce)];

/// What is trained, and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    preset: Preset,
    plan: Plan,
    seed: u32,
    seeds: u32,
    show: Show,
    scale: Scale,
    start: Start,
}

impl Default for Settings {
    fn default() -> Self {
        Self::of(Preset::Helps)
    }
}

impl Settings {
    /// A preset as it is.
    #[must_use]
    pub fn of(preset: Preset) -> Self {
        Self {
            preset,
            plan: preset.plan(),
            seed: 0,
            seeds: 20,
            show: Show::default(),
            scale: Scale::default(),
            start: Start::default(),
        }
    }

    /// The preset from which the plan started.
    #[must_use]
    pub fn preset(&self) -> Preset {
        self.preset
    }

    /// Its name in links.
    #[must_use]
    pub fn preset_name(&self) -> String {
        word_of(&PRESETS, self.preset)
    }

    /// What is trained.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The seed of a single run, the first of the others.
    #[must_use]
    pub fn seed(&self) -> u64 {
        u64::from(self.seed)
    }

    /// All seeds.
    #[must_use]
    pub fn seeds(&self) -> Range<u64> {
        self.seed()..self.seed() + u64::from(self.seeds)
    }

    /// What is shown.
    #[must_use]
    pub fn show(&self) -> Show {
        self.show
    }

    /// How losses are measured along their axis.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// When training starts.
    #[must_use]
    pub fn start(&self) -> Start {
        self.start
    }

    /// Whether both train the same, however they show it.
    #[must_use]
    pub fn trains_as(&self, other: &Self) -> bool {
        (self.plan, self.seeds()) == (other.plan, other.seeds())
    }
}

/// A whole number of the plan.
macro_rules! plan_whole {
    ($name:literal, $range:expr, $($field:ident).+) => {
        Entry {
            name: $name,
            allowed: || wholes(&$range),
            read: |s| s.plan.$($field).+.to_string(),
            write: |s, text| {
                s.plan.$($field).+ = whole(text, &$range)?;
                Some(())
            },
        }
    };
}

/// Any other number of the plan.
macro_rules! plan_number {
    ($name:literal, $range:expr, $($field:ident).+) => {
        Entry {
            name: $name,
            allowed: || numbers(&$range),
            read: |s| s.plan.$($field).+.to_string(),
            write: |s, text| {
                s.plan.$($field).+ = number(text, &$range)?;
                Some(())
            },
        }
    };
}

fn numbers(range: &RangeInclusive<f64>) -> String {
    format!("numbers from {} to {}", range.start(), range.end())
}

impl Fields for Settings {
    const TABLE: &'static [Entry<Self>] = &[
        Entry {
            name: "preset",
            allowed: || words(&PRESETS),
            read: |s| word_of(&PRESETS, s.preset),
            // Brings all of its values but p; a link names it before those that differ.
            write: |s, text| {
                s.preset = word(&PRESETS, text)?;
                let p = s.plan.p;
                s.plan = Plan {
                    p,
                    ..s.preset.plan()
                };
                Some(())
            },
        },
        Entry {
            name: "show",
            allowed: || words(&SHOWN),
            read: |s| word_of(&SHOWN, s.show),
            write: |s, text| {
                s.show = word(&SHOWN, text)?;
                Some(())
            },
        },
        Entry {
            name: "p",
            allowed: || numbers(&UNIT),
            read: |s| s.plan.p.p().to_string(),
            write: |s, text| {
                s.plan.p = DropProbability::new(number(text, &UNIT)?).ok()?;
                Some(())
            },
        },
        plan_number!("noise", NOISE, noise),
        plan_whole!("train", SAMPLES, train),
        plan_whole!("hidden", HIDDEN_FEATURES, hidden),
        plan_whole!("batch", SAMPLES, batch),
        plan_number!("lr", LEARNING_RATE, sgd.lr),
        plan_number!("momentum", UNIT, sgd.momentum),
        plan_number!("weight_decay", UNIT, sgd.weight_decay),
        plan_whole!("steps", STEPS, steps),
        Entry {
            name: "seeds",
            allowed: || wholes(&SEEDS),
            read: |s| s.seeds.to_string(),
            write: |s, text| {
                s.seeds = whole(text, &SEEDS)?;
                Some(())
            },
        },
        Entry {
            name: "scale",
            allowed: || words(&SCALES),
            read: |s| word_of(&SCALES, s.scale),
            write: |s, text| {
                s.scale = word(&SCALES, text)?;
                Some(())
            },
        },
        Entry {
            name: "start",
            allowed: || words(&STARTS),
            read: |s| word_of(&STARTS, s.start),
            write: |s, text| {
                s.start = word(&STARTS, text)?;
                Some(())
            },
        },
        Entry {
            name: "seed",
            allowed: || wholes(&SEED),
            read: |s| s.seed.to_string(),
            write: |s, text| {
                s.seed = whole(text, &SEED)?;
                Some(())
            },
        },
    ];

    /// A preset's own values are its defaults.
    fn changed(&self) -> Vec<(&'static str, String)> {
        let (usual, preset) = (Self::default(), Self::of(self.preset));
        let differs = |entry: &&Entry<Self>| {
            let default = if entry.name == "preset" {
                &usual
            } else {
                &preset
            };
            (entry.read)(self) != (entry.read)(default)
        };
        let table = Self::TABLE.iter().filter(differs);
        table
            .map(|entry| (entry.name, (entry.read)(self)))
            .collect()
    }
}

/// Training steps whose losses the script prints.
pub const FIRST: u32 = 3;

/// What is known before anything is trained: the settings, and the first losses.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What is trained.
    pub settings: Settings,
    /// What the training loop sees in its first [`FIRST`] steps, without dropout and with it.
    pub first: [Vec<f32>; 2],
}

impl Trace {
    /// Takes the first steps.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let plan = settings.plan();
        let duel = Duel::new(plan, settings.seed(), 1);
        let losses = |run: &Run| {
            let mut run = run.clone();
            let mut loss = || {
                run.advance(1);
                run.pass().loss
            };
            (0..FIRST.min(plan.steps)).map(|_| loss()).collect()
        };
        Self {
            settings: settings.clone(),
            first: [duel.without.run(), duel.with.run()].map(losses),
        }
    }
}
