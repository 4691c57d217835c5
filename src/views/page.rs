//! What the page of every view has in common: what the router gives it, and how its effects reach the browser.

use yew::prelude::*;

use crate::app::embed::{Hosted, rpc};
use crate::app::files::Kind;
use crate::app::msg::{Copied, Effect};
use crate::app::{Msg, Progress, State, View};
use crate::draw::Palette;

use super::address::Address;
use super::browser;
use super::marker::Marker;
use super::parent::{Asked, Said, Told};

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
    /// What the page around this one asks, if it does.
    pub asked: Option<Asked>,
    /// Gets what this view says to that page.
    pub say: Callback<Said>,
    /// What the network view can do here; the others are only on the whole page.
    pub tools: Tools,
}

/// What the network view can do on the whole page, and not on one of its own: keep files, make slides, and talk to
/// the page around it.
#[derive(Clone)]
pub enum Tools {
    /// This is the whole page.
    Here {
        /// Their buttons and dialogs, with what was kept last and what keeps a file.
        show: fn(&State, &str, Callback<(Kind, Progress)>) -> Html,
        /// Makes a file and hands it to the reader; answers what to say.
        keep: fn(Kind, &State, Palette, Progress) -> String,
        /// Answers the page around this one, if it asks, and tells it what has changed.
        converse: fn(&mut Effects, &mut State, &Props),
        /// What a message does to the state; what is to be heard of it is played.
        update: fn(&mut State, Msg) -> Vec<Effect>,
    },
    /// This is not; the callback asks for it.
    Elsewhere(Callback<()>),
}

/// A page has either all its life.
impl PartialEq for Tools {
    fn eq(&self, other: &Self) -> bool {
        matches!(self, Self::Here { .. }) == matches!(other, Self::Here { .. })
    }
}

/// Runs a page's effects.
pub struct Effects {
    address: Address,
    /// How many questions of the page around this one have been dealt with, here or elsewhere.
    asked: u32,
    told: Option<Told>,
    write: Callback<()>,
    copied: Callback<bool>,
}

impl Effects {
    /// `write` is called when the address is to be written, `copied` when the browser did, or did not, copy.
    #[must_use]
    pub fn new(write: Callback<()>, copied: Callback<bool>) -> Self {
        Self {
            address: Address::default(),
            asked: 0,
            told: None,
            write,
            copied,
        }
    }

    /// Runs one of them; the link, if it is one, goes to [`Props::moved`].
    pub fn run(&mut self, effect: Effect, props: &Props) {
        let moved = &props.moved;
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
            // Nobody but the page around this one has these done, and the router does them.
            Effect::Answer(_) | Effect::Open(_) => {}
        }
    }

    /// Has `host` deal with what the page around it asks, if that has not been dealt with.
    pub fn deal_with_asked(&mut self, host: &mut dyn Hosted, props: &Props) {
        let Some(asked) = &props.asked else {
            return;
        };
        if std::mem::replace(&mut self.asked, asked.number) == asked.number {
            return;
        }
        let effects = rpc::receive(host, asked.asker, &asked.text);
        let of_the_page = |effect: &Effect| matches!(effect, Effect::Answer(_) | Effect::Open(_));
        let (left, own): (Vec<_>, Vec<_>) = effects.into_iter().partition(of_the_page);
        for effect in own {
            self.run(effect, props);
        }
        props.say.emit(Said::Dealt(asked.number, left));
    }

    /// Tells the page around this one what is on the screen, if that is another state than it was.
    pub fn tell(&mut self, host: &dyn Hosted, props: &Props) {
        if !browser::is_framed() {
            return;
        }
        let told = Told::of(host);
        if self.told.as_ref() != Some(&told) {
            self.told = Some(told.clone());
            props.say.emit(Said::Told(told));
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
