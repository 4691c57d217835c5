//! The list of lessons as the page around it sees it.

use serde_json::Value;

use super::json::object;
use super::{Action, Changes, Hosted, Outcome, Written};
use crate::app::exhibit::Sheet;
use crate::app::export::Figure;
use crate::app::msg::Effect;
use crate::app::view::with_lesson;
use crate::app::{Progress, View};
use crate::lessons::{LESSONS, Place, Verdict};
use crate::model::exhibits::{Entry, Fields};

/// The list has no settings.
impl Fields for () {
    const TABLE: &'static [Entry<Self>] = &[];
}

/// The list of lessons, and how far the reader has come.
#[derive(Clone, Debug)]
pub struct Contents {
    link: Sheet<()>,
    progress: Progress,
    notices: Vec<String>,
}

impl Contents {
    /// The list under the link `query`.
    #[must_use]
    pub fn new(query: &str, progress: &Progress) -> Self {
        let (link, notices) = Sheet::parse(View::Lessons, query);
        Self {
            link,
            progress: progress.clone(),
            notices,
        }
    }

    /// The first step that was not bet on.
    fn next(&self) -> Option<Place> {
        Place::all().find(|place| self.progress.of(*place).is_none())
    }
}

impl Hosted for Contents {
    fn written(&self) -> Box<dyn Written> {
        Box::new(self.link.clone())
    }

    fn numbers(&self) -> Value {
        let steps = |lesson: usize| -> Value {
            let own = Place::all().filter(|place| place.lesson_number() == lesson);
            let step = |place: Place| {
                let bet = self.progress.of(place);
                let right = bet.map(|verdict| verdict == Verdict::Right);
                object! { "lesson" => place.to_string(), "right" => right }
            };
            own.map(step).collect()
        };
        let lessons = LESSONS.iter().enumerate();
        let lessons: Value = lessons
            .map(|(number, lesson)| object! { "title" => lesson.title, "steps" => steps(number) })
            .collect();
        object! { "lessons" => lessons }
    }

    fn notebook(&self) -> Option<[String; 2]> {
        None
    }

    fn has_notebook(&self) -> bool {
        false
    }

    fn picture(&self, _: &str) -> Option<Figure<'_>> {
        None
    }

    fn actions(&self) -> Vec<Action> {
        vec![Action::Step]
    }

    fn notices(&self) -> &[String] {
        &self.notices
    }

    fn set(&mut self, changes: &Changes) -> Outcome {
        let outcome = self.link.set_all(changes);
        outcome.map_err(|error| error.to_string())?;
        Ok(vec![Effect::Open(self.link.query())])
    }

    /// The next step opens in the view that it is about.
    fn act(&mut self, action: Action) -> Outcome {
        debug_assert_eq!(action, Action::Step);
        let place = self.next().ok_or("every step has been bet on")?;
        let link = View::Network.link_from(&self.link.query());
        Ok(vec![Effect::Open(with_lesson(&link, Some(place)))])
    }
}
