//! Matrix products, every element one chain of fused multiply-adds over the inner index in
//! ascending order, from 0.
//!
//! `DIFFERENCE:` PyTorch leaves the order of summation to a library that chooses it by shape and by
//! CPU, so its last digits differ between machines. This order is the same everywhere, and of all
//! simple orders the nearest to what PyTorch gives on common CPUs.
use wide::f32x4;

use super::fma::{Chains, fma32, moderate};
use super::quad::{Rounding, doubles};

/// A factor of two indices: a place, which the product has as well, and the inner one, which is summed over.
#[derive(Clone, Copy, Debug)]
pub struct Factor<'a> {
    data: &'a [f32],
    places: usize,
    inner: usize,
    /// Whether the numbers of a place are side by side.
    by_place: bool,
}

impl<'a> Factor<'a> {
    /// `[places, inner]`.
    #[must_use]
    pub fn rows(data: &'a [f32], places: usize) -> Self {
        Self {
            data,
            places,
            inner: data.len().checked_div(places).unwrap_or(0),
            by_place: true,
        }
    }

    /// `[inner, places]`.
    #[must_use]
    pub fn columns(data: &'a [f32], places: usize) -> Self {
        Self {
            by_place: false,
            ..Self::rows(data, places)
        }
    }

    /// One inner index after the other, `[inner, places]`.
    fn lay_out(&self, out: &mut Vec<f64>) {
        out.resize(self.data.len(), 0.0);
        if self.by_place {
            for (k, out) in out.chunks_exact_mut(self.places).enumerate() {
                for (out, row) in out.iter_mut().zip(self.data.chunks_exact(self.inner)) {
                    *out = f64::from(row[k]);
                }
            }
        } else {
            for (out, x) in out.iter_mut().zip(self.data) {
                *out = f64::from(*x);
            }
        }
    }

    /// The four places from `first` on, one inner index after the other, of `[places, inner]`; instead of what is beyond
    /// the last place, that place again.
    #[inline]
    fn across(self, first: usize) -> impl Iterator<Item = [f64; 4]> + Clone {
        let rows: [_; 4] = self
            .four(first)
            .map(|place| &self.data[place * self.inner..][..self.inner]);
        (0..self.inner).map(move |k| doubles(rows.map(|row| row[k])))
    }

    /// The same of `[inner, places]`.
    #[inline]
    fn along(self, first: usize) -> impl Iterator<Item = [f64; 4]> + Clone {
        let lines = self.data.chunks_exact(self.places);
        lines.map(move |line| {
            doubles(match line[first..].first_chunk() {
                Some(four) => *four,
                None => self.four(first).map(|place| line[place]),
            })
        })
    }

    fn four(self, first: usize) -> [usize; 4] {
        std::array::from_fn(|n| (first + n).min(self.places - 1))
    }
}

/// Computes products, in working space that grows to the largest of them.
#[derive(Clone, Debug, Default)]
pub struct Products {
    /// The factor whose numbers are taken one by one, `[inner, rows]`.
    single: Vec<f64>,
    /// Four places of the one whose numbers are taken side by side, `[inner]`.
    band: Vec<[f64; 4]>,
}

impl Products {
    /// With room for products of matrices whose sides are no longer than two of these three, so that they allocate
    /// nothing.
    #[must_use]
    pub fn up_to([a, b, c]: [usize; 3]) -> Self {
        Self {
            single: Vec::with_capacity((a * b).max(b * c).max(c * a)),
            band: Vec::with_capacity(a.max(b).max(c)),
        }
    }

    /// All sums of products of a place on the left and one on the right, `[left places, right places]`.
    pub fn fill(&mut self, left: Factor, right: Factor, out: &mut [f32]) {
        let (rows, columns) = (left.places, right.places);
        if out.is_empty() {
            // No place, or none on one side.
        } else if left.inner == 1 {
            outer_product(left.data, right.data, out);
        } else if 5 * columns * rows.div_ceil(4) < 4 * rows * columns.div_ceil(4) {
            // Far fewer lanes are left empty along the rows. Element by element the same sums.
            self.sums(right, left, [1, columns], out);
        } else {
            self.sums(left, right, [columns, 1], out);
        }
    }

    /// The same with the strides of both places in `out`. It is large: once is enough in a page.
    #[inline(never)]
    fn sums(&mut self, left: Factor, right: Factor, strides: [usize; 2], out: &mut [f32]) {
        left.lay_out(&mut self.single);
        let block = Block {
            left: &self.single,
            rows: left.places,
            is_moderate: moderate(left.data) && moderate(right.data),
            rounding: Rounding::new(),
            strides,
        };
        for first in (0..right.places).step_by(4) {
            let columns = 4.min(right.places - first);
            let mut out = &mut out[first * strides[1]..];
            if left.places == 1 {
                // Each number is wanted once.
                if right.by_place {
                    block.write::<1>(0, right.across(first), columns, out);
                } else {
                    block.write::<1>(0, right.along(first), columns, out);
                }
                continue;
            }
            self.band.clear();
            if right.by_place {
                self.band.extend(right.across(first));
            } else {
                self.band.extend(right.along(first));
            }
            let mut row = 0;
            while row < left.places {
                let band = self.band.iter().copied();
                // Sums side by side keep the processor busy while it waits for those before.
                let count = match left.places - row {
                    1 => block.write::<1>(row, band, columns, out),
                    2 => block.write::<2>(row, band, columns, out),
                    _ => block.write::<3>(row, band, columns, out),
                };
                row += count;
                out = out.get_mut(count * strides[0]..).unwrap_or_default();
            }
        }
    }
}

/// What all blocks of a product have in common.
#[derive(Clone, Copy)]
struct Block<'a> {
    /// `[inner, rows]`.
    left: &'a [f64],
    rows: usize,
    is_moderate: bool,
    rounding: Rounding,
    /// Of a row and a column of what is written.
    strides: [usize; 2],
}

impl Block<'_> {
    /// Writes `R` rows from `row` on of so many columns of a band, and returns `R`.
    fn write<const R: usize>(
        &self,
        row: usize,
        band: impl Iterator<Item = [f64; 4]> + Clone,
        columns: usize,
        out: &mut [f32],
    ) -> usize {
        for (r, sums) in self.sums::<R>(row, band).into_iter().enumerate() {
            let (sums, out) = (sums.to_array(), &mut out[r * self.strides[0]..]);
            match out.first_chunk_mut() {
                Some(out) if self.strides[1] == 1 && columns == 4 => *out = sums,
                _ => {
                    for (n, sum) in sums.iter().enumerate().take(columns) {
                        out[n * self.strides[1]] = *sum;
                    }
                }
            }
        }
        R
    }

    #[inline]
    fn sums<const R: usize>(
        &self,
        row: usize,
        band: impl Iterator<Item = [f64; 4]> + Clone,
    ) -> [f32x4; R] {
        let lines = self.left.chunks_exact(self.rows);
        let left = lines.filter_map(move |line| line[row..].first_chunk());
        let terms = left.zip(band);
        if self.is_moderate {
            let mut chains = Chains::ZERO;
            for (a, b) in terms.clone() {
                chains.add(*a, b, self.rounding);
            }
            if let Some(sums) = chains.sums() {
                return sums;
            }
        }
        one_by_one(terms)
    }
}

/// The sums of any numbers, which are `f32` all of them.
#[cold]
#[allow(clippy::cast_possible_truncation, reason = "they are `f32` already")]
fn one_by_one<'a, const R: usize>(
    terms: impl Iterator<Item = (&'a [f64; R], [f64; 4])>,
) -> [f32x4; R] {
    let mut sums = [[0.0; 4]; R];
    for (a, b) in terms {
        for (sums, a) in sums.iter_mut().zip(a) {
            for (sum, b) in sums.iter_mut().zip(b) {
                *sum = fma32(*a as f32, b as f32, *sum);
            }
        }
    }
    sums.map(f32x4::new)
}

/// Chains of one term: products, added to 0.
fn outer_product(left: &[f32], right: &[f32], out: &mut [f32]) {
    for (out, left) in out.chunks_exact_mut(right.len().max(1)).zip(left) {
        for (out, right) in out.iter_mut().zip(right) {
            *out = left * right + 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            (1, 4, 6),
            (6, 4, 7),
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
            let across = |matrix: &[f32], size: usize| -> Vec<f32> {
                let columns = 0..size;
                let column = |k| matrix.iter().skip(k).step_by(size).copied();
                columns.flat_map(column).collect()
            };
            let (left_across, right_across) = (across(&left, inner), across(&right, columns));
            let lefts = [
                Factor::rows(&left, rows),
                Factor::columns(&left_across, rows),
            ];
            let rights = [
                Factor::columns(&right, columns),
                Factor::rows(&right_across, columns),
            ];
            let mut products = Products::default();
            for (left, right) in lefts
                .iter()
                .flat_map(|left| rights.map(|right| (left, right)))
            {
                let mut out = vec![f32::NAN; rows * columns];
                products.fill(*left, right, &mut out);
                assert_eq!(out, expected, "{left:?} {right:?}");
            }
        }
    }
}
