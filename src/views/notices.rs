//! What the reader should know, until dismissed.

use yew::prelude::*;

use crate::app::Msg;

/// The notices, each with a button that dismisses it.
pub fn notices(notices: &[String], send: &Callback<Msg>) -> Html {
    let notice = |(k, text): (usize, &String)| {
        let onclick = send.reform(move |_: MouseEvent| Msg::Dismiss(k));
        html! {
            <li>
                <p>{ text }</p>
                <button type="button" {onclick} aria-label="dismiss this notice">{ "×" }</button>
            </li>
        }
    };
    if notices.is_empty() {
        return Html::default();
    }
    html! { <ul class="notices" role="alert">{ for notices.iter().enumerate().map(notice) }</ul> }
}
