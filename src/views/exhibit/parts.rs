//! Parts of an exhibit's page: its controls, and a word more.

use yew::prelude::*;

use super::{Control, ExhibitView};
use crate::app::exhibit::{Msg as ExhibitMsg, Note, Page};

/// A word more, folded away until asked for; a lamp is always seen.
pub(super) fn note(note: Option<Note>, embed: bool) -> Html {
    match note {
        Some(Note::Lamp(text)) => html! { <p class="lamp" role="status">{ text }</p> },
        Some(Note::Word(question, text)) if !embed => html! {
            <details class="word"><summary>{ question }</summary><p>{ text }</p></details>
        },
        _ => Html::default(),
    }
}

/// Controls of an exhibit's settings.
pub fn controls_of<E: ExhibitView>(
    page: &Page<E>,
    controls: &[Control],
    send: &Callback<ExhibitMsg<E::Target>>,
) -> Html {
    let control = |control: &Control| {
        let name = control.name();
        let value = page.settings().read(name).unwrap_or_default();
        let edit = send.reform(move |text| ExhibitMsg::Set(name, text));
        control.view(value, page.refused(name), edit)
    };
    controls.iter().map(control).collect()
}
