//! Parts of an exhibit's page: its controls, a word more, and what can be kept of it.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::{Control, ExhibitPage, ExhibitView};
use crate::app::embed::{Action, Offer, offers};
use crate::app::exhibit::{Msg as ExhibitMsg, Note, Page};
use crate::app::files::{Kind, array, table};
use crate::app::{Progress, View};
use crate::lang;
use crate::views::data::Data;
use crate::views::said;
use crate::views::save::{self, Save};
use crate::views::setup::SEED;
use crate::views::slides::Slides;

/// A word more, folded away until asked for; a lamp is always seen.
pub(super) fn note(note: Option<Note>, embed: bool) -> Html {
    match note {
        Some(Note::Lamp(text)) => html! { <p class="lamp">{ text }</p> },
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

/// *Save* and *slides*, where they are not the affair of the document.
pub(super) fn files<E: ExhibitView>(
    page: &Page<E>,
    kept: &str,
    keep: Callback<(Kind, Progress)>,
) -> Html {
    if E::OWN_TOOLS {
        return Html::default();
    }
    let (settings, trace) = (page.settings().clone(), Rc::clone(page.trace()));
    let tables = move |()| table::tables(E::VIEW, &array::arrays(&settings.numbers(&trace)));
    let data = Callback::from(tables);
    let save = save::props(page, kept, keep.clone());
    let has_picture = save.kinds.contains(&Kind::Slide);
    html! {
        <>
            <Save ..save />
            <Slides view={E::VIEW} link={page.query()} controls={offered(page)} keep={has_picture.then_some(keep)} />
            <Data tables={data} />
        </>
    }
}

/// What was just done and what came of it, with the lamp that is lit, and the number looked at; nothing that a bet is
/// placed on.
pub fn said_of<E: ExhibitView>(page: &Page<E>, veiled: bool) -> AttrValue {
    if veiled {
        return page.status().to_owned().into();
    }
    let now = || match E::note(page.trace()) {
        Some(Note::Lamp(text)) => format!("{} {text}", E::now(page.trace())),
        _ => E::now(page.trace()),
    };
    let explain = |target| E::explain(page.trace(), target);
    said::line(page.status(), now, page.focus().map(explain))
}

/// The controls that an embedded page of this view can have.
pub fn offered<E: ExhibitView>(page: &Page<E>) -> Vec<Offer> {
    let besides = [
        E::PASTE.map(|_| "paste"),
        E::ACTIONS.contains(&Action::Play).then_some("reset"),
        (E::VIEW == View::Notebook).then_some("view"),
    ];
    let besides: Vec<&str> = besides.into_iter().flatten().collect();
    let asked = SEED.iter().chain(page.settings().network());
    let asked: Vec<&str> = asked.map(|control| control.name()).collect();
    offers(page, &besides, &asked)
}

impl<E: ExhibitView> ExhibitPage<E> {
    pub(super) fn own_controls(&self, send: &Callback<ExhibitMsg<E::Target>>) -> Html {
        let paste = |label| self.paste_area(label, send);
        html! {
            <div class="setup-fields">
                { controls_of(&self.page, &self.own(), send) }
                { for E::PASTE.filter(|_| self.page.look().allows("paste")).map(paste) }
            </div>
        }
    }

    /// The view's own controls; an embedded page shows those of the network, and the seed, if its link asks for them.
    fn own(&self) -> Vec<Control> {
        let (look, settings) = (self.page.look(), self.page.settings());
        let asked = SEED.iter().chain(settings.network()).copied();
        let asked = asked.filter(|control| look.asks_for(control.name()));
        let own = settings.controls().into_iter();
        own.filter(|control| look.allows(control.name()))
            .chain(asked)
            .collect()
    }

    /// A text area folded away until asked for; what is wrong with its text is said below it.
    fn paste_area(&self, label: &'static str, send: &Callback<ExhibitMsg<E::Target>>) -> Html {
        let label = lang::text(label);
        let area = self.paste.clone();
        let onclick = send.reform(move |_: MouseEvent| {
            let text = area.cast::<HtmlTextAreaElement>().map(|area| area.value());
            ExhibitMsg::Paste(text.unwrap_or_default())
        });
        let error = self.page.paste_error();
        html! {
            <details class="paste">
                <summary>{ label }</summary>
                <textarea ref={self.paste.clone()} id="paste" rows="5" cols="60" spellcheck="false" aria-label={label}
                    aria-invalid={error.is_some().to_string()} />
                <button type="button" class="use-paste" {onclick}>{ t!("use it") }</button>
                if let Some(error) = error {
                    <p class="paste-error" role="alert">{ error }</p>
                }
            </details>
        }
    }
}
