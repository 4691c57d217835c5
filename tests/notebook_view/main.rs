//! The notebook view: its link, every notebook and cell by link with what PyTorch recorded, what cells draw, and the
//! files that are kept.
#![allow(
    clippy::unwrap_used,
    reason = "a notebook that lacks what is looked for is a failed test"
)]

mod kept;
mod links;
mod printed;

use dropout_lab::app::exhibit::{Exhibit, Msg, Page};
use dropout_lab::app::files::{Kept, Kind, stem};
use dropout_lab::app::msg::Effect;
use dropout_lab::app::{State, View};
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients,
};
use dropout_lab::notebook::cells::Code;
use dropout_lab::notebook::reader::Settings;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

type Reader = Page<Settings>;

fn open(query: &str) -> Reader {
    let page = Reader::open(query);
    assert_eq!(page.notices(), [""; 0], "{query}");
    page
}

fn set(page: &mut Reader, name: &'static str, text: &str) -> Vec<Effect> {
    page.update(Msg::Set(name, text.to_owned()))
}

fn cells(page: &Reader) -> Vec<&Code> {
    page.trace().notebook.code().collect()
}

/// What the view of a link says against it.
fn notices(link: &str) -> Vec<String> {
    fn of<E: Exhibit>(link: &str) -> Vec<String> {
        Page::<E>::open(link).notices().to_vec()
    }
    match View::of(link) {
        View::Network => State::open(link).notices().to_vec(),
        View::Tensor => of::<TensorSettings>(link),
        View::Coin => of::<coin::Settings>(link),
        View::Expectation => of::<expectation::Settings>(link),
        View::Gradients => of::<gradients::Settings>(link),
        View::Variants => of::<VariantsSettings>(link),
        View::Notebook => of::<Settings>(link),
        View::Lessons | View::Teachers | View::Subnetworks | View::Training => {
            vec![format!("no cell leads to {link}")]
        }
    }
}

/// The numbers of a print, and the rest of it with a mark in the place of each.
fn numbers(text: &str) -> (Vec<f64>, String) {
    let (mut numbers, mut rest) = (Vec::new(), String::new());
    let is_number = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    for part in text.split_inclusive(|c: char| !is_number(c)) {
        let word = part.trim_end_matches(|c: char| !is_number(c));
        match word.parse() {
            Ok(number) => {
                numbers.push(number);
                rest = rest.trim_end_matches(' ').to_owned() + "#" + &part[word.len()..];
            }
            Err(_) => rest += part,
        }
    }
    (numbers, rest)
}

/// The file that a page hands out.
fn file<E: Exhibit>(page: &Page<E>, kind: Kind) -> (String, String) {
    let text = match kind {
        Kind::Python => page.script(),
        Kind::Jupyter => page.jupyter(),
        kind => panic!("{kind:?}"),
    };
    (format!("{}{}", stem(page), kind.ending()), text)
}
