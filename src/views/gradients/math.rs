//! A formula as `MathML` elements, each symbol linked to its number.

use yew::prelude::*;

use super::Msg;
use crate::app::exhibit::Msg as ExhibitMsg;
use crate::words::gradients::{Math, Target};

/// What is looked at, and how something else is.
pub struct Linked<'a> {
    focus: Option<Target>,
    send: &'a Callback<Msg>,
}

/// Callbacks for the pointer, the keyboard and a click or tap.
pub type Events = (
    Callback<PointerEvent>,
    Callback<FocusEvent>,
    Callback<MouseEvent>,
);

impl<'a> Linked<'a> {
    /// Links to what is looked at.
    #[must_use]
    pub fn new(focus: Option<Target>, send: &'a Callback<Msg>) -> Self {
        Self { focus, send }
    }

    /// What looks at `target`.
    #[must_use]
    pub fn events(&self, target: Target) -> Events {
        let look = move || ExhibitMsg::Focus(Some(target));
        (
            self.send.reform(move |_| look()),
            self.send.reform(move |_| look()),
            self.send.reform(move |_| look()),
        )
    }

    /// The class of an element that stands for `target`.
    #[must_use]
    pub fn class(&self, target: Target) -> Classes {
        classes!("linked", (self.focus == Some(target)).then_some("on"))
    }
}

/// A button for something that the keyboard can reach.
pub fn button(target: Target, class: Classes, linked: &Linked, content: Html) -> Html {
    let (onpointerover, onfocusin, onclick) = linked.events(target);
    let class = classes!(class, linked.class(target));
    let key = match target {
        Target::Symbol(symbol) => Some(symbol.key()),
        Target::Share(_) => None,
    };
    html! {
        <button type="button" {class} data-symbol={key} {onpointerover} {onfocusin} {onclick}>{ content }</button>
    }
}

/// A formula, and a line of text for whoever cannot see it.
pub fn formula(math: &Math, text: Option<&'static str>, linked: &Linked) -> Html {
    let display = text.map(|_| "block");
    html! { <math {display} alttext={text}>{ node(math, linked) }</math> }
}

#[allow(
    clippy::ignored_unit_patterns,
    reason = "in what html! makes of a tag that is not known before"
)]
fn node(math: &Math, linked: &Linked) -> Html {
    let tag = math.element.tag();
    let content: Html = if math.children.is_empty() {
        html! { &math.text }
    } else {
        math.children
            .iter()
            .map(|child| node(child, linked))
            .collect()
    };
    let Some(symbol) = math.symbol else {
        return html! { <@{tag} maxsize={math.element.max_size()}>{ content }</@> };
    };
    let target = Target::Symbol(symbol);
    let (onpointerover, _, onclick) = linked.events(target);
    html! {
        <@{tag} class={linked.class(target)} data-symbol={symbol.key()} {onpointerover} {onclick}>{ content }</@>
    }
}
