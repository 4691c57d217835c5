//! Locked (variational) dropout, the third notebook's: one mask for all steps of a sequence.
use super::dropout::{Dropped, shared_noise};
use super::probability::rounded;
use super::sample::coins;
use super::{DropProbability, Generator, Mode, Tensor};

/// y = m * x with m drawn once for (1, B, H), divided by 1 - p, and shared along the first dimension.
///
/// The first dimension is meant to be time. Batch-first data shares the mask across the batch instead, as in the
/// notebook. For p = 1 this is 0 / 0, NaN: it is written by hand and lacks the module's exception.
///
/// # Shapes
/// `input` (T, B, H); any further dimensions count as H.
///
/// # Source
/// Gal and Ghahramani, *A theoretically grounded application of dropout in recurrent neural networks*, 2016; Merity
/// et al., *Regularizing and optimizing LSTM language models*, 2017 (AWD-LSTM), `locked_dropout.py`.
#[must_use]
pub fn locked_dropout(
    g: &mut Generator,
    input: &Tensor,
    p: DropProbability,
    mode: Mode,
) -> Dropped {
    if mode == Mode::Eval || p.p() == 0.0 {
        let noise = Tensor::full(input.shape(), 1.0);
        let output = input.clone();
        return Dropped { output, noise };
    }
    let mask_size = input.shape().iter().skip(1).product();
    let noise = shared_noise(
        input.shape(),
        mask_size,
        |i| i % mask_size,
        |mask| {
            coins(g, p.keep(), mask);
            for mask in mask {
                *mask /= rounded(p.keep());
            }
        },
    );
    Dropped::multiply(input.clone(), noise)
}
