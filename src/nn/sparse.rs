//! The gradient of a weight is a sum over the batch: each sample adds what it had as input, times the gradient of the
//! unit. Where most of these gradients are 0, since the unit was dropped or is off, those samples are left out.
//!
//! That changes no bit. No sum of [`moderate`] products that began with 0.0 is ever -0.0, and to any other number a
//! 0 of either sign adds nothing.
use wide::{f32x4, f64x2, u32x4};

use super::fma::{Chains, moderate};
use super::matmul::room;
use super::pair::{Rounding, doubles, narrowed};
use super::widened::Widened;

/// Computes such sums, in working space that grows to the largest of them.
#[derive(Clone, Debug, Default)]
pub struct Sparse {
    /// Where a gradient is not 0: the sample, times [`Self::UNITS`], and the unit.
    terms: Vec<u32>,
    /// Some sums of each unit, in pairs.
    sums: Vec<f64x2>,
}

impl Sparse {
    /// There may be as many units, and as many samples.
    const UNITS: usize = 1 << 16;
    /// To how many pairs of sums a term is added at once, at most.
    const BLOCK: usize = 5;

    /// With room for so many gradients, and for so many units.
    #[must_use]
    pub fn up_to(gradients: usize, units: usize) -> Self {
        Self {
            terms: Vec::with_capacity(gradients + 4),
            sums: Vec::with_capacity(Self::BLOCK * units),
        }
    }

    /// Writes all sums and returns true, unless more than two fifths of the gradients count, when this is no faster
    /// than a product of matrices, or unless it could be wrong.
    ///
    /// # Shapes
    /// `grad` `[samples, units]`, `input` `[samples, inputs]`, `out` `[units, inputs]`, none of them empty.
    pub fn fill(&mut self, grad: &[f32], input: &Widened, units: usize, out: &mut [f32]) -> bool {
        let (samples, inputs) = (grad.len() / units, out.len() / units);
        if samples.max(units) > Self::UNITS || !input.is_moderate() || !moderate(grad) {
            return false;
        }
        let count = self.find_terms(grad, units);
        if 5 * count > 2 * grad.len() {
            return false;
        }
        let mut product = Product {
            grad,
            units,
            input: input.padded(),
            inputs,
            terms: &self.terms[..count],
            sums: room(&mut self.sums, Self::BLOCK * units, f64x2::ZERO),
            chains: Chains::new(Rounding::new()),
        };
        let mut first = 0;
        while first < inputs {
            first += match inputs - first {
                1 | 2 => product.write::<1>(first, out),
                3..=6 => product.write::<3>(first, out),
                _ => product.write::<{ Self::BLOCK }>(first, out),
            };
        }
        product.chains.are_right()
    }

    /// How many gradients are not 0.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "both were found to be small"
    )]
    fn find_terms(&mut self, grad: &[f32], units: usize) -> usize {
        // Four are written at once, however few of them count.
        let terms = room(&mut self.terms, grad.len() + 4, 0);
        let mut count = 0;
        for (sample, row) in grad.chunks_exact(units).enumerate() {
            let mut term = (sample * Self::UNITS) as u32;
            let (fours, rest) = row.as_chunks::<4>();
            for four in fours {
                let set = f32x4::new(*four).simd_ne(f32x4::ZERO).to_bitmask() as usize % 16;
                let members = u32x4::new(MEMBERS[set]) + u32x4::splat(term);
                terms[count..count + 4].copy_from_slice(&members.to_array());
                count += set.count_ones() as usize;
                term += 4;
            }
            for grad in rest {
                terms[count] = term;
                count += usize::from(*grad != 0.0);
                term += 1;
            }
        }
        count
    }
}

/// Of each set of four, given by its bits, the members in order, and then zeros.
const MEMBERS: [[u32; 4]; 16] = {
    let mut members = [[0; 4]; 16];
    let mut set = 0;
    while set < 16 {
        let (mut member, mut count) = (0, 0);
        while member < 4 {
            if set >> member & 1 == 1 {
                members[set][count] = member;
                count += 1;
            }
            member += 1;
        }
        set += 1;
    }
    members
};

/// What all sums have in common.
struct Product<'a> {
    grad: &'a [f32],
    units: usize,
    /// `[samples, inputs]`, and zeros.
    input: &'a [f64],
    inputs: usize,
    terms: &'a [u32],
    sums: &'a mut [f64x2],
    chains: Chains,
}

impl Product<'_> {
    /// Writes the sums of `R` pairs of inputs from input `first` on, and returns how many inputs that are.
    fn write<const R: usize>(&mut self, first: usize, out: &mut [f32]) -> usize {
        let sums = &mut self.sums.as_chunks_mut::<R>().0[..self.units];
        sums.fill([f64x2::ZERO; R]);
        for term in self.terms {
            let (sample, unit) = (
                *term as usize / Sparse::UNITS,
                *term as usize % Sparse::UNITS,
            );
            let grad = self.grad[sample * self.units + unit];
            // After the last input is the next sample, or a zero: such a sum is not written.
            let input = &self.input[sample * self.inputs + first..][..2 * R];
            let input = std::array::from_fn(|r| f64x2::new(input.as_chunks().0[r]));
            self.chains.add(&mut sums[unit], &input, doubles([grad; 2]));
        }
        for (out, sums) in out.chunks_exact_mut(self.inputs).zip(sums) {
            let out = &mut out[first..];
            let sums = sums.map(narrowed);
            if let Some(out) = out.as_chunks_mut().0.first_chunk_mut::<R>() {
                *out = sums;
            } else {
                for (out, sum) in out.iter_mut().zip(sums.as_flattened()) {
                    *out = *sum;
                }
            }
        }
        2 * R
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fma::fma32;
    use crate::{Generator, sample};

    /// What is written of the gradients of two units, and three inputs, in eight samples.
    fn filled(grad: [f32; 16], input: [f32; 24]) -> Option<[f32; 6]> {
        let mut kept = Widened::default();
        kept.hold(&input);
        let mut out = [f32::NAN; 6];
        let is_filled = Sparse::default().fill(&grad, &kept, 2, &mut out);
        is_filled.then_some(out)
    }

    fn one_in_four(mut grad: [f32; 16]) -> [f32; 16] {
        for (n, grad) in grad.iter_mut().enumerate().filter(|(n, _)| n % 4 != 1) {
            *grad = if n % 4 == 2 { -0.0 } else { 0.0 };
        }
        grad
    }

    #[test]
    fn leaving_zeros_out_changes_no_bit() {
        let mut g = Generator::new(7);
        for (samples, units, inputs) in [
            (8, 2, 3),
            (15, 10, 5),
            (5, 40, 10),
            (3, 9, 33),
            (1, 8, 2),
            (20, 3, 1),
        ] {
            let (mut grad, mut input) = (vec![0.0; samples * units], vec![0.0; samples * inputs]);
            sample::randn(&mut g, &mut grad);
            sample::randn(&mut g, &mut input);
            for (n, x) in grad.iter_mut().enumerate().filter(|(n, _)| n * 7 % 10 > 2) {
                *x = if n % 3 == 0 { -0.0 } else { 0.0 };
            }
            let mut kept = Widened::default();
            kept.hold(&input);
            let mut out = vec![f32::NAN; units * inputs];
            assert!(Sparse::default().fill(&grad, &kept, units, &mut out));
            for (i, sum) in out.into_iter().enumerate() {
                let (unit, of) = (i / inputs, i % inputs);
                let expected = (0..samples).fold(0.0, |sum, n| {
                    fma32(grad[n * units + unit], input[n * inputs + of], sum)
                });
                assert_eq!(
                    sum.to_bits(),
                    expected.to_bits(),
                    "{samples} {units} {inputs}"
                );
            }
        }
    }

    #[test]
    fn where_most_gradients_count_nothing_is_left_out() {
        assert!(filled([1.0; 16], [1.0; 24]).is_none());
        assert_eq!(
            filled(one_in_four([1.0; 16]), [1.0; 24]),
            Some([0.0, 0.0, 0.0, 4.0, 4.0, 4.0])
        );
    }

    #[test]
    fn a_sum_that_may_be_wrong_is_refused() {
        // 2^-24 is half an ulp of 1.
        let mut tie = [1.0; 24];
        tie[6..9].fill(f32::EPSILON / 2.0);
        assert!(filled(one_in_four([1.0; 16]), tie).is_none());
        let mut tiny = [1.0; 24];
        tiny[23] = 1e-30;
        assert!(filled(one_in_four([1.0; 16]), tiny).is_none());
        assert!(filled(one_in_four([1e-30; 16]), [1.0; 24]).is_none());
        // The unit that it belongs to is off: 0 times this is not 0.
        let mut infinite = [1.0; 24];
        infinite[3] = f32::INFINITY;
        assert!(filled(one_in_four([1.0; 16]), infinite).is_none());
    }
}
