//! A smaller exhibit as a page: its settings and their link, what is looked at, what was refused.
//! The network view, which also trains and plays, has a [`State`](super::State) of its own.

mod link;

use std::rc::Rc;

use super::look::{Look, LookField};
use super::msg::{Copied, Effect};
use super::saved::{self, Saved};
use super::view::View;
use crate::draw::layout::Room;
use crate::draw::pictures::DynPicture;
use crate::model::FieldError;
use crate::model::exhibits::Fields;
use crate::notebook::ipynb;
use crate::words::{self, Explanation};

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
    /// Every number of one pass.
    type Trace: 'static;
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
    /// Its picture in a room, if it has one.
    fn picture(trace: &Rc<Self::Trace>, room: Room) -> Option<DynPicture<Self::Target>> {
        let _ = (trace, room);
        None
    }
    /// Its picture on a slide, if that shows less.
    fn slide(trace: &Rc<Self::Trace>, room: Room) -> Option<DynPicture<Self::Target>> {
        Self::picture(trace, room)
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

    /// The name of the file that holds either.
    fn file_name(&self, saved: Saved) -> String {
        let seed = self.read("seed").unwrap_or_default();
        saved::name(Self::VIEW.name(), seed, saved)
    }

    /// What the setting `again` becomes by one more call of the layer, and which call that is; nothing if
    /// the exhibit has no such setting, or may not call the layer more often.
    fn again(&self) -> Option<(String, u32)> {
        let passes: u32 = self.read("again")?.parse().ok()?;
        Some((
            passes.saturating_add(1).to_string(),
            passes.saturating_add(2),
        ))
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
    /// The reader asked for a file.
    Save(Saved),
}

/// The edit that a click is, for the history: many of them are one entry.
const CHOICE: &str = "choice";

/// Everything that an exhibit's page shows.
#[derive(Clone, Debug)]
pub struct Page<E: Exhibit> {
    settings: E,
    look: Look,
    trace: Rc<E::Trace>,
    focus: Option<E::Target>,
    notices: Vec<String>,
    refused: Option<(&'static str, String, FieldError)>,
    paste_error: Option<String>,
    status: String,
    last_edit: Option<&'static str>,
}

impl<E: Exhibit> Page<E> {
    /// The page that `query` describes; what it gets wrong is in the notices.
    #[must_use]
    pub fn open(query: &str) -> Self {
        let (settings, look, notices) = Self::parse(query);
        let trace = Rc::new(settings.trace());
        Self {
            settings,
            look,
            trace,
            focus: None,
            notices,
            refused: None,
            paste_error: None,
            status: String::new(),
            last_edit: None,
        }
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &E {
        &self.settings
    }

    /// Colours, motion, embedding.
    #[must_use]
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// Every number of the pass on the screen.
    #[must_use]
    pub fn trace(&self) -> &Rc<E::Trace> {
        &self.trace
    }

    /// The number pointed at or focused.
    #[must_use]
    pub fn focus(&self) -> Option<E::Target> {
        self.focus
    }

    /// What the reader should know, until dismissed.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The text that the setting `name` refused, and why.
    #[must_use]
    pub fn refused(&self, name: &str) -> Option<(&str, &FieldError)> {
        let refused = self
            .refused
            .as_ref()
            .filter(|(refused, _, _)| *refused == name);
        refused.map(|(_, text, error)| (text.as_str(), error))
    }

    /// What was wrong with what was pasted last.
    #[must_use]
    pub fn paste_error(&self) -> Option<&str> {
        self.paste_error.as_deref()
    }

    /// A short sentence on what was just done.
    #[must_use]
    pub fn status(&self) -> &str {
        &self.status
    }

    /// Applies `msg` and says what the browser is to do.
    pub fn update(&mut self, msg: Msg<E::Target>) -> Vec<Effect> {
        match msg {
            Msg::Set(name, text) => self.set(vec![(name, text)]),
            Msg::SetAll(changes) => self.set(changes),
            Msg::Look(field, text) => self.set_look(field, &text),
            Msg::Again => self.again(),
            Msg::FreshSeed(seed) => self.fresh(seed),
            Msg::Reset => self.run(E::default(), None, words::RESET.to_owned()),
            Msg::Paste(text) => self.paste(&text),
            Msg::Focus(target) => self.look_at(target),
            Msg::Choose(target) => self.choose(target),
            Msg::Opened(query) => {
                *self = Self::open(&query);
                Vec::new()
            }
            Msg::Dismiss(notice) => {
                if notice < self.notices.len() {
                    self.notices.remove(notice);
                }
                Vec::new()
            }
            Msg::Copy(what) => vec![Effect::Copy(what, self.copied(what))],
            Msg::Save(saved) => self.save(saved),
            Msg::CopyDone(done) => {
                let said = if done {
                    words::COPIED
                } else {
                    words::NOT_COPIED
                };
                said.clone_into(&mut self.status);
                Vec::new()
            }
        }
    }

    /// Takes over other settings and computes them; repeated edits of one setting are one entry in the history.
    fn run(&mut self, settings: E, edited: Option<&'static str>, status: String) -> Vec<Effect> {
        let same = edited.is_some() && self.last_edit == edited;
        self.trace = Rc::new(settings.trace_after(&self.trace));
        self.settings = settings;
        self.focus = self.focus.and_then(|target| E::within(&self.trace, target));
        (self.refused, self.paste_error) = (None, None);
        (self.last_edit, self.status) = (edited, status);
        let query = self.query();
        vec![if same {
            Effect::ReplaceLink(query)
        } else {
            Effect::PushLink(query)
        }]
    }

    fn set(&mut self, changes: Vec<(&'static str, String)>) -> Vec<Effect> {
        let mut settings = self.settings.clone();
        let edited = changes.first().map(|(name, _)| *name);
        let mut status = Vec::new();
        for (name, text) in changes {
            if let Err(error) = settings.set(name, &text) {
                self.status = format!("{error}.");
                self.refused = Some((name, text, error));
                return Vec::new();
            }
            let value = settings.read(name).unwrap_or_default();
            status.push(format!("{name} is now {value}."));
        }
        if settings == self.settings {
            self.refused = None;
            return Vec::new();
        }
        self.run(settings, edited, status.join(" "))
    }

    fn set_look(&mut self, field: LookField, text: &str) -> Vec<Effect> {
        match field.write(&mut self.look, text, 1) {
            Ok(()) => vec![Effect::ReplaceLink(self.query())],
            Err(error) => {
                self.notices.push(format!("{error}."));
                Vec::new()
            }
        }
    }

    fn again(&mut self) -> Vec<Effect> {
        let Some((again, call)) = self.settings.again() else {
            return Vec::new();
        };
        let effects = self.set(vec![("again", again)]);
        if !effects.is_empty() {
            self.status = format!("Call {call} of the layer: the same input.");
        }
        effects
    }

    fn fresh(&mut self, seed: u32) -> Vec<Effect> {
        let mut settings = self.settings.clone();
        if settings.set("seed", &seed.to_string()).is_err() {
            return Vec::new();
        }
        // An exhibit without extra passes has none to forget.
        if let Some(none) = E::default().read("again") {
            let _default = settings.set("again", &none);
        }
        self.run(settings, None, format!("Seed {seed}."))
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        let mut settings = self.settings.clone();
        match settings.paste(text) {
            Ok(status) => self.run(settings, None, status),
            Err(error) => {
                self.paste_error = Some(error);
                Vec::new()
            }
        }
    }

    fn look_at(&mut self, target: Option<E::Target>) -> Vec<Effect> {
        self.focus = target.and_then(|target| E::within(&self.trace, target));
        Vec::new()
    }

    fn save(&mut self, saved: Saved) -> Vec<Effect> {
        let name = self.settings.file_name(saved);
        let text = match saved {
            Saved::Python => self.copied(Copied::Script),
            Saved::Jupyter => self.settings.ipynb(&self.trace, &self.query()),
        };
        self.status = words::saved(&name);
        vec![Effect::Save { name, text }]
    }

    /// Clicking is looking, too; what the settings keep of it stays when the pointer has gone.
    fn choose(&mut self, target: E::Target) -> Vec<Effect> {
        let mut settings = self.settings.clone();
        settings.choose(&self.trace, target);
        self.look_at(Some(target));
        if settings == self.settings {
            return Vec::new();
        }
        self.run(settings, Some(CHOICE), String::new())
    }

    fn copied(&self, what: Copied) -> String {
        match what {
            Copied::Link => self.query(),
            Copied::Script => self.settings.script(&self.query()),
            Copied::Output => E::output(&self.trace),
        }
    }
}
