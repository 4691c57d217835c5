//! Stills for a look.

use super::common::trace_of;
use super::{COMPACT, STACKED, Still, WIDE};
use dropout_lab::model::Stage;

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
