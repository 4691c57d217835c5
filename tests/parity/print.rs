//! Texts: tensors, modules, the optimiser, and refusals.
use dropout_lab::nn::dropout::dropout_integers;
use dropout_lab::nn::feature_dropout::FeatureDropout;
use dropout_lab::nn::linear::linear;
use dropout_lab::nn::{DropProbability, Error, Generator, Mode, Sgd, Tensor, rng, sample};
use dropout_lab::notebook::print::module::{self, Module};

use super::case::{Case, Outcome};

pub fn run(case: Case) -> Option<Outcome> {
    let repr = match case.op() {
        "tensor_repr" => tensor(case),
        "module_repr" => module(case).to_string(),
        "sgd_repr" => module::sgd(&Sgd {
            lr: case.number("lr"),
            momentum: case.number("momentum"),
            ..Sgd::default()
        }),
        "error" => {
            let error = refusal(case)?;
            let outcome = Outcome::default().and_text("type", error.python_class());
            return Some(outcome.and_text("message", error.to_string()));
        }
        _ => return None,
    };
    Some(Outcome::default().and_text("repr", repr))
}

fn tensor(case: Case) -> String {
    let x = case.array("x");
    if case.flag("parameter") {
        return format!("Parameter containing:\n{}", x.print(true, None));
    }
    let grad_fn = case.args()["grad_fn"].as_str();
    x.print(case.flag("requires_grad"), grad_fn).to_string()
}

/// The case keeps the class and p of a module; its sizes and switches are in the text alone.
fn module(case: Case) -> Module {
    let text = case.0["text"]["repr"].as_str().unwrap();
    let sizes = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|size| size.parse().ok());
    match case.args()["module"].as_str().unwrap() {
        "Linear" => {
            let sizes: Vec<usize> = sizes.collect();
            Module::linear(sizes[0], sizes[1], text.contains("bias=True"))
        }
        "Sequential" => Module::sequential([
            Module::linear(5, 10, true),
            Module::layer("ReLU", ""),
            Module::dropout(case.number("p")),
            Module::linear(10, 1, true),
        ]),
        name @ ("ReLU" | "MSELoss") => Module::layer(name, ""),
        name => Module::dropout_like(name, case.number("p"), text.contains("inplace=True")),
    }
}

/// The error of a call that torch refused; none if we do not know the call, or let it pass.
fn refusal(case: Case) -> Option<Error> {
    let p = case.number("p");
    let half = DropProbability::new(0.5).unwrap();
    let g = &mut Generator::new(0);
    let ones = |shape: &[usize]| Tensor::full(shape, 1.0);
    match case.args()["call"].as_str().unwrap() {
        "nn.Dropout(p)" | "F.dropout(torch.ones(2), p)" => {
            DropProbability::new(p).map_err(Error::from).err()
        }
        "torch.dropout(torch.ones(2), p, True)" => {
            DropProbability::new(p).map_err(Error::TorchDropout).err()
        }
        "torch.empty(2).bernoulli_(p)" => sample::bernoulli(g, p, &mut [0.0; 2]).err(),
        "torch.bernoulli(torch.tensor([p]))" => {
            let probs = Tensor::new(&[1], vec![dropout_lab::nn::probability::rounded(p)]).unwrap();
            sample::bernoulli_tensor(g, probs.data(), &mut [0.0]).err()
        }
        "Bernoulli(probs=p)" => sample::bernoulli_distribution(g, p, &mut [0.0]).err(),
        "F.dropout(torch.arange(4), 0.5)" => {
            dropout_integers(g, &[0, 1, 2, 3], half, Mode::Train).err()
        }
        "F.dropout1d(torch.ones(2), 0.5)" => FeatureDropout::One
            .apply(g, &ones(&[2]), half, Mode::Train)
            .err(),
        "nn.Linear(5, 3)(torch.ones(2, 4))" => linear(&ones(&[2, 4]), &ones(&[3, 5]), None).err(),
        "torch.manual_seed(2**64)" => rng::seed(1 << 64).err(),
        _ => None,
    }
}
