//! Normal numbers by Box and Muller's method, in the two ways PyTorch has: in pairs at `f64`
//! precision below 16 numbers, in blocks of 16 at `f32` precision from there on.
use std::f64::consts::TAU;

use crate::fma::fma32;
use crate::probability::rounded;
use crate::{Error, Generator};

const BLOCK: usize = 16;

/// `torch.randn`: mean 0, standard deviation 1.
pub fn randn(g: &mut Generator, out: &mut [f32]) {
    fill(g, 0.0, 1.0, out);
}

/// `tensor.normal_(mean, std)`.
///
/// # Errors
/// `std < 0`.
///
/// # Source
/// `aten/src/ATen/native/cpu/DistributionTemplates.h` and, below 16 numbers,
/// `aten/src/ATen/core/DistributionsHelper.h`.
pub fn normal(g: &mut Generator, mean: f64, std: f64, out: &mut [f32]) -> Result<(), Error> {
    if std < 0.0 {
        return Err(Error::Normal(std));
    }
    fill(g, mean, std, out);
    Ok(())
}

fn fill(g: &mut Generator, mean: f64, std: f64, out: &mut [f32]) {
    if out.len() < BLOCK {
        out.fill_with(|| rounded(one(g) * std + mean));
        return;
    }
    super::rand(g, out);
    let (mean, std) = (rounded(mean), rounded(std));
    let (blocks, rest) = out.as_chunks_mut();
    for block in blocks {
        transform(block, mean, std);
    }
    if rest.is_empty() {
        return;
    }
    // An incomplete block takes 16 new uniforms, overwriting numbers already made.
    if let Some(block) = out.last_chunk_mut() {
        super::rand(g, block);
        transform(block, mean, std);
    }
}

/// One number; they come in pairs, and the second one waits in the generator.
fn one(g: &mut Generator) -> f64 {
    if let Some(waiting) = g.cached_normal.take() {
        return waiting;
    }
    let (u1, u2) = (g.u53(), g.u53());
    let radius = (-2.0 * libm::log1p(-u2)).sqrt();
    let angle = TAU * u1;
    g.cached_normal = Some(radius * libm::sin(angle));
    radius * libm::cos(angle)
}

/// 16 uniforms to 16 normals: eight radii, eight angles.
fn transform(block: &mut [f32; BLOCK], mean: f32, std: f32) {
    let (radii, angles) = block.split_at_mut(BLOCK / 2);
    for (first, second) in radii.iter_mut().zip(angles) {
        let radius = (-2.0 * ln(1.0 - *first)).sqrt();
        let (sin, cos) = sin_cos(rounded(TAU) * *second);
        *first = fma32(radius * cos, std, mean);
        *second = fma32(radius * sin, std, mean);
    }
}

/// c[0] x^n + ... + c[n], by Horner's rule with fused steps.
fn polynomial(x: f32, coefficients: &[f32]) -> f32 {
    coefficients
        .iter()
        .copied()
        .reduce(|sum, c| fma32(sum, x, c))
        .unwrap_or(0.0)
}

/// The natural logarithm of x in (0, 1], with the last bit of the vector code that PyTorch
/// compiles.
///
/// # Source
/// `aten/src/ATen/native/cpu/avx_mathfun.h`, after the Cephes library.
#[allow(
    clippy::excessive_precision,
    reason = "the constants as Cephes writes them"
)]
fn ln(x: f32) -> f32 {
    const COEFFICIENTS: [f32; 9] = [
        7.037_683_629_2e-2,
        -1.151_461_031_0e-1,
        1.167_699_874_0e-1,
        -1.242_014_084_6e-1,
        1.424_932_278_7e-1,
        -1.666_805_766_5e-1,
        2.000_071_476_5e-1,
        -2.499_999_399_3e-1,
        3.333_333_117_4e-1,
    ];
    // ln 2 in two parts, the first of few bits.
    const LN_2: [f32; 2] = [0.693_359_375, -2.121_944_40e-4];
    let mantissa = f32::from_bits(x.to_bits() & 0x007f_ffff | 0x3f00_0000);
    let exponent = (x.to_bits() >> 23).cast_signed() - 126;
    #[allow(clippy::cast_precision_loss, reason = "at most 126 in size")]
    let exponent = exponent as f32;
    let (exponent, m) = if mantissa < std::f32::consts::FRAC_1_SQRT_2 {
        (exponent - 1.0, (mantissa - 1.0) + mantissa)
    } else {
        (exponent, mantissa - 1.0)
    };
    let square = m * m;
    let tail = fma32(polynomial(m, &COEFFICIENTS) * m, square, exponent * LN_2[1]);
    let tail = fma32(-square, 0.5, tail);
    fma32(exponent, LN_2[0], m + tail)
}

/// Sine and cosine of x in [0, 2 pi), with the last bit of the vector code that PyTorch compiles.
///
/// # Source
/// As [`ln`].
#[allow(
    clippy::excessive_precision,
    reason = "the constants as Cephes writes them"
)]
fn sin_cos(x: f32) -> (f32, f32) {
    const FOUR_OVER_PI: f32 = 1.273_239_544_735_16;
    // -pi / 4 in three parts of falling size.
    const MINUS_QUARTER_PI: [f32; 3] = [
        -0.785_156_25,
        -2.418_756_484_985_351_562_5e-4,
        -3.774_894_977_445_941_08e-8,
    ];
    const SIN: [f32; 3] = [-1.951_529_589_1e-4, 8.332_160_873_6e-3, -1.666_665_461_1e-1];
    const COS: [f32; 3] = [
        2.443_315_711_809_948e-5,
        -1.388_731_625_493_765e-3,
        4.166_664_568_298_827e-2,
    ];
    #[allow(clippy::cast_possible_truncation, reason = "an octant, 0 to 8")]
    let octant = ((x * FOUR_OVER_PI) as i32 + 1) & !1;
    #[allow(clippy::cast_precision_loss, reason = "an octant, 0 to 8")]
    let turns = octant as f32;
    let x = MINUS_QUARTER_PI
        .iter()
        .fold(x, |x, part| fma32(turns, *part, x));
    let square = x * x;
    let cos = fma32(polynomial(square, &COS) * square, square, -(square * 0.5)) + 1.0;
    let sin = fma32(polynomial(square, &SIN) * square, x, x);
    let (sin, cos) = if octant & 2 == 0 {
        (sin, cos)
    } else {
        (cos, sin)
    };
    (
        if octant & 4 == 0 { sin } else { -sin },
        if (octant - 2) & 4 == 0 { -cos } else { cos },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(seed: u64, n: usize) -> Vec<u32> {
        let mut x = vec![0.0; n];
        randn(&mut Generator::new(seed), &mut x);
        x.iter().map(|x| x.to_bits()).collect()
    }

    #[test]
    fn both_regimes_of_seed_42_are_those_of_torch() {
        assert_eq!(
            drawn(42, 4),
            [0x3eac_62ae, 0x3e03_e69d, 0x3e70_16e7, 0x3e6b_dc6c]
        );
        assert_eq!(
            drawn(42, 16)[..4],
            [0x3ff6_a529, 0x3fbe_5f53, 0x3f66_9567, 0xc006_c0db]
        );
        let twenty = drawn(42, 20);
        let some = [0, 3, 4, 19].map(|i| twenty[i]);
        assert_eq!(some, [0x3ff6_a529, 0xc006_c0db, 0xbf42_14e2, 0xbf1f_20e0]);
    }

    #[test]
    fn a_uniform_of_zero_gives_zero_without_a_sign() {
        // Seeds whose first block holds a radius uniform of 0; torch gives 0.0 in both places.
        assert_eq!((drawn(5_528_393, 16)[0], drawn(5_528_393, 16)[8]), (0, 0));
        assert_eq!((drawn(1_753_191, 16)[6], drawn(1_753_191, 16)[14]), (0, 0));
    }

    #[test]
    fn the_second_of_a_pair_waits_while_others_draw() {
        let (mut g, mut one, mut large) = (Generator::new(42), [0.0], [0.0; 32]);
        randn(&mut g, &mut one);
        randn(&mut g, &mut large);
        randn(&mut g, &mut one);
        assert_eq!(one[0].to_bits(), drawn(42, 2)[1]);
    }

    #[test]
    fn no_spread_gives_the_mean() {
        for n in [3, 16, 20] {
            let mut x = vec![0.0; n];
            normal(&mut Generator::new(1), 1.5, 0.0, &mut x).unwrap();
            assert_eq!(x, vec![1.5; n]);
        }
    }
}
