//! Places in the lessons, and progress through them.

use dropout_lab::app::Progress;
use dropout_lab::lessons::{LESSONS, Place, Verdict};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::common::Dice;

#[test]
fn the_number_of_a_lesson_is_that_of_its_file() {
    let list = include_str!("../../src/lessons/mod.rs");
    let list = list.split_once("pub const LESSONS").unwrap().1;
    let list = list.split_once("];").unwrap().0;
    let numbers: Vec<usize> = list
        .split("&l")
        .skip(1)
        .filter_map(|name| name.get(..2)?.parse().ok())
        .collect();
    assert_eq!(numbers, (0..LESSONS.len()).collect::<Vec<_>>());
}

#[test]
fn a_lesson_has_a_title_of_its_own_and_a_few_steps() {
    for (number, lesson) in LESSONS.iter().enumerate() {
        let same = LESSONS.iter().filter(|other| other.title == lesson.title);
        assert_eq!(same.count(), 1, "{}", lesson.title);
        let most = if number + 1 == LESSONS.len() { 10 } else { 6 };
        assert!((4..=most).contains(&lesson.steps.len()), "{}", lesson.title);
        assert!((1..=5).contains(&lesson.minutes), "{}", lesson.title);
    }
}

#[test]
fn a_place_is_read_back_as_it_was_written() {
    for place in Place::all() {
        assert_eq!(Place::parse(&place.to_string()), Some(place));
        assert_eq!(
            Place::new(place.lesson_number(), place.step_number()),
            Some(place)
        );
    }
    assert_eq!(Place::parse("0"), Some(Place::FIRST));
}

#[test]
fn a_place_that_is_not_there_is_not_read() {
    let beyond = LESSONS.len();
    for text in [
        "",
        ".",
        "1.",
        ".1",
        "0.0",
        "0.99",
        "-1.1",
        "1.1.1",
        "x",
        "1.x",
        "١.1",
        " 1.1",
        "18446744073709551616.1",
        "0.18446744073709551616",
    ] {
        assert_eq!(Place::parse(text), None, "{text}");
    }
    assert_eq!(Place::parse(&format!("{beyond}.1")), None);
}

#[test]
fn next_and_previous_visit_every_step_once_in_order() {
    let all: Vec<Place> = Place::all().collect();
    let walk = |first, step: fn(Place) -> Option<Place>| -> Vec<Place> {
        std::iter::successors(Some(first), |place| step(*place)).collect()
    };
    assert_eq!(walk(Place::FIRST, Place::next), all);
    let mut back = walk(*all.last().unwrap(), Place::previous);
    back.reverse();
    assert_eq!(back, all);
    assert!(all.is_sorted());
}

#[test]
fn progress_is_read_back_as_it_was_written() {
    let mut dice = Dice::new(1);
    for _ in 0..50 {
        let mut progress = Progress::default();
        let places: Vec<Place> = Place::all().filter(|_| dice.happens(0.4)).collect();
        for &place in &places {
            progress.note(place, dice.one_of(&[Verdict::Right, Verdict::Off]));
        }
        assert_eq!(Progress::read(&progress.write()), progress);
        assert_eq!(progress.is_empty(), places.is_empty());
        let counts = (0..LESSONS.len()).map(|lesson| progress.in_lesson(lesson));
        let (done, right) = counts.fold((0, 0), |sum, (done, right)| {
            assert!(right <= done);
            (sum.0 + done, sum.1 + right)
        });
        let is_right = |place: &&Place| progress.of(**place) == Some(Verdict::Right);
        let expected = places.iter().filter(is_right).count();
        assert_eq!((done, right), (places.len(), expected));
    }
}

#[test]
fn progress_reads_any_text_and_keeps_what_it_understands() {
    assert_eq!(
        Progress::read("0.1+ nonsense 0.2- 99.1+ 0.1 0.3* + -").write(),
        "0.1+ 0.2-"
    );
    let mut dice = Dice::new(2);
    let letters: Vec<char> = "0123456789.+- \n\0x−é🪙".chars().collect();
    for _ in 0..2000 {
        let length = dice.below(40);
        let text: String = (0..length).map(|_| dice.one_of(&letters)).collect();
        let read = Progress::read(&text);
        assert_eq!(Progress::read(&read.write()), read, "{text:?}");
    }
    assert!(Progress::read(&"9".repeat(1_000_000)).is_empty());
}
