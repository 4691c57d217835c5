//! What can happen to training.

use crate::app::embed::Action;
use crate::draw::training::Mark;
use crate::model::exhibits::training::{Settings, Show};

/// How training goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// It does not.
    #[default]
    Rest,
    /// Slowly enough to be watched.
    Watch,
    /// As fast as can be.
    Full,
}

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Other settings, or the same.
    Settings(Settings),
    /// Go on like this, or rest.
    Go(Pace),
    /// One point of the curves on, and rest.
    Next,
    /// Back to the start, and rest.
    Restart,
    /// So many seconds went by.
    Tick(f64),
    /// So many training steps may be taken now.
    Advance(u32),
    /// What is pointed at or focused, if anything is.
    Focus(Option<Mark>),
}

impl Msg {
    /// What an action of the page around this one does to training that shows `show`: a single run is watched.
    #[must_use]
    pub fn of(action: Action, show: Show) -> Option<Self> {
        match (action, show) {
            (Action::Step, _) => Some(Self::Next),
            (Action::Play, Show::Run) => Some(Self::Go(Pace::Watch)),
            (Action::Play, _) => Some(Self::Go(Pace::Full)),
            (Action::Pause, _) => Some(Self::Go(Pace::Rest)),
            (Action::StepBack | Action::Again | Action::Reset, _) => None,
        }
    }
}
