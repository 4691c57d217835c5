//! The smaller exhibits: what a tensor goes through in dropout, and which numbers share a coin in its relatives.
//!
//! Each has settings, a [`Fields`] table that a link and the controls go through, and a trace that is computed once.
//! The network and its training are [`Settings`](super::Settings)' and [`Trace`](super::Trace)'s affair.

pub mod binomial;
mod bins;
pub mod coin;
pub mod expectation;
mod fields;
pub mod gradients;
pub mod momentum;
mod network;
mod run;
mod running;
pub mod subnetworks;
mod tensor;
mod tensor_trace;
pub mod training;
mod variants;
mod variants_trace;

pub use bins::Bins;
pub(crate) use fields::wholes;
pub use fields::{Entry, Fields};
pub use run::{AGAIN, Run};
pub use running::Running;
pub use tensor::{MAX_DIMENSIONS, MAX_NUMBERS, Preset, TensorSettings};
pub(crate) use tensor_trace::unravel;
pub use tensor_trace::{Implementation, Panel, TensorTarget, TensorTrace};
pub use variants::{Layer, SIZE, VariantsSettings};
pub use variants_trace::{VariantsTarget, VariantsTrace};
