//! Matrix products, every element one chain of fused multiply-adds over the inner index in
//! ascending order, from 0.
//!
//! `DIFFERENCE:` PyTorch leaves the order of summation to a library that chooses it by shape and by
//! CPU, so its last digits differ between machines. This order is the same everywhere, and of all
//! simple orders the nearest to what PyTorch gives on common CPUs.
use wide::f64x2;

use super::fma::{Chains, fma32};
use super::pair::{Rounding, doubles, narrowed};
use super::sparse::Sparse;
use super::widened::Values;

/// A factor of two indices: a place, which the product has as well, and the inner one, which is summed over.
#[derive(Clone, Copy, Debug)]
pub struct Factor<'a> {
    values: Values<'a>,
    places: usize,
    inner: usize,
    /// Whether the numbers of a place are side by side.
    by_place: bool,
}

impl<'a> Factor<'a> {
    /// `[places, inner]`.
    #[must_use]
    pub fn rows(values: impl Into<Values<'a>>, places: usize) -> Self {
        let values = values.into();
        Self {
            values,
            places,
            inner: values.data.len().checked_div(places).unwrap_or(0),
            by_place: true,
        }
    }

    /// `[inner, places]`.
    #[must_use]
    pub fn columns(values: impl Into<Values<'a>>, places: usize) -> Self {
        Self {
            // One place is the same both ways.
            by_place: places == 1,
            ..Self::rows(values, places)
        }
    }

    /// `R` pairs of places from the one of number `first` on, for one inner index after the other. Beside an odd one
    /// out is that place again.
    fn lay_out<const R: usize>(&self, first: usize, out: &mut [[f64x2; R]]) {
        let (data, inner) = (self.values.data, self.inner);
        if self.by_place {
            let mut row = &data[..inner];
            let mut others = &data[2 * first * inner..];
            let mut next = || {
                if let Some(split) = others.split_at_checked(inner) {
                    (row, others) = split;
                }
                row
            };
            let rows: [_; R] = std::array::from_fn(|_| [next(), next()]);
            for (k, out) in out[..inner].iter_mut().enumerate() {
                *out = rows.map(|[a, b]| doubles([a[k], b[k]]));
            }
            return;
        }
        for (out, line) in out.iter_mut().zip(data.chunks_exact(self.places)) {
            let line = &line[2 * first..];
            if let Some(pairs) = line.as_chunks().0.first_chunk::<R>() {
                *out = pairs.map(doubles);
            } else {
                let last = line.len() - 1;
                *out = std::array::from_fn(|r| {
                    doubles([line[(2 * r).min(last)], line[(2 * r + 1).min(last)]])
                });
            }
        }
    }

    /// Place after place.
    fn widen(&self, out: &mut [f64]) {
        let data = self.values.data;
        if self.by_place {
            for (out, x) in out.iter_mut().zip(data) {
                *out = f64::from(*x);
            }
        } else {
            for (place, out) in out.chunks_exact_mut(self.inner).enumerate() {
                let column = data[place..].iter().step_by(self.places);
                for (out, x) in out.iter_mut().zip(column) {
                    *out = f64::from(*x);
                }
            }
        }
    }
}

/// Computes products, in working space that grows to the largest of them.
#[derive(Clone, Debug, Default)]
pub struct Products {
    /// Some pairs of one factor, `[inner, R]`.
    block: Vec<f64x2>,
    /// All places of the other one, `[places, inner]`.
    singles: Vec<f64>,
    sparse: Sparse,
}

impl Products {
    /// How many pairs are summed up side by side: enough to keep the processor busy while it waits for the sums
    /// before.
    const BLOCK: usize = 5;

    /// With room for products of matrices whose sides are no longer than two of these three, so that they allocate
    /// nothing.
    #[must_use]
    pub fn up_to([a, b, c]: [usize; 3]) -> Self {
        let largest = (a * b).max(b * c).max(c * a);
        Self {
            block: Vec::with_capacity(Self::BLOCK * a.max(b).max(c)),
            singles: Vec::with_capacity(largest),
            sparse: Sparse::up_to(largest, a.max(b).max(c)),
        }
    }

    /// All sums of products of a place on the left and one on the right, `[left places, right places]`.
    pub fn fill(&mut self, left: Factor, right: Factor, out: &mut [f32]) {
        let (rows, columns) = (left.places, right.places);
        if out.is_empty() {
            // No place, or none on one side.
        } else if left.inner == 0 {
            out.fill(0.0);
        } else if left.inner == 1 {
            outer_product(left.values.data, right.values.data, out);
        } else if let (false, false, Some(right)) =
            (left.by_place, right.by_place, right.values.widened)
            && self.sparse.fill(left.values.data, right, rows, out)
        {
            // Most terms were left out.
        } else {
            // In pairs is the side that leaves fewer lanes empty, or else the longer one: the other is read again for
            // each block of these. Element by element the same sums.
            let [down, across] = [rows.div_ceil(2) * columns, columns.div_ceil(2) * rows];
            let is_down = down < across || (down == across && rows > columns);
            if is_down {
                self.sums(left, right, [columns, 1], out);
            } else {
                self.sums(right, left, [1, columns], out);
            }
        }
    }

    /// It is large: once is enough in a page.
    #[inline(never)]
    fn sums(&mut self, pairs: Factor, singles: Factor, strides: [usize; 2], out: &mut [f32]) {
        let inner = pairs.inner;
        let values = match singles.values.widened {
            Some(widened) if singles.by_place => widened.doubles(),
            _ => {
                let values = room(&mut self.singles, singles.places * inner, 0.0);
                singles.widen(values);
                values
            }
        };
        let mut product = Product {
            pairs,
            is_moderate: pairs.values.are_moderate() && singles.values.are_moderate(),
            rounding: Rounding::new(),
            block: room(&mut self.block, Self::BLOCK * inner, f64x2::ZERO),
            singles: values,
            strides,
        };
        let (mut first, count) = (0, pairs.places.div_ceil(2));
        while first < count {
            first += match count - first {
                1 | 2 => product.write::<1>(first, out),
                3 | 4 => product.write::<3>(first, out),
                _ => product.write::<{ Self::BLOCK }>(first, out),
            };
        }
    }
}

/// So many of these, made once.
pub(crate) fn room<T: Clone>(space: &mut Vec<T>, count: usize, value: T) -> &mut [T] {
    if space.len() < count {
        space.resize(count, value);
    }
    &mut space[..count]
}

/// What all blocks of a product have in common.
struct Product<'a> {
    pairs: Factor<'a>,
    is_moderate: bool,
    rounding: Rounding,
    block: &'a mut [f64x2],
    /// The other factor, `[places, inner]`.
    singles: &'a [f64],
    /// From a place to the next one in what is written, of the pairs and of the other factor.
    strides: [usize; 2],
}

impl Product<'_> {
    /// Writes all sums of `R` pairs from that of number `first` on, and returns `R`.
    fn write<const R: usize>(&mut self, first: usize, out: &mut [f32]) -> usize {
        let Factor { places, inner, .. } = self.pairs;
        let block = &mut self.block.as_chunks_mut::<R>().0[..inner];
        self.pairs.lay_out(first, block);
        let [stride, other_stride] = self.strides;
        let at = |lane: usize| -> [usize; R] {
            std::array::from_fn(|r| (2 * (first + r) + lane).min(places - 1) * stride)
        };
        let (from, from_beside) = (at(0), at(1));
        for (n, single) in self.singles.chunks_exact(inner).enumerate() {
            let to = n * other_stride;
            let sums = sums(block, single, self.is_moderate, self.rounding);
            for ((sums, from), from_beside) in sums.into_iter().zip(from).zip(from_beside) {
                let [sum, beside] = narrowed(sums);
                out[from + to] = sum;
                out[from_beside + to] = beside;
            }
        }
        R
    }
}

#[inline]
fn sums<const R: usize>(
    block: &[[f64x2; R]],
    single: &[f64],
    is_moderate: bool,
    rounding: Rounding,
) -> [f64x2; R] {
    if is_moderate {
        let (mut sums, mut chains) = ([f64x2::ZERO; R], Chains::new(rounding));
        for (a, b) in block.iter().zip(single) {
            chains.add(&mut sums, a, f64x2::splat(*b));
        }
        if chains.are_right() {
            return sums;
        }
    }
    one_by_one(block, single)
}

/// The sums of any numbers.
#[cold]
#[allow(clippy::cast_possible_truncation, reason = "it was a f32 before")]
fn one_by_one<const R: usize>(block: &[[f64x2; R]], single: &[f64]) -> [f64x2; R] {
    let mut sums = [[0.0; 2]; R];
    for (a, b) in block.iter().zip(single) {
        for (sums, a) in sums.iter_mut().zip(a) {
            for (sum, a) in sums.iter_mut().zip(narrowed(*a)) {
                *sum = fma32(a, *b as f32, *sum);
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
    use crate::widened::Widened;
    use crate::{Generator, sample};

    #[test]
    fn every_shape_sums_in_ascending_order_of_the_inner_index() {
        let mut g = Generator::new(3);
        let shapes = [
            (1, 1, 1),
            (15, 5, 10),
            (10, 15, 5),
            (9, 7, 23),
            (3, 0, 2),
            (0, 2, 3),
            (8, 33, 1),
            (1, 4, 6),
            (6, 4, 7),
            (17, 2, 5),
        ];
        for ((rows, inner, columns), is_sparse) in shapes
            .into_iter()
            .flat_map(|shape| [(shape, false), (shape, true)])
        {
            let (mut left, mut right) = (vec![0.0; rows * inner], vec![0.0; inner * columns]);
            sample::randn(&mut g, &mut left);
            sample::randn(&mut g, &mut right);
            if is_sparse {
                for x in left.iter_mut().filter(|x| **x < 0.7) {
                    *x = if *x < 0.0 { 0.0 } else { -0.0 };
                }
            }
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
            let kept = [&left, &left_across, &right, &right_across].map(|values| {
                let mut kept = Widened::default();
                kept.hold(values);
                kept
            });
            let lefts = [
                Factor::rows(&left[..], rows),
                Factor::columns(&left_across[..], rows),
                Factor::rows(&kept[0], rows),
                Factor::columns(&kept[1], rows),
            ];
            let rights = [
                Factor::columns(&right[..], columns),
                Factor::rows(&right_across[..], columns),
                Factor::columns(&kept[2], columns),
                Factor::rows(&kept[3], columns),
            ];
            let mut products = Products::default();
            for (left, right) in lefts
                .iter()
                .flat_map(|left| rights.map(|right| (left, right)))
            {
                let mut out = vec![f32::NAN; rows * columns];
                products.fill(*left, right, &mut out);
                let bits = |matrix: &[f32]| matrix.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(&out), bits(&expected), "{left:?} {right:?}");
            }
        }
    }
}
