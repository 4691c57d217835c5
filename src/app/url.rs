//! The link: everything that the screen shows, as a query. Reading is total: what can't be read
//! falls back to its default and is reported; no query can fail.

use super::embed::Changes;
use super::look::{Look, LookField, encoded};
use crate::model::{Field, FieldError, Settings};

/// What a link carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// The run.
    pub settings: Settings,
    /// Where the reader looks.
    pub look: Look,
}

/// A name that a link may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A setting of the run.
    Run(Field),
    /// A part of the look.
    Look(LookField),
}

impl Name {
    /// What `name` stands for, if it stands for anything.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Field::named(name).map(Self::Run).or_else(|| {
            LookField::ALL
                .into_iter()
                .find(|f| f.name() == name)
                .map(Self::Look)
        })
    }

    /// Puts changes into the order in which they can be applied one by one, whatever order they came in:
    /// sizes bound the sample, and Nesterov is switched on after its momentum is there, off before it goes.
    pub(super) fn sort(changes: &mut [(Self, String)]) {
        changes.sort_by_key(|(name, text)| match name {
            Self::Run(Field::Nesterov) if text == "off" => (0, 0),
            Self::Run(field) => (1, *field as usize),
            Self::Look(field) => (2, *field as usize),
        });
    }
}

impl Link {
    /// Changes what `name` stands for, or leaves everything as it was.
    ///
    /// # Errors
    /// The value and the range allowed.
    pub fn set(&mut self, name: Name, text: &str) -> Result<(), FieldError> {
        match name {
            Name::Run(field) => {
                self.settings.set(field, text)?;
                self.look.sample = self.look.sample.min(samples(&self.settings));
                Ok(())
            }
            Name::Look(field) => field.write(&mut self.look, text, self.settings.batch()),
        }
    }

    /// The same with these changes, whatever order they come in.
    ///
    /// # Errors
    /// The value and the range allowed, or a name that there is not.
    pub fn with_all(&self, changes: &Changes) -> Result<Self, FieldError> {
        let mut named = Vec::with_capacity(changes.len());
        for (name, text) in changes {
            let known = Name::named(name).ok_or_else(|| {
                let names = Field::ALL.map(Field::name).into_iter();
                let names = names.chain(LookField::ALL.map(LookField::name));
                FieldError::named("setting", name, names.collect::<Vec<_>>().join(", "))
            })?;
            named.push((known, text.clone()));
        }
        Name::sort(&mut named);
        let mut link = self.clone();
        for (name, text) in named {
            link.set(name, &text)?;
        }
        Ok(link)
    }

    /// Reads a link, a query with or without `?`, or a whole address.
    ///
    /// The second part says, for each name that could not be read, what was wrong and what is allowed.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<String>) {
        let query = query_of(text);
        let mut problems = Vec::new();
        let mut pairs = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).take(MAX_PAIRS) {
            let name = asked_for(&name, &value);
            match Name::named(name) {
                Some(known) => pairs.push((known, value.into_owned())),
                None if IGNORED.contains(&name) => {}
                None => problems.push(t!(
                    "The link's {} is not a name that this page knows.",
                    short(name)
                )),
            }
        }
        Name::sort(&mut pairs);
        let mut link = Self::default();
        for (name, value) in pairs {
            if let Err(error) = link.set(name, &value) {
                problems.push(t!("In the link, {error}."));
            }
        }
        let own = Field::ALL.map(Field::name).into_iter();
        let own: Vec<_> = own.chain([LookField::Sample.name()]).collect();
        problems.extend(link.look.controls.complaint(&own));
        (link, problems)
    }

    /// The query of this link: only what differs from the defaults, after `v=1`.
    #[must_use]
    pub fn query(&self) -> String {
        let usual = Look::default();
        let mut query = String::from("?v=1");
        let mut write = |name: &str, value: &str| query.extend(["&", name, "=", value]);
        for (name, value) in self.settings.changed() {
            write(name, &value);
        }
        let alone = self.look.lesson.is_some() && self.settings.changed().is_empty();
        for field in LookField::ALL {
            let default = match field {
                // A step of a lesson alone would stand for the step's own view.
                LookField::View if alone => String::new(),
                // The default sample of a batch too small for it is the last of the batch.
                LookField::Sample => usual.sample.min(samples(&self.settings)).to_string(),
                _ => field.read(&usual),
            };
            let value = field.read(&self.look);
            if value != default {
                write(field.name(), &encoded(&value));
            }
        }
        query
    }
}

/// A name of a link. The fragments of a figure may be called its `steps`, where views have no whole number of that name.
pub(super) fn asked_for<'a>(name: &'a str, value: &str) -> &'a str {
    let fragments = name == "steps" && value.contains(|c: char| c.is_ascii_alphabetic());
    if fragments {
        LookField::Fragments.name()
    } else {
        name
    }
}

/// What of a link holds names and values: what follows the `?` of an address, or all of a bare query.
fn query_of(text: &str) -> &str {
    let text = text.split_once('#').map_or(text, |(text, _)| text);
    match text.split_once('?') {
        Some((_, query)) => query,
        None if text.contains("://") && !text.contains('=') => "",
        None => text,
    }
}

/// Samples of the batch, as the look counts them.
fn samples(settings: &Settings) -> u32 {
    u32::try_from(settings.batch()).unwrap_or(u32::MAX)
}

/// Most names that are read of a link.
pub(super) const MAX_PAIRS: usize = 100;

/// Names that belong to the page around the link.
const IGNORED: [&str; 1] = ["bench"];

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
