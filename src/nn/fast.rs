//! The kernel for many runs: the masks and the steps of [`Exact`](super::Exact), but sums in whatever order is
//! fastest, so that last digits differ.
//!
//! Hidden units go four by four, a *quad*, in the four lanes of a vector; everything that belongs to a quad is
//! contiguous. A few samples by one or two quads stay in registers while the inputs are gone through, and a gradient
//! goes from registers straight into the update. Numbers below 1e-30 in what an optimiser remembers become 0: a dead
//! unit's velocity shrinks for ever, and arithmetic on what is left in the end, subnormal numbers, takes a hundred
//! times as long.
mod pass;
mod rule;

use super::{
    DropProbability, DropoutStyle, Generator, Kernel, Loss, Mode, Optimizer, Parameters, Tensor,
    dropout,
};
use rule::Rule;

/// Four numbers in memory.
type Four = [f32; 4];

/// So much noise stays in the cache that is nearest. What is more is drawn a few samples at a time, right before it is
/// needed; of what is less, all at once, for every draw has a cost of its own.
const NEAR: usize = 4096;

/// The most noise that is drawn at once.
fn noise_at_once(batch: usize, hidden: usize) -> usize {
    if batch * hidden <= NEAR {
        batch * hidden
    } else {
        pass::MOST.min(batch) * hidden
    }
}

/// Trains with the arithmetic of vectors.
#[derive(Clone, Debug)]
pub struct Fast {
    /// The parameters' names and shapes; its numbers are those of the start.
    shape: Parameters,
    inputs: usize,
    hidden: usize,
    batch: usize,
    quads: usize,
    loss: Loss,
    optimizer: Optimizer,
    steps: u32,
    /// Of each quad its weights from every input, its biases and its weights to the output, `[quad][in + 2]`; at the
    /// end the output's bias.
    parameters: Vec<Four>,
    /// `SGD`'s velocities, or Adam's running means of the gradients.
    mean: Vec<Four>,
    /// Adam's running means of their squares; `SGD` has none.
    mean_square: Vec<Four>,
    /// mask / (1 - p) of the samples at hand, `[n, H]`, and what a last quad reads beyond it.
    noise: Vec<f32>,
    /// 1 / (1 - p).
    scale: f32,
    /// Whether all of the noise is the scale.
    is_even: bool,
    /// After dropout, `[quad][B]`.
    dropped: Vec<Four>,
    /// fc2's sums, a lane each, `[B]`.
    sums: Vec<Four>,
    /// `[B]`.
    output: Vec<f32>,
    /// `[B]`.
    grad_output: Vec<f32>,
    /// d loss / d `pre_activation` of the quads at hand, `[B][1 or 2]`.
    grad_hidden: Vec<Four>,
    /// d loss / d their parameters, `[1 or 2][in + 2]`.
    grads: Vec<Four>,
}

impl Fast {
    /// A network of one output before its first step, for batches of this size.
    #[must_use]
    pub fn new(parameters: Parameters, optimizer: Optimizer, loss: Loss, batch: usize) -> Self {
        let [hidden, inputs] = [0, 1].map(|dimension| parameters.fc1.weight.shape()[dimension]);
        let quads = hidden.div_ceil(4);
        let zeros = vec![[0.0; 4]; quads * (inputs + 2) + 1];
        let mut fast = Self {
            inputs,
            hidden,
            batch,
            quads,
            loss,
            optimizer,
            steps: 0,
            mean: zeros.clone(),
            mean_square: match optimizer {
                Optimizer::Sgd(_) => Vec::new(),
                Optimizer::Adam(_) => zeros.clone(),
            },
            parameters: zeros,
            noise: vec![1.0; noise_at_once(batch, hidden) + 4],
            scale: 1.0,
            is_even: true,
            dropped: vec![[0.0; 4]; quads * batch],
            sums: vec![[0.0; 4]; batch],
            output: vec![0.0; batch],
            grad_output: vec![0.0; batch],
            grad_hidden: vec![[0.0; 4]; 2 * batch],
            grads: vec![[0.0; 4]; 2 * (inputs + 2)],
            shape: parameters,
        };
        fast.take_over();
        fast
    }

    /// What the optimiser remembers of the gradients so far.
    pub fn remembered(&self) -> impl Iterator<Item = f32> + '_ {
        let all = self.mean.iter().chain(&self.mean_square);
        all.flatten().copied()
    }

    /// Takes the numbers of `shape`.
    fn take_over(&mut self) {
        let mut start = std::mem::take(&mut self.shape);
        let (inputs, hidden) = (self.inputs, self.hidden);
        side_by_side(
            &mut self.parameters,
            &mut start,
            [inputs, hidden],
            |own, given| {
                *own = *given;
            },
        );
        self.shape = start;
    }

    /// Whether the noise of a batch is drawn before its first sample, and not that of a few samples before each few.
    fn draws_whole(&self) -> bool {
        self.batch * self.hidden <= NEAR
    }

    /// The noise of the next `samples` samples.
    fn draw_mask(&mut self, g: &mut Generator, p: DropProbability, samples: usize) {
        if p.tosses() {
            let noise = &mut self.noise[..samples * self.hidden];
            dropout::draw_noise(g, p, Mode::Train, DropoutStyle::Module, noise);
            self.is_even = false;
        } else if !self.is_even || self.scale.to_bits() != p.scale().to_bits() {
            self.noise.fill(p.scale());
            self.is_even = true;
        }
        self.scale = p.scale();
    }
}

impl Kernel for Fast {
    fn step(
        &mut self,
        generator: &mut Generator,
        p: DropProbability,
        input: &Tensor,
        target: &Tensor,
    ) -> f32 {
        let loss = self.forward(input.data(), target.data(), |fast, samples| {
            fast.draw_mask(generator, p, samples);
        });
        if loss.is_finite() {
            self.steps = self.steps.saturating_add(1);
            let rule = Rule::of(&self.optimizer, self.steps);
            self.backward(input.data(), &rule);
        }
        loss
    }

    fn outputs(&mut self, input: &Tensor, outputs: &mut [f32]) {
        self.answer(input.data(), outputs);
    }

    fn parameters(&self) -> Parameters {
        let (mut parameters, mut own) = (self.shape.clone(), self.parameters.clone());
        side_by_side(
            &mut own,
            &mut parameters,
            [self.inputs, self.hidden],
            |own, given| {
                *given = *own;
            },
        );
        parameters
    }
}

/// Calls `f` with each parameter as it is laid out here, and as it is elsewhere.
fn side_by_side(
    own: &mut [Four],
    given: &mut Parameters,
    [inputs, hidden]: [usize; 2],
    f: impl Fn(&mut f32, &mut f32),
) {
    let Some((last, quads)) = own.split_last_mut() else {
        return;
    };
    let Parameters { fc1, fc2 } = given;
    f(&mut last[0], &mut fc2.bias.data_mut()[0]);
    for unit in 0..hidden {
        let quad = &mut quads[unit / 4 * (inputs + 2)..][..inputs + 2];
        let own = quad.iter_mut().map(|four| &mut four[unit % 4]);
        let weights = &mut fc1.weight.data_mut()[unit * inputs..][..inputs];
        let bias = &mut fc1.bias.data_mut()[unit..=unit];
        let outwards = &mut fc2.weight.data_mut()[unit..=unit];
        let given = weights.iter_mut().chain(bias).chain(outwards);
        for (own, given) in own.zip(given) {
            f(own, given);
        }
    }
}
