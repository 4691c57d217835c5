//! Mounting the app, and what is shown should it panic.

use gloo::events::EventListener;
use web_sys::{Document, Element};

use super::bench::Bench;
use super::first::{self, First};
use super::parent::Parent;
use super::{Router, browser, language};

/// Mounts the whole page, behind the poster that stands until it is drawn, or where the [`First`] stands.
pub fn start() {
    let Some(shell) = cleared_shell() else {
        return;
    };
    // The link by which the reader has left the first page.
    if let Some(link) = shell.get_attribute("data-link") {
        browser::set_address(&link, true);
    }
    if asks_for_bench(&browser::query()) {
        yew::Renderer::<Bench>::with_root(shell).render();
    } else {
        yew::Renderer::<Router>::with_root(shell).render();
    }
}

/// Mounts the network view alone, behind the poster that stands until it is drawn; the whole page may take its place.
pub fn start_first() {
    let (Some(document), Some(shell)) = (document(), cleared_shell()) else {
        return;
    };
    let page = yew::Renderer::<First>::with_root(shell).render();
    EventListener::once(&document, first::LEAVE, move |_| page.destroy()).forget();
}

/// Where the page is mounted, with nothing in it; from here on a panic is explained there.
fn cleared_shell() -> Option<Element> {
    // Not std's: Yew would put a hook of its own, which speaks to the console alone, in its place.
    yew::set_custom_panic_hook(Box::new(|info| say_what_happened(&info.to_string())));
    language::begin();
    let shell = shell()?;
    shell.set_text_content(None);
    Some(shell)
}

/// Whether a query asks for measurements instead of a view.
#[must_use]
pub fn asks_for_bench(query: &str) -> bool {
    let query = query.trim_start_matches('?').as_bytes();
    form_urlencoded::parse(query).any(|(name, value)| name == "bench" && value == "1")
}

fn document() -> Option<Document> {
    browser::window().and_then(|window| window.document())
}

fn shell() -> Option<Element> {
    document().and_then(|document| document.get_element_by_id("app"))
}

/// A message instead of a dead page: what happened, the link that led to it, and a reset.
///
/// What stands where the page was is new, so that nothing of a page that has stopped draws over it; and a fault that
/// follows from the first one is not told.
pub fn say_what_happened(what: &str) {
    web_sys::console::error_1(&what.into());
    let (Some(document), Some(shell)) = (document(), shell()) else {
        return;
    };
    if matches!(shell.query_selector("#reset"), Ok(Some(_))) {
        return;
    }
    Parent::notify("error", &serde_json::json!({ "message": what }));
    if let Ok(Some(poster)) = document.query_selector(".poster") {
        poster.remove();
    }
    let Ok(message) = document.create_element("div") else {
        return;
    };
    message.set_id("app");
    message.set_class_name("stopped");
    // A constant name can't be invalid.
    let _known = message.set_attribute("role", "alert");
    let append = |tag: &str, text: &str| -> Option<Element> {
        let element = document.create_element(tag).ok()?;
        element.set_text_content(Some(text));
        message.append_child(&element).ok()?;
        Some(element)
    };
    append("h1", t!("Dropout Lab has stopped"));
    append(
        "p",
        t!(
            "This is a fault of the page, not yours. The link below leads to what was on the screen; please send it along with a report."
        ),
    );
    append("pre", &browser::address(&browser::query()));
    append("pre", what);
    if let Some(link) = append("a", t!("Reset: start again from the defaults")) {
        let _known = link.set_attribute("href", &browser::address(""));
        let _known = link.set_attribute("id", "reset");
    }
    // It is in the document.
    let _replaced = shell.replace_with_with_node_1(&message);
}
