//! The head of the page: its name and the controls.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::msg::Copied;
use crate::app::{Look, Msg, State, View};
use crate::model::Field;

use super::{controls, setup};

/// The head of the page. An embedded page has no name and no setup.
pub fn header(state: &State, narrow: bool, go: &Callback<View>, send: &Callback<Msg>) -> Html {
    let (look, settings) = (state.look(), state.settings());
    let embed = look.embed;
    html! {
        <header class="head">
            { name_and_views(View::Network, state.look(), go) }
            <div class="controls">
                if look.allows("mode") {
                    { controls::mode_switch(settings.mode(), &setup::edit(Field::Mode, send)) }
                }
                if look.allows("p") {
                    { controls::p_control(settings.p(), controls::kept_label(settings.p()), state.refused(Field::P), &setup::edit(Field::P, send)) }
                }
                { controls::step_buttons(state, send) }
            </div>
            if !embed && !narrow {
                { run_controls(state, send) }
            }
            { setup::asked_for(state, send) }
        </header>
    }
}

/// The page's name, and the views, as links where there is room and as a list where there is not; an embedded page
/// shows neither.
pub fn name_and_views(current: View, look: &Look, go: &Callback<View>) -> Html {
    let link = |view: View| {
        let onclick = go.reform(move |event: MouseEvent| {
            event.prevent_default();
            view
        });
        let here = (view == current).then_some("page");
        html! { <a href={view.link()} title={view.title()} aria-current={here} {onclick}>{ view.label() }</a> }
    };
    let option = |view: View| {
        html! { <option value={view.name()} selected={view == current}>{ view.label() }</option> }
    };
    let go = go.clone();
    let onchange = move |event: Event| {
        let list = event.target_dyn_into::<HtmlSelectElement>();
        if let Some(view) = list.and_then(|list| View::named(&list.value())) {
            go.emit(view);
        }
    };
    html! {
        <>
            <h1 class={look.embed.then_some("visually-hidden")}>{ "Dropout Lab" }</h1>
            if !look.embed {
                <nav class="views" aria-label={t!("Views")}>
                    { for View::ALL.into_iter().map(link) }
                    <select aria-label={t!("View")} {onchange}>{ for View::ALL.into_iter().map(option) }</select>
                </nav>
            }
        </>
    }
}

/// Seed, search, link and reset: at the head of a wide page, below the picture of a narrow one.
pub fn run_controls(state: &State, send: &Callback<Msg>) -> Html {
    let share = send.reform(|_: MouseEvent| Msg::Copy(Copied::Link));
    let reset = send.reform(|_: MouseEvent| Msg::Reset);
    let find = send.reform(|_: MouseEvent| Msg::FindDeadUnit);
    html! {
        <section class="more" aria-label={t!("The run and its link")}>
            { setup::seed(Field::Seed.read(state.settings()), state.refused(Field::Seed), &setup::edit(Field::Seed, send), &send.reform(Msg::FreshSeed)) }
            <button type="button" class="find" onclick={find} title={t!("Look for the next seed that leaves a unit without update")}>{ t!("find a dead unit") }</button>
            <button type="button" class="share" onclick={share} title={t!("Copy a link to exactly this picture")}>{ t!("copy link") }</button>
            <button type="button" class="reset" onclick={reset} title={t!("Back to the defaults")}>{ t!("reset") }</button>
        </section>
    }
}
