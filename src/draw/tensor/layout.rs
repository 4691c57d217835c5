//! Where the linked heatmaps of a tensor stand.

use crate::draw::Rect;
use crate::draw::layout::{Room, at};
use crate::draw::slices::{ROOM_FOR_NUMBER, Slices};
use crate::model::exhibits::{Panel, TensorTarget, TensorTrace};

/// Title and note of a panel.
pub(super) const TITLE: f64 = 36.0;
/// The title alone, on a slide.
const SLIDE_TITLE: f64 = 19.0;
/// Between panels side by side, with room for an operator.
const GAP: f64 = 24.0;
/// Between rows of panels.
const BELOW: f64 = 22.0;
/// Room for the legend.
const LEGEND: f64 = 34.0;
/// The same on a slide, with what is above it.
const SLIDE_LEGEND: f64 = 26.0;
/// From this width on panels stand side by side, whether their numbers can be written or not.
const WIDE: f64 = 640.0;
/// Panels in a row where there is room.
const IN_A_ROW: usize = 3;

/// A heatmap and its title.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Which one.
    pub panel: Panel,
    /// Where its title begins.
    pub title: (f64, f64),
    /// Where its numbers stand.
    pub slices: Slices,
}

impl Placed {
    fn new(panel: Panel, title: (f64, f64), slices: Slices) -> Self {
        Self {
            panel,
            title,
            slices,
        }
    }
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// The heatmaps that there are.
    pub panels: Vec<Placed>,
    /// Whether panels stand side by side.
    pub abreast: bool,
    /// Whether there is room for notes.
    pub noted: bool,
    /// Upper edge of the legend.
    pub legend: f64,
}

impl Layout {
    /// The layout of `trace` in `room`.
    #[must_use]
    pub fn new(trace: &TensorTrace, room: Room) -> Self {
        if room.slide {
            Self::slide(trace, room)
        } else {
            Self::screen(trace, room)
        }
    }

    /// The dropout that was chosen, without what stands beside it to compare, in just so much room.
    fn slide(trace: &TensorTrace, room: Room) -> Self {
        let shape = trace.input.shape();
        let order: Vec<usize> = (0..shape.len()).collect();
        let w = (room.width - 3.0 - GAP * at(IN_A_ROW - 1)) / at(IN_A_ROW);
        let h = (room.height - SLIDE_TITLE - SLIDE_LEGEND).max(1.0);
        let shown = Panel::ALL.into_iter().take(IN_A_ROW).enumerate();
        let panels: Vec<Placed> = shown
            .filter(|(_, panel)| trace.panel(*panel).is_some())
            .map(|(k, panel)| {
                let (x, y) = (at(k) * (w + GAP), SLIDE_TITLE);
                let slices = Slices::within(shape, &order, Rect { x, y, w, h });
                Placed::new(panel, (x, 0.0), slices)
            })
            .collect();
        let heights = panels.iter().map(|placed| placed.slices.height());
        let legend = SLIDE_TITLE + heights.fold(0.0, f64::max) + 4.0;
        Self {
            width: room.width,
            height: legend + SLIDE_LEGEND - 4.0,
            panels,
            abreast: true,
            noted: false,
            legend,
        }
    }

    fn screen(trace: &TensorTrace, room: Room) -> Self {
        let shape = trace.input.shape();
        let order: Vec<usize> = (0..shape.len()).collect();
        let place = |x: f64, y: f64, w: f64| {
            let h = (room.height * 0.7).clamp(260.0, 460.0);
            Slices::new(shape, &order, Rect { x, y, w, h })
        };
        // The ring around a number looked at must not be cut off.
        let most = room.width - 3.0;
        let third = (most - GAP * at(IN_A_ROW - 1)) / at(IN_A_ROW);
        let numbers_fit = || place(0.0, 0.0, third).cell().0 >= ROOM_FOR_NUMBER;
        let abreast = room.width >= WIDE || (shape.len() > 1 && numbers_fit());
        let (in_a_row, width) = if abreast {
            (IN_A_ROW, third)
        } else {
            (1, most)
        };
        let (mut placed, mut y) = (Vec::new(), 0.0);
        for row in Panel::ALL.chunks(in_a_row) {
            let mut height: f64 = 0.0;
            for (k, &panel) in row.iter().enumerate() {
                if trace.panel(panel).is_none() {
                    continue;
                }
                let x = at(k) * (width + GAP);
                let slices = place(x, y + TITLE, width);
                height = height.max(TITLE + slices.height());
                placed.push(Placed::new(panel, (x, y), slices));
            }
            y += if height > 0.0 { height + BELOW } else { 0.0 };
        }
        Self {
            width: room.width,
            height: y + LEGEND,
            panels: placed,
            abreast,
            noted: true,
            legend: y,
        }
    }

    /// Where a number stands, if its heatmap is shown.
    #[must_use]
    pub fn rect(&self, target: TensorTarget) -> Option<Rect> {
        let placed = self.panels.iter().find(|p| p.panel == target.panel)?;
        Some(placed.slices.rect(target.index))
    }

    /// The number at a point.
    #[must_use]
    pub fn hit(&self, x: f64, y: f64) -> Option<TensorTarget> {
        self.panels.iter().find_map(|placed| {
            let index = placed.slices.hit(x, y)?;
            Some(TensorTarget {
                panel: placed.panel,
                index,
            })
        })
    }
}
