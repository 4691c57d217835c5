//! One pass of `SimpleNet` over a batch, forward and backward, every number of it kept.
use super::{DropProbability, DropoutStyle, Generator, Mode, Parameters, Tensor};

/// Everything a forward and a backward pass compute, in buffers made once.
#[derive(Clone, Debug, Default)]
pub struct Pass {
    /// mask / (1 - p), [B, H].
    pub noise: Tensor,
    /// 1 where kept, 0 where dropped, [B, H].
    pub mask: Tensor,
    /// fc1's output, [B, H].
    pub pre_activation: Tensor,
    /// After the `ReLU`, [B, H].
    pub hidden: Tensor,
    /// After dropout, [B, H].
    pub dropped: Tensor,
    /// fc2's output, [B, out].
    pub output: Tensor,
    /// Mean squared error against the target.
    pub loss: f32,
    /// d loss / d output, [B, out].
    pub grad_output: Tensor,
    /// d loss / d dropped, [B, H].
    pub grad_dropped: Tensor,
    /// d loss / d hidden, [B, H].
    pub grad_hidden: Tensor,
    /// d loss / d `pre_activation`, [B, H].
    pub grad_pre_activation: Tensor,
    /// d loss / d parameter.
    pub grad: Parameters,
}

impl Pass {
    /// Buffers for a batch of this size; every unit is kept until a mask is drawn.
    #[must_use]
    pub fn new(
        batch: usize,
        in_features: usize,
        hidden_features: usize,
        out_features: usize,
    ) -> Self {
        let per_unit = Tensor::zeros(&[batch, hidden_features]);
        let per_output = Tensor::zeros(&[batch, out_features]);
        let ones = Tensor::full(&[batch, hidden_features], 1.0);
        Self {
            noise: ones.clone(),
            mask: ones,
            pre_activation: per_unit.clone(),
            hidden: per_unit.clone(),
            dropped: per_unit.clone(),
            output: per_output.clone(),
            loss: 0.0,
            grad_output: per_output,
            grad_dropped: per_unit.clone(),
            grad_hidden: per_unit.clone(),
            grad_pre_activation: per_unit,
            grad: Parameters::zeros(in_features, hidden_features, out_features),
        }
    }

    /// Draws which units are kept, into `mask` and `noise`.
    pub fn draw_mask(
        &mut self,
        g: &mut Generator,
        p: DropProbability,
        mode: Mode,
        style: DropoutStyle,
    ) {
        let _ = (g, p, mode, style);
    }

    /// fc1 -> `ReLU` -> dropout by the drawn mask -> fc2 -> loss.
    pub fn forward(&mut self, parameters: &Parameters, input: &Tensor, target: &Tensor) {
        let _ = (parameters, input, target);
    }

    /// All gradients of the loss of the last `forward`.
    pub fn backward(&mut self, parameters: &Parameters, input: &Tensor, target: &Tensor) {
        let _ = (parameters, input, target);
    }
}
