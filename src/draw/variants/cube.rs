//! The mask as a cube seen from one corner: what shares a coin has no line between it.

use plotters::style::RGBColor;

use crate::draw::layout::at;
use crate::draw::palette::mix;
use crate::draw::pen::Align;
use crate::draw::{Palette, Pen, Rect};
use crate::model::exhibits::{VariantsTarget, VariantsTrace};

/// How far a step into the depth goes right and up, in cells.
const DEPTH: (f64, f64) = (0.46, 0.36);
/// The largest cell.
const LARGEST: f64 = 30.0;
/// Room for the names of the axes: left, and below.
const MARGIN: (f64, f64) = (36.0, 34.0);

/// Where the cube stands, and which axes of the tensor are its depth, height and width.
#[derive(Clone, Debug, PartialEq)]
pub struct Cube {
    /// Where the front's upper left corner is.
    origin: (f64, f64),
    cell: f64,
    /// Axes of depth, height and width.
    axes: [usize; 3],
    /// Their sizes.
    sizes: [usize; 3],
    /// How far apart neighbours along each are in the tensor.
    strides: [usize; 3],
    /// Height of the whole.
    pub height: f64,
}

impl Cube {
    /// A cube of the tensor's last three axes, in the order given; of a fourth the first is shown.
    #[must_use]
    pub fn new(shape: &[usize], axes: [usize; 3], room: Rect) -> Self {
        let sizes = axes.map(|axis| shape[axis]);
        let strides = axes.map(|axis| shape[axis + 1..].iter().product());
        let [depth, rows, columns] = sizes.map(at);
        let across = columns + depth * DEPTH.0;
        let down = rows + depth * DEPTH.1;
        let cell = ((room.w - MARGIN.0 - 24.0) / across)
            .min((room.h - MARGIN.1) / down)
            .clamp(0.0, LARGEST);
        Self {
            origin: (room.x + MARGIN.0, room.y + depth * DEPTH.1 * cell),
            cell,
            axes,
            sizes,
            strides,
            height: down * cell + MARGIN.1,
        }
    }

    /// The corner (depth, row, column) on the paper.
    fn corner(&self, [depth, row, column]: [usize; 3]) -> (f64, f64) {
        (
            self.origin.0 + self.cell * (at(column) + DEPTH.0 * at(depth)),
            self.origin.1 + self.cell * (at(row) - DEPTH.1 * at(depth)),
        )
    }

    fn index(&self, place: [usize; 3]) -> usize {
        place
            .iter()
            .zip(self.strides)
            .map(|(k, stride)| k * stride)
            .sum()
    }

    /// The three sides that are seen: the front, the top and the right.
    fn faces(&self) -> [Face; 3] {
        let last = self.sizes.map(|size| size.saturating_sub(1));
        let face =
            |down: usize, across: usize, at: [usize; 3], corner: [usize; 3], shade: f64| Face {
                down,
                across,
                at,
                corner,
                shade,
            };
        [
            face(1, 2, [0, 0, 0], [0, 0, 0], 1.0),
            face(0, 2, [0, 0, 0], [0, 0, 0], 0.62),
            face(0, 1, [0, 0, last[2]], [0, 0, self.sizes[2]], 0.8),
        ]
    }

    /// The number at a point of a side.
    #[must_use]
    pub fn hit(&self, x: f64, y: f64) -> Option<usize> {
        self.faces().into_iter().find_map(|face| {
            self.cells(face)
                .find(|(_, quad)| inside(quad, (x, y)))
                .map(|(place, _)| self.index(place))
        })
    }

    /// The cells of a side, each with its corners in order around it.
    fn cells(&self, face: Face) -> impl Iterator<Item = ([usize; 3], Quad)> + '_ {
        let (downs, acrosses) = (self.sizes[face.down], self.sizes[face.across]);
        let pairs = (0..downs).flat_map(move |i| (0..acrosses).map(move |j| (i, j)));
        pairs.map(move |(i, j)| {
            let step = |base: [usize; 3], i: usize, j: usize| {
                let mut place = base;
                place[face.down] += i;
                place[face.across] += j;
                place
            };
            let around = [(0, 0), (0, 1), (1, 1), (1, 0)];
            let quad = around.map(|(a, b)| self.corner(step(face.corner, i + a, j + b)));
            (step(face.at, i, j), quad)
        })
    }

    pub(super) fn draw(
        &self,
        pen: &mut Pen,
        trace: &VariantsTrace,
        palette: &Palette,
        focus: Option<VariantsTarget>,
    ) {
        let coin = |index: usize| trace.coin_of.get(index).copied();
        let looked_at = match focus {
            Some(VariantsTarget::Number { index }) => coin(index),
            _ => None,
        };
        self.sides(pen, trace, palette);
        for face in self.faces() {
            for (place, quad) in self.cells(face) {
                self.edges(pen, trace, (face, place, quad), |pen, from, to| {
                    pen.line(from, to, palette.paper, 2.4, 1.0);
                    pen.line(from, to, palette.quiet, 1.0, 1.0);
                });
            }
        }
        for face in self.faces() {
            for (place, quad) in self.cells(face) {
                if looked_at.is_some() && looked_at == coin(self.index(place)) {
                    self.edges(pen, trace, (face, place, quad), |pen, from, to| {
                        pen.line(from, to, palette.accent, 3.0, 1.0);
                    });
                }
            }
        }
        self.names(pen, trace, palette);
    }

    /// The cells without their edges: kept is solid, dropped crossed.
    fn sides(&self, pen: &mut Pen, trace: &VariantsTrace, palette: &Palette) {
        for face in self.faces() {
            for (place, quad) in self.cells(face) {
                let kept = trace.keeps(self.index(place));
                pen.polygon(&quad, color(palette, kept, face.shade), 1.0);
                if !kept {
                    pen.line(quad[0], quad[2], palette.faint, 1.0, 1.0);
                    pen.line(quad[1], quad[3], palette.faint, 1.0, 1.0);
                }
            }
        }
    }

    /// The edges towards neighbours that hang on another coin, and around the side.
    fn edges(
        &self,
        pen: &mut Pen,
        trace: &VariantsTrace,
        (face, place, quad): (Face, [usize; 3], Quad),
        draw: impl Fn(&mut Pen, (f64, f64), (f64, f64)),
    ) {
        let coin = |place| trace.coin_of[self.index(place)];
        let own = coin(place);
        let neighbour = |axis: usize, back: bool| {
            let mut next = place;
            next[axis] = if back {
                place[axis].checked_sub(1)?
            } else {
                place[axis] + 1
            };
            (next[axis] < self.sizes[axis]).then(|| coin(next))
        };
        let sides = [
            (neighbour(face.down, true), quad[0], quad[1]),
            (neighbour(face.across, false), quad[1], quad[2]),
            (neighbour(face.down, false), quad[3], quad[2]),
            (neighbour(face.across, true), quad[0], quad[3]),
        ];
        for (next, from, to) in sides {
            if next != Some(own) {
                draw(pen, from, to);
            }
        }
    }

    /// Each axis along an edge of the cube.
    fn names(&self, pen: &mut Pen, trace: &VariantsTrace, palette: &Palette) {
        let names = trace.settings.axes();
        let [depth, rows, columns] = self.axes.map(|axis| names.get(axis).copied().unwrap_or(""));
        let [d, r, c] = self.sizes;
        let middle =
            |a: (f64, f64), b: (f64, f64)| (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        let below = middle(self.corner([0, r, 0]), self.corner([0, r, c]));
        let left = middle(self.corner([0, 0, 0]), self.corner([0, r, 0]));
        let right = middle(self.corner([0, r, c]), self.corner([d, r, c]));
        if let Some(rest) = names.len().checked_sub(4) {
            let note = t!("the first {}", names[rest]);
            let at = (below.0, below.1 + 27.0);
            pen.text(&note, at, 10.5, Align::Center, palette.quiet, 1.0);
        }
        let mut name = |text: String, at: (f64, f64), align| {
            pen.bold(&text, at, 12.0, align, palette.ink, 1.0);
        };
        name(
            format!("{columns} →"),
            (below.0, below.1 + 13.0),
            Align::Center,
        );
        name(format!("{rows} ↓"), (left.0 - 5.0, left.1), Align::Right);
        name(
            format!("{depth} ↗"),
            (right.0 + 5.0, right.1 + 9.0),
            Align::Left,
        );
    }
}

/// A cell seen at an angle: its corners in order around it.
type Quad = [(f64, f64); 4];

/// A side of the cube.
#[derive(Clone, Copy, Debug)]
struct Face {
    /// Which of depth, height and width runs down the side, and which across.
    down: usize,
    across: usize,
    /// The first number of the side, and the corner at which it stands.
    at: [usize; 3],
    corner: [usize; 3],
    /// How bright it is.
    shade: f64,
}

fn color(palette: &Palette, kept: bool, shade: f64) -> RGBColor {
    if kept {
        mix(palette.paper, palette.ink, shade)
    } else {
        palette.paper
    }
}

/// Whether a point lies in a convex shape whose corners go around it.
fn inside(quad: &Quad, (x, y): (f64, f64)) -> bool {
    let turn = |k: usize| {
        let (a, b) = (quad[k], quad[(k + 1) % 4]);
        (b.0 - a.0) * (y - a.1) - (b.1 - a.1) * (x - a.0)
    };
    (0..4).all(|k| turn(k) >= 0.0) || (0..4).all(|k| turn(k) <= 0.0)
}
