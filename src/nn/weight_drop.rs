//! The third notebook's `WeightDrop`: dropout of weights instead of units.
use super::dropout::{Dropped, draw_noise, dropout, shared_noise};
use super::{DropProbability, DropoutStyle, Generator, Mode, Tensor};

/// Which weights share a coin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WeightDrop {
    /// None: DropConnect. Stops in evaluation.
    DropConnect,
    /// All of a row, which is one output unit; its bias stays. Goes on in evaluation, as the notebook has it: its
    /// call says `training=True`.
    Variational,
}

impl WeightDrop {
    /// The weight that the wrapped layer uses in this pass.
    ///
    /// # Shapes
    /// `weight` [out, in].
    ///
    /// # Source
    /// Wan et al., *Regularization of neural networks using DropConnect*, 2013; Merity et al., *Regularizing and
    /// optimizing LSTM language models*, 2017 (AWD-LSTM), `weight_drop.py`.
    #[must_use]
    pub fn apply(
        self,
        g: &mut Generator,
        weight: &Tensor,
        p: DropProbability,
        mode: Mode,
    ) -> Dropped {
        if self == Self::DropConnect {
            return dropout(g, weight, p, mode);
        }
        let rows = weight.shape().first().copied().unwrap_or(1);
        let row_size: usize = weight.shape().iter().skip(1).product();
        let noise = shared_noise(
            weight.shape(),
            rows,
            |i| i / row_size,
            |noise| {
                draw_noise(g, p, Mode::Train, DropoutStyle::Module, noise);
            },
        );
        Dropped::multiply(weight.clone(), noise)
    }
}
