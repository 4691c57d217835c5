//! What the reader should know, until dismissed.

use yew::prelude::*;

/// The notices, each with a button that dismisses it.
pub fn notices(notices: &[String], dismiss: &Callback<usize>) -> Html {
    let notice = |(k, text): (usize, &String)| {
        let onclick = dismiss.reform(move |_: MouseEvent| k);
        html! {
            <li>
                <p>{ text }</p>
                <button type="button" {onclick} aria-label={t!("dismiss this notice")}>{ "×" }</button>
            </li>
        }
    };
    if notices.is_empty() {
        return Html::default();
    }
    html! { <div role="alert"><ul class="notices">{ for notices.iter().enumerate().map(notice) }</ul></div> }
}
