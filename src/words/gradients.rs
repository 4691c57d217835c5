//! The derivation of notebook 004 as mathematics: formulas that a page can turn into `MathML` element by
//! element, each symbol linked to its number, and what the notebook leaves out marked as added.

mod formulas;
mod math;
mod step;

pub use formulas::{Formula, gradient, steps, symbol};
pub use math::{Element, Math, Symbol};
pub use step::{AroundStep, around_step, momentum, moral};

use super::{Explanation, number, plain, short};
use crate::model::Trace;
use crate::model::exhibits::gradients::{Place, Term};
use crate::nn::Mode;

/// What can be pointed at or focused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A symbol of the formula, and its number.
    Symbol(Symbol),
    /// What a sample adds, the samples counted from 0.
    Share(usize),
}

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
        t!(
            "Unit {unit} was dropped for sample {sample}: the factor m / (1 − p) is 0, and so is the share."
        )
    } else if term.gate == 0.0 {
        t!(
            "ReLU was off in unit {unit} for sample {sample}: the factor 1[z > 0] is 0, and so is the share."
        )
    } else {
        t!("Sample {sample} adds {}.", product(&term))
    };
    let batch = trace.batch();
    t!(
        "{what} Over {}, the gradient of fc1.weight[{},\u{a0}{}] is {}.",
        t!("{n} {n|sample|samples}", n = batch),
        unit - 1,
        input - 1,
        number(grad)
    )
}

/// The factors of a sample's share and their numbers, in the order of the formula.
#[must_use]
pub fn factors(term: &Term) -> [(Symbol, String); 6] {
    [
        (Symbol::TwoOverN, term.two_over_n),
        (Symbol::Error, term.error()),
        (Symbol::Weight, term.weight),
        (Symbol::Mask, term.noise),
        (Symbol::Gate, term.gate),
        (Symbol::Input, term.input),
    ]
    .map(|(symbol, value)| (symbol, digits(value)))
}

/// The product with its numbers: "0.5 × 0.1234 × … = 0.0089".
#[must_use]
pub fn product(term: &Term) -> String {
    let factors = factors(term).map(|(_, value)| bracketed(value));
    format!("{} = {}", factors.join(" × "), number(term.contribution))
}

/// The product as notebook 004 writes it, without the two factors that it leaves out.
#[must_use]
pub fn as_in_the_notebook(term: &Term) -> String {
    let written = factors(term)
        .into_iter()
        .filter(|(symbol, _)| !symbol.is_added());
    let factors: Vec<String> = written.map(|(_, value)| bracketed(value)).collect();
    let product = number(term.as_in_the_notebook());
    let cancel = if term.two_over_n * term.noise == 1.0 {
        t!(". Here the two multiply to 1")
    } else {
        ""
    };
    format!("{} = {product}{cancel}", factors.join(" × "))
}

/// What a sample adds, as a number.
#[must_use]
pub fn contribution(term: &Term) -> String {
    number(term.contribution)
}

/// The number of fc1's gradient that is looked at.
#[must_use]
pub fn gradient_at(trace: &Trace, place: Place) -> String {
    number(trace.pass.grad.fc1.weight.at(place.unit, place.input))
}

/// What the sum below the shares is of, where not all of them may be in sight.
#[must_use]
pub fn sum_of(batch: usize, shown: usize) -> String {
    match batch - shown {
        0 => t!("sum").to_owned(),
        more => t!("sum, with {} more", t!("{n} {n|sample|samples}", n = more)),
    }
}

/// A number as a factor, as short as four decimals can be; one that they would show as 0 but is not,
/// with its exponent.
fn digits(value: f32) -> String {
    if value != 0.0 && value.abs() <= 5e-5 {
        number(value)
    } else {
        // Zero is written without a sign.
        short(f64::from(value) + 0.0)
    }
}

/// A negative number in brackets.
fn bracketed(text: String) -> String {
    if text.starts_with('−') {
        format!("({text})")
    } else {
        text
    }
}

/// A symbol, its number and whether the notebook has it, for whoever cannot see them.
#[must_use]
pub fn spoken(symbol: Symbol, value: &str) -> String {
    let added = if symbol.is_added() {
        t!(", left out in the notebook")
    } else {
        ""
    };
    format!("{}, {}: {value}{added}", symbol.name(), symbol.letter())
}

/// What became of a unit in a sample: "sample 2, unit 6: kept".
#[must_use]
pub fn cell(trace: &Trace, sample: usize, unit: usize) -> String {
    let fate = match (trace.kept(sample, unit), trace.active(sample, unit)) {
        (true, true) => t!("kept"),
        (false, true) => t!("dropped"),
        (true, false) => t!("ReLU off"),
        (false, false) => t!("dropped, and ReLU off"),
    };
    t!("sample {}, unit {}: {fate}", sample + 1, unit + 1)
}

/// What a sample adds to the number looked at, and why it is nothing if it is.
#[must_use]
pub fn share(trace: &Trace, place: Place) -> Explanation {
    let term = Term::of(trace, place);
    let unit = place.unit + 1;
    let reason = if term.mask == 0.0 {
        Some(t!("Unit {unit} was dropped for this sample."))
    } else if term.gate == 0.0 {
        Some(t!("ReLU was off in unit {unit} for this sample."))
    } else {
        None
    };
    Explanation {
        title: t!("What sample {} adds", place.sample + 1),
        lines: vec![
            (t!("product").to_owned(), product(&term)),
            (t!("as in 004").to_owned(), as_in_the_notebook(&term)),
        ],
        reason,
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
            t!("2 / N, added").to_owned(),
            format!("2 / {} = {}", trace.batch(), number(term.two_over_n)),
            Some(t!(
                "The notebook leaves it out. MSELoss squares the error, which gives the 2, and takes the mean, which gives the N."
            )),
        ),
        Symbol::Error => (
            t!("Error of sample {}", sample + 1),
            format!(
                "{} − ({}) = {}",
                number(term.output),
                number(term.target),
                number(term.error())
            ),
            None,
        ),
        Symbol::Weight => (
            t!("fc2's weight of unit {}", unit + 1),
            number(term.weight),
            Some(t!(
                "What reaches the unit on the way back is what it sends forward: the weight before the step."
            )),
        ),
        Symbol::Mask => (
            t!("m / (1 − p), added").to_owned(),
            mask(trace, &term),
            Some(t!(
                "The notebook leaves it out. Without it a dropped unit would learn, and a kept one too little."
            )),
        ),
        Symbol::Gate => (
            "1[z > 0]".to_owned(),
            t!(
                "z = {}, so {}",
                number(term.pre_activation),
                short(f64::from(term.gate))
            ),
            Some(t!(
                "The slope of ReLU: 1 above zero, else 0. PyTorch takes 0 at zero itself."
            )),
        ),
        Symbol::Input => (
            t!("Input {} of sample {}", input + 1, sample + 1),
            number(term.input),
            None,
        ),
        Symbol::Sum => (t!("Sum over the batch").to_owned(), sum(trace, place), None),
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
        Mode::Eval => t!("eval mode: nothing is dropped, 1").to_owned(),
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
    let share = |n| bracketed(number(trace.contribution(n, unit, input)));
    let mut terms: Vec<String> = (0..batch.min(SPELT_OUT)).map(share).collect();
    if batch > SPELT_OUT {
        terms.push(t!("{} more", batch - SPELT_OUT));
    }
    let grad = number(trace.pass.grad.fc1.weight.at(unit, input));
    format!("{} = {grad}", terms.join(" + "))
}
