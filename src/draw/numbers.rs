//! Numbers inside cells: with as many decimals as fit, in the colour that can be read on the cell.

use plotters::style::RGBColor;

use super::Palette;
use super::layout::at;

/// Width of a digit at the size of numbers in cells.
const DIGIT: f64 = 5.6;
/// Size of numbers in cells.
pub(super) const SIZE: f64 = 10.0;

/// How the numbers of a heatmap are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimals(usize);

impl Decimals {
    /// The most decimals, at most PyTorch's four, with which every number fits into `width`; none
    /// at all if whole numbers do not fit either, and none needed where all are whole.
    pub(super) fn fitting(values: &[f32], width: f64) -> Option<Self> {
        if width < DIGIT {
            return None;
        }
        let whole = values.iter().all(|v| !v.is_finite() || v.fract() == 0.0);
        let choices: &[usize] = if whole { &[0] } else { &[4, 2, 1] };
        let fits = |decimals: &&usize| {
            let long = values
                .iter()
                .map(|v| Self(**decimals).text(*v).chars().count())
                .max();
            at(long.unwrap_or(0)) * DIGIT + 2.0 <= width
        };
        choices.iter().find(fits).map(|decimals| Self(*decimals))
    }

    /// A number with a true minus sign, also before a zero, as PyTorch prints it.
    pub(super) fn text(self, value: f32) -> String {
        let Self(decimals) = self;
        if value.is_nan() {
            return "nan".to_owned();
        }
        crate::lang::decimals(value, decimals)
    }
}

/// Ink or paper, whichever is told better from `behind`.
pub(super) fn readable(palette: &Palette, behind: RGBColor) -> RGBColor {
    let light = |RGBColor(r, g, b): RGBColor| {
        0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b)
    };
    let distance = |color| (light(color) - light(behind)).abs();
    if distance(palette.ink) >= distance(palette.paper) {
        palette.ink
    } else {
        palette.paper
    }
}
