//! A handout: one page on paper, with a view's figure, where it is found again, and questions with room to answer.

use super::export::{Size, shared};
use super::files::{Around, Kept};
use super::snippet::qr;
use super::view::CARRIED;
use crate::draw::Palette;
use crate::draw::layout::Room;
use crate::lessons::{Place, handout};

/// What is on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Handout {
    /// What it is called, as a file would be.
    pub name: String,
    /// What it shows, in a few words.
    pub title: &'static str,
    /// What is to be seen, in a sentence; nothing without a figure.
    pub described: String,
    /// The seed of its numbers.
    pub seed: String,
    /// The figure as an SVG document with its caption; nothing for a view without one.
    pub figure: Option<String>,
    /// The address where all this is on the screen.
    pub address: String,
    /// Its QR code, unless it is too long for one.
    pub code: Option<String>,
    /// The step of the lessons that is asked in just this state.
    pub place: Option<Place>,
    /// What else is asked.
    pub questions: &'static [&'static str],
}

/// The room of a figure on paper, in CSS pixels: across the page, and not half of it high.
const PAPER: Room = Room::screen(690.0, 400.0);

/// The handout of what is on the screen.
#[must_use]
pub fn handout(of: &dyn Kept, name: String, around: &Around) -> Handout {
    let (view, query) = (of.view(), of.query());
    let address = shared(&around.address, &query);
    let figure = of.picture(&around.address);
    let place = handout::asked_at(&plain(&query));
    let questions = handout::questions(view.name());
    Handout {
        name,
        title: view.title(),
        described: figure
            .as_ref()
            .map(|figure| figure.caption().description.clone())
            .unwrap_or_default(),
        seed: of.value("seed").unwrap_or_default(),
        figure: figure.and_then(|figure| figure.svg(Size::Room(PAPER), &Palette::BRIGHT)),
        code: qr(&address),
        address,
        place,
        // A step with its answers takes the room of one of the others.
        questions: &questions[usize::from(place.is_some()).min(questions.len())..],
    }
}

/// A link without what goes from view to view with the reader.
fn plain(query: &str) -> String {
    let is_own = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        !CARRIED.iter().any(|field| field.name() == name)
    };
    let pairs: Vec<&str> = query.split('&').filter(is_own).collect();
    pairs.join("&")
}
