//! PyTorch's CPU generator: MT19937 seeded as `torch.manual_seed` does, and the raw draws on it.
//! What is made of the draws is in [`super::sample`].
use std::convert::Infallible;

use super::Error;
use super::mt19937::{Coin, Mt19937};

/// How `bernoulli_(p)`, and with it every dropout mask, takes its coins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BernoulliPath {
    /// One 53-bit uniform an element: PyTorch 2.7 and later, everywhere.
    #[default]
    Mt19937,
    /// One word seeds a private multiplicative generator: PyTorch up to 2.6 with MKL on an Intel
    /// CPU.
    Mcg31,
}

const TWO_TO_53: f64 = 9_007_199_254_740_992.0;

/// `torch.Generator` on a CPU.
///
/// ```
/// use dropout_nn::Generator;
/// // torch.manual_seed(42); torch.rand(1)
/// assert_eq!(Generator::new(42).u24().to_bits(), 0x3f61_dc66);
/// ```
#[derive(Clone, Debug)]
pub struct Generator {
    engine: Mt19937,
    path: BernoulliPath,
    /// The second of the last pair of normals, if nobody took it yet.
    pub(super) cached_normal: Option<f64>,
}

impl Generator {
    /// A generator in the state that `torch.manual_seed(seed)` leaves.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            engine: Mt19937::new(low_word(seed)),
            path: BernoulliPath::default(),
            cached_normal: None,
        }
    }

    /// The same generator with its coins taken by `path`.
    #[must_use]
    pub fn with_bernoulli_path(self, path: BernoulliPath) -> Self {
        Self { path, ..self }
    }

    /// Starts over from `seed`, of which MT19937 uses the low 32 bits; the cached normal is
    /// forgotten.
    pub fn manual_seed(&mut self, seed: u64) {
        self.engine = Mt19937::new(low_word(seed));
        self.cached_normal = None;
    }

    /// How coins are taken.
    #[must_use]
    pub fn bernoulli_path(&self) -> BernoulliPath {
        self.path
    }

    /// How many words of 32 bits were drawn since the seed.
    #[must_use]
    pub fn drawn(&self) -> u64 {
        self.engine.drawn()
    }

    /// The next 32 random bits.
    pub fn word(&mut self) -> u32 {
        self.engine.word()
    }

    /// The next 64 random bits: two words, the first one the high half.
    pub fn word64(&mut self) -> u64 {
        let high = u64::from(self.word());
        high << 32 | u64::from(self.word())
    }

    /// A uniform multiple of 2^-24 in [0, 1), from one word.
    #[allow(clippy::cast_precision_loss, reason = "24 bits are exact in f32")]
    pub fn u24(&mut self) -> f32 {
        (self.word() % (1 << 24)) as f32 / 16_777_216.0
    }

    /// A uniform multiple of 2^-53 in [0, 1), from two words.
    #[allow(clippy::cast_precision_loss, reason = "53 bits are exact in f64")]
    pub fn u53(&mut self) -> f64 {
        bits53(self.word64()) as f64 / TWO_TO_53
    }

    /// Fills `out` with `heads` where the next `u53()` is less than p, for p in [0, 1], else with 0.
    pub fn coins53(&mut self, p: f64, heads: f32, out: &mut [f32]) {
        // p * 2^53 is exact, and an integer is below it just if it is below its ceiling.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an integer from 0 to 2^53"
        )]
        let threshold = (p * TWO_TO_53).ceil() as u64;
        self.engine.toss(Coin::new(threshold), heads, out);
    }
}

fn bits53(word: u64) -> u64 {
    word % (1 << 53)
}

/// `rand`'s view of the generator, so that its distributions can be drawn from the same stream.
impl rand::TryRng for Generator {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.word64())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            chunk.copy_from_slice(&self.word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// The seed that `torch.manual_seed` makes of an integer: negative ones count from the top of the
/// 64-bit range.
///
/// # Errors
/// `value` lies outside -2^63 ..= 2^64 - 1.
pub fn seed(value: i128) -> Result<u64, Error> {
    u64::try_from(value)
        .or_else(|_| i64::try_from(value).map(i64::cast_unsigned))
        .map_err(|_| Error::SeedOverflow(value))
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the engine is seeded by the low 32 bits alone"
)]
fn low_word(seed: u64) -> u32 {
    seed as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_words_are_those_of_mt19937() {
        // The reference implementation's init_genrand(5489).
        let mut g = Generator::new(5489);
        assert_eq!(
            [g.word(), g.word(), g.word()],
            [3_499_211_612, 581_869_302, 3_890_346_734]
        );
    }

    #[test]
    fn the_first_word_is_the_high_half_of_64_bits() {
        let (mut words, mut g) = (Generator::new(9), Generator::new(9));
        let (high, low) = (u64::from(words.word()), u64::from(words.word()));
        assert_eq!(g.word64(), high << 32 | low);
    }

    #[test]
    fn the_high_half_of_a_seed_is_ignored() {
        assert_eq!(
            Generator::new((7 << 32) + 42).word(),
            Generator::new(42).word()
        );
    }

    #[test]
    fn seeding_again_starts_over_and_forgets_the_waiting_normal() {
        let draw = |g: &mut Generator| {
            let mut x = [0.0; 3];
            crate::sample::randn(g, &mut x);
            x
        };
        let mut g = Generator::new(1);
        let first = draw(&mut g);
        assert!(g.cached_normal.is_some(), "three normals leave one waiting");
        g.manual_seed(1);
        assert_eq!(draw(&mut g), first);
    }

    #[test]
    fn negative_seeds_count_from_the_top_and_others_must_fit_64_bits() {
        assert_eq!(seed(-1), Ok(u64::MAX));
        assert_eq!(seed(i128::from(i64::MIN)), Ok(1 << 63));
        assert_eq!(seed(i128::from(u64::MAX)), Ok(u64::MAX));
        for value in [i128::from(i64::MIN) - 1, i128::from(u64::MAX) + 1] {
            let error = seed(value).unwrap_err();
            assert_eq!(error.python_class(), "ValueError");
            assert_eq!(error.to_string(), "Overflow when unpacking long long");
        }
    }

    #[test]
    fn rand_draws_its_bits_from_the_same_stream() {
        use rand::Rng;
        let (mut words, mut g) = (Generator::new(3), Generator::new(3));
        assert_eq!(g.next_u32(), words.word());
        assert_eq!(g.next_u64(), words.word64());
        let mut bytes = [0; 6];
        g.fill_bytes(&mut bytes);
        assert_eq!(bytes[..4], words.word().to_le_bytes());
        assert_eq!(bytes[4..], words.word().to_le_bytes()[..2]);
    }
}
