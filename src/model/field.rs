//! One table of the settings' names, values and ranges.
//! The link, the controls and the embed API all read and write settings through it.

use std::fmt;

use super::Settings;
use crate::nn::{BernoulliPath, DropProbability, DropoutStyle, Mode};

/// Name and range of a setting that is a number.
pub(crate) type Range<T> = std::ops::RangeInclusive<T>;

/// Samples in a batch.
pub const BATCH: Range<u32> = 1..=128;
/// Inputs of fc1.
pub const IN_FEATURES: Range<u32> = 1..=32;
/// Units of the hidden layer.
pub const HIDDEN_FEATURES: Range<u32> = 1..=256;
/// Training steps taken before the one looked at.
pub const STEP: Range<u32> = 0..=1000;
/// Learning rate.
pub const LEARNING_RATE: Range<f64> = 0.0..=100.0;
/// Momentum, dampening and weight decay.
pub const UNIT: Range<f64> = 0.0..=1.0;

/// A setting, named as in the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Probability that a unit is zeroed.
    P,
    /// Train or eval.
    Mode,
    /// What `torch.manual_seed` gets.
    Seed,
    /// Samples in the batch.
    Batch,
    /// Inputs of fc1.
    In,
    /// Units of the hidden layer.
    Hidden,
    /// Learning rate.
    Lr,
    /// Momentum of SGD.
    Momentum,
    /// Dampening of SGD's momentum.
    Dampening,
    /// Weight decay of SGD.
    WeightDecay,
    /// Nesterov momentum.
    Nesterov,
    /// Gradient ascent.
    Maximize,
    /// Whose dropout.
    Dropout,
    /// Which of torch's two ways of drawing coins.
    Bernoulli,
    /// Training steps taken before the one looked at.
    Step,
    /// Extra forward passes.
    Again,
}

impl Field {
    /// Every setting, in the order in which links write them.
    pub const ALL: [Self; 16] = [
        Self::P,
        Self::Mode,
        Self::Seed,
        Self::Batch,
        Self::In,
        Self::Hidden,
        Self::Lr,
        Self::Momentum,
        Self::Dampening,
        Self::WeightDecay,
        Self::Nesterov,
        Self::Maximize,
        Self::Dropout,
        Self::Bernoulli,
        Self::Step,
        Self::Again,
    ];

    /// The name in links and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P => "p",
            Self::Mode => "mode",
            Self::Seed => "seed",
            Self::Batch => "batch",
            Self::In => "in",
            Self::Hidden => "hidden",
            Self::Lr => "lr",
            Self::Momentum => "momentum",
            Self::Dampening => "dampening",
            Self::WeightDecay => "weight_decay",
            Self::Nesterov => "nesterov",
            Self::Maximize => "maximize",
            Self::Dropout => "dropout",
            Self::Bernoulli => "bernoulli",
            Self::Step => "step",
            Self::Again => "again",
        }
    }

    /// The setting of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// The values allowed, in words.
    #[must_use]
    pub fn allowed(self) -> String {
        let whole =
            |range: Range<u32>| t!("whole numbers from {} to {}", range.start(), range.end());
        let number = |range: Range<f64>| t!("numbers from {} to {}", range.start(), range.end());
        match self {
            Self::P | Self::Momentum | Self::Dampening | Self::WeightDecay => number(UNIT),
            Self::Seed => t!("whole numbers from 0 to {}", u64::MAX),
            Self::Batch => whole(BATCH),
            Self::In => whole(IN_FEATURES),
            Self::Hidden => whole(HIDDEN_FEATURES),
            Self::Lr => number(LEARNING_RATE),
            Self::Step => whole(STEP),
            Self::Mode => words(&MODES),
            Self::Nesterov | Self::Maximize => words(&SWITCH),
            Self::Dropout => words(&STYLES),
            Self::Bernoulli => words(&PATHS),
            Self::Again => t!(
                "step:passes, at most {} passes in all",
                super::again::MAX_PASSES
            ),
        }
    }

    /// The setting's value as a link writes it.
    #[must_use]
    pub fn read(self, settings: &Settings) -> String {
        let s = settings;
        match self {
            Self::P => s.p.p().to_string(),
            Self::Mode => word_of(&MODES, s.mode),
            Self::Seed => s.seed.to_string(),
            Self::Batch => s.batch.to_string(),
            Self::In => s.in_features.to_string(),
            Self::Hidden => s.hidden_features.to_string(),
            Self::Lr => s.sgd.lr.to_string(),
            Self::Momentum => s.sgd.momentum.to_string(),
            Self::Dampening => s.sgd.dampening.to_string(),
            Self::WeightDecay => s.sgd.weight_decay.to_string(),
            Self::Nesterov => word_of(&SWITCH, s.sgd.nesterov),
            Self::Maximize => word_of(&SWITCH, s.sgd.maximize),
            Self::Dropout => word_of(&STYLES, s.dropout_style),
            Self::Bernoulli => word_of(&PATHS, s.bernoulli_path),
            Self::Step => s.step.to_string(),
            Self::Again => s.again.to_string(),
        }
    }

    /// Writes what `text` says into `settings`; on an error they are half changed, so only
    /// [`Settings::set`] calls it, on a copy.
    pub(super) fn write(self, settings: &mut Settings, text: &str) -> Result<(), FieldError> {
        let s = &mut *settings;
        let refuse = || FieldError::new(self, text, self.allowed());
        match self {
            Self::P => {
                let p = number(text, &UNIT).ok_or_else(refuse)?;
                s.p = DropProbability::new(p).map_err(|_| refuse())?;
            }
            Self::Mode => s.mode = word(&MODES, text).ok_or_else(refuse)?,
            Self::Seed => s.seed = text.parse().map_err(|_| refuse())?,
            Self::Batch => s.batch = whole(text, &BATCH).ok_or_else(refuse)?,
            Self::In => s.in_features = whole(text, &IN_FEATURES).ok_or_else(refuse)?,
            Self::Hidden => s.hidden_features = whole(text, &HIDDEN_FEATURES).ok_or_else(refuse)?,
            Self::Lr => s.sgd.lr = number(text, &LEARNING_RATE).ok_or_else(refuse)?,
            Self::Momentum => s.sgd.momentum = number(text, &UNIT).ok_or_else(refuse)?,
            Self::Dampening => s.sgd.dampening = number(text, &UNIT).ok_or_else(refuse)?,
            Self::WeightDecay => s.sgd.weight_decay = number(text, &UNIT).ok_or_else(refuse)?,
            Self::Nesterov => s.sgd.nesterov = word(&SWITCH, text).ok_or_else(refuse)?,
            Self::Maximize => s.sgd.maximize = word(&SWITCH, text).ok_or_else(refuse)?,
            Self::Dropout => s.dropout_style = word(&STYLES, text).ok_or_else(refuse)?,
            Self::Bernoulli => s.bernoulli_path = word(&PATHS, text).ok_or_else(refuse)?,
            Self::Step => s.step = whole(text, &STEP).ok_or_else(refuse)?,
            Self::Again => s.again = text.parse().map_err(|_| refuse())?,
        }
        if s.sgd.nesterov && (s.sgd.momentum == 0.0 || s.sgd.dampening != 0.0) {
            let allowed = t!("Nesterov momentum requires a momentum and zero dampening");
            return Err(FieldError::new(self, text, allowed.to_owned()));
        }
        Ok(())
    }
}

/// Words of a link and what they stand for.
pub(crate) type Words<T, const N: usize> = [(&'static str, T); N];

pub(super) const MODES: Words<Mode, 2> = [("train", Mode::Train), ("eval", Mode::Eval)];
pub(crate) const SWITCH: Words<bool, 2> = [("off", false), ("on", true)];
pub(super) const STYLES: Words<DropoutStyle, 3> = [
    ("nn", DropoutStyle::Module),
    ("bernoulli", DropoutStyle::BernoulliFull),
    ("rand", DropoutStyle::RandGreater),
];
pub(crate) const PATHS: Words<BernoulliPath, 2> = [
    ("mt19937", BernoulliPath::Mt19937),
    ("mcg31", BernoulliPath::Mcg31),
];

pub(crate) fn words<T, const N: usize>(table: &Words<T, N>) -> String {
    table
        .iter()
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .join(t!(" or "))
}

pub(crate) fn word<T: Copy, const N: usize>(table: &Words<T, N>, text: &str) -> Option<T> {
    table
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, value)| *value)
}

pub(crate) fn word_of<T: Copy + PartialEq, const N: usize>(
    table: &Words<T, N>,
    value: T,
) -> String {
    table
        .iter()
        .find(|(_, v)| *v == value)
        .map_or("", |(name, _)| name)
        .to_owned()
}

pub(crate) fn whole(text: &str, range: &Range<u32>) -> Option<u32> {
    text.parse().ok().filter(|value| range.contains(value))
}

/// A number in `range`; `-0` is taken as 0, so that it can't reach a printed script.
pub(crate) fn number(text: &str, range: &Range<f64>) -> Option<f64> {
    let value: f64 = text.parse().ok()?;
    range.contains(&value).then_some(value + 0.0)
}

/// A value that a setting can't have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The setting's name.
    pub field: &'static str,
    /// What it was to be, cut after 40 characters.
    pub value: String,
    /// What is allowed.
    pub allowed: String,
}

impl FieldError {
    pub(crate) fn new(field: Field, value: &str, allowed: String) -> Self {
        Self::named(field.name(), value, allowed)
    }

    /// The same for a name that is not a [`Field`]'s.
    #[must_use]
    pub fn named(field: &'static str, value: &str, allowed: String) -> Self {
        let mut short: String = value.chars().take(40).collect();
        if short.len() < value.len() {
            short.push('…');
        }
        Self {
            field,
            value: short,
            allowed,
        }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            value,
            allowed,
        } = self;
        f.write_str(&if value.is_empty() {
            t!("{field} is empty; allowed: {allowed}")
        } else {
            t!("{field} = {value} is not possible; allowed: {allowed}")
        })
    }
}

impl std::error::Error for FieldError {}
