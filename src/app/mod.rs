//! The app without a browser: [`State`], messages, [`update()`], the link, the embed API and the words.
//! Knows no DOM, no clock and no entropy: they reach it in messages and leave it in [`Effect`]s,
//! so a list of messages is a test.

mod actions;
pub mod course;
pub mod embed;
pub mod exhibit;
mod exhibits;
pub mod export;
pub mod files;
pub mod handout;
pub mod look;
pub mod msg;
pub mod navigate;
pub mod playback;
pub mod progress;
pub mod snippet;
pub mod sound;
pub mod state;
mod subnetworks;
pub mod training;
pub mod update;
pub mod url;
pub mod view;

pub use course::Course;
pub use look::{Lang, Look, Motion, Theme};
pub use msg::{Effect, Msg};
pub use playback::{Playback, Speed};
pub use progress::Progress;
pub use sound::Sound;
pub use state::State;
pub use update::update;
pub use url::Link;
pub use view::View;
