//! The draws of the expectation view as a PyTorch script, and what it prints.

use super::exhibit::header;
use super::print::{TensorPrint, python_float};
use super::script::{earlier_steps, run, simple_net};
use crate::model::exhibits::expectation::{Settings, Through, Trace};

/// Draws that are printed one by one.
const FIRST: usize = 8;

/// The script of `settings`; `link` is the query that leads back to the page.
///
/// Run in PyTorch 2.7 or later on a CPU, it prints [`output`] of the same settings' trace once all draws
/// are made; through the network a last digit may differ where PyTorch's own matrix products do.
#[must_use]
pub fn script(settings: &Settings, link: &str) -> String {
    let network = settings.network();
    let imports = match settings.through() {
        Through::Net => "import torch\nfrom torch import nn, optim",
        Through::Unit | Through::Sum => "import torch\nfrom torch import nn",
    };
    let p = python_float(settings.p().p());
    let source = match settings.through() {
        Through::Unit => format!(
            "torch.manual_seed({})\nvalues = torch.ones(1)\n",
            network.seed()
        ),
        Through::Sum => format!(
            "torch.manual_seed({})\nvalues = torch.arange(1.0, 11.0)\n",
            network.seed()
        ),
        Through::Net => format!(
            "{}{}{}values = torch.relu(model.fc1(x[{}])).detach()\n",
            simple_net(network.dropout_style()),
            run(network),
            earlier_steps(network),
            settings.sample()
        ),
    };
    let draws = settings.draws();
    format!(
        "{}{source}p = {p}\n
# One mask a draw. Dropout of ones is the mask: 0, or 1 / (1 - p).
noise = nn.Dropout(p)(torch.ones({draws}, len(values)))
{}{}",
        header("expectation", link, imports),
        scaled(settings),
        prints(settings.through())
    )
}

/// What train mode and eval mode make of the values.
fn scaled(settings: &Settings) -> String {
    let train = if settings.scaling().in_train() {
        "values * noise  # kept values are divided by 1 - p"
    } else {
        "values * (noise > 0)  # kept values stay as they are"
    };
    let eval = if settings.scaling().in_eval() {
        "values * (1 - p)"
    } else {
        "values"
    };
    format!("train = {train}\neval_values = {eval}\n")
}

fn prints(through: Through) -> String {
    let output = match through {
        Through::Unit | Through::Sum => "x.sum(dim=-1)",
        Through::Net => "model.fc2(x).squeeze(-1).detach()",
    };
    format!(
        "

def output(x):
    return {output}


draws = output(train)
torch.set_printoptions(sci_mode=False)
print(draws[:{FIRST}])
mean, sd = draws.double().mean(), draws.double().std(correction=0)
print(f\"mean {{mean:.4f}}, standard deviation {{sd:.4f}}\")
print(f\"eval output {{output(eval_values):.4f}}\")
"
    )
}

/// All that the script of `trace.settings` prints, of the draws made so far.
#[must_use]
pub fn output(trace: &Trace) -> String {
    let first = &trace.first[..trace.first.len().min(FIRST)];
    let shape = [first.len()];
    let first = TensorPrint::plain(first, &shape).with_sci_mode(false);
    format!(
        "{first}\nmean {:.4}, standard deviation {:.4}\neval output {:.4}\n",
        trace.mean, trace.sd, trace.eval
    )
}
