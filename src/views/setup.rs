//! The settings that change less often: seed, sizes, optimiser, whose dropout, theme.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::look::LookField;
use crate::app::{Msg, State};
use crate::model::Field;

use super::browser;
use super::field::{self, TextField};

/// The seed and a fresh one.
pub fn seed(state: &State, send: &Callback<Msg>) -> Html {
    let fresh = {
        let send = send.clone();
        move |_: MouseEvent| {
            if let Some(seed) = browser::entropy() {
                send.emit(Msg::FreshSeed(seed));
            }
        }
    };
    html! {
        <div class="seed">
            <TextField ..field::props(state, Field::Seed, "seed", 11, send) />
            <button type="button" class="fresh" onclick={fresh} title="Another seed from this device's entropy">{ "fresh" }</button>
        </div>
    }
}

/// Sizes and optimiser, folded away until asked for.
pub fn setup(state: &State, send: &Callback<Msg>) -> Html {
    let text = |field: Field, label: &'static str, width: u32| {
        html! {
            <TextField ..field::props(state, field, label, width, send) />
        }
    };
    let choice = |field: Field, label: &'static str, options: &[(&'static str, &'static str)]| {
        let edit = send.reform(move |value: String| Msg::Edit(field, value));
        select(
            field.name(),
            label,
            &field.read(state.settings()),
            options,
            &edit,
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

/// Bright, dark or projector.
pub fn theme(state: &State, send: &Callback<Msg>) -> Html {
    let options = [
        ("system", "as the system"),
        ("bright", "bright"),
        ("dark", "dark"),
        ("projector", "projector"),
    ];
    let edit = send.reform(|value: String| Msg::Look(LookField::Theme, value));
    select(
        "theme",
        "theme",
        &LookField::Theme.read(state.look()),
        &options,
        &edit,
    )
}

/// A labelled choice.
fn select(
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
