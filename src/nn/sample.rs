//! PyTorch's random tensors: each function fills its caller's slice in memory order, as the torch function of its
//! name fills a new tensor, and leaves the generator where torch would. A slice of length 0 draws nothing.
mod bernoulli;
mod normal;

pub use bernoulli::{bernoulli, bernoulli_distribution, bernoulli_tensor};
pub(super) use bernoulli::{coins, coins24};
pub use normal::{normal, randn};

use super::fma::fma32;
use super::probability::rounded;
use super::{Error, Generator};

/// `torch.rand`: uniform multiples of 2^-24 in [0, 1).
pub fn rand(g: &mut Generator, out: &mut [f32]) {
    out.fill_with(|| g.u24());
}

/// `tensor.uniform_(from, to)`: from + (to - from) * u with one rounding.
///
/// # Errors
/// `from > to`.
///
/// # Source
/// `aten/src/ATen/core/TransformationHelper.h`, whose multiply-add x86 builds fuse; never `to` itself.
pub fn uniform(g: &mut Generator, from: f64, to: f64, out: &mut [f32]) -> Result<(), Error> {
    if from > to {
        return Err(Error::Uniform(from, to));
    }
    fill_uniform(g, from, to, out);
    Ok(())
}

pub(super) fn fill_uniform(g: &mut Generator, from: f64, to: f64, out: &mut [f32]) {
    let (low, high) = (rounded(from), rounded(to));
    out.fill_with(|| {
        let value = fma32(g.u24(), high - low, low);
        if value >= high { low } else { value }
    });
}

/// `torch.randint(low, high)`: integers in [low, high).
///
/// # Errors
/// `low >= high`.
pub fn randint(g: &mut Generator, low: i64, high: i64, out: &mut [i64]) -> Result<(), Error> {
    if low >= high {
        return Err(Error::Randint(low, high));
    }
    let range = high.abs_diff(low);
    out.fill_with(|| {
        let word = if range < 1 << 28 {
            u64::from(g.word())
        } else {
            g.word64()
        };
        low.wrapping_add_unsigned(word % range)
    });
    Ok(())
}

/// `torch.randperm(n)`, n being the slice's length: 0, ..., n - 1 in random order.
pub fn randperm(g: &mut Generator, out: &mut [i64]) {
    for (value, i) in out.iter_mut().zip(0..) {
        *value = i;
    }
    let mut rest = out;
    while let [_, _, ..] = rest {
        // The remainder is below the slice's length, so it is an index on every target.
        let other = u64::from(g.word()) % rest.len() as u64;
        #[allow(clippy::cast_possible_truncation, reason = "below the slice's length")]
        rest.swap(0, other as usize);
        rest = &mut rest[1..];
    }
}
