//! A pass forward and back over a batch, with the update on the way back.

use wide::f32x4;

use super::rule::{Rule, without_tiny};
use super::{Fast, Four};
use crate::Loss;
use crate::loss::two_over;

/// The most samples, or inputs, whose sums are kept in registers at once.
pub(super) const MOST: usize = 5;

/// Of few, as many as that, to have fewer rounds; of many, 4, as more leave too few registers for all else.
fn most(all: usize) -> usize {
    if all <= 10 { MOST } else { 4 }
}

/// Does what is asked for `SIZE` samples or inputs at once, for a size that is known only now.
macro_rules! at_once {
    ($size:expr, |$name:ident| $call:expr) => {
        match $size {
            1 => at_once!(1; $name, $call),
            2 => at_once!(2; $name, $call),
            3 => at_once!(3; $name, $call),
            4 => at_once!(4; $name, $call),
            _ => at_once!(5; $name, $call),
        }
    };
    ($size:literal; $name:ident, $call:expr) => {{
        const $name: usize = $size;
        $call
    }};
}

/// As few parts as possible of at most [`most`], each a start and a size, the sizes as even as can be.
fn parts(all: usize) -> impl Iterator<Item = (usize, usize)> {
    let count = all.div_ceil(most(all)).max(1);
    let (size, larger) = (all / count, all % count);
    (0..count).map(move |part| {
        (
            part * size + part.min(larger),
            size + usize::from(part < larger),
        )
    })
}

impl Fast {
    /// From the input to the loss, which is returned, and to its gradient. `draw` makes the noise of so many samples.
    pub(super) fn forward(
        &mut self,
        input: &[f32],
        target: &[f32],
        mut draw: impl FnMut(&mut Self, usize),
    ) -> f32 {
        let whole = self.draws_whole();
        if whole {
            draw(self, self.batch);
        }
        for (first, samples) in parts(self.batch) {
            let drawn = if whole {
                first
            } else {
                draw(self, samples);
                0
            };
            at_once!(samples, |SAMPLES| self
                .forward_samples::<SAMPLES>(input, first, drawn));
        }
        self.add_up();
        match self.loss {
            Loss::Mse => self.mse(target),
            Loss::BceWithLogits => {
                self.loss
                    .backward(&self.output, target, &mut self.grad_output);
                self.loss.of(&self.output, target)
            }
        }
    }

    /// Some samples from `first` on, up to the sums behind fc2; their noise is that from the `drawn`th sample on.
    #[inline(never)]
    fn forward_samples<const SAMPLES: usize>(&mut self, input: &[f32], first: usize, drawn: usize) {
        let (stride, hidden) = (self.inputs + 2, self.hidden);
        let rows: [&[f32]; SAMPLES] =
            std::array::from_fn(|n| &input[(first + n) * self.inputs..][..self.inputs]);
        let mut noise: [&[f32]; SAMPLES] =
            std::array::from_fn(|n| &self.noise[(drawn + n) * hidden..]);
        let mut sums = [f32x4::ZERO; SAMPLES];
        let mut pairs = self.parameters.chunks_exact(2 * stride);
        let mut dropped = self.dropped.chunks_exact_mut(2 * self.batch);
        for (pair, dropped) in (&mut pairs).zip(&mut dropped) {
            let (left, right) = pair.split_at(stride);
            let (here, there) = dropped.split_at_mut(self.batch);
            let (left, right) = (Quad::of(left), Quad::of(right));
            let units = units([left.weights, right.weights], [left.bias, right.bias], rows);
            let places = here[first..first + SAMPLES]
                .iter_mut()
                .zip(&mut there[first..first + SAMPLES]);
            for ((n, (here, there)), units) in places.enumerate().zip(units) {
                let Some((kept, rest)) = noise[n].split_first_chunk::<4>() else {
                    return;
                };
                let Some((kept_too, rest)) = rest.split_first_chunk::<4>() else {
                    return;
                };
                noise[n] = rest;
                let a = relu(units[0]) * f32x4::new(*kept);
                let b = relu(units[1]) * f32x4::new(*kept_too);
                *here = a.into();
                *there = b.into();
                sums[n] += a * left.outwards + b * right.outwards;
            }
        }
        if self.quads % 2 == 1 {
            let quad = Quad::of(&pairs.remainder()[..stride]);
            let units = units([quad.weights], [quad.bias], rows);
            let places = &mut dropped.into_remainder()[first..first + SAMPLES];
            for ((n, here), units) in places.iter_mut().enumerate().zip(units) {
                let Some((kept, _)) = noise[n].split_first_chunk::<4>() else {
                    return;
                };
                let a = relu(units[0]) * f32x4::new(*kept);
                *here = a.into();
                sums[n] += a * quad.outwards;
            }
        }
        for (to, sum) in self.sums[first..first + SAMPLES].iter_mut().zip(sums) {
            *to = sum.into();
        }
    }

    /// The outputs: what the lanes add up to, and the bias.
    fn add_up(&mut self) {
        let bias = self.parameters.last().map_or(0.0, |last| last[0]);
        let (fours, rest) = self.sums.as_chunks::<4>();
        let (outputs, outputs_rest) = self.output.as_chunks_mut::<4>();
        for (output, sums) in outputs.iter_mut().zip(fours) {
            let [a, b, c, d] = f32x4::transpose(sums.map(f32x4::new));
            *output = (((a + b) + (c + d)) + f32x4::splat(bias)).into();
        }
        for (output, [a, b, c, d]) in outputs_rest.iter_mut().zip(rest) {
            *output = ((a + b) + (c + d)) + bias;
        }
    }

    /// [`crate::loss::mse`] and its gradient, in which nothing is so small that products become subnormal.
    fn mse(&mut self, target: &[f32]) -> f32 {
        let factor = two_over(target.len());
        let mut sum = f32x4::ZERO;
        let (outputs, outputs_rest) = self.output.as_chunks::<4>();
        let (targets, targets_rest) = target.as_chunks::<4>();
        let (grads, grads_rest) = self.grad_output.as_chunks_mut::<4>();
        for ((output, target), grad) in outputs.iter().zip(targets).zip(grads) {
            let difference = f32x4::new(*output) - f32x4::new(*target);
            sum += difference * difference;
            *grad = without_tiny(difference * f32x4::splat(factor)).into();
        }
        let [a, b, c, d] = sum.to_array();
        let mut sum = (a + b) + (c + d);
        for ((output, target), grad) in outputs_rest.iter().zip(targets_rest).zip(grads_rest) {
            let difference = output - target;
            sum += difference * difference;
            let slope = difference * factor;
            *grad = if slope.abs() > 1e-30 { slope } else { 0.0 };
        }
        // 2 / n halved is 1 / n.
        sum * (factor / 2.0)
    }

    /// From the gradient of the loss back to every parameter, which it moves.
    pub(super) fn backward(&mut self, input: &[f32], rule: &Rule) {
        let mut quad = 0;
        while quad + 2 <= self.quads {
            self.backward_quads::<2>(input, quad, rule);
            quad += 2;
        }
        if quad < self.quads {
            self.backward_quads::<1>(input, quad, rule);
        }
        let bias = self.grad_output.iter().fold(0.0, |sum, grad| sum + grad);
        self.grads[0] = [bias, 0.0, 0.0, 0.0];
        self.update(self.parameters.len() - 1, 1, rule);
    }

    /// `QUADS` quads from `first` on.
    #[inline(never)]
    fn backward_quads<const QUADS: usize>(&mut self, input: &[f32], first: usize, rule: &Rule) {
        let (stride, batch) = (self.inputs + 2, self.batch);
        let scale = f32x4::splat(self.scale);
        let outwards: [f32x4; QUADS] = std::array::from_fn(|quad| {
            f32x4::new(self.parameters[(first + quad + 1) * stride - 1]) * scale
        });
        let dropped: [&[Four]; QUADS] =
            std::array::from_fn(|quad| &self.dropped[(first + quad) * batch..][..batch]);
        let grad_hidden = self.grad_hidden.as_chunks_mut::<QUADS>().0;
        let grad_hidden = &mut grad_hidden[..batch];
        let mut bias = [f32x4::ZERO; QUADS];
        let mut outward = [f32x4::ZERO; QUADS];
        for (n, grad) in self.grad_output[..batch].iter().enumerate() {
            let grad = f32x4::splat(*grad);
            for quad in 0..QUADS {
                let unit = f32x4::new(dropped[quad][n]);
                outward[quad] += grad * unit;
                let back = (grad * outwards[quad]) & unit.simd_gt(f32x4::ZERO);
                bias[quad] += back;
                grad_hidden[n][quad] = back.into();
            }
        }
        for quad in 0..QUADS {
            let end = (quad + 1) * stride;
            self.grads[end - 2] = bias[quad].into();
            self.grads[end - 1] = outward[quad].into();
        }
        for (k, inputs) in parts(self.inputs) {
            at_once!(inputs, |INPUTS| {
                let grads: [[f32x4; QUADS]; INPUTS] = self.grad_weights(input, k);
                for (i, grads) in grads.into_iter().enumerate() {
                    for (quad, grad) in grads.into_iter().enumerate() {
                        self.grads[quad * stride + k + i] = grad.into();
                    }
                }
            });
        }
        self.update(first * stride, QUADS * stride, rule);
    }

    /// d loss / d weight of `INPUTS` inputs from `first` on, of the quads at hand.
    #[inline]
    fn grad_weights<const INPUTS: usize, const QUADS: usize>(
        &self,
        input: &[f32],
        first: usize,
    ) -> [[f32x4; QUADS]; INPUTS] {
        let mut grads = [[f32x4::ZERO; QUADS]; INPUTS];
        let grad_hidden = self.grad_hidden.as_chunks::<QUADS>().0;
        for (row, back) in input.chunks_exact(self.inputs).zip(grad_hidden) {
            let back = back.map(f32x4::new);
            let row = &row[first..first + INPUTS];
            for (grads, x) in grads.iter_mut().zip(row) {
                let x = f32x4::splat(*x);
                for (grad, back) in grads.iter_mut().zip(back) {
                    *grad += x * back;
                }
            }
        }
        grads
    }

    /// Moves `count` parameters from `first` on along the gradients at hand.
    fn update(&mut self, first: usize, count: usize, rule: &Rule) {
        let places = first..first + count;
        let squares = self.mean_square.get_mut(places.clone());
        rule.apply(
            &mut self.parameters[places.clone()],
            &mut self.mean[places],
            squares.unwrap_or_default(),
            &self.grads[..count],
        );
    }

    /// What it answers in eval mode.
    pub(super) fn answer(&self, input: &[f32], outputs: &mut [f32]) {
        let stride = self.inputs + 2;
        let bias = self.parameters.last().map_or(0.0, |last| last[0]);
        let quads = self.parameters.chunks_exact(stride).take(self.quads);
        let quads = quads.map(Quad::of);
        let (fours, rest) = outputs.as_chunks_mut::<4>();
        let rows = input.chunks_exact(4 * self.inputs);
        let last_rows = rows.remainder();
        for (output, rows) in fours.iter_mut().zip(rows) {
            let rows: [&[f32]; 4] =
                std::array::from_fn(|n| &rows[n * self.inputs..][..self.inputs]);
            let mut sums = [f32x4::ZERO; 4];
            for quad in quads.clone() {
                let units = units([quad.weights], [quad.bias], rows);
                for (sum, [unit]) in sums.iter_mut().zip(units) {
                    *sum += relu(unit) * quad.outwards;
                }
            }
            let [a, b, c, d] = f32x4::transpose(sums);
            *output = (((a + b) + (c + d)) + f32x4::splat(bias)).into();
        }
        for (output, row) in rest.iter_mut().zip(last_rows.chunks_exact(self.inputs)) {
            let mut sum = f32x4::ZERO;
            for quad in quads.clone() {
                let [[unit]] = units([quad.weights], [quad.bias], [row]);
                sum += relu(unit) * quad.outwards;
            }
            let [a, b, c, d] = sum.to_array();
            *output = ((a + b) + (c + d)) + bias;
        }
    }
}

/// The parameters of four hidden units.
#[derive(Clone, Copy)]
struct Quad<'a> {
    /// `[in]`.
    weights: &'a [Four],
    bias: f32x4,
    /// fc2's.
    outwards: f32x4,
}

impl<'a> Quad<'a> {
    /// Of `[in + 2]`.
    fn of(parameters: &'a [Four]) -> Self {
        let (weights, rest) = parameters.split_at(parameters.len() - 2);
        Self {
            weights,
            bias: f32x4::new(rest[0]),
            outwards: f32x4::new(rest[1]),
        }
    }
}

/// fc1 of some samples and some quads.
#[inline]
fn units<const SAMPLES: usize, const QUADS: usize>(
    quads: [&[Four]; QUADS],
    bias: [f32x4; QUADS],
    rows: [&[f32]; SAMPLES],
) -> [[f32x4; QUADS]; SAMPLES] {
    let inputs = rows[0].len();
    // Of one length, as the compiler must see.
    let quads = quads.map(|quad| &quad[..inputs]);
    let rows = rows.map(|row| &row[..inputs]);
    let mut units = [bias; SAMPLES];
    for k in 0..inputs {
        let weights = quads.map(|quad| f32x4::new(quad[k]));
        for (units, row) in units.iter_mut().zip(rows) {
            let x = f32x4::splat(row[k]);
            for (unit, weight) in units.iter_mut().zip(weights) {
                *unit += x * weight;
            }
        }
    }
    units
}

/// `ReLU`, which leaves alone what is not a number.
#[inline]
fn relu(unit: f32x4) -> f32x4 {
    !unit.simd_lt(f32x4::ZERO) & unit
}
