//! Dropout of whole channels: `F.dropout1d`, `F.dropout2d`, `F.dropout3d`. All elements of a
//! channel of a sample share one coin.
use super::dropout::draw_noise;
use super::dropped::{Dropped, shared_noise};
use super::{DropProbability, DropoutStyle, Error, Generator, Mode, Tensor};

/// How many dimensions a channel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeatureDropout {
    /// `F.dropout1d`: (N, C, L) or (C, L).
    One,
    /// `F.dropout2d`: (N, C, H, W); three dimensions count as (N, C, L).
    Two,
    /// `F.dropout3d`: (N, C, D, H, W) or (C, D, H, W).
    Three,
}

impl FeatureDropout {
    /// y = x * m / (1 - p), m drawn once for every sample and channel.
    ///
    /// # Shapes
    /// Any; the first two dimensions are (N, C), or without a batch the first one is C.
    ///
    /// # Errors
    /// The input has no channels, or for `dropout1d` another number of dimensions than 2 or 3.
    ///
    /// # Source
    /// Tompson et al., *Efficient object localization using convolutional networks*, 2015;
    /// `torch/nn/functional.py`, `aten/src/ATen/native/Dropout.cpp`.
    pub fn apply(
        self,
        g: &mut Generator,
        input: &Tensor,
        p: DropProbability,
        mode: Mode,
    ) -> Result<Dropped, Error> {
        let dimensions = input.shape().len();
        if self == Self::One && !(2..=3).contains(&dimensions) {
            return Err(Error::Dropout1dInput(dimensions));
        }
        let batched = !matches!((self, dimensions), (Self::One, 2) | (Self::Three, 4 | 1));
        let noise = channel_noise(input.shape(), batched, |noise| {
            draw_noise(g, p, mode, DropoutStyle::Module, noise);
        })?;
        Ok(Dropped::multiply(input.clone(), noise))
    }
}

/// One drawn number for every (sample, channel) of `shape`, spread over its elements.
pub(super) fn channel_noise(
    shape: &[usize],
    batched: bool,
    draw: impl FnOnce(&mut [f32]),
) -> Result<Tensor, Error> {
    let leading = if batched { 2 } else { 1 };
    if shape.len() < leading {
        return Err(Error::FeatureDimensions);
    }
    let (channels, rest) = shape.split_at(leading);
    let size: usize = rest.iter().product();
    Ok(shared_noise(
        shape,
        channels.iter().product(),
        |i| i / size,
        draw,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ones(shape: &[usize]) -> Tensor {
        Tensor::full(shape, 1.0)
    }

    fn half() -> DropProbability {
        DropProbability::new(0.5).unwrap()
    }

    #[test]
    fn a_channel_is_kept_or_dropped_as_a_whole() {
        let x = ones(&[4, 5, 3, 2]);
        let y = FeatureDropout::Two.apply(&mut Generator::new(1), &x, half(), Mode::Train);
        let y = y.unwrap().output;
        let channels: Vec<_> = y.data().chunks(6).collect();
        assert!(channels.iter().all(|c| c.iter().all(|v| *v == c[0])));
        assert!(channels.iter().any(|c| c[0] == 0.0) && channels.iter().any(|c| c[0] == 2.0));
    }

    #[test]
    fn where_there_is_nothing_to_draw_nothing_is_drawn() {
        let p = |p| DropProbability::new(p).unwrap();
        for (shape, p, mode, expected) in [
            (&[2, 3, 4][..], p(0.5), Mode::Eval, 1.0),
            (&[2, 3, 4], p(0.0), Mode::Train, 1.0),
            (&[2, 3, 4], p(1.0), Mode::Train, 0.0),
            (&[2, 3, 0], p(0.5), Mode::Train, 0.0),
        ] {
            let mut g = Generator::new(1);
            let y = FeatureDropout::One
                .apply(&mut g, &ones(shape), p, mode)
                .unwrap();
            assert_eq!(y.output, Tensor::full(shape, expected));
            assert_eq!(g.word(), Generator::new(1).word());
        }
    }

    #[test]
    fn inputs_without_channels_are_refused_as_torch_refuses_them() {
        let refusal = |layer: FeatureDropout, shape: &[usize]| {
            layer
                .apply(&mut Generator::new(1), &ones(shape), half(), Mode::Train)
                .err()
        };
        for shape in [&[][..], &[2], &[2, 2, 2, 2]] {
            let expected = Some(Error::Dropout1dInput(shape.len()));
            assert_eq!(refusal(FeatureDropout::One, shape), expected);
        }
        for shape in [&[][..], &[2]] {
            assert_eq!(
                refusal(FeatureDropout::Two, shape),
                Some(Error::FeatureDimensions)
            );
        }
        assert_eq!(
            refusal(FeatureDropout::Three, &[]),
            Some(Error::FeatureDimensions)
        );
        assert_eq!(refusal(FeatureDropout::Three, &[2]), None);
    }
}
