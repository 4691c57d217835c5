//! What a network has learned so far, in eval mode: its outputs, and what it makes of each input.

use super::Run;
use crate::model::settings::OUT_FEATURES;
use crate::nn::probability::rounded;
use crate::nn::{DropoutStyle, Mode, Parameters, Pass, Tensor};

impl Run {
    /// What the network makes of inputs in eval mode, number by number.
    ///
    /// # Shapes
    /// `input` `[N, in]`.
    #[must_use]
    pub fn evaluated(&self, input: &Tensor) -> Pass {
        let samples = input.shape()[0];
        let hidden = self.parameters().fc1.bias.numel();
        let mut pass = Pass::new(samples, input.shape()[1], hidden, OUT_FEATURES);
        let no_target = Tensor::zeros(&[samples, OUT_FEATURES]);
        pass.forward(self.parameters(), input, &no_target);
        pass
    }

    /// How far the outputs of such a pass spread from mask to mask, were masks drawn in eval mode too (*MC dropout*): the
    /// standard deviation over all masks, the square root of p / (1 - p) times the sum over units j of `(w2_j h_j)^2`.
    /// The mean over all masks is the output. 0 where p = 1 leaves one mask.
    ///
    /// # Shapes
    /// The result is `[N]`.
    ///
    /// # Source
    /// Gal and Ghahramani, *Dropout as a Bayesian Approximation*, 2016, who draw some masks; a layer before a linear
    /// output needs no drawing, see [`Identity`](crate::model::proof::subnetworks::Identity).
    #[must_use]
    pub fn spread(&self, pass: &Pass) -> Vec<f32> {
        let factor = if self.p().keep() > 0.0 {
            self.p().p() / self.p().keep()
        } else {
            0.0
        };
        let w2 = self.parameters().fc2.weight.data();
        let rows = pass.hidden.data().chunks_exact(w2.len());
        let squares = rows.map(|hidden| {
            let terms = hidden.iter().zip(w2);
            terms.map(|(h, w2)| f64::from(h * w2).powi(2)).sum::<f64>()
        });
        squares.map(|sum| rounded((factor * sum).sqrt())).collect()
    }

    /// The logits on a grid of two inputs, row by row.
    #[must_use]
    pub fn surface(&self, xs: &[f32], ys: &[f32]) -> Vec<f32> {
        let hidden = self.parameters().fc1.bias.numel();
        // A row at a time: a pass has many buffers.
        let mut pass = Pass::new(xs.len(), 2, hidden, OUT_FEATURES);
        let mut input = Tensor::zeros(&[xs.len(), 2]);
        let no_target = Tensor::zeros(&[xs.len(), OUT_FEATURES]);
        let mut logits = Vec::with_capacity(xs.len() * ys.len());
        for y in ys {
            for (at, x) in input.data_mut().chunks_exact_mut(2).zip(xs) {
                at.copy_from_slice(&[*x, *y]);
            }
            pass.forward(self.parameters(), &input, &no_target);
            logits.extend_from_slice(pass.output.data());
        }
        logits
    }

    /// The outputs of so many passes in eval mode with dropout on, drawn from where training has left the generator,
    /// which stays there. Every input of every pass has a mask of its own.
    ///
    /// # Shapes
    /// `input` `[N, in]`; the result `[passes][N]`.
    #[must_use]
    pub fn passes(&self, input: &Tensor, passes: u32) -> Vec<Vec<f32>> {
        let samples = input.shape()[0];
        let hidden = self.parameters().fc1.bias.numel();
        let mut generator = self.generator().clone();
        let mut pass = Pass::new(samples, input.shape()[1], hidden, OUT_FEATURES);
        let no_target = Tensor::zeros(&[samples, OUT_FEATURES]);
        let mut outputs = || {
            pass.draw_mask(&mut generator, self.p(), Mode::Train, DropoutStyle::Module);
            pass.forward(self.parameters(), input, &no_target);
            pass.output.data().to_vec()
        };
        (0..passes).map(|_| outputs()).collect()
    }

    /// By how much the output rises with each input, the mean over the samples of such a pass of
    /// d output / d `x_i` = sum over units j of `w2_j W1_ji`, for the units that are on.
    ///
    /// # Shapes
    /// The result is `[in]`.
    #[must_use]
    pub fn slopes(&self, pass: &Pass) -> Vec<f64> {
        let Parameters { fc1, fc2 } = self.parameters();
        let inputs = fc1.weight.shape()[1];
        let mut slopes = vec![0.0; inputs];
        let rows = fc1.weight.data().chunks_exact(inputs);
        for ((unit, row), w2) in rows.enumerate().zip(fc2.weight.data()) {
            let weight = share_on(pass, unit) * f64::from(*w2);
            for (slope, w1) in slopes.iter_mut().zip(row) {
                *slope += weight * f64::from(*w1);
            }
        }
        slopes
    }
}

/// The share of samples in which a unit is on.
fn share_on(pass: &Pass, unit: usize) -> f64 {
    let hidden = pass.hidden.shape()[1];
    let units = pass.hidden.data().iter().skip(unit).step_by(hidden);
    let (on, all) = units.fold((0.0, 0.0), |(on, all), hidden| {
        (on + f64::from(u8::from(*hidden > 0.0)), all + 1.0)
    });
    on / all
}
