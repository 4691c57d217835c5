//! The settings that change less often: seed, sizes, optimiser, whose dropout, theme.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::look::LookField;
use crate::app::{Look, Msg, State};
use crate::model::{Field, FieldError};

use super::browser;
use super::field::{self, TextField};
use super::shortcuts::HelpButton;

/// The seed and a fresh one.
pub fn seed(
    value: String,
    refused: Option<(&str, &FieldError)>,
    edit: &Callback<String>,
    fresh: &Callback<u32>,
) -> Html {
    let fresh = fresh.clone();
    let onclick = move |_: MouseEvent| {
        if let Some(seed) = browser::entropy() {
            fresh.emit(seed);
        }
    };
    html! {
        <div class="seed">
            <TextField ..field::props(("seed", "seed", 11), value, refused, edit.clone()) />
            <button type="button" class="fresh" {onclick} title="Another seed from this device's entropy">{ "fresh" }</button>
        </div>
    }
}

/// A control of one setting.
#[derive(Clone, Copy, Debug)]
pub enum Control {
    /// One of several words: the setting, its label, and each word with its label.
    Choice(
        &'static str,
        &'static str,
        &'static [(&'static str, &'static str)],
    ),
    /// A number: the setting, its label, its width in characters.
    Number(&'static str, &'static str, u32),
}

impl Control {
    /// The setting.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Choice(name, ..) | Self::Number(name, ..) => name,
        }
    }

    /// The control of a setting whose value is `value`, or that has refused a text.
    pub fn view(
        self,
        value: String,
        refused: Option<(&str, &FieldError)>,
        edit: Callback<String>,
    ) -> Html {
        match self {
            Self::Choice(name, label, options) => select(name, label, &value, options, &edit),
            Self::Number(name, label, width) => {
                html! { <TextField ..field::props((name, label, width), value, refused, edit) /> }
            }
        }
    }
}

const SWITCH: &[(&str, &str)] = &[("off", "off"), ("on", "on")];

/// The seed, where an embedded page is asked for it.
pub const SEED: &[Control] = &[Control::Number(Field::Seed.name(), "seed", 11)];

/// The network's settings that change less often.
pub const NETWORK: &[Control] = &[
    Control::Number(Field::Batch.name(), "batch", 4),
    Control::Number(Field::In.name(), "inputs", 4),
    Control::Number(Field::Hidden.name(), "hidden units", 4),
    Control::Number(Field::Lr.name(), "learning rate", 6),
    Control::Number(Field::Momentum.name(), "momentum", 5),
    Control::Number(Field::Dampening.name(), "dampening", 5),
    Control::Number(Field::WeightDecay.name(), "weight decay", 6),
    Control::Choice(Field::Nesterov.name(), "Nesterov", SWITCH),
    Control::Choice(Field::Maximize.name(), "maximize", SWITCH),
    Control::Choice(
        Field::Dropout.name(),
        "dropout by",
        &[
            ("nn", "nn.Dropout"),
            ("bernoulli", "torch.bernoulli (notebook 004)"),
            ("rand", "rand > p (notebook 001)"),
        ],
    ),
    Control::Choice(
        Field::Bernoulli.name(),
        "coins of",
        &[
            ("mt19937", "PyTorch 2.7 and later"),
            ("mcg31", "PyTorch to 2.6 on Intel"),
        ],
    ),
    Control::Number(Field::Step.name(), "step", 5),
];

/// Sizes and optimiser of the network view.
pub fn setup(state: &State, send: &Callback<Msg>) -> Html {
    let control = |control: &Control| {
        let field = Field::named(control.name())?;
        let (value, refused) = (field.read(state.settings()), state.refused(field));
        Some(control.view(value, refused, edit(field, send)))
    };
    folded(NETWORK.iter().filter_map(control).collect())
}

/// The names of the controls that an embedded page of the network has only if its link asks for them.
#[must_use]
pub fn asked() -> Vec<&'static str> {
    SEED.iter()
        .chain(NETWORK)
        .map(|control| control.name())
        .collect()
}

/// The controls that the link of an embedded page asks for, besides those that it has anyway.
pub fn asked_for(state: &State, send: &Callback<Msg>) -> Html {
    let asked = SEED.iter().chain(NETWORK);
    let asked = asked.filter(|control| state.look().asks_for(control.name()));
    let controls: Html = asked
        .filter_map(|control| {
            let field = Field::named(control.name())?;
            let (value, refused) = (field.read(state.settings()), state.refused(field));
            Some(control.view(value, refused, edit(field, send)))
        })
        .collect();
    let any = SEED
        .iter()
        .chain(NETWORK)
        .any(|control| state.look().asks_for(control.name()));
    html! {
        if any {
            <div class="setup-fields">{ controls }</div>
        }
    }
}

/// The network's settings, folded away until asked for.
pub fn folded(controls: Html) -> Html {
    html! {
        <details class="setup">
            <summary>{ "Network, data and optimiser" }</summary>
            <div class="setup-fields">{ controls }</div>
        </details>
    }
}

/// What edits a setting of the network view.
#[must_use]
pub fn edit(field: Field, send: &Callback<Msg>) -> Callback<String> {
    send.reform(move |text: String| Msg::Edit(field, text))
}

/// Bright, dark or projector.
fn theme(look: &Look, edit: &Callback<String>) -> Html {
    let options = [
        ("system", "as the system"),
        ("bright", "bright"),
        ("dark", "dark"),
        ("projector", "projector"),
    ];
    let theme = LookField::Theme.read(look);
    select("theme", "theme", &theme, &options, edit)
}

/// What the foot of every page has: the theme, and the list of keys.
pub fn foot(look: &Look, edit: &Callback<String>) -> Html {
    html! { <>{ theme(look, edit) }<HelpButton /></> }
}

/// A labelled choice.
pub fn select(
    name: &'static str,
    label: &'static str,
    value: &str,
    options: &[(&'static str, &'static str)],
    edit: &Callback<String>,
) -> Html {
    let id = format!("field-{name}");
    let onchange = edit.reform(|event: Event| {
        event
            .target_dyn_into::<HtmlSelectElement>()
            .map(|select| select.value())
            .unwrap_or_default()
    });
    html! {
        <div class="field">
            <label for={id.clone()}>{ label }</label>
            <select {id} {onchange}>
                { for options.iter().map(|&(option, text)| html! {
                    <option value={option} selected={option == value}>{ text }</option>
                }) }
            </select>
        </div>
    }
}
