//! What can happen to the app ([`Msg`]) and what it asks of the browser ([`Effect`]).

use super::look::LookField;
use super::playback::Speed;
use crate::model::{Field, Stage, Target};

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A setting is to become what the text says.
    Edit(Field, String),
    /// A part of the look is to become what the text says.
    Look(LookField, String),
    /// Another forward pass with the same input.
    Again,
    /// One training step on.
    Step,
    /// One training step back.
    StepBack,
    /// Back to the defaults.
    Reset,
    /// Look for the next seed with a dead unit.
    FindDeadUnit,
    /// Fresh entropy for the seed.
    FreshSeed(u32),
    /// The animation.
    Playback(PlaybackMsg),
    /// Time went by, in seconds: the only clock.
    Tick(f64),
    /// A number is pointed at or focused, or none is.
    Focus(Option<Target>),
    /// A link was opened, or the browser went back or forward to it.
    Opened(String),
    /// A notice was read.
    Dismiss(usize),
    /// The reader asked for text on the clipboard.
    Copy(Copied),
    /// The browser did, or did not, put text on the clipboard.
    CopyDone(bool),
}

impl Msg {
    /// The control by which a reader sends it, if there is one; an embedded page may have it locked.
    pub(super) fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Edit(field, _) => field.name(),
            Self::Look(field, _) => field.name(),
            Self::Again => "again",
            Self::Step => "step",
            Self::StepBack => "stepBack",
            Self::Reset => "reset",
            Self::FindDeadUnit | Self::FreshSeed(_) => "seed",
            Self::Playback(PlaybackMsg::Speed(_)) => "speed",
            Self::Playback(PlaybackMsg::Toggle | PlaybackMsg::Play | PlaybackMsg::Pause) => "play",
            Self::Playback(PlaybackMsg::Rest) => return None,
            Self::Playback(_) => "stage",
            _ => return None,
        })
    }
}

/// What happens to the animation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlaybackMsg {
    /// Play if it stands, pause if it moves.
    Toggle,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// Pause, with no reader's hand in it: the page is about to be printed.
    Rest,
    /// Another speed.
    Speed(Speed),
    /// Stand at a stage.
    Stage(Stage),
    /// Stand at the next stage, or at the first of the next step.
    Next,
    /// Stand at the stage before, or at the last of the step before.
    Previous,
}

/// What the reader may copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The link.
    Link,
    /// The script.
    Script,
    /// The script's output.
    Output,
}

/// Something is asked of the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A new entry in the browser's history.
    PushLink(String),
    /// The present entry gets another link.
    ReplaceLink(String),
    /// Text for the clipboard; of a link, the query that follows the page's own address.
    Copy(Copied, String),
    /// Another link, of whichever view.
    Open(String),
    /// An answer for the page around this one.
    Answer(String),
}
