//! The settings that change less often: seed, sizes, optimiser, whose dropout, theme.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::look::LookField;
use crate::app::{Look, Msg, State};
use crate::model::{Field, FieldError};

use super::browser;
use super::field::{self, TextField};

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

/// Sizes and optimiser, folded away until asked for.
pub fn setup(state: &State, send: &Callback<Msg>) -> Html {
    let text = |field: Field, label: &'static str, width: u32| {
        html! {
            <TextField ..field::props((field.name(), label, width), field.read(state.settings()), state.refused(field), edit(field, send)) />
        }
    };
    let choice = |field: Field, label: &'static str, options: &[(&'static str, &'static str)]| {
        select(
            field.name(),
            label,
            &field.read(state.settings()),
            options,
            &edit(field, send),
        )
    };
    let switch = [("off", "off"), ("on", "on")];
    html! {
        <details class="setup">
            <summary>{ "Network, data and optimiser" }</summary>
            <div class="setup-fields">
                { text(Field::Batch, "batch", 4) }
                { text(Field::In, "inputs", 4) }
                { text(Field::Hidden, "hidden units", 4) }
                { text(Field::Lr, "learning rate", 6) }
                { text(Field::Momentum, "momentum", 5) }
                { text(Field::Dampening, "dampening", 5) }
                { text(Field::WeightDecay, "weight decay", 6) }
                { choice(Field::Nesterov, "Nesterov", &switch) }
                { choice(Field::Maximize, "maximize", &switch) }
                { choice(Field::Dropout, "dropout by", &[("nn", "nn.Dropout"), ("bernoulli", "torch.bernoulli (notebook 004)"), ("rand", "rand > p (notebook 001)")]) }
                { choice(Field::Bernoulli, "coins of", &[("mt19937", "PyTorch 2.7 and later"), ("mcg31", "PyTorch to 2.6 on Intel")]) }
                { text(Field::Step, "step", 5) }
            </div>
        </details>
    }
}

/// What edits a setting of the network view.
#[must_use]
pub fn edit(field: Field, send: &Callback<Msg>) -> Callback<String> {
    send.reform(move |text: String| Msg::Edit(field, text))
}

/// Bright, dark or projector.
pub fn theme(look: &Look, edit: &Callback<String>) -> Html {
    let options = [
        ("system", "as the system"),
        ("bright", "bright"),
        ("dark", "dark"),
        ("projector", "projector"),
    ];
    select(
        "theme",
        "theme",
        &LookField::Theme.read(look),
        &options,
        edit,
    )
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
