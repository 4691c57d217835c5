//! The beliefs that the lessons refute, and the tests that hold their sentences.

use dropout_lab::lessons::BELIEFS;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::steps;

#[test]
fn every_belief_is_refuted_by_a_step_and_every_step_refutes_beliefs_that_there_are() {
    for (place, step) in steps() {
        for name in step.refutes {
            assert!(
                BELIEFS.iter().any(|(known, _)| known == name),
                "{place}: {name}"
            );
        }
    }
    let left: Vec<&str> = BELIEFS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !steps().any(|(_, step)| step.refutes.contains(name)))
        .collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn beliefs_have_names_of_their_own() {
    for (k, (name, belief)) in BELIEFS.iter().enumerate() {
        assert!(
            BELIEFS[..k]
                .iter()
                .all(|(other, same)| other != name && same != belief)
        );
        assert!(belief.ends_with('.'));
    }
}

#[test]
fn the_table_in_the_readme_names_every_belief_and_the_steps_that_refute_it() {
    let readme = include_str!("../../README.md");
    let rows = readme.split_once("| belief | refuted at |").unwrap().1;
    let rows = rows
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let cells = |row: &'static str| -> Vec<&str> { row.split('|').map(str::trim).collect() };
    let written: Vec<(&str, String)> = rows
        .map(|row| match cells(row)[..] {
            ["", belief, links, seen, ""] => {
                let words = seen.split_whitespace().count();
                assert!((5..=25).contains(&words) && seen.ends_with('.'), "{seen}");
                (belief, links.to_owned())
            }
            _ => panic!("{row} has not three cells"),
        })
        .collect();
    let links = |name: &str| -> Vec<String> {
        let refuting = steps().filter(|(_, step)| step.refutes.contains(&name));
        refuting
            .map(|(place, _)| format!("`?lesson={place}`"))
            .collect()
    };
    let expected: Vec<(&str, String)> = BELIEFS
        .iter()
        .map(|(name, belief)| (*belief, links(name).join(" ")))
        .collect();
    assert_eq!(written, expected);
}

/// What only the machine that has the sources can look up.
#[cfg(not(target_arch = "wasm32"))]
mod sources {
    use std::fs;
    use std::path::Path;

    use super::steps;

    /// The names of the tests of a file.
    fn tests(text: &str) -> impl Iterator<Item = &str> {
        text.split("#[test]").skip(1).filter_map(|rest| {
            let name = rest.split_once("fn ")?.1;
            Some(name.split_once('(')?.0)
        })
    }

    #[test]
    fn every_step_names_the_tests_that_hold_its_sentences() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims");
        let main = fs::read_to_string(folder.join("main.rs")).unwrap();
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let module = path.file_stem().unwrap().to_str().unwrap();
            // A file that is no module is never run.
            if main.contains(&format!("\nmod {module};")) {
                let text = fs::read_to_string(&path).unwrap();
                names.extend(tests(&text).map(str::to_owned));
            }
        }
        for (place, step) in steps() {
            assert!(!step.claims.is_empty(), "{place}");
            for claim in step.claims {
                assert!(names.iter().any(|name| name == claim), "{place}: {claim}");
            }
        }
    }
}
