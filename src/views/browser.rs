//! The few things asked of the browser itself, each of which may be refused without harm.

use std::cell::RefCell;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Event, File, HtmlCanvasElement, HtmlElement, MessageEvent, Url, Window,
};
use yew::Callback;

use crate::app::Theme;
use crate::draw::Palette;
use crate::draw::layout::Room;

use super::language;

/// How long a file for the reader is kept at hand, in milliseconds.
const KEPT: u32 = 60_000;

/// The window; absent only outside a page.
#[must_use]
pub fn window() -> Option<Window> {
    web_sys::window()
}

thread_local! {
    /// What the address bar should say, where the browser has refused to write it: some do in a page from disk, or
    /// after a hundred addresses in half a minute.
    static UNWRITTEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The query of the page's address.
#[must_use]
pub fn query() -> String {
    UNWRITTEN
        .with_borrow(Clone::clone)
        .unwrap_or_else(written_query)
}

fn written_query() -> String {
    window()
        .and_then(|w| w.location().search().ok())
        .unwrap_or_default()
}

/// The page's address without its query, and the query `query` after it.
#[must_use]
pub fn address(query: &str) -> String {
    let address = window().and_then(|w| w.location().href().ok());
    let address = address.unwrap_or_default();
    let bare = address.split(['?', '#']).next();
    format!("{}{query}", bare.unwrap_or_default())
}

/// Whether the page was opened from a disk, where no page may show it in a frame.
#[must_use]
pub fn is_on_disk() -> bool {
    let protocol = window().and_then(|w| w.location().protocol().ok());
    protocol.as_deref() == Some("file:")
}

/// A new entry in the history, or another address for the present one.
pub fn set_address(query: &str, new_entry: bool) {
    let Some(history) = window().and_then(|w| w.history().ok()) else {
        return;
    };
    let written = if new_entry {
        history.push_state_with_url(&JsValue::NULL, "", Some(query))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(query))
    };
    UNWRITTEN.set(written.err().map(|_| query.to_owned()));
    language::keep_to(query);
}

/// The reader has gone back or forward: whatever could not be written belongs to the entry that was left.
pub fn forget_unwritten() {
    UNWRITTEN.set(None);
    language::keep_to(&query());
}

/// Whether a media query holds, such as `(prefers-color-scheme: dark)`.
#[must_use]
pub fn matches(media: &str) -> bool {
    window()
        .and_then(|w| w.match_media(media).ok().flatten())
        .is_some_and(|list| list.matches())
}

/// Width and height of the page's viewport in CSS pixels.
#[must_use]
pub fn viewport() -> (f64, f64) {
    let number = |value: Result<JsValue, JsValue>| value.ok().and_then(|v| v.as_f64());
    let size = window().and_then(|w| Some((number(w.inner_width())?, number(w.inner_height())?)));
    size.unwrap_or((1280.0, 800.0))
}

/// Milliseconds since the page was opened.
#[must_use]
pub fn now() -> f64 {
    let clock = window().and_then(|w| w.performance());
    clock.map_or(0.0, |clock| clock.now())
}

/// Device pixels to a CSS pixel.
#[must_use]
pub fn pixel_ratio() -> f64 {
    window().map_or(1.0, |w| w.device_pixel_ratio())
}

/// Writes text to the clipboard; answers whether the browser did.
pub async fn copy(text: String) -> bool {
    let Some(window) = window().filter(Window::is_secure_context) else {
        return false;
    };
    JsFuture::from(window.navigator().clipboard().write_text(&text))
        .await
        .is_ok()
}

/// Hands the reader bytes as a file to keep.
pub fn save(name: &str, mime: &str, bytes: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
    // A frame that may not download refuses; the page works on without.
    let _refused = blob.and_then(|blob| download(name, &blob));
}

/// Hands the reader what is on a canvas as a PNG to keep.
pub fn save_canvas(canvas: &HtmlCanvasElement, name: String) {
    let save = Closure::once_into_js(move |blob: Option<Blob>| {
        let _refused = blob.map(|blob| download(&name, &blob));
    });
    let _refused = canvas.to_blob(save.unchecked_ref());
}

/// A link to the file, clicked.
fn download(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let document = window().and_then(|w| w.document()).ok_or(JsValue::NULL)?;
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlElement = document.create_element("a")?.dyn_into()?;
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    // The browser reads it at its leisure.
    Timeout::new(KEPT, move || {
        let _gone = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// The text of a file, if it can be read as text.
pub async fn text_of(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// The size of an element, in whole CSS pixels that it has.
#[must_use]
pub fn size(element: &web_sys::Element) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (bounds.width().floor(), bounds.height().floor())
}

/// The room of the figure on the screen, in CSS pixels.
#[must_use]
pub fn figure_room() -> Room {
    let usual = Room::screen(930.0, 640.0);
    let document = window().and_then(|w| w.document());
    let figure = document.and_then(|document| document.query_selector(".figure").ok()?);
    figure.map_or(usual, |figure| {
        let place = figure.get_bounding_client_rect();
        Room::screen(place.width().max(240.0), place.height().max(150.0))
    })
}

/// Fresh entropy for a seed, if the browser has any.
#[must_use]
pub fn entropy() -> Option<u32> {
    getrandom::u32().ok()
}

/// The page around this one, if there is one.
fn parent() -> Option<Window> {
    let window = window()?;
    let parent = window.parent().ok().flatten()?;
    (JsValue::from(&parent) != JsValue::from(window)).then_some(parent)
}

/// Whether this page is in a frame of another.
#[must_use]
pub fn is_framed() -> bool {
    parent().is_some()
}

/// Whether a message comes from the page around this one.
#[must_use]
pub fn is_from_parent(event: &MessageEvent) -> bool {
    let parent = parent().map(JsValue::from);
    parent.is_some() && event.source().map(JsValue::from) == parent
}

/// Whether an origin is this page's own; of pages from disk, browsers say no more than that they have none.
#[must_use]
pub fn is_of_own_origin(origin: &str) -> bool {
    let own = window().and_then(|w| w.location().origin().ok());
    let nameless = matches!(origin, "null" | "file://");
    own.is_some_and(|own| own == origin && !nameless) || nameless && is_file()
}

/// Where messages for the page around this one are posted to, if it is of this page's own origin.
#[must_use]
pub fn parent_of_own_origin() -> Option<String> {
    if is_file() {
        return Some("*".to_owned());
    }
    // A page of another origin does not say what it is.
    let origin = parent()?.location().origin().ok()?;
    is_of_own_origin(&origin).then_some(origin)
}

fn is_file() -> bool {
    window()
        .and_then(|w| w.location().protocol().ok())
        .is_some_and(|protocol| protocol == "file:")
}

/// Posts text to the page around this one.
pub fn post_to_parent(text: &str, origin: &str) {
    if let Some(parent) = parent() {
        let origin = if origin.is_empty() || origin == "null" {
            "*"
        } else {
            origin
        };
        // A parent that has gone away needs no answer.
        let _gone = parent.post_message(&JsValue::from_str(text), origin);
    }
}

/// Gives the keyboard back to the page around this one.
pub fn focus_parent() {
    // One that keeps it where it is may do so.
    let _kept = parent().map(|parent| parent.focus());
}

/// Brings the element of that id into the window, if its beginning is not there yet. Nothing else moves: not the
/// page around this one, and nothing glides.
pub fn bring_into_view(id: &str) {
    let Some(window) = window() else { return };
    let element = window.document().and_then(|d| d.get_element_by_id(id));
    let Some(top) = element.map(|element| element.get_bounding_client_rect().top()) else {
        return;
    };
    let (_, height) = viewport();
    if !(0.0..0.6 * height).contains(&top) {
        window.scroll_by_with_x_and_y(0.0, top - 0.1 * height);
    }
}

/// Sets an attribute of the root element, for the style sheet to see.
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = window()
        .and_then(|w| w.document())
        .and_then(|d| d.document_element())
    {
        // The name is a constant of this crate, so it can't be invalid.
        let _invalid = root.set_attribute(name, value);
    }
}

/// Whether the reader's system is set to dark.
#[must_use]
pub fn prefers_dark() -> bool {
    matches("(prefers-color-scheme: dark)")
}

/// The theme in force, by its name in the style sheet.
#[must_use]
pub fn theme_name(theme: Theme, dark: bool) -> &'static str {
    match theme {
        Theme::System if dark => "dark",
        Theme::System | Theme::Bright => "bright",
        Theme::Dark => "dark",
        Theme::Projector => "projector",
    }
}

/// The pictures' colours in a theme. Where the reader's own colours are forced on the page, it has no theme, and its
/// pictures are black on white or white on black, as those colours are.
#[must_use]
pub fn palette(theme_name: &str) -> Palette {
    match theme_name {
        _ if matches(OWN_COLOURS) && prefers_dark() => Palette::OWN_DARK,
        _ if matches(OWN_COLOURS) => Palette::OWN_BRIGHT,
        "dark" => Palette::DARK,
        "projector" => Palette::PROJECTOR,
        _ => Palette::BRIGHT,
    }
}

const OWN_COLOURS: &str = "(forced-colors: active)";

/// Calls back when the viewport, or what the reader prefers, may have changed.
#[must_use]
pub fn watch_surroundings(changed: &Callback<()>) -> Vec<EventListener> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let emit = || {
        let changed = changed.clone();
        move |_: &Event| changed.emit(())
    };
    let media = [
        "(prefers-reduced-motion: reduce)",
        "(prefers-color-scheme: dark)",
        OWN_COLOURS,
    ];
    let lists = media
        .into_iter()
        .filter_map(|media| window.match_media(media).ok().flatten());
    let mut listeners: Vec<_> = lists
        .map(|list| EventListener::new(&list, "change", emit()))
        .collect();
    listeners.push(EventListener::new(&window, "resize", emit()));
    listeners
}

/// Calls back with `resized` when the window, or the pixels of the screen, may have changed, and with `restored` when the
/// browser has lost what was on a canvas and gives back an empty one.
#[must_use]
pub fn watch_canvas(
    canvas: &HtmlCanvasElement,
    resized: Callback<()>,
    restored: Callback<()>,
) -> Vec<EventListener> {
    let window = window();
    let resized = window.map(|w| EventListener::new(&w, "resize", move |_| resized.emit(())));
    let restored = EventListener::new(canvas, "contextrestored", move |_| restored.emit(()));
    resized.into_iter().chain([restored]).collect()
}

/// Calls back when the page is about to be printed.
#[must_use]
pub fn before_print(rest: Callback<()>) -> Option<EventListener> {
    window().map(|window| EventListener::new(&window, "beforeprint", move |_| rest.emit(())))
}

/// Asks for the page on paper.
pub fn print() {
    // A browser that can't print says so itself.
    let _refused = window().map(|window| window.print());
}

/// The height of all that the page holds, in CSS pixels.
#[must_use]
pub fn content_height() -> f64 {
    let root = window()
        .and_then(|w| w.document())
        .and_then(|d| d.document_element());
    root.map_or(0.0, |root| f64::from(root.scroll_height()))
}
