//! [`State`]: everything that the screen shows.

use std::rc::Rc;

use super::{Link, Look, Motion, Playback};
use crate::model::{Experiment, Field, FieldError, Settings, Target, Trace};

/// Everything that the screen shows. Only [`update()`](super::update()) changes it.
#[derive(Clone, Debug)]
pub struct State {
    pub(super) link: Link,
    pub(super) experiment: Experiment,
    pub(super) trace: Rc<Trace>,
    pub(super) playback: Playback,
    pub(super) focus: Option<Target>,
    pub(super) notices: Vec<String>,
    pub(super) refused: Option<(Field, String, FieldError)>,
    pub(super) status: String,
    pub(super) eval_calls: u32,
    pub(super) last_edit: Option<Field>,
}

impl State {
    /// The state that `query` describes; what it gets wrong is in the notices.
    #[must_use]
    pub fn open(query: &str) -> Self {
        let (link, notices) = Link::parse(query);
        let mut experiment = Experiment::new(&link.settings);
        experiment.seek(&link.settings);
        let trace = Rc::new(experiment.trace());
        Self {
            link,
            experiment,
            trace,
            playback: Playback::default(),
            focus: None,
            notices,
            refused: None,
            status: String::new(),
            eval_calls: 1,
            last_edit: None,
        }
    }

    /// The run.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.link.settings
    }

    /// Where the reader looks.
    #[must_use]
    pub fn look(&self) -> &Look {
        &self.link.look
    }

    /// Run and look, as a link carries them.
    #[must_use]
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// Every number of the step on the screen.
    #[must_use]
    pub fn trace(&self) -> &Rc<Trace> {
        &self.trace
    }

    /// The animation.
    #[must_use]
    pub fn playback(&self) -> Playback {
        self.playback
    }

    /// How much of the present stage is drawn, 0 to 1; all of it where motion is off.
    #[must_use]
    pub fn drawn_progress(&self, reader_prefers_less_motion: bool) -> f64 {
        let still = reader_prefers_less_motion || self.look().motion == Motion::Off;
        if still {
            1.0
        } else {
            self.playback.progress.min(1.0)
        }
    }

    /// The sample followed through the network, from 0.
    #[must_use]
    pub fn sample(&self) -> usize {
        self.look().sample.saturating_sub(1) as usize
    }

    /// The number pointed at or focused.
    #[must_use]
    pub fn focus(&self) -> Option<Target> {
        self.focus
    }

    /// What the reader should know, until dismissed.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The text that `field` refused, and why; the last good value stays in force.
    #[must_use]
    pub fn refused(&self, field: Field) -> Option<(&str, &FieldError)> {
        self.refused
            .as_ref()
            .filter(|(refused, _, _)| *refused == field)
            .map(|(_, text, error)| (text.as_str(), error))
    }

    /// A short sentence on what was just done, for the screen and for screen readers.
    #[must_use]
    pub fn status(&self) -> &str {
        &self.status
    }

    /// How often `model(x)` was called since eval mode was switched on.
    #[must_use]
    pub fn eval_calls(&self) -> u32 {
        self.eval_calls
    }

    /// Computes the step on the screen anew, after the run changed.
    pub(super) fn recompute(&mut self) {
        self.experiment.seek(&self.link.settings);
        self.trace = Rc::new(self.experiment.trace());
        let trace = &self.trace;
        self.focus = self.focus.and_then(|target| {
            target.within(trace.batch(), trace.hidden_features(), trace.in_features())
        });
    }
}
