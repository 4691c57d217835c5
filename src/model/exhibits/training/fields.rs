//! Names, values and ranges of what is trained and how it is shown.

use std::ops::RangeInclusive;

use super::{
    DECAY, NOISE, PASSES, Panel, SAMPLES, SEED, SEEDS, STEPS, Scale, Settings, Show, Start,
};
use crate::model::exhibits::fields::{Entry, Fields, choice, count};
use crate::model::field::{
    HIDDEN_FEATURES, LEARNING_RATE, UNIT, Words, number, word, word_of, words,
};
use crate::model::proof::race::{Against, Kind, Method, Plan, Preset};
use crate::nn::DropProbability;

const PRESETS: Words<Preset, 4> = [
    ("helps", Preset::Helps),
    ("hurts", Preset::Hurts),
    ("trap", Preset::Trap),
    ("moons", Preset::Moons),
];
const METHODS: Words<Method, 3> = [
    ("sgd", Method::Sgd),
    ("adam", Method::Adam),
    ("adamw", Method::AdamW),
];
const RIVALS: Words<Against, 2> = [
    ("nothing", Against::Nothing),
    ("weight_decay", Against::WeightDecay),
];
const SHOWN: Words<Show, 3> = [
    ("run", Show::Run),
    ("race", Show::Race),
    ("sweep", Show::Sweep),
];
const PANELS: Words<Panel, 2> = [("fit", Panel::Fit), ("lanes", Panel::Lanes)];
const SCALES: Words<Scale, 2> = [("log", Scale::Log), ("linear", Scale::Linear)];
const KERNELS: Words<Kind, 2> = [("fast", Kind::Fast), ("exact", Kind::Exact)];
const STARTS: Words<Start, 2> = [("asked", Start::Asked), ("at_once", Start::AtOnce)];

/// A number of the plan.
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
    t!("numbers from {} to {}", range.start(), range.end())
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
        choice!("show", SHOWN, show),
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
        count!("train", SAMPLES, plan.train),
        count!("hidden", HIDDEN_FEATURES, plan.hidden),
        count!("batch", SAMPLES, plan.batch),
        Entry {
            name: "optimizer",
            allowed: || words(&METHODS),
            read: |s| word_of(&METHODS, s.plan.method),
            write: |s, text| {
                let method = word(&METHODS, text)?;
                s.with_its_own(|plan| plan.method = method);
                Some(())
            },
        },
        Entry {
            name: "against",
            allowed: || words(&RIVALS),
            read: |s| word_of(&RIVALS, s.plan.against),
            write: |s, text| {
                let against = word(&RIVALS, text)?;
                s.with_its_own(|plan| plan.against = against);
                Some(())
            },
        },
        plan_number!("lr", LEARNING_RATE, lr),
        plan_number!("momentum", UNIT, momentum),
        plan_number!("weight_decay", DECAY, weight_decay),
        count!("steps", STEPS, plan.steps),
        count!("seeds", SEEDS, seeds),
        choice!("panel", PANELS, panel),
        count!("passes", PASSES, passes),
        choice!("scale", SCALES, scale),
        choice!("start", STARTS, start),
        choice!("kernel", KERNELS, kernel),
        count!("seed", SEED, seed),
    ];

    /// The defaults are the preset's values for the optimiser and the rival there are.
    fn changed(&self) -> Vec<(&'static str, String)> {
        let (first, preset) = (Self::default(), Self::of(self.preset));
        let own = Self {
            plan: self.usual(),
            ..preset.clone()
        };
        let differs = |entry: &&Entry<Self>| {
            let default = match entry.name {
                "preset" => &first,
                "optimizer" | "against" => &preset,
                _ => &own,
            };
            (entry.read)(self) != (entry.read)(default)
        };
        let table = Self::TABLE.iter().filter(differs);
        table
            .map(|entry| (entry.name, (entry.read)(self)))
            .collect()
    }
}
