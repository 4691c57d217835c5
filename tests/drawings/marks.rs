//! What a mark means, and when it is there.

use super::common::{targets, trace_of};
use super::{FORMS, Mark, RUNS, Still, WIDE, texts};
use dropout_lab::draw::layout::Form;
use dropout_lab::model::{Stage, Target};
use dropout_lab::words;
use plotters::style::RGBColor;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
