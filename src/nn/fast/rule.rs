//! What a step does to four parameters at once.

use wide::f32x4;

use super::Four;
use crate::probability::rounded;
use crate::{Adam, Optimizer, Sgd};

/// An optimiser's step with the numbers that it takes from the settings alone.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    /// `SGD` without anything else: param -= lr * g.
    Plain { descent: f32x4 },
    /// `SGD` with momentum alone.
    Momentum { descent: f32x4, momentum: f32x4 },
    /// `SGD` of any other kind.
    Sgd {
        descent: f32x4,
        sign: f32x4,
        decay: f32x4,
        momentum: f32x4,
        gain: f32x4,
        nesterov: bool,
    },
    /// Adam.
    Adam {
        descent: f32x4,
        shrink: f32x4,
        decay: f32x4,
        gain: [f32x4; 2],
        keep: f32x4,
        root_correction: f32x4,
        eps: f32x4,
    },
}

impl Rule {
    /// That of the `step`th step, counted from 1.
    pub(super) fn of(optimizer: &Optimizer, step: u32) -> Self {
        match optimizer {
            Optimizer::Sgd(sgd) => Self::of_sgd(sgd, step),
            Optimizer::Adam(adam) => Self::of_adam(adam, step),
        }
    }

    fn of_sgd(sgd: &Sgd, step: u32) -> Self {
        let (descent, momentum) = (all(-sgd.lr), all(sgd.momentum));
        // The first gradient is taken whole.
        let dampening = if step == 1 { 0.0 } else { sgd.dampening };
        let plain = sgd.weight_decay == 0.0 && !sgd.maximize;
        if plain && sgd.momentum == 0.0 {
            Self::Plain { descent }
        } else if plain && dampening == 0.0 && !sgd.nesterov {
            Self::Momentum { descent, momentum }
        } else {
            Self::Sgd {
                descent,
                sign: all(if sgd.maximize { -1.0 } else { 1.0 }),
                decay: all(sgd.weight_decay),
                momentum,
                // Without momentum there is nothing to dampen.
                gain: all(if sgd.momentum == 0.0 {
                    1.0
                } else {
                    1.0 - dampening
                }),
                nesterov: sgd.nesterov && sgd.momentum != 0.0,
            }
        }
    }

    fn of_adam(adam: &Adam, step: u32) -> Self {
        let (beta1, beta2) = adam.betas;
        let correction = |beta: f64| 1.0 - libm::pow(beta, f64::from(step));
        let (shrink, decay) = if adam.decoupled {
            (1.0 - adam.lr * adam.weight_decay, 0.0)
        } else {
            (1.0, adam.weight_decay)
        };
        Self::Adam {
            descent: all(-(adam.lr / correction(beta1))),
            shrink: all(shrink),
            decay: all(decay),
            gain: [1.0 - beta1, 1.0 - beta2].map(all),
            keep: all(beta2),
            root_correction: all(correction(beta2).sqrt()),
            eps: all(adam.eps),
        }
    }

    /// Moves `parameters` along their gradients; `mean` and `mean_square`, which only Adam has, are what is remembered
    /// of the gradients before.
    pub(super) fn apply(
        &self,
        parameters: &mut [Four],
        mean: &mut [Four],
        mean_square: &mut [Four],
        grads: &[Four],
    ) {
        let means = mean.iter_mut();
        let each = parameters.iter_mut().zip(grads);
        match *self {
            Self::Plain { descent } => {
                for (parameter, g) in each {
                    *parameter = (f32x4::new(*parameter) + f32x4::new(*g) * descent).into();
                }
            }
            Self::Momentum { descent, momentum } => {
                for ((parameter, g), mean) in each.zip(means) {
                    let velocity = f32x4::new(*g) + f32x4::new(*mean) * momentum;
                    let velocity = without_tiny(velocity);
                    *mean = velocity.into();
                    *parameter = (f32x4::new(*parameter) + velocity * descent).into();
                }
            }
            Self::Sgd {
                descent,
                sign,
                decay,
                momentum,
                gain,
                nesterov,
            } => {
                for ((parameter, g), mean) in each.zip(means) {
                    let before = f32x4::new(*parameter);
                    let g = f32x4::new(*g) * sign + before * decay;
                    let velocity = without_tiny(g * gain + f32x4::new(*mean) * momentum);
                    *mean = velocity.into();
                    let g = if nesterov {
                        g + velocity * momentum
                    } else {
                        velocity
                    };
                    *parameter = (before + g * descent).into();
                }
            }
            Self::Adam {
                descent,
                shrink,
                decay,
                gain,
                keep,
                root_correction,
                eps,
            } => {
                for ((parameter, g), (mean, square)) in each.zip(means.zip(mean_square)) {
                    let (before, old) = (f32x4::new(*parameter), f32x4::new(*mean));
                    let g = f32x4::new(*g) + before * decay;
                    let new = without_tiny(old + (g - old) * gain[0]);
                    let squares = f32x4::new(*square) * keep + g * g * gain[1];
                    let squares = without_tiny(squares);
                    (*mean, *square) = (new.into(), squares.into());
                    let size = squares.sqrt() / root_correction + eps;
                    *parameter = (before * shrink + descent * new / size).into();
                }
            }
        }
    }
}

fn all(value: f64) -> f32x4 {
    f32x4::splat(rounded(value))
}

/// 0 for numbers so small that they would become subnormal.
#[inline]
pub(super) fn without_tiny(numbers: f32x4) -> f32x4 {
    numbers & numbers.abs().simd_gt(f32x4::splat(1e-30))
}
