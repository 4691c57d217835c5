//! How the elements of one tensor are written: the notation and the width they share.

use std::fmt::{self, Write};

use super::{Values, python_bool};
use crate::nn::number::with_signed_exponent;

/// The notation that all elements of a tensor share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notation {
    /// Four decimals: `0.7648`.
    Fixed,
    /// Floats that are all whole numbers: `2.`.
    Whole,
    /// Four decimals and an exponent: `7.6480e-01`.
    Scientific,
}

/// Notation and width, chosen once for a tensor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    notation: Notation,
    width: usize,
}

impl Style {
    /// Chooses by the elements that will be shown; `sci_mode` overrules them on powers of ten.
    ///
    /// Zeros, infinities and NaN have no say for floats, so that they may stick out of their column.
    ///
    /// # Source
    /// `_Formatter` in `torch/_tensor_str.py`.
    pub(super) fn of(
        values: Values,
        shown: impl Iterator<Item = usize>,
        sci_mode: Option<bool>,
    ) -> Self {
        match values {
            Values::F32(v) => Self::of_floats(shown.map(|i| f64::from(v[i])), sci_mode),
            Values::F64(v) => Self::of_floats(shown.map(|i| v[i]), sci_mode),
            Values::I64(v) => Self::of_widths(shown.map(|i| v[i].to_string().len())),
            Values::Bool(v) => Self::of_widths(shown.map(|i| python_bool(v[i]).len())),
        }
    }

    fn of_widths(widths: impl Iterator<Item = usize>) -> Self {
        Self {
            notation: Notation::Whole,
            width: widths.max().unwrap_or(1),
        }
    }

    fn of_floats(values: impl Iterator<Item = f64>, sci_mode: Option<bool>) -> Self {
        let mut whole = true;
        let mut positive = Extremes::NONE;
        let mut negative = Extremes::NONE;
        for value in values.filter(|value| value.is_finite() && *value != 0.0) {
            whole &= value.fract() == 0.0;
            let side = if value < 0.0 {
                &mut negative
            } else {
                &mut positive
            };
            side.admit(value);
        }
        let smallest = positive.smallest.abs().min(negative.smallest.abs());
        let largest = positive.largest.abs().max(negative.largest.abs());
        if largest == 0.0 {
            return Self::of_widths(std::iter::empty());
        }
        let uneven = largest / smallest > 1e3 || largest > 1e8 || smallest < 1e-4;
        let notation = if sci_mode.unwrap_or(uneven) {
            Notation::Scientific
        } else if whole {
            Notation::Whole
        } else {
            Notation::Fixed
        };
        let mut style = Self { notation, width: 1 };
        // On either side of zero the text grows with the magnitude, but for a small one's exponent.
        style.width = [positive, negative]
            .iter()
            .filter(|side| side.largest != 0.0)
            .flat_map(|side| [side.smallest, side.largest])
            .map(|value| style.float(value).len())
            .fold(1, usize::max);
        style
    }

    /// How many elements, each with its comma and blank, fit between two columns; one at least.
    pub(super) fn items_between(self, start: usize, end: usize) -> usize {
        (end.saturating_sub(start) / (self.width + 2)).max(1)
    }

    /// Writes element `index` of `values`, padded to the common width.
    pub(super) fn write(self, out: &mut impl Write, values: Values, index: usize) -> fmt::Result {
        let width = self.width;
        match values {
            Values::F32(v) => self.write_float(out, f64::from(v[index])),
            Values::F64(v) => self.write_float(out, v[index]),
            Values::I64(v) => write!(out, "{:>width$}", v[index]),
            Values::Bool(v) => write!(out, "{:>width$}", python_bool(v[index])),
        }
    }

    /// Most numbers of a page are of the first kind: they are written without a text of their own.
    fn write_float(self, out: &mut impl Write, value: f64) -> fmt::Result {
        let width = self.width;
        if self.notation == Notation::Fixed && value.is_finite() {
            return write!(out, "{value:>width$.4}");
        }
        write!(out, "{:>width$}", self.float(value))
    }

    /// The text of one float; the digits are those of the exact binary value, ties to even.
    fn float(self, value: f64) -> String {
        match self.notation {
            _ if value.is_nan() => "nan".to_owned(),
            _ if value.is_infinite() => value.to_string(),
            Notation::Scientific => with_signed_exponent(&format!("{value:.4e}")),
            Notation::Whole => format!("{value:.0}."),
            Notation::Fixed => format!("{value:.4}"),
        }
    }
}

/// The values of one sign that are nearest to zero and farthest from it.
#[derive(Clone, Copy, Debug)]
struct Extremes {
    smallest: f64,
    largest: f64,
}

impl Extremes {
    const NONE: Self = Self {
        smallest: f64::INFINITY,
        largest: 0.0,
    };

    fn admit(&mut self, value: f64) {
        if value.abs() < self.smallest.abs() {
            self.smallest = value;
        }
        if value.abs() > self.largest.abs() {
            self.largest = value;
        }
    }
}
