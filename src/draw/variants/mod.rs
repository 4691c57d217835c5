//! Which numbers share a coin: the mask of a layer as a cube with named axes and, number by number,
//! as slices. What shares a coin is joined; kept is solid, dropped hollow and crossed.

mod cube;
mod layout;

pub use cube::Cube;
pub use layout::Layout;

use super::numbers::{Decimals, SIZE, readable};
use super::pen::Align;
use super::{Palette, Pen, Rect, Surface};
use crate::model::exhibits::{VariantsTarget, VariantsTrace};
use crate::words;

/// Half the gap between numbers with coins of their own.
const AIR: f64 = 1.6;

/// One still.
#[derive(Clone, Copy, Debug)]
pub struct VariantsFrame<'a> {
    /// The pass.
    pub trace: &'a VariantsTrace,
    /// The number pointed at or focused; all that share its coin are marked.
    pub focus: Option<VariantsTarget>,
    /// The colours.
    pub palette: &'a Palette,
}

impl VariantsFrame<'_> {
    /// The coin of the number looked at.
    fn coin(&self) -> Option<usize> {
        match self.focus? {
            VariantsTarget::Number { index } => self.trace.coin_of.get(index).copied(),
            VariantsTarget::Output { .. } => None,
        }
    }
}

/// Draws one still, `scale` backend pixels to a CSS pixel.
///
/// # Errors
/// What the backend said when it could not draw.
pub fn draw(
    surface: &mut dyn Surface,
    layout: &Layout,
    frame: &VariantsFrame,
    scale: f64,
) -> Result<(), String> {
    let (trace, palette) = (frame.trace, frame.palette);
    let size = (layout.width, layout.height);
    let mut pen = Pen::on_paper(surface, size, frame.palette, scale);
    title(&mut pen, layout, frame);
    if let Some(cube) = &layout.cube {
        cube.draw(&mut pen, trace, palette, frame.focus);
    }
    let names: Vec<String> = trace
        .settings
        .axes()
        .iter()
        .map(ToString::to_string)
        .collect();
    layout.slices.axes(&mut pen, &names, palette);
    let values = trace.output.data();
    let (w, h) = layout.slices.cell();
    let decimals = Decimals::fitting(values, w - 2.0).filter(|_| h >= 17.0);
    for index in 0..values.len() {
        number(&mut pen, layout, frame, index, decimals);
    }
    for index in 0..values.len() {
        if frame.coin() == trace.coin_of.get(index).copied() {
            marked(&mut pen, layout, frame, index);
        }
    }
    answers(&mut pen, layout, frame);
    legend(&mut pen, layout, frame);
    pen.finish()
}

fn title(pen: &mut Pen, layout: &Layout, frame: &VariantsFrame) {
    let (trace, palette) = (frame.trace, frame.palette);
    let name = words::variants::layer(trace.settings.layer());
    pen.bold(name, (0.0, 9.0), 12.5, Align::Left, palette.ink, 1.0);
    if layout.noted {
        let note = words::variants::coins(trace);
        pen.text(&note, (0.0, 26.0), 10.5, Align::Left, palette.quiet, 1.0);
    }
    if trace.settings.ignores_eval() {
        let x = 24.0 + 7.2 * super::layout::at(name.chars().count());
        pen.disc((x, 9.0), 5.0, palette.accent, 1.0);
        let at = (x + 10.0, 9.0);
        pen.bold(
            t!("eval, and still dropping"),
            at,
            11.0,
            Align::Left,
            palette.warning,
            1.0,
        );
    }
}

/// Left, upper, right and lower neighbour in the picture, and whether each hangs on the same coin.
fn joined(layout: &Layout, trace: &VariantsTrace, index: usize) -> [bool; 4] {
    let r = layout.slices.rect(index);
    let (x, y) = r.center();
    let same = |dx: f64, dy: f64| {
        let next = layout.slices.hit(x + dx * r.w, y + dy * r.h);
        next.is_some_and(|next| trace.coin_of[next] == trace.coin_of[index])
    };
    [
        same(-1.0, 0.0),
        same(0.0, -1.0),
        same(1.0, 0.0),
        same(0.0, 1.0),
    ]
}

/// A cell without the air on the sides on which it is joined.
fn shape(r: Rect, joined: [bool; 4]) -> Rect {
    let [left, top, right, bottom] = joined.map(|joined| if joined { 0.0 } else { AIR });
    Rect {
        x: r.x + left,
        y: r.y + top,
        w: r.w - left - right,
        h: r.h - top - bottom,
    }
}

/// The sides of a cell that are not joined.
fn border(pen: &mut Pen, r: Rect, joined: [bool; 4], width: f64, color: plotters::style::RGBColor) {
    let sides = [
        Rect { w: width, ..r },
        Rect { h: width, ..r },
        Rect {
            x: r.x + r.w - width,
            w: width,
            ..r
        },
        Rect {
            y: r.y + r.h - width,
            h: width,
            ..r
        },
    ];
    for (side, joined) in sides.into_iter().zip(joined) {
        if !joined {
            pen.fill(side, color, 1.0);
        }
    }
}

fn number(
    pen: &mut Pen,
    layout: &Layout,
    frame: &VariantsFrame,
    index: usize,
    decimals: Option<Decimals>,
) {
    let (trace, palette) = (frame.trace, frame.palette);
    let sides = joined(layout, trace, index);
    let cell = layout.slices.rect(index);
    let r = shape(cell, sides);
    let kept = trace.keeps(index);
    if kept {
        pen.fill(r, palette.ink, 1.0);
    } else {
        border(pen, r, sides, 1.2, palette.quiet);
        pen.cross(
            Rect::around(cell.center(), cell.w, cell.h).grown(-AIR),
            palette.faint,
            1.0,
            1.0,
        );
    }
    if let Some(decimals) = decimals {
        let text = decimals.text(trace.output.data()[index]);
        result(pen, (cell, r), &text, kept, palette);
    }
}

/// What came of a number, on a plate where it is crossed.
fn result(pen: &mut Pen, (cell, shape): (Rect, Rect), text: &str, kept: bool, palette: &Palette) {
    let at = cell.center();
    let color = if kept {
        readable(palette, palette.ink)
    } else {
        let width = 6.0 * super::pen::letters(text) + 5.0;
        let plate = Rect::around(at, width.min(shape.w - 3.0), 12.0);
        pen.fill(plate, palette.paper, 1.0);
        palette.quiet
    };
    pen.text(text, at, SIZE, Align::Center, color, 1.0);
}

/// The outline of what shares the coin looked at.
fn marked(pen: &mut Pen, layout: &Layout, frame: &VariantsFrame, index: usize) {
    let sides = joined(layout, frame.trace, index);
    let r = shape(layout.slices.rect(index), sides);
    border(pen, r, sides, 3.0, frame.palette.accent);
}

/// What a linear layer makes of ones with these weights.
fn answers(pen: &mut Pen, layout: &Layout, frame: &VariantsFrame) {
    let (palette, Some(linear)) = (frame.palette, &frame.trace.linear) else {
        return;
    };
    for (unit, (&value, &r)) in linear.data().iter().zip(&layout.outputs).enumerate() {
        let (x, y) = r.center();
        let sum = (r.x - 10.0, y);
        pen.text(
            t!("× ones + 1 ="),
            sum,
            10.5,
            Align::Right,
            palette.quiet,
            1.0,
        );
        let text = words::number(value);
        pen.outline(r.grown(-1.0), palette.ink, 1.2, 1.0);
        pen.bold(&text, (x, y), 11.5, Align::Center, palette.ink, 1.0);
        if frame.focus == Some(VariantsTarget::Output { unit }) {
            pen.outline(r.grown(1.5), palette.accent, 2.5, 1.0);
        }
    }
    if let Some(first) = layout.outputs.first() {
        let at = (first.center().0, first.y - 9.0);
        pen.text(t!("output"), at, 10.5, Align::Center, palette.ink, 1.0);
    }
}

fn legend(pen: &mut Pen, layout: &Layout, frame: &VariantsFrame) {
    let (palette, y) = (frame.palette, layout.legend + 12.0);
    let mut x = 2.0;
    for (kept, name) in [(true, t!("kept")), (false, t!("dropped"))] {
        let r = Rect::around((x + 8.0, y), 14.0, 14.0);
        super::cells::coin(pen, r, kept, true, palette, 1.0);
        pen.text(name, (x + 20.0, y), 11.0, Align::Left, palette.quiet, 1.0);
        x += 34.0 + 6.2 * super::pen::letters(name);
    }
    let joined = Rect {
        x,
        y: y - 7.0,
        w: 40.0,
        h: 14.0,
    };
    pen.fill(joined, palette.ink, 1.0);
    let at = (x + 47.0, y);
    pen.text(
        t!("joined: one coin"),
        at,
        11.0,
        Align::Left,
        palette.quiet,
        1.0,
    );
}
