//! The pictures as SVG, without a browser: what must be on them is on them, at every stage and in every arrangement.
//!
//! `STILLS` names a folder to keep some of them in, for a look.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bounds;
mod colours;
#[path = "../common/mod.rs"]
mod common;
#[cfg(not(target_arch = "wasm32"))]
mod kept;
mod marks;
mod pointing;

use dropout_lab::draw::layout::{Form, Room};
use dropout_lab::draw::{Frame, Layout, Palette, Rect, draw};
use dropout_lab::model::{Stage, Target, Trace};
use plotters::backend::SVGBackend;
use plotters::style::RGBColor;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The room on a laptop, in a slide of any size, and on a phone: one of each arrangement.
const WIDE: Room = room(930.0, 640.0);

const COMPACT: Room = room(555.0, 187.0);

const STACKED: Room = room(366.0, 640.0);

const FORMS: [(Room, Form); 3] = [
    (WIDE, Form::Wide),
    (COMPACT, Form::Compact),
    (STACKED, Form::Stacked),
];

/// The same from a small phone to a 4K screen; the smallest frame that may hold the picture, and a phone on its side.
const ROOMS: [Room; 10] = [
    WIDE,
    COMPACT,
    STACKED,
    room(720.0, 500.0),
    room(1600.0, 900.0),
    room(3840.0, 2160.0),
    room(320.0, 568.0),
    room(480.0, 162.0),
    room(640.0, 150.0),
    room(700.0, 900.0),
];

/// Runs that are hard to draw, with the first picture.
const RUNS: [&str; 10] = [
    "",
    "mode=eval",
    "p=1",
    "batch=1&in=1&hidden=1&sample=1",
    "batch=100&in=32&hidden=60",
    "batch=15&hidden=40",
    "in=32&hidden=1",
    "momentum=0.9&step=2",
    "lr=100&step=100",
    "dropout=rand&p=1",
];

const fn room(width: f64, height: f64) -> Room {
    Room::screen(width, height)
}

/// A still: the trace at a stage, seen by the second sample or the last.
struct Still<'a> {
    trace: &'a Trace,
    layout: Layout,
    stage: Stage,
    progress: f64,
    focus: Option<Target>,
    palette: &'a Palette,
}

impl<'a> Still<'a> {
    fn new(trace: &'a Trace, room: Room) -> Self {
        Self {
            trace,
            layout: Layout::new(trace, room),
            stage: Stage::LAST,
            progress: 1.0,
            focus: None,
            palette: &Palette::BRIGHT,
        }
    }

    fn sample(&self) -> usize {
        1.min(self.trace.batch() - 1)
    }

    fn svg(&self) -> String {
        let frame = Frame {
            trace: self.trace,
            stage: self.stage,
            progress: self.progress,
            sample: self.sample(),
            focus: self.focus,
            palette: self.palette,
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a picture is small"
        )]
        let size = (
            self.layout.width.ceil() as u32,
            self.layout.height.ceil() as u32,
        );
        let mut svg = String::new();
        draw(
            &mut SVGBackend::with_string(&mut svg, size),
            &self.layout,
            &frame,
            1.0,
        )
        .unwrap();
        svg
    }

    fn marks(&self) -> Vec<Mark> {
        Mark::read(&self.svg())
    }
}

/// Something drawn: what it is, its colour, its corners, and its text if it is one.
#[derive(Debug)]
struct Mark {
    kind: String,
    color: String,
    opacity: f64,
    from: (f64, f64),
    to: (f64, f64),
    text: String,
}

impl Mark {
    fn read(svg: &str) -> Vec<Self> {
        // The first is <svg> itself.
        svg.split('<')
            .skip(2)
            .filter(|tag| !tag.starts_with('/'))
            .map(Self::of)
            .collect()
    }

    fn of(tag: &str) -> Self {
        let (tag, text) = tag.split_once('>').unwrap();
        let word = |name: &str| -> &str {
            let value = tag
                .split_once(&format!(" {name}=\""))
                .map(|(_, value)| value);
            value
                .and_then(|value| value.split('"').next())
                .unwrap_or_default()
        };
        let number = |name: &str| -> f64 { word(name).parse().unwrap() };
        let kind = tag.split(' ').next().unwrap().to_owned();
        let text = text.trim().to_owned();
        let (from, to) = match kind.as_str() {
            "rect" => {
                let (x, y) = (number("x"), number("y"));
                ((x, y), (x + number("width"), y + number("height")))
            }
            "line" => ((number("x1"), number("y1")), (number("x2"), number("y2"))),
            "circle" => {
                let (x, y, r) = (number("cx"), number("cy"), number("r"));
                ((x - r, y - r), (x + r, y + r))
            }
            "text" => text_corners(
                &text,
                (number("x"), number("y")),
                number("font-size"),
                word("text-anchor"),
            ),
            other => panic!("what is a {other}?"),
        };
        let fill = word("fill");
        let color = if fill.is_empty() || fill == "none" {
            word("stroke")
        } else {
            fill
        };
        Self {
            color: color.to_owned(),
            opacity: word("opacity").parse().unwrap_or(1.0),
            kind,
            from,
            to,
            text,
        }
    }

    fn is(&self, kind: &str, color: RGBColor) -> bool {
        self.kind == kind && self.color.eq_ignore_ascii_case(&hex(color))
    }

    fn inside(&self, rect: Rect) -> bool {
        let r = rect.grown(1.0);
        r.contains(self.from.0, self.from.1) && r.contains(self.to.0, self.to.1)
    }
}

/// Where text roughly is: half its size a character, which system fonts take on average.
/// The SVG backend writes sizes divided by 1.24; a canvas does not.
fn text_corners(
    text: &str,
    (x, y): (f64, f64),
    size: f64,
    anchor: &str,
) -> ((f64, f64), (f64, f64)) {
    let characters = u32::try_from(text.chars().count()).unwrap();
    let width = f64::from(characters) * size * 1.24 * 0.5;
    let left = match anchor {
        "middle" => x - width / 2.0,
        "end" => x - width,
        _ => x,
    };
    ((left, y), (left + width, y))
}

fn hex(RGBColor(r, g, b): RGBColor) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}

fn texts(marks: &[Mark]) -> Vec<&str> {
    marks
        .iter()
        .filter(|mark| mark.kind == "text")
        .map(|mark| mark.text.as_str())
        .collect()
}

/// The stills of a run in a room: every stage at its beginning, in its middle and whole.
fn stills(trace: &Trace, room: Room) -> impl Iterator<Item = Still<'_>> {
    Stage::ALL.into_iter().flat_map(move |stage| {
        [0.0, 0.5, 1.0].map(move |progress| Still {
            stage,
            progress,
            ..Still::new(trace, room)
        })
    })
}

/// What of a still lies outside its picture.
fn outside(still: &Still) -> Vec<String> {
    const EDGE: f64 = 2.0;
    let (width, height) = (still.layout.width, still.layout.height);
    let is_outside = |mark: &Mark| {
        let (left, right) = (mark.from.0.min(mark.to.0), mark.from.0.max(mark.to.0));
        let (top, bottom) = (mark.from.1.min(mark.to.1), mark.from.1.max(mark.to.1));
        left < -EDGE || top < -EDGE || right > width + EDGE || bottom > height + EDGE
    };
    let outside = still.marks().into_iter().filter(is_outside);
    outside
        .map(|mark| {
            let (from, to) = (mark.from, mark.to);
            format!(
                "{:?} {width} x {height}: {} {:?} from {from:?} to {to:?}",
                still.layout.form, mark.kind, mark.text
            )
        })
        .collect()
}

fn assert_none(mut faults: Vec<String>) {
    faults.sort();
    faults.dedup();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
