//! `a * b + c` in `f32` with a single rounding, the same on every target and without a call into a
//! library.
//!
//! The product of two `f32` is exact in `f64`. Adding `c` there rounds once, casting to `f32` a
//! second time; the two together differ from one rounding only if the first one landed on a tie of
//! the second. Such sums are recognised by their bits, and there alone the first rounding is
//! repeated "to odd", which makes the second one harmless (Boldo and Melquiond, *Emulation of FMA
//! and correctly rounded sums*, 2008).

use wide::{f32x4, f64x2, u32x4};

use super::pair::{DROPPED, HALF, Least, Rounding, joined, once};

/// round(a * b + c).
///
/// ```
/// use dropout_nn::fma::fma32;
/// let a = 1.0 + f32::EPSILON;
/// // Separately rounded, a * a loses its last bit and the difference is 0.
/// assert_eq!(fma32(a, a, -(1.0 + 2.0 * f32::EPSILON)), f32::EPSILON * f32::EPSILON);
/// ```
#[inline]
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
pub fn fma32(a: f32, b: f32, c: f32) -> f32 {
    let sum = f64::from(a) * f64::from(b) + f64::from(c);
    if is_marked(doubt(sum)) {
        rounded_to_odd(a, b, c)
    } else {
        sum as f32
    }
}

/// round(a * b + c) of four numbers at once.
///
/// ```
/// use dropout_nn::fma::{fma32, fma32x4};
/// let (a, c) = ([0.1, 0.2, 0.3, 1e-40], [1.0, -0.06, 3.0, 1e-41]);
/// let fused = std::array::from_fn(|i| fma32(a[i], 0.3, c[i]));
/// assert_eq!(fma32x4(a.into(), 0.3, c.into()).to_array(), fused);
/// ```
#[inline]
#[must_use]
pub fn fma32x4(a: f32x4, b: f32, c: f32x4) -> f32x4 {
    match once(a, b, c) {
        Some(sums) => joined(sums),
        None => each_fused(a, b, c),
    }
}

#[cold]
fn each_fused(a: f32x4, b: f32, c: f32x4) -> f32x4 {
    let (a, c) = (a.to_array(), c.to_array());
    f32x4::new(std::array::from_fn(|i| fma32(a[i], b, c[i])))
}

/// Sums, each a chain of fused multiply-adds from 0, some pairs of them side by side.
///
/// A few instructions on whole vectors, and right for factors that are [`moderate`] as long as no
/// sum is a tie between two `f32`, which is known only at the end.
#[derive(Clone, Copy, Debug)]
pub struct Chains {
    rounding: Rounding,
    least: Least,
}

impl Chains {
    /// Before the first term of all.
    #[inline]
    #[must_use]
    pub fn new(rounding: Rounding) -> Self {
        let least = Least::NONE;
        Self { rounding, least }
    }

    /// `sum = round(a * b + sum)` for each pair of sums and its a; all of them are `f32`.
    #[inline]
    pub fn add<const R: usize>(&mut self, sums: &mut [f64x2; R], a: &[f64x2; R], b: f64x2) {
        let above: [_; R] = std::array::from_fn(|r| self.rounding.above(a[r], b, sums[r]));
        *sums = above.map(|above| self.rounding.cut(above));
        for two in above.chunks(2) {
            // The last one twice where their number is odd.
            self.least.note(two[0], two[two.len() - 1], &self.rounding);
        }
    }

    /// Whether all sums are right for sure.
    #[inline]
    #[must_use]
    pub fn are_right(&self) -> bool {
        !self.least.is_tie()
    }
}

/// Whether all values are 0 or between 2^-51 and 2^51 in size.
///
/// Then products are multiples of 2^-148, so that a sum too small for a normal `f32` is a subnormal
/// one exactly, and no sum of fewer than 2^23 products overflows.
#[must_use]
pub fn moderate(values: &[f32]) -> bool {
    const SMALLEST: u32 = (1.0_f32 / SIZE).to_bits();
    const LARGEST: u32 = SIZE.to_bits();
    const SIZE: f32 = 2_251_799_813_685_248.0;
    let (mut least, mut most) = (u32x4::MAX, u32x4::ZERO);
    let mut take = |four: [f32; 4]| {
        let size = u32x4::new(four.map(|value| value.abs().to_bits()));
        // 1 less than 0 is the largest of all.
        least = least.min(size - u32x4::ONE);
        most = most.max(size);
    };
    let mut take_eight = |[a, b, c, d, rest @ ..]: [f32; 8]| {
        take([a, b, c, d]);
        take(rest);
    };
    if let Some(last) = values.last_chunk() {
        for eight in values.as_chunks().0 {
            take_eight(*eight);
        }
        // Some of them a second time.
        take_eight(*last);
    } else {
        for value in values {
            take([*value; 4]);
        }
    }
    let [smallest, largest] = [SMALLEST - 1, LARGEST].map(u32x4::splat);
    let within = least.max(smallest).simd_eq(least) & most.min(largest).simd_eq(most);
    within.all()
}

/// A number whose highest bit is set if `sum` may be a tie between two `f32`: if the 29 bits that
/// the cast drops are 1000..., or if it is so small, but not 0, that the cast drops more of them.
#[inline]
fn doubt(sum: f64) -> u64 {
    const SMALLEST_NORMAL: u64 = (f32::MIN_POSITIVE as f64).to_bits();
    let bits = sum.to_bits();
    let size = bits & (u64::MAX >> 1);
    // Subtracting 1 borrows into the highest bit from 0 alone.
    let tie = ((bits & DROPPED) ^ HALF).wrapping_sub(1);
    let zero = size.wrapping_sub(1);
    let small = size.wrapping_sub(SMALLEST_NORMAL);
    tie | (small & !zero)
}

#[inline]
fn is_marked(doubt: u64) -> bool {
    doubt >> 63 == 1
}

#[cold]
#[allow(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
fn rounded_to_odd(a: f32, b: f32, c: f32) -> f32 {
    let (product, c) = (f64::from(a) * f64::from(b), f64::from(c));
    let sum = product + c;
    // What the addition lost, exactly (Knuth's two-sum).
    let from_c = sum - product;
    let lost = (product - (sum - from_c)) + (c - from_c);
    let bits = sum.to_bits();
    let even = bits & 1 == 0;
    if lost == 0.0 || !even || !sum.is_finite() {
        return sum as f32;
    }
    let away_from_zero = (lost > 0.0) == (sum > 0.0);
    let odd = if away_from_zero { bits + 1 } else { bits - 1 };
    f64::from_bits(odd) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use crate::pair::doubles;

    /// Floats of all magnitudes, subnormal and infinite ones included.
    fn any(g: &mut Generator) -> f32 {
        f32::from_bits(g.word())
    }

    fn assert_fused(a: f32, b: f32, c: f32) {
        let (ours, std) = (fma32(a, b, c), a.mul_add(b, c));
        let same = ours.to_bits() == std.to_bits() || (ours.is_nan() && std.is_nan());
        assert!(same, "{a:e} * {b:e} + {c:e}: {ours:e}, but fused {std:e}");
    }

    #[test]
    fn equals_the_fused_operation_of_std_for_any_bits() {
        let mut g = Generator::new(1);
        for _ in 0..200_000 {
            let (a, b, c) = (any(&mut g), any(&mut g), any(&mut g));
            assert_fused(a, b, c);
            assert_fused(a, b, -a * b);
        }
    }

    #[test]
    fn four_at_once_are_each_the_fused_operation() {
        let mut g = Generator::new(5);
        for round in 0..100_000 {
            let mut four = || -> [f32; 4] { std::array::from_fn(|_| any(&mut g)) };
            let (mut a, mut c) = (four(), four());
            let mut b = any(&mut g);
            match round % 4 {
                // Of any size; next to 0; beside nothing.
                0 => {}
                1 => c = a.map(|a| -a * b),
                2 => c = [0.0, -0.0, f32::MIN_POSITIVE, c[3]],
                // Of few bits, so that ties are common.
                _ => {
                    let mut few = || f32::from((g.word() >> 16) as u16);
                    (a, b) = ([few(), few(), -few(), -few()], few());
                    c = [few(), -few(), few(), -few()].map(|c| c * 512.0);
                }
            }
            let ours = fma32x4(a.into(), b, c.into()).to_array();
            for i in 0..4 {
                let std = a[i].mul_add(b, c[i]);
                let same = ours[i].to_bits() == std.to_bits() || (ours[i].is_nan() && std.is_nan());
                assert!(
                    same,
                    "{:e} * {b:e} + {:e}: {:e}, but fused {std:e}",
                    a[i], c[i], ours[i]
                );
            }
        }
    }

    #[test]
    fn chains_are_those_of_the_fused_operation_or_admit_a_doubt() {
        let mut g = Generator::new(4);
        let mut doubtful = 0;
        for round in 0..20_000 {
            // Every other time few bits, so that ties are common; sizes down to the smallest allowed.
            let bits = if round % 2 == 0 { 13 } else { 24 };
            let size = 2.0_f32.powi(if round % 4 < 2 { -51 } else { -bits });
            let mut draw = || {
                let sign = if g.u24() < 0.5 { size } else { -size };
                (g.u24() * 2.0_f32.powi(bits)).floor() * sign
            };
            let terms: [(f32, [f32; 4]); 6] =
                std::array::from_fn(|_| (draw(), std::array::from_fn(|_| draw())));
            let mut chains = Chains::new(Rounding::new());
            let (mut sums, mut expected) = ([f64x2::ZERO; 2], [0.0_f32; 4]);
            for (a, b) in &terms {
                assert!(moderate(&[*a]) && moderate(b));
                let [low, high] = [[b[0], b[1]], [b[2], b[3]]].map(doubles);
                chains.add(&mut sums, &[low, high], doubles([*a; 2]));
                for (sum, b) in expected.iter_mut().zip(b) {
                    *sum = a.mul_add(*b, *sum);
                }
            }
            if chains.are_right() {
                let bits = |x: f32| x.to_bits();
                assert_eq!(joined(sums).to_array().map(bits), expected.map(bits));
            } else {
                doubtful += 1;
            }
        }
        assert!((1..=10_000).contains(&doubtful), "{doubtful}");
    }

    #[test]
    fn moderate_is_0_and_what_multiplies_without_underflow_or_overflow() {
        let (smallest, largest) = (2.0_f32.powi(-51), 2.0_f32.powi(51));
        assert!(moderate(&[0.0, -0.0, smallest, -smallest, 1.0, largest]));
        let immoderate = [f32::NAN, f32::INFINITY, f32::from_bits(1)];
        for value in immoderate
            .into_iter()
            .chain([smallest.next_down(), largest.next_up()])
        {
            assert!(
                !moderate(&[1.0, value]) && !moderate(&[-value, 0.0]),
                "{value:e}"
            );
        }
    }

    #[test]
    fn a_sum_that_f64_rounds_to_a_tie_goes_to_the_side_it_came_from() {
        // Two products beside 2^-24, half an ulp of 1: times 1 + 2^-30 and times 1 - 2^-30.
        let above = (33_025.0 / 32_768.0, 32_513.0 / 32_768.0);
        let below = (32_769.0 / 32_768.0, 32_767.0 / 32_768.0);
        let ulp = f32::EPSILON;
        for ((a, b), c, expected) in [(above, 1.0, 1.0 + ulp), (below, 1.0 + ulp, 1.0 + ulp)] {
            let b = b * ulp / 2.0;
            assert_eq!([fma32(a, b, c), fma32(-a, b, -c)], [expected, -expected]);
            assert_fused(a, b, c);
            assert_fused(a, -b, -c);
            // The same next to 2^-127, where the ulp is the smallest subnormal number.
            let (tiny, smallest) = (2.0_f32.powi(-75), f32::from_bits(1));
            let c = 2.0_f32.powi(-127) + (c - 1.0) / ulp * smallest;
            assert_fused(a * tiny, b / ulp * 2.0 * tiny, c);
        }
    }

    #[test]
    fn products_near_the_smallest_floats_round_once() {
        let mut g = Generator::new(2);
        for _ in 0..100_000 {
            let tiny = f32::from_bits(g.word() % (1 << 25));
            assert_fused(g.u24(), tiny, f32::from_bits(g.word() % (1 << 25)));
            assert_fused(g.u24() * 1e-19, g.u24() * 1e-19, -tiny);
        }
    }
}
