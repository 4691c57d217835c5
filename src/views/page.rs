//! What the page of every view has in common: what the router gives it, and how its effects reach the browser.

use yew::prelude::*;

use crate::app::View;
use crate::app::msg::{Copied, Effect};

use super::address::Address;
use super::browser;
use super::marker::Marker;

/// Properties of a view's page.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Goes to another view.
    pub go: Callback<View>,
    /// Links opened so far without leaving the page: another number, another link in the address bar.
    pub opened: u32,
    /// Gets the link of what is on the screen, whenever it has changed.
    pub moved: Callback<String>,
    /// The height that a lesson takes from the page, in CSS pixels.
    pub above: f64,
    /// A bet to be placed on the picture.
    pub marker: Option<Marker>,
}

/// Runs a page's effects.
pub struct Effects {
    address: Address,
    /// The origin of the page around this one, as its last message had it.
    pub parent_origin: String,
    write: Callback<()>,
    copied: Callback<bool>,
}

impl Effects {
    /// `write` is called when the address is to be written, `copied` when the browser did, or did not, copy.
    #[must_use]
    pub fn new(write: Callback<()>, copied: Callback<bool>) -> Self {
        Self {
            address: Address::default(),
            parent_origin: String::new(),
            write,
            copied,
        }
    }

    /// Runs one of them; `moved` gets the link, if it is one.
    pub fn run(&mut self, effect: Effect, moved: &Callback<String>) {
        match effect {
            Effect::PushLink(query) if !browser::is_framed() => {
                self.address.push(&query);
                moved.emit(query);
            }
            // In a frame, an entry of its own would take the reader's next "back" from the page around it.
            Effect::PushLink(query) | Effect::ReplaceLink(query) => {
                self.address.replace(query.clone(), self.write.clone());
                moved.emit(query);
            }
            Effect::Copy(what, text) => self.copy(what, text),
            Effect::Save { name, text } => browser::save(&name, text),
            Effect::Answer(text) => browser::post_to_parent(&text, &self.parent_origin),
        }
    }

    fn copy(&self, what: Copied, text: String) {
        let text = match what {
            Copied::Link => browser::address(&text),
            Copied::Script | Copied::Output => text,
        };
        let copied = self.copied.clone();
        wasm_bindgen_futures::spawn_local(async move { copied.emit(browser::copy(text).await) });
    }

    /// Writes what is still to be written into the address bar.
    pub fn write_address(&mut self) {
        self.address.write();
    }

    /// Drops it: the browser has moved on to another entry.
    pub fn forget_address(&mut self) {
        self.address.forget();
    }
}
