//! The handout of every view: its figure, where it is found again, its questions.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::files::{Around, Content, Kept, Kind, Trained, make};
use dropout_lab::app::handout::Handout;
use dropout_lab::app::snippet::qr;
use dropout_lab::app::training::State as Training;
use dropout_lab::app::{Progress, State, View};
use dropout_lab::draw::Palette;
use dropout_lab::draw::layout::Room;
use dropout_lab::lessons::plan::PLAN;
use dropout_lab::lessons::{Place, handout};
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks, training,
};
use dropout_lab::notebook::reader;
use resvg::usvg::roxmltree::Document;

const ADDRESS: &str = "https://example.org/lab/";

fn of(kept: &dyn Kept) -> Handout {
    let around = Around {
        address: ADDRESS.to_owned(),
        palette: Palette::DARK,
        room: Room::screen(320.0, 400.0),
        progress: Progress::default(),
    };
    match make(Kind::Handout, kept, &around) {
        Some(Content::Paper(page)) => *page,
        _ => panic!("no handout of {:?}", kept.view()),
    }
}

fn page<E: Exhibit>(query: &str) -> Handout {
    of(&Page::<E>::open(query))
}

/// One of each view that shows something of its own, in a dark theme and at another seed.
fn handouts() -> Vec<(View, Handout)> {
    let more = "&seed=7&p=0.25&theme=dark";
    let link = |view: View| format!("{}{more}", view.link());
    let state = State::open(&link(View::Network));
    let training = Training::new(training::Settings::default());
    let query = View::Training.link();
    let trained = Trained {
        state: &training,
        link: &query,
    };
    vec![
        (View::Network, of(&state)),
        (View::Tensor, page::<TensorSettings>(&link(View::Tensor))),
        (View::Coin, page::<coin::Settings>(&link(View::Coin))),
        (
            View::Expectation,
            page::<expectation::Settings>(&link(View::Expectation)),
        ),
        (
            View::Gradients,
            page::<gradients::Settings>(&link(View::Gradients)),
        ),
        (
            View::Subnetworks,
            page::<subnetworks::Settings>(&link(View::Subnetworks)),
        ),
        (View::Training, of(&trained)),
        (
            View::Variants,
            page::<VariantsSettings>(&link(View::Variants)),
        ),
        (
            View::Notebook,
            page::<reader::Settings>(&link(View::Notebook)),
        ),
    ]
}

#[test]
fn it_has_the_figure_with_its_caption_its_code_and_questions() {
    for (view, handout) in handouts() {
        assert_eq!(handout.title, view.title());
        let is_of_the_view = handout.address.starts_with(ADDRESS)
            && View::of(handout.address.split_once('?').unwrap().1) == view;
        assert!(is_of_the_view, "{}", handout.address);
        assert_eq!(handout.code, qr(&handout.address));
        let asked = handout.questions.len() + usize::from(handout.place.is_some());
        assert_eq!(asked, 3, "{view:?}");
        let ends = |question: &&str| question.ends_with(['?', '.']);
        assert!(handout.questions.iter().all(ends), "{view:?}");

        let has_picture = !matches!(view, View::Gradients | View::Notebook);
        assert_eq!(handout.figure.is_some(), has_picture, "{view:?}");
        let Some(figure) = &handout.figure else {
            continue;
        };
        assert!(!handout.described.is_empty());
        let document = Document::parse(figure).unwrap();
        let texts = document
            .descendants()
            .filter(|node| node.has_tag_name("text"));
        let texts: Vec<&str> = texts.filter_map(|node| node.text()).collect();
        let said = format!("Dropout Lab: {} · seed {}", handout.title, handout.seed);
        assert!(texts.contains(&said.as_str()), "{view:?}: {texts:?}");
        assert!(texts.concat().ends_with(&handout.address), "{view:?}");
        // Ink on paper, whatever the screen's colours.
        let paper = document
            .descendants()
            .find(|node| node.has_tag_name("rect"));
        assert_eq!(paper.unwrap().attribute("fill"), Some("#ffffff"));
    }
}

#[test]
fn a_state_in_which_a_lesson_asks_brings_its_question_instead_of_the_first() {
    for part in PLAN {
        let asked = handout::asked_at(part.link()).unwrap();
        assert_eq!(asked.step().before, part.link(), "{}", part.title);
    }
    for place in Place::all() {
        let asked = handout::asked_at(place.step().before).unwrap();
        assert_eq!(asked.step().before, place.step().before);
    }
    let own = handout::questions(View::Network.name());
    let asked = of(&State::open("?v=1&theme=dark"));
    assert_eq!(asked.place, Place::new(3, 4));
    assert_eq!(asked.questions, &own[1..]);
    let another = of(&State::open("?v=1&seed=37"));
    assert_eq!((another.place, another.questions), (None, own));
}
