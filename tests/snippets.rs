//! What is pasted into slides: it is well formed, and each snippet's link opens the state that was on the screen.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use dropout_lab::app::embed::{Controls, offers, stand, written};
use dropout_lab::app::exhibit::Page;
use dropout_lab::app::snippet::{Slide, States, Tool, qr};
use dropout_lab::app::{Look, State, View};
use dropout_lab::model::exhibits::coin;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::Document;
use resvg::usvg::{Options, Tree};

fn slide(link: &str) -> Slide {
    Slide {
        address: "https://example.org/lab/index.html".to_owned(),
        link: link.to_owned(),
        title: "p < 1 & \"more\"".to_owned(),
    }
}

/// Links of every kind that there is to escape.
const LINKS: [&str; 5] = [
    "?v=1&view=training&steps=50&seeds=3",
    "?v=1",
    "?v=1&p=0.3&seed=7&again=0%3A2&hidden=3",
    "?v=1&view=tensor&tensor=2x2%3A1%2C2%2C3%2C4&theme=dark&embed=1&lesson=2.1",
    "?v=1&view=network&stage=mask&sample=3",
];

/// The one address in a snippet that a frame would be given.
fn framed(tool: Tool, snippet: &str) -> String {
    if tool == Tool::Jupyter {
        let (_, call) = snippet.split_once("IFrame(").unwrap();
        let (quoted, _) = call.split_once(", width").unwrap();
        // A Python string of ASCII without escapes is one of JSON.
        return serde_json::from_str(quoted).unwrap();
    }
    let start = snippet.find("<iframe").unwrap();
    let end = snippet.find("</iframe>").unwrap() + "</iframe>".len();
    let document = Document::parse(&snippet[start..end]).unwrap();
    let frame = document.root_element();
    assert_eq!(frame.attribute("title"), Some("p < 1 & \"more\""));
    let source = frame.attribute("src").or(frame.attribute("data-src"));
    source.unwrap().to_owned()
}

#[test]
fn every_frame_has_the_link_and_nothing_of_this_reader() {
    for link in LINKS {
        for tool in [
            Tool::Reveal,
            Tool::Quarto,
            Tool::Marp,
            Tool::Jupyter,
            Tool::Course,
        ] {
            let address = framed(tool, &slide(link).snippet(tool));
            let (page, query) = address.split_once('?').unwrap();
            assert_eq!(page, "https://example.org/lab/index.html");
            assert!(
                query.ends_with("&embed=1") && !query.contains("lesson="),
                "{query}"
            );
            let own = |link: &str| -> Vec<(String, String)> {
                let pairs = form_urlencoded::parse(link.trim_start_matches('?').as_bytes());
                let pairs = pairs.filter(|(name, _)| name != "embed" && name != "lesson");
                pairs
                    .map(|(name, value)| (name.into_owned(), value.into_owned()))
                    .collect()
            };
            assert_eq!(own(query), own(link), "{tool:?}");
        }
    }
}

#[test]
fn a_snippet_of_the_network_opens_the_same_state() {
    let state = State::open("?v=1&p=0.3&seed=7&again=0%3A2&hidden=3&stage=mask");
    assert_eq!(state.notices(), [""; 0]);
    let slide = slide(&state.link().query());
    for tool in [
        Tool::Reveal,
        Tool::Quarto,
        Tool::Marp,
        Tool::Jupyter,
        Tool::Course,
    ] {
        let again = State::open(&framed(tool, &slide.snippet(tool)));
        assert_eq!(again.notices(), [""; 0], "{tool:?}");
        assert_eq!(again.settings(), state.settings());
        assert_eq!(again.look().stage, state.look().stage);
        assert!(again.look().embed);
    }
    for tool in [Tool::Office, Tool::Link] {
        let again = State::open(slide.snippet(tool).trim_end());
        assert_eq!(again.link(), state.link());
    }
}

#[test]
fn the_element_has_the_links_names_as_attributes_and_its_script_beside_the_page() {
    for link in LINKS {
        let snippet = slide(link).snippet(Tool::Element);
        let wrapped = format!("<div>{snippet}</div>");
        let document = Document::parse(&wrapped).unwrap();
        let of = |name: &str| document.descendants().find(|node| node.has_tag_name(name));
        let script = of("script").unwrap().attribute("src");
        assert_eq!(script, Some("https://example.org/lab/dropout-lab.js"));
        let element = of("dropout-lab").unwrap();
        for (name, value) in form_urlencoded::parse(link.trim_start_matches('?').as_bytes()) {
            let expected = (!matches!(&*name, "v" | "embed" | "lesson")).then_some(&*value);
            let name = if name == "hidden" {
                "data-hidden"
            } else {
                &*name
            };
            assert_eq!(element.attribute(name), expected, "{link}: {name}");
        }
    }
}

/// States of a figure as an author may record them: forth and back, with values of every kind.
const RECORDED: [&[&str]; 4] = [
    &[
        "?v=1&p=0.3&seed=7",
        "?v=1&p=0.3&seed=7&again=0:2&step=2&stage=mask&sample=3",
        "?v=1&batch=4&hidden=3&sample=4&theme=projector&lesson=2.1",
        "?v=1&p=0.3&seed=7",
    ],
    &[
        "?v=1&view=tensor&tensor=2x2:1,2,3,4",
        "?v=1&view=tensor&tensor=1x3:-1.5,2,inf&p=0.25",
        "?v=1&view=tensor&preset=arange&mode=eval",
        "?v=1&view=tensor",
    ],
    &[
        "?v=1&view=training&preset=hurts&steps=30",
        "?v=1&view=training&steps=50&seeds=3&scale=linear",
        "?v=1&view=training&preset=hurts&steps=30&p=0.2",
    ],
    &["?v=1", "?v=1&view=coin&draws=40", "?v=1&p=0.8"],
];

/// The names of a link that are no affair of the frame or of the reader's lesson.
fn state_of(query: &str) -> Vec<(&'static str, String)> {
    let names = written(View::of(query), query).names().into_iter();
    names
        .filter(|(name, _)| !["lesson", "controls", "fragments", "at", "from"].contains(name))
        .collect()
}

fn record(links: &[&str]) -> States {
    let states = States::default();
    links
        .iter()
        .fold(states, |states, link| states.with(link).unwrap())
}

#[test]
fn the_recorded_states_come_back_one_after_the_other_exactly() {
    for links in RECORDED {
        let states = record(links);
        assert_eq!(states.count(), links.len());
        let link = states.link("?v=1&p=0.9", &Controls::parse("p").unwrap());
        let look = Look::of(&link);
        assert_eq!(look.fragments.count(), links.len() - 1);
        assert_eq!(look.controls.to_string(), "p");
        for (k, recorded) in links.iter().enumerate() {
            let (reached, problems) = stand(&link, k, written);
            assert_eq!(problems, [""; 0]);
            assert_eq!(View::of(&reached), View::of(recorded));
            assert_eq!(state_of(&reached), state_of(recorded), "{link} at {k}");
            let (again, _) = stand(&format!("{link}&at={k}"), k, written);
            assert_eq!(again, reached);
        }
    }
}

#[test]
fn a_recorded_item_names_only_what_changes_and_the_same_state_twice_is_none() {
    let states = record(&["?v=1&p=0.3&seed=7", "?v=1&p=0.3&seed=7&mode=eval"]);
    assert_eq!(states.changes().collect::<Vec<_>>(), ["mode:eval"]);
    assert_eq!(states.with("?v=1&p=0.3&seed=7&mode=eval&lesson=2.1"), None);
    let longer = states.with("?v=1&p=0.3&seed=8&mode=eval").unwrap();
    let changes: Vec<_> = longer.changes().collect();
    assert_eq!(changes, ["mode:eval", "seed:8"]);
    let left = longer.without(1).unwrap();
    assert_eq!(left.changes().collect::<Vec<_>>(), ["mode:eval,seed:8"]);
    let left = longer.without(0).unwrap().link("", &Controls::default());
    assert_eq!(left, "?v=1&p=0.3&seed=7&mode=eval&fragments=seed:8");
    assert_eq!(States::default().link("?v=1", &Controls::default()), "?v=1");
    // The first state again is a change, unless it follows itself.
    let circle = states.with("?v=1&p=0.3&seed=7").unwrap();
    assert_eq!(circle.without(1), None);
}

#[test]
fn only_a_deck_of_reveal_is_told_of_states_and_every_frame_has_the_controls() {
    let states = record(&["?v=1&p=0.3", "?v=1&p=0.8"]);
    let controls = Controls::parse("p,mode").unwrap();
    let link = states.link("", &controls);
    for tool in [
        Tool::Reveal,
        Tool::Quarto,
        Tool::Marp,
        Tool::Jupyter,
        Tool::Course,
    ] {
        let address = framed(tool, &slide(&link).snippet(tool));
        assert_eq!(address.contains("deck=reveal"), tool == Tool::Reveal);
        let look = Look::of(address.split_once('?').unwrap().1);
        assert_eq!(
            (look.controls, look.fragments.count()),
            (controls.clone(), 1)
        );
        let alone = framed(tool, &slide("?v=1&p=0.3").snippet(tool));
        assert!(!alone.contains("deck=") && !alone.contains("controls="));
    }
    let element = slide(&link).snippet(Tool::Element);
    assert!(element.contains(" controls=\"p,mode\"") && element.contains(" fragments=\"p:0.8\""));
}

#[test]
fn the_example_of_a_deck_has_states_as_the_dialog_writes_them() {
    let deck = include_str!("../examples/embed/reveal.html");
    let states = record(&[
        "?v=1&stage=mask",
        "?v=1&mode=eval&stage=mask",
        "?v=1&p=0.8&stage=mask",
    ]);
    let slide = Slide {
        address: "https://lab.example/".to_owned(),
        link: states.link("", &Controls::parse("p,again").unwrap()),
        title: View::Network.title().to_owned(),
    };
    let snippet = slide.snippet(Tool::Reveal);
    let frame = snippet
        .lines()
        .find(|line| line.contains("<iframe"))
        .unwrap();
    assert!(deck.contains(frame.trim()), "{frame}");
}

#[test]
fn the_controls_offered_are_those_that_the_view_knows_and_the_usual_ones_are_no_list() {
    let state = State::open("?v=1");
    let coin = Page::<coin::Settings>::open("?v=1&view=coin");
    for (offered, link) in [
        (offers(&state, &["speed"], &["seed", "batch"]), "?v=1"),
        (offers(&coin, &[], &["seed"]), "?v=1&view=coin"),
    ] {
        let usual = Controls::chosen(&offered, |offer| offer.usual);
        assert_eq!(usual, Controls::default());
        assert_eq!(usual.to_string(), "");
        let none = Controls::chosen(&offered, |_| false);
        assert_eq!(none.to_string(), "none");
        let all = Controls::chosen(&offered, |_| true);
        assert_eq!(Controls::parse(&all.to_string()).unwrap(), all);
        let known: Vec<_> = written(View::of(link), link)
            .names()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(all.unknown(&known), [""; 0]);
        assert!(
            offered
                .iter()
                .any(|offer| offer.name == "seed" && !offer.usual)
        );
        assert!(offered.iter().any(|offer| offer.name == "p" && offer.usual));
        let named = format!("{link}&controls={all}");
        let state = State::open(&named);
        let coin = Page::<coin::Settings>::open(&named);
        let notices = if link == "?v=1" {
            state.notices()
        } else {
            coin.notices()
        };
        assert_eq!(notices, [""; 0]);
        assert!(
            offered
                .iter()
                .all(|offer| !["v", "view", "theme", "reset"].contains(&offer.name))
        );
    }
}

/// What a reader of QR codes makes of an SVG.
fn read(svg: &str) -> String {
    let tree = Tree::from_str(svg, &Options::default()).unwrap();
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    let pixels = Arc::new(pixels);
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let grey = |x: usize, y: usize| {
        let (x, y) = (u32::try_from(x).unwrap(), u32::try_from(y).unwrap());
        pixels.pixel(x, y).unwrap().green()
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let codes = image.detect_grids();
    assert_eq!(codes.len(), 1);
    codes[0].decode().unwrap().1
}

#[test]
fn the_qr_code_reads_back_as_the_link_of_every_view() {
    let links = View::ALL.map(View::link);
    let links = links.iter().map(String::as_str).chain(LINKS);
    for link in links {
        let address = slide(link).open();
        assert_eq!(read(&qr(&address).unwrap()), address);
    }
}

#[test]
fn a_text_too_long_for_a_qr_code_has_none() {
    assert!(qr(&"x".repeat(2900)).is_some());
    assert!(qr(&"x".repeat(3000)).is_none());
}
