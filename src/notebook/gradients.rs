//! The derivation as a PyTorch script, and what it prints: the network view's step, and then one number of
//! fc1's gradient taken apart.

use super::exhibit::show;
use super::print::python_float;
use super::script::{script_of, sgd_options};
use super::shown::numbers;
use crate::model::exhibits::gradients::{Settings, Slip, Trace};
use crate::model::exhibits::momentum::{GRADIENTS, START, story};
use crate::nn::{Mode, Sgd};

/// The script of `settings`; `link` is the query that leads back to the page.
///
/// Run in PyTorch 2.7 or later on a CPU, it prints [`output`] of the same settings' trace.
#[must_use]
pub fn script(settings: &Settings, link: &str) -> String {
    let parts = [
        script_of("gradients", settings.network(), link),
        taken_apart(settings),
        around_the_step(settings),
        momentums_story(settings.story()),
    ];
    parts.concat()
}

fn taken_apart(settings: &Settings) -> String {
    let place = settings.place();
    let w2 = match settings.network().mode() {
        Mode::Train => "before[\"fc2.weight\"]",
        Mode::Eval => "model.fc2.weight",
    };
    format!(
        "
# One number of fc1.weight.grad, taken apart. Samples, units and inputs are counted from 0.
sample, unit, i = {}, {}, {}
error = (output - y).flatten()
w2 = {w2}[0, unit]
relu_on = model.hidden[:, unit] > 0
shares = 2 / len(x) * error * w2 * model.scaled_mask[:, unit] * relu_on * x[:, i]
print()
show(\"what each sample adds\", shares)
show(\"what the sample looked at adds\", shares[sample])
show(\"their sum, fc1.weight.grad[unit, i]\", model.fc1.weight.grad[unit, i])
",
        place.sample, place.unit, place.input
    )
}

fn around_the_step(settings: &Settings) -> String {
    format!(
        "
# Notebook 004 prints Before once the step is taken, and After with the gradient taken off again.
row, grad = model.fc1.weight[unit], model.fc1.weight.grad[unit]
show(\"printed as Before\", row)
show(\"printed as After\", row - {} * grad)
",
        python_float(settings.network().sgd().lr)
    )
}

fn momentums_story(sgd: &Sgd) -> String {
    let gradients = GRADIENTS.map(|gradient| python_float(f64::from(gradient)));
    format!(
        "
# Momentum's story: one weight, and gradients that are zero after the first.
weight = torch.tensor([{}], requires_grad=True)
optimizer = optim.SGD([weight], {})
for gradient in [{}]:
    weight.grad = torch.tensor([gradient])
    optimizer.step()
    print(f\"gradient {{gradient}}: weight {{weight.item():.6f}}\")
",
        python_float(f64::from(START)),
        sgd_options(sgd),
        gradients.join(", ")
    )
}

/// All that the script of `trace.settings` prints.
#[must_use]
pub fn output(trace: &Trace) -> String {
    let (step, place) = (&trace.step, trace.settings.place());
    let number = |value: f32| numbers(&[value], &[]);
    let row = |values: &[f32]| numbers(values, &[values.len()]);
    let shares: Vec<f32> = (0..step.batch())
        .map(|sample| trace.term(sample).product())
        .collect();
    let slip = Slip::of(step, place.unit);
    let mut out = super::output(step) + "\n";
    for (name, print) in [
        ("what each sample adds", row(&shares)),
        (
            "what the sample looked at adds",
            number(shares[place.sample]),
        ),
        (
            "their sum, fc1.weight.grad[unit, i]",
            number(slip.grad[place.input]),
        ),
        ("printed as Before", row(&slip.printed_before)),
        ("printed as After", row(&slip.printed_after)),
    ] {
        show(&mut out, name, &print);
    }
    let told = story(trace.settings.story()).map(|step| {
        let gradient = python_float(f64::from(step.gradient));
        format!("gradient {gradient}: weight {:.6}\n", step.weight)
    });
    out + &told.concat()
}
