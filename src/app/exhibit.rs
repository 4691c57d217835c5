//! A smaller exhibit as a page: its settings and their link, what is looked at, what was refused.
//! The network view, which also trains and plays, has a [`State`](super::State) of its own.

mod page;
mod sheet;

use std::fmt;
use std::rc::Rc;

use serde_json::Value;

use super::embed::{Action, Json};
use super::export::Figure;
use super::look::LookField;
use super::msg::Copied;
use super::view::View;
use crate::draw::layout::Room;
use crate::draw::pictures::DynPicture;
use crate::model::exhibits::Fields;
use crate::model::exhibits::training::Live;
use crate::notebook::ipynb;
use crate::words::Explanation;

pub use page::Page;
pub use sheet::Sheet;

/// A word more beside what just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A question that a reader may have, and its answer.
    Word(&'static str, String),
    /// Something is wrong, and stays so until it is mended: a lamp is lit.
    Lamp(&'static str),
}

/// What a page must know of an exhibit. The settings are the exhibit.
pub trait Exhibit: Fields + PartialEq {
    /// Its view.
    const VIEW: View;
    /// What can be asked of it besides *Again* and a reset: to go on by itself, or by [`Exhibit::step`].
    const ACTIONS: &'static [Action] = &[];
    /// Every number of one pass.
    type Trace: Json + 'static;
    /// One of these numbers.
    type Target: Copy + PartialEq + 'static;

    /// Computes the pass.
    fn trace(&self) -> Self::Trace;
    /// The same, where `last` is the pass of other settings, of which some may be kept.
    fn trace_after(&self, last: &Self::Trace) -> Self::Trace {
        let _ = last;
        self.trace()
    }
    /// What just happened, in one or two sentences.
    fn now(trace: &Self::Trace) -> String;
    /// A word more, if there is one to say.
    fn note(trace: &Self::Trace) -> Option<Note> {
        let _ = trace;
        None
    }
    /// Whether it has a picture.
    const HAS_PICTURE: bool = true;
    /// What is on the screen of its page, if that is a picture; `address` is as in [`Page::figure`].
    fn figure<'a>(page: &'a Page<Self>, address: &str) -> Option<Figure<'a>> {
        Self::HAS_PICTURE.then(|| page.figure(address))
    }
    /// Its picture in a room, if it has one.
    fn picture(trace: &Rc<Self::Trace>, room: Room) -> Option<DynPicture<Self::Target>> {
        let _ = (trace, room);
        None
    }
    /// The number that is explained before any is pointed at, if there is one.
    fn usual_target(trace: &Self::Trace) -> Option<Self::Target>;
    /// `target`, if the pass has it.
    fn within(trace: &Self::Trace, target: Self::Target) -> Option<Self::Target>;
    /// Where a number comes from.
    fn explain(trace: &Self::Trace, target: Self::Target) -> Explanation;
    /// Where else a number can be seen: what the link there says, and its query.
    fn elsewhere(trace: &Self::Trace, target: Self::Target) -> Option<(String, String)> {
        let _ = (trace, target);
        None
    }
    /// Takes over a number that the reader chose, if the settings can say that it is chosen.
    fn choose(&mut self, trace: &Self::Trace, target: Self::Target) {
        let _ = (trace, target);
    }
    /// The PyTorch script of what is on the screen.
    fn script(&self, link: &str) -> String;
    /// What PyTorch prints for it.
    fn output(trace: &Self::Trace) -> String;

    /// The same, as Jupyter opens it.
    fn ipynb(&self, trace: &Self::Trace, link: &str) -> String {
        let (script, output) = (self.script(link), Self::output(trace));
        ipynb::of_script(Self::VIEW.name(), link, &script, &output)
    }

    /// The setting that one step on or back changes, and what it becomes; nothing if its steps are those of
    /// something that goes on by itself.
    ///
    /// # Errors
    /// Why there is no such step.
    fn step(
        &self,
        trace: &Self::Trace,
        on: bool,
    ) -> Result<Option<(&'static str, String)>, String> {
        let _ = (trace, on);
        Ok(None)
    }

    /// Every number that there is before what goes on by itself has told how far it has come.
    fn numbers(&self, trace: &Self::Trace) -> Value {
        trace.json()
    }

    /// Whether what goes on by itself under the settings `before` goes on under these.
    fn goes_on(&self, before: &Self) -> bool {
        let _ = before;
        true
    }

    /// Takes over what the reader pasted.
    ///
    /// # Errors
    /// What was wrong with it; the settings stay as they were.
    fn paste(&mut self, text: &str) -> Result<String, String> {
        let _ = text;
        Err("Nothing can be pasted here.".to_owned())
    }
}

/// What goes on by itself in an exhibit, as far as it has come.
#[derive(Clone)]
pub struct Ongoing {
    /// Whether it moves.
    pub playing: bool,
    /// Its numbers.
    pub numbers: Rc<Live>,
}

impl fmt::Debug for Ongoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { playing, .. } = self;
        write!(f, "Ongoing {{ playing: {playing} }}")
    }
}

impl PartialEq for Ongoing {
    fn eq(&self, other: &Self) -> bool {
        self.playing == other.playing && Rc::ptr_eq(&self.numbers, &other.numbers)
    }
}

/// Something happened on an exhibit's page.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg<T> {
    /// A setting is to become what the text says.
    Set(&'static str, String),
    /// Several settings at once, by name.
    SetAll(Vec<(&'static str, String)>),
    /// A part of the look is to become what the text says.
    Look(LookField, String),
    /// Another pass with the same input.
    Again,
    /// Fresh entropy for the seed.
    FreshSeed(u32),
    /// Back to the defaults.
    Reset,
    /// The reader pasted a text.
    Paste(String),
    /// A number is pointed at or focused, or none is.
    Focus(Option<T>),
    /// A number was clicked.
    Choose(T),
    /// A link was opened, or the browser went back or forward to it.
    Opened(String),
    /// A notice was read.
    Dismiss(usize),
    /// The reader asked for text on the clipboard.
    Copy(Copied),
    /// The browser did, or did not, put text on the clipboard.
    CopyDone(bool),
    /// How far that has come which goes on by itself.
    Ongoing(Ongoing),
}

impl<T> Msg<T> {
    /// The controls by which a reader sends it; an embedded page may have them locked.
    fn names(&self) -> Vec<&'static str> {
        match self {
            Self::Set(name, _) => vec![name],
            Self::SetAll(changes) => changes.iter().map(|(name, _)| *name).collect(),
            Self::Look(field, _) => vec![field.name()],
            Self::Again => vec!["again"],
            Self::FreshSeed(_) => vec!["seed"],
            Self::Reset => vec!["reset"],
            Self::Paste(_) => vec!["paste"],
            _ => Vec::new(),
        }
    }
}
