//! The links of the steps, opened as the page opens them.

use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::look::Look;
use dropout_lab::app::view::with_lesson;
use dropout_lab::app::{State, View};
use dropout_lab::lessons::{Bet, LESSONS, Place};
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks, training,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::steps;

/// What a view made of a link.
pub struct Opened {
    /// The link that it writes.
    pub query: String,
    pub notices: Vec<String>,
    look: Look,
}

fn exhibit<E: Exhibit>(link: &str) -> Opened {
    let page = Page::<E>::open(link);
    Opened {
        query: page.query(),
        notices: page.notices().to_vec(),
        look: page.look().clone(),
    }
}

pub fn open(link: &str) -> Opened {
    match View::of(link) {
        View::Network => {
            let state = State::open(link);
            Opened {
                query: state.link().query(),
                notices: state.notices().to_vec(),
                look: state.look().clone(),
            }
        }
        View::Tensor => exhibit::<TensorSettings>(link),
        View::Coin => exhibit::<coin::Settings>(link),
        View::Expectation => exhibit::<expectation::Settings>(link),
        View::Variants => exhibit::<VariantsSettings>(link),
        View::Gradients => exhibit::<gradients::Settings>(link),
        View::Subnetworks => exhibit::<subnetworks::Settings>(link),
        View::Training => exhibit::<training::Settings>(link),
        view => panic!("no step is in the view {}", view.name()),
    }
}

#[test]
fn every_link_is_the_one_that_the_page_writes_and_opens_without_a_notice() {
    let mut faults = Vec::new();
    for (place, step) in steps() {
        for link in [step.before, step.after] {
            let opened = open(link);
            // A link in another spelling would never be on the screen, and the answer never come by itself.
            if opened.query != link || !opened.notices.is_empty() {
                faults.push(format!(
                    "{place}: {link}, written {} {:?}",
                    opened.query, opened.notices
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_link_carries_its_lesson_without_a_notice() {
    for (place, step) in steps() {
        for link in [step.before, step.after] {
            let opened = open(&with_lesson(link, Some(place)));
            assert_eq!(opened.look.lesson, Some(place));
            assert_eq!(opened.notices, [""; 0], "{place}");
            // The network at its defaults is named, lest the link stand for the step's own view.
            let own = with_lesson(&opened.query, None).replace("&view=network", "");
            assert_eq!(own, link);
        }
    }
}

#[test]
fn what_must_be_done_is_told_and_needs_no_change_of_view() {
    for (place, step) in steps() {
        // Looking elsewhere in the same step is no change.
        let still = screen(step.before) == screen(step.after);
        assert_eq!(step.act.is_empty(), still, "{place}: {}", step.act);
        assert_eq!(View::of(step.before), View::of(step.after), "{place}");
    }
}

/// A link but for what the network view looks at.
fn screen(link: &str) -> Vec<&str> {
    let look = |pair: &&str| !pair.starts_with("stage=") && !pair.starts_with("sample=");
    link.split('&').filter(look).collect()
}

#[test]
fn markers_are_for_the_picture_that_has_an_axis() {
    for (place, step) in steps() {
        if let Bet::Marker(_) = step.bet {
            assert_eq!(View::of(step.before), View::Expectation, "{place}");
        }
    }
}

#[test]
fn a_link_to_a_step_that_is_not_there_opens_its_view_with_a_notice_and_no_lesson() {
    let beyond = format!("{}.1", LESSONS.len());
    for view in View::ALL
        .into_iter()
        .filter(|view| steps().any(|(_, step)| View::of(step.after) == *view))
    {
        for lesson in [&*beyond, "0.9", "0.0", "first", "-1", "1e3", "%F0%9F%AA%99"] {
            let opened = open(&format!("{}&lesson={lesson}", view.link()));
            assert_eq!(opened.look.lesson, None, "{lesson}");
            assert_eq!(opened.notices.len(), 1, "{lesson}: {:?}", opened.notices);
            assert!(opened.notices[0].contains("lesson"), "{:?}", opened.notices);
            assert!(opened.notices[0].contains(&Place::allowed()) || lesson.len() > 30);
            assert_eq!(opened.query, view.link());
        }
    }
}
