//! The answers, computed from the links as the page computes them.

use std::sync::OnceLock;

use dropout_lab::lessons::{Bet, Place, Placed, Scale, Step, Truth, Verdict};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::prose::hyphen_for_minus;
use crate::steps;

/// Every step with its answer, computed once; without the races of lesson 8 where they would take minutes.
fn truths() -> &'static [(Place, &'static Step, Truth)] {
    static TRUTHS: OnceLock<Vec<(Place, &'static Step, Truth)>> = OnceLock::new();
    let truth = |(place, step): (Place, &'static Step)| (place, step, (step.truth)(step.after));
    let slow = cfg!(target_arch = "wasm32") && cfg!(debug_assertions);
    let in_time = |(place, _): &(Place, &Step)| !(slow && place.lesson_number() == 8);
    TRUTHS.get_or_init(|| steps().filter(in_time).map(truth).collect())
}

/// Bets all over what can be bet.
fn bets(bet: &Bet) -> Vec<Placed> {
    match bet {
        Bet::Choice(choices) => (0..choices.len()).map(Placed::Choice).collect(),
        Bet::Number(scale) | Bet::Marker(scale) => {
            let Scale { low, high, .. } = *scale;
            let at = |k: u8| low + (high - low) * f64::from(k) / 100.0;
            (0..=100).map(|k| Placed::Number(at(k))).collect()
        }
    }
}

#[test]
fn every_answer_is_one_that_can_be_bet() {
    for (place, step, truth) in truths() {
        let possible = match (step.bet, truth.answer) {
            (Bet::Choice(choices), Placed::Choice(k)) => k < choices.len(),
            (Bet::Number(scale) | Bet::Marker(scale), Placed::Number(x)) => {
                (scale.low..=scale.high).contains(&x)
            }
            _ => false,
        };
        assert!(possible, "{place}: {truth:?}");
    }
}

#[test]
fn the_answer_itself_is_a_right_bet_and_there_are_wrong_ones() {
    for (place, step, truth) in truths() {
        assert_eq!(
            step.bet.verdict(truth.answer, truth),
            Verdict::Right,
            "{place}"
        );
        let wrong = bets(&step.bet)
            .into_iter()
            .filter(|bet| step.bet.verdict(*bet, truth) == Verdict::Off);
        let wrong = wrong.count();
        assert!(wrong > 0, "{place}");
        if let Bet::Number(_) | Bet::Marker(_) = step.bet {
            // Somebody who guesses is mostly wrong.
            assert!(wrong >= 60, "{place}: {wrong} of 101");
        }
    }
}

#[test]
fn a_marker_does_not_begin_at_the_answer() {
    for (place, step, truth) in truths() {
        if let (Bet::Marker(scale), Placed::Number(answer)) = (step.bet, truth.answer) {
            let middle = f64::midpoint(scale.low, scale.high);
            assert!((middle - answer).abs() > scale.near, "{place}");
        }
    }
}

#[test]
fn what_can_be_typed_as_a_bet_is_read_as_it() {
    for (place, step, truth) in truths() {
        let text = match truth.answer {
            Placed::Choice(k) => k.to_string(),
            Placed::Number(x) => format!(" {x} ").replace('-', "−").replace('.', ","),
        };
        assert_eq!(step.bet.read(&text), Ok(truth.answer), "{place}: {text}");
    }
}

#[test]
fn the_answer_is_the_same_every_time() {
    for (place, step, truth) in truths() {
        // Unoptimised, the races of lesson 8 take seconds each.
        if cfg!(debug_assertions) && place.lesson_number() == 8 {
            continue;
        }
        assert_eq!((step.truth)(step.after), *truth, "{place}");
    }
}

#[test]
fn what_the_answer_says_is_a_sentence_with_numbers() {
    for (place, _, Truth { says, .. }) in truths() {
        assert!(says.ends_with('.'), "{place}: {says}");
        assert!(says.chars().any(|c| c.is_ascii_digit()), "{place}: {says}");
        for never in ["NaN", "inf", "!", "  ", "—"] {
            assert!(!says.contains(never), "{place}: {says}");
        }
        // What PyTorch prints is quoted as it prints it.
        let ours = says.split("PyTorch prints").next().unwrap_or_default();
        assert_eq!(hyphen_for_minus(ours), None, "{place}: {says}");
    }
}
