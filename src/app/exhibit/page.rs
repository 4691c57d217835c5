//! The page of an exhibit: what it shows, and what a message does to it.

use std::rc::Rc;

use super::{Exhibit, Msg, Ongoing, Sheet};
use crate::app::embed::{Action, Changes, Outcome};
use crate::app::look::{Look, LookField};
use crate::app::msg::{Copied, Effect};
use crate::lang;
use crate::model::FieldError;
use crate::model::exhibits::Entry;
use crate::words;

/// The edit that a click is, for the history: many of them are one entry.
const CHOICE: &str = "choice";

/// Everything that an exhibit's page shows.
#[derive(Clone, Debug)]
pub struct Page<E: Exhibit> {
    sheet: Sheet<E>,
    trace: Rc<E::Trace>,
    ongoing: Option<Ongoing>,
    asked: (u32, Option<Action>),
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
        let (sheet, notices) = Sheet::<E>::parse(E::VIEW, query);
        let trace = Rc::new(sheet.settings.trace());
        Self {
            sheet,
            trace,
            ongoing: None,
            asked: (0, None),
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
        &self.sheet.settings
    }

    /// Colours, motion, embedding.
    #[must_use]
    pub fn look(&self) -> &Look {
        &self.sheet.look
    }

    /// Settings and look, as a link carries them.
    #[must_use]
    pub fn sheet(&self) -> &Sheet<E> {
        &self.sheet
    }

    /// The link of what is on the screen: only what differs from the defaults.
    #[must_use]
    pub fn query(&self) -> String {
        self.sheet.query()
    }

    /// The link of what would be on the screen if the setting `name` were what `text` says.
    #[must_use]
    pub fn link_with(&self, name: &str, text: &str) -> String {
        let mut sheet = self.sheet.clone();
        // What is refused leaves everything as it is.
        let _refused = sheet.settings.set(name, text);
        sheet.query()
    }

    /// What goes on by itself, if anything does.
    #[must_use]
    pub fn ongoing(&self) -> Option<&Ongoing> {
        self.ongoing.as_ref()
    }

    /// What was last asked of that which goes on by itself, and how many times anything was.
    #[must_use]
    pub fn asked(&self) -> (u32, Option<Action>) {
        self.asked
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
        if msg.names().iter().any(|name| !self.look().allows(name)) {
            return Vec::new();
        }
        match msg {
            Msg::Set(name, text) => self.set(vec![(name, text)]),
            Msg::SetAll(changes) => self.set(changes),
            Msg::Look(field, text) => self.set_look(field, &text),
            Msg::Again => self.again(),
            Msg::FreshSeed(seed) => self.fresh(seed),
            Msg::Reset => self.reset(),
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
            Msg::Ongoing(ongoing) => {
                self.ongoing = Some(ongoing);
                Vec::new()
            }
            Msg::CopyDone(done) => {
                let said = if done {
                    lang::text(words::COPIED)
                } else {
                    lang::text(words::NOT_COPIED)
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
        let goes_on = settings.goes_on(&self.sheet.settings);
        self.ongoing = self.ongoing.take().filter(|_| goes_on);
        self.sheet.settings = settings;
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
        let mut settings = self.sheet.settings.clone();
        let edited = changes.first().map(|(name, _)| *name);
        let mut status = Vec::new();
        for (name, text) in changes {
            if let Err(error) = settings.set(name, &text) {
                self.status = format!("{error}.");
                self.refused = Some((name, text, error));
                return Vec::new();
            }
            let value = settings.read(name).unwrap_or_default();
            status.push(t!("{name} is now {value}."));
        }
        if settings == self.sheet.settings {
            self.refused = None;
            return Vec::new();
        }
        self.run(settings, edited, status.join(" "))
    }

    /// Changes several names of the link, all or none of them.
    ///
    /// # Errors
    /// The value and the range allowed, or the names there are.
    pub fn set_all(&mut self, changes: &Changes) -> Result<Vec<Effect>, FieldError> {
        let sheet = self.sheet.with_all(changes)?;
        self.sheet.look = sheet.look;
        Ok(self.run(sheet.settings, None, String::new()))
    }

    /// Does what the page around this one asks.
    ///
    /// # Errors
    /// Why it can't be done now.
    pub fn act(&mut self, action: Action) -> Outcome {
        let step = |on: bool| self.sheet.settings.step(&self.trace, on);
        let stepped = match action {
            Action::Again => return Ok(self.again()),
            Action::Reset => return Ok(self.reset()),
            Action::Step => step(true)?,
            Action::StepBack => step(false)?,
            Action::Play | Action::Pause => None,
        };
        if let Some((name, text)) = stepped {
            return Ok(self.set(vec![(name, text)]));
        }
        self.asked = (self.asked.0.wrapping_add(1), Some(action));
        Ok(Vec::new())
    }

    fn reset(&mut self) -> Vec<Effect> {
        self.run(E::default(), None, lang::text(words::RESET).to_owned())
    }

    fn set_look(&mut self, field: LookField, text: &str) -> Vec<Effect> {
        match field.write(&mut self.sheet.look, text, 1) {
            Ok(()) => vec![Effect::ReplaceLink(self.query())],
            Err(error) => {
                self.notices.push(format!("{error}."));
                Vec::new()
            }
        }
    }

    fn again(&mut self) -> Vec<Effect> {
        let Some((again, call)) = self.sheet.settings.again() else {
            return Vec::new();
        };
        let effects = self.set(vec![("again", again)]);
        if !effects.is_empty() {
            self.status = t!("Call {call} of the layer: the same input.");
        }
        effects
    }

    fn fresh(&mut self, seed: u32) -> Vec<Effect> {
        let mut settings = self.sheet.settings.clone();
        if settings.set("seed", &seed.to_string()).is_err() {
            return Vec::new();
        }
        // An exhibit without extra passes has none to forget.
        if let Some(none) = E::default().read("again") {
            let _default = settings.set("again", &none);
        }
        self.run(settings, None, t!("Seed {seed}."))
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        let mut settings = self.sheet.settings.clone();
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

    /// Clicking is looking, too; what the settings keep of it stays when the pointer has gone.
    fn choose(&mut self, target: E::Target) -> Vec<Effect> {
        let mut settings = self.sheet.settings.clone();
        settings.choose(&self.trace, target);
        self.look_at(Some(target));
        let locked = |entry: &Entry<E>| {
            let changed = (entry.read)(&settings) != (entry.read)(self.settings());
            changed && !self.look().allows(entry.name)
        };
        if settings == self.sheet.settings || E::TABLE.iter().any(locked) {
            return Vec::new();
        }
        self.run(settings, Some(CHOICE), String::new())
    }

    fn copied(&self, what: Copied) -> String {
        match what {
            Copied::Link => self.query(),
            Copied::Script => self.sheet.settings.script(&self.query()),
            Copied::Output => E::output(&self.trace),
        }
    }
}
