//! The Mersenne Twister, MT19937, a block of words at a time: loops without branches over whole
//! arrays, which compile to vector instructions. What its words mean is [`super::rng`]'s affair.
//!
//! # Source
//! Matsumoto and Nishimura, *Mersenne Twister*, 1998; `mt19937ar.c`.

/// Words of the state, and of a block.
const N: usize = 624;
/// How far apart the words are that the recurrence joins.
const M: usize = 397;

/// The engine: its state, and the block of words made from it.
#[derive(Clone, Debug)]
pub struct Mt19937 {
    state: [u32; N],
    block: [u32; N],
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
            block: [0; N],
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
        let word = self.block[self.taken];
        self.taken += 1;
        word
    }

    /// Fills `out` with `f` of the next two words each.
    #[inline]
    pub fn fill_by_pairs<T>(&mut self, mut out: &mut [T], f: impl Fn([u32; 2]) -> T) {
        while let Some(first) = out.first_mut() {
            let (pairs, _) = self.block[self.taken..].as_chunks();
            let filled = if pairs.is_empty() {
                // At the block's end, and perhaps with one foot in the next.
                *first = f([self.word(), self.word()]);
                1
            } else {
                for (out, pair) in out.iter_mut().zip(pairs) {
                    *out = f(*pair);
                }
                let filled = pairs.len().min(out.len());
                self.taken += 2 * filled;
                filled
            };
            out = &mut out[filled..];
        }
    }

    #[inline(never)]
    fn next_block(&mut self) {
        let state = &mut self.state;
        for i in 0..N - M {
            state[i] = state[i + M] ^ twisted(state[i], state[i + 1]);
        }
        for i in N - M..N - 1 {
            state[i] = state[i + M - N] ^ twisted(state[i], state[i + 1]);
        }
        state[N - 1] = state[M - 1] ^ twisted(state[N - 1], state[0]);
        for (word, state) in self.block.iter_mut().zip(state) {
            *word = tempered(*state);
        }
        self.taken = 0;
        self.blocks += 1;
    }
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
    fn pairs_are_the_words_two_by_two_wherever_blocks_begin() {
        for skipped in [0, 1, 2, 623] {
            let (mut singly, mut by_pairs) = (Mt19937::new(1), Mt19937::new(1));
            for _ in 0..skipped {
                assert_eq!(singly.word(), by_pairs.word());
            }
            let mut pairs = [[0; 2]; 1000];
            by_pairs.fill_by_pairs(&mut pairs, |pair| pair);
            assert!(
                pairs
                    .as_flattened()
                    .iter()
                    .all(|word| *word == singly.word())
            );
            assert_eq!(by_pairs.word(), singly.word());
        }
    }

    #[test]
    fn words_drawn_are_counted_across_blocks() {
        let mut engine = Mt19937::new(1);
        for drawn in 0..2000 {
            assert_eq!(engine.drawn(), drawn);
            engine.word();
        }
        engine.fill_by_pairs(&mut [0; 1000], |[high, _]| high);
        assert_eq!(engine.drawn(), 4000);
    }
}
