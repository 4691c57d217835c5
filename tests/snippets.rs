//! What is pasted into slides: it is well formed, and each snippet's link opens the state that was on the screen.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use dropout_lab::app::snippet::{Slide, Tool, qr};
use dropout_lab::app::{State, View};
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
