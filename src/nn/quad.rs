//! Four sums of products side by side, in `f64`, and how to know that a sum was rounded as a fused multiply-add
//! rounds it. When that is enough, [`super::fma::Chains`] says.

use bytemuck::cast;
use wide::{f32x4, f64x2, u32x4, u64x2};

/// The bits of an `f64` that an `f32` has no room for, and the highest of them.
pub const DROPPED: u64 = (1 << 29) - 1;
/// Half an ulp of an `f32`.
pub const HALF: u64 = 1 << 28;

/// Four `f32` as `f64`.
#[derive(Clone, Copy, Debug)]
pub struct Quad([f64x2; 2]);

impl Quad {
    /// All 0.
    pub const ZERO: Self = Self([f64x2::ZERO; 2]);

    /// `sum = round(a * b + sum)` for each sum and its b, by integer arithmetic: half an ulp is added, and whatever
    /// is below an ulp taken away.
    #[inline]
    pub fn add(&mut self, a: f64, b: [f64; 4], rounding: Rounding, least: &mut Least) {
        let a = f64x2::splat(a);
        for (sum, b) in self.0.iter_mut().zip(cast::<_, [f64x2; 2]>(b)) {
            let above = cast::<_, u64x2>(a * b + *sum) + rounding.half;
            let dropped = above & rounding.dropped;
            *sum = cast(above ^ dropped);
            least.0 = least.0.min(cast(dropped));
        }
    }

    /// a * b + c as `f64`, unless casting it to `f32` may round it otherwise than the exact value: if it may be a tie,
    /// or is not a normal number there.
    #[inline]
    pub fn once(a: f32x4, b: f32, c: f32x4) -> Option<Self> {
        const SIGN: u64 = 1 << 63;
        const SMALLEST_NORMAL: u64 = (f32::MIN_POSITIVE as f64).to_bits();
        let b = f64x2::splat(f64::from(b));
        let (mut sums, mut least) = (Self(widened(c)), Least::NONE);
        for (sum, a) in sums.0.iter_mut().zip(widened(a)) {
            *sum += a * b;
            let above = cast::<_, u64x2>(*sum) + u64x2::splat(HALF);
            // In the lower half of each what is taken away, in the upper half the size.
            least.0 = least.0.min(cast(
                above & u64x2::splat(!SIGN ^ !DROPPED & u64::from(u32::MAX)),
            ));
        }
        let allowed = cast(u64x2::splat(SMALLEST_NORMAL | 1));
        least.0.max(allowed).simd_eq(least.0).all().then_some(sums)
    }

    /// The four as `f32`.
    #[inline]
    pub fn narrowed(&self) -> f32x4 {
        narrowed(self.0)
    }
}

/// [`HALF`] and [`DROPPED`], out of the compiler's sight: constants it would make anew for every sum.
#[derive(Clone, Copy, Debug)]
pub struct Rounding {
    half: u64x2,
    dropped: u64x2,
}

impl Rounding {
    /// To `f32`.
    #[must_use]
    pub fn new() -> Self {
        let [half, dropped] = std::hint::black_box([HALF, DROPPED]).map(u64x2::splat);
        Self { half, dropped }
    }
}

/// The least that was ever taken away, in the lower half of each `f64`. Nothing was if it was a tie.
#[derive(Clone, Copy, Debug)]
pub struct Least(u32x4);

impl Least {
    /// Nothing was rounded yet.
    pub const NONE: Self = Self(u32x4::MAX);

    /// Whether a sum may have been a tie between two `f32`.
    #[inline]
    pub fn is_tie(self) -> bool {
        let [first, _, second, _] = self.0.to_array();
        first.min(second) == 0
    }
}

/// Four `f32` as `f64`.
#[inline]
pub fn doubles(four: [f32; 4]) -> [f64; 4] {
    cast(widened(f32x4::new(four)))
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn widened(four: f32x4) -> [f64x2; 2] {
    let [a, b, c, d] = four.to_array();
    [[a, b], [c, d]].map(|two| f64x2::new(two.map(f64::from)))
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[allow(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
fn narrowed(four: [f64x2; 2]) -> f32x4 {
    f32x4::new(cast::<_, [f64; 4]>(four).map(|x| x as f32))
}

/// Two instructions; what the compiler makes of the other way is eight.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn widened(four: f32x4) -> [f64x2; 2] {
    use core::arch::wasm32::{f64x2_promote_low_f32x4, i64x2_shuffle};
    let four = cast(four);
    [four, i64x2_shuffle::<1, 1>(four, four)].map(|two| cast(f64x2_promote_low_f32x4(two)))
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn narrowed(four: [f64x2; 2]) -> f32x4 {
    use core::arch::wasm32::{f32x4_demote_f64x2_zero, i64x2_shuffle};
    let [low, high] = four.map(|two| f32x4_demote_f64x2_zero(cast(two)));
    cast(i64x2_shuffle::<0, 2>(low, high))
}
