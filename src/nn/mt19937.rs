//! The Mersenne Twister, MT19937, a block of words at a time: loops without branches over whole
//! arrays, which compile to vector instructions. What its words mean is [`super::rng`]'s affair, but for
//! coins, which are made here of many words at once.
//!
//! # Source
//! Matsumoto and Nishimura, *Mersenne Twister*, 1998; `mt19937ar.c`.
use wide::u32x4;

/// Words of the state, and of a block.
const N: usize = 624;
/// How far apart the words are that the recurrence joins.
const M: usize = 397;

/// Words at the beginning that go by fours: those behind them join words of this block with words of the next.
const FIRST: usize = (N - M) / 4 * 4;

/// The engine: the block of words that it is at, untempered, which are its state too.
#[derive(Clone, Debug)]
pub struct Mt19937 {
    state: [u32; N],
    /// How many words of the block are taken.
    taken: usize,
    /// How many blocks were made.
    blocks: u64,
}

impl Mt19937 {
    /// `init_genrand(seed)`.
    pub fn new(seed: u32) -> Self {
        let mut state = [seed; N];
        let mut word = seed;
        for (next, i) in state[1..].iter_mut().zip(1..) {
            word = (word ^ word >> 30)
                .wrapping_mul(1_812_433_253)
                .wrapping_add(i);
            *next = word;
        }
        Self {
            state,
            taken: N,
            blocks: 0,
        }
    }

    /// How many words were taken since the seed.
    pub fn drawn(&self) -> u64 {
        self.blocks * N as u64 - (N - self.taken) as u64
    }

    /// The next word.
    #[inline]
    pub fn word(&mut self) -> u32 {
        if self.taken == N {
            self.next_block();
        }
        let word = tempered(self.state[self.taken]);
        self.taken += 1;
        word
    }

    /// A coin of the next two words for each number of `out`: `heads` where it is one, else 0.
    pub fn toss(&mut self, coin: Coin, heads: f32, mut out: &mut [f32]) {
        while let Some(first) = out.first_mut() {
            if self.taken == N {
                self.next_block();
            }
            let (pairs, _) = self.state[self.taken..].as_chunks();
            let tossed = if pairs.is_empty() {
                // One foot in the next block.
                let word = u64::from(self.word()) << 32 | u64::from(self.word());
                *first = if coin.is_one(word) { heads } else { 0.0 };
                1
            } else {
                let tossed = pairs.len().min(out.len());
                coin.toss(heads, &pairs[..tossed], &mut out[..tossed]);
                self.taken += 2 * tossed;
                tossed
            };
            out = &mut out[tossed..];
        }
    }

    #[inline(never)]
    fn next_block(&mut self) {
        let state = &mut self.state;
        // Four at a time; a word is needed unchanged by the one before it, which the same four have.
        for i in (0..FIRST).step_by(4) {
            store(state, i, four(state, i + M) ^ twisted_four(state, i));
        }
        for i in FIRST..N - M {
            state[i] = state[i + M] ^ twisted(state[i], state[i + 1]);
        }
        for i in (N - M..N - 1).step_by(4) {
            store(state, i, four(state, i + M - N) ^ twisted_four(state, i));
        }
        state[N - 1] = state[M - 1] ^ twisted(state[N - 1], state[0]);
        self.taken = 0;
        self.blocks += 1;
    }
}

/// One with a probability that is a multiple of 2^-53: if the lower 53 bits of a word of 64 are below a
/// threshold.
#[derive(Clone, Copy, Debug)]
pub struct Coin {
    threshold: u64,
}

impl Coin {
    /// One with probability `threshold` / 2^53.
    pub fn new(threshold: u64) -> Self {
        Self { threshold }
    }

    fn is_one(self, word: u64) -> bool {
        word % (1 << 53) < self.threshold
    }

    /// A coin for each pair of untempered words, four at a time: 21 bits of the first word decide nearly always,
    /// and where the threshold is one half, a single bit of it.
    fn toss(self, heads: f32, pairs: &[[u32; 2]], out: &mut [f32]) {
        let heads = heads.to_bits();
        if self.threshold == 1 << 52 {
            by_fours(pairs, out, |four, out| *out = halves(heads, four));
        } else {
            by_fours(pairs, out, |four, out| self.four(heads, four, out));
        }
    }

    fn is_heads(self, [high, low]: [u32; 2]) -> bool {
        self.is_one(u64::from(tempered(high)) << 32 | u64::from(tempered(low)))
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "at most 2^21")]
    fn four(self, heads: u32, pairs: &[[u32; 2]; 4], out: &mut [f32; 4]) {
        let threshold = u32x4::splat((self.threshold >> 32) as u32);
        let mut high = firsts(pairs, |words| words ^ words >> 11);
        high ^= high << 7 & u32x4::splat(0x9d2c_5680);
        high ^= high << 15 & u32x4::splat(0xefc6_0000);
        high ^= high >> 18;
        let high = high & u32x4::splat((1 << 21) - 1);
        let below = high.cast_signed().simd_lt(threshold.cast_signed());
        *out = floats(below.cast_unsigned() & u32x4::splat(heads));
        if high.simd_eq(threshold).any() {
            *out = self.four_by_both_words(heads, pairs);
        }
    }

    #[cold]
    fn four_by_both_words(self, heads: u32, pairs: &[[u32; 2]; 4]) -> [f32; 4] {
        pairs.map(|pair| f32::from_bits(if self.is_heads(pair) { heads } else { 0 }))
    }
}

/// Calls `toss` with four pairs and their coins after the other; the last ones are filled up to four.
#[inline]
fn by_fours(pairs: &[[u32; 2]], out: &mut [f32], toss: impl Fn(&[[u32; 2]; 4], &mut [f32; 4])) {
    let (fours, rest) = pairs.as_chunks();
    let (out, out_rest) = out.as_chunks_mut();
    for (out, four) in out.iter_mut().zip(fours) {
        toss(four, out);
    }
    if !rest.is_empty() {
        let (mut four, mut coins) = ([[0; 2]; 4], [0.0; 4]);
        for (to, from) in four.iter_mut().zip(rest) {
            *to = *from;
        }
        toss(&four, &mut coins);
        for (to, from) in out_rest.iter_mut().zip(coins) {
            *to = from;
        }
    }
}

/// Coins of one half: one if bit 20 of the tempered first word is 0. Of the four steps of tempering two leave that bit
/// alone and one has nothing to shift into it: it is the exclusive or of bits 20 and 31.
#[inline]
fn halves(heads: u32, pairs: &[[u32; 2]; 4]) -> [f32; 4] {
    let bits = firsts(pairs, |words| words ^ words << 11);
    let one = !(bits.cast_signed() >> 31_i32).cast_unsigned();
    floats(one & u32x4::splat(heads))
}

/// What `f` makes of the first word of each pair. It is given the second ones too: words that have been through a
/// vector are put together by one instruction, those that have not are loaded one by one.
#[inline]
fn firsts(pairs: &[[u32; 2]; 4], f: impl Fn(u32x4) -> u32x4) -> u32x4 {
    let (halves, _) = pairs.as_flattened().as_chunks();
    let [left, right]: [[u32; 4]; 2] = [0, 1].map(|half| f(u32x4::new(halves[half])).into());
    u32x4::new([left[0], left[2], right[0], right[2]])
}

#[inline]
fn floats(bits: u32x4) -> [f32; 4] {
    let bits: [u32; 4] = bits.into();
    bits.map(f32::from_bits)
}

/// Four words from `i` on.
#[inline]
fn four(state: &[u32; N], i: usize) -> u32x4 {
    // A copy of an array is one load; of its elements, four.
    u32x4::new(state[i..].first_chunk().copied().unwrap_or_default())
}

#[inline]
fn store(state: &mut [u32; N], i: usize, words: u32x4) {
    let words: [u32; 4] = words.into();
    state[i..i + 4].copy_from_slice(&words);
}

/// [`twisted`] of four words from `i` on.
#[inline]
fn twisted_four(state: &[u32; N], i: usize) -> u32x4 {
    let (high, low) = (four(state, i), four(state, i + 1));
    let joined = high & u32x4::splat(1 << 31) | low & u32x4::splat(!(1 << 31));
    let odd: u32x4 = low << 31_u32;
    let odd = (odd.cast_signed() >> 31_u32).cast_unsigned();
    joined >> 1 ^ odd & u32x4::splat(0x9908_b0df)
}

fn twisted(high: u32, low: u32) -> u32 {
    let joined = high & 1 << 31 | low & !(1 << 31);
    joined >> 1 ^ (low & 1).wrapping_neg() & 0x9908_b0df
}

fn tempered(mut word: u32) -> u32 {
    word ^= word >> 11;
    word ^= word << 7 & 0x9d2c_5680;
    word ^= word << 15 & 0xefc6_0000;
    word ^ word >> 18
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_first_and_of_later_blocks_are_those_of_the_reference() {
        // C++'s standard names the 10,000th word of the default seed.
        let mut engine = Mt19937::new(5489);
        assert_eq!([engine.word(), engine.word()], [3_499_211_612, 581_869_302]);
        let last = (2..10_000).map(|_| engine.word()).last();
        assert_eq!(last, Some(4_123_659_995));
    }

    #[test]
    fn coins_are_the_words_two_by_two_wherever_blocks_begin() {
        // One half, a threshold that any word may be equal to in its higher bits, never, always, and others.
        let thresholds = [
            1 << 52,
            3 << 51,
            0x12_3456_789a_bcde,
            0,
            1,
            (1 << 53) - 1,
            1 << 53,
        ];
        for skipped in [0, 1, 2, 623] {
            for threshold in thresholds {
                let (mut singly, mut tossed) = (Mt19937::new(1), Mt19937::new(1));
                for _ in 0..skipped {
                    assert_eq!(singly.word(), tossed.word());
                }
                let mut coins = [9.0; 1001];
                tossed.toss(Coin::new(threshold), 2.0, &mut coins);
                for coin in coins {
                    let high = u64::from(singly.word());
                    let word = high << 32 | u64::from(singly.word());
                    assert_eq!(coin == 2.0, word % (1 << 53) < threshold);
                    assert!(coin == 2.0 || coin.to_bits() == 0);
                }
                assert_eq!(tossed.word(), singly.word());
            }
        }
    }

    #[test]
    fn the_second_word_decides_where_the_first_leaves_it_open() {
        // A threshold that differs from this coin's own number in the last place.
        let pair = [0x1234_5678, 0x9abc_def0];
        let number = u64::from(tempered(pair[0])) << 32 | u64::from(tempered(pair[1]));
        let number = number % (1 << 53);
        for (threshold, expected) in [(number, 0.0), (number + 1, 1.0), (number - 1, 0.0)] {
            let mut coins = [9.0; 8];
            Coin::new(threshold).toss(1.0, &[pair; 8], &mut coins);
            assert_eq!(coins, [expected; 8]);
        }
    }

    #[test]
    fn words_drawn_are_counted_across_blocks() {
        let mut engine = Mt19937::new(1);
        for drawn in 0..2000 {
            assert_eq!(engine.drawn(), drawn);
            engine.word();
        }
        engine.toss(Coin::new(1), 1.0, &mut [0.0; 1000]);
        assert_eq!(engine.drawn(), 4000);
    }
}
