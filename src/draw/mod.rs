//! Pictures of a [`Trace`](crate::model::Trace), on any [`Surface`]:
//! a plotters backend (a canvas on the screen, SVG in tests that need no browser) or the SVG that is kept.
//! They read numbers and never make any.

pub mod cells;
pub mod chart;
pub mod coin;
mod edges;
pub mod expectation;
pub mod frame;
pub mod lanes;
pub mod layout;
pub mod legend;
mod moves;
pub mod nearest;
pub mod network;
mod numbers;
mod outputs;
pub mod palette;
pub mod pen;
pub mod picture;
pub mod pictures;
pub mod sheet;
mod sign;
mod slices;
pub mod subnetworks;
pub mod surface;
pub mod svg;
pub mod tensor;
pub mod training;
pub mod variants;
mod verdict;

pub use frame::Frame;
pub use lanes::draw;
pub use layout::Layout;
pub use palette::Palette;
pub use pen::{Pen, Rect};
pub use picture::Picture;
pub use sheet::{Caption, Sheet, Still};
pub use surface::Surface;
