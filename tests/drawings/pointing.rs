//! What is pointed at.

use super::common::{targets, trace_of};
use super::{FORMS, Mark, ROOMS, RUNS, Still, WIDE, assert_none, hex, outside};
use dropout_lab::draw::layout::{Form, Room};
use dropout_lab::draw::{Frame, Layout, Palette, draw};
use dropout_lab::model::{Stage, Target};
use plotters::backend::SVGBackend;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
