//! Nothing lies outside its picture.

use super::common::trace_of;
use super::{FORMS, ROOMS, RUNS, Still, assert_none, outside, stills};
use dropout_lab::draw::Layout;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
