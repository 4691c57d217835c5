//! The pictures as SVG, without a browser: what must be on them is on them, at every stage and in every arrangement.
//!
//! `STILLS` names a folder to keep some of them in, for a look.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{targets, trace_of};
use dropout_lab::draw::layout::{Form, Room};
use dropout_lab::draw::{Frame, Layout, Palette, Rect, draw};
use dropout_lab::model::{Stage, Target, Trace};
use dropout_lab::words;
use plotters::backend::SVGBackend;
use plotters::style::RGBColor;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
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

#[test]
fn every_still_of_every_run_can_be_drawn_and_stays_in_its_picture() {
    let mut faults = Vec::new();
    for run in RUNS {
        let trace = trace_of(run);
        for (room, _) in FORMS {
            faults.extend(stills(&trace, room).flat_map(|still| outside(&still)));
        }
    }
    assert_none(faults);
}

#[test]
fn the_whole_picture_stays_in_its_picture_in_every_room() {
    let mut faults = Vec::new();
    for run in RUNS {
        let trace = trace_of(run);
        faults.extend(
            ROOMS
                .into_iter()
                .flat_map(|room| outside(&Still::new(&trace, room))),
        );
    }
    assert_none(faults);
}

#[test]
fn the_largest_run_can_be_drawn_and_stays_in_its_picture() {
    let trace = trace_of("batch=128&in=32&hidden=256");
    let largest = FORMS.map(|(room, _)| outside(&Still::new(&trace, room)));
    assert_none(largest.concat());
}

#[test]
fn each_room_gets_its_arrangement_and_its_whole_width() {
    let trace = trace_of("");
    for (room, form) in FORMS {
        let layout = Layout::new(&trace, room);
        assert_eq!((layout.form, layout.width), (form, room.width));
    }
}

#[test]
fn the_picture_says_what_its_rows_and_columns_are() {
    for run in RUNS {
        let trace = trace_of(run);
        for (room, form) in FORMS {
            let marks = Still::new(&trace, room).marks();
            let said = texts(&marks);
            for unit in 0..trace.hidden_features() {
                assert!(
                    said.contains(&format!("h{}", unit + 1).as_str()),
                    "{run}, {form:?}: h{}",
                    unit + 1
                );
            }
            for head in [
                "mask",
                "∂loss/∂fc1",
                "kept",
                "dropped",
                "ReLU off",
                "both",
                "no gradient",
            ] {
                assert!(
                    said.contains(&head),
                    "{run}, {form:?}: {head} is not in {said:?}"
                );
            }
            let loss = format!("loss {}", words::number(trace.pass.loss));
            let output = form == Form::Compact || said.iter().any(|text| text.starts_with(&loss));
            assert!(output, "{run}, {form:?}: {loss} is not in {said:?}");
        }
    }
}

#[test]
fn every_lane_ends_with_its_verdict() {
    for run in RUNS {
        let trace = trace_of(run);
        for (room, form) in FORMS {
            let still = Still::new(&trace, room);
            let marks = still.marks();
            for (unit, lane) in trace.lanes.iter().enumerate() {
                // It may be broken into lines.
                let band = still.layout.band(unit);
                let said: Vec<&str> = marks
                    .iter()
                    .filter(|mark| mark.kind == "text" && mark.from.0 >= still.layout.verdict - 1.0)
                    .filter(|mark| (band.y..band.y + band.h).contains(&mark.from.1))
                    .map(|mark| mark.text.as_str())
                    .collect();
                let said = said.join(" ");
                let (long, short) = (
                    words::verdict(lane, trace.batch()),
                    words::short_verdict(lane, trace.batch()),
                );
                // A low lane has room for the short form alone.
                let low = form != Form::Wide || still.layout.pitch < 27.0;
                assert!(
                    said.contains(&long) || low && said.contains(&short),
                    "{run}, {form:?}: {long} is not in {said}"
                );
            }
        }
    }
}

#[test]
fn what_has_not_happened_yet_is_not_told() {
    let trace = trace_of("");
    for (room, form) in FORMS {
        for stage in Stage::ALL {
            let marks = Still {
                stage,
                ..Still::new(&trace, room)
            }
            .marks();
            let shown = |start: &str| {
                marks
                    .iter()
                    .any(|mark| mark.text.starts_with(start) && mark.opacity > 0.5)
            };
            let verdict = words::short_verdict(&trace.lanes[0], 4);
            let cut = verdict.split(' ').next().unwrap_or_default();
            assert_eq!(
                shown("moved by"),
                stage == Stage::Sgd,
                "{form:?} {stage:?}: {cut}"
            );
            assert_eq!(shown("3/4"), stage >= Stage::Mask, "{form:?} {stage:?}");
            if form != Form::Compact {
                assert_eq!(shown("loss "), stage >= Stage::Loss, "{form:?} {stage:?}");
            }
        }
    }
}

#[test]
fn there_is_a_cross_for_every_unit_that_is_dropped_and_no_other() {
    for run in [
        "",
        "mode=eval",
        "p=1",
        "p=0.9&batch=6&hidden=7",
        "p=0&seed=3",
    ] {
        let trace = trace_of(run);
        for (room, form) in FORMS {
            let still = Still::new(&trace, room);
            let (layout, marks) = (&still.layout, still.marks());
            let lines: Vec<&Mark> = marks
                .iter()
                .filter(|mark| mark.is("line", still.palette.quiet))
                .collect();
            let mut expected = 2 * 2; // In the legend: dropped, and both.
            for target in targets(&trace) {
                let crossed = lines
                    .iter()
                    .filter(|line| line.inside(layout.rect(target)))
                    .count();
                match target {
                    Target::Mask { sample, unit } if layout.mask.pitch >= 13.0 => {
                        assert_eq!(
                            crossed,
                            if trace.kept(sample, unit) { 0 } else { 2 },
                            "{run}, {form:?}: {target:?}"
                        );
                        expected += crossed;
                    }
                    Target::Unit { sample, unit } if sample == still.sample() => {
                        assert_eq!(
                            crossed,
                            if trace.kept(sample, unit) { 0 } else { 2 },
                            "{run}, {form:?}: {target:?}"
                        );
                        expected += crossed;
                    }
                    _ => {}
                }
            }
            if layout.mask.pitch >= 13.0 {
                assert_eq!(lines.len(), expected, "{run}, {form:?}");
            }
        }
    }
}

#[test]
fn a_number_below_0_has_a_bar_in_its_cell_and_no_other_has() {
    const THICK: f64 = 1.5;
    for run in ["", "seed=7&p=0.3", "p=0&in=8&hidden=6"] {
        let trace = trace_of(run);
        for (room, form) in FORMS {
            let still = Still::new(&trace, room);
            let marks = still.marks();
            let (mut below, mut above) = (0, 0);
            for target in targets(&trace) {
                let value = match target {
                    Target::WeightGrad { unit, input } => {
                        trace.pass.grad.fc1.weight.at(unit, input)
                    }
                    Target::BiasGrad { unit } => trace.pass.grad.fc1.bias.data()[unit],
                    _ => continue,
                };
                let cell = still.layout.rect(target);
                if cell.w < 7.0 {
                    continue;
                }
                let bar = |mark: &&Mark| {
                    let high = mark.to.1 - mark.from.1;
                    mark.kind == "rect"
                        && mark.inside(cell)
                        && (THICK - 1.0..=THICK + 1.0).contains(&high)
                        && mark.to.0 - mark.from.0 < cell.w
                        && (mark.is("rect", still.palette.ink)
                            || mark.is("rect", still.palette.paper))
                };
                let bars = marks.iter().filter(bar).count();
                assert_eq!(
                    bars,
                    usize::from(value < 0.0),
                    "{run}, {form:?}: {target:?} {value}"
                );
                *(if value < 0.0 { &mut below } else { &mut above }) += 1;
            }
            assert!(
                form == Form::Compact || below > 10 && above > 10,
                "{form:?}"
            );
        }
    }
}

#[test]
fn an_edge_is_dashed_if_and_only_if_it_carries_a_number_below_0() {
    let trace = trace_of("");
    for (room, form) in FORMS {
        let still = Still::new(&trace, room);
        let (layout, marks) = (&still.layout, still.marks());
        let whole = |from: (f64, f64), to: (f64, f64), color: RGBColor| {
            let near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1) < 2.0;
            let line =
                |mark: &&Mark| mark.is("line", color) && near(mark.from, from) && near(mark.to, to);
            marks.iter().filter(line).count()
        };
        let ends = still.palette;
        for unit in 0..trace.hidden_features() {
            for input in 0..trace.in_features() {
                let x = trace.input.at(still.sample(), input);
                let carried = x * trace.before.fc1.weight.at(unit, input);
                let (from, to) = (layout.input_node(input), layout.hidden_node(unit));
                let solid = [ends.positive, ends.negative].map(|color| whole(from, to, color));
                assert_eq!(
                    solid,
                    [usize::from(carried > 0.0), 0],
                    "{form:?}: x{input} to h{unit}: {carried}"
                );
            }
        }
        let dashes = marks
            .iter()
            .filter(|mark| mark.is("line", ends.negative))
            .count();
        assert!(dashes > 40, "{form:?}: {dashes}");
    }
}

#[test]
fn coins_without_room_for_a_cross_are_told_by_how_full_they_are() {
    let trace = trace_of("batch=100&in=4&hidden=60");
    let still = Still::new(&trace, WIDE);
    let marks = still.marks();
    let mut seen = [false; 4];
    for unit in 0..trace.hidden_features() {
        for sample in 0..trace.batch() {
            let cell = still.layout.rect(Target::Mask { sample, unit });
            assert!(cell.w.min(cell.h) < 7.0, "{cell:?}");
            let solid = |mark: &&Mark| {
                mark.opacity == 1.0
                    && (mark.is("rect", still.palette.ink) || mark.is("rect", still.palette.quiet))
                    && (mark.from.0 - cell.x).abs() < 1.0
                    && mark.from.1 > cell.y - 1.0
                    && mark.to.1 < cell.y + cell.h + 1.0
            };
            let high: f64 = marks
                .iter()
                .filter(solid)
                .map(|mark| mark.to.1 - mark.from.1)
                .sum();
            let state = (trace.kept(sample, unit), trace.active(sample, unit));
            let full = high / cell.h;
            let as_it_should = match state {
                (true, true) => full > 0.8,
                (true, false) => (0.25..0.75).contains(&full),
                (false, true) => full < 0.35,
                (false, false) => high == 0.0,
            };
            assert!(as_it_should, "{state:?}: {high} of {}", cell.h);
            seen[usize::from(state.0) + 2 * usize::from(state.1)] = true;
        }
    }
    assert_eq!(seen, [true; 4]);
}

#[test]
fn a_lane_is_hatched_if_and_only_if_its_unit_got_no_gradient() {
    for run in [
        "",
        "p=1",
        "momentum=0.9&step=1",
        "weight_decay=0.1",
        "p=0",
        "mode=eval",
        "batch=15&hidden=40",
    ] {
        let trace = trace_of(run);
        for (room, form) in FORMS {
            let still = Still::new(&trace, room);
            let marks = still.marks();
            let hatching: Vec<&Mark> = marks
                .iter()
                .filter(|mark| mark.is("line", still.palette.hatching))
                .collect();
            for unit in 0..trace.hidden_features() {
                let strokes = hatching
                    .iter()
                    .filter(|line| line.inside(still.layout.band(unit)))
                    .count();
                let blocked = trace.lanes[unit].verdict.cause().is_some();
                assert_eq!(
                    strokes > 5,
                    blocked,
                    "{run}, {form:?}, unit {unit}: {strokes} strokes"
                );
            }
        }
    }
}

/// Whether a number can be seen in an arrangement: an embedded picture has no rows of outputs.
fn visible(layout: &Layout, target: Target) -> bool {
    layout.form != Form::Compact || !matches!(target, Target::Output { .. } | Target::Loss { .. })
}

#[test]
fn what_is_pointed_at_in_its_middle_is_what_stands_there() {
    let mut faults = Vec::new();
    for run in RUNS {
        let trace = trace_of(run);
        let targets = targets(&trace);
        // Of many numbers, some; with a step that meets every kind of them.
        let every = (targets.len() / 2_000 * 2).max(1) | 1;
        for room in ROOMS {
            let layout = Layout::new(&trace, room);
            for &target in targets
                .iter()
                .step_by(every)
                .filter(|target| visible(&layout, **target))
            {
                let sample = target.sample().unwrap_or(0);
                let (x, y) = layout.rect(target).center();
                let hit = layout.hit(x, y, sample);
                if hit != Some(target) {
                    let Room { width, height, .. } = room;
                    faults.push(format!(
                        "{run} in {width} x {height}: {target:?} is taken for {hit:?}"
                    ));
                }
            }
        }
    }
    faults.dedup_by_key(|fault| fault.split("sample").next().unwrap_or_default().to_owned());
    assert_none(faults);
}

#[test]
fn nothing_stands_beside_the_picture() {
    let trace = trace_of("");
    for room in ROOMS {
        let layout = Layout::new(&trace, room);
        for (x, y) in [
            (-5.0, 10.0),
            (10.0, -5.0),
            (layout.width + 5.0, 100.0),
            (100.0, layout.height + 5.0),
            (f64::NAN, 1.0),
        ] {
            assert_eq!(layout.hit(x, y, 0), None, "{x}, {y}");
        }
    }
}

#[test]
fn a_ring_is_drawn_around_the_number_looked_at() {
    let trace = trace_of("hidden=3&in=2&batch=3");
    let accent = |marks: &[Mark]| {
        marks
            .iter()
            .filter(|mark| {
                mark.color
                    .eq_ignore_ascii_case(&hex(Palette::BRIGHT.accent))
            })
            .count()
    };
    for (room, form) in FORMS {
        let plain_faults = outside(&Still::new(&trace, room));
        let plain = accent(&Still::new(&trace, room).marks());
        for target in targets(&trace) {
            let still = Still {
                focus: Some(target),
                ..Still::new(&trace, room)
            };
            assert!(accent(&still.marks()) > plain, "{form:?}: {target:?}");
            let faults = outside(&still)
                .into_iter()
                .filter(|fault| !plain_faults.contains(fault));
            assert_none(
                faults
                    .map(|fault| format!("{fault}, looking at {target:?}"))
                    .collect(),
            );
        }
    }
}

#[test]
fn a_picture_is_the_same_at_every_pixel_ratio() {
    let trace = trace_of("");
    let still = Still::new(&trace, WIDE);
    let marks = |scale: f64| {
        let frame = Frame {
            trace: &trace,
            stage: Stage::LAST,
            progress: 1.0,
            sample: 1,
            focus: None,
            palette: still.palette,
        };
        let mut svg = String::new();
        draw(
            &mut SVGBackend::with_string(&mut svg, (4000, 4000)),
            &still.layout,
            &frame,
            scale,
        )
        .unwrap();
        Mark::read(&svg)
    };
    let (once, thrice) = (marks(1.0), marks(3.0));
    assert_eq!(once.len(), thrice.len());
    for (once, thrice) in once
        .iter()
        .zip(&thrice)
        .filter(|(mark, _)| mark.kind == "rect")
    {
        assert!(
            (once.from.0 - thrice.from.0 / 3.0).abs() <= 0.7
                && (once.to.1 - thrice.to.1 / 3.0).abs() <= 0.7,
            "{once:?} {thrice:?}"
        );
    }
}

/// How far apart two colours are, from 1 to 21 (WCAG 2.2, contrast ratio).
fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let luminance = |RGBColor(r, g, b): RGBColor| {
        let linear = |byte: u8| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

const PALETTES: [(&str, Palette); 3] = [
    ("bright", Palette::BRIGHT),
    ("dark", Palette::DARK),
    ("projector", Palette::PROJECTOR),
];

#[test]
fn text_can_be_read_in_every_theme() {
    assert!((contrast(RGBColor(0, 0, 0), RGBColor(255, 255, 255)) - 21.0).abs() < 1e-9);
    for (theme, p) in PALETTES {
        for (name, text, behind) in [
            ("text", p.ink, p.paper),
            ("text on a hatched lane", p.ink, p.hatched),
            (
                "text on the unit that carries the sample",
                p.ink,
                p.accent_wash,
            ),
            ("quiet text", p.quiet, p.paper),
            ("quiet text on a hatched lane", p.quiet, p.hatched),
            ("a warning", p.warning, p.paper),
            ("a warning on a hatched lane", p.warning, p.hatched),
        ] {
            let contrast = contrast(text, behind);
            assert!(contrast >= 4.5, "{theme}: {name} has {contrast:.2}");
        }
    }
}

#[test]
fn shapes_that_mean_something_stand_out_in_every_theme() {
    for (theme, p) in PALETTES {
        for (name, shape, behind) in [
            ("the sample looked at", p.accent, p.paper),
            (
                "the sample looked at on a hatched lane",
                p.accent,
                p.hatched,
            ),
            ("a cross", p.quiet, p.paper),
            ("a cross on a hatched lane", p.quiet, p.hatched),
            ("a positive number", p.positive, p.paper),
            ("a negative number", p.negative, p.paper),
            ("a blocked way back", p.warning, p.paper),
        ] {
            let contrast = contrast(shape, behind);
            assert!(contrast >= 3.0, "{theme}: {name} has {contrast:.2}");
        }
    }
}

#[test]
fn zero_is_neutral_and_signs_differ_however_small_the_number() {
    for (theme, p) in PALETTES {
        assert_eq!(
            (p.diverging(0.0, 1.0), p.diverging(-0.0, 1.0)),
            (p.zero, p.zero),
            "{theme}"
        );
        for value in [1e-30_f32, 1e-6, 0.01, 1.0, f32::MAX] {
            let (plus, minus) = (p.diverging(value, 1.0), p.diverging(-value, 1.0));
            assert!(
                plus != p.zero && minus != p.zero && plus != minus,
                "{theme}: {value}"
            );
        }
        assert_eq!(p.diverging(f32::NAN, 1.0), p.ink);
        assert_eq!(
            (p.diverging(2.0, 1.0), p.diverging(-2.0, 1.0)),
            (p.positive, p.negative)
        );
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn stills_can_be_kept_for_a_look() {
    let Ok(folder) = std::env::var("STILLS") else {
        return;
    };
    for (name, run, room) in [
        ("wide", "", WIDE),
        ("compact", "", COMPACT),
        ("stacked", "", STACKED),
        ("b15", "batch=15", WIDE),
        ("large", "batch=128&hidden=256&in=32", WIDE),
        ("momentum", "momentum=0.9&step=1", WIDE),
        ("eval", "mode=eval", WIDE),
        ("diverged", "lr=100&step=100", WIDE),
    ] {
        let trace = trace_of(run);
        for stage in Stage::ALL {
            let still = Still {
                stage,
                ..Still::new(&trace, room)
            };
            std::fs::write(format!("{folder}/{name}-{}.svg", stage.name()), still.svg()).unwrap();
        }
    }
}
