//! Controls and picture of the subnetworks.

use std::rc::Rc;

use plotters_canvas::CanvasBackend;

use crate::draw::layout::Room;
use crate::draw::{Palette, Rect, subnetworks as draw};
use crate::model::exhibits::subnetworks::{Settings, Target, Trace};
use crate::nn::{DropProbability, Mode};

use super::exhibit::{Control, ExhibitView};
use super::picture::Picture;

impl ExhibitView for Settings {
    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "placement",
                "order",
                &[
                    ("after_relu", "fc1, ReLU, dropout, fc2: SimpleNet"),
                    ("before_relu", "fc1, dropout, ReLU, fc2"),
                    ("after_sigmoid", "fc1, sigmoid, dropout, fc2"),
                    ("before_sigmoid", "fc1, dropout, sigmoid, fc2"),
                    ("relu_on_output", "fc1, ReLU, dropout, fc2, ReLU"),
                ],
            ),
            Control::Number("sample", "sample", 4),
            Control::Number("hidden", "hidden units", 4),
            Control::Number("step", "step", 5),
            Control::Number("mask", "mask", 16),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }

    fn picture(trace: &Rc<Trace>, room: Room) -> Option<Rc<dyn Picture<Target>>> {
        let layout = draw::Layout::new(trace, room);
        Some(Rc::new(SubnetworksPicture {
            trace: Rc::clone(trace),
            layout,
        }))
    }
}

struct SubnetworksPicture {
    trace: Rc<Trace>,
    layout: draw::Layout,
}

impl Picture<Target> for SubnetworksPicture {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        canvas: &mut CanvasBackend,
        focus: Option<Target>,
        palette: &Palette,
        scale: f64,
    ) -> Result<(), String> {
        let frame = draw::Frame {
            trace: &self.trace,
            focus,
            palette,
        };
        draw::draw(canvas, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<Target> {
        self.layout.hit(&self.trace, x, y)
    }

    fn places(&self) -> Vec<(Target, Rect)> {
        self.layout.places(&self.trace)
    }
}
