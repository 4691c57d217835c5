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
pub struct Said {
    said: AttrValue,
    /// Drops what it would have said, if something else comes in the meantime.
    waiting: Option<Timeout>,
}

impl Component for Said {
    type Message = ();
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let mut line = Self {
            said: AttrValue::default(),
            waiting: None,
        };
        line.wait(ctx);
        line
    }

    fn update(&mut self, ctx: &Context<Self>, (): ()) -> bool {
        self.waiting = None;
        self.said = ctx.props().text.clone();
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        if ctx.props() != before {
            self.wait(ctx);
        }
        false
    }

    fn view(&self, _: &Context<Self>) -> Html {
        html! { <p class="visually-hidden said" role="status">{ self.said.clone() }</p> }
    }
}

impl Said {
    fn wait(&mut self, ctx: &Context<Self>) {
        let say = ctx.link().callback(|()| ());
        let waits = ctx.props().text != self.said;
        self.waiting = waits.then(|| Timeout::new(QUIET, move || say.emit(())));
    }
}
