//! A relative of dropout over ones as a script, and what PyTorch prints for it.

use super::exhibit::{SHOW, again, header, p, set_mode, show};
use super::print::module::Module;
use super::print::tensor;
use crate::model::exhibits::{Layer, VariantsSettings, VariantsTrace};

/// The script of `settings`; `link` is the query that leads back to the page.
///
/// Run in PyTorch 2.7 or later on a CPU, it prints [`output`] of the same settings' trace.
#[must_use]
pub fn script(settings: &VariantsSettings, link: &str) -> String {
    let run = settings.run();
    let prints = if settings.layer().drops_weights() {
        "show(\"weights used\", layer.weight)
show(\"output\", y)
w = layer.weight
print(\"zeros:\", (w == 0).sum().item(), \"of\", w.numel())
"
    } else {
        "show(\"y\", y)
print(\"zeros:\", (y == 0).sum().item(), \"of\", y.numel())
"
    };
    [
        &header("variants", link, imports(settings.layer())),
        &class(settings),
        SHOW,
        &format!("\n\n{}\n", make(settings)),
        &set_mode("layer", run),
        "print(layer)\nprint()\n",
        &format!("torch.manual_seed({})\n", run.seed),
        &again("layer", run),
        "y = layer(x)\n",
        prints,
    ]
    .concat()
}

fn imports(layer: Layer) -> &'static str {
    match layer {
        Layer::Functional | Layer::Variational | Layer::DropConnect => {
            "import torch\nfrom torch import nn\nfrom torch.nn import functional as F"
        }
        _ => "import torch\nfrom torch import nn",
    }
}

/// The class of a layer that PyTorch does not have.
fn class(settings: &VariantsSettings) -> String {
    match settings.layer() {
        Layer::Locked => "\
class LockedDropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or not self.p:
            return x
        # One mask for the whole first dimension, which is meant to be time.
        mask = x.new_empty(1, x.size(1), x.size(2)).bernoulli_(1 - self.p) / (1 - self.p)
        return mask.expand_as(x) * x


"
        .to_owned(),
        Layer::Functional => functional(settings),
        Layer::Variational | Layer::DropConnect => weight_drop(settings),
        Layer::Dropout | Layer::Dropout1d | Layer::Dropout2d | Layer::Alpha => String::new(),
    }
}

fn functional(settings: &VariantsSettings) -> String {
    let call = if settings.obeys_eval() {
        "F.dropout(x, self.p, training=self.training)"
    } else {
        "F.dropout(x, self.p)  # training is True unless it is said"
    };
    format!(
        "\
class FunctionalDropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return {call}


"
    )
}

fn weight_drop(settings: &VariantsSettings) -> String {
    let body = if settings.layer() == Layer::DropConnect {
        "        # A coin for every weight.
        self.weight = F.dropout(self.raw.weight, self.p, training=self.training)"
            .to_owned()
    } else {
        let training = if settings.obeys_eval() {
            "self.training"
        } else {
            "True"
        };
        format!(
            "        # A coin for every row, which is all that goes into one output.
        mask = torch.ones(self.raw.weight.size(0), 1)
        mask = F.dropout(mask, self.p, training={training})
        self.weight = mask.expand_as(self.raw.weight) * self.raw.weight"
        )
    };
    format!(
        "\
class WeightDrop(nn.Module):
    def __init__(self, layer, p):
        super().__init__()
        self.raw = layer
        self.p = p

    def forward(self, x):
{body}
        return F.linear(x, self.weight, self.raw.bias)


"
    )
}

/// The layer and what goes in.
fn make(settings: &VariantsSettings) -> String {
    let (p, shape) = (p(settings.run()), settings.shape());
    if settings.layer().drops_weights() {
        return format!(
            "linear = nn.Linear({inputs}, {outputs})
nn.init.ones_(linear.weight)
nn.init.ones_(linear.bias)
layer = WeightDrop(linear, p={p})
x = torch.ones({inputs})",
            inputs = shape[1],
            outputs = shape[0],
        );
    }
    let class = class_name(settings.layer());
    let axes = settings.axes().join(", ");
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    let sizes = sizes.join(", ");
    format!("layer = {class}(p={p})\nx = torch.ones({sizes})  # {axes}")
}

fn class_name(layer: Layer) -> &'static str {
    match layer {
        Layer::Dropout => "nn.Dropout",
        Layer::Dropout1d => "nn.Dropout1d",
        Layer::Dropout2d => "nn.Dropout2d",
        Layer::Alpha => "nn.AlphaDropout",
        Layer::Locked => "LockedDropout",
        Layer::Functional => "FunctionalDropout",
        Layer::Variational | Layer::DropConnect => "WeightDrop",
    }
}

/// All that the script of `trace.settings` prints.
#[must_use]
pub fn output(trace: &VariantsTrace) -> String {
    let mut out = format!("{}\n\n", module(&trace.settings));
    let used = tensor(&trace.output);
    match &trace.linear {
        Some(linear) => {
            show(&mut out, "weights used", &used);
            show(&mut out, "output", &tensor(linear));
        }
        None => show(&mut out, "y", &used),
    }
    let values = trace.output.data();
    let zeros = values.iter().filter(|value| **value == 0.0).count();
    out + &format!("zeros: {zeros} of {}\n", values.len())
}

/// `print(layer)`.
fn module(settings: &VariantsSettings) -> Module {
    let (layer, p) = (settings.layer(), settings.run().p.p());
    let name = class_name(layer);
    match layer {
        Layer::Dropout | Layer::Dropout1d | Layer::Dropout2d | Layer::Alpha => {
            Module::dropout_like(name.trim_start_matches("nn."), p, false)
        }
        Layer::Locked | Layer::Functional => Module::layer(name, ""),
        Layer::Variational | Layer::DropConnect => {
            let shape = settings.shape();
            Module::container(name).with("raw", Module::linear(shape[1], shape[0], true))
        }
    }
}
