//! Sums of products two by two, in `f64`, and how to know that a sum was rounded as a fused multiply-add rounds it.
//! When that is enough, [`super::fma::Chains`] says.

use bytemuck::cast;
use wide::{f32x4, f64x2, u32x4, u64x2};

/// The bits of an `f64` that an `f32` has no room for, and the highest of them.
pub const DROPPED: u64 = (1 << 29) - 1;
/// Half an ulp of an `f32`.
pub const HALF: u64 = 1 << 28;

/// How a sum is rounded to an `f32`, by integer arithmetic: half an ulp is added, and whatever is below an ulp taken
/// away. Its constants are out of the compiler's sight, which would make them anew for every sum.
#[derive(Clone, Copy, Debug)]
pub struct Rounding {
    half: u64x2,
    kept: u64x2,
    dropped: u32x4,
}

impl Rounding {
    /// To `f32`.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "below 2^29")]
    pub fn new() -> Self {
        let [half, kept, dropped] = std::hint::black_box([HALF, !DROPPED, DROPPED]);
        Self {
            half: u64x2::splat(half),
            kept: u64x2::splat(kept),
            dropped: u32x4::splat(dropped as u32),
        }
    }

    /// Half an ulp more than a * b + sum.
    #[inline]
    pub fn above(&self, a: f64x2, b: f64x2, sum: f64x2) -> u64x2 {
        cast::<_, u64x2>(a * b + sum) + self.half
    }

    /// Without what is below an ulp.
    #[inline]
    pub fn cut(&self, above: u64x2) -> f64x2 {
        cast(above & self.kept)
    }
}

/// The least that was ever taken away. Nothing was if it was a tie.
#[derive(Clone, Copy, Debug)]
pub struct Least(u32x4);

impl Least {
    /// Nothing was rounded yet.
    pub const NONE: Self = Self(u32x4::MAX);

    /// Takes note of what is taken away of one pair and of another.
    #[inline]
    pub fn note(&mut self, one: u64x2, other: u64x2, rounding: &Rounding) {
        self.0 = self.0.min(lower_halves(one, other) & rounding.dropped);
    }

    /// Whether a sum may have been a tie between two `f32`.
    #[inline]
    pub fn is_tie(self) -> bool {
        !self.0.min(u32x4::ONE).simd_eq(u32x4::ONE).all()
    }
}

/// a * b + c as `f64`, unless casting it to `f32` may round it otherwise than the exact value: if it may be a tie,
/// or is not a normal number there.
#[inline]
pub fn once(a: f32x4, b: f32, c: f32x4) -> Option<[f64x2; 2]> {
    const SIGN: u64 = 1 << 63;
    const SMALLEST_NORMAL: u64 = (f32::MIN_POSITIVE as f64).to_bits();
    let b = f64x2::splat(f64::from(b));
    let mut sums = widened(c);
    let mut least = u32x4::MAX;
    for (sum, a) in sums.iter_mut().zip(widened(a)) {
        *sum += a * b;
        let above = cast::<_, u64x2>(*sum) + u64x2::splat(HALF);
        // In the lower half of each what is taken away, in the upper half the size.
        least = least.min(cast(
            above & u64x2::splat(!SIGN ^ !DROPPED & u64::from(u32::MAX)),
        ));
    }
    let allowed = cast(u64x2::splat(SMALLEST_NORMAL | 1));
    least.max(allowed).simd_eq(least).all().then_some(sums)
}

/// Two `f32` as `f64`.
#[inline]
pub fn doubles([a, b]: [f32; 2]) -> f64x2 {
    widened(f32x4::new([a, b, 0.0, 0.0]))[0]
}

/// Two `f64` as `f32`.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
pub fn narrowed(two: f64x2) -> [f32; 2] {
    two.to_array().map(|x| x as f32)
}

/// Four `f64` as `f32`.
#[inline]
pub fn joined(four: [f64x2; 2]) -> f32x4 {
    let [[a, b], [c, d]] = four.map(narrowed);
    f32x4::new([a, b, c, d])
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod lanes {
    use super::{cast, f32x4, f64x2, u32x4, u64x2};

    /// Four `f32` as `f64`.
    pub fn widened(four: f32x4) -> [f64x2; 2] {
        let [a, b, c, d] = four.to_array();
        [[a, b], [c, d]].map(|two| f64x2::new(two.map(f64::from)))
    }

    /// Of each number the lower half.
    pub fn lower_halves(one: u64x2, other: u64x2) -> u32x4 {
        let [[a, _, b, _], [c, _, d, _]] = cast::<_, [[u32; 4]; 2]>([one, other]);
        u32x4::new([a, b, c, d])
    }
}

/// The same in whole vectors, where the compiler would take them apart.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    use core::arch::wasm32::{f64x2_promote_low_f32x4, i32x4_shuffle, i64x2_shuffle};

    use super::{cast, f32x4, f64x2, u32x4, u64x2};

    #[inline]
    pub fn widened(four: f32x4) -> [f64x2; 2] {
        let four = cast(four);
        [four, i64x2_shuffle::<1, 1>(four, four)].map(|two| cast(f64x2_promote_low_f32x4(two)))
    }

    #[inline]
    pub fn lower_halves(one: u64x2, other: u64x2) -> u32x4 {
        cast(i32x4_shuffle::<0, 2, 4, 6>(cast(one), cast(other)))
    }
}

use lanes::{lower_halves, widened};
