//! Parts of an exhibit's page: its controls, a word more, and what can be kept of it.

use yew::prelude::*;

use super::{Control, ExhibitView};
use crate::app::Progress;
use crate::app::exhibit::{Msg as ExhibitMsg, Note, Page};
use crate::app::files::Kind;
use crate::views::save::{self, Save};
use crate::views::slides::Slides;

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

/// *Save*, where that is not the affair of the document, and *slides*.
pub(super) fn files<E: ExhibitView>(
    page: &Page<E>,
    kept: &str,
    keep: Callback<(Kind, Progress)>,
) -> Html {
    html! {
        <>
            if !E::OWN_SAVE {
                <Save ..save::props(page, kept, keep) />
            }
            <Slides view={E::VIEW} link={page.query()} />
        </>
    }
}
