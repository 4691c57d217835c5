//! Training with and without dropout from one start: [`Plan`] says on what, a [`Run`] trains, a
//! [`Race`] runs pairs and counts. Nothing here knows a clock: callers say how many steps to take.

mod batches;
mod curve;
mod data;
mod pairs;
mod plan;
mod report;
mod run;

pub use curve::{Curve, Recorder};
pub use data::{Data, Samples};
pub use pairs::{Pair, Race};
pub use plan::{Plan, Preset, Task};
pub use report::{Medians, Report};
pub use run::{Losses, RECENT, Run};
