//! Stochastic gradient descent, `torch.optim.SGD`.
use wide::f32x4;

use super::fma::fma32x4;
use super::probability::rounded;

/// The settings of `torch.optim.SGD`. The velocity (torch's momentum buffer) lives with the caller.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sgd {
    /// Learning rate.
    pub lr: f64,
    /// What is left of the velocity at the next step.
    pub momentum: f64,
    /// What of the gradient does not enter the velocity.
    pub dampening: f64,
    /// Pull of the parameters towards zero.
    pub weight_decay: f64,
    /// Step along the velocity as it will be, not as it is.
    pub nesterov: bool,
    /// Climb instead of descending.
    pub maximize: bool,
}

impl Sgd {
    /// One update of `param`; `first` while `velocity` holds nothing yet. All slices are of one
    /// length.
    ///
    /// With g the gradient, negated to maximize, plus `weight_decay` times the parameter: velocity
    /// = momentum * velocity + (1 - dampening) * g, on the first step g itself, and param -= lr *
    /// velocity, or lr * (g + momentum * velocity) with Nesterov's variant. Without momentum param
    /// -= lr * g, and the velocity is left alone.
    ///
    /// ```
    /// use dropout_nn::Sgd;
    /// let sgd = Sgd { lr: 0.5, momentum: 0.5, ..Sgd::default() };
    /// let (mut param, mut velocity) = ([1.0], [0.0]);
    /// sgd.step(true, &mut param, &[1.0], &mut velocity);
    /// assert_eq!(param, [0.5]);
    /// // A gradient of zero, yet it moves: the velocity is 0.5.
    /// sgd.step(false, &mut param, &[0.0], &mut velocity);
    /// assert_eq!(param, [0.25]);
    /// ```
    ///
    /// # Source
    /// `torch/optim/sgd.py`, `_single_tensor_sgd`; each `add_(x, alpha=a)` there is one fused
    /// multiply-add.
    pub fn step(&self, first: bool, param: &mut [f32], grad: &[f32], velocity: &mut [f32]) {
        let descent = rounded(-self.lr);
        let is_simple = self.weight_decay == 0.0 && !self.maximize;
        if is_simple && self.momentum == 0.0 {
            each_four(param, grad, velocity, |param, grad, velocity| {
                (fma32x4(grad, descent, param), velocity)
            });
        } else if is_simple && !first && self.dampening == 0.0 && !self.nesterov {
            let momentum = f32x4::splat(rounded(self.momentum));
            each_four(param, grad, velocity, |param, grad, velocity| {
                // What grad * 1 + momentum * velocity rounds to, without what it costs where little is left of the
                // velocity.
                let velocity = grad + velocity * momentum;
                (fma32x4(velocity, descent, param), velocity)
            });
        } else {
            each_four(param, grad, velocity, |param, grad, velocity| {
                self.step_four(first, param, grad, velocity)
            });
        }
    }

    /// Where four parameters go, and with what velocity.
    #[inline]
    fn step_four(&self, first: bool, param: f32x4, grad: f32x4, velocity: f32x4) -> (f32x4, f32x4) {
        let mut g = if self.maximize { -grad } else { grad };
        if self.weight_decay != 0.0 {
            g = fma32x4(param, rounded(self.weight_decay), g);
        }
        let mut after = velocity;
        if self.momentum != 0.0 {
            let momentum = rounded(self.momentum);
            let rest = velocity * f32x4::splat(momentum);
            after = if first {
                g
            } else if self.dampening == 0.0 {
                // What g * 1 + rest rounds to, without what it costs where little is left of the velocity.
                g + rest
            } else {
                fma32x4(g, rounded(1.0 - self.dampening), rest)
            };
            g = if self.nesterov {
                fma32x4(after, momentum, g)
            } else {
                after
            };
        }
        (fma32x4(g, rounded(-self.lr), param), after)
    }
}

/// Updates param and velocity, four of them at a time and what is left one by one.
#[inline]
fn each_four(
    param: &mut [f32],
    grad: &[f32],
    velocity: &mut [f32],
    update: impl Fn(f32x4, f32x4, f32x4) -> (f32x4, f32x4),
) {
    let (params, params_rest) = param.as_chunks_mut::<4>();
    let (grads, grads_rest) = grad.as_chunks::<4>();
    let (velocities, velocities_rest) = velocity.as_chunks_mut::<4>();
    for ((param, grad), velocity) in params.iter_mut().zip(grads).zip(velocities) {
        let (grad, before) = (f32x4::new(*grad), f32x4::new(*velocity));
        let (to, after) = update(f32x4::new(*param), grad, before);
        (*param, *velocity) = (to.to_array(), after.to_array());
    }
    let rest = params_rest.iter_mut().zip(grads_rest);
    for ((param, grad), velocity) in rest.zip(velocities_rest) {
        let [from, grad, before] = [*param, *grad, *velocity].map(f32x4::splat);
        let (to, after) = update(from, grad, before);
        ([*param, ..], [*velocity, ..]) = (to.to_array(), after.to_array());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stepped(sgd: Sgd, first: bool, velocity: f32) -> (f32, f32) {
        let (mut param, mut velocity) = ([1.0], [velocity]);
        sgd.step(first, &mut param, &[2.0], &mut velocity);
        (param[0], velocity[0])
    }

    #[test]
    fn each_setting_does_its_own_part() {
        let plain = Sgd {
            lr: 0.25,
            ..Sgd::default()
        };
        assert_eq!(stepped(plain, true, 0.0), (0.5, 0.0));
        assert_eq!(
            stepped(
                Sgd {
                    maximize: true,
                    ..plain
                },
                true,
                0.0
            ),
            (1.5, 0.0)
        );
        assert_eq!(
            stepped(
                Sgd {
                    weight_decay: 1.0,
                    ..plain
                },
                true,
                0.0
            ),
            (0.25, 0.0)
        );
        let momentum = Sgd {
            momentum: 0.5,
            ..plain
        };
        assert_eq!(stepped(momentum, false, 4.0), (0.0, 4.0));
        assert_eq!(
            stepped(
                Sgd {
                    nesterov: true,
                    ..momentum
                },
                false,
                4.0
            ),
            (0.0, 4.0)
        );
        assert_eq!(
            stepped(
                Sgd {
                    dampening: 0.5,
                    ..momentum
                },
                false,
                4.0
            ),
            (0.25, 3.0)
        );
    }

    #[test]
    fn the_first_step_takes_the_gradient_undampened_whatever_the_velocity_holds() {
        let sgd = Sgd {
            lr: 0.25,
            momentum: 0.5,
            dampening: 0.5,
            ..Sgd::default()
        };
        assert_eq!(stepped(sgd, true, f32::NAN), (0.5, 2.0));
    }

    #[test]
    fn without_momentum_the_velocity_is_left_alone() {
        let sgd = Sgd {
            lr: 0.25,
            ..Sgd::default()
        };
        assert_eq!(stepped(sgd, false, 7.0), (0.5, 7.0));
    }
}
