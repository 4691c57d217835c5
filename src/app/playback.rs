//! [`Playback`]: how far the picture of a step has come, and whether it moves.

use crate::model::Stage;

/// Speed of the animation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// A third of the normal speed.
    Slow,
    /// Every stage can be followed.
    #[default]
    Normal,
    /// Four times the normal speed.
    Fast,
}

impl Speed {
    /// Every speed, slowest first.
    pub const ALL: [Self; 3] = [Self::Slow, Self::Normal, Self::Fast];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Normal => "normal",
            Self::Fast => "fast",
        }
    }

    /// Its name on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Slow => t!("slow"),
            Self::Normal => t!("normal"),
            Self::Fast => t!("fast"),
        }
    }

    fn factor(self) -> f64 {
        match self {
            Self::Slow => 1.0 / 3.0,
            Self::Normal => 1.0,
            Self::Fast => 4.0,
        }
    }
}

/// Whether the picture moves, how fast, and how far the present stage has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// Whether the picture moves.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// How much of the present stage has happened, 0 to 1; 1 whenever nothing moves.
    pub progress: f64,
}

impl Default for Playback {
    fn default() -> Self {
        Self {
            playing: false,
            speed: Speed::default(),
            progress: 1.0,
        }
    }
}

/// The longest time that one tick may stand for, in seconds: a tab that was hidden goes on where it was.
const LONGEST_TICK: f64 = 0.1;

impl Playback {
    /// Goes on by `seconds`; answers whether the present stage is over.
    pub fn advance(&mut self, stage: Stage, seconds: f64) -> bool {
        let seconds = if seconds.is_finite() {
            seconds.clamp(0.0, LONGEST_TICK)
        } else {
            0.0
        };
        self.progress += seconds * self.speed.factor() / duration(stage);
        self.progress >= 1.0
    }
}

/// How long a stage takes at normal speed, in seconds; the last part of each is a rest.
fn duration(stage: Stage) -> f64 {
    match stage {
        Stage::Input | Stage::Relu | Stage::Loss => 1.2,
        Stage::Fc1 | Stage::Scale | Stage::Fc2 | Stage::Sgd => 1.6,
        Stage::Mask | Stage::Backward => 2.4,
        Stage::Accumulate => 3.2,
    }
}
