//! The formulas: notebook 004's four derivatives and their product, completed, and the product with the
//! numbers of one sample in it.

use super::{Math, Symbol};
use crate::model::exhibits::gradients::Term;
use crate::words::{number, short};

/// A formula of the derivation.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// What it is about, in words.
    pub title: &'static str,
    /// What the notebook leaves out of it, if anything.
    pub added: Option<&'static str>,
    /// The formula.
    pub math: Math,
    /// The formula in a line of text, for whoever cannot see it.
    pub text: &'static str,
}

/// The derivatives from the loss back to fc1's weights, in the order of the notebook.
#[must_use]
pub fn steps() -> [Formula; 5] {
    [
        Formula {
            title: "From the loss to the output",
            added: Some("2/N: the loss is the mean of N squared errors"),
            math: equation(
                derivative(letter("L"), hat("y", "n")),
                Math::row([two_over_n(), error()]),
            ),
            text: "∂L/∂ŷₙ = (2/N) (ŷₙ − yₙ)",
        },
        Formula {
            title: "From the output to what dropout gives",
            added: None,
            math: equation(derivative(hat("y", "n"), indexed("d", "n")), weight()),
            text: "∂ŷₙ/∂dₙ = w₂",
        },
        Formula {
            title: "Through dropout",
            added: Some(
                "the mask: what was dropped sends nothing back, what was kept is scaled on the way back too",
            ),
            math: equation(derivative(indexed("d", "n"), indexed("h", "n")), mask()),
            text: "∂dₙ/∂hₙ = mₙ / (1 − p)",
        },
        Formula {
            title: "Through ReLU",
            added: None,
            math: equation(derivative(indexed("h", "n"), indexed("z", "n")), gate()),
            text: "∂hₙ/∂zₙ = 1[zₙ > 0]",
        },
        Formula {
            title: "From fc1's sums to its weights",
            added: None,
            math: equation(
                derivative(indexed("z", "n"), letter("W").subscript(Math::number("1"))),
                input(),
            ),
            text: "∂zₙ/∂W₁ = xₙᵀ",
        },
    ]
}

/// All of them multiplied and added up over the batch.
#[must_use]
pub fn gradient() -> Formula {
    let left = derivative(letter("L"), letter("W").subscript(Math::number("1")));
    let sum = Math::operator("∑")
        .under(letter("n"))
        .standing_for(Symbol::Sum);
    let inside = [open(), weight(), times(), mask(), times(), gate(), close()];
    let right = Math::row([two_over_n(), sum, error(), Math::row(inside), input()]);
    Formula {
        title: "The gradient of fc1's weights",
        added: Some("2/N and the mask"),
        math: equation(left.standing_for(Symbol::Gradient), right),
        text: "∂L/∂W₁ = (2/N) Σₙ (ŷₙ − yₙ) (w₂ ∘ mₙ/(1 − p) ∘ 1[zₙ > 0]) xₙᵀ",
    }
}

/// The sample's share with its numbers: one factor a symbol, and what they come to.
#[must_use]
pub fn with_numbers(term: &Term) -> Math {
    let factors = [
        (Symbol::TwoOverN, term.two_over_n),
        (Symbol::Error, term.error()),
        (Symbol::Weight, term.weight),
        (Symbol::Mask, term.noise),
        (Symbol::Gate, term.gate),
        (Symbol::Input, term.input),
    ];
    let mut row = Vec::new();
    for (place, (symbol, value)) in factors.into_iter().enumerate() {
        if place > 0 {
            row.push(Math::operator("×"));
        }
        row.push(factor(value).standing_for(symbol));
    }
    row.extend([Math::operator("="), Math::number(number(term.contribution))]);
    Math::row(row)
}

/// A number, in brackets where it is negative.
fn factor(value: f32) -> Math {
    let text = Math::number(short(f64::from(value)));
    if value < 0.0 {
        Math::row([open(), text, close()])
    } else {
        text
    }
}

fn equation(left: Math, right: Math) -> Math {
    Math::row([left, Math::operator("="), right])
}

fn derivative(of: Math, by: Math) -> Math {
    let with_d = |math| Math::row([Math::operator("∂"), math]);
    Math::fraction(with_d(of), with_d(by))
}

fn letter(text: &str) -> Math {
    Math::letter(text)
}

fn indexed(text: &str, index: &str) -> Math {
    letter(text).subscript(letter(index))
}

fn hat(text: &str, index: &str) -> Math {
    letter(text)
        .over(Math::operator("^"))
        .subscript(letter(index))
}

fn open() -> Math {
    Math::operator("(")
}

fn close() -> Math {
    Math::operator(")")
}

/// Factor by factor, each unit for itself.
fn times() -> Math {
    Math::operator("∘")
}

fn two_over_n() -> Math {
    Math::fraction(Math::number("2"), letter("N")).standing_for(Symbol::TwoOverN)
}

fn error() -> Math {
    let difference = [
        open(),
        hat("y", "n"),
        Math::operator("−"),
        indexed("y", "n"),
        close(),
    ];
    Math::row(difference).standing_for(Symbol::Error)
}

fn weight() -> Math {
    letter("w")
        .subscript(Math::number("2"))
        .standing_for(Symbol::Weight)
}

fn mask() -> Math {
    let keep = Math::row([Math::number("1"), Math::operator("−"), letter("p")]);
    Math::fraction(indexed("m", "n"), keep).standing_for(Symbol::Mask)
}

fn gate() -> Math {
    let test = [indexed("z", "n"), Math::operator(">"), Math::number("0")];
    let bracketed = [Math::operator("["), Math::row(test), Math::operator("]")];
    Math::row([vec![Math::number("1")], bracketed.to_vec()].concat()).standing_for(Symbol::Gate)
}

fn input() -> Math {
    letter("x")
        .scripts(letter("n"), letter("T"))
        .standing_for(Symbol::Input)
}
