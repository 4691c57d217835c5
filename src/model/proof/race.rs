//! Training with and without dropout from one start: [`Plan`] says on what, a [`Run`] trains, a
//! [`Race`] runs pairs and counts. Nothing here knows a clock: callers say how many steps to take.

mod batches;
mod curve;
mod data;
mod duel;
mod fit;
mod interval;
mod kind;
mod pairs;
mod plan;
mod preset;
mod report;
mod run;
mod sweep;
mod tally;

pub use curve::{Curve, Recorder};
pub use data::{Data, Samples};
pub use duel::Duel;
pub use interval::interval;
pub use kind::Kind;
pub use pairs::{Pair, Race};
pub use plan::{Against, Method, Plan, Regularization, Task};
pub use preset::{CHOSEN_ON, DECAYS, Preset};
pub use report::{Medians, Report, median, median_curve};
pub use run::{Accuracy, Losses, RECENT, Run, is_found};
pub use sweep::{Dot, Sweep};
pub use tally::Tally;
