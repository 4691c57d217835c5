//! The page: Yew components that show the [`State`](crate::app::State) and turn what the reader does into messages.
//! They do no maths; only [`root`] runs effects, and only [`figure`] touches a canvas.

pub mod address;
pub mod bench;
pub mod browser;
pub mod contents;
pub mod controls;
pub mod dialog;
pub mod exhibit;
pub mod exhibits;
pub mod field;
pub mod figure;
pub mod first;
pub mod gradients;
pub mod handout;
pub mod header;
pub mod invitation;
pub mod keys;
pub mod language;
pub mod lesson;
pub mod links;
pub mod marker;
pub mod notebook;
pub mod notices;
pub mod page;
pub mod parent;
pub mod picture;
pub mod prose;
pub mod rail;
pub mod root;
pub mod router;
pub mod save;
pub mod script;
pub mod setup;
pub mod sheet;
pub mod shortcuts;
pub mod slides;
pub mod start;
pub mod still;
pub mod story;
pub mod subnetworks;
pub mod teachers;
pub mod training;

pub use root::Root;
pub use router::Router;
pub use start::{say_what_happened, start, start_first};
