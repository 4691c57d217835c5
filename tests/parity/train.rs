//! Layers, sums, optimisers, and whole steps of a small network.
use dropout_lab::nn::init::linear_init;
use dropout_lab::nn::linear::linear;
use dropout_lab::nn::loss::mse;
use dropout_lab::nn::reduce::{mean, sum, sum_dim0};
use dropout_lab::nn::{
    Adam, DropoutStyle, Generator, Mode, Optimizer, OptimizerState, Parameters, Pass, Sgd, Tensor,
    sample,
};

use super::case::{Case, Outcome};
use super::rng::filled;

pub fn run(case: Case, g: &mut Generator) -> Option<Outcome> {
    Some(match case.op() {
        "linear_init" => init(case, g),
        "linear_forward" => {
            let (x, weight, bias) = (case.tensor("x"), case.tensor("w"), case.tensor("b"));
            Outcome::new("out", &linear(&x, &weight, Some(&bias)).unwrap())
        }
        "reduce" => reduce(case),
        "sgd" => sgd(case),
        "adam" => adam(case),
        "mlp_steps" => steps(case, g),
        _ => return None,
    })
}

fn init(case: Case, g: &mut Generator) -> Outcome {
    let (inputs, outputs) = (case.size("in"), case.size("out"));
    let mut weight = Tensor::zeros(&[outputs, inputs]);
    let mut bias = case.flag("bias").then(|| Tensor::zeros(&[outputs]));
    linear_init(
        g,
        inputs,
        weight.data_mut(),
        bias.as_mut().map(Tensor::data_mut),
    );
    let outcome = Outcome::new("weight", &weight);
    match bias {
        Some(bias) => outcome.and("bias", &bias),
        None => outcome,
    }
}

fn reduce(case: Case) -> Outcome {
    let (x, y) = (case.tensor("x"), case.tensor("y"));
    let sums = filled(&x.shape()[1..], |out| sum_dim0(x.data(), out));
    Outcome::new("sum", sum(x.data()))
        .and("mean", mean(x.data()))
        .and("sum_dim0", &sums)
        .and("mse", mse(x.data(), y.data()))
}

fn sgd(case: Case) -> Outcome {
    let sgd = Sgd {
        lr: case.number("lr"),
        momentum: case.number("momentum"),
        dampening: case.number("dampening"),
        weight_decay: case.number("weight_decay"),
        nesterov: case.flag("nesterov"),
        maximize: case.args()["maximize"] == true,
    };
    let mut velocity = vec![0.0; case.tensor("p0").numel()];
    updates(case, |step, param, grad| {
        sgd.step(step == 0, param, grad, &mut velocity);
    })
}

fn adam(case: Case) -> Outcome {
    let adam = Adam {
        lr: case.number("lr"),
        weight_decay: case.number("weight_decay"),
        decoupled: case.flag("decoupled"),
        ..Adam::default()
    };
    let numel = case.tensor("p0").numel();
    let (mut mean, mut mean_square) = (vec![0.0; numel], vec![0.0; numel]);
    updates(case, |step, param, grad| {
        let step = u32::try_from(step).unwrap() + 1;
        adam.step(step, param, grad, &mut mean, &mut mean_square);
    })
}

/// The parameter after each step; row i of the gradients belongs to step i.
fn updates(case: Case, mut update: impl FnMut(usize, &mut [f32], &[f32])) -> Outcome {
    let (mut param, grads) = (case.tensor("p0"), case.tensor("grads"));
    (0..case.size("steps")).fold(Outcome::default(), |outcome, step| {
        update(step, param.data_mut(), grads.row(step));
        outcome.and(&format!("p{}", step + 1), &param)
    })
}

fn steps(case: Case, g: &mut Generator) -> Outcome {
    let style = match case.args()["dropout"].as_str().unwrap() {
        "nn.Dropout" => DropoutStyle::Module,
        "bernoulli_full_mask" => DropoutStyle::BernoulliFull,
        other => panic!("unknown dropout {other}"),
    };
    let optimizer = Optimizer::Sgd(Sgd {
        lr: case.number("lr"),
        momentum: case.number("momentum"),
        ..Sgd::default()
    });
    let [batch, inputs, hidden, outputs] =
        ["batch", "in", "hidden", "out"].map(|arg| case.size(arg));
    let mut net = Net::new(g, [batch, inputs, hidden, outputs]);
    let mut data = (Tensor::default(), Tensor::default());
    for _ in 0..case.size("steps") {
        data.0 = filled(&[batch, inputs], |out| sample::randn(g, out));
        data.1 = filled(&[batch, outputs], |out| sample::rand(g, out));
        net.pass.draw_mask(g, case.p(), Mode::Train, style);
        net.step(&optimizer, &data.0, &data.1);
    }
    let Net {
        pass, parameters, ..
    } = &net;
    let outcome = Outcome::new("x", &data.0)
        .and("y", &data.1)
        .and("h", &pass.hidden)
        .and("dropped", &pass.dropped)
        .and("out", &pass.output)
        .and("loss", pass.loss);
    let outcome = and_tensors(outcome, "grad", &pass.grad);
    and_tensors(outcome, "new", parameters)
}

fn and_tensors(outcome: Outcome, prefix: &str, tensors: &Parameters) -> Outcome {
    let named = ["w1", "b1", "w2", "b2"].into_iter().zip(tensors.tensors());
    named.fold(outcome, |outcome, (name, (_, tensor))| {
        outcome.and(&format!("{prefix}_{name}"), tensor)
    })
}

/// The network with all that its training needs.
pub struct Net {
    pub parameters: Parameters,
    pub pass: Pass,
    state: OptimizerState,
}

impl Net {
    pub fn new(g: &mut Generator, [batch, inputs, hidden, outputs]: [usize; 4]) -> Self {
        let parameters = Parameters::init(g, inputs, hidden, outputs);
        Self {
            state: Optimizer::Sgd(Sgd::default()).state(&parameters),
            parameters,
            pass: Pass::new(batch, inputs, hidden, outputs),
        }
    }

    /// Forward, backward and update, with the mask drawn before.
    pub fn step(&mut self, optimizer: &Optimizer, input: &Tensor, target: &Tensor) {
        let Self {
            parameters,
            pass,
            state,
        } = self;
        pass.forward(parameters, input, target);
        pass.backward(parameters, target);
        optimizer.step(parameters, &pass.grad, state);
    }
}
