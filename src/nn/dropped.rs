//! What all dropout layers have in common: an input multiplied by noise, forward and backward. How
//! the noise comes about is each layer's own affair.
use super::Tensor;

/// What a dropout layer returned, and what it multiplied its input by, element by element.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// input * noise. Dropped negatives are -0.0; dropped infinities and NaN are NaN.
    pub output: Tensor,
    /// d output / d input, of the input's shape.
    pub noise: Tensor,
}

impl Dropped {
    /// `input` multiplied by `noise`, one number for every element.
    pub(super) fn multiply(mut input: Tensor, noise: Tensor) -> Self {
        multiply(input.data_mut(), noise.data());
        Self {
            output: input,
            noise,
        }
    }

    /// d loss / d input, from d loss / d output: the same noise.
    ///
    /// ```
    /// use dropout_nn::{DropProbability, Generator, Mode, Tensor, dropout::dropout};
    /// let x = Tensor::full(&[6], -1.0);
    /// let layer = dropout(&mut Generator::new(1), &x, DropProbability::new(0.5)?, Mode::Train);
    /// assert_eq!(layer.backward(&x), layer.output);
    /// # Ok::<(), dropout_nn::Error>(())
    /// ```
    #[must_use]
    pub fn backward(&self, grad_output: &Tensor) -> Tensor {
        let mut grad_input = grad_output.clone();
        multiply(grad_input.data_mut(), self.noise.data());
        grad_input
    }
}

pub(super) fn multiply(x: &mut [f32], noise: &[f32]) {
    for (x, noise) in x.iter_mut().zip(noise) {
        *x *= noise;
    }
}

/// Draws `coins` numbers of noise and spreads them over `shape`: coin `coin_of(i)` goes to element
/// `i`. A tensor without elements draws none.
pub(super) fn shared_noise(
    shape: &[usize],
    coins: usize,
    coin_of: impl Fn(usize) -> usize,
    draw: impl FnOnce(&mut [f32]),
) -> Tensor {
    let mut noise = Tensor::zeros(shape);
    if noise.numel() > 0 {
        let mut drawn = vec![0.0; coins];
        draw(&mut drawn);
        for (i, noise) in noise.data_mut().iter_mut().enumerate() {
            *noise = drawn[coin_of(i)];
        }
    }
    noise
}
