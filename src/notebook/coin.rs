//! The coins as a PyTorch script, and what it prints.

use super::exhibit::header;
use super::print::{TensorPrint, Values, python_float};
use crate::model::exhibits::coin::{Coins, Settings, Trace};

/// The script of `settings`; `link` is the query that leads back to the page.
///
/// Run in PyTorch 2.7 or later on a CPU, it prints [`output`] of the same settings' trace, on any machine.
#[must_use]
pub fn script(settings: &Settings, link: &str) -> String {
    let p = python_float(settings.p().p());
    let (draws, group, seed) = (settings.draws(), settings.group(), settings.seed());
    let (imports, coins, counted) = match settings.coins() {
        Coins::Dropout => (
            "import torch\nfrom torch import nn",
            format!(
                "# p is the chance of a zero. Dropout of ones is the mask: 0, or 1 / (1 - p).
coins = (nn.Dropout(p={p})(torch.ones({draws})) > 0).long()"
            ),
            "groups == 0",
        ),
        Coins::Bernoulli => (
            "import torch\nfrom torch.distributions import Bernoulli",
            format!(
                "# p is the chance of a one.
coins = Bernoulli(probs={p}).sample(({draws},)).long()"
            ),
            "groups == 1",
        ),
    };
    format!(
        "{head}torch.manual_seed({seed})
{coins}
print(coins)
print(f\"ones: {{coins.sum()}} of {{len(coins)}}, share {{coins.double().mean():.4f}}\")

# Whole groups of {group}, and in how many of them p came true how often.
groups = coins[:len(coins) // {group} * {group}].reshape(-1, {group})
print(({counted}).sum(dim=1).bincount(minlength={bars}))

# The binomial: the probability of each of these counts.
counts = torch.arange({bars}, dtype=torch.double)
log_chance = (
    torch.lgamma(torch.tensor({group} + 1.0, dtype=torch.double))
    - torch.lgamma(counts + 1) - torch.lgamma({group} - counts + 1)
    + torch.xlogy(counts, {p}) + torch.xlogy({group} - counts, 1 - {p})
)
print([f\"{{chance:.4f}}\" for chance in log_chance.exp().tolist()])
",
        head = header("coin", link, imports),
        bars = group + 1,
    )
}

/// All that the script of `trace.settings` prints.
#[must_use]
pub fn output(trace: &Trace) -> String {
    let whole = |coin: &f32| i64::from(*coin == 1.0);
    let coins: Vec<i64> = trace.draws.iter().map(whole).collect();
    let counts: Vec<i64> = trace.counts.iter().map(|n| i64::from(*n)).collect();
    let chances: Vec<String> = trace
        .binomial
        .iter()
        .map(|chance| format!("'{chance:.4}'"))
        .collect();
    format!(
        "{}\nones: {} of {}, share {:.4}\n{}\n[{}]\n",
        integers(&coins),
        trace.ones,
        trace.settings.draws(),
        trace.share_of_ones(),
        integers(&counts),
        chances.join(", ")
    )
}

fn integers(values: &[i64]) -> String {
    TensorPrint {
        values: Values::I64(values),
        shape: &[values.len()],
        requires_grad: false,
        grad_fn: None,
    }
    .to_string()
}
