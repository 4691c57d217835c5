//! The network view as the page around it sees it.

use serde_json::{Value, json};

use super::json::{Json, object};
use super::{Action, Changes, Hosted, Outcome, Written};
use crate::app::export::Figure;
use crate::app::msg::PlaybackMsg;
use crate::app::{State, actions};
use crate::model::{Lane, Settings, Stage, Trace};
use crate::nn::{LinearParameters, Parameters};
use crate::{notebook, words};

/// `{settings, trace}`, as the method `get` answers.
#[must_use]
pub fn snapshot(host: &dyn Hosted) -> Value {
    json!({ "settings": host.written().settings(), "trace": host.numbers() })
}

impl Hosted for State {
    fn written(&self) -> Box<dyn Written> {
        Box::new(self.link().clone())
    }

    fn numbers(&self) -> Value {
        self.trace().json()
    }

    fn notebook(&self) -> Option<[String; 2]> {
        let script = notebook::script(self.settings(), &self.link().query());
        Some([script, notebook::output(self.trace())])
    }

    fn picture(&self, address: &str) -> Option<Figure<'_>> {
        Some(self.figure(address))
    }

    fn actions(&self) -> Vec<Action> {
        Action::ALL.to_vec()
    }

    fn is_playing(&self) -> bool {
        self.playback().playing
    }

    fn notices(&self) -> &[String] {
        State::notices(self)
    }

    fn set(&mut self, changes: &Changes) -> Outcome {
        actions::set_all(self, changes).map_err(|error| error.to_string())
    }

    fn act(&mut self, action: Action) -> Outcome {
        let step = self.settings().step();
        let outcome = match action {
            Action::Step => actions::go_to(self, step.saturating_add(1), Stage::LAST),
            Action::StepBack => {
                let before = step.checked_sub(1).ok_or(words::FIRST_STEP)?;
                actions::go_to(self, before, Stage::LAST)
            }
            Action::Again => actions::again(self),
            Action::Reset => Ok(actions::run(self, Settings::default(), "")),
            Action::Play => Ok(actions::playback(self, PlaybackMsg::Play)),
            Action::Pause => Ok(actions::playback(self, PlaybackMsg::Pause)),
        };
        outcome.map_err(|error| error.to_string())
    }
}

impl Json for Trace {
    fn json(&self) -> Value {
        let pass = &self.pass;
        object! {
            "input" => self.input,
            "preActivation" => pass.pre_activation,
            "hidden" => pass.hidden,
            "mask" => pass.mask,
            "scale" => self.scale(),
            "dropped" => pass.dropped,
            "output" => pass.output,
            "target" => self.target,
            "loss" => pass.loss,
            "grad" => pass.grad,
            "before" => self.before,
            "after" => self.after,
            "lanes" => self.lanes,
        }
    }
}

impl Json for Lane {
    fn json(&self) -> Value {
        object! { "kept" => self.kept, "verdict" => self.verdict.name(), "moved" => self.moved }
    }
}

impl Json for Parameters {
    fn json(&self) -> Value {
        object! { "fc1" => self.fc1, "fc2" => self.fc2 }
    }
}

impl Json for LinearParameters {
    fn json(&self) -> Value {
        object! { "weight" => self.weight, "bias" => self.bias }
    }
}
