//! The picture of training as [`PictureView`](crate::views::picture::PictureView) wants it.

use std::rc::Rc;

use plotters_canvas::CanvasBackend;

use crate::draw::layout::Room;
use crate::draw::training::{self as draw, Mark};
use crate::draw::{Palette, Rect};
use crate::model::exhibits::training::Live;
use crate::views::picture::Picture;

/// One still of training.
pub(super) struct TrainingPicture {
    live: Rc<Live>,
    layout: draw::Layout,
}

impl TrainingPicture {
    pub(super) fn new(live: Rc<Live>, room: Room) -> Self {
        let layout = draw::Layout::new(&live, room);
        Self { live, layout }
    }
}

impl Picture<Mark> for TrainingPicture {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        canvas: &mut CanvasBackend,
        focus: Option<Mark>,
        palette: &Palette,
        scale: f64,
    ) -> Result<(), String> {
        let frame = draw::Frame {
            live: &self.live,
            focus,
            palette,
        };
        draw::draw(canvas, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<Mark> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(Mark, Rect)> {
        self.layout.places()
    }
}
