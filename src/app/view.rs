//! The views, each with a link of its own.

use super::look::{Look, LookField, encoded};
use crate::lessons::Place;

/// The part of the look that every view has.
pub const CARRIED: [LookField; 12] = [
    LookField::Theme,
    LookField::Motion,
    LookField::Sound,
    LookField::Embed,
    LookField::Lang,
    LookField::Lesson,
    LookField::Origin,
    LookField::Controls,
    LookField::Deck,
    LookField::Fragments,
    LookField::At,
    LookField::From,
];

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// One training step of `SimpleNet`, in unit lanes.
    #[default]
    Network,
    /// Any tensor through dropout.
    Tensor,
    /// Coins, their share of ones, and the binomial.
    Coin,
    /// Many draws, and where their mean lands.
    Expectation,
    /// The derivation of fc1's gradient, with its numbers.
    Gradients,
    /// All masks of a hidden layer at once.
    Subnetworks,
    /// Networks in training, with and without dropout.
    Training,
    /// Which numbers share a coin.
    Variants,
    /// The lessons, and how far the reader has come.
    Lessons,
    /// The five notebooks, cell by cell.
    Notebook,
    /// A lesson for a class, with what to show in it.
    Teachers,
}

impl View {
    /// Every view, in the order of the page's navigation.
    pub const ALL: [Self; 11] = [
        Self::Network,
        Self::Tensor,
        Self::Coin,
        Self::Expectation,
        Self::Gradients,
        Self::Subnetworks,
        Self::Training,
        Self::Variants,
        Self::Notebook,
        Self::Lessons,
        Self::Teachers,
    ];

    /// The name in links.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Tensor => "tensor",
            Self::Coin => "coin",
            Self::Expectation => "expectation",
            Self::Subnetworks => "subnetworks",
            Self::Training => "training",
            Self::Gradients => "gradients",
            Self::Variants => "variants",
            Self::Lessons => "lessons",
            Self::Notebook => "notebook",
            Self::Teachers => "teachers",
        }
    }

    /// The name on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Network => t!("network"),
            Self::Tensor => t!("tensor"),
            Self::Coin => t!("coin"),
            Self::Expectation => t!("expectation"),
            Self::Subnetworks => t!("subnetworks"),
            Self::Training => t!("training"),
            Self::Gradients => t!("gradients"),
            Self::Variants => t!("variants"),
            Self::Lessons => t!("lessons"),
            Self::Notebook => t!("notebook"),
            Self::Teachers => t!("teachers"),
        }
    }

    /// What it shows, in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Network => t!("One training step of a small network"),
            Self::Tensor => t!("Any tensor through dropout"),
            Self::Coin => t!("Coins, one by one and by the thousand"),
            Self::Expectation => t!("Many draws, and where their mean lands"),
            Self::Subnetworks => t!("All subnetworks at once, and what dropout adds to the loss"),
            Self::Training => t!("Does it help? Networks trained with dropout and without"),
            Self::Gradients => t!("The gradient derived, with its numbers"),
            Self::Variants => t!("Which numbers share a coin"),
            Self::Lessons => t!("Ten lessons: bet first, then look"),
            Self::Notebook => t!("The five notebooks, cell by cell"),
            Self::Teachers => t!("A lesson of 45 minutes: ten figures for a class"),
        }
    }

    /// The view of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }

    /// The view that a link names; one it can't name is the network's affair, which says so.
    #[must_use]
    pub fn of(query: &str) -> Self {
        let query = query.trim_start_matches('?').as_bytes();
        form_urlencoded::parse(query)
            .find(|(name, _)| name == "view")
            .and_then(|(_, name)| Self::named(&name))
            .unwrap_or_default()
    }

    /// The link that opens it at its defaults.
    #[must_use]
    pub fn link(self) -> String {
        match self {
            Self::Network => "?v=1".to_owned(),
            _ => format!("?v=1&view={}", self.name()),
        }
    }

    /// The same, with what `query` says of how the page looks.
    #[must_use]
    pub fn link_from(self, query: &str) -> String {
        carry(&self.link(), query, &CARRIED)
    }
}

/// `link`, with what `query` says of the names `carried`: they go from view to view with the reader.
#[must_use]
pub fn carry(link: &str, query: &str, carried: &[LookField]) -> String {
    let query = query.trim_start_matches('?').as_bytes();
    let mut link = link.to_owned();
    for (name, value) in form_urlencoded::parse(query) {
        if carried.iter().any(|field| field.name() == name) {
            link.extend(["&", &name, "=", &encoded(&value)]);
        }
    }
    link
}

/// `link` with a step of a lesson open, or none.
#[must_use]
pub fn with_lesson(link: &str, place: Option<Place>) -> String {
    let own = |pair: &&str| !pair.trim_start_matches('?').starts_with("lesson=");
    let mut pairs: Vec<&str> = link.split('&').filter(own).collect();
    let lesson = place.map(|place| format!("lesson={place}"));
    pairs.extend(lesson.as_deref());
    pairs.join("&")
}

/// The link to which one goes from `query` by following `link`: a step of a lesson open or none, and the look that
/// the reader has chosen where `link` has none of its own.
#[must_use]
pub fn followed(link: &str, query: &str, place: Option<Place>) -> String {
    let link = with_lesson(link, None);
    let own = |name: &&LookField| {
        **name != LookField::Lesson && !link.contains(&format!("&{}=", name.name()))
    };
    let carried: Vec<LookField> = CARRIED.iter().filter(own).copied().collect();
    with_lesson(&carry(&link, query, &carried), place)
}

/// Whether the reader may follow a link: in an embedded page every name that it changes must be among its controls.
#[must_use]
pub fn may_follow(link: &str, query: &str) -> bool {
    let look = Look::of(query);
    let pairs = |query: &str| -> Vec<(String, String)> {
        form_urlencoded::parse(query.trim_start_matches('?').as_bytes())
            .into_owned()
            .collect()
    };
    let (here, there) = (pairs(query), pairs(&followed(link, query, look.lesson)));
    let changed = here.iter().filter(|pair| !there.contains(pair));
    let mut changed = changed.chain(there.iter().filter(|pair| !here.contains(pair)));
    changed.all(|(name, _)| look.allows(name))
}
