//! Matrix products, every element one chain of fused multiply-adds over the inner index in
//! ascending order, from 0.
//!
//! `DIFFERENCE:` PyTorch leaves the order of summation to a library that chooses it by shape and by
//! CPU, so its last digits differ between machines. This order is the same everywhere, and of all
//! simple orders the nearest to what PyTorch gives on common CPUs.
use super::fma::accumulate;

/// `out = left right` with left `[rows, inner]`, right `[inner, columns]`, out `[rows, columns]`.
pub fn product(left: &[f32], right: &[f32], inner: usize, columns: usize, out: &mut [f32]) {
    let left = Left {
        data: left,
        row: inner,
        inner: 1,
    };
    fill(&left, right, columns, out);
}

/// `out = left^T right` with left `[inner, rows]`, right `[inner, columns]`, out `[rows, columns]`.
pub fn transposed_product(
    left: &[f32],
    right: &[f32],
    rows: usize,
    columns: usize,
    out: &mut [f32],
) {
    let left = Left {
        data: left,
        row: 1,
        inner: rows,
    };
    fill(&left, right, columns, out);
}

/// `out = matrix^T` with matrix `[rows, columns]`, out `[columns, rows]`.
pub fn transpose(matrix: &[f32], columns: usize, out: &mut [f32]) {
    let rows = matrix.len().checked_div(columns).unwrap_or(0);
    for (column, out) in out.chunks_exact_mut(rows.max(1)).enumerate() {
        for (out, row) in out.iter_mut().zip(matrix.chunks_exact(columns)) {
            *out = row[column];
        }
    }
}

/// The left factor with the strides of its two indices.
struct Left<'a> {
    data: &'a [f32],
    row: usize,
    inner: usize,
}

impl Left<'_> {
    fn at(&self, row: usize, inner: usize) -> f32 {
        self.data[row * self.row + inner * self.inner]
    }
}

/// Columns in bands, so that the accumulators are neighbours in memory; where there are too few of
/// them for a band, rows in stacks.
fn fill(left: &Left, right: &[f32], columns: usize, out: &mut [f32]) {
    let mut column = 0;
    column = bands::<16>(left, right, columns, column, out);
    column = bands::<8>(left, right, columns, column, out);
    column = bands::<4>(left, right, columns, column, out);
    if column < columns && columns >= 4 {
        // The last columns, together with some that are computed already.
        bands::<4>(left, right, columns, columns - 4, out);
    } else {
        for column in column..columns {
            let row = stacks::<8>(left, right, columns, column, 0, out);
            stacks::<1>(left, right, columns, column, row, out);
        }
    }
}

/// Bands of `N` columns from `column` on; returns the first column left over.
fn bands<const N: usize>(
    left: &Left,
    right: &[f32],
    columns: usize,
    column: usize,
    out: &mut [f32],
) -> usize {
    let end = column + (columns - column) / N * N;
    for column in (column..end).step_by(N) {
        for (row, out) in out.chunks_exact_mut(columns).enumerate() {
            let mut sums = [0.0; N];
            let left = left.data.iter().skip(row * left.row).step_by(left.inner);
            for (left, right) in left.zip(right.chunks_exact(columns)) {
                if let Some(right) = right[column..].first_chunk() {
                    accumulate(*left, right, &mut sums);
                }
            }
            out[column..column + N].copy_from_slice(&sums);
        }
    }
    end
}

/// Stacks of `N` rows of one column from `row` on; returns the first row left over.
fn stacks<const N: usize>(
    left: &Left,
    right: &[f32],
    columns: usize,
    column: usize,
    row: usize,
    out: &mut [f32],
) -> usize {
    let rows = out.len() / columns;
    let end = row + (rows - row) / N * N;
    for row in (row..end).step_by(N) {
        let mut sums = [0.0; N];
        for (k, right) in right.chunks_exact(columns).enumerate() {
            let left = std::array::from_fn(|lane| left.at(row + lane, k));
            accumulate(right[column], &left, &mut sums);
        }
        for (lane, sum) in sums.into_iter().enumerate() {
            out[(row + lane) * columns + column] = sum;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::fma::fma32;
    use crate::nn::{Generator, sample};

    #[test]
    fn every_shape_sums_in_ascending_order_of_the_inner_index() {
        let mut g = Generator::new(3);
        for (rows, inner, columns) in [
            (1, 1, 1),
            (15, 5, 10),
            (9, 7, 23),
            (3, 0, 2),
            (0, 2, 3),
            (8, 33, 1),
            (17, 2, 5),
        ] {
            let (mut left, mut right) = (vec![0.0; rows * inner], vec![0.0; inner * columns]);
            sample::randn(&mut g, &mut left);
            sample::randn(&mut g, &mut right);
            let expected: Vec<f32> = (0..rows * columns)
                .map(|i| {
                    let (row, column) = (i / columns, i % columns);
                    (0..inner).fold(0.0, |sum, k| {
                        fma32(left[row * inner + k], right[k * columns + column], sum)
                    })
                })
                .collect();
            let mut out = vec![f32::NAN; rows * columns];
            product(&left, &right, inner, columns, &mut out);
            assert_eq!(out, expected);

            let mut across = vec![0.0; left.len()];
            transpose(&left, inner, &mut across);
            transposed_product(&across, &right, rows, columns, &mut out);
            assert_eq!(out, expected);
        }
    }
}
