//! A walk through the lessons, message by message.

use dropout_lab::app::course::{Effect, Msg, Phase};
use dropout_lab::app::{Course, Link, Progress, View};
use dropout_lab::lessons::{Bet, Place, Placed, Verdict};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::steps;

/// A step that was turned to, its view on the screen.
fn at(place: Place) -> Course {
    let mut course = Course::new(Progress::default());
    let before = place.step().before.to_owned();
    let shown = Effect::Show {
        link: before.clone(),
        place: Some(place),
        new_entry: true,
    };
    assert_eq!(course.update(Msg::Turn(Some(place))), [shown]);
    assert_eq!(course.update(Msg::Moved(before)), []);
    assert_eq!(
        (course.place(), course.phase()),
        (Some(place), &Phase::Open)
    );
    course
}

/// A bet that can be placed.
fn some_bet(bet: &Bet) -> String {
    match bet {
        Bet::Choice(_) => "1".to_owned(),
        Bet::Number(scale) | Bet::Marker(scale) => scale.high.to_string(),
    }
}

/// A step whose bet is placed; what was asked of the page then.
fn placed(place: Place) -> (Course, Vec<Effect>) {
    let mut course = at(place);
    course.update(Msg::Draft(some_bet(&place.step().bet)));
    let effects = course.update(Msg::Go);
    (course, effects)
}

fn is_computing(course: &Course) -> bool {
    matches!(course.phase(), Phase::Computing(_))
}

#[test]
fn a_bet_is_settled_as_soon_as_its_answer_is_on_the_screen() {
    for (place, step) in steps() {
        let (mut course, effects) = placed(place);
        if step.act.is_empty() {
            assert_eq!(effects, [Effect::Compute], "{place}");
        } else {
            assert_eq!(effects, [], "{place}");
            assert!(matches!(course.phase(), Phase::Placed(_)), "{place}");
            // Wandering off settles nothing.
            assert_eq!(course.update(Msg::Moved("?v=1&seed=12345".to_owned())), []);
            assert_eq!(course.update(Msg::Compute), []);
            let link = format!("{}&theme=dark&lesson={place}", step.after);
            assert_eq!(
                course.update(Msg::Moved(link)),
                [Effect::Compute],
                "{place}"
            );
        }
        assert!(is_computing(&course), "{place}");
        // It is computed once.
        assert_eq!(course.update(Msg::Go), []);
        assert_eq!(course.update(Msg::Moved(step.after.to_owned())), []);
    }
}

#[test]
fn a_bet_is_settled_without_doing_anything_too() {
    for (place, step) in steps().filter(|(_, step)| !step.act.is_empty()) {
        let (mut course, _) = placed(place);
        let shown = Effect::Show {
            link: step.after.to_owned(),
            place: Some(place),
            new_entry: true,
        };
        assert_eq!(course.update(Msg::Go), [shown, Effect::Compute], "{place}");
        assert!(is_computing(&course));
    }
}

#[test]
fn where_the_reader_looks_in_the_network_settles_no_less() {
    for (place, step) in steps().filter(|(_, step)| View::of(step.after) == View::Network) {
        let (mut course, _) = placed(place);
        if !step.act.is_empty() {
            let look = |pair: &&str| !pair.starts_with("stage=") && !pair.starts_with("sample=");
            let pairs: Vec<&str> = step.after.split('&').filter(look).collect();
            let elsewhere = format!("{}&stage=fc1&sample=1", pairs.join("&"));
            assert_eq!(
                course.update(Msg::Moved(elsewhere)),
                [Effect::Compute],
                "{place}"
            );
        }
    }
}

#[test]
fn the_answer_comes_with_its_verdict_which_is_kept() {
    for place in Place::all().take_while(|place| place.lesson_number() == 0) {
        let (mut course, _) = placed(place);
        course.update(Msg::Go);
        let effects = course.update(Msg::Compute);
        let Phase::Revealed(bet, truth) = course.phase().clone() else {
            panic!("{place}: {:?}", course.phase());
        };
        let verdict = place.step().bet.verdict(bet, &truth);
        let sign = if verdict == Verdict::Right { '+' } else { '-' };
        assert_eq!(effects, [Effect::Keep(format!("{place}{sign}"))]);
        assert_eq!(course.progress().of(place), Some(verdict));
        // On to the next step.
        let next = place.next().unwrap();
        course.update(Msg::Go);
        assert_eq!((course.place(), course.phase()), (Some(next), &Phase::Open));
        assert_eq!(course.draft(), "");
        // Another bet on it replaces the first in what is kept.
        course.update(Msg::Turn(Some(place)));
        assert_eq!(course.phase(), &Phase::Open);
    }
}

#[test]
fn after_the_last_step_comes_the_list_of_lessons() {
    let last = Place::all().last().unwrap();
    let (mut course, _) = placed(last);
    course.update(Msg::Go);
    course.update(Msg::Compute);
    let shown = Effect::Show {
        link: View::Lessons.link(),
        place: None,
        new_entry: true,
    };
    assert_eq!(course.update(Msg::Go), [shown]);
    assert_eq!(course.place(), None);
}

#[test]
fn an_empty_or_absurd_bet_is_refused_and_stays_to_be_mended() {
    let endless = "9".repeat(100_000);
    for (place, step) in steps() {
        let mut course = at(place);
        for absurd in [
            "", " ", "-1e9", "1e9", "NaN", "inf", "1e999", "two", "🪙", "1;2", "0x1", "++1",
            &endless,
        ] {
            course.update(Msg::Draft(absurd.to_owned()));
            assert_eq!(course.refused(), None);
            assert_eq!(course.update(Msg::Go), [], "{place}: {absurd:.20}");
            assert_eq!((course.draft(), course.phase()), (absurd, &Phase::Open));
            let refused = course.refused().unwrap().to_string();
            assert!(
                refused.contains("allowed") && refused.len() < 200,
                "{refused}"
            );
        }
        course.update(Msg::Draft(some_bet(&step.bet)));
        course.update(Msg::Go);
        assert!(
            course.refused().is_none() && *course.phase() != Phase::Open,
            "{place}"
        );
    }
}

#[test]
fn a_bet_that_was_placed_cannot_be_changed() {
    let (mut course, _) = placed(Place::FIRST);
    course.update(Msg::Draft("0".to_owned()));
    assert_eq!(course.draft(), "1");
    assert_eq!(course.phase(), &Phase::Placed(Placed::Choice(1)));
}

#[test]
fn a_link_to_a_step_opens_it_and_one_to_no_step_opens_none() {
    for (place, step) in steps() {
        let mut course = Course::new(Progress::default());
        let shown = Effect::Show {
            link: step.before.to_owned(),
            place: Some(place),
            new_entry: false,
        };
        let opened = course.update(Msg::Opened(format!("?lesson={place}")));
        assert_eq!(opened, [shown], "{place}");
        // With settings of its own the view stays as it is.
        let link = format!("?v=1&seed=7&lesson={place}");
        assert_eq!(course.update(Msg::Opened(link)), []);
        assert_eq!(course.place(), Some(place));
    }
    // So does one that is at its defaults, also in another theme or at another stage.
    for look in ["", "&theme=dark", "&stage=fc1&sample=1"] {
        let (link, _) = Link::parse(&format!("?v=1&view=network{look}&lesson=6.3"));
        let mut course = Course::new(Progress::default());
        assert_eq!(
            course.update(Msg::Opened(link.query())),
            [],
            "{}",
            link.query()
        );
        assert_eq!(course.place(), Place::parse("6.3"));
    }
    for lesson in ["99.1", "0.0", "", "x", "0.99"] {
        let mut course = Course::new(Progress::default());
        let opened = course.update(Msg::Opened(format!("?v=1&lesson={lesson}")));
        assert_eq!((opened, course.place()), (Vec::new(), None), "{lesson}");
    }
}

#[test]
fn no_lesson_is_touched_by_what_happens_outside_of_one() {
    let mut course = Course::new(Progress::default());
    for msg in [
        Msg::Go,
        Msg::Compute,
        Msg::Moved("?v=1&p=0.3".to_owned()),
        Msg::Draft("1".to_owned()),
    ] {
        assert_eq!(course.update(msg), []);
    }
    assert_eq!((course.place(), course.phase()), (None, &Phase::Open));
}

#[test]
fn all_that_was_bet_can_be_forgotten() {
    let (mut course, _) = placed(Place::FIRST);
    course.update(Msg::Go);
    course.update(Msg::Compute);
    assert!(!course.progress().is_empty());
    assert_eq!(course.update(Msg::Forget), [Effect::Keep(String::new())]);
    assert!(course.progress().is_empty());
    assert_eq!(
        (course.place(), course.phase()),
        (Some(Place::FIRST), &Phase::Open)
    );
}
