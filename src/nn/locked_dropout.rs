//! Locked (variational) dropout, the third notebook's: one mask for all steps of a sequence.
use super::dropped::{Dropped, shared_noise};
use super::probability::rounded;
use super::sample::coins;
use super::{DropProbability, Generator, Mode, Tensor};

/// y = m * x with m drawn once for (1, B, H), divided by 1 - p, and shared along the first
/// dimension.
///
/// The first dimension is meant to be time. Batch-first data shares the mask across the batch
/// instead, as in the notebook. For p = 1 this is 0 / 0, NaN: it is written by hand and lacks the
/// module's exception.
///
/// # Shapes
/// `input` (T, B, H); any further dimensions count as H.
///
/// # Source
/// Gal and Ghahramani, *A theoretically grounded application of dropout in recurrent neural
/// networks*, 2016; Merity et al., *Regularizing and optimizing LSTM language models*, 2017
/// (AWD-LSTM), `locked_dropout.py`.
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
            coins(g, p.keep(), 1.0, mask);
            for mask in mask {
                *mask /= rounded(p.keep());
            }
        },
    );
    Dropped::multiply(input.clone(), noise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_steps_of_a_sequence_share_one_mask() {
        let p = DropProbability::new(0.5).unwrap();
        let x = Tensor::full(&[6, 2, 10], 1.0);
        let y = locked_dropout(&mut Generator::new(1), &x, p, Mode::Train).output;
        assert!((1..6).all(|step| y.row(step) == y.row(0)));
        assert!(y.row(0).contains(&0.0) && y.row(0).contains(&2.0));
    }

    #[test]
    fn edges_are_those_of_the_code_it_is_taken_from() {
        let x = Tensor::full(&[2, 1, 3], -1.5);
        let run = |p, mode| {
            let mut g = Generator::new(1);
            let p = DropProbability::new(p).unwrap();
            let output = locked_dropout(&mut g, &x, p, mode).output;
            (output, g.word() != Generator::new(1).word())
        };
        assert_eq!(run(0.0, Mode::Train), (x.clone(), false));
        assert_eq!(run(1.0, Mode::Eval), (x.clone(), false));
        let (nothing, drew) = run(1.0, Mode::Train);
        assert!(nothing.data().iter().all(|y| y.is_nan()) && drew);
        let empty = Tensor::zeros(&[0, 2, 3]);
        let p = DropProbability::new(0.5).unwrap();
        let mut g = Generator::new(1);
        assert_eq!(locked_dropout(&mut g, &empty, p, Mode::Train).output, empty);
    }
}
