//! The link of an exhibit's page, read and written.

use super::{Exhibit, Page};
use crate::app::look::Look;
use crate::app::url::MAX_PAIRS;
use crate::app::view::CARRIED;

impl<E: Exhibit> Page<E> {
    /// Settings, look, and what is wrong with the link.
    pub(super) fn parse(query: &str) -> (E, Look, Vec<String>) {
        let (mut settings, mut look, mut notices) = (E::default(), Look::default(), Vec::new());
        let query = query.trim_start_matches('?').as_bytes();
        let pairs = form_urlencoded::parse(query).take(MAX_PAIRS);
        let mut pairs: Vec<_> = pairs.collect();
        // Some settings decide what others may be, so they are read in the order in which links write them.
        pairs.sort_by_key(|(name, _)| E::TABLE.iter().position(|entry| entry.name == name));
        for (name, value) in pairs {
            if matches!(&*name, "v" | "view" | "bench") {
                continue;
            }
            let outcome = match CARRIED.into_iter().find(|field| field.name() == name) {
                Some(field) => field.write(&mut look, &value, 1),
                None => settings.set(&name, &value),
            };
            if let Err(error) = outcome {
                notices.push(format!("In the link, {error}."));
            }
        }
        (settings, look, notices)
    }

    /// The link of what is on the screen: only what differs from the defaults.
    #[must_use]
    pub fn query(&self) -> String {
        self.link_of(&self.settings)
    }

    /// The link of what would be on the screen if the setting `name` were what `text` says.
    #[must_use]
    pub fn link_with(&self, name: &str, text: &str) -> String {
        let mut settings = self.settings.clone();
        // What is refused leaves everything as it is.
        let _refused = settings.set(name, text);
        self.link_of(&settings)
    }

    fn link_of(&self, settings: &E) -> String {
        let mut query = E::VIEW.link();
        let mut write = |name: &str, value: &str| {
            let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            query.extend(["&", name, "=", &value]);
        };
        for (name, value) in settings.changed() {
            write(name, &value);
        }
        for field in CARRIED {
            let value = field.read(&self.look);
            if value != field.read(&Look::default()) {
                write(field.name(), &value);
            }
        }
        query
    }
}
