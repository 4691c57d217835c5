//! The PyTorch script of what is on the screen: self-contained, to be handed out.
//!
//! It is text for people first: every line is there because the page shows what it computes.

use super::print::python_float;
use super::shown::{FORWARD, SHOW};
use crate::model::Settings;
use crate::model::settings::OUT_FEATURES;
use crate::nn::{BernoulliPath, DropoutStyle, Mode, Sgd};

/// The script of `settings`; `link` is the query that leads back to the page.
///
/// Run in PyTorch 2.7 or later on a CPU, it prints [`output`](super::output()) of the same settings' trace.
#[must_use]
pub fn script(settings: &Settings, link: &str) -> String {
    script_of("network", settings, link)
}

/// The same, as the script of another view begins.
pub(super) fn script_of(view: &str, settings: &Settings, link: &str) -> String {
    let parts = [
        header(view, settings, link),
        own_dropout(settings.dropout_style()),
        simple_net(settings.dropout_style()),
        run(settings),
        earlier_steps(settings),
        pass_looked_at(settings),
        prints(settings.mode()),
    ];
    parts.concat()
}

fn header(view: &str, settings: &Settings, link: &str) -> String {
    let needs = match settings.bernoulli_path() {
        BernoulliPath::Mt19937 => {
            "\
# Needs PyTorch 2.7 or later, on a CPU. Every random draw, and so every mask, is the
# same on any machine; a last digit may differ where matrix products do."
        }
        BernoulliPath::Mcg31 => {
            "\
# Needs PyTorch 2.6 or earlier, on an Intel CPU: nn.Dropout draws other coins there
# than since 2.7. A last digit may differ where matrix products do."
        }
    };
    format!(
        "\
# Dropout Lab · {view} view
# {link}
#
# Prints the numbers of that page.
{needs}

import torch
from torch import nn, optim


"
    )
}

/// The class of a dropout written by hand, as in the notebooks.
fn own_dropout(style: DropoutStyle) -> String {
    let coins = match style {
        DropoutStyle::Module => return String::new(),
        DropoutStyle::BernoulliFull => "torch.bernoulli(torch.full_like(x, 1 - self.p))",
        DropoutStyle::RandGreater => "(torch.rand(x.shape) > self.p).float()",
    };
    format!(
        "class OwnDropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        return x * ({coins} / (1 - self.p))


"
    )
}

pub(super) fn simple_net(style: DropoutStyle) -> String {
    let dropout = match style {
        DropoutStyle::Module => "nn.Dropout(p)",
        DropoutStyle::BernoulliFull | DropoutStyle::RandGreater => "OwnDropout(p)",
    };
    format!(
        "class SimpleNet(nn.Module):
    def __init__(self, in_features, hidden_features, out_features, p):
        super().__init__()
        self.fc1 = nn.Linear(in_features, hidden_features)
        self.dropout = {dropout}
        self.fc2 = nn.Linear(hidden_features, out_features)

    def forward(self, x):
        self.hidden = torch.relu(self.fc1(x))
        # Dropout of ones is the mask itself: 0 where dropped, 1 / (1 - p) where kept.
        self.scaled_mask = self.dropout(torch.ones_like(self.hidden))
        self.dropped = self.hidden * self.scaled_mask  # the same as self.dropout(self.hidden)
        return self.fc2(self.dropped)


"
    )
}

/// Seed, network, optimiser and data, in the order in which they draw.
pub(super) fn run(settings: &Settings) -> String {
    let (batch, inputs) = (settings.batch(), settings.in_features());
    format!(
        "torch.manual_seed({seed})
model = SimpleNet({inputs}, {hidden}, {OUT_FEATURES}, p={p})
optimizer = optim.SGD(model.parameters(), {options})
loss_fn = nn.MSELoss()

x = torch.randn({batch}, {inputs})  # one row a sample
y = torch.randn({batch}, {OUT_FEATURES})

",
        seed = settings.seed(),
        hidden = settings.hidden_features(),
        p = python_float(settings.p().p()),
        options = sgd_options(settings.sgd()),
    )
}

/// The arguments of `optim.SGD`: the learning rate, and what differs from torch's default.
pub(super) fn sgd_options(sgd: &Sgd) -> String {
    let numbers = [
        ("momentum", sgd.momentum),
        ("dampening", sgd.dampening),
        ("weight_decay", sgd.weight_decay),
    ];
    let switches = [("nesterov", sgd.nesterov), ("maximize", sgd.maximize)];
    let mut options = vec![format!("lr={}", python_float(sgd.lr))];
    for (name, value) in numbers.into_iter().filter(|(_, value)| *value != 0.0) {
        options.push(format!("{name}={}", python_float(value)));
    }
    for (name, _) in switches.into_iter().filter(|(_, on)| *on) {
        options.push(format!("{name}=True"));
    }
    options.join(", ")
}

/// The training steps before the pass looked at.
pub(super) fn earlier_steps(settings: &Settings) -> String {
    let steps = settings.step();
    if steps == 0 {
        return String::new();
    }
    let again: Vec<String> = (0..steps)
        .map(|step| (step, settings.again().passes(step)))
        .filter(|(_, passes)| *passes > 0)
        .map(|(step, passes)| format!("{step}: {passes}"))
        .collect();
    let steps = if again.is_empty() {
        format!("for _ in range({steps}):\n")
    } else {
        format!(
            "again = {{{}}}  # extra forward passes at a step: each draws a mask that nothing uses
for step in range({steps}):
    for _ in range(again.get(step, 0)):
        model(x)
",
            again.join(", ")
        )
    };
    format!(
        "# The training steps before the one that is printed.
{steps}    optimizer.zero_grad()
    loss_fn(model(x), y).backward()
    optimizer.step()

"
    )
}

fn pass_looked_at(settings: &Settings) -> String {
    let passes = settings.again().passes(settings.step());
    let extra_passes = if passes == 0 {
        String::new()
    } else {
        format!(
            "# Extra forward passes: each draws a mask that nothing uses.
for _ in range({passes}):
    model(x)

"
        )
    };
    let steps = match settings.mode() {
        Mode::Train => {
            "before = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
model.train()
optimizer.zero_grad()
output = model(x)
loss = loss_fn(output, y)
loss.backward()
optimizer.step()
"
        }
        Mode::Eval => {
            "model.eval()  # dropout returns its input
optimizer.zero_grad()
output = model(x)
loss = loss_fn(output, y)
loss.backward()  # there are gradients in eval mode too; no step is taken
"
        }
    };
    format!(
        "{extra_passes}# The pass that is printed.\n{steps}mask = (model.scaled_mask > 0).long()\n\n\n"
    )
}

fn prints(mode: Mode) -> String {
    let forward = FORWARD
        .map(|shown| format!("show(\"{}\", {})\n", shown.name, shown.python))
        .concat();
    let (parameters, unmoved) = match mode {
        Mode::Train => (
            "for name, parameter in model.named_parameters():
    show(f\"{name} before\", before[name])
for name, parameter in model.named_parameters():
    show(f\"{name} after\", parameter)
",
            "same = (model.fc1.weight == before[\"fc1.weight\"]).all(dim=1) & (model.fc1.bias == before[\"fc1.bias\"])
print(\"units of fc1 that did not move:\", same.nonzero().flatten().tolist())
",
        ),
        Mode::Eval => (
            "for name, parameter in model.named_parameters():
    show(name, parameter)
",
            "",
        ),
    };
    format!(
        "{SHOW}

print(model)
print()
{forward}for name, parameter in model.named_parameters():
    show(f\"{{name}}.grad\", parameter.grad)
{parameters}
# Units are counted from 0.
zero = (model.fc1.weight.grad == 0).all(dim=1) & (model.fc1.bias.grad == 0)
print(\"units of fc1 without gradient:\", zero.nonzero().flatten().tolist())
{unmoved}"
    )
}
