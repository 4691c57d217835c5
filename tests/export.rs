//! Figures as they leave the page: what is on them, that another program renders them, what their files hold.
//!
//! `STILLS` names a folder to keep them in, for a look.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::export::{Size, shared};
use dropout_lab::app::training::{Msg, Pace, State as Training};
use dropout_lab::app::{State, View};
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::surface::{Align, Lettering};
use dropout_lab::draw::svg::Svg;
use dropout_lab::draw::{Palette, Sheet, Surface};
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, subnetworks, training,
};
use plotters::backend::SVGBackend;
use plotters::style::RGBColor;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;
use resvg::usvg::roxmltree::{Document, Node};

const SCREEN: Size = Size::Room(Room::screen(930.0, 640.0));
const PHONE: Size = Size::Room(Room::screen(320.0, 568.0));
const ADDRESS: &str = "https://example.org/dropout-lab/";

/// Every picture of the page, by name.
fn sheets(size: Size, palette: &Palette) -> Vec<(&'static str, Sheet)> {
    fn of<E: Exhibit>(size: Size, palette: &Palette, query: &str) -> (&'static str, Sheet) {
        let page = Page::<E>::open(query);
        assert_eq!(page.notices(), [""; 0], "{query}");
        let sheet = page.figure(ADDRESS).sheet(size, palette);
        (E::VIEW.name(), sheet.unwrap())
    }
    let state = State::open("?v=1&seed=36&step=3");
    let mut training = Training::new(training::Settings::default());
    training.update(Msg::Go(Pace::Full));
    training.update(Msg::Advance(600));
    training.update(Msg::Go(Pace::Rest));
    let link = Page::<training::Settings>::open(&View::Training.link()).query();
    let training = training.figure(ADDRESS, &link).sheet(size, palette);
    vec![
        (
            "network",
            state.figure(ADDRESS).sheet(size, palette).unwrap(),
        ),
        of::<TensorSettings>(size, palette, "?view=tensor&preset=arange"),
        of::<coin::Settings>(size, palette, "?view=coin&p=0.3"),
        of::<expectation::Settings>(size, palette, "?view=expectation"),
        of::<subnetworks::Settings>(size, palette, "?view=subnetworks"),
        of::<VariantsSettings>(size, palette, "?view=variants&layer=locked"),
        ("training", training.unwrap()),
    ]
}

/// The same as SVG.
fn figures(size: Size, palette: &Palette) -> Vec<(&'static str, String)> {
    let sheets = sheets(size, palette).into_iter();
    sheets
        .map(|(name, sheet)| (name, sheet.svg().unwrap()))
        .collect()
}

/// As resvg renders it.
fn rendered(svg: &str) -> Pixmap {
    static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_system_fonts();
        Arc::new(fonts)
    });
    let options = usvg::Options {
        fontdb: Arc::clone(&FONTS),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).unwrap();
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
    pixels
}

fn keep(name: &str, svg: &str, pixels: &Pixmap) {
    if let Ok(folder) = std::env::var("STILLS") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.svg")), svg).unwrap();
        pixels
            .save_png(Path::new(&folder).join(format!("{name}.png")))
            .unwrap();
    }
}

/// Text of the first element of that name.
fn text_of(document: &Document, name: &str) -> String {
    let element = document.descendants().find(|node| node.has_tag_name(name));
    element.unwrap().text().unwrap().to_owned()
}

fn number(node: Node, name: &str) -> f64 {
    node.attribute(name)
        .map_or(0.0, |text| text.parse().unwrap())
}

/// What a mark is, and its numbers: of a text, its own words besides.
fn marks(document: &Document) -> Vec<(String, Vec<f64>, String)> {
    const NUMBERS: [&str; 12] = [
        "x",
        "y",
        "width",
        "height",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "font-size",
    ];
    let shapes = document.descendants().filter(|node| {
        node.is_element() && !matches!(node.tag_name().name(), "svg" | "title" | "desc")
    });
    let mark = |node: Node| {
        let points = node.attribute("points").unwrap_or_default();
        let points = points.split([' ', ',']).filter(|text| !text.is_empty());
        let points = points.map(|text| text.parse::<f64>().unwrap());
        let numbers = NUMBERS.iter().map(|name| number(node, name)).chain(points);
        let text = node.text().unwrap_or_default().trim().to_owned();
        (node.tag_name().name().to_owned(), numbers.collect(), text)
    };
    shapes.map(mark).collect()
}

#[test]
fn every_figure_says_what_it_is_its_seed_and_its_link() {
    for (name, svg) in figures(SCREEN, &Palette::BRIGHT) {
        let document = Document::parse(&svg).unwrap();
        let view = View::named(name).unwrap();
        assert_eq!(text_of(&document, "title"), view.title());
        let seed = if name == "training" { "0" } else { "36" };
        let said = text_of(&document, "desc");
        assert!(
            said.contains(&format!(" Seed {seed}. {ADDRESS}?v=1")),
            "{said}"
        );
        let texts: Vec<String> = marks(&document)
            .into_iter()
            .map(|(.., text)| text)
            .collect();
        let line = format!("Dropout Lab: {} · seed {seed}", view.title());
        assert!(texts.contains(&line), "{name}: {texts:?}");
        assert!(texts.iter().any(|text| text.starts_with(ADDRESS)), "{name}");
    }
}

#[test]
fn a_figure_has_the_marks_that_plotters_makes_of_it() {
    for (name, sheet) in sheets(SCREEN, &Palette::BRIGHT) {
        let svg = sheet.svg().unwrap();
        let mut plotted = String::new();
        let mut backend = SVGBackend::with_string(&mut plotted, (2000, 2000));
        sheet.draw(&mut backend, 1.0).unwrap();
        drop(backend);
        let [ours, theirs] = [&svg, &plotted].map(|svg| marks(&Document::parse(svg).unwrap()));
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for (mut our, mut their) in ours.into_iter().zip(theirs) {
            assert_eq!((&our.0, &our.2), (&their.0, &their.2), "{name}");
            // Text is placed by its baseline here and by its middle there, where type is smaller than asked for.
            our.1[1] -= 0.345 * our.1[11];
            their.1[11] *= 1.24;
            // Theirs are whole pixels.
            let near = our
                .1
                .iter()
                .zip(&their.1)
                .all(|(a, b)| (a - b).abs() <= 1.01);
            assert!(
                near && our.1.len() == their.1.len(),
                "{name}: {our:?} {their:?}"
            );
        }
    }
}

#[test]
fn no_mark_of_a_figure_lies_off_its_sheet() {
    for size in [SCREEN, PHONE, Size::WIDE, Size::Slide(480.0, 270.0)] {
        for (name, svg) in figures(size, &Palette::PROJECTOR) {
            let document = Document::parse(&svg).unwrap();
            let root = document.root_element();
            let (width, height) = (number(root, "width"), number(root, "height"));
            if let Size::Slide(wide, high) = size {
                assert_eq!((width, height), (wide, high), "{name}");
            }
            for (kind, numbers, text) in marks(&document) {
                let on = |x: f64, y: f64| {
                    (-1.0..=width + 1.0).contains(&x) && (-1.0..=height + 1.0).contains(&y)
                };
                let (n, fits) = (
                    &numbers,
                    match kind.as_str() {
                        "rect" => {
                            on(numbers[0], numbers[1])
                                && on(numbers[0] + numbers[2], numbers[1] + numbers[3])
                        }
                        "text" => on(numbers[0], numbers[1]),
                        "line" => on(numbers[4], numbers[5]) && on(numbers[6], numbers[7]),
                        "circle" => on(numbers[8], numbers[9]),
                        _ => numbers[12..].chunks(2).all(|point| on(point[0], point[1])),
                    },
                );
                assert!(fits, "{name} at {size:?}: {kind} {n:?} {text}");
            }
        }
    }
}

#[test]
fn another_program_renders_every_figure() {
    for (how, size, palette) in [
        ("screen", SCREEN, Palette::BRIGHT),
        ("phone", PHONE, Palette::DARK),
        ("slide", Size::WIDE, Palette::PROJECTOR),
    ] {
        for (name, svg) in figures(size, &palette) {
            let pixels = rendered(&svg);
            let document = Document::parse(&svg).unwrap();
            let width = number(document.root_element(), "width").ceil();
            assert!((f64::from(pixels.width()) - width).abs() <= 1.0, "{name}");
            let paper = pixels.pixel(1, 1).unwrap();
            let RGBColor(r, g, b) = palette.paper;
            assert_eq!((paper.red(), paper.green(), paper.blue()), (r, g, b));
            let drawn = pixels.pixels().iter().filter(|pixel| **pixel != paper);
            let drawn = drawn.count();
            assert!(drawn > 3000, "{name} {how}: {drawn} pixels");
            keep(&format!("{name}-{how}"), &svg, &pixels);
        }
    }
}

#[test]
fn the_link_of_a_caption_opens_the_same_figure() {
    let state = State::open("?v=1&p=0.3&seed=7&stage=mask&sample=3&embed=1&lesson=2.1&theme=dark");
    let size = Size::WIDE;
    let svg = state.figure(ADDRESS).svg(size, &Palette::BRIGHT).unwrap();
    let said = text_of(&Document::parse(&svg).unwrap(), "desc");
    let link = said.rsplit(' ').next().unwrap().to_owned();
    assert!(
        !link.contains("embed") && !link.contains("lesson"),
        "{link}"
    );
    let again = State::open(&link);
    assert_eq!(again.notices(), [""; 0]);
    assert_eq!(
        again.figure(ADDRESS).svg(size, &Palette::BRIGHT).unwrap(),
        svg
    );
}

#[test]
fn no_mark_of_an_svg_has_a_length_below_zero() {
    let mut svg = Svg::default();
    let black = RGBColor(0, 0, 0).into();
    svg.rect((5.0, 9.0), (1.0, 2.0), black).unwrap();
    let document = svg.document((10.0, 10.0), "", "");
    let rect = r#"<rect x="1" y="2" width="4" height="7""#;
    assert!(document.contains(rect), "{document}");
    for size in [SCREEN, PHONE, Size::WIDE] {
        for (name, sheet) in sheets(size, &Palette::BRIGHT) {
            let svg = sheet.svg().unwrap();
            let document = Document::parse(&svg).unwrap();
            for node in document.descendants() {
                for length in ["width", "height", "r"] {
                    assert!(number(node, length) >= 0.0, "{name}: {node:?}");
                }
            }
        }
    }
}

#[test]
fn what_xml_cannot_hold_is_escaped_or_left_out() {
    let mut svg = Svg::default();
    let lettering = Lettering {
        size: 12.0,
        bold: false,
        align: Align::Left,
    };
    let text = "a < b & \"c\" > d\u{0}\u{1b}\u{FFFF} − é";
    svg.text(text, (0.0, f64::NAN), lettering, Palette::BRIGHT.ink.into())
        .unwrap();
    let document = svg.document((10.0, 10.0), "<title>", "]]> & --");
    let document = Document::parse(&document).unwrap();
    assert_eq!(text_of(&document, "title"), "<title>");
    assert_eq!(text_of(&document, "desc"), "]]> & --");
    assert_eq!(text_of(&document, "text"), "a < b & \"c\" > d − é");
}

#[test]
fn a_link_longer_than_the_page_is_cut_on_the_sheet_and_whole_in_its_description() {
    let numbers = vec!["0.123456"; 300].join(",");
    let page = Page::<TensorSettings>::open(&format!("?view=tensor&tensor=300:{numbers}"));
    assert_eq!(page.notices(), [""; 0]);
    let svg = page.figure(ADDRESS).svg(PHONE, &Palette::BRIGHT).unwrap();
    let document = Document::parse(&svg).unwrap();
    assert!(text_of(&document, "desc").ends_with(&shared(ADDRESS, &page.query())));
    assert!(marks(&document).last().unwrap().2.ends_with('…'));
}
