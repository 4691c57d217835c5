//! Single keys that do what a control on the page does, in every view; `?` lists them.
//!
//! They press the control itself, so a key does nothing where its control is not on the page, is locked in an embedded
//! page, or is disabled. A reader who dictates, or has letters sent by something else, can switch them off.

mod list;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{browser, memory};
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

/// A key and the control that it works.
struct Shortcut {
    key: &'static str,
    control: &'static str,
    /// Whether the control only gets the focus.
    goes: bool,
}

const fn presses(key: &'static str, control: &'static str) -> Shortcut {
    Shortcut {
        key,
        control,
        goes: false,
    }
}

const fn goes_to(key: &'static str, control: &'static str) -> Shortcut {
    Shortcut {
        goes: true,
        ..presses(key, control)
    }
}

/// What each does is in the [`List`].
const SHORTCUTS: [Shortcut; 10] = [
    presses("k", ".play, .transport .watch, .transport .full"),
    presses(".", ".stage-on"),
    presses(",", ".stage-back"),
    presses("n", ".step-forward, .transport .next"),
    presses("b", ".step-back"),
    presses("a", ".again"),
    presses("t", "input[name=mode]:not(:checked)"),
    presses("s", ".open-save"),
    goes_to("p", "#p-slider"),
    goes_to("f", ".figure"),
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

/// The button that opens the list of keys; [`watch`] hears it.
pub fn help_button() -> Html {
    html! { <button type="button" class="open-keys" aria-haspopup="dialog">{ t!("keyboard") }</button> }
}

/// Works the controls by their keys, and calls `help` for their list.
#[must_use]
pub fn watch(help: Callback<()>) -> Option<[EventListener; 2]> {
    let window = browser::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    let clicked = {
        let help = help.clone();
        EventListener::new(&window, "click", move |event| {
            let at: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
            if at.is_some_and(|at| at.matches(BUTTON).unwrap_or(false)) {
                help.emit(());
            }
        })
    };
    let pressed = EventListener::new_with_options(&window, "keydown", options, move |event| {
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
    Some([clicked, pressed])
}

/// Gives the focus to the button that opens the list: there is the list opened, when the whole page has come.
pub fn go_to_button() {
    if let Some(button) = element(BUTTON) {
        // It is on the page, so it can have the focus.
        let _focused = button.focus();
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
    memory::kept(SWITCH).as_deref() != Some(OFF)
}

fn element(css: &str) -> Option<HtmlElement> {
    let document = browser::window()?.document()?;
    document.query_selector(css).ok()??.dyn_into().ok()
}
