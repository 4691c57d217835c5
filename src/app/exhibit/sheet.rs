//! What the link of an exhibit's page carries, read and written.

use crate::app::embed::Changes;
use crate::app::look::{Look, LookField, encoded};
use crate::app::url::{MAX_PAIRS, asked_for};
use crate::app::view::{CARRIED, View};
use crate::model::FieldError;
use crate::model::exhibits::Fields;

/// Settings and look of a view, without the numbers that they lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet<E> {
    /// The view.
    pub view: View,
    /// Its settings.
    pub settings: E,
    /// Colours, motion, embedding.
    pub look: Look,
}

impl<E: Fields> Sheet<E> {
    /// Reads a link, and says what is wrong with it.
    #[must_use]
    pub fn parse(view: View, query: &str) -> (Self, Vec<String>) {
        let (mut sheet, mut notices) = (Self::new(view), Vec::new());
        let query = query.trim_start_matches('?').as_bytes();
        let mut pairs: Vec<_> = form_urlencoded::parse(query).take(MAX_PAIRS).collect();
        // Some settings decide what others may be, so they are read in the order in which links write them.
        pairs.sort_by_key(|(name, _)| place::<E>(name));
        for (name, value) in pairs {
            if matches!(&*name, "v" | "view" | "bench") {
                continue;
            }
            if let Err(error) = sheet.set(asked_for(&name, &value), &value) {
                notices.push(t!("In the link, {error}."));
            }
        }
        let names: Vec<_> = E::TABLE.iter().map(|entry| entry.name).collect();
        notices.extend(sheet.look.controls.complaint(&names));
        (sheet, notices)
    }

    fn new(view: View) -> Self {
        Self {
            view,
            settings: E::default(),
            look: Look::default(),
        }
    }

    fn set(&mut self, name: &str, text: &str) -> Result<(), FieldError> {
        match CARRIED.into_iter().find(|field| field.name() == name) {
            Some(field) => field.write(&mut self.look, text, 1),
            None => self.settings.set(name, text),
        }
    }

    /// The same with these changes, made in the order in which links write them.
    ///
    /// # Errors
    /// The value and the range allowed, or the names there are.
    pub fn with_all(&self, changes: &Changes) -> Result<Self, FieldError> {
        let mut sheet = self.clone();
        let mut changes: Vec<_> = changes.iter().collect();
        changes.sort_by_key(|(name, _)| place::<E>(name));
        for (name, text) in changes {
            match name.as_str() {
                "v" => LookField::Version.write(&mut sheet.look, text, 1)?,
                "view" if text == self.view.name() => {}
                _ => sheet.set(name, text)?,
            }
        }
        Ok(sheet)
    }

    /// The link: only what differs from the defaults.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = self.view.link();
        let mut write = |name: &str, value: &str| query.extend(["&", name, "=", value]);
        for (name, value) in self.settings.changed() {
            let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            write(name, &value);
        }
        for field in CARRIED {
            let value = field.read(&self.look);
            if value != field.read(&Look::default()) {
                write(field.name(), &encoded(&value));
            }
        }
        query
    }
}

/// Where links write a name; those of the look come first here.
fn place<E: Fields>(name: &str) -> Option<usize> {
    E::TABLE.iter().position(|entry| entry.name == name)
}
