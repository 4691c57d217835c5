//! The lesson for a class as the page around it sees it.

use serde_json::Value;

use super::json::object;
use super::{Action, Changes, Hosted, Outcome, Written};
use crate::app::View;
use crate::app::exhibit::Sheet;
use crate::app::export::Figure;
use crate::app::msg::Effect;
use crate::lessons::plan::{PLAN, Part};

/// The parts of the lesson; nothing of it changes but the look.
#[derive(Clone, Debug)]
pub struct ClassPlan {
    link: Sheet<()>,
    notices: Vec<String>,
}

impl ClassPlan {
    /// The lesson under the link `query`.
    #[must_use]
    pub fn new(query: &str) -> Self {
        let (link, notices) = Sheet::parse(View::Teachers, query);
        Self { link, notices }
    }
}

impl Hosted for ClassPlan {
    fn written(&self) -> Box<dyn Written> {
        Box::new(self.link.clone())
    }

    fn numbers(&self) -> Value {
        let part = |part: &Part| {
            object! {
                "title" => part.title,
                "link" => part.link(),
                "lesson" => part.place.to_string(),
                "plan" => part.plan,
                "belief" => part.belief(),
                "minutes" => part.minutes,
            }
        };
        let parts: Value = PLAN.iter().map(part).collect();
        object! { "parts" => parts }
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
        Vec::new()
    }

    fn notices(&self) -> &[String] {
        &self.notices
    }

    fn set(&mut self, changes: &Changes) -> Outcome {
        let outcome = self.link.set_all(changes);
        outcome.map_err(|error| error.to_string())?;
        Ok(vec![Effect::Open(self.link.query())])
    }

    fn act(&mut self, action: Action) -> Outcome {
        Err(format!("the list has no {}", action.name()))
    }
}
