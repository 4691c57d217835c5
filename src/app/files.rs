//! What the reader may keep as a file, of whichever view: the figure, its numbers, its script, the session.

pub mod array;
pub mod axes;
mod kind;
pub mod learned;
pub mod npz;
pub mod session;
pub mod table;

use super::embed::{Hosted, Json, written};
use super::exhibit::{Exhibit, Page};
use super::export::{Figure, Size};
use super::handout::{Handout, handout};
use super::state::State;
use super::training;
use super::view::View;
use crate::draw::layout::Room;
use crate::draw::{Palette, Sheet};
use crate::model::Field;
use crate::model::exhibits::Fields;
use crate::model::exhibits::training::Live;
use crate::notebook::{self, ipynb};
use serde_json::Value;

pub use kind::Kind;

/// What a file is made of.
pub enum Content {
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A picture for a canvas, so many pixels to a CSS pixel.
    Picture(Sheet, f64),
    /// A page for the browser to print, or to write as PDF.
    Paper(Box<Handout>),
}

/// What of a file is not the view's affair.
pub struct Around {
    /// Where the page is, without its query.
    pub address: String,
    /// The colours.
    pub palette: Palette,
    /// The room of the figure on the screen.
    pub room: Room,
    /// The lessons' progress.
    pub progress: super::Progress,
}

/// A view of which files can be made.
pub trait Kept {
    /// Which.
    fn view(&self) -> View;
    /// The link of what is on the screen.
    fn query(&self) -> String;
    /// The value of a setting, if it has one of that name.
    fn value(&self, name: &str) -> Option<String>;
    /// Its figure, if it has one.
    fn picture(&self, address: &str) -> Option<Figure<'_>>;
    /// Every number on the screen.
    fn numbers(&self) -> Value;
    /// Its numbers as a table of its own, if it has one.
    fn table(&self) -> Option<String> {
        None
    }
    /// What became of its hidden units, as a table, if that is known.
    fn units(&self) -> Option<String> {
        None
    }
    /// The script.
    fn script(&self) -> String;
    /// The script and its output, as Jupyter opens them.
    fn jupyter(&self) -> String;
}

impl Kept for State {
    fn view(&self) -> View {
        View::Network
    }

    fn query(&self) -> String {
        self.link().query()
    }

    fn value(&self, name: &str) -> Option<String> {
        let field = Field::named(name)?;
        Some(field.read(self.settings()))
    }

    fn picture(&self, address: &str) -> Option<Figure<'_>> {
        Hosted::picture(self, address)
    }

    fn numbers(&self) -> Value {
        Hosted::numbers(self)
    }

    fn script(&self) -> String {
        notebook::script(self.settings(), &self.query())
    }

    fn jupyter(&self) -> String {
        let output = notebook::output(self.trace());
        ipynb::of_script("network", &self.query(), &self.script(), &output)
    }
}

impl<E: Exhibit> Kept for Page<E> {
    fn view(&self) -> View {
        E::VIEW
    }

    fn query(&self) -> String {
        Page::query(self)
    }

    fn value(&self, name: &str) -> Option<String> {
        self.settings().read(name)
    }

    fn picture(&self, address: &str) -> Option<Figure<'_>> {
        Hosted::picture(self, address)
    }

    fn numbers(&self) -> Value {
        Hosted::numbers(self)
    }

    fn script(&self) -> String {
        self.settings().script(&Page::query(self))
    }

    fn jupyter(&self) -> String {
        self.settings().ipynb(self.trace(), &Page::query(self))
    }
}

/// Training as far as it has come, which only its own state knows.
pub struct Trained<'a> {
    /// It.
    pub state: &'a training::State,
    /// The link of its page.
    pub link: &'a str,
}

impl Kept for Trained<'_> {
    fn view(&self) -> View {
        View::Training
    }

    fn query(&self) -> String {
        self.link.to_owned()
    }

    fn value(&self, name: &str) -> Option<String> {
        self.state.settings().read(name)
    }

    fn picture(&self, address: &str) -> Option<Figure<'_>> {
        Some(self.state.figure(address, self.link))
    }

    fn numbers(&self) -> Value {
        self.state.live().json()
    }

    fn units(&self) -> Option<String> {
        match &**self.state.live() {
            Live::Run(trace) if self.state.has_lanes() => {
                Some(notebook::training::units_csv(trace))
            }
            _ => None,
        }
    }

    fn table(&self) -> Option<String> {
        Some(notebook::training::csv(self.state.live()))
    }

    fn script(&self) -> String {
        self.state.settings().script(self.link)
    }

    fn jupyter(&self) -> String {
        let settings = self.state.settings();
        settings.ipynb(&settings.trace(), self.link)
    }
}

/// The kinds of files that a view has, in the order in which they are offered: of one group after the other.
#[must_use]
pub fn kinds(of: &dyn Kept) -> Vec<Kind> {
    /// What comes before single tensors, and what after them.
    const FIRST: [Kind; 10] = [
        Kind::Svg,
        Kind::Png(1),
        Kind::Png(2),
        Kind::Png(4),
        Kind::Slide,
        Kind::Handout,
        Kind::Csv,
        Kind::Units,
        Kind::Json,
        Kind::Npz,
    ];
    const LAST: [Kind; 3] = [Kind::Python, Kind::Jupyter, Kind::Session];
    let (figure, units) = (of.picture("").is_some(), of.units().is_some());
    let tensors = tensors(of.view()).iter().copied();
    let has = |kind: &Kind| match kind {
        Kind::Svg | Kind::Png(_) | Kind::Slide => figure,
        Kind::Units => units,
        _ => true,
    };
    let (first, last) = (FIRST.into_iter(), LAST.into_iter());
    let all = first.chain(tensors.map(Kind::Npy)).chain(last);
    all.filter(has).collect()
}

/// The tensors of which a view offers a file each, the rest being in its `.npz`; none where the numbers are a table, or
/// have other names in every notebook.
fn tensors(view: View) -> &'static [&'static str] {
    match view {
        View::Network => &["input", "mask", "output", "grad.fc1.weight"],
        View::Tensor | View::Variants => &["input", "noise", "output"],
        View::Coin => &["draws"],
        View::Expectation => &["first"],
        View::Gradients => &["step.mask", "step.grad.fc1.weight"],
        View::Subnetworks => &["outputs", "probabilities"],
        View::Training | View::Notebook | View::Lessons | View::Teachers => &[],
    }
}

/// Makes a file; nothing, if the view has nothing of that kind.
#[must_use]
pub fn make(kind: Kind, of: &dyn Kept, around: &Around) -> Option<Content> {
    let Around {
        address,
        palette,
        room,
        progress,
    } = around;
    let sheet = |size| of.picture(address)?.sheet(size, palette);
    let room = Size::Room(*room);
    let arrays = || array::arrays(&of.numbers());
    Some(match kind {
        Kind::Svg => Content::Text(sheet(room)?.svg().ok()?),
        Kind::Png(scale) => Content::Picture(sheet(room)?, f64::from(scale)),
        Kind::Slide => Content::Picture(sheet(Size::WIDE)?, 1.0),
        Kind::Handout => {
            let name = format!("{}-handout", stem(of));
            Content::Paper(Box::new(handout(of, name, around)))
        }
        Kind::Csv => Content::Text(of.table().unwrap_or_else(|| array::csv(&arrays()))),
        Kind::Units => Content::Text(of.units()?),
        Kind::Npz => Content::Bytes(npz::npz(&arrays())),
        Kind::Npy(name) => {
            let all = arrays();
            let own = all.iter().find(|array| array.name == name)?;
            Content::Bytes(npz::npy(own))
        }
        Kind::Json => Content::Text(json(of)),
        Kind::Python => Content::Text(of.script()),
        Kind::Jupyter => Content::Text(of.jupyter()),
        Kind::Session => Content::Text(session(of, progress)),
    })
}

/// `{settings, trace}`, as the page around a view gets it.
fn json(of: &dyn Kept) -> String {
    let settings = written(of.view(), &of.query()).settings();
    let json = serde_json::json!({ "settings": settings, "trace": of.numbers() });
    format!("{json:#}\n")
}

fn session(of: &dyn Kept, progress: &super::Progress) -> String {
    let session = session::Session {
        link: of.query(),
        progress: progress.clone(),
    };
    session.write()
}

/// What the view of a link shows, as the stem of a file's name: `dropout-network-p0.5-seed36-step3`.
#[must_use]
pub fn stem(of: &dyn Kept) -> String {
    /// What a name says even where it is the usual, and in which order.
    const SAID: [&str; 8] = [
        "notebook", "preset", "layer", "show", "p", "mode", "seed", "step",
    ];
    let mut stem = format!("dropout-{}", of.view().name());
    for name in SAID {
        let value = of.value(name).unwrap_or_default();
        match (name, value.as_str()) {
            (_, "") | ("mode", "train") | ("step", "0") => {}
            ("p" | "seed" | "step", value) => stem.extend(["-", name, value]),
            (_, value) => stem.extend(["-", value]),
        }
    }
    // Whatever a name can't have on some system.
    let fits = |c: char| {
        if c.is_ascii_alphanumeric() || "-._".contains(c) {
            c
        } else {
            '_'
        }
    };
    stem.chars().map(fits).collect()
}
