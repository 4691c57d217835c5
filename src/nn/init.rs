//! `nn.Linear`'s initial parameters.
use super::Generator;
use super::sample::fill_uniform;

/// Fills the weight and then, if there is one, the bias with uniforms in (-1 / sqrt(in), 1 /
/// sqrt(in)).
///
/// PyTorch gets to the weight's bound by way of Kaiming's formula with a = sqrt(5); rounded to
/// `f32` it is the same.
///
/// # Shapes
/// `weight` `[out, in]`, `bias` `[out]`.
///
/// # Source
/// `torch/nn/modules/linear.py`, `reset_parameters`.
pub fn linear_init(
    g: &mut Generator,
    in_features: usize,
    weight: &mut [f32],
    bias: Option<&mut [f32]>,
) {
    #[allow(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
    let bound = if in_features == 0 {
        0.0
    } else {
        1.0 / (in_features as f64).sqrt()
    };
    fill_uniform(g, -bound, bound, weight);
    if let Some(bias) = bias {
        fill_uniform(g, -bound, bound, bias);
    }
}
