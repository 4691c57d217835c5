//! The dropout core: PyTorch's random draws, dropout and its relatives, and the small network
//! around them.
//!
//! Pure functions and small types, each operation forward and backward, every result to the bit
//! what PyTorch computes on a CPU. It knows nothing of the app, a clock, or a browser.
//!
//! The one exception to "to the bit" are matrix products: PyTorch leaves their order of summation
//! to a library that chooses it by shape and by CPU. [`matmul`] sums in the one portable order (see
//! there).
pub mod adam;
pub mod alpha_dropout;
pub mod dropout;
pub mod dropped;
pub mod error;
pub mod fast;
pub mod feature_dropout;
pub mod fma;
pub mod init;
pub mod kernel;
pub mod linear;
pub mod locked_dropout;
pub mod loss;
pub mod matmul;
mod mt19937;
pub mod net;
pub mod number;
pub mod optimizer;
mod pair;
pub mod pass;
pub mod probability;
pub mod reduce;
pub mod relu;
pub mod rng;
pub mod sample;
pub mod sgd;
mod sparse;
pub mod tensor;
pub mod weight_drop;
pub mod widened;

pub use adam::Adam;
pub use dropout::DropoutStyle;
pub use dropped::Dropped;
pub use error::Error;
pub use fast::Fast;
pub use kernel::{Exact, Kernel};
pub use loss::Loss;
pub use net::{LinearParameters, Parameters};
pub use optimizer::{Optimizer, OptimizerState};
pub use pass::Pass;
pub use probability::DropProbability;
pub use rng::{BernoulliPath, Generator};
pub use sgd::Sgd;
pub use tensor::Tensor;

/// What a layer is doing: dropout acts while training and lets everything through in evaluation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// `module.train()`: masks are drawn.
    #[default]
    Train,
    /// `module.eval()`: dropout returns its input.
    Eval,
}
