//! Figures as they leave the page: a [`Figure`] is what a view shows, and can be laid out on a [`Sheet`] of any size.

use std::rc::Rc;

use super::exhibit::{Exhibit, Page};
use super::state::State;
use super::training;
use super::view::View;
use crate::draw::layout::Room;
use crate::draw::training::Mark;
use crate::draw::{Caption, Frame, Layout, Palette, Sheet, Still, draw, pictures};
use crate::model::Field;
use crate::model::exhibits::training::{Live, Settings};
use crate::words;

/// How large a figure is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// As in this room, which may be the one on the screen; a caption below it is added.
    Room(Room),
    /// So many CSS pixels, caption included, with type that can be read from afar.
    Slide(f64, f64),
}

impl Size {
    /// A slide of 16:9.
    pub const WIDE: Self = Self::Slide(1920.0, 1080.0);
}

/// A picture in a room.
type LayOut<'a> = Box<dyn Fn(Room) -> Option<Still> + 'a>;

/// What a view shows.
pub struct Figure<'a> {
    caption: Caption,
    lay_out: LayOut<'a>,
}

impl Figure<'_> {
    /// What is said of it.
    #[must_use]
    pub fn caption(&self) -> &Caption {
        &self.caption
    }

    /// It on a sheet; nothing if the view has no picture.
    #[must_use]
    pub fn sheet(&self, size: Size, palette: &Palette) -> Option<Sheet> {
        let caption = self.caption.clone();
        match size {
            Size::Room(room) => {
                let still = (self.lay_out)(room)?;
                Some(Sheet::around(still, caption, palette))
            }
            Size::Slide(width, height) => {
                Sheet::slide((width, height), caption, palette, &self.lay_out)
            }
        }
    }

    /// It as an SVG document; nothing if the view has no picture.
    #[must_use]
    pub fn svg(&self, size: Size, palette: &Palette) -> Option<String> {
        self.sheet(size, palette)?.svg().ok()
    }
}

impl<E: Exhibit> Page<E> {
    /// What is on the screen; `address` is where the page is, to which its link is added.
    #[must_use]
    pub fn figure(&self, address: &str) -> Figure<'_> {
        let (trace, focus) = (self.trace(), self.focus());
        Figure {
            caption: Caption {
                title: E::VIEW.title().to_owned(),
                description: E::now(trace),
                seed: self.settings().read("seed").unwrap_or_default(),
                link: shared(address, &self.query()),
            },
            lay_out: Box::new(move |room| {
                let picture = E::picture(trace, room);
                picture.map(|picture| Still::of(picture, focus))
            }),
        }
    }
}

impl State {
    /// What is on the screen, with the present stage there whole.
    #[must_use]
    pub fn figure(&self, address: &str) -> Figure<'_> {
        let (stage, sample, focus) = (self.look().stage, self.sample(), self.focus());
        Figure {
            caption: Caption {
                title: View::Network.title().to_owned(),
                description: words::now(self.trace(), stage, sample),
                seed: Field::Seed.read(self.settings()),
                link: shared(address, &self.link().query()),
            },
            lay_out: Box::new(move |room| {
                let trace = Rc::clone(self.trace());
                let layout = Layout::new(&trace, room);
                let size = (layout.width, layout.height);
                Some(Still::new(size, move |surface, palette, scale| {
                    let frame = Frame {
                        trace: &trace,
                        stage,
                        progress: 1.0,
                        sample,
                        focus,
                        palette,
                    };
                    draw(surface, &layout, &frame, scale)
                }))
            }),
        }
    }
}

impl training::State {
    /// Training as far as it has come; `link` is the page's.
    #[must_use]
    pub fn figure(&self, address: &str, link: &str) -> Figure<'_> {
        trained(self.settings(), self.live(), self.focus(), (address, link))
    }
}

/// What training has come to; the place is where the page is, and its link.
pub(super) fn trained(
    settings: &Settings,
    live: &Rc<Live>,
    focus: Option<Mark>,
    (address, link): (&str, &str),
) -> Figure<'static> {
    let mut said = words::training::outcome(live);
    if said.is_empty() {
        said.push(words::training::task(settings));
    }
    let live = Rc::clone(live);
    Figure {
        caption: Caption {
            title: View::Training.title().to_owned(),
            description: said.join(" "),
            seed: settings.seed().to_string(),
            link: shared(address, link),
        },
        lay_out: Box::new(move |room| {
            let picture = pictures::training(&live, room);
            Some(Still::of(picture, focus))
        }),
    }
}

/// The address of a link for somebody else: without what belongs to the page around it or to this reader's lesson.
#[must_use]
pub fn shared(address: &str, query: &str) -> String {
    const OWN: [&str; 5] = ["embed", "lesson", "controls", "origin", "deck"];
    let is_shared = |pair: &&str| {
        let name = pair.trim_start_matches('?').split('=').next();
        !name.is_some_and(|name| OWN.contains(&name))
    };
    let pairs: Vec<&str> = query.split('&').filter(is_shared).collect();
    format!("{address}{}", pairs.join("&"))
}
