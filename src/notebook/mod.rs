//! What is on the screen, as a PyTorch notebook would have it: printed tensors, a script and its output.
//!
//! Text only: nothing here draws, touches a browser or computes a number of its own.

pub mod cells;
pub mod coin;
mod exhibit;
pub mod expectation;
pub mod gradients;
pub mod ipynb;
mod output;
pub mod paste;
pub mod print;
pub mod prose;
pub mod python;
pub mod reader;
mod script;
mod shown;
pub mod subnetworks;
pub mod tensor;
pub mod training;
pub mod variants;

pub use output::output;
pub use script::script;
pub use shown::{floats, mask};
