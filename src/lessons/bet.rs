//! Bets: what can be bet, what was bet, and how near it came.

use super::Truth;
use crate::lang;
use crate::model::FieldError;

/// What can be bet.
#[derive(Clone, Copy, Debug)]
pub enum Bet {
    /// One of several answers.
    Choice(&'static [Choice]),
    /// A number, typed.
    Number(Scale),
    /// A number, by a marker on the picture.
    Marker(Scale),
}

/// An answer that can be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The answer.
    pub text: &'static str,
    /// What separates this bet from what is so; of the right answer, what it rests on.
    pub gap: &'static str,
}

/// The numbers that can be bet.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
    /// The unit, written after the number: "%", " coins", or nothing.
    pub unit: &'static str,
    /// A bet this far from the answer, or less, is right.
    pub near: f64,
}

/// What was bet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Placed {
    /// The choice of that number, from 0.
    Choice(usize),
    /// A number.
    Number(f64),
}

/// What would have been the right bet.
pub type Answer = Placed;

/// How near a bet came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was right.
    Right,
    /// It was not.
    Off,
}

impl Placed {
    /// The choice whose number is nearest to `value`; `numbers` are those of the choices, in their order.
    #[must_use]
    pub fn nearest(numbers: &[f64], value: f64) -> Self {
        let distance = |k: &usize| (numbers[*k] - value).abs();
        let nearer = |a: &usize, b: &usize| distance(a).total_cmp(&distance(b));
        Self::Choice((0..numbers.len()).min_by(nearer).unwrap_or(0))
    }
}

impl Bet {
    /// Reads a bet: the number of a choice, or a number on the scale.
    ///
    /// # Errors
    /// There is none, or the value and the range allowed.
    pub fn read(&self, text: &str) -> Result<Placed, FieldError> {
        let text = text.trim();
        match self {
            Self::Choice(choices) => {
                let choice = text.parse().ok().filter(|k| *k < choices.len());
                let allowed = || t!("one of the answers").to_owned();
                choice
                    .map(Placed::Choice)
                    .ok_or_else(|| FieldError::named("bet", text, allowed()))
            }
            Self::Number(scale) | Self::Marker(scale) => scale.read(text),
        }
    }

    /// What separates a bet from the answer, beyond what the step says to everyone.
    #[must_use]
    pub fn gap(&self, placed: Placed) -> Option<&'static str> {
        match (self, placed) {
            (Self::Choice(choices), Placed::Choice(k)) => choices.get(k).map(|choice| choice.gap),
            _ => None,
        }
    }

    /// Whether a bet was right.
    #[must_use]
    pub fn verdict(&self, placed: Placed, truth: &Truth) -> Verdict {
        let right = match (self, placed, truth.answer) {
            (
                Self::Number(scale) | Self::Marker(scale),
                Placed::Number(bet),
                Placed::Number(is),
            ) => (bet - is).abs() <= scale.near,
            (_, bet, is) => bet == is,
        };
        if right { Verdict::Right } else { Verdict::Off }
    }
}

impl Scale {
    fn read(&self, text: &str) -> Result<Placed, FieldError> {
        let number = text.trim_end_matches(self.unit.trim()).trim_end();
        // A decimal comma is what half the world writes; a true minus sign is what the page writes.
        let number = number.replace(',', ".").replace('−', "-");
        let number = number.parse().ok();
        let unit = lang::text(self.unit);
        let allowed = || t!("numbers from {} to {}{unit}", self.low, self.high);
        number
            .filter(|x| (self.low..=self.high).contains(x))
            .map(Placed::Number)
            .ok_or_else(|| FieldError::named("bet", text, allowed()))
    }
}
