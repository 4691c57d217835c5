//! The order in which training samples are seen.

use super::Samples;
use crate::model::settings::OUT_FEATURES;
use crate::nn::{Generator, Tensor, sample};

/// Rounds through the training samples, each in a new order; what fills no batch is left out.
#[derive(Clone, Debug)]
pub(super) struct Batches {
    shuffle: Generator,
    order: Vec<i64>,
    next: usize,
    batch: Samples,
}

impl Batches {
    /// Before the first batch. The shuffling generator's seed is drawn as
    /// `torch.empty((), dtype=torch.int64).random_()` draws it.
    ///
    /// # Source
    /// `torch/utils/data/sampler.py`, `RandomSampler`.
    pub(super) fn new(g: &mut Generator, train: &Samples, batch: u32) -> Self {
        let (samples, inputs) = (train.target.numel(), train.input.shape()[1]);
        let batch = (batch.max(1) as usize).min(samples);
        Self {
            shuffle: Generator::new(g.word64() % (1 << 63)),
            order: vec![0; samples],
            next: samples,
            batch: Samples {
                input: Tensor::zeros(&[batch, inputs]),
                target: Tensor::zeros(&[batch, OUT_FEATURES]),
            },
        }
    }

    /// The latest batch.
    pub(super) fn batch(&self) -> &Samples {
        &self.batch
    }

    /// Makes the batch that of the next samples. Allocates nothing.
    pub(super) fn next(&mut self, train: &Samples) {
        let size = self.batch.target.numel();
        if self.next + size > self.order.len() {
            sample::randperm(&mut self.shuffle, &mut self.order);
            self.next = 0;
        }
        let samples = &self.order[self.next..self.next + size];
        self.next += size;
        let inputs = train.input.shape()[1];
        let rows = self.batch.input.data_mut().chunks_exact_mut(inputs);
        let targets = self.batch.target.data_mut();
        for ((row, target), sample) in rows.zip(targets).zip(samples) {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a permutation of indices"
            )]
            let sample = *sample as usize;
            row.copy_from_slice(train.input.row(sample));
            *target = train.target.data()[sample];
        }
    }
}
