//! Factors, sums and formulas.

use super::common::{Dice, trace, trace_of};
use super::places;
use dropout_lab::model::exhibits::gradients::{Slip, Term};
use dropout_lab::model::exhibits::momentum;
use dropout_lab::nn::Sgd;
use dropout_lab::words::gradients;
use dropout_lab::words::gradients::{Element, Math, Symbol};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_factors_multiply_to_the_contribution_and_the_contributions_add_up_to_the_gradient() {
    let mut dice = Dice::new(11);
    for _ in 0..60 {
        let trace = trace(&dice.settings());
        if !trace.pass.loss.is_finite() {
            continue;
        }
        for place in places(&trace) {
            let term = Term::of(&trace, place);
            let off = (term.product() - term.contribution).abs();
            assert!(
                off <= 1e-6 * term.contribution.abs() + 1e-30,
                "{place:?}: {term:?}"
            );
        }
        for unit in 0..trace.hidden_features() {
            for input in 0..trace.in_features() {
                let shares = (0..trace.batch()).map(|n| trace.contribution(n, unit, input));
                let size: f32 = shares.clone().map(f32::abs).sum();
                let off = (shares.sum::<f32>() - trace.pass.grad.fc1.weight.at(unit, input)).abs();
                assert!(off <= 1e-5 * size, "unit {unit}, input {input}: {off}");
            }
        }
    }
}

#[test]
fn without_the_two_added_factors_the_product_is_wrong() {
    let trace = trace_of("");
    let terms = places(&trace)
        .into_iter()
        .map(|place| Term::of(&trace, place));
    let on = terms.filter(|term| term.gate == 1.0);
    let (dropped, kept): (Vec<_>, Vec<_>) = on.partition(|term| term.mask == 0.0);
    assert!(!dropped.is_empty() && !kept.is_empty());
    assert!(
        dropped
            .iter()
            .all(|term| term.contribution == 0.0 && term.as_in_the_notebook() != 0.0)
    );
    // 2/N is 1/2 with four samples, and 1/(1 - p) is 2: here the two cancel for what is kept.
    assert!(
        kept.iter()
            .all(|term| (term.contribution / term.as_in_the_notebook() - 1.0).abs() < 1e-5)
    );
}

#[test]
fn the_printed_before_is_the_weight_after_and_the_printed_after_a_second_step() {
    let trace = trace_of("?batch=15");
    let lr = 0.01_f32;
    let mut moved = 0;
    for unit in 0..trace.hidden_features() {
        let slip = Slip::of(&trace, unit);
        assert_eq!(slip.before, trace.before.fc1.weight.row(unit));
        assert_eq!(slip.printed_before, slip.after);
        for k in 0..slip.grad.len() {
            let two_steps = slip.before[k] - 2.0 * lr * slip.grad[k];
            assert!((slip.printed_after[k] - two_steps).abs() < 1e-6);
            moved += usize::from(slip.before[k] != slip.printed_before[k]);
        }
    }
    assert!(moved > 0);
}

#[test]
fn momentums_story_is_that_of_sgd() {
    let usual = momentum::usual();
    let lines = gradients::momentum(&usual);
    assert_eq!(lines.len(), 4);
    for (line, weight) in lines
        .iter()
        .zip(["begins at 1.", "= 0.985", "= 0.9715", "= 0.95935"])
    {
        assert!(line.contains(weight), "{line}");
    }
    assert!(gradients::moral(&usual).contains("moves all the same"));
    let plain = Sgd {
        momentum: 0.0,
        ..usual
    };
    let weights = momentum::story(&plain).map(|step| step.weight);
    assert_eq!(
        (weights[0], weights[2]),
        (weights[1], weights[1]),
        "without momentum zero gradients move nothing"
    );
    assert!(gradients::moral(&plain).contains("stays where it is"));
}

#[test]
fn the_formula_has_every_symbol_once_and_marks_what_the_notebook_leaves_out() {
    let symbols = gradients::gradient().math.symbols();
    assert_eq!(symbols, Symbol::ALL);
    let added: Vec<_> = symbols
        .into_iter()
        .filter(|symbol| symbol.is_added())
        .collect();
    assert_eq!(added, [Symbol::TwoOverN, Symbol::Mask]);
    for step in gradients::steps() {
        let adds = step.math.symbols().iter().any(|symbol| symbol.is_added());
        assert_eq!(adds, step.added.is_some(), "{}", step.title);
    }
}

/// How many children an element must have, where it is not any number.
fn arity(element: Element) -> Option<usize> {
    match element {
        Element::Row => None,
        Element::Identifier
        | Element::Number
        | Element::Operator
        | Element::Bracket
        | Element::Words => Some(0),
        Element::Sub | Element::Fraction | Element::Under | Element::Over => Some(2),
        Element::SubSup => Some(3),
    }
}

fn check(math: &Math) {
    if let Some(children) = arity(math.element) {
        assert_eq!(math.children.len(), children, "{math}");
        assert_eq!(math.text.is_empty(), children > 0, "{math}");
    }
    math.children.iter().for_each(check);
}

#[test]
fn formulas_are_well_formed_mathml() {
    let steps = gradients::steps().map(|step| step.math);
    for math in steps.iter().chain([&gradients::gradient().math]) {
        check(math);
        let text = math.to_string();
        assert!(!text.contains("> <") && text.matches('<').count() % 2 == 0);
        assert!(text.starts_with("<mrow>") && text.ends_with("</mrow>"));
    }
    assert!(
        gradients::gradient()
            .math
            .to_string()
            .contains("<mo>&gt;</mo>")
    );
}

#[test]
fn every_symbol_of_every_place_is_explained_with_its_number() {
    for query in [
        "",
        "?mode=eval",
        "?p=1",
        "?p=0&batch=1",
        "?momentum=0.9&step=3",
    ] {
        let trace = trace_of(query);
        for place in places(&trace) {
            for symbol in Symbol::ALL {
                let explanation = gradients::explain(&trace, place, symbol);
                assert!(
                    !explanation.lines[0].1.is_empty(),
                    "{query} {place:?} {symbol:?}"
                );
            }
            assert!(!gradients::share(&trace, place).lines[0].1.is_empty());
            assert!(gradients::now(&trace, place).contains("fc1.weight["));
        }
    }
}
