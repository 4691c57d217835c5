//! The pictures as SVG, without a browser: what must be on them is on them, at every stage.

use dropout_lab::draw::layout::Room;
use dropout_lab::draw::{Frame, Layout, Palette, draw};
use dropout_lab::app::State;
use dropout_lab::model::Stage;
use plotters::backend::SVGBackend;

fn svg(query: &str, width: f64, stage: Stage, progress: f64) -> String {
    let state = State::open(query);
    let trace = state.trace();
    let layout = Layout::new(trace, Room { width, height: 640.0 });
    let frame = Frame {
        trace,
        stage,
        progress,
        sample: state.sample(),
        focus: None,
        palette: &Palette::BRIGHT,
    };
    let mut text = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut text, (layout.width as u32, layout.height as u32));
        draw(&mut backend, &layout, &frame, 1.0).expect("an SVG can be drawn");
    }
    text
}

#[test]
fn stills_can_be_kept_for_a_look() {
    if let Ok(folder) = std::env::var("STILLS") {
        for (name, query, width) in [("wide", "", 930.0), ("narrow", "", 366.0), ("b15", "batch=15", 930.0), ("big", "batch=128&hidden=256&in=32", 930.0)] {
            for stage in Stage::ALL {
                std::fs::write(format!("{folder}/{name}-{}.svg", stage.name()), svg(query, width, stage, 1.0)).expect("written");
            }
        }
    }
}
