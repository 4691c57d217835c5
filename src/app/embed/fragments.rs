//! A figure's states one after the other, as the fragments of a slide: `mode:eval;p:0.8,seed:7;again`.
//!
//! Each item is applied on top of the one before. The link has the number of the item that is there (`at`) and, once
//! one is, what the names were before the first (`from`), so that every state leads back to every other exactly.

use std::fmt;

use super::rpc::Elsewhere;
use super::{Action, Written};
use crate::app::look::{Look, LookField};
use crate::app::view::{View, carry};

/// Most items, and most names of one.
const MOST: usize = 40;
/// Longest text that is read, in bytes.
const LONGEST: usize = 4000;

/// What all states have in common: it belongs to the frame.
const FRAME: [LookField; 7] = [
    LookField::Embed,
    LookField::Origin,
    LookField::Controls,
    LookField::Deck,
    LookField::Fragments,
    LookField::At,
    LookField::From,
];

/// One change: a name and what it becomes, or what is done.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    Set(String, String),
    Do(Action),
}

/// Changes made at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item(Vec<Change>);

/// What an item may have done: only what a link can say.
const DONE: [Action; 4] = [Action::Again, Action::Step, Action::StepBack, Action::Reset];

fn action(text: &str) -> Option<Action> {
    Action::named(text).filter(|action| DONE.contains(action))
}

/// Whether a piece between commas begins another change: values may have commas of their own.
fn begins(piece: &str) -> bool {
    let name = piece.split_once(':').map(|(name, _)| name);
    let letters =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    name.is_some_and(letters) || action(piece).is_some()
}

impl Item {
    /// Reads `p:0.8,mode:eval`, or `again`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut pieces: Vec<String> = Vec::new();
        for piece in text.split(',').filter(|_| !text.is_empty()) {
            match pieces.last_mut() {
                Some(last) if !begins(piece) => last.extend([",", piece]),
                _ => pieces.push(piece.to_owned()),
            }
        }
        let change = |piece: &String| {
            if let Some(action) = action(piece) {
                return Some(Change::Do(action));
            }
            let (name, value) = piece.split_once(':').filter(|_| begins(piece))?;
            Some(Change::Set(name.to_owned(), value.to_owned()))
        };
        let changes: Option<Vec<_>> = pieces.iter().map(change).collect();
        Some(Self(changes.filter(|changes| changes.len() <= MOST)?))
    }

    /// The names of a link that are not at their defaults, but for those of the frame.
    fn of(link: &dyn Written, elsewhere: Elsewhere) -> Self {
        let usual = elsewhere(link.view(), &link.view().link()).names();
        let frame = FRAME.map(LookField::name);
        let own = link.names().into_iter().zip(usual);
        let own = own.filter(|((name, value), (_, usual))| value != usual && !frame.contains(name));
        let own = own.map(|((name, value), _)| Change::Set(name.to_owned(), value));
        let view = Change::Set("view".to_owned(), link.view().name().to_owned());
        Self([view].into_iter().chain(own).collect())
    }

    /// What leads from one link to another.
    fn between(before: &dyn Written, after: &dyn Written, elsewhere: Elsewhere) -> Self {
        let view = after.view();
        let moved = view != before.view();
        let begin = if moved {
            elsewhere(view, &view.link_from(&before.query())).names()
        } else {
            before.names()
        };
        let frame = FRAME.map(LookField::name);
        let own = after.names().into_iter().zip(begin);
        let own = own.filter(|((name, value), (_, begin))| value != begin && !frame.contains(name));
        let own = own.map(|((name, value), _)| Change::Set(name.to_owned(), value));
        let view = moved.then(|| Change::Set("view".to_owned(), view.name().to_owned()));
        Self(view.into_iter().chain(own).collect())
    }

    /// Applies its changes; what can't be done is said and passed over.
    fn apply(&self, link: &mut Box<dyn Written>, elsewhere: Elsewhere, problems: &mut Vec<String>) {
        let view = |change: &Change| match change {
            Change::Set(name, text) if name == "view" => Some(text.clone()),
            _ => None,
        };
        if let Some(view) = self.0.iter().find_map(view) {
            match View::named(&view) {
                Some(view) if view != link.view() => {
                    *link = elsewhere(view, &view.link_from(&link.query()));
                }
                Some(_) => {}
                None => problems.push(t!("no view is called {view}")),
            }
        }
        let set = |change: &Change| match change {
            Change::Set(name, text) if name != "view" => Some((name.clone(), text.clone())),
            _ => None,
        };
        let changes: Vec<_> = self.0.iter().filter_map(set).collect();
        if let Err(error) = link.set_all(&changes) {
            problems.push(error.to_string());
        }
        for change in &self.0 {
            if let Change::Do(action) = change
                && let Err(error) = link.act(*action)
            {
                problems.push(error);
            }
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (k, change) in self.0.iter().enumerate() {
            let comma = if k == 0 { "" } else { "," };
            match change {
                Change::Set(name, value) => write!(f, "{comma}{name}:{value}")?,
                Change::Do(action) => write!(f, "{comma}{}", action.name())?,
            }
        }
        Ok(())
    }
}

/// The states of a figure, after the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragments(Vec<Item>);

impl Fragments {
    /// Reads items with semicolons between them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let text = Some(text).filter(|text| text.len() <= LONGEST)?;
        let filled = |item: &str| Item::parse(item).filter(|item| !item.0.is_empty());
        let items: Option<Vec<Item>> = text.split(';').map(filled).collect();
        Some(Self(items.filter(|items| items.len() <= MOST)?))
    }

    /// The changes that lead through these links, from each to the next; nothing if a link can't hold them, or if one
    /// of them changes nothing.
    #[must_use]
    pub fn through(links: &[String], elsewhere: Elsewhere) -> Option<Self> {
        let open = |link: &String| elsewhere(View::of(link), link);
        let between =
            |pair: &[String]| Item::between(&*open(&pair[0]), &*open(&pair[1]), elsewhere);
        let items: Vec<Item> = links.windows(2).map(between).collect();
        let own = Self(items);
        // What can be read back is what a link can hold.
        let read = Self::parse(&own.to_string()).filter(|read| *read == own)?;
        let first = links.first().map_or("", String::as_str);
        let query = carry(first, &format!("fragments={read}"), &[LookField::Fragments]);
        let names = |query: &str| Item::of(&*elsewhere(View::of(query), query), elsewhere);
        let arrives = |(k, link): (usize, &String)| {
            let (reached, problems) = stand(&query, k, elsewhere);
            problems.is_empty() && names(&reached) == names(link)
        };
        links.iter().enumerate().all(arrives).then_some(read)
    }

    /// Its items, as links write them.
    pub fn items(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(Item::to_string)
    }

    /// The values allowed, in words.
    #[must_use]
    pub fn allowed() -> String {
        t!("items such as mode:eval;p:0.8,seed:7;again, each a change on top of the one before")
            .to_owned()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Fragments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items: Vec<String> = self.0.iter().map(Item::to_string).collect();
        f.write_str(&items.join(";"))
    }
}

/// The link of the state after `at` items of the link `query`, and what was wrong with them.
#[must_use]
pub fn stand(query: &str, at: usize, elsewhere: Elsewhere) -> (String, Vec<String>) {
    let (look, view) = (Look::of(query), View::of(query));
    let mut problems = Vec::new();
    let mut link = match &look.from {
        None => elsewhere(view, query),
        Some(from) => {
            let mut link = elsewhere(view, &carry(&view.link(), query, &FRAME));
            from.apply(&mut link, elsewhere, &mut problems);
            link
        }
    };
    let at = at.min(look.fragments.count());
    let from = if at == 0 {
        String::new()
    } else {
        Item::of(&*link, elsewhere).to_string()
    };
    for (k, item) in look.fragments.0.iter().take(at).enumerate() {
        let mut wrong = Vec::new();
        item.apply(&mut link, elsewhere, &mut wrong);
        let says = |error: String| t!("In the link, item {} of fragments: {error}.", k + 1);
        problems.extend(wrong.into_iter().map(says));
    }
    let place = vec![("at".to_owned(), at.to_string()), ("from".to_owned(), from)];
    // Both were written a moment ago in the form in which they are read.
    let _read = link.set_all(&place);
    (link.query(), problems)
}
