//! A text field of one setting, a number, which it shows and takes as the language writes it. It keeps what was typed,
//! says what is wrong with it, and never loses the last good value.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::lang;
use crate::model::FieldError;

/// Properties of a [`TextField`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The setting's name in the link.
    pub name: &'static str,
    /// Its name on the screen.
    pub label: AttrValue,
    /// What the field holds: the setting's value, or what it refused.
    pub value: AttrValue,
    /// Why it refused it.
    pub error: Option<AttrValue>,
    /// Width in characters.
    pub width: u32,
    /// Gets what was typed.
    pub edit: Callback<String>,
}

/// The properties of the field of a setting whose value is `value`, or that has refused a text.
#[must_use]
pub fn props(
    (name, label, width): (&'static str, &'static str, u32),
    value: String,
    refused: Option<(&str, &FieldError)>,
    edit: Callback<String>,
) -> Props {
    Props {
        name,
        label: label.into(),
        value: refused.map_or(value, |(text, _)| text.to_owned()).into(),
        error: refused.map(|(_, error)| error.to_string().into()),
        width,
        edit,
    }
}

/// A text field of one setting.
#[component]
pub fn TextField(props: &Props) -> Html {
    let id = format!("field-{}", props.name);
    let error_id = format!("{id}-error");
    let onchange = props
        .edit
        .reform(|event: Event| lang::plain(&typed(&event)));
    let describe = props.error.is_some().then(|| error_id.clone());
    html! {
        <div class="field">
            <label for={id.clone()}>{ &props.label }</label>
            <input {id} type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
                style={format!("width: calc({}ch + 1.4rem)", props.width)}
                value={lang::editable(&props.value)} {onchange}
                aria-invalid={props.error.is_some().to_string()} aria-describedby={describe} />
            if let Some(error) = &props.error {
                <p class="field-error" id={error_id} role="alert">{ error }</p>
            }
        </div>
    }
}

/// What an input holds after an event.
#[must_use]
pub fn typed(event: &Event) -> String {
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|input| input.value())
        .unwrap_or_default()
}
