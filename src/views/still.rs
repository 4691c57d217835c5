//! A page on paper is as it is on the screen: while the browser prints, each canvas is a picture of itself, and nothing
//! moves.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlCanvasElement};

use super::browser;

/// The class of such a picture.
const CLASS: &str = "still";

/// Puts stills in the place of canvases as long as the browser prints.
#[must_use]
pub fn watch() -> Option<[EventListener; 2]> {
    let window = browser::window()?;
    let document = window.document()?;
    let same = document.clone();
    Some([
        EventListener::new(&window, "beforeprint", move |_| take(&document)),
        EventListener::new(&window, "afterprint", move |_| clear(&same)),
    ])
}

fn all(document: &Document, css: &str) -> Vec<Element> {
    let Ok(found) = document.query_selector_all(css) else {
        return Vec::new();
    };
    let elements = (0..found.length()).filter_map(|k| found.item(k)?.dyn_into().ok());
    elements.collect()
}

fn take(document: &Document) {
    clear(document);
    for canvas in all(document, "canvas") {
        // A picture that can't be taken leaves the canvas as it is.
        let _taken = still(document, &canvas);
    }
}

/// A picture of the canvas, behind it; the style sheet shows one on the screen and the other on paper.
fn still(document: &Document, canvas: &Element) -> Option<()> {
    let canvas: &HtmlCanvasElement = canvas.dyn_ref()?;
    let picture = document.create_element("img").ok()?;
    picture.set_class_name(CLASS);
    picture.set_attribute("alt", "").ok()?;
    picture
        .set_attribute("src", &canvas.to_data_url().ok()?)
        .ok()?;
    let width = format!("width: {}px", canvas.client_width());
    picture.set_attribute("style", &width).ok()?;
    canvas
        .insert_adjacent_element("afterend", &picture)
        .ok()
        .flatten()
        .map(|_| ())
}

fn clear(document: &Document) {
    for still in all(document, "img.still") {
        still.remove();
    }
}
