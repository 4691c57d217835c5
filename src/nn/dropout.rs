//! Dropout.
use super::{DropProbability, Generator, Mode};

/// Whose dropout: PyTorch's module, or one of the two that the notebooks write by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DropoutStyle {
    /// `nn.Dropout(p)`.
    #[default]
    Module,
    /// `torch.bernoulli(torch.full_like(x, 1 - p)) / (1 - p)`.
    BernoulliFull,
    /// `x * (torch.rand(x.shape) > p).float() / (1 - p)`.
    RandGreater,
}

/// Fills `noise` with mask / (1 - p), what a dropout of this style multiplies its input by.
pub fn draw_noise(
    g: &mut Generator,
    p: DropProbability,
    mode: Mode,
    style: DropoutStyle,
    noise: &mut [f32],
) {
    let _ = (g, p, mode, style, noise);
}
