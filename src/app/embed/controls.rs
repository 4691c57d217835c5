//! Which controls an embedded page shows, as its link names them: the names of settings, and of what can be done.

use std::fmt;

use super::{Action, Hosted};
use crate::app::look::LookField;
use crate::app::view::CARRIED;

/// What can be done besides changing a setting, by name.
const DONE: [&str; 9] = [
    "again", "step", "stepBack", "play", "stage", "speed", "reset", "paste", "view",
];
/// The one word of a link that names no control.
const NONE: &str = "none";
/// Most names that are read.
const MOST: usize = 64;

/// The controls that an embedded page shows; without a list, those that it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Controls(Option<Vec<String>>);

impl Controls {
    /// Reads a list such as `p,mode,again`; nothing if it is no list of names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        if text == NONE {
            return Some(Self(Some(Vec::new())));
        }
        let is_name = |name: &&str| {
            let letters = |c: char| c.is_ascii_alphabetic() || c == '_';
            (1..=20).contains(&name.len()) && name.chars().all(letters)
        };
        let names: Vec<&str> = text.split(',').collect();
        let good = names.len() <= MOST && names.iter().all(is_name);
        good.then(|| Self(Some(names.into_iter().map(str::to_owned).collect())))
    }

    /// The controls that are chosen among those offered; as long as they are those that an embedded page has by
    /// itself, there is no list.
    #[must_use]
    pub fn chosen(offers: &[Offer], is_chosen: impl Fn(&Offer) -> bool) -> Self {
        if offers.iter().all(|offer| is_chosen(offer) == offer.usual) {
            return Self::default();
        }
        let names = offers.iter().filter(|offer| is_chosen(offer));
        Self(Some(names.map(|offer| offer.name.to_owned()).collect()))
    }

    /// The values allowed, in words.
    #[must_use]
    pub fn allowed() -> String {
        t!("names with commas between them, such as p,mode,again, or {NONE}")
    }

    /// Whether the reader may use the control of that name.
    #[must_use]
    pub fn allows(&self, name: &str) -> bool {
        self.0.is_none() || self.names(name)
    }

    /// Whether the list has that name.
    #[must_use]
    pub fn names(&self, name: &str) -> bool {
        let names = self.0.as_deref().unwrap_or_default();
        names.iter().any(|known| known == name)
    }

    /// The names that are neither of `settings` nor of anything that can be done.
    #[must_use]
    pub fn unknown(&self, settings: &[&'static str]) -> Vec<String> {
        let is_known = |name: &&String| {
            let name = name.as_str();
            let carried = CARRIED.map(LookField::name);
            settings.contains(&name) || DONE.contains(&name) || carried.contains(&name)
        };
        let names = self.0.as_deref().unwrap_or_default().iter();
        names.filter(|name| !is_known(name)).cloned().collect()
    }

    /// What a reader is told of such names.
    #[must_use]
    pub fn complaint(&self, settings: &[&'static str]) -> Option<String> {
        let unknown = self.unknown(settings).join(", ");
        let known = [settings, &DONE].concat().join(", ");
        (!unknown.is_empty()).then(|| {
            t!(
                "In the link, controls has names that this view does not have: {unknown}. It has {known}."
            )
        })
    }
}

/// A control that the link of an embedded page can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name.
    pub name: &'static str,
    /// Whether an embedded page has it without being asked.
    pub usual: bool,
}

/// The controls of a view: its settings, what its page can do, and `besides`; an embedded page has those of `asked`
/// only if its link names them.
#[must_use]
pub fn offers(host: &dyn Hosted, besides: &[&'static str], asked: &[&'static str]) -> Vec<Offer> {
    let carried = CARRIED.map(LookField::name);
    let is_own = |name: &&str| !carried.contains(name) && !["v", "view"].contains(name);
    let settings = host.written().names().into_iter().map(|(name, _)| name);
    // An embedded page has no button for it unless it is among those besides.
    let actions = host.actions().into_iter();
    let actions = actions.filter(|action| *action != Action::Reset);
    let done = actions.map(Action::name).chain(besides.iter().copied());
    let done: Vec<&str> = done.filter(|name| DONE.contains(name)).collect();
    let mut offers: Vec<Offer> = Vec::new();
    for name in settings.filter(is_own).chain(done.iter().copied()) {
        if offers.iter().all(|offer| offer.name != name) {
            let usual = !asked.contains(&name) || done.contains(&name);
            offers.push(Offer { name, usual });
        }
    }
    offers
}

impl fmt::Display for Controls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => Ok(()),
            Some(names) if names.is_empty() => f.write_str(NONE),
            Some(names) => f.write_str(&names.join(",")),
        }
    }
}
