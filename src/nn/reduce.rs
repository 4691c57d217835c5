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
    let four_at = |column: usize| {
        let value = |row: usize| {
            let line = &matrix[row * columns + column..];
            f32x4::new(*line.first_chunk().unwrap_or(&[0.0; 4]))
        };
        if column < straight {
            let [sums] = cascade(rows, |row| [value(row)]);
            sums
        } else {
            four(rows, value)
        }
    };
    let (fours, rest) = out.as_chunks_mut::<4>();
    for (n, out) in fours.iter_mut().enumerate() {
        *out = four_at(4 * n).to_array();
    }
    if rest.is_empty() {
        return;
    }
    if let Some(last) = columns.checked_sub(4).filter(|last| *last >= straight) {
        // Some of these were added up before, in the same order.
        if let Some(out) = out.last_chunk_mut() {
            *out = four_at(last).to_array();
        }
    } else {
        for (column, out) in out.iter_mut().enumerate().skip(straight) {
            *out = four(rows, |row| matrix[row * columns + column]);
        }
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
    let sums: [T; 4] = cascade(rounds, |round| {
        std::array::from_fn(|k| value(round * 4 + k))
    });
    let first = (rounds * 4..count)
        .map(value)
        .fold(sums[0], |sum, x| sum + x);
    ((first + sums[1]) + sums[2]) + sums[3]
}

/// `N` sums side by side, in four levels: a level that has taken 2^bits sums of the one below hands its own upwards
/// and starts again.
fn cascade<const N: usize, T: Number>(count: usize, values: impl Fn(usize) -> [T; N]) -> [T; N] {
    let bits = (ceil_log2(count) / 4).max(4);
    let mut levels = [[T::ZERO; N]; 4];
    for n in 0..count {
        add(&mut levels[0], values(n));
        for level in 1..4 {
            if (n + 1).trailing_zeros() < bits * level {
                break;
            }
            let level = level as usize;
            let below = std::mem::replace(&mut levels[level - 1], [T::ZERO; N]);
            add(&mut levels[level], below);
        }
    }
    let mut sums = [T::ZERO; N];
    for level in levels {
        add(&mut sums, level);
    }
    sums
}

#[inline]
fn add<const N: usize, T: Number>(sums: &mut [T; N], more: [T; N]) {
    for (sum, x) in sums.iter_mut().zip(more) {
        *sum += x;
    }
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
