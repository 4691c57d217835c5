//! One table an exhibit: names, values allowed, and both directions of the link.

use crate::model::FieldError;

/// One setting of `S`.
#[derive(Debug)]
pub struct Entry<S> {
    /// Its name in links and messages.
    pub name: &'static str,
    /// The values allowed, in words.
    pub allowed: fn() -> String,
    /// Its value as a link writes it.
    pub read: fn(&S) -> String,
    /// Takes over what a text says; `None`, and nothing changed, if it is not allowed.
    pub write: fn(&mut S, &str) -> Option<()>,
}

/// Settings that are read and written by name, as text. Every value of the type can be computed.
pub trait Fields: Clone + Default + 'static {
    /// Every setting, in the order in which links write them.
    const TABLE: &'static [Entry<Self>];

    /// Changes the setting `name` to what `text` says, or leaves everything as it was.
    ///
    /// # Errors
    /// The value and the range allowed, or the names there are.
    fn set(&mut self, name: &str, text: &str) -> Result<(), FieldError> {
        let entry = entry::<Self>(name).ok_or_else(|| {
            let names: Vec<_> = Self::TABLE.iter().map(|entry| entry.name).collect();
            FieldError::named("setting", name, names.join(", "))
        })?;
        let text = text.trim();
        (entry.write)(self, text)
            .ok_or_else(|| FieldError::named(entry.name, text, (entry.allowed)()))
    }

    /// The setting's value as a link writes it, if there is a setting of that name.
    #[must_use]
    fn read(&self, name: &str) -> Option<String> {
        entry::<Self>(name).map(|entry| (entry.read)(self))
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

    /// The settings that are not at their defaults, by name.
    #[must_use]
    fn changed(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let values = Self::TABLE
            .iter()
            .map(|entry| (entry.name, (entry.read)(self), (entry.read)(&default)));
        values
            .filter(|(_, value, default)| value != default)
            .map(|(name, value, _)| (name, value))
            .collect()
    }
}

fn entry<S: Fields>(name: &str) -> Option<&'static Entry<S>> {
    S::TABLE.iter().find(|entry| entry.name == name)
}

/// "whole numbers from 1 to 8".
pub(crate) fn wholes(range: &std::ops::RangeInclusive<u32>) -> String {
    t!("whole numbers from {} to {}", range.start(), range.end())
}

/// The entry of a setting that is one of a table's words: `choice!("coins", COINS, coins)`.
macro_rules! choice {
    ($name:literal, $table:expr, $($field:ident).+) => {
        $crate::model::exhibits::fields::Entry {
            name: $name,
            allowed: || $crate::model::field::words(&$table),
            read: |s| $crate::model::field::word_of(&$table, s.$($field).+),
            write: |s, text| {
                s.$($field).+ = $crate::model::field::word(&$table, text)?;
                Some(())
            },
        }
    };
}
pub(super) use choice;

/// The entry of a setting that is a whole number of a range: `count!("draws", DRAWS, draws)`.
macro_rules! count {
    ($name:literal, $range:expr, $($field:ident).+) => {
        $crate::model::exhibits::fields::Entry {
            name: $name,
            allowed: || $crate::model::exhibits::fields::wholes(&$range),
            read: |s| s.$($field).+.to_string(),
            write: |s, text| {
                s.$($field).+ = $crate::model::field::whole(text, &$range)?;
                Some(())
            },
        }
    };
}
pub(super) use count;
