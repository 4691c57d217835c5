//! Coins: 1 with probability p, else 0. Which uniforms decide depends on where p comes from, and
//! for a scalar p on the version of PyTorch.
use crate::probability::rounded;
use crate::{BernoulliPath, Error, Generator};

/// `tensor.bernoulli_(p)`: 1 with probability p.
///
/// # Errors
/// `p` lies outside [0, 1].
pub fn bernoulli(g: &mut Generator, p: f64, out: &mut [f32]) -> Result<(), Error> {
    if !(0.0..=1.0).contains(&p) {
        return Err(Error::Bernoulli(p));
    }
    coins(g, p, 1.0, out);
    Ok(())
}

/// `torch.bernoulli(probs)`: 1 with the probability of the same index, rounded to `f32` as tensors
/// hold them.
///
/// # Errors
/// A probability lies outside [0, 1].
pub fn bernoulli_tensor(g: &mut Generator, probs: &[f32], out: &mut [f32]) -> Result<(), Error> {
    if let Some(p) = probs.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        return Err(Error::BernoulliTensor(*p));
    }
    for (out, p) in out.iter_mut().zip(probs) {
        *out = f32::from(g.u24() < *p);
    }
    Ok(())
}

/// `torch.distributions.Bernoulli(probs=p).sample(shape)`. Here p is the chance of a *one*;
/// dropout's is that of a zero.
///
/// # Errors
/// `p` lies outside [0, 1].
pub fn bernoulli_distribution(g: &mut Generator, p: f64, out: &mut [f32]) -> Result<(), Error> {
    let probs = rounded(p);
    if !(0.0..=1.0).contains(&probs) {
        return Err(Error::BernoulliDistribution(probs));
    }
    coins24(g, probs, out);
    Ok(())
}

/// Coins of a scalar p in [0, 1], by the generator's path: `heads` with probability p, else 0.
pub(crate) fn coins(g: &mut Generator, p: f64, heads: f32, out: &mut [f32]) {
    match g.bernoulli_path() {
        BernoulliPath::Mt19937 => g.coins53(p, heads, out),
        BernoulliPath::Mcg31 if out.is_empty() => {}
        BernoulliPath::Mcg31 => {
            let mut stream = Mcg31::new(g.word());
            let p = rounded(p);
            out.fill_with(|| if stream.uniform() < p { heads } else { 0.0 });
        }
    }
}

/// Coins of a p that went through a tensor, and so through `f32`.
pub(crate) fn coins24(g: &mut Generator, p: f32, out: &mut [f32]) {
    out.fill_with(|| f32::from(g.u24() < p));
}

/// MKL's multiplicative congruential generator `MCG31m1`: x <- 1132489760 x mod (2^31 - 1).
struct Mcg31(u64);

impl Mcg31 {
    const MODULUS: u64 = (1 << 31) - 1;
    const MULTIPLIER: u64 = 1_132_489_760;

    fn new(seed: u32) -> Self {
        Self((u64::from(seed) % Self::MODULUS).max(1))
    }

    /// The state itself, before it moves on, as a fraction of 2^31 rounded to `f32`.
    fn uniform(&mut self) -> f32 {
        #[allow(
            clippy::cast_precision_loss,
            reason = "MKL rounds the state to f32 as well"
        )]
        let uniform = self.0 as f32 / 2_147_483_648.0;
        self.0 = self.0 * Self::MULTIPLIER % Self::MODULUS;
        uniform
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(path: BernoulliPath) -> String {
        let mut coins = [0.0; 24];
        bernoulli(
            &mut Generator::new(42).with_bernoulli_path(path),
            0.5,
            &mut coins,
        )
        .unwrap();
        coins
            .iter()
            .map(|coin| if *coin == 1.0 { '1' } else { '0' })
            .collect()
    }

    #[test]
    fn the_two_paths_are_told_apart_by_24_coins_of_seed_42() {
        assert_eq!(drawn(BernoulliPath::Mt19937), "111101001111001010011011");
        assert_eq!(drawn(BernoulliPath::Mcg31), "001111101010001110110101");
    }

    #[test]
    fn p_0_never_gives_one_and_p_1_always_does() {
        for path in [BernoulliPath::Mt19937, BernoulliPath::Mcg31] {
            let mut g = Generator::new(7).with_bernoulli_path(path);
            let mut coins = [0.5; 100];
            bernoulli(&mut g, 0.0, &mut coins).unwrap();
            assert_eq!(coins, [0.0; 100]);
            bernoulli(&mut g, 1.0, &mut coins).unwrap();
            assert_eq!(coins, [1.0; 100]);
        }
    }

    #[test]
    fn a_uniform_equal_to_p_gives_zero() {
        let first = |p: f32| {
            let mut g = Generator::new(42).with_bernoulli_path(BernoulliPath::Mcg31);
            let mut coin = [9.0];
            bernoulli(&mut g, f64::from(p), &mut coin).unwrap();
            coin[0]
        };
        let equal = Mcg31::new(Generator::new(42).word()).uniform();
        assert_eq!(first(equal), 0.0);
        assert_eq!(first(equal.next_up()), 1.0);
        let equal = Generator::new(42).u24();
        let mut coin = [9.0];
        bernoulli_tensor(&mut Generator::new(42), &[equal], &mut coin).unwrap();
        assert_eq!(coin, [0.0]);
        bernoulli_tensor(&mut Generator::new(42), &[equal.next_up()], &mut coin).unwrap();
        assert_eq!(coin, [1.0]);
    }

    #[test]
    fn no_coins_take_nothing_from_the_stream() {
        for path in [BernoulliPath::Mt19937, BernoulliPath::Mcg31] {
            let mut g = Generator::new(7).with_bernoulli_path(path);
            bernoulli(&mut g, 0.5, &mut []).unwrap();
            assert_eq!(g.word(), Generator::new(7).word());
        }
    }

    #[test]
    fn probabilities_that_are_none_are_refused_with_the_text_of_torch() {
        let mut g = Generator::new(0);
        let message = |result: Result<(), Error>| result.unwrap_err().to_string();
        assert_eq!(
            message(bernoulli(&mut g, f64::NAN, &mut [0.0])),
            "bernoulli_ expects p to be in [0, 1], but got p=nan"
        );
        assert!(
            message(bernoulli_tensor(&mut g, &[1.5], &mut [0.0]))
                .starts_with("Expected p_in >= 0 && p_in <= 1")
        );
        assert!(
            message(bernoulli_distribution(&mut g, -0.1, &mut [0.0]))
                .ends_with("\n-0.10000000149011612")
        );
    }
}
