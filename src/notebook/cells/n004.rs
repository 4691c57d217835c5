//! Notebook 004: masks and gradients of a whole batch.

use std::fmt::Display;

mod derivation;
mod update;

use super::cell::{Code, Page, Slip};
use super::net::Net;
use super::torch::{drop, filled, made_by, ones, randn};
use super::{NotebookSettings, links};
use crate::model::{Field, Stage};
use crate::nn::reduce::sum_dim0;
use crate::nn::{DropoutStyle, Generator};
use crate::notebook::print::{self, python_float};

const IMPORTS: &str = "import torch\nimport torch.nn as nn\nimport torch.optim as optim";

const LAYER: &str = r#"x = torch.ones(5, 10)  # five samples of ten units

output_train = dropout(x)
print("Training output:")
print(output_train)

dropout.eval()
output_eval = dropout(x)
print("\nEvaluation output:")
print(output_eval)"#;

const OWN_DROPOUT: &str = "\
class DropoutVisualization(nn.Module):
    def __init__(self, p=0.5):
        super(DropoutVisualization, self).__init__()
        self.p = p
        self.mask = None

    def forward(self, x):
        if self.training:
            self.mask = torch.bernoulli(torch.full_like(x, 1 - self.p)) / (1 - self.p)
            return x * self.mask
        return x";

const SIMPLE_NET: &str = "\
class SimpleNet(nn.Module):
    def __init__(self, input_size, hidden_size, output_size, dropout_prob):
        super(SimpleNet, self).__init__()
        self.fc1 = nn.Linear(input_size, hidden_size)
        self.dropout = DropoutVisualization(p=dropout_prob)
        self.fc2 = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = self.dropout(x)
        x = self.fc2(x)
        return x";

const PASS: &str = "\
optimizer = optim.SGD(model.parameters(), lr=0.01)

batch_size = 15
x = torch.randn(batch_size, input_size)
y = torch.randn(batch_size, output_size)

model.train()
output = model(x)
loss = nn.MSELoss()(output, y)
loss.backward()";

const MASKS: &str = r#"print("Dropout masks for each sample in the batch:")
dropout_mask = model.dropout.mask
for i in range(batch_size):
    print(f"Sample {i + 1}:")
    print(dropout_mask[i])
    print()

dropped_units = (dropout_mask == 0).sum(dim=1)
for i in range(batch_size):
    print(f"Sample {i + 1}: {dropped_units[i].item()} out of {hidden_size} units dropped")"#;

const GRADS: &str = r#"print("Gradients before optimization step:")
for name, param in model.named_parameters():
    if param.grad is not None:
        print(f"{name} grad:")
        print(param.grad)
        print()"#;

const NOISE_TARGETS: Slip = Slip {
    claim: "This shows how dropout regularises.",
    truth: "The targets are noise, drawn apart from the inputs. There is nothing to learn here, so nothing can show \
            that dropout helps; masks and gradients are what you can see.",
    link: links::MASKS,
};

const ANOTHER_RUN: Slip = Slip {
    claim: "These column sums are those of the masks above.",
    truth: "In the notebook they come from another run than its masks. Here they belong together: a sum of 0 is a unit \
            that was dropped in all 15 samples.",
    link: links::MASKS,
};

const NO_DEAD_UNIT: Slip = Slip {
    claim: "Weights that were dropped in all samples have zero gradients, as seen here.",
    truth: "No unit of the notebook's printed masks is dropped in all 15 samples, so its gradients do not show it. With \
            a batch of 4 it happens often enough for you to find one.",
    link: links::DEAD_UNIT,
};

const TWO_FACTORS: Slip = Slip {
    claim: "The derivation: dL/dW1 = ((yhat - y)^T W2 F') outer x^T.",
    truth: "It leaves out the factor 2/N of MSELoss and the mask with its 1/(1-p). Without them the formula does not \
            give the gradients that you print; with them it does.",
    link: links::GRADIENTS,
};

/// The network of this notebook, as the network view has it.
const SETTINGS: [(Field, &str); 2] = [(Field::Batch, "15"), (Field::Dropout, "bernoulli")];

pub(super) fn write(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    page.seed(IMPORTS, settings.seed);
    page.text(
        "# Why divide by 1 - p\n\nA unit e times a coin is 0 with probability p and e with 1 - p: on average (1 - p) e. \
         Divided by 1 - p it is e on average. So training needs the scale, and eval needs nothing.",
    );
    layer(page, settings, g);
    page.text("# A network with masks you can see\n\nDropout written by hand keeps its mask, already divided by 1 - p.");
    page.code(Code::new("dropout_class", OWN_DROPOUT));
    page.code(Code::new("net_class", SIMPLE_NET));
    let sizes = "input_size = 5\nhidden_size = 10\noutput_size = 1\n";
    let model = "model = SimpleNet(input_size, hidden_size, output_size, dropout_prob)";
    let p = python_float(settings.p.p());
    let mut net = Net::new(g, 15, 5, 10);
    page.drawing(
        Code::new("model", format!("{sizes}dropout_prob = {p}\n{model}")),
        g,
    );
    let (x, y) = (randn(g, &[15, 5]), randn(g, &[15, 1]));
    net.run(g, (settings.p, DropoutStyle::BernoulliFull), &x, &y);
    page.drawing(Code::new("pass", PASS).slips(&[NOISE_TARGETS]), g);
    masks(page, settings, &net);
    page.text(
        "# Gradients\n\nA sample in which a unit was dropped, or off by ReLU, adds 0 to its row.",
    );
    gradients(page, settings, &net);
    page.text("Not in the notebook: its derivation put into code, as it stands and with the two factors it lacks.");
    page.code(
        derivation::cell(&net, &x, &y)
            .slips(&[TWO_FACTORS])
            .link(links::gradients(settings)),
    );
    update::write(page, settings, &mut net);
    keep(page, net);
}

fn layer(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    let x = ones(&[5, 10]);
    let (train, eval) = (print::tensor(&drop(g, &x, settings.p)), print::tensor(&x));
    let code = format!(
        "dropout = nn.Dropout(p={})\n{LAYER}",
        python_float(settings.p.p())
    );
    page.drawing(
        Code::new("layer", code)
            .prints("train", format!("Training output:\n{train}"))
            .prints("eval", format!("\nEvaluation output:\n{eval}"))
            .link(links::tensor(&[("preset", "ones")], settings)),
        g,
    );
}

fn masks(page: &mut Page, settings: &NotebookSettings, net: &Net) {
    let noise = &net.pass.noise;
    let samples = || (1..).zip(noise.data().chunks_exact(10));
    let mask = samples().map(|(i, row)| {
        let row = filled(&[10], |out| out.copy_from_slice(row));
        format!("Sample {i}:\n{}\n", print::tensor(&row))
    });
    let count = samples().map(|(i, row)| {
        let dropped = row.iter().filter(|noise| **noise == 0.0).count();
        format!("Sample {i}: {dropped} out of 10 units dropped")
    });
    let heading = "Dropout masks for each sample in the batch:".to_owned();
    let link = || links::network(&SETTINGS, Stage::Mask, settings);
    page.code(
        Code::new("masks", MASKS)
            .prints(
                "masks",
                lines([heading].into_iter().chain(mask).chain(count)),
            )
            .link(link()),
    );
    let sums = filled(&[10], |out| sum_dim0(noise.data(), out));
    page.code(
        Code::new("mask_sum", "print(dropout_mask.sum(axis=0))")
            .shows("mask_sum", &sums)
            .slips(&[ANOTHER_RUN])
            .link(link()),
    );
    page.code(
        Code::new("loss", "print(loss)").prints("loss", made_by("MseLossBackward0", &net.loss())),
    );
}

fn gradients(page: &mut Page, settings: &NotebookSettings, net: &Net) {
    let grads = net
        .named()
        .map(|(name, _, grad)| format!("{name} grad:\n{}\n", print::tensor(grad)));
    let heading = "Gradients before optimization step:".to_owned();
    page.code(
        Code::new("grads", GRADS)
            .prints("grads", lines([heading].into_iter().chain(grads)))
            .slips(&[NO_DEAD_UNIT])
            .link(links::network(&SETTINGS, Stage::Accumulate, settings)),
    );
}

fn lines(lines: impl Iterator<Item = impl Display>) -> String {
    let lines: Vec<String> = lines.map(|line| line.to_string()).collect();
    lines.join("\n")
}

fn keep(page: &mut Page, net: Net) {
    for (name, param, grad) in net.named() {
        page.keep(name, param.clone());
        page.keep(format!("{name}.grad"), grad.clone());
    }
    page.keep("loss", net.loss());
    page.keep("out", net.pass.output);
    page.keep("mask", net.pass.noise);
}
