//! What is offered to somebody who is here for the first time.

use yew::prelude::*;

/// Whether a query asks for nothing in particular.
#[must_use]
pub fn bare(query: &str) -> bool {
    query.is_empty() || query == "?v=1"
}

/// An invitation to the first lesson.
pub fn invitation(begin: &Callback<MouseEvent>, decline: &Callback<MouseEvent>) -> Html {
    html! {
        <section class="invitation" aria-label={t!("An invitation")}>
            <p>{ t!("New to dropout? One minute, four bets.") }</p>
            <button type="button" class="main-button" onclick={begin.clone()}>{ t!("Take the bets") }</button>
            <button type="button" onclick={decline.clone()}>{ t!("not now") }</button>
        </section>
    }
}
