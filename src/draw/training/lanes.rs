//! The hidden units, a lane each: the coins of the latest batch as the network view has them, how often the unit was
//! kept, how often its row of fc1 got no gradient, and its weights in both networks.

use super::layout::LaneRoom;
use super::stroke::Side;
use super::{Frame, Layout, Mark, round};
use crate::draw::chart::Axis;
use crate::draw::layout::{SMALLEST_TYPE, at};
use crate::draw::pen::{Align, letters};
use crate::draw::{Palette, Pen, Rect, cells, legend};
use crate::model::exhibits::training::{Lanes, RunTrace};
use crate::words;

/// Names of the axes, and the same where there is little room.
fn names_of_axes() -> [[&'static str; 2]; 4] {
    [
        [t!("kept, share"), t!("kept"; "head of a narrow column")],
        [t!("no gradient, share"), t!("no grad.")],
        [t!("norm of fc1's row"), "‖fc1‖"],
        ["|w2|", "|w2|"],
    ]
}
/// A column narrower than this has the short name.
const NARROW: f64 = 100.0;
/// Least distance of two names of units.
const NAME: f64 = 11.0;

pub(super) fn draw(pen: &mut Pen, layout: &Layout, frame: &Frame, trace: &RunTrace) {
    let (Some(room), lanes) = (&layout.lanes, &trace.lanes) else {
        return;
    };
    for unit in 0..room.shown {
        behind(pen, room, frame, lanes, unit);
        coins(pen, room, frame.palette, lanes, unit);
    }
    names(pen, room, frame.palette);
    grid(pen, room, frame.palette, lanes);
    for unit in 0..room.shown {
        numbers(pen, room, frame.palette, lanes, unit);
    }
    heads(pen, layout, room, frame.palette, lanes);
    ends(pen, layout, room, frame.palette, lanes);
    shapes(pen, layout, room, frame.palette);
}

/// Hatching where the latest step had no gradient, and the mark of the lane that is looked at.
fn behind(pen: &mut Pen, room: &LaneRoom, frame: &Frame, lanes: &Lanes, unit: usize) {
    let (band, palette) = (room.lane(unit).grown(-0.5), frame.palette);
    if lanes.units[unit].latest.is_some() {
        pen.fill(band, palette.hatched, 1.0);
        pen.hatch(band, palette.hatching, 0.8);
    }
    if frame.focus == Some(Mark::Lane(unit)) {
        pen.fill(band, palette.accent_wash, 0.7);
        pen.fill(Rect { w: 3.0, ..band }, palette.accent, 1.0);
    }
}

fn coins(pen: &mut Pen, room: &LaneRoom, palette: &Palette, lanes: &Lanes, unit: usize) {
    for sample in 0..room.coins.count {
        let cell = room.coin(sample, unit);
        let Some(coin) = lanes.coins.get(sample).and_then(|row| row.get(unit)) else {
            pen.disc(cell.center(), 1.0, palette.faint, 1.0);
            continue;
        };
        let cell = cells::inside(cell);
        cells::coin(pen, cell, coin.kept, coin.active, palette, 1.0);
    }
}

/// "h1", as many as have room.
fn names(pen: &mut Pen, room: &LaneRoom, palette: &Palette) {
    let every = [1, 2, 5, 10, 20, 50];
    let every = every.into_iter().find(|n| room.pitch * at(*n) >= NAME);
    let every = every.unwrap_or(100);
    for unit in (0..room.shown).filter(|unit| every == 1 || (unit + 1) % every == 0) {
        let y = room.lane(unit).center().1;
        let name = format!("h{}", unit + 1);
        let size = (room.pitch * 0.75).clamp(SMALLEST_TYPE, 12.0);
        let place = (room.coins.x - 4.0, y);
        pen.text(&name, place, size, Align::Right, palette.ink, 1.0);
    }
}

/// The ends of the axes, and what so many coins of 1 - p would give: the band of two standard deviations.
fn grid(pen: &mut Pen, room: &LaneRoom, palette: &Palette, lanes: &Lanes) {
    let (top, floor) = (room.area.y, room.area.y + room.area.h);
    let upright = |pen: &mut Pen, x: f64| {
        pen.line((x, top), (x, floor), palette.faint, 1.0, 1.0);
    };
    for axis in &room.axes {
        upright(pen, axis.start);
        upright(pen, axis.end);
    }
    let axis = &room.axes[0];
    let edge = |sign: f64| axis.at((lanes.keep + sign * 2.0 * lanes.sd()).clamp(0.0, 1.0));
    let band = Rect {
        x: edge(-1.0),
        w: (edge(1.0) - edge(-1.0)).max(1.0),
        ..room.area
    };
    if lanes.seen > 0 {
        pen.fill(band, palette.positive, 0.16);
    }
    let x = axis.at(lanes.keep);
    pen.line((x, top), (x, floor), palette.accent, 1.4, 1.0);
}

fn numbers(pen: &mut Pen, room: &LaneRoom, palette: &Palette, lanes: &Lanes, unit: usize) {
    let (lane, y) = (&lanes.units[unit], room.lane(unit).center().1);
    let radius = (room.pitch * 0.34).clamp(1.5, 4.0);
    let [kept, idle, row, out] = &room.axes;
    if let Some(share) = lanes.share(unit) {
        Side::With.mark(pen, (kept.at(share), y), radius, palette);
    }
    let [without, with] = lane.idle_steps();
    let [all, all_with] = lanes.steps.map(|steps| f64::from(steps.max(1)));
    if lanes.seen > 0 {
        let shares = [f64::from(without) / all, f64::from(with) / all_with];
        both(pen, palette, idle, shares, (y, radius));
    }
    both(pen, palette, row, lane.row.map(f64::from), (y, radius));
    both(pen, palette, out, lane.out.map(f64::from), (y, radius));
}

/// A number of both networks: their marks, and a line between.
fn both(pen: &mut Pen, palette: &Palette, axis: &Axis, values: [f64; 2], (y, radius): (f64, f64)) {
    if values.iter().any(|value| !value.is_finite()) {
        return;
    }
    let x = values.map(|value| axis.at(value.min(axis.to)));
    pen.line((x[0], y), (x[1], y), palette.quiet, 1.0, 1.0);
    for (side, x) in Side::BOTH.into_iter().zip(x) {
        side.mark(pen, (x, y), radius, palette);
    }
}

fn heads(pen: &mut Pen, layout: &Layout, room: &LaneRoom, palette: &Palette, lanes: &Lanes) {
    let (left, top) = (room.room.x, room.room.y);
    let y = room.area.y - if layout.compact { 9.0 } else { 11.0 };
    if !layout.compact {
        let title = (left, top + 10.0);
        pen.bold(
            t!("Hidden units"),
            title,
            12.5,
            Align::Left,
            palette.ink,
            1.0,
        );
        let note = match (room.shown, lanes.units.len()) {
            (shown, all) if shown < all => {
                t!("the first {shown} of {all} units; the table has the others")
            }
            _ => t!("the latest batch, counts so far, weights now").to_owned(),
        };
        let at = (left, top + 25.0);
        pen.text(&note, at, 10.5, Align::Left, palette.quiet, 1.0);
    }
    let size = 10.5;
    pen.text(
        t!("mask"),
        (room.coins.x, y),
        size,
        Align::Left,
        palette.ink,
        1.0,
    );
    for (axis, [long, short]) in room.axes.iter().zip(names_of_axes()) {
        let name = if axis.end - axis.start < NARROW {
            short
        } else {
            long
        };
        pen.text(name, (axis.start, y), size, Align::Left, palette.ink, 1.0);
    }
}

/// The numbers at the ends of the axes, and 1 - p.
fn ends(pen: &mut Pen, layout: &Layout, room: &LaneRoom, palette: &Palette, lanes: &Lanes) {
    let y = room.area.y + room.area.h + if layout.compact { 8.0 } else { 11.0 };
    let mut tick = |x: f64, align: Align, text: &str| {
        pen.text(text, (x, y), 10.0, align, palette.quiet, 1.0);
    };
    for axis in &room.axes {
        // Where columns stand close, their ends must not run into each other.
        let [from, to] = if narrow(axis) {
            [Align::Left, Align::Right]
        } else {
            [Align::Center; 2]
        };
        tick(axis.start, from, "0");
        tick(axis.end, to, &words::plain(round(axis.to)));
    }
    let hidden = lanes.units.len();
    if layout.compact && room.shown < hidden {
        let text = t!("{} of {hidden} units", room.shown);
        tick(room.room.x, Align::Left, &text);
    }
    let axis = &room.axes[0];
    let x = axis.at(lanes.keep);
    if x - axis.start > 26.0 && axis.end - x > 26.0 {
        tick(x, Align::Center, "1 − p");
    }
}

fn narrow(axis: &Axis) -> bool {
    axis.end - axis.start < NARROW
}

/// What the shapes mean.
fn shapes(pen: &mut Pen, layout: &Layout, room: &LaneRoom, palette: &Palette) {
    let y = room.area.y + room.area.h + if layout.compact { 22.0 } else { 32.0 };
    let small = cells::is_small(cells::inside(room.coin(0, 0)));
    let x = legend::coins(pen, (room.room.x, y), small, palette);
    let name = if layout.compact {
        t!("no grad.")
    } else {
        t!("no gradient")
    };
    let needed = 36.0 + 6.4 * letters(name);
    // A slide has its name at the head of the column too.
    if x + needed <= room.room.x + room.room.w {
        legend::without_gradient(pen, (x + 4.0, y), name, palette);
    }
}
