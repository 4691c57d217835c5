//! One pass of `SimpleNet` over a batch, forward and backward, every number of it kept.
use super::matmul::Products;
use super::widened::Widened;
use super::{
    DropProbability, DropoutStyle, Generator, LinearParameters, Loss, Mode, Parameters, Tensor,
    linear, relu,
};

/// Everything a forward and a backward pass compute, in buffers made once.
#[derive(Clone, Debug, Default)]
pub struct Pass {
    /// mask / (1 - p), `[B, H]`.
    pub noise: Tensor,
    /// 1 where kept, 0 where dropped, `[B, H]`.
    pub mask: Tensor,
    /// fc1's output, `[B, H]`.
    pub pre_activation: Tensor,
    /// After the `ReLU`, `[B, H]`.
    pub hidden: Tensor,
    /// After dropout, `[B, H]`.
    pub dropped: Tensor,
    /// fc2's output, `[B, out]`.
    pub output: Tensor,
    /// What is to become small.
    pub loss_fn: Loss,
    /// That of the output against the target.
    pub loss: f32,
    /// d loss / d output, `[B, out]`.
    pub grad_output: Tensor,
    /// d loss / d dropped, `[B, H]`.
    pub grad_dropped: Tensor,
    /// d loss / d hidden, `[B, H]`.
    pub grad_hidden: Tensor,
    /// d loss / d `pre_activation`, `[B, H]`.
    pub grad_pre_activation: Tensor,
    /// d loss / d parameter.
    pub grad: Parameters,
    /// The divisor, where the style divides after multiplying by the mask instead of before:
    /// another rounding.
    divide_last: Option<f32>,
    /// The input of the last `forward`.
    input: Widened,
    products: Products,
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
            loss_fn: Loss::default(),
            loss: 0.0,
            grad_output: per_output,
            grad_dropped: per_unit.clone(),
            grad_hidden: per_unit.clone(),
            grad_pre_activation: per_unit,
            grad: Parameters::zeros(in_features, hidden_features, out_features),
            divide_last: None,
            input: Widened::up_to(batch * in_features),
            products: Products::up_to([batch, hidden_features, in_features.max(out_features)]),
        }
    }

    /// The same with another loss.
    #[must_use]
    pub fn with_loss(self, loss_fn: Loss) -> Self {
        Self { loss_fn, ..self }
    }

    /// Draws which units are kept, into `mask` and `noise`.
    pub fn draw_mask(
        &mut self,
        g: &mut Generator,
        p: DropProbability,
        mode: Mode,
        style: DropoutStyle,
    ) {
        style.draw_mask(g, p, mode, self.mask.data_mut());
        let divisor = style.divisor(p, mode);
        each(&mut self.noise, &self.mask, |mask| mask / divisor);
        self.divide_last = (style == DropoutStyle::RandGreater).then_some(divisor);
    }

    /// fc1 -> ReLU -> dropout by the drawn mask -> fc2 -> loss.
    ///
    /// # Shapes
    /// `input` `[B, in]`, `target` `[B, out]`.
    pub fn forward(&mut self, parameters: &Parameters, input: &Tensor, target: &Tensor) {
        self.input.hold(input.data());
        let LinearParameters { weight, bias } = &parameters.fc1;
        let pre_activation = self.pre_activation.data_mut();
        linear::forward(
            &mut self.products,
            &self.input,
            weight,
            Some(bias),
            pre_activation,
        );
        relu::forward(self.pre_activation.data(), self.hidden.data_mut());
        self.apply_dropout();
        let LinearParameters { weight, bias } = &parameters.fc2;
        let output = self.output.data_mut();
        linear::forward(
            &mut self.products,
            self.dropped.data(),
            weight,
            Some(bias),
            output,
        );
        self.loss = self.loss_fn.of(self.output.data(), target.data());
    }

    /// All gradients of the loss of the last `forward`, by the chain rule from the loss back to
    /// fc1.
    ///
    /// # Shapes
    /// As for [`Self::forward`].
    pub fn backward(&mut self, parameters: &Parameters, target: &Tensor) {
        self.loss_fn.backward(
            self.output.data(),
            target.data(),
            self.grad_output.data_mut(),
        );
        linear::backward_parameters(
            &mut self.products,
            self.grad_output.data(),
            self.dropped.data(),
            &mut self.grad.fc2,
        );
        let grad_dropped = self.grad_dropped.data_mut();
        linear::backward_input(
            &mut self.products,
            self.grad_output.data(),
            &parameters.fc2.weight,
            grad_dropped,
        );
        self.dropout_backward();
        let grad_pre_activation = self.grad_pre_activation.data_mut();
        relu::backward(
            self.grad_hidden.data(),
            self.hidden.data(),
            grad_pre_activation,
        );
        linear::backward_parameters(
            &mut self.products,
            self.grad_pre_activation.data(),
            &self.input,
            &mut self.grad.fc1,
        );
    }

    fn apply_dropout(&mut self) {
        match self.divide_last {
            None => both(&mut self.dropped, &self.hidden, &self.noise, |h, noise| {
                h * noise
            }),
            Some(divisor) => both(&mut self.dropped, &self.hidden, &self.mask, |h, mask| {
                h * mask / divisor
            }),
        }
    }

    fn dropout_backward(&mut self) {
        match self.divide_last {
            None => both(
                &mut self.grad_hidden,
                &self.grad_dropped,
                &self.noise,
                |grad, noise| grad * noise,
            ),
            Some(divisor) => both(
                &mut self.grad_hidden,
                &self.grad_dropped,
                &self.mask,
                |grad, mask| grad / divisor * mask,
            ),
        }
    }
}

fn each(out: &mut Tensor, x: &Tensor, f: impl Fn(f32) -> f32) {
    for (out, x) in out.data_mut().iter_mut().zip(x.data()) {
        *out = f(*x);
    }
}

fn both(out: &mut Tensor, x: &Tensor, y: &Tensor, f: impl Fn(f32, f32) -> f32) {
    for ((out, x), y) in out.data_mut().iter_mut().zip(x.data()).zip(y.data()) {
        *out = f(*x, *y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: [DropoutStyle; 3] = [
        DropoutStyle::Module,
        DropoutStyle::BernoulliFull,
        DropoutStyle::RandGreater,
    ];

    fn pass(p: f64, mode: Mode, style: DropoutStyle) -> Pass {
        let mut g = Generator::new(36);
        let parameters = Parameters::init(&mut g, 5, 10, 1);
        let (input, target) = (Tensor::full(&[4, 5], 0.7), Tensor::zeros(&[4, 1]));
        let mut pass = Pass::new(4, 5, 10, 1);
        pass.draw_mask(&mut g, DropProbability::new(p).unwrap(), mode, style);
        pass.forward(&parameters, &input, &target);
        pass.backward(&parameters, &target);
        pass
    }

    #[test]
    fn evaluation_passes_hidden_through_unchanged() {
        for style in STYLES {
            let pass = pass(0.5, Mode::Eval, style);
            assert_eq!(pass.dropped, pass.hidden);
            assert_eq!(pass.grad_hidden, pass.grad_dropped);
        }
    }

    #[test]
    fn another_batch_is_not_taken_for_the_one_before() {
        let mut g = Generator::new(36);
        let parameters = Parameters::init(&mut g, 5, 10, 1);
        let target = Tensor::zeros(&[4, 1]);
        let both = |pass: &mut Pass, x: f32| {
            pass.forward(&parameters, &Tensor::full(&[4, 5], x), &target);
            pass.backward(&parameters, &target);
            (pass.loss, pass.grad.clone())
        };
        let mut pass = Pass::new(4, 5, 10, 1);
        for x in [0.7, -0.3, 0.7] {
            let alone = both(&mut Pass::new(4, 5, 10, 1), x);
            assert_eq!(both(&mut pass, x), alone);
        }
    }

    #[test]
    fn dropping_every_unit_leaves_the_bias_of_fc2_to_learn() {
        let pass = pass(1.0, Mode::Train, DropoutStyle::Module);
        assert!(pass.mask.data().iter().all(|m| *m == 0.0));
        assert!(pass.grad.fc1.weight.data().iter().all(|grad| *grad == 0.0));
        assert!(pass.grad.fc2.weight.data().iter().all(|grad| *grad == 0.0));
        assert!(pass.grad.fc2.bias.data()[0] != 0.0);
    }

    #[test]
    fn by_hand_dropping_every_unit_makes_the_loss_not_a_number() {
        for style in [DropoutStyle::BernoulliFull, DropoutStyle::RandGreater] {
            let pass = pass(1.0, Mode::Train, style);
            assert!(pass.mask.data().iter().all(|m| *m == 0.0));
            assert!(pass.loss.is_nan());
        }
    }

    #[test]
    fn a_dropped_unit_blocks_its_gradient() {
        for style in STYLES {
            let pass = pass(0.5, Mode::Train, style);
            let cells = pass.mask.data().iter().zip(pass.grad_hidden.data());
            assert!(cells.clone().any(|(mask, _)| *mask == 0.0));
            assert!(
                cells
                    .clone()
                    .all(|(mask, grad)| (*mask == 0.0) == (*grad == 0.0))
            );
        }
    }
}
