//! What is said aloud of the page: one sentence or two, and only when they have stood for a while, so that nobody is
//! told of every place that a slider went through.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::words::Explanation;

/// How long what is said must have stood, in milliseconds.
const QUIET: u32 = 600;

/// What was just done and what came of it, and the number looked at; nothing before anything was done.
pub fn line(
    status: &str,
    now: impl FnOnce() -> String,
    looked_at: Option<Explanation>,
) -> AttrValue {
    let mut parts = Vec::new();
    if !status.is_empty() {
        parts.extend([status.to_owned(), now()]);
    }
    if let Some(Explanation {
        title,
        lines,
        reason,
    }) = looked_at
    {
        let last = lines.last().map(|(label, text)| format!("{label} {text}."));
        parts.push(format!("{title}:"));
        parts.extend(last.into_iter().chain(reason));
    }
    parts.join(" ").into()
}

/// Properties of [`Said`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is to be said.
    pub text: AttrValue,
}

/// A line that is heard and not seen.
#[component]
pub fn Said(props: &Props) -> Html {
    let said = use_state(AttrValue::default);
    {
        let said = said.clone();
        use_effect_with(props.text.clone(), move |text| {
            let text = text.clone();
            let waits = *said != text;
            let timer = waits.then(|| Timeout::new(QUIET, move || said.set(text)));
            // A change in the meantime drops it.
            move || drop(timer)
        });
    }
    html! { <p class="visually-hidden said" role="status">{ (*said).clone() }</p> }
}
