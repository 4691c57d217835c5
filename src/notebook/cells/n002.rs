//! Notebook 002: dropout of counted numbers, and in a network that is trained.

use super::cell::{Code, Page, Slip};
use super::net::Net;
use super::torch::{drop, dropped_from, filled, made_by, rand, randn};
use super::{NotebookSettings, links};
use crate::model::{Field, Stage};
use crate::nn::{DropProbability, DropoutStyle, Generator, Sgd, Tensor};
use crate::notebook::print::module::{self, Module};
use crate::notebook::print::{self, python_float, size};

const IMPORTS: &str = "import torch\nfrom torch import nn, Tensor";

const NETWORK: &str = r#"class SimpleNeuralNetwork(nn.Module):
    def __init__(self, input_size: int, hidden_size: int, dropout_prob: float):
        super().__init__()
        self.layer_1 = nn.Linear(in_features=input_size, out_features=hidden_size)
        self.relu = nn.ReLU()
        self.dropout_prob = dropout_prob
        self.dropout = nn.Dropout(p=dropout_prob, inplace=False)
        self.layer_2 = nn.Linear(in_features=hidden_size, out_features=1)

    def forward(self, input: Tensor) -> Tensor:
        output = self.layer_1(input)
        output = self.relu(output)
        print("output before applying dropout: \n\n", output)
        output = self.dropout(output)
        print("\n\n output after applying dropout: \n\n", output)
        output = self.layer_2(output)
        return output"#;

const OPTIMIZER: &str = "\
loss_function = nn.MSELoss()
learning_rate = 0.03
sgd_optimizer = torch.optim.SGD(params=my_neural_net.parameters(), lr=learning_rate, momentum=0.9)
print(loss_function)
print(sgd_optimizer)";

const DATA: &str = "\
model_inputs = torch.randn(size=(5, 10))  # five samples of ten features
input_targets = torch.rand(size=(5, 1))  # a target for each
print(model_inputs, model_inputs.shape)
print(input_targets, input_targets.shape)";

const PARAMETERS: &str = r#"def PrintModelParameters(model):
    for name, param in model.named_parameters():
        print("\nPrinting Model Parameters:\n\n", f"{name}: {param.data}")
        if param.requires_grad:
            print("\nPrinting Parameter Gradients:\n\n", f"{name}: {param.grad}")


PrintModelParameters(model=my_neural_net)"#;

const SUM: Slip = Slip {
    claim: "The scaling is there so that the sum of the input is kept. (The notebook asks; it does not check.)",
    truth: "Its expectation is kept, not the sum of a draw. Add up these numbers and draw again: only the average over \
            many draws comes back to 1,770, the sum of 0 to 59.",
    link: links::EXPECTATION,
};

const RELU_ZEROS: Slip = Slip {
    claim: "A zero after dropout is a dropped unit.",
    truth: "Many of these zeros stood there before: ReLU made them. Compare with the print above to tell which unit \
            was dropped.",
    link: links::RELU,
};

const MOVES_ANYWAY: Slip = Slip {
    claim: "The gradients of a dropped unit's weights are zero, so the unit is not trained.",
    truth: "Only in the samples that dropped it, and the batch adds up all samples. Even a row without any gradient \
            can move: with momentum 0.9 it goes on along its earlier steps.",
    link: links::MOMENTUM,
};

/// The network of this notebook, as the network view has it.
const SETTINGS: [(Field, &str); 5] = [
    (Field::Batch, "5"),
    (Field::In, "10"),
    (Field::Hidden, "40"),
    (Field::Lr, "0.03"),
    (Field::Momentum, "0.9"),
];

pub(super) fn write(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    page.seed(IMPORTS, settings.seed);
    page.text("# The layer on its own\n\nSixty numbers in order, about half of them dropped, the others doubled.");
    counted(page, settings, g);
    page.text("# The layer in a network\n\nForty hidden units. The pass prints them before and after dropout.");
    page.code(Code::new("class", NETWORK));
    let mut net = model(page, settings, g);
    let sgd = Sgd {
        lr: 0.03,
        momentum: 0.9,
        ..Sgd::default()
    };
    let optimizer = Code::new("optimizer", OPTIMIZER)
        .prints("loss_function", Module::layer("MSELoss", ""))
        .prints("sgd_optimizer", module::sgd(&sgd));
    page.code(optimizer);
    let (x, y) = (randn(g, &[5, 10]), rand(g, &[5, 1]));
    let with_size = |x: &Tensor| format!("{} {}", print::tensor(x), size(x.shape()));
    page.drawing(
        Code::new("data", DATA)
            .prints("inputs", with_size(&x))
            .prints("targets", with_size(&y)),
        g,
    );
    page.text("Each sample has a mask of its own. Training here is one pass forward, one back, one step of SGD.");
    train(page, settings, g, &mut net, (&sgd, &x, &y));
    page.text("# What the step left behind\n\nParameters after the step, and the gradients that moved them.");
    parameters(page, settings, net);
}

fn counted(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    // The notebook's first layer has this p whatever the network's is.
    let half = DropProbability::default();
    let input = filled(&[3, 4, 5], |out| {
        for (x, i) in out.iter_mut().zip(0_u8..) {
            *x = f32::from(i);
        }
    });
    let link = || {
        links::tensor(
            &[("preset", "arange")],
            &NotebookSettings {
                p: half,
                ..*settings
            },
        )
    };
    page.code(
        Code::new(
            "dropout_module",
            "dropout_module = nn.Dropout(p=0.5, inplace=False)\nprint(dropout_module)",
        )
        .prints("dropout_module", Module::dropout(half.p())),
    );
    page.code(
        Code::new(
            "input_1",
            "\
input_1 = torch.arange(start=0, end=60, dtype=torch.float).reshape(3, 4, 5)
print(input_1)
print(input_1.shape)",
        )
        .shows("input_1", &input)
        .prints("shape", size(input.shape()))
        .link(link()),
    );
    page.drawing(
        Code::new(
            "output_1",
            "output_1 = dropout_module(input_1)\nprint(output_1)",
        )
        .shows("output_1", &drop(g, &input, half))
        .slips(&[SUM])
        .link(link()),
        g,
    );
}

fn model(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) -> Net {
    let p = settings.p.p();
    let sizes = format!(
        "input_size: int = 10\nhidden_size: int = 40\ndropout_prob: float = {}",
        python_float(p)
    );
    page.code(Code::new("sizes", sizes));
    let module = Module::container("SimpleNeuralNetwork")
        .with("layer_1", Module::linear(10, 40, true))
        .with("relu", Module::layer("ReLU", ""))
        .with("dropout", Module::dropout(p))
        .with("layer_2", Module::linear(40, 1, true));
    let code = "\
my_neural_net = SimpleNeuralNetwork(input_size=input_size, hidden_size=hidden_size, dropout_prob=dropout_prob)
print(my_neural_net)";
    let net = Net::new(g, 5, 10, 40);
    page.drawing(Code::new("model", code).prints("model", module), g);
    net
}

fn train(
    page: &mut Page,
    settings: &NotebookSettings,
    g: &mut Generator,
    net: &mut Net,
    (sgd, x, y): (&Sgd, &Tensor, &Tensor),
) {
    let steps = settings.steps;
    let code = format!(
        "\
for _ in range({steps}):
    sgd_optimizer.zero_grad()
    model_predictions = my_neural_net(model_inputs)
    loss = loss_function(model_predictions, input_targets)
    loss.backward()
    sgd_optimizer.step()
    print(loss)
    print(\"%.6f\" % loss.item())"
    );
    let mut code = Code::new("train", code)
        .slips(&[RELU_ZEROS])
        .link(links::network(&SETTINGS, Stage::Loss, settings));
    for _ in 0..steps.get() {
        net.run(g, (settings.p, DropoutStyle::Module), x, y);
        net.update(sgd);
        code = prints_pass(code, settings.p, net);
    }
    page.drawing(code, g);
}

fn prints_pass(code: Code, p: DropProbability, net: &Net) -> Code {
    let hidden = made_by("ReluBackward0", &net.pass.hidden);
    let before = format!("output before applying dropout: \n\n {hidden}");
    let dropped = dropped_from(hidden, p, &net.pass.dropped);
    let after = format!("\n\n output after applying dropout: \n\n {dropped}");
    let item = format!("{:.6}", net.pass.loss).to_ascii_lowercase();
    code.prints("before_dropout", before)
        .prints("after_dropout", after)
        .prints("loss", made_by("MseLossBackward0", &net.loss()))
        .prints("loss_item", item)
}

fn parameters(page: &mut Page, settings: &NotebookSettings, net: Net) {
    let mut code = Code::new("parameters", PARAMETERS)
        .slips(&[MOVES_ANYWAY])
        .link(links::network(&SETTINGS, Stage::Sgd, settings));
    for (name, param, grad) in net.named() {
        let name = name.replace("fc", "layer_");
        let (value, slope) = (print::tensor(param), print::tensor(grad));
        code = code
            .prints(
                "param",
                format!("\nPrinting Model Parameters:\n\n {name}: {value}"),
            )
            .prints(
                "grad",
                format!("\nPrinting Parameter Gradients:\n\n {name}: {slope}"),
            );
        page.keep(format!("{name}.grad"), grad.clone());
        page.keep(name, param.clone());
    }
    page.code(code);
    page.keep("loss", net.loss());
    page.keep("out", net.pass.output);
}
