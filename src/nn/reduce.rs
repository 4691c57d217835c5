//! Sums and means in PyTorch's order of addition, which is the same on all its CPU builds: runs of
//! 16 or more are added up level by level, which keeps rounding errors small.
//!
//! # Source
//! `aten/src/ATen/native/cpu/SumKernel.cpp`.

use std::ops::{Add, AddAssign};

use wide::f32x4;

/// `tensor.sum()` of contiguous numbers, or of a row of them.
///
/// ```
/// assert_eq!(dropout_nn::reduce::sum(&[1.0, 2.0, 3.0]), 6.0);
/// ```
#[must_use]
pub fn sum(values: &[f32]) -> f32 {
    sum_by(values.len(), |i| values[i])
}

/// `tensor.mean()`: the sum over the count; NaN for no numbers.
#[must_use]
pub fn mean(values: &[f32]) -> f32 {
    mean_by(values.len(), |i| values[i])
}

/// The mean of `value(0), ..., value(count - 1)`.
pub(super) fn mean_by(count: usize, value: impl Fn(usize) -> f32) -> f32 {
    #[allow(
        clippy::cast_precision_loss,
        reason = "torch divides by the rounded count as well"
    )]
    let divisor = count as f32;
    sum_by(count, value) / divisor
}

/// `matrix.sum(0)` of a matrix with as many columns as `out` is long.
///
/// # Shapes
/// `matrix` `[rows, columns]`, `out` `[columns]`.
pub fn sum_dim0(matrix: &[f32], out: &mut [f32]) {
    let columns = out.len();
    if columns == 1 {
        out[0] = sum(matrix);
        return;
    }
    let rows = matrix.len().checked_div(columns).unwrap_or(0);
    // Whole vectors of columns are added straight down, the columns beyond them four rows at a
    // time.
    let vector = if columns >= 8 { 32 } else { 4 };
    let straight = columns / vector * vector;
    let (fours, rest) = out.as_chunks_mut::<4>();
    for (column, out) in (0..).step_by(4).zip(&mut *fours) {
        let line = |row: usize| &matrix[row * columns + column..];
        let value = |row| f32x4::new(*line(row).first_chunk().unwrap_or(&[0.0; 4]));
        let sums = if column < straight {
            cascade((0..rows).map(value))
        } else {
            four(rows, value)
        };
        *out = sums.to_array();
    }
    for (column, out) in (4 * fours.len()..).zip(rest) {
        *out = four(rows, |row| matrix[row * columns + column]);
    }
}

fn sum_by(count: usize, value: impl Fn(usize) -> f32) -> f32 {
    const LANES: usize = 8;
    if count < LANES {
        return four(count, value);
    }
    let rows = count / LANES;
    let left_over = (rows * LANES..count)
        .map(&value)
        .fold(0.0, |sum, x| sum + x);
    (0..LANES)
        .map(|lane| four(rows, |row| value(row * LANES + lane)))
        .fold(left_over, |sum, lane| sum + lane)
}

/// One `f32`, or four side by side.
trait Number: Copy + Add<Output = Self> + AddAssign {
    const ZERO: Self;
}

impl Number for f32 {
    const ZERO: Self = 0.0;
}

impl Number for f32x4 {
    const ZERO: Self = Self::ZERO;
}

/// Four interleaved cascades; what does not fill a round of four goes to the first.
fn four<T: Number>(count: usize, value: impl Fn(usize) -> T) -> T {
    let rounds = count / 4;
    let sums: [T; 4] =
        std::array::from_fn(|k| cascade((0..rounds).map(|round| value(round * 4 + k))));
    let first = (rounds * 4..count)
        .map(&value)
        .fold(sums[0], |sum, x| sum + x);
    ((first + sums[1]) + sums[2]) + sums[3]
}

/// Four levels: a level that has taken 2^bits sums of the one below hands its own upwards and
/// starts again.
fn cascade<T: Number>(values: impl ExactSizeIterator<Item = T>) -> T {
    let bits = (ceil_log2(values.len()) / 4).max(4);
    let mut levels = [T::ZERO; 4];
    for (taken, value) in (1_usize..).zip(values) {
        levels[0] += value;
        for level in 1..4 {
            if taken.trailing_zeros() < bits * level {
                break;
            }
            levels[level as usize] += levels[level as usize - 1];
            levels[level as usize - 1] = T::ZERO;
        }
    }
    ((levels[0] + levels[1]) + levels[2]) + levels[3]
}

fn ceil_log2(n: usize) -> u32 {
    n.checked_next_power_of_two()
        .map_or(usize::BITS, usize::trailing_zeros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_nothing_is_zero_and_its_mean_is_not_a_number() {
        assert_eq!(sum(&[]).to_bits(), 0);
        assert!(mean(&[]).is_nan());
        let mut sums = [1.0; 3];
        sum_dim0(&[], &mut sums);
        assert_eq!(sums, [0.0; 3]);
    }

    #[test]
    fn infinities_and_nan_reach_the_sum() {
        let mut values = [1.0; 40];
        values[17] = f32::INFINITY;
        assert_eq!(sum(&values).to_bits(), f32::INFINITY.to_bits());
        values[3] = f32::NEG_INFINITY;
        assert!(sum(&values).is_nan());
    }

    #[test]
    fn a_million_tenths_keep_six_digits() {
        // Added one by one they come to 100958.34.
        assert!((sum(&vec![0.1; 1_000_000]) - 100_000.0).abs() < 0.1);
    }
}
