//! The calls of a dropout layer one after the other, of which only the coins are drawn.

use crate::model::again::MAX_PASSES;
use crate::nn::{DropProbability, DropoutStyle, Generator, Mode};

/// The masks that one sample of the batch gets in call after call.
#[derive(Clone, Debug)]
pub(super) struct Calls {
    generator: Generator,
    p: DropProbability,
    /// The sample's row, from 0.
    sample: usize,
    hidden: usize,
    /// A mask of the whole batch, `[B, H]`.
    batch: Vec<f32>,
}

impl Calls {
    /// The calls from the one that finds `generator`.
    pub(super) fn new(
        generator: Generator,
        p: DropProbability,
        [batch, hidden]: [usize; 2],
        sample: usize,
    ) -> Self {
        Self {
            generator,
            p,
            sample,
            hidden,
            batch: vec![0.0; batch * hidden],
        }
    }

    /// The sample's mask in the next call.
    pub(super) fn mask(&mut self) -> &[f32] {
        let style = DropoutStyle::Module;
        style.draw_mask(&mut self.generator, self.p, Mode::Train, &mut self.batch);
        &self.batch[self.sample * self.hidden..][..self.hidden]
    }

    /// The masks of so many calls, one a row.
    pub(super) fn masks(&mut self, calls: usize) -> Vec<f32> {
        let mut masks = Vec::with_capacity(calls * self.hidden);
        for _ in 0..calls {
            masks.extend_from_slice(self.mask());
        }
        masks
    }

    /// The fewest passes before the call that draws `mask`, if at most [`MAX_PASSES`] are enough.
    pub(super) fn passes_before(mut self, mask: &[bool]) -> Option<u32> {
        let same = |drawn: &[f32]| drawn.iter().zip(mask).all(|(m, kept)| (*m != 0.0) == *kept);
        (0..=MAX_PASSES).find(|_| same(self.mask()))
    }
}
