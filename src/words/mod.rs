//! The sentences on the screen: what just happened, and where a number comes from, with the numbers in them.
//! PyTorch's print is the notebook's business, not this module's.

pub mod coin;
pub mod expectation;
pub mod explain;
pub mod gradients;
mod live;
mod names;
mod now;
mod numbers;
mod status;
pub mod subnetworks;
mod summary;
pub mod tensor;
pub mod training;
pub mod variants;
mod verdict;

pub use explain::{Explanation, explain};
pub use live::live;
pub use names::{stage_name, stage_title, target};
pub use now::now;
pub(crate) use numbers::capital;
pub use numbers::{number, plain, short, units};
pub use status::{
    COPIED, FIRST_STEP, NOT_COPIED, NOT_SAVED, PRINTED, RESET, again, again_in_eval, at_stage,
    at_step, edited, found, fresh_seed, not_found, saved,
};
pub use verdict::{short_verdict, verdict};
