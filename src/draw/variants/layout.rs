//! Where the mask of a layer stands: as a cube, as slices, and, for weights, what the layer answers.

use super::cube::Cube;
use crate::draw::Rect;
use crate::draw::layout::{Room, at};
use crate::draw::slices::Slices;
use crate::model::exhibits::{Layer, VariantsTarget, VariantsTrace};

/// Title and note.
const TITLE: f64 = 44.0;
/// Room for the legend.
const LEGEND: f64 = 36.0;
/// Both on a slide, where the title has no note.
const SLIDE: (f64, f64) = (22.0, 22.0);
/// Above the legend.
const AIR: f64 = 8.0;
/// The share of a slide's width that the cube may have.
const CUBE_SHARE: f64 = 0.4;
/// The cube's room beside the slices, and its height above them.
const CUBE: (f64, f64) = (270.0, 210.0);
/// Narrower than this, the cube stands above the slices.
const WIDE: f64 = 640.0;
/// From the weights to the outputs, with room for the sum between them.
const SUM: f64 = 96.0;

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Whether there is room for a note below the title.
    pub noted: bool,
    /// The cube; weights are flat and have none.
    pub cube: Option<Cube>,
    /// Every number.
    pub slices: Slices,
    /// What a linear layer answers, a cell an output; empty for other layers.
    pub outputs: Vec<Rect>,
    /// Upper edge of the legend.
    pub legend: f64,
}

/// What is around cube and slices.
struct Around {
    title: f64,
    legend: f64,
    /// Width of the cube's room.
    cube: f64,
    /// Whether it stands beside the slices.
    beside: bool,
}

impl Around {
    fn of(room: Room) -> Self {
        let beside = room.slide || room.width >= WIDE;
        let (title, legend) = if room.slide { SLIDE } else { (TITLE, LEGEND) };
        let cube = match (room.slide, beside) {
            (true, _) => CUBE_SHARE * room.width,
            (false, true) => CUBE.0,
            (false, false) => room.width,
        };
        Self {
            title,
            legend,
            cube,
            beside,
        }
    }

    /// What it leaves of the height.
    fn free(&self, room: Room) -> f64 {
        let around = if room.slide { AIR } else { 0.0 };
        (room.height - self.title - self.legend - around).max(1.0)
    }
}

impl Layout {
    /// The layout of `trace` in `room`.
    #[must_use]
    pub fn new(trace: &VariantsTrace, room: Room) -> Self {
        let shape = trace.input.shape();
        let around = Around::of(room);
        let (y, free) = (around.title, around.free(room));
        let cube = cube_axes(trace).map(|axes| {
            let (w, h) = match (room.slide, around.beside) {
                (true, _) => (around.cube, free),
                (false, true) => (around.cube, free.clamp(150.0, CUBE.0)),
                (false, false) => (around.cube, CUBE.1),
            };
            Cube::new(shape, axes, Rect { x: 0.0, y, w, h })
        });
        let (x, y) = match &cube {
            Some(_) if around.beside => (around.cube + 26.0, y),
            Some(cube) => (0.0, y + cube.height + 8.0),
            None => (0.0, y),
        };
        let answers = if trace.linear.is_some() {
            SUM + 62.0
        } else {
            0.0
        };
        // The ring around a number looked at must not be cut off.
        let w = room.width - 3.0 - x - answers;
        let (order, h) = (
            order(trace),
            if room.slide { free } else { free.max(240.0) },
        );
        let place = if room.slide {
            Slices::within
        } else {
            Slices::new
        };
        let slices = place(shape, &order, Rect { x, y, w, h });
        let outputs = outputs(trace, &slices);
        let below = cube.as_ref().map_or(0.0, |cube| around.title + cube.height);
        let legend = (y + slices.height()).max(below) + AIR;
        Self {
            width: room.width,
            height: legend + around.legend,
            noted: !room.slide,
            cube,
            slices,
            outputs,
            legend,
        }
    }

    /// Where a number stands among the slices, or an output beside them.
    #[must_use]
    pub fn rect(&self, target: VariantsTarget) -> Option<Rect> {
        match target {
            VariantsTarget::Number { index } => Some(self.slices.rect(index)),
            VariantsTarget::Output { unit } => self.outputs.get(unit).copied(),
        }
    }

    /// The number at a point of the slices or of the cube, or the output.
    #[must_use]
    pub fn hit(&self, x: f64, y: f64) -> Option<VariantsTarget> {
        let output = self.outputs.iter().position(|r| r.contains(x, y));
        let in_cube = || self.cube.as_ref().and_then(|cube| cube.hit(x, y));
        output
            .map(|unit| VariantsTarget::Output { unit })
            .or_else(|| {
                let index = self.slices.hit(x, y).or_else(in_cube)?;
                Some(VariantsTarget::Number { index })
            })
    }
}

/// Time is always the depth of the cube, and the batch its height, whichever comes first.
fn cube_axes(trace: &VariantsTrace) -> Option<[usize; 3]> {
    match (trace.settings.layer(), trace.settings.batch_first()) {
        (Layer::Variational | Layer::DropConnect, _) => None,
        (Layer::Dropout2d, _) => Some([1, 2, 3]),
        (Layer::Locked, true) => Some([1, 0, 2]),
        _ => Some([0, 1, 2]),
    }
}

/// The order of the axes that puts what shares a coin into one slice.
fn order(trace: &VariantsTrace) -> Vec<usize> {
    match trace.settings.layer() {
        Layer::Locked => vec![1, 0, 2],
        _ => (0..trace.input.shape().len()).collect(),
    }
}

/// An output stands at the end of its row of weights.
fn outputs(trace: &VariantsTrace, slices: &Slices) -> Vec<Rect> {
    let Some(linear) = &trace.linear else {
        return Vec::new();
    };
    let inputs = trace.input.shape()[1];
    let row = |unit: usize| {
        let last = slices.rect((unit + 1) * inputs - 1);
        Rect {
            x: last.x + last.w + SUM,
            w: 62.0,
            ..last
        }
    };
    debug_assert!(at(linear.numel()) > 0.0, "a layer has outputs");
    (0..linear.numel()).map(row).collect()
}
