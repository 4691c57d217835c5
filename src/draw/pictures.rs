//! The pictures of the exhibits: each laid out for its room, and drawn by its own module.

use std::rc::Rc;

use super::layout::Room;
use super::picture::{Picture, Ruler};
use super::surface::Drawn;
use super::{Palette, Rect, Surface};
use super::{coin, expectation, subnetworks, tensor, training, variants};
use crate::model::exhibits::training::Live;
use crate::model::exhibits::{TensorTarget, TensorTrace, VariantsTarget, VariantsTrace};
use crate::model::exhibits::{coin as coins, expectation as draws, subnetworks as masks};

/// A picture of something that can point at `T`s.
pub type DynPicture<T> = Rc<dyn Picture<T>>;

/// What is drawn, and where everything of it stands.
struct Laid<T, L> {
    trace: Rc<T>,
    layout: L,
}

impl<T, L> Laid<T, L> {
    fn new(trace: &Rc<T>, layout: L) -> Rc<Self> {
        Rc::new(Self {
            trace: Rc::clone(trace),
            layout,
        })
    }
}

/// A tensor before and after dropout, in a room.
#[must_use]
pub fn tensor(trace: &Rc<TensorTrace>, room: Room) -> DynPicture<TensorTarget> {
    Laid::new(trace, tensor::Layout::new(trace, room))
}

impl Picture<TensorTarget> for Laid<TensorTrace, tensor::Layout> {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        surface: &mut dyn Surface,
        focus: Option<TensorTarget>,
        palette: &Palette,
        scale: f64,
    ) -> Drawn {
        let frame = tensor::TensorFrame {
            trace: &self.trace,
            focus,
            palette,
        };
        tensor::draw(surface, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<TensorTarget> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(TensorTarget, Rect)> {
        let numbers = 0..self.trace.input.numel();
        let targets = self.layout.panels.iter().flat_map(|placed| {
            numbers.clone().map(|index| TensorTarget {
                panel: placed.panel,
                index,
            })
        });
        targets
            .filter_map(|target| Some((target, self.layout.rect(target)?)))
            .collect()
    }
}

/// A layer, and which numbers share a coin, in a room.
#[must_use]
pub fn variants(trace: &Rc<VariantsTrace>, room: Room) -> DynPicture<VariantsTarget> {
    Laid::new(trace, variants::Layout::new(trace, room))
}

impl Picture<VariantsTarget> for Laid<VariantsTrace, variants::Layout> {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        surface: &mut dyn Surface,
        focus: Option<VariantsTarget>,
        palette: &Palette,
        scale: f64,
    ) -> Drawn {
        let frame = variants::VariantsFrame {
            trace: &self.trace,
            focus,
            palette,
        };
        variants::draw(surface, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<VariantsTarget> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(VariantsTarget, Rect)> {
        let numbers = (0..self.trace.input.numel()).map(|index| VariantsTarget::Number { index });
        let outputs = (0..self.layout.outputs.len()).map(|unit| VariantsTarget::Output { unit });
        let targets = numbers.chain(outputs);
        targets
            .filter_map(|target| Some((target, self.layout.rect(target)?)))
            .collect()
    }
}

/// Coins and their counts, in a room.
#[must_use]
pub fn coin(trace: &Rc<coins::Trace>, room: Room) -> DynPicture<coins::Target> {
    Laid::new(trace, coin::Layout::new(trace, room))
}

impl Picture<coins::Target> for Laid<coins::Trace, coin::Layout> {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        surface: &mut dyn Surface,
        focus: Option<coins::Target>,
        palette: &Palette,
        scale: f64,
    ) -> Drawn {
        let frame = coin::Frame {
            trace: &self.trace,
            focus,
            palette,
        };
        coin::draw(surface, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<coins::Target> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(coins::Target, Rect)> {
        self.layout.places()
    }
}

/// Draws and their mean, in a room.
#[must_use]
pub fn expectation(trace: &Rc<draws::Trace>, room: Room) -> DynPicture<draws::Target> {
    Laid::new(trace, expectation::Layout::new(trace, room))
}

impl Picture<draws::Target> for Laid<draws::Trace, expectation::Layout> {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        surface: &mut dyn Surface,
        focus: Option<draws::Target>,
        palette: &Palette,
        scale: f64,
    ) -> Drawn {
        let frame = expectation::Frame {
            trace: &self.trace,
            focus,
            palette,
            veiled: false,
        };
        expectation::draw(surface, &self.layout, &frame, scale)
    }

    fn draw_veiled(&self, surface: &mut dyn Surface, palette: &Palette, scale: f64) -> Drawn {
        let frame = expectation::Frame {
            trace: &self.trace,
            focus: None,
            palette,
            veiled: true,
        };
        expectation::draw(surface, &self.layout, &frame, scale)
    }

    fn ruler(&self) -> Option<Ruler> {
        let plot = &self.layout.histogram;
        Some(Ruler {
            axis: plot.x,
            plot: plot.area,
        })
    }

    fn hit(&self, x: f64, y: f64) -> Option<draws::Target> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(draws::Target, Rect)> {
        self.layout.places()
    }
}

/// All masks of a hidden layer, in a room.
#[must_use]
pub fn subnetworks(trace: &Rc<masks::Trace>, room: Room) -> DynPicture<masks::Target> {
    Laid::new(trace, subnetworks::Layout::new(trace, room))
}

impl Picture<masks::Target> for Laid<masks::Trace, subnetworks::Layout> {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        surface: &mut dyn Surface,
        focus: Option<masks::Target>,
        palette: &Palette,
        scale: f64,
    ) -> Drawn {
        let frame = subnetworks::Frame {
            trace: &self.trace,
            focus,
            palette,
        };
        subnetworks::draw(surface, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<masks::Target> {
        self.layout.hit(&self.trace, x, y)
    }

    fn places(&self) -> Vec<(masks::Target, Rect)> {
        self.layout.places(&self.trace)
    }
}

/// Training as far as it has come, in a room.
#[must_use]
pub fn training(live: &Rc<Live>, room: Room) -> DynPicture<training::Mark> {
    Laid::new(live, training::Layout::new(live, room))
}

impl Picture<training::Mark> for Laid<Live, training::Layout> {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        surface: &mut dyn Surface,
        focus: Option<training::Mark>,
        palette: &Palette,
        scale: f64,
    ) -> Drawn {
        let frame = training::Frame {
            live: &self.trace,
            focus,
            palette,
        };
        training::draw(surface, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<training::Mark> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(training::Mark, Rect)> {
        self.layout.places()
    }
}
