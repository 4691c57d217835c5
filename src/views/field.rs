//! A text field of one setting: it keeps what was typed, says what is wrong with it, and never loses the last good value.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::{Msg, State};
use crate::model::Field;

/// Properties of a [`TextField`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The setting.
    pub field: Field,
    /// Its name on the screen.
    pub label: AttrValue,
    /// What the field holds: the setting's value, or what it refused.
    pub value: AttrValue,
    /// Why it refused it.
    pub error: Option<AttrValue>,
    /// Width in characters.
    pub width: u32,
    /// Gets the edit.
    pub send: Callback<Msg>,
}

/// The properties of the field of `field` in `state`.
#[must_use]
pub fn props(
    state: &State,
    field: Field,
    label: &'static str,
    width: u32,
    send: &Callback<Msg>,
) -> Props {
    let refused = state.refused(field);
    Props {
        field,
        label: label.into(),
        value: refused
            .map_or_else(|| field.read(state.settings()), |(text, _)| text.to_owned())
            .into(),
        error: refused.map(|(_, error)| error.to_string().into()),
        width,
        send: send.clone(),
    }
}

/// A text field of one setting.
#[component]
pub fn TextField(props: &Props) -> Html {
    let id = format!("field-{}", props.field.name());
    let error_id = format!("{id}-error");
    let onchange = {
        let (send, field) = (props.send.clone(), props.field);
        move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                send.emit(Msg::Edit(field, input.value()));
            }
        }
    };
    let describe = props.error.is_some().then(|| error_id.clone());
    html! {
        <div class="field">
            <label for={id.clone()}>{ &props.label }</label>
            <input {id} type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
                style={format!("width: calc({}ch + 1.4rem)", props.width)}
                value={props.value.clone()} {onchange}
                aria-invalid={props.error.is_some().to_string()} aria-describedby={describe} />
            if let Some(error) = &props.error {
                <p class="field-error" id={error_id} role="alert">{ error }</p>
            }
        </div>
    }
}
