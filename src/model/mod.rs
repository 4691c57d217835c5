//! What is computed: [`Settings`] determine a run, an [`Experiment`] runs it,
//! a [`Trace`] holds every number of one step, a [`Verdict`] says what became of a unit.
//! Knows nothing of the screen, the clock or the browser.

pub mod again;
pub mod exhibits;
pub mod experiment;
pub mod field;
pub mod proof;
pub mod search;
pub mod settings;
pub mod stage;
pub mod target;
pub mod trace;
pub mod verdict;
pub mod workload;

pub use again::Again;
pub use experiment::Experiment;
pub use field::{Field, FieldError};
pub use search::{Search, find_dead_unit};
pub use settings::Settings;
pub use stage::Stage;
pub use target::Target;
pub use trace::Trace;
pub use verdict::{Cause, Lane, Verdict};
pub use workload::{Prepared, Workload};
