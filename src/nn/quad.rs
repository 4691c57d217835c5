//! Four chains of fused multiply-adds side by side: the same steps for whole vectors of WebAssembly
//! (`simd128`), and written out for everything else. When they may be used, [`super::fma::Chains`]
//! says.
//!
//! Each sum is an `f64` that is rounded to the precision of `f32` by integer arithmetic: half an
//! ulp is added, and whatever is below an ulp taken away. It was a tie if there was nothing to take
//! away. 1 less than that has the highest bit set, and is kept as a doubt.

pub use lanes::Quad;

/// The bits of an `f64` that an `f32` has no room for, and the highest of them.
pub const DROPPED: u64 = (1 << 29) - 1;
/// Half an ulp.
pub const HALF: u64 = 1 << 28;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod lanes {
    use super::{DROPPED, HALF};

    /// Four sums, and whether there is a doubt about any of them.
    #[derive(Clone, Copy, Debug)]
    pub struct Quad {
        sums: [f64; 4],
        doubts: [u64; 4],
    }

    impl Quad {
        /// All sums 0.
        pub const ZERO: Self = Self {
            sums: [0.0; 4],
            doubts: [0; 4],
        };

        /// Adds `a * b[i]` to each sum.
        #[inline]
        pub fn add(&mut self, a: f32, b: &[f32; 4]) {
            for ((sum, doubt), b) in self.sums.iter_mut().zip(&mut self.doubts).zip(b) {
                let exact = f64::from(a) * f64::from(*b) + *sum;
                let above = exact.to_bits().wrapping_add(HALF);
                *sum = f64::from_bits(above & !DROPPED);
                *doubt |= (above & DROPPED).wrapping_sub(1);
            }
        }

        /// Whether one of the sums met a tie.
        #[inline]
        pub fn is_doubtful(&self) -> bool {
            self.doubts.iter().any(|doubt| doubt >> 63 == 1)
        }

        /// The sums.
        #[inline]
        #[allow(clippy::cast_possible_truncation, reason = "they are `f32` already")]
        pub fn sums(&self) -> [f32; 4] {
            self.sums.map(|sum| sum as f32)
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    use core::arch::wasm32::{
        f32x4, f32x4_demote_f64x2_zero, f32x4_extract_lane, f64x2_add, f64x2_mul,
        f64x2_promote_low_f32x4, f64x2_splat, i64x2_add, i64x2_bitmask, i64x2_sub, u64x2_splat,
        v128, v128_and, v128_andnot, v128_or,
    };

    use super::{DROPPED, HALF};

    /// Four sums in two vectors, and whether there is a doubt about any of them.
    #[derive(Clone, Copy, Debug)]
    pub struct Quad {
        sums: [v128; 2],
        doubts: v128,
    }

    impl Quad {
        /// All sums 0.
        pub const ZERO: Self = Self {
            sums: [f32x4(0.0, 0.0, 0.0, 0.0); 2],
            doubts: f32x4(0.0, 0.0, 0.0, 0.0),
        };

        /// Adds `a * b[i]` to each sum.
        #[inline]
        pub fn add(&mut self, a: f32, b: &[f32; 4]) {
            let a = f64x2_splat(f64::from(a));
            let [b0, b1, b2, b3] = *b;
            let halves = [f32x4(b0, b1, 0.0, 0.0), f32x4(b2, b3, 0.0, 0.0)];
            for (sum, b) in self.sums.iter_mut().zip(halves) {
                let exact = f64x2_add(f64x2_mul(a, f64x2_promote_low_f32x4(b)), *sum);
                let above = i64x2_add(exact, u64x2_splat(HALF));
                let dropped = v128_and(above, u64x2_splat(DROPPED));
                *sum = v128_andnot(above, u64x2_splat(DROPPED));
                self.doubts = v128_or(self.doubts, i64x2_sub(dropped, u64x2_splat(1)));
            }
        }

        /// Whether one of the sums met a tie.
        #[inline]
        pub fn is_doubtful(&self) -> bool {
            i64x2_bitmask(self.doubts) != 0
        }

        /// The sums.
        #[inline]
        pub fn sums(&self) -> [f32; 4] {
            let low = f32x4_demote_f64x2_zero(self.sums[0]);
            let high = f32x4_demote_f64x2_zero(self.sums[1]);
            [
                f32x4_extract_lane::<0>(low),
                f32x4_extract_lane::<1>(low),
                f32x4_extract_lane::<0>(high),
                f32x4_extract_lane::<1>(high),
            ]
        }
    }
}
