//! Dropout of whole channels: `F.dropout1d`, `F.dropout2d`, `F.dropout3d`. All elements of a channel of a sample share
//! one coin.
use super::dropout::{Dropped, draw_noise, shared_noise};
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
