//! The settings that change less often: seed, sizes, optimiser, whose dropout, theme.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::look::LookField;
use crate::app::{Look, Msg, State};
use crate::lang;
use crate::model::{Field, FieldError};

use super::browser;
use super::field::{self, TextField};
use super::shortcuts::help_button;

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
            <TextField ..field::props(("seed", t!("seed"), 10), value, refused, edit.clone()) />
            <button type="button" class="fresh" {onclick} title={t!("Another seed from this device's entropy")}>{ t!("fresh") }</button>
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
                html! { <TextField ..field::props((name, lang::text(label), width), value, refused, edit) /> }
            }
        }
    }
}

const SWITCH: &[(&str, &str)] = &[("off", message!("off")), ("on", message!("on"))];

/// The seed, where an embedded page is asked for it.
pub const SEED: &[Control] = &[Control::Number(Field::Seed.name(), message!("seed"), 11)];

/// The network's settings that change less often.
pub const NETWORK: &[Control] = &[
    Control::Number(Field::Batch.name(), message!("batch"), 4),
    Control::Number(Field::In.name(), message!("inputs"), 4),
    Control::Number(Field::Hidden.name(), message!("hidden units"), 4),
    Control::Number(Field::Lr.name(), message!("learning rate"), 6),
    Control::Number(Field::Momentum.name(), message!("momentum"), 5),
    Control::Number(Field::Dampening.name(), message!("dampening"), 5),
    Control::Number(Field::WeightDecay.name(), message!("weight decay"), 6),
    Control::Choice(Field::Nesterov.name(), message!("Nesterov"), SWITCH),
    Control::Choice(Field::Maximize.name(), message!("maximize"), SWITCH),
    Control::Choice(
        Field::Dropout.name(),
        message!("dropout by"),
        &[
            ("nn", "nn.Dropout"),
            ("bernoulli", message!("torch.bernoulli (notebook 004)")),
            ("rand", message!("rand > p (notebook 001)")),
        ],
    ),
    Control::Choice(
        Field::Bernoulli.name(),
        message!("coins of"),
        &[
            ("mt19937", message!("PyTorch 2.7 and later")),
            ("mcg31", message!("PyTorch to 2.6 on Intel")),
        ],
    ),
    Control::Number(Field::Step.name(), message!("step"), 5),
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
            <summary>{ t!("Network, data and optimiser") }</summary>
            <div class="setup-fields">{ controls }</div>
        </details>
    }
}

/// What edits a setting of the network view.
#[must_use]
pub fn edit(field: Field, send: &Callback<Msg>) -> Callback<String> {
    send.reform(move |text: String| Msg::Edit(field, text))
}

/// Whether coins and blocked gradients are heard.
pub fn sound(look: &Look, edit: &Callback<(LookField, String)>) -> Html {
    let edit = edit.reform(|text: String| (LookField::Sound, text));
    let sound = LookField::Sound.read(look);
    select("sound", message!("sound"), &sound, SWITCH, &edit)
}

/// What the foot of every page has: its colours, its language, and the list of keys.
pub fn foot(look: &Look, edit: &Callback<(LookField, String)>) -> Html {
    let edit = |field: LookField| edit.reform(move |text: String| (field, text));
    html! {
        <>
            { theme(look, &edit(LookField::Theme)) }
            { language(look, &edit(LookField::Lang)) }
            { help_button() }
        </>
    }
}

/// Each language by its own name.
fn language(look: &Look, edit: &Callback<String>) -> Html {
    let options = [
        ("system", message!("as the browser")),
        ("en", "English"),
        ("de", "Deutsch"),
        ("es", "Español"),
        ("zh", "简体中文"),
    ];
    let label = message!("language");
    select("lang", label, &LookField::Lang.read(look), &options, edit)
}

/// Bright, dark or projector.
fn theme(look: &Look, edit: &Callback<String>) -> Html {
    let options = [
        ("system", message!("as the system")),
        ("bright", message!("bright")),
        ("dark", message!("dark")),
        ("projector", message!("projector")),
    ];
    let theme = LookField::Theme.read(look);
    select("theme", message!("theme"), &theme, &options, edit)
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
            <label for={id.clone()}>{ lang::text(label) }</label>
            <select {id} {onchange}>
                { for options.iter().map(|&(option, text)| html! {
                    <option value={option} selected={option == value}>{ lang::text(text) }</option>
                }) }
            </select>
        </div>
    }
}
