//! The subnetworks view as a PyTorch script, which goes through the masks one by one, and what it prints.

use super::exhibit::header;
use super::print::{TensorPrint, Values, python_float};
use super::script::{earlier_steps, run, simple_net};
use crate::model::exhibits::subnetworks::{Settings, Trace, digits};
use crate::model::proof::subnetworks::Placement;
use crate::nn::number::with_signed_exponent;

/// The script of `settings`; `link` is the query that leads back to the page.
///
/// Run in PyTorch 2.7 or later on a CPU, it prints [`output`] of the same settings' trace; after training steps a
/// last digit may differ where PyTorch's own matrix products do.
#[must_use]
pub fn script(settings: &Settings, link: &str) -> String {
    let network = settings.network();
    let imports = "import itertools\n\nimport torch\nfrom torch import nn, optim";
    let parts = [
        header("subnetworks", link, imports),
        simple_net(network.dropout_style()),
        run(network),
        earlier_steps(network),
        masks(settings),
        net(settings.placement()),
        sums(settings),
        prints(settings),
    ];
    parts.concat()
}

/// The masks, their weights in a mean, and the one that is printed.
fn masks(settings: &Settings) -> String {
    let network = settings.network();
    let (p, batch, hidden) = (network.p(), network.batch(), network.hidden_features());
    let call = format!("model.dropout(torch.ones({batch}, {hidden}))[sample]");
    let masks = if settings.is_exact() {
        let shown = match settings.mask() {
            None => format!("({call} > 0).double()  # what the next call draws"),
            Some(mask) => format!("torch.tensor([{}]).double()", commas(mask)),
        };
        format!(
            "masks = torch.tensor(list(itertools.product([0.0, 1.0], repeat={hidden})), dtype=torch.float64)
kept = masks.sum(dim=1)
weights = p ** ({hidden} - kept) * (1 - p) ** kept
shown = {shown}
"
        )
    } else {
        format!(
            "# Too many masks for all of them: those that the next calls draw for this sample.
masks = (torch.stack([{call} for _ in range({count})]) > 0).double()
weights = torch.ones({count}, dtype=torch.float64) / {count}
shown = masks[0]
",
            count = settings.drawn()
        )
    };
    let scale = if p.keep() == 0.0 {
        "0.0"
    } else {
        "1 / (1 - p)"
    };
    format!(
        "# Every subnetwork, in float64.
p = {}
scale = {scale}  # of what is kept
sample = {}  # counted from 0
{masks}x, y, model = x.double(), y.double(), model.double()


",
        python_float(p.p()),
        settings.sample()
    )
}

fn commas(mask: &[bool]) -> String {
    let digits: Vec<_> = mask
        .iter()
        .map(|kept| if *kept { "1" } else { "0" })
        .collect();
    digits.join(", ")
}

/// The network, with what dropout multiplies by as an argument.
fn net(placement: Placement) -> String {
    let activation = match placement {
        Placement::AfterRelu | Placement::BeforeRelu | Placement::ReluOnOutput => "torch.relu",
        Placement::AfterSigmoid | Placement::BeforeSigmoid => "torch.sigmoid",
    };
    let dropped = match placement {
        Placement::AfterRelu | Placement::AfterSigmoid | Placement::ReluOnOutput => {
            format!("{activation}(model.fc1(x)) * noise")
        }
        Placement::BeforeRelu | Placement::BeforeSigmoid => {
            format!("{activation}(model.fc1(x) * noise)")
        }
    };
    let output = match placement {
        Placement::ReluOnOutput => format!("torch.relu(model.fc2({dropped}))"),
        _ => format!("model.fc2({dropped})"),
    };
    format!(
        "@torch.no_grad()
def net(x, noise):
    return {output}.squeeze(-1)


@torch.no_grad()
def said(x):  # what each hidden unit adds to the output in eval mode
    return model.fc2.weight * {activation}(model.fc1(x))


"
    )
}

/// Both sides of both equations.
fn sums(settings: &Settings) -> String {
    let identity = if settings.p().keep() == 0.0 {
        ""
    } else {
        "units = p / (1 - p) * (said(x) ** 2).mean(dim=0)
gap = train_loss - (eval_loss + units.sum())
"
    };
    format!(
        "outputs = torch.stack([net(row, masks * scale) for row in x])  # one row a sample
mean = (weights * outputs[sample]).sum()
sd = (weights * (outputs[sample] - mean) ** 2).sum().sqrt()
eval_outputs = net(x, 1.0)
difference = mean - eval_outputs[sample]

train_loss = (weights * (outputs - y) ** 2).sum(dim=1).mean()
eval_loss = ((eval_outputs - y.squeeze(-1)) ** 2).mean()
{identity}"
    )
}

fn prints(settings: &Settings) -> String {
    let identity = if settings.p().keep() == 0.0 {
        "print(\"p = 1: the identity says nothing\")\n"
    } else {
        "print(\"what each unit adds:\")
print(units)
print(f\"gap {four(gap)}, rounding only: {bool(abs(gap) <= 1e-12 * max(1, train_loss))}\")
"
    };
    format!(
        "

def four(number):  # four decimals, and no minus before a zero
    return f\"{{round(float(number), 4) + 0.0:.4f}}\"


torch.set_printoptions(sci_mode=False)
largest = max(1, outputs[sample].abs().max())
likely = p ** (len(shown) - shown.sum()) * (1 - p) ** shown.sum()
print(f\"{{len(masks)}} subnetworks of sample {{sample + 1}}\")
print(f\"mask {{''.join(str(int(m)) for m in shown)}}, probability {{likely:.4e}}, output {{four(net(x[sample], shown * scale))}}\")
print(f\"mean {{four(mean)}}, standard deviation {{four(sd)}}\")
print(f\"eval output {{four(eval_outputs[sample])}}\")
print(f\"difference {{four(difference)}}, rounding only: {{bool(abs(difference) <= 1e-12 * largest)}}\")
print(f\"E[train MSE] {{four(train_loss)}}\")
print(f\"eval MSE {{four(eval_loss)}}\")
{identity}"
    )
}

/// All that the script of `trace.settings` prints.
#[must_use]
pub fn output(trace: &Trace) -> String {
    let shown = if trace.is_exact() { trace.chosen } else { 0 };
    let (difference, identity) = (trace.difference(), &trace.identity);
    let likely = with_signed_exponent(&format!("{:.4e}", trace.probability(shown)));
    format!(
        "{} subnetworks of sample {}
mask {}, probability {likely}, output {}
mean {}, standard deviation {}
eval output {}
difference {}
E[train MSE] {}
eval MSE {}
{}",
        trace.masks(),
        trace.settings.sample() + 1,
        digits(&trace.mask(shown)),
        four(trace.subnetworks.outputs[shown]),
        four(trace.mean),
        four(trace.sd),
        four(trace.subnetworks.eval),
        judged(difference),
        four(identity.train),
        four(identity.eval),
        units(trace)
    )
}

/// What each unit adds, and the gap.
fn units(trace: &Trace) -> String {
    let Some(gap) = trace.gap() else {
        return "p = 1: the identity says nothing\n".to_owned();
    };
    let identity = &trace.identity;
    let terms: Vec<f64> = identity
        .units
        .iter()
        .map(|square| identity.factor * square)
        .collect();
    let shape = [terms.len()];
    let print = TensorPrint {
        values: Values::F64(&terms),
        ..TensorPrint::plain(&[], &shape)
    };
    let print = print.with_sci_mode(false);
    format!("what each unit adds:\n{print}\ngap {}\n", judged(gap))
}

fn judged((difference, rounding): (f64, bool)) -> String {
    let rounding = if rounding { "True" } else { "False" };
    format!("{}, rounding only: {rounding}", four(difference))
}

/// Four decimals, and no minus before a zero.
fn four(number: f64) -> String {
    let text = format!("{number:.4}").to_ascii_lowercase();
    match text.as_str() {
        "-0.0000" => "0.0000".to_owned(),
        _ => text,
    }
}
