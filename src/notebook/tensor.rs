//! A tensor through dropout as a script, and what PyTorch prints for it.

use super::exhibit::{SHOW, again, header, p, set_mode, show};
use super::print::{TensorPrint, Values, tensor};
use crate::model::exhibits::{Implementation, Preset, TensorSettings, TensorTrace};
use crate::nn::{DropoutStyle, Generator, Mode, Tensor};

/// The script of `settings`; `link` is the query that leads back to the page.
///
/// Run in PyTorch 2.7 or later on a CPU, it prints [`output`] of the same settings' trace.
#[must_use]
pub fn script(settings: &TensorSettings, link: &str) -> String {
    let trace = TensorTrace::new(settings);
    let run = settings.run();
    let scaled = match trace.scaled {
        Some(_) => "\nshow(\"x * (1 / (1 - p))\", x * (1 / (1 - p)))\n",
        None => "",
    };
    let (chosen, other) = (trace.chosen.style, trace.other.style);
    [
        &header("tensor", link, imports(settings, &trace)),
        &own_dropout(chosen),
        &own_dropout(other),
        SHOW,
        &format!("\n\np = {}\ntorch.manual_seed({})\n", p(run), run.seed),
        &format!("x = {}\nshow(\"x\", x)\n", source(settings)),
        "state = torch.get_rng_state()\n",
        &passes(settings, chosen),
        "\n# Another implementation, from the same state of the generator.\n",
        "torch.set_rng_state(state)\n",
        &passes(settings, other),
        scaled,
    ]
    .concat()
}

fn imports(settings: &TensorSettings, trace: &TensorTrace) -> &'static str {
    let odd = settings.preset().is_none() && trace.input.data().iter().any(|v| !v.is_finite());
    if odd {
        "from math import inf, nan\n\nimport torch\nfrom torch import nn"
    } else {
        "import torch\nfrom torch import nn"
    }
}

/// The name of a dropout in the script: of its object and of what it returns.
fn name(style: DropoutStyle) -> &'static str {
    match style {
        DropoutStyle::Module => "nn.Dropout",
        DropoutStyle::BernoulliFull => "bernoulli",
        DropoutStyle::RandGreater => "rand > p",
    }
}

/// The class of a dropout written by hand, as in the notebooks.
fn own_dropout(style: DropoutStyle) -> String {
    let body = match style {
        DropoutStyle::Module => return String::new(),
        DropoutStyle::BernoulliFull => {
            "        mask = torch.bernoulli(torch.full_like(x, 1 - self.p))
        return x * (mask / (1 - self.p))"
        }
        DropoutStyle::RandGreater => {
            "        mask = (torch.rand(x.shape) > self.p).float()
        return x * mask / (1.0 - self.p)"
        }
    };
    format!(
        "class OwnDropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
{body}


"
    )
}

/// The passes through one implementation. The mask is dropout of ones, from the same state.
fn passes(settings: &TensorSettings, style: DropoutStyle) -> String {
    let class = if style == DropoutStyle::Module {
        "nn.Dropout"
    } else {
        "OwnDropout"
    };
    let (run, name) = (settings.run(), name(style));
    format!(
        "dropout = {class}(p)
{}{}before = torch.get_rng_state()
y = dropout(x)
torch.set_rng_state(before)
mask = (dropout(torch.ones_like(x)) > 0).long()  # dropout of ones, with the same coins
show(\"mask of {name}\", mask)
show(\"output of {name}\", y)
print(\"kept:\", mask.sum().item(), \"of\", mask.numel())
print()
",
        set_mode("dropout", run),
        again("dropout", run),
    )
}

/// The tensor as Python makes it.
fn source(settings: &TensorSettings) -> String {
    match settings.preset() {
        Some(Preset::Ones) => "torch.ones(5, 10)".to_owned(),
        Some(Preset::Arange) => "torch.arange(60.).reshape(3, 4, 5)".to_owned(),
        Some(Preset::Randn) => "torch.randn(4, 2, 10)".to_owned(),
        // Only `randn` takes its numbers from a generator.
        Some(Preset::Notebook) | None => {
            literal(&settings.input(&mut Generator::new(settings.run().seed)))
        }
    }
}

/// `torch.tensor([[…], […]])`, each number in the shortest digits that read back to the same float32.
fn literal(tensor: &Tensor) -> String {
    if tensor.numel() == 0 {
        return format!("torch.empty({:?})", tensor.shape());
    }
    let mut text = "torch.tensor(".to_owned();
    nest(&mut text, tensor.shape(), tensor.data(), 0);
    text + ")"
}

fn nest(text: &mut String, shape: &[usize], data: &[f32], depth: usize) {
    let Some((&size, inner)) = shape.split_first() else {
        text.push_str(
            &data
                .first()
                .map_or_else(String::new, |value| number(*value)),
        );
        return;
    };
    text.push('[');
    for (k, part) in data.chunks(data.len() / size).enumerate() {
        if k > 0 {
            text.push(',');
            if inner.is_empty() {
                text.push(' ');
            } else {
                // Below the first bracket, as deep as this one.
                text.push('\n');
                text.push_str(&" ".repeat("x = torch.tensor([".len() + depth));
            }
        }
        nest(text, inner, part, depth + 1);
    }
    text.push(']');
}

/// A float32 in Python's digits.
fn number(value: f32) -> String {
    format!("{value:?}").to_ascii_lowercase()
}

/// All that the script of `trace.settings` prints.
#[must_use]
pub fn output(trace: &TensorTrace) -> String {
    let mut out = String::new();
    show(&mut out, "x", &tensor(&trace.input));
    for of in [&trace.chosen, &trace.other] {
        printed(&mut out, trace, of);
    }
    if let Some(scaled) = &trace.scaled {
        show(&mut out, "x * (1 / (1 - p))", &tensor(scaled));
    }
    out
}

fn printed(out: &mut String, trace: &TensorTrace, of: &Implementation) {
    // By hand and with p = 1 ones become nan, which is not above 0 either: the mask is the same.
    debug_assert!(trace.settings.run().mode == Mode::Train || of.kept() == of.mask.numel());
    let name = name(of.style);
    let mask: Vec<i64> = of
        .mask
        .data()
        .iter()
        .map(|m| i64::from(*m != 0.0))
        .collect();
    let print = TensorPrint {
        values: Values::I64(&mask),
        shape: of.mask.shape(),
        requires_grad: false,
        grad_fn: None,
    };
    show(out, &format!("mask of {name}"), &print.to_string());
    show(out, &format!("output of {name}"), &tensor(&of.output));
    let (kept, all) = (of.kept().to_string(), mask.len().to_string());
    for text in ["kept: ", &kept, " of ", &all, "\n\n"] {
        out.push_str(text);
    }
}
