//! Matrix products, every element one chain of fused multiply-adds over the inner index in
//! ascending order, from 0.
//!
//! `DIFFERENCE:` PyTorch leaves the order of summation to a library that chooses it by shape and by
//! CPU, so its last digits differ between machines. This order is the same everywhere, and of all
//! simple orders the nearest to what PyTorch gives on common CPUs.
use wide::f64x2;

use super::fma::{Chains, fma32, moderate};
use super::pair::{Rounding, doubles, narrowed};

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
            // One place is the same both ways.
            by_place: places == 1,
            ..Self::rows(data, places)
        }
    }
}

/// A factor as the two lanes of vectors take it: two places side by side, or one place in both.
#[derive(Clone, Copy, Debug)]
struct Lanes<'a> {
    factor: Factor<'a>,
    paired: bool,
    /// From a place to the next one in what is written.
    stride: usize,
}

impl Lanes<'_> {
    /// How many vectors there are for each inner index.
    fn count(&self) -> usize {
        let places = self.factor.places;
        if self.paired {
            places.div_ceil(2)
        } else {
            places
        }
    }

    /// The places of vector `n`. Beside an odd one out is that place again.
    fn places(&self, n: usize) -> [usize; 2] {
        if self.paired {
            [2 * n, (2 * n + 1).min(self.factor.places - 1)]
        } else {
            [n, n]
        }
    }

    /// `R` vectors from `first` on, for one inner index after the other.
    fn lay_out<const R: usize>(&self, first: usize, out: &mut [[f64x2; R]]) {
        let Factor {
            data,
            places,
            inner,
            by_place,
        } = self.factor;
        if by_place {
            let mut row = &data[..inner];
            let mut others = &data[self.places(first)[0] * inner..];
            let mut next = || {
                if let Some(split) = others.split_at_checked(inner) {
                    (row, others) = split;
                }
                row
            };
            let rows: [_; R] = std::array::from_fn(|_| {
                let row = next();
                [row, if self.paired { next() } else { row }]
            });
            for (k, out) in out[..inner].iter_mut().enumerate() {
                *out = rows.map(|[a, b]| doubles([a[k], b[k]]));
            }
            return;
        }
        for (out, line) in out.iter_mut().zip(data.chunks_exact(places)) {
            let line = &line[self.places(first)[0]..];
            if !self.paired {
                if let Some(line) = line.first_chunk::<R>() {
                    *out = line.map(|x| doubles([x, x]));
                }
            } else if let Some(pairs) = line.as_chunks().0.first_chunk::<R>() {
                *out = pairs.map(doubles);
            } else {
                let last = line.len() - 1;
                *out = std::array::from_fn(|r| doubles([line[2 * r], line[(2 * r + 1).min(last)]]));
            }
        }
    }
}

/// Computes products, in working space that grows to the largest of them.
#[derive(Clone, Debug, Default)]
pub struct Products {
    /// Some vectors of the left factor, `[inner, R]`.
    block: Vec<f64x2>,
    /// All vectors of the right one, `[count, inner]`.
    bands: Vec<f64x2>,
}

impl Products {
    /// How many vectors are summed up side by side: enough to keep the processor busy while it waits for the sums
    /// before.
    const BLOCK: usize = 5;

    /// With room for products of matrices whose sides are no longer than two of these three, so that they allocate
    /// nothing.
    #[must_use]
    pub fn up_to([a, b, c]: [usize; 3]) -> Self {
        Self {
            block: Vec::with_capacity(Self::BLOCK * a.max(b).max(c)),
            bands: Vec::with_capacity((a * b).max(b * c).max(c * a)),
        }
    }

    /// All sums of products of a place on the left and one on the right, `[left places, right places]`.
    pub fn fill(&mut self, left: Factor, right: Factor, out: &mut [f32]) {
        let (rows, columns) = (left.places, right.places);
        if out.is_empty() {
            // No place, or none on one side.
        } else if left.inner == 1 {
            outer_product(left.data, right.data, out);
        } else {
            // Side by side are those of which fewer lanes are left empty. Element by element the same sums.
            let down = rows.div_ceil(2) * columns < columns.div_ceil(2) * rows;
            let left = Lanes {
                factor: left,
                paired: down,
                stride: columns,
            };
            let right = Lanes {
                factor: right,
                paired: !down,
                stride: 1,
            };
            if left.count() < right.count() {
                self.sums(right, left, out);
            } else {
                self.sums(left, right, out);
            }
        }
    }

    /// It is large: once is enough in a page.
    #[inline(never)]
    fn sums(&mut self, left: Lanes, right: Lanes, out: &mut [f32]) {
        let inner = left.factor.inner;
        let bands = room(&mut self.bands, right.count() * inner);
        for n in 0..right.count() {
            right.lay_out::<1>(n, bands[n * inner..][..inner].as_chunks_mut().0);
        }
        let mut product = Product {
            left,
            right,
            is_moderate: moderate(left.factor.data) && moderate(right.factor.data),
            rounding: Rounding::new(),
            block: room(&mut self.block, Self::BLOCK * inner),
            bands,
        };
        let mut first = 0;
        while first < left.count() {
            first += match left.count() - first {
                1 | 2 => product.write::<1>(first, out),
                3 | 4 => product.write::<3>(first, out),
                _ => product.write::<{ Self::BLOCK }>(first, out),
            };
        }
    }
}

/// So many vectors, made once.
fn room(vectors: &mut Vec<f64x2>, count: usize) -> &mut [f64x2] {
    if vectors.len() < count {
        vectors.resize(count, f64x2::ZERO);
    }
    &mut vectors[..count]
}

/// What all blocks of a product have in common.
struct Product<'a> {
    left: Lanes<'a>,
    right: Lanes<'a>,
    is_moderate: bool,
    rounding: Rounding,
    block: &'a mut [f64x2],
    /// The right factor, laid out.
    bands: &'a [f64x2],
}

impl Product<'_> {
    /// Writes all sums of `R` vectors on the left from `first` on, and returns `R`.
    fn write<const R: usize>(&mut self, first: usize, out: &mut [f32]) -> usize {
        let (left, right) = (self.left, self.right);
        let inner = left.factor.inner;
        let block = &mut self.block.as_chunks_mut::<R>().0[..inner];
        left.lay_out(first, block);
        let at = |lane: usize| -> [usize; R] {
            std::array::from_fn(|r| left.places(first + r)[lane] * left.stride)
        };
        let (from, from_beside) = (at(0), at(1));
        for n in 0..right.count() {
            let sums = sums(
                block,
                &self.bands[n * inner..][..inner],
                self.is_moderate,
                self.rounding,
            );
            let [to, to_beside] = right.places(n).map(|place| place * right.stride);
            for ((sums, from), from_beside) in sums.into_iter().zip(from).zip(from_beside) {
                let [sum, beside] = narrowed(sums);
                out[from + to] = sum;
                out[from_beside + to_beside] = beside;
            }
        }
        R
    }
}

#[inline]
fn sums<const R: usize>(
    block: &[[f64x2; R]],
    band: &[f64x2],
    is_moderate: bool,
    rounding: Rounding,
) -> [f64x2; R] {
    if is_moderate {
        let mut chains = Chains::ZERO;
        for (a, b) in block.iter().zip(band) {
            chains.add(a, *b, rounding);
        }
        if let Some(sums) = chains.sums() {
            return sums;
        }
    }
    one_by_one(block, band)
}

/// The sums of any numbers.
#[cold]
fn one_by_one<const R: usize>(block: &[[f64x2; R]], band: &[f64x2]) -> [f64x2; R] {
    let mut sums = [[0.0; 2]; R];
    for (a, b) in block.iter().zip(band) {
        for (sums, a) in sums.iter_mut().zip(a) {
            let terms = narrowed(*a).into_iter().zip(narrowed(*b));
            for (sum, (a, b)) in sums.iter_mut().zip(terms) {
                *sum = fma32(a, b, *sum);
            }
        }
    }
    sums.map(doubles)
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
