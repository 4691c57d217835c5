//! The language of the page. `static/boot.js` chooses it by the link, or else as the browser asks, and fetches its
//! catalogue; a page speaks one language all its life, so where the link asks for another, the page begins again.

use crate::app::Look;
use crate::app::look::LookField;
use crate::lang;

use super::browser;

/// The element with the catalogue, where there is one.
const MESSAGES: &str = "messages";
/// The attribute of the root element with the language that was asked for.
const ASKED: &str = "data-lang";

/// Takes over the catalogue that came with the page.
pub fn begin() {
    let document = browser::window().and_then(|window| window.document());
    let messages = document.and_then(|document| document.get_element_by_id(MESSAGES));
    if let Some(text) = messages.and_then(|messages| messages.text_content()) {
        lang::speak(text);
    }
}

/// Begins again where `query`, which is about to be shown, asks for another language.
pub fn keep_to(query: &str) {
    let Some(window) = browser::window() else {
        return;
    };
    let root = window.document().and_then(|d| d.document_element());
    let spoken = root.and_then(|root| root.get_attribute(ASKED));
    let asked = LookField::Lang.read(&Look::of(query));
    if spoken.is_some_and(|spoken| spoken != asked) {
        // The link is the state, so nothing is lost; a browser that refuses stays with the language it has.
        let _refused = window.location().replace(&browser::address(query));
    }
}
