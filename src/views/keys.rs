//! Keys that an embedded page has no use for: they belong to the page around it.

use gloo::events::{EventListener, EventListenerOptions};
use serde_json::json;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
use yew::Callback;

use crate::app::Look;
use crate::app::look::Deck;

use super::browser;
use super::parent::Parent;
use super::shortcuts;

/// A key that nobody here needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    name: String,
    shift: bool,
}

const ARROWS: [&str; 4] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const PAGES: [&str; 2] = ["PageUp", "PageDown"];
const SPACE: &str = " ";
const ESCAPE: &str = "Escape";

/// What has the focus, and which of arrows, pages and space it needs.
const NEEDED: [(&str, [bool; 3]); 5] = [
    ("input[type=range]", [true, true, false]),
    ("select, textarea, [contenteditable]", [true, true, true]),
    ("input", [true, false, true]),
    ("button, summary", [false, false, true]),
    ("pre[tabindex]", [true, true, true]),
];

impl Key {
    /// Whether it asks for what comes next (`true`) or was before (`false`).
    #[must_use]
    pub fn direction(&self) -> Option<bool> {
        match self.name.as_str() {
            "ArrowRight" | "ArrowDown" | "PageDown" => Some(true),
            "ArrowLeft" | "ArrowUp" | "PageUp" => Some(false),
            SPACE => Some(!self.shift),
            _ => None,
        }
    }

    /// Hands it to the page around this one. It carries nothing of this page, so whoever that is may have it.
    pub fn hand_over(&self, deck: Deck) {
        match deck {
            Deck::Any => {
                let key = json!({ "key": self.name, "shift": self.shift });
                Parent::tell_anyone("key", &key);
            }
            Deck::Reveal => {
                let message = json!({ "method": self.of_reveal(), "args": [] });
                browser::post_to_parent(&message.to_string(), "*");
                // The slide may be out of sight now: further keys are not for this figure, but for the deck.
                browser::focus_parent();
            }
        }
    }

    /// The method of reveal.js that it stands for there.
    fn of_reveal(&self) -> &'static str {
        match self.name.as_str() {
            "ArrowRight" => "right",
            "ArrowLeft" => "left",
            "ArrowUp" => "up",
            "ArrowDown" => "down",
            ESCAPE => "toggleOverview",
            _ if self.direction() == Some(false) => "prev",
            _ => "next",
        }
    }
}

/// Calls `pressed` with each such key, in an embedded page.
#[must_use]
pub fn watch(pressed: Callback<Key>) -> Option<EventListener> {
    let window = browser::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&window, "keydown", options, move |event| {
        let embedded = browser::is_framed() && Look::of(&browser::query()).embed;
        if let Some(key) = unneeded(event).filter(|_| embedded) {
            event.prevent_default();
            pressed.emit(key);
        }
    });
    Some(listener)
}

fn unneeded(event: &Event) -> Option<Key> {
    let event: &KeyboardEvent = event.dyn_ref()?;
    let held = event.ctrl_key() || event.alt_key() || event.meta_key();
    if held || event.default_prevented() || event.is_composing() || shortcuts::in_dialog() {
        return None;
    }
    let name = event.key();
    let kinds = [
        ARROWS.contains(&name.as_str()),
        PAGES.contains(&name.as_str()),
        name == SPACE,
    ];
    let focused: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let needs = |element: &Element| {
        let first = NEEDED
            .iter()
            .find(|(css, _)| element.matches(css).unwrap_or(false));
        first.is_some_and(|(_, needs)| needs.iter().zip(kinds).any(|(needed, is)| *needed && is))
    };
    let is_ours = name == ESCAPE || kinds.contains(&true) && !focused.as_ref().is_some_and(needs);
    let shift = event.shift_key();
    is_ours.then_some(Key { name, shift })
}
