//! The prose of the lessons: short, and set as the page sets it.

use dropout_lab::lessons::plan::{LIMITS, PLAN};
use dropout_lab::lessons::{Bet, LESSONS};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::steps;

/// Most words of each part.
const TASK: usize = 40;
const QUESTION: usize = 20;
const CHOICE: usize = 12;
const GAP: usize = 30;
const WHY: usize = 35;
const AIM: usize = 25;

/// Every piece of prose, where it stands and how long it may be.
fn pieces() -> Vec<(String, &'static str, usize)> {
    let mut pieces = Vec::new();
    for (number, lesson) in LESSONS.iter().enumerate() {
        pieces.push((format!("{number}, title"), lesson.title, CHOICE));
        pieces.push((format!("{number}, aim"), lesson.aim, AIM));
    }
    for part in PLAN {
        pieces.push((format!("plan, {}", part.place), part.title, CHOICE));
        pieces.push((format!("plan, {}", part.place), part.plan, QUESTION));
    }
    pieces.extend(LIMITS.map(|limit| ("limits".to_owned(), limit, WHY)));
    for (place, step) in steps() {
        let mut add = |part, text, most| pieces.push((format!("{place}, {part}"), text, most));
        add("task", step.task, TASK);
        add("question", step.question, QUESTION);
        add("act", step.act, QUESTION);
        add("why", step.why, WHY);
        if let Bet::Choice(choices) = step.bet {
            for choice in choices {
                add("choice", choice.text, CHOICE);
                add("gap", choice.gap, GAP);
            }
        }
    }
    pieces
}

/// A hyphen that stands for a minus: before a digit, and after nothing that a word could end with.
pub fn hyphen_for_minus(text: &str) -> Option<&str> {
    text.match_indices('-').map(|(at, _)| at).find_map(|at| {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        let within = before.is_some_and(char::is_alphanumeric);
        let digit = after.is_some_and(|c| c.is_ascii_digit());
        (!within && digit || before == Some(' ') && after == Some(' ')).then(|| &text[at..])
    })
}

/// A text without its lines of code, which begin with four spaces, and with a word for code between backquotes.
fn without_code(text: &str) -> String {
    let prose: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("    "))
        .collect();
    let prose = prose.join(" ");
    let spoken: Vec<&str> = prose.split('`').step_by(2).collect();
    spoken.join("code")
}

fn faults(fault: impl Fn(&str, usize) -> Option<String>) -> String {
    let found = pieces().into_iter().filter_map(|(place, text, most)| {
        fault(&without_code(text), most).map(|fault| format!("{place}: {fault}: {text}"))
    });
    found.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_piece_is_too_long() {
    let faults = faults(|text, most| {
        let words = text.split_whitespace().count();
        (words > most).then(|| format!("{words} words"))
    });
    assert_eq!(faults, "");
}

#[test]
fn only_what_is_to_be_done_may_be_empty() {
    for (place, text, _) in pieces() {
        assert!(!text.trim().is_empty() || place.ends_with("act"), "{place}");
        assert_eq!(text.trim(), text, "{place}");
    }
}

#[test]
fn nothing_is_shouted_and_minus_is_a_minus() {
    let faults = faults(|text, _| {
        let hyphen = hyphen_for_minus(text).map(str::to_owned);
        let never = ["!", "—", "  ", "...", "\n"].into_iter();
        hyphen.or_else(|| {
            never
                .into_iter()
                .find(|n| text.contains(n))
                .map(str::to_owned)
        })
    });
    assert_eq!(faults, "");
}

#[test]
fn a_hyphen_is_found_where_it_stands_for_a_minus() {
    for text in ["-1.5", "is -1", "(-0.5)", "1 - p", "= -0"] {
        assert!(hyphen_for_minus(text).is_some(), "{text}");
    }
    for text in ["−1.5", "batch-first", "Linear-2", "0.5-quantile", "1 − p"] {
        assert_eq!(hyphen_for_minus(text), None, "{text}");
    }
}

#[test]
fn what_is_asked_ends_as_a_question_or_says_what_to_do() {
    for (place, step) in steps() {
        assert!(step.question.contains('?'), "{place}: {}", step.question);
        assert!(step.why.ends_with('.'), "{place}: {}", step.why);
        assert!(step.act.is_empty() || step.act.ends_with('.'), "{place}");
        assert!(step.task.ends_with(['.', '?']), "{place}: {}", step.task);
    }
}

#[test]
fn choices_are_two_to_five_differ_and_so_do_their_gaps() {
    for (place, step) in steps() {
        let Bet::Choice(choices) = step.bet else {
            continue;
        };
        assert!((2..=5).contains(&choices.len()), "{place}");
        for (k, choice) in choices.iter().enumerate() {
            let same = |other: &&dropout_lab::lessons::Choice| {
                other.text == choice.text || other.gap == choice.gap
            };
            assert_eq!(
                choices[..k].iter().find(same).map(|same| same.text),
                None,
                "{place}"
            );
        }
    }
}

#[test]
fn nothing_is_told_by_its_colour_alone() {
    for (place, text, _) in pieces() {
        for colour in ["red", "green", "blue", "orange", "grey", "purple"] {
            let mut words = text.split(|c: char| !c.is_alphabetic());
            assert!(!words.any(|word| word == colour), "{place}: {text}");
        }
    }
}
