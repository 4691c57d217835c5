//! Single keys that do what a control on the page does, in every view; `?` lists them.
//!
//! They press the control itself, so a key does nothing where its control is not on the page, is locked in an embedded
//! page, or is disabled. A reader who dictates, or has letters sent by something else, can switch them off.

mod list;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::browser;
pub use list::List;

/// Under which name is kept on this device that single keys do nothing.
const SWITCH: &str = "dropout-lab.keys";
const OFF: &str = "off";

/// The key that lists the others.
const HELP: &str = "?";
/// The button that does too.
const BUTTON: &str = ".open-keys";

/// What has the letters that are typed into it, and any key while it is open.
const NEEDS_LETTERS: &str =
    "input:not([type=range], [type=radio], [type=checkbox]), select, textarea, [contenteditable]";
const OPEN_DIALOG: &str = "dialog[open]";

/// A key, the control that it works, and what that does.
struct Shortcut {
    key: &'static str,
    control: &'static str,
    does: &'static str,
    /// Whether the control only gets the focus.
    goes: bool,
}

const fn presses(key: &'static str, control: &'static str, does: &'static str) -> Shortcut {
    Shortcut {
        key,
        control,
        does,
        goes: false,
    }
}

const fn goes_to(key: &'static str, control: &'static str, does: &'static str) -> Shortcut {
    Shortcut {
        goes: true,
        ..presses(key, control, does)
    }
}

const SHORTCUTS: [Shortcut; 10] = [
    presses(
        "k",
        ".play, .transport .watch, .transport .full",
        "play or pause",
    ),
    presses(".", ".stage-on", "one stage on"),
    presses(",", ".stage-back", "one stage back"),
    presses(
        "n",
        ".step-forward, .transport .next",
        "one training step on",
    ),
    presses("b", ".step-back", "one training step back"),
    presses("a", ".again", "once more, with another mask"),
    presses(
        "t",
        "input[name=mode]:not(:checked)",
        "from train to eval, or back",
    ),
    presses("s", ".open-save", "save"),
    goes_to("p", "#p-slider", "go to p"),
    goes_to("f", ".figure", "go to the picture"),
];

impl Shortcut {
    fn control(&self) -> Option<HtmlElement> {
        element(self.control)
    }

    fn work(&self) {
        let Some(control) = self.control() else {
            return;
        };
        if self.goes {
            // It is on the page, so it can have the focus.
            let _focused = control.focus();
        } else {
            control.click();
        }
    }
}

/// Opens the list of keys.
#[derive(Clone, PartialEq)]
pub struct Help(pub Callback<()>);

/// The button that opens it.
#[component]
pub fn HelpButton() -> Html {
    let help = use_context::<Help>();
    let onclick = move |_: MouseEvent| {
        if let Some(Help(open)) = &help {
            open.emit(());
        }
    };
    html! { <button type="button" class="open-keys" aria-haspopup="dialog" {onclick}>{ "keyboard" }</button> }
}

/// Works the controls by their keys, and calls `help` for their list.
#[must_use]
pub fn watch(help: Callback<()>) -> Option<EventListener> {
    let window = browser::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(key) = single(event) else {
            return;
        };
        let shortcut = SHORTCUTS.iter().find(|shortcut| shortcut.key == key);
        if let Some(shortcut) = shortcut {
            event.prevent_default();
            shortcut.work();
        } else if key == HELP {
            event.prevent_default();
            help.emit(());
        }
    });
    Some(listener)
}

/// Presses the button that opens the list, where only the whole page has that: it has the focus when that has come.
pub fn ask_for_help() {
    if let Some(button) = element(BUTTON) {
        // It is on the page, so it can have the focus.
        let _focused = button.focus();
        button.click();
    }
}

/// Whether a dialog is open, which has the keyboard for itself.
#[must_use]
pub fn in_dialog() -> bool {
    element(OPEN_DIALOG).is_some()
}

/// A key pressed alone that nobody else needs.
fn single(event: &Event) -> Option<String> {
    let event: &KeyboardEvent = event.dyn_ref()?;
    let held = event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat();
    if held || event.default_prevented() || event.is_composing() || in_dialog() {
        return None;
    }
    let focused: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let typed_into = |element: &Element| {
        element
            .closest(NEEDS_LETTERS)
            .is_ok_and(|found| found.is_some())
    };
    let is_ours = !focused.as_ref().is_some_and(typed_into) && are_on();
    is_ours.then(|| event.key())
}

fn are_on() -> bool {
    browser::kept(SWITCH).as_deref() != Some(OFF)
}

fn element(css: &str) -> Option<HtmlElement> {
    let document = browser::window()?.document()?;
    document.query_selector(css).ok()??.dyn_into().ok()
}
