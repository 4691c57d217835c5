//! The lesson for a class: ten figures, 45 minutes, and nothing in it that the lessons do not hold.

use dropout_lab::lessons::live;
use dropout_lab::lessons::plan::{LIMITS, PLAN, clock};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::links::open;

#[test]
fn the_parts_add_up_to_45_minutes() {
    assert_eq!(PLAN.map(|part| part.minutes).iter().sum::<u32>(), 45);
    let clock = clock();
    assert_eq!((clock[0], clock[PLAN.len()]), (0, 45));
    for (k, part) in PLAN.iter().enumerate() {
        assert_eq!(clock[k + 1] - clock[k], part.minutes, "{}", part.title);
        assert!((2..=8).contains(&part.minutes), "{}", part.title);
    }
}

#[test]
fn each_link_is_the_one_that_the_page_writes_and_opens_without_a_notice() {
    for part in PLAN {
        let opened = open(part.link());
        assert_eq!(opened.query, part.link());
        assert_eq!(opened.notices, [""; 0], "{}", part.link());
    }
}

#[test]
fn each_part_refutes_a_belief_of_its_own_that_its_step_refutes() {
    for (k, part) in PLAN.iter().enumerate() {
        let step = part.step();
        assert!(step.refutes.contains(&part.belief), "{}", part.place);
        assert!(part.belief().ends_with('.'), "{}", part.belief);
        // What is done is to change something: the answer is not on the screen before the bet.
        assert!(!step.act.is_empty(), "{}", part.place);
        let before = &PLAN[..k];
        assert!(
            before
                .iter()
                .all(|other| other.belief != part.belief && other.link() != part.link())
        );
    }
}

#[test]
fn what_the_plan_names_is_named_in_its_step() {
    for (place, words) in [
        ("1.1", &["0.30", "nn.Dropout(p)"][..]),
        ("2.3", &["p to 0.90"]),
        ("4.3", &["scaling", "both"]),
        ("6.3", &["momentum to 0.9"]),
    ] {
        let part = PLAN.iter().find(|part| part.place.to_string() == place);
        let part = part.unwrap();
        for word in words {
            assert!(part.step().act.contains(word), "{place}: {word}");
            assert!(part.plan.contains(word), "{place}: {word}");
        }
    }
}

#[test]
fn the_four_samples_on_the_screen_have_four_masks() {
    let part = PLAN.iter().find(|part| part.belief == "one_mask").unwrap();
    for link in [part.link(), part.step().after] {
        let mask = live::network(link).pass.mask;
        let rows: Vec<_> = (0..4).map(|sample| mask.row(sample)).collect();
        for (k, row) in rows.iter().enumerate() {
            assert!(!rows[..k].contains(row), "{link}: sample {k}");
        }
    }
}

#[test]
fn the_limits_are_those_of_the_readme() {
    let readme = include_str!("../../README.md");
    let words = |text: &str| {
        text.to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let model = readme.split_once("## Model for teachers").unwrap().1;
    let model = words(model.split_once("\n## ").unwrap().0);
    for limit in LIMITS {
        assert!(model.contains(&words(limit)), "{limit}");
    }
}
