//! PyTorch's random tensors: each function fills its caller's slice in memory order, as the torch
//! function of its name fills a new tensor, and leaves the generator where torch would. A slice of
//! length 0 draws nothing.
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
/// `aten/src/ATen/core/TransformationHelper.h`, whose multiply-add x86 builds fuse; never `to`
/// itself.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(values: &[f32]) -> Vec<u32> {
        values.iter().map(|x| x.to_bits()).collect()
    }

    #[test]
    fn rand_and_uniform_of_seed_42_are_those_of_torch() {
        let mut x = [0.0; 4];
        rand(&mut Generator::new(42), &mut x);
        assert_eq!(
            bits(&x),
            [0x3f61_dc66, 0x3f6a_3db3, 0x3ec4_06b8, 0x3f75_950e]
        );
        uniform(&mut Generator::new(42), -0.3, 0.7, &mut x).unwrap();
        assert_eq!(
            bits(&x),
            [0x3f15_0f99, 0x3f1d_70e6, 0x3da9_b478, 0x3f28_c841]
        );
    }

    #[test]
    fn a_range_of_one_number_gives_that_number() {
        let (mut x, mut integers) = ([0.0; 5], [0; 5]);
        uniform(&mut Generator::new(1), 0.25, 0.25, &mut x).unwrap();
        assert_eq!(x, [0.25; 5]);
        randint(&mut Generator::new(1), -4, -3, &mut integers).unwrap();
        assert_eq!(integers, [-4; 5]);
    }

    #[test]
    fn the_upper_bound_is_never_given() {
        // Neighbouring floats, so that half of all values round to the upper one.
        let (mut x, above) = ([0.0; 100], 1.0 + f32::EPSILON);
        uniform(&mut Generator::new(1), 1.0, f64::from(above), &mut x).unwrap();
        assert_eq!(x, [1.0; 100]);
    }

    #[test]
    fn the_whole_range_of_integers_can_be_asked_for() {
        let mut integers = [0; 100];
        randint(&mut Generator::new(1), i64::MIN, i64::MAX, &mut integers).unwrap();
        assert!(integers.iter().any(|x| *x < i64::MIN / 2));
        assert!(integers.iter().any(|x| *x > i64::MAX / 2));
    }

    #[test]
    fn empty_ranges_are_refused_with_the_text_of_torch() {
        let mut g = Generator::new(0);
        assert_eq!(
            uniform(&mut g, 2.0, 1.0, &mut []).unwrap_err().to_string(),
            "uniform_ expects to return a [from, to) range, but found from=2 > to=1"
        );
        assert_eq!(
            randint(&mut g, 2, 2, &mut []).unwrap_err().to_string(),
            "random_ expects 'from' to be less than 'to', but got from=2 >= to=2"
        );
        assert_eq!(
            normal(&mut g, 0.0, -1.0, &mut []).unwrap_err().to_string(),
            "normal expects std >= 0.0, but found std -1"
        );
    }

    #[test]
    fn permutations_of_none_and_one_draw_nothing() {
        let (mut g, mut one) = (Generator::new(2), [9]);
        randperm(&mut g, &mut []);
        randperm(&mut g, &mut one);
        assert_eq!(one, [0]);
        assert_eq!(g.word(), Generator::new(2).word());
    }
}
