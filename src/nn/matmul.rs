//! Matrix products, every element one chain of fused multiply-adds over the inner index in
//! ascending order, from 0.
//!
//! `DIFFERENCE:` PyTorch leaves the order of summation to a library that chooses it by shape and by
//! CPU, so its last digits differ between machines. This order is the same everywhere, and of all
//! simple orders the nearest to what PyTorch gives on common CPUs.
use super::fma::{Chains, fma32, moderate};

/// `out = left right` with left `[rows, inner]`, right `[inner, columns]`, out `[rows, columns]`.
pub fn product(left: &[f32], right: &[f32], inner: usize, columns: usize, out: &mut [f32]) {
    if inner == 1 {
        return outer_product(left, right, out);
    }
    let left = Factor {
        data: left,
        lane: inner,
        inner: 1,
    };
    let right = Factor {
        data: right,
        lane: 1,
        inner: columns,
    };
    let rows = out.len().checked_div(columns).unwrap_or(0);
    let product = Product { left, right, inner };
    if columns < 4 {
        // Too narrow for lanes along the columns: along the rows.
        product.transposed().fill(columns, rows, [1, columns], out);
    } else {
        product.fill(rows, columns, [columns, 1], out);
    }
}

/// `out = left^T right` with left `[inner, rows]`, right `[inner, columns]`, out `[rows, columns]`.
pub fn transposed_product(
    left: &[f32],
    right: &[f32],
    rows: usize,
    columns: usize,
    out: &mut [f32],
) {
    let factor = |data, size| Factor {
        data,
        lane: 1,
        inner: size,
    };
    let product = Product {
        left: factor(left, rows),
        right: factor(right, columns),
        inner: left.len().checked_div(rows).unwrap_or(0),
    };
    if rows > columns {
        product.transposed().fill(columns, rows, [1, columns], out);
    } else {
        product.fill(rows, columns, [columns, 1], out);
    }
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

/// Chains of one term: products, added to 0.
fn outer_product(left: &[f32], right: &[f32], out: &mut [f32]) {
    for (out, left) in out.chunks_exact_mut(right.len().max(1)).zip(left) {
        for (out, right) in out.iter_mut().zip(right) {
            *out = left * right + 0.0;
        }
    }
}

/// A factor with the strides of its two indices: the one that the result has too, and the inner.
#[derive(Clone, Copy)]
struct Factor<'a> {
    data: &'a [f32],
    lane: usize,
    inner: usize,
}

impl Factor<'_> {
    #[inline]
    fn at(&self, lane: usize, inner: usize) -> f32 {
        self.data[lane * self.lane + inner * self.inner]
    }

    /// `Q` times four neighbours from `lane` on.
    #[inline]
    fn quads<const Q: usize>(&self, lane: usize, inner: usize) -> [[f32; 4]; Q] {
        let start = lane * self.lane + inner * self.inner;
        if self.lane == 1
            && let Some(quads) = self.data[start..].as_chunks().0.first_chunk()
        {
            *quads
        } else {
            std::array::from_fn(|quad| std::array::from_fn(|i| self.at(lane + 4 * quad + i, inner)))
        }
    }
}

/// Two factors and the size of the index they share.
struct Product<'a> {
    left: Factor<'a>,
    right: Factor<'a>,
    inner: usize,
}

impl Product<'_> {
    /// (left right)^T = right^T left^T, element by element the same sums.
    fn transposed(self) -> Self {
        Self {
            left: self.right,
            right: self.left,
            inner: self.inner,
        }
    }

    /// All elements, their columns side by side in lanes. `strides` are those of row and column.
    ///
    /// The last rows and columns of a block may have elements among them that are computed already.
    fn fill(&self, rows: usize, columns: usize, strides: [usize; 2], out: &mut [f32]) {
        if columns < 4 || !moderate(self.left.data) || !moderate(self.right.data) {
            for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |c| (row, c))) {
                out[row * strides[0] + column * strides[1]] = self.sum(row, column);
            }
            return;
        }
        let mut column = 0;
        while column < columns {
            if columns >= 8 && columns - column > 4 {
                column = column.min(columns - 8);
                self.band::<2>(rows, column, strides, out);
                column += 8;
            } else {
                column = column.min(columns - 4);
                self.band::<1>(rows, column, strides, out);
                column += 4;
            }
        }
    }

    /// `Q` times four columns from `column` on, two rows at once to keep all lanes busy.
    fn band<const Q: usize>(
        &self,
        rows: usize,
        column: usize,
        strides: [usize; 2],
        out: &mut [f32],
    ) {
        let mut row = 0;
        while row < rows {
            row = row.min(rows.max(2) - 2);
            if rows == 1 {
                self.block::<1, Q>(row, column, strides, out);
            } else {
                self.block::<2, Q>(row, column, strides, out);
            }
            row += 2;
        }
    }

    /// `R` rows of a band.
    #[inline]
    fn block<const R: usize, const Q: usize>(
        &self,
        row: usize,
        column: usize,
        strides: [usize; 2],
        out: &mut [f32],
    ) {
        let mut chains = [Chains::<Q>::ZERO; R];
        for k in 0..self.inner {
            let right = self.right.quads(column, k);
            for (chains, row) in chains.iter_mut().zip(row..) {
                chains.add(self.left.at(row, k), &right);
            }
        }
        for (chains, row) in chains.iter().zip(row..) {
            let sums = chains.sums().unwrap_or_else(|| self.sums(row, column));
            let out = &mut out[row * strides[0] + column * strides[1]..];
            if strides[1] == 1 {
                out[..4 * Q].copy_from_slice(sums.as_flattened());
            } else {
                for (out, sum) in out.iter_mut().step_by(strides[1]).zip(sums.as_flattened()) {
                    *out = *sum;
                }
            }
        }
    }

    /// `Q` times four elements of a row from `column` on, of any numbers.
    #[cold]
    fn sums<const Q: usize>(&self, row: usize, column: usize) -> [[f32; 4]; Q] {
        std::array::from_fn(|quad| std::array::from_fn(|i| self.sum(row, column + 4 * quad + i)))
    }

    /// One element, of any numbers.
    fn sum(&self, row: usize, column: usize) -> f32 {
        (0..self.inner).fold(0.0, |sum, k| {
            fma32(self.left.at(row, k), self.right.at(column, k), sum)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fma::fma32;
    use crate::{Generator, sample};

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
