//! A view's link alone: names and values, without the numbers that they lead to.

use serde_json::{Map, Value};

use super::{Action, Changes};
use crate::app::exhibit::Sheet;
use crate::app::look::LookField;
use crate::app::url::Link;
use crate::app::view::{CARRIED, View};
use crate::lang;
use crate::model::exhibits::{
    Fields, TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks, training,
};
use crate::model::{self, Field, FieldError};
use crate::notebook::reader;
use crate::words;

/// A view's link, of whichever view.
pub trait Written {
    /// The view.
    fn view(&self) -> View;
    /// The link itself.
    fn query(&self) -> String;
    /// Every name with its value.
    fn names(&self) -> Vec<(&'static str, String)>;
    /// Changes all of these names, or none.
    ///
    /// # Errors
    /// The value and the range allowed, or the names there are.
    fn set_all(&mut self, changes: &Changes) -> Result<(), FieldError>;

    /// Does what changes the link.
    ///
    /// # Errors
    /// Why it can't be done.
    fn act(&mut self, action: Action) -> Result<(), String>;

    /// Every name with its value; what is a number is a number, but for what may be too large for one or is a row of
    /// digits.
    fn settings(&self) -> Value {
        let names = self.names().into_iter();
        let settings: Map<String, Value> = names
            .map(|(name, text)| (name.to_owned(), scalar(name, text)))
            .collect();
        Value::Object(settings)
    }
}

/// The link `query` of a view; what it gets wrong is left at its default.
#[must_use]
pub fn written(view: View, query: &str) -> Box<dyn Written> {
    match view {
        View::Network => Box::new(Link::parse(query).0),
        View::Tensor => Box::new(Sheet::<TensorSettings>::parse(view, query).0),
        View::Coin => Box::new(Sheet::<coin::Settings>::parse(view, query).0),
        View::Expectation => Box::new(Sheet::<expectation::Settings>::parse(view, query).0),
        View::Gradients => Box::new(Sheet::<gradients::Settings>::parse(view, query).0),
        View::Subnetworks => Box::new(Sheet::<subnetworks::Settings>::parse(view, query).0),
        View::Training => Box::new(Sheet::<training::Settings>::parse(view, query).0),
        View::Variants => Box::new(Sheet::<VariantsSettings>::parse(view, query).0),
        View::Notebook => Box::new(Sheet::<reader::Settings>::parse(view, query).0),
        View::Lessons | View::Teachers => Box::new(Sheet::<()>::parse(view, query).0),
    }
}

/// Names whose values are text even where they look like a number: 0110, 004, 2.10, or one of 64 bits.
const TEXTS: [&str; 9] = [
    "seed",
    "mask",
    "notebook",
    "cell",
    "lesson",
    "tensor",
    "controls",
    "fragments",
    "from",
];

fn scalar(name: &str, text: String) -> Value {
    if TEXTS.contains(&name) {
        return Value::String(text);
    }
    let whole = text.parse::<i64>().ok().map(Value::from);
    let number = || {
        let number = text.parse::<f64>().ok();
        number.filter(|x| x.is_finite()).map(Value::from)
    };
    whole.or_else(number).unwrap_or(Value::String(text))
}

impl Written for Link {
    fn view(&self) -> View {
        View::Network
    }

    fn query(&self) -> String {
        Link::query(self)
    }

    fn names(&self) -> Vec<(&'static str, String)> {
        let run = Field::ALL.map(|field| (field.name(), field.read(&self.settings)));
        let look = LookField::ALL.map(|field| (field.name(), field.read(&self.look)));
        run.into_iter().chain(look).collect()
    }

    fn set_all(&mut self, changes: &Changes) -> Result<(), FieldError> {
        *self = self.with_all(changes)?;
        Ok(())
    }

    fn act(&mut self, action: Action) -> Result<(), String> {
        let step = self.settings.step();
        let to = |step: u32| (Field::Step, step.to_string());
        let first = || lang::text(words::FIRST_STEP);
        let (field, text) = match action {
            Action::Again => {
                let again = self.settings.press_again();
                return again.map_err(|error| error.to_string());
            }
            Action::Reset => {
                self.settings = model::Settings::default();
                return Ok(());
            }
            Action::Step => to(step.saturating_add(1)),
            Action::StepBack => to(step.checked_sub(1).ok_or_else(first)?),
            Action::Play | Action::Pause => return Ok(()),
        };
        let outcome = self.settings.set(field, &text);
        outcome.map_err(|error| error.to_string())
    }
}

impl<E: Fields> Written for Sheet<E> {
    fn view(&self) -> View {
        self.view
    }

    fn query(&self) -> String {
        Self::query(self)
    }

    fn names(&self) -> Vec<(&'static str, String)> {
        let own = E::TABLE.iter();
        let own = own.map(|entry| (entry.name, (entry.read)(&self.settings)));
        let view = ("view", self.view.name().to_owned());
        let look = CARRIED.map(|field| (field.name(), field.read(&self.look)));
        own.chain([("v", "1".to_owned()), view])
            .chain(look)
            .collect()
    }

    fn set_all(&mut self, changes: &Changes) -> Result<(), FieldError> {
        *self = self.with_all(changes)?;
        Ok(())
    }

    fn act(&mut self, action: Action) -> Result<(), String> {
        let refused = || t!("the {} view can't do {}", self.view.name(), action.name());
        match action {
            Action::Again => {
                let (again, _) = self.settings.again().ok_or_else(refused)?;
                let outcome = self.settings.set("again", &again);
                outcome.map_err(|error| error.to_string())
            }
            Action::Reset => {
                self.settings = E::default();
                Ok(())
            }
            _ => Err(refused()),
        }
    }
}
