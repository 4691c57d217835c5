//! A view in another page: what the page around it may ask of it, whichever view it is.
//!
//! [`Hosted`] is a view as that page sees it, [`rpc`] reads its requests and answers them. [`Written`] is a view's link
//! alone, without its numbers, so that a change can be tried before anything is computed.

mod controls;
mod exhibits;
mod fragments;
mod inbox;
mod json;
mod lessons;
mod network;
mod origin;
mod picture;
pub mod rpc;
mod teachers;
mod training;
mod written;

use serde_json::Value;

use super::export::Figure;
use super::msg::Effect;

pub use controls::{Controls, Offer, offers};
pub use fragments::{Fragments, Item, stand};
pub use inbox::{Inbox, Letter};
pub use json::Json;
pub use lessons::Contents;
pub use network::snapshot;
pub use origin::Origin;
pub use picture::Studio;
pub use teachers::ClassPlan;
pub use written::{Written, written};

/// Version of what is said between this page and the one around it.
pub const VERSION: u32 = 1;

/// What a page around this one may have a view do, where the view can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// One step on: a training step, a cell of a notebook, a step of a lesson.
    Step,
    /// One step back.
    StepBack,
    /// Another forward pass with the same input.
    Again,
    /// What moves by itself starts to.
    Play,
    /// It rests.
    Pause,
    /// Back to the defaults.
    Reset,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 6] = [
        Self::Step,
        Self::StepBack,
        Self::Again,
        Self::Play,
        Self::Pause,
        Self::Reset,
    ];

    /// The name of its method.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::StepBack => "stepBack",
            Self::Again => "again",
            Self::Play => "play",
            Self::Pause => "pause",
            Self::Reset => "reset",
        }
    }

    /// The action of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }
}

/// What the browser is to do, or what was refused and changed nothing.
pub type Outcome = Result<Vec<Effect>, String>;

/// Names and the texts that they are to have.
pub type Changes = Vec<(String, String)>;

/// A view as the page around it sees it.
pub trait Hosted {
    /// Its link, without its numbers.
    fn written(&self) -> Box<dyn Written>;
    /// Every number on the screen, by the names that README has.
    fn numbers(&self) -> Value;
    /// The script of what is on the screen and what PyTorch prints for it, if it has one.
    fn notebook(&self) -> Option<[String; 2]>;
    /// Whether it has one.
    fn has_notebook(&self) -> bool {
        true
    }
    /// Its figure, if it has one; to `address`, which is where the page is, its link is added.
    fn picture(&self, address: &str) -> Option<Figure<'_>>;
    /// What it can do.
    fn actions(&self) -> Vec<Action>;
    /// Whether something moves by itself now.
    fn is_playing(&self) -> bool {
        false
    }
    /// What the reader should know, such as names of the link that could not be read.
    fn notices(&self) -> &[String];
    /// Changes all of these names, or none.
    ///
    /// # Errors
    /// What was refused.
    fn set(&mut self, changes: &Changes) -> Outcome;
    /// Does one of [`Hosted::actions`].
    ///
    /// # Errors
    /// Why it can't be done now.
    fn act(&mut self, action: Action) -> Outcome;
}

/// What the page around is told whenever it has changed: the view, its link, its settings, and whether something moves.
#[must_use]
pub fn state(host: &dyn Hosted) -> Value {
    let written = host.written();
    serde_json::json!({
        "view": written.view().name(),
        "link": written.query(),
        "settings": written.settings(),
        "playing": host.is_playing(),
    })
}

/// The names of all methods that a view answers.
#[must_use]
pub fn methods(host: &dyn Hosted) -> Vec<&'static str> {
    let always = ["get", "set"].into_iter();
    let notebook = host.has_notebook().then_some("notebook");
    let actions = host.actions().into_iter().map(Action::name);
    let picture = host.picture("").map(|_| "snapshot");
    always
        .chain(notebook)
        .chain(picture)
        .chain(actions)
        .collect()
}

/// A notification for the page around this one.
#[must_use]
pub fn notification(name: &str, params: &Value) -> String {
    serde_json::json!({ "jsonrpc": "2.0", "method": name, "params": params }).to_string()
}
