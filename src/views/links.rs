//! Links within the page, `<a href="?v=1…">`: they open without loading the page anew.
//!
//! With a modifier key or another button the browser does what it does with every link.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};
use yew::Callback;

use super::browser;

/// Calls `open` with the query of each such link that the reader follows.
#[must_use]
pub fn watch(open: Callback<String>) -> Option<EventListener> {
    let document = browser::window()?.document()?;
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&document, "click", options, move |event| {
        if let Some(query) = event.dyn_ref().and_then(followed) {
            event.prevent_default();
            open.emit(query);
        }
    });
    Some(listener)
}

/// The query of the link that a click follows, if it is one of this page's and nobody else has taken it.
fn followed(click: &MouseEvent) -> Option<String> {
    let modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if click.default_prevented() || modified || click.button() != 0 {
        return None;
    }
    let element: Element = click.target()?.dyn_into().ok()?;
    element.closest("a[href^='?']").ok()??.get_attribute("href")
}
