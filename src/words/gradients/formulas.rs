//! The formulas: notebook 004's derivatives and their product, completed.

use super::{Math, Symbol};

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
            title: t!("From the loss to the output"),
            added: Some(t!("2/N: the loss is the mean of N squared errors")),
            math: equation(
                derivative(letter("L"), hat("y", "n")),
                Math::row([two_over_n(), error()]),
            ),
            text: "∂L/∂ŷₙ = (2/N) (ŷₙ − yₙ)",
        },
        Formula {
            title: t!("From the output to what dropout gives"),
            added: None,
            math: equation(derivative(hat("y", "n"), indexed("d", "n")), weight()),
            text: "∂ŷₙ/∂dₙ = w₂",
        },
        Formula {
            title: t!("Through dropout"),
            added: Some(t!(
                "the mask: what was dropped sends nothing back, what was kept is scaled on the way back too"
            )),
            math: equation(derivative(indexed("d", "n"), indexed("h", "n")), mask()),
            text: "∂dₙ/∂hₙ = mₙ / (1 − p)",
        },
        Formula {
            title: t!("Through ReLU"),
            added: None,
            math: equation(derivative(indexed("h", "n"), indexed("z", "n")), gate()),
            text: "∂hₙ/∂zₙ = 1[zₙ > 0]",
        },
        Formula {
            title: t!("From fc1's sums to its weights"),
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
    let inside = [
        Math::bracket("("),
        weight(),
        times(),
        left_out(Symbol::Mask, scaled_mask()),
        times(),
        gate(),
        Math::bracket(")"),
    ];
    let mean = left_out(Symbol::TwoOverN, mean_of_squares());
    let right = Math::row([mean, sum(), error(), Math::row(inside), input()]);
    Formula {
        title: t!("The gradient of fc1's weights"),
        added: Some(t!("2/N and the mask")),
        math: equation(slope(), right),
        text: "∂L/∂W₁ = (2/N) Σₙ (ŷₙ − yₙ) (w₂ ∘ mₙ/(1 − p) ∘ 1[zₙ > 0]) xₙᵀ",
    }
}

/// A symbol by itself.
#[must_use]
pub fn symbol(symbol: Symbol) -> Math {
    match symbol {
        Symbol::Gradient => slope(),
        Symbol::TwoOverN => two_over_n(),
        Symbol::Sum => sum(),
        Symbol::Error => error(),
        Symbol::Weight => weight(),
        Symbol::Mask => mask(),
        Symbol::Gate => gate(),
        Symbol::Input => input(),
    }
}

/// A factor that the notebook leaves out, with a brace below it that says so.
fn left_out(symbol: Symbol, math: Math) -> Math {
    let brace = Math::operator("⏟");
    math.under(brace)
        .under(Math::words(t!("left out")))
        .standing_for(symbol)
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

fn slope() -> Math {
    let weights = letter("W").subscript(Math::number("1"));
    derivative(letter("L"), weights).standing_for(Symbol::Gradient)
}

fn sum() -> Math {
    let sum = Math::operator("∑").under(letter("n"));
    sum.standing_for(Symbol::Sum)
}

fn mean_of_squares() -> Math {
    Math::fraction(Math::number("2"), letter("N"))
}

fn two_over_n() -> Math {
    mean_of_squares().standing_for(Symbol::TwoOverN)
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

fn scaled_mask() -> Math {
    let keep = Math::row([Math::number("1"), Math::operator("−"), letter("p")]);
    Math::fraction(indexed("m", "n"), keep)
}

fn mask() -> Math {
    scaled_mask().standing_for(Symbol::Mask)
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
