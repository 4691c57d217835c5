//! The derivation of notebook 004 as mathematics: formulas that a page can turn into `MathML` element by
//! element, each symbol linked to its number, and what the notebook leaves out marked as added.

mod formulas;
mod math;

pub use formulas::{Formula, gradient, steps, with_numbers};
pub use math::{Element, Math, Symbol};

use super::{Explanation, number, plain, short};
use crate::model::Trace;
use crate::model::exhibits::gradients::{Place, Slip, Term};
use crate::model::exhibits::momentum;
use crate::nn::Mode;

/// What just happened: the sample's share of the number looked at, as a product.
#[must_use]
pub fn now(trace: &Trace, place: Place) -> String {
    let term = Term::of(trace, place);
    let Place {
        sample,
        unit,
        input,
    } = place;
    let grad = trace.pass.grad.fc1.weight.at(unit, input);
    let (sample, unit, input) = (sample + 1, unit + 1, input + 1);
    let what = if term.mask == 0.0 {
        format!(
            "Unit {unit} was dropped for sample {sample}: the factor m / (1 − p) is 0, and so is the share."
        )
    } else if term.gate == 0.0 {
        format!(
            "ReLU was off in unit {unit} for sample {sample}: the factor 1[z > 0] is 0, and so is the share."
        )
    } else {
        format!("Sample {sample} adds {}.", product(&term))
    };
    let batch = trace.batch();
    format!(
        "{what} Over {}, the gradient of fc1.weight[{}, {}] is {}.",
        super::count(batch, "sample", "samples"),
        unit - 1,
        input - 1,
        number(grad)
    )
}

/// The product with its numbers: "0.5 × 0.1234 × … = 0.0089".
#[must_use]
pub fn product(term: &Term) -> String {
    let factors = [
        term.two_over_n,
        term.error(),
        term.weight,
        term.noise,
        term.gate,
        term.input,
    ];
    let factors = factors.map(in_product).join(" × ");
    format!("{factors} = {}", number(term.contribution))
}

/// A number as a factor: a negative one in brackets.
fn in_product(value: f32) -> String {
    let text = short(f64::from(value));
    if text.starts_with('−') {
        format!("({text})")
    } else {
        text
    }
}

/// What a symbol stands for, for the sample, unit and input looked at, and what it is there.
#[must_use]
pub fn explain(trace: &Trace, place: Place, symbol: Symbol) -> Explanation {
    let term = Term::of(trace, place);
    let Place {
        sample,
        unit,
        input,
    } = place;
    let (title, text, reason) = match symbol {
        Symbol::TwoOverN => (
            "2 / N, added".to_owned(),
            format!("2 / {} = {}", trace.batch(), number(term.two_over_n)),
            Some(
                "The notebook leaves it out. MSELoss squares the error, which gives the 2, and takes the mean, which gives the N.",
            ),
        ),
        Symbol::Error => (
            format!("Error of sample {}", sample + 1),
            format!(
                "{} − ({}) = {}",
                number(term.output),
                number(term.target),
                number(term.error())
            ),
            None,
        ),
        Symbol::Weight => (
            format!("fc2's weight of unit {}", unit + 1),
            number(term.weight),
            Some(
                "What reaches the unit on the way back is what it sends forward: the weight before the step.",
            ),
        ),
        Symbol::Mask => (
            "m / (1 − p), added".to_owned(),
            mask(trace, &term),
            Some(
                "The notebook leaves it out. Without it a dropped unit would learn, and a kept one too little.",
            ),
        ),
        Symbol::Gate => (
            "1[z > 0]".to_owned(),
            format!(
                "z = {}, so {}",
                number(term.pre_activation),
                short(f64::from(term.gate))
            ),
            Some("The slope of ReLU: 1 above zero, else 0. PyTorch takes 0 at zero itself."),
        ),
        Symbol::Input => (
            format!("Input {} of sample {}", input + 1, sample + 1),
            number(term.input),
            None,
        ),
        Symbol::Sum => ("Sum over the batch".to_owned(), sum(trace, place), None),
        Symbol::Gradient => (
            format!("fc1.weight.grad[{unit}, {input}]"),
            number(trace.pass.grad.fc1.weight.at(unit, input)),
            None,
        ),
    };
    Explanation {
        title,
        lines: vec![(symbol.letter().to_owned(), text)],
        reason: reason.map(str::to_owned),
    }
}

fn mask(trace: &Trace, term: &Term) -> String {
    match trace.settings.mode() {
        Mode::Eval => "eval mode: nothing is dropped, 1".to_owned(),
        Mode::Train => format!(
            "{} / (1 − {}) = {}",
            short(f64::from(term.mask)),
            plain(trace.settings.p().p()),
            short(f64::from(term.noise))
        ),
    }
}

/// What every sample adds, and what it comes to.
fn sum(trace: &Trace, Place { unit, input, .. }: Place) -> String {
    const SPELT_OUT: usize = 16;
    let batch = trace.batch();
    let share = |n| in_product(trace.contribution(n, unit, input));
    let mut terms: Vec<String> = (0..batch.min(SPELT_OUT)).map(share).collect();
    if batch > SPELT_OUT {
        terms.push(format!("{} more", batch - SPELT_OUT));
    }
    let grad = number(trace.pass.grad.fc1.weight.at(unit, input));
    format!("{} = {grad}", terms.join(" + "))
}

/// The true step of a weight beside what the notebook prints for it, and why that is wrong.
#[must_use]
pub fn slip(trace: &Trace, Place { unit, input, .. }: Place) -> Explanation {
    let slip = Slip::of(trace, unit);
    let lr = plain(trace.settings.sgd().lr);
    let line = |label: &str, row: &[f32]| (label.to_owned(), number(row[input]));
    let reason = match trace.settings.mode() {
        Mode::Eval => {
            "Eval mode: no step is taken, so Before is right here, and After was never a weight."
                .to_owned()
        }
        Mode::Train => format!(
            "The notebook prints Before once optimizer.step() has run, so it shows the weight after; its After takes {lr} × gradient off a second time."
        ),
    };
    Explanation {
        title: format!("fc1.weight[{unit}, {input}] around the step"),
        lines: vec![
            line("before", &slip.before),
            line("gradient", &slip.grad),
            line("after", &slip.after),
            line("printed as Before", &slip.printed_before),
            line("printed as After", &slip.printed_after),
        ],
        reason: Some(reason),
    }
}

/// Momentum's story, a line a step, the first the weight as it begins.
#[must_use]
pub fn momentum(settings: &momentum::Settings) -> Vec<String> {
    let sgd = settings.sgd();
    let begins = format!(
        "The weight begins at {}. Momentum {}, learning rate {}.",
        digits(momentum::START),
        plain(sgd.momentum),
        plain(sgd.lr)
    );
    let mut lines = vec![begins];
    let mut before = momentum::START;
    for step in momentum::story(settings) {
        let (by, name) = if sgd.momentum == 0.0 {
            (step.gradient, "gradient")
        } else {
            (step.velocity, "velocity")
        };
        lines.push(format!(
            "Gradient {}, {name} {}: {} − {} × {} = {}",
            digits(step.gradient),
            digits(by),
            digits(before),
            plain(sgd.lr),
            digits(by),
            digits(step.weight)
        ));
        before = step.weight;
    }
    lines
}

/// At most six decimals, none that are not needed: what a float32 near 1 holds.
fn digits(value: f32) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.replace('-', "−")
}
