//! The PyTorch script of what is on the screen, and the output that PyTorch prints for it.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::exhibit::{Exhibit, Msg as ExhibitMsg};
use crate::app::msg::Copied;
use crate::app::{Msg, State};
use crate::model::Trace;
use crate::notebook;

/// Properties of the network view's [`Script`].
#[derive(Clone, Properties)]
pub struct Props {
    /// The step.
    pub trace: Rc<Trace>,
    /// The link of what is on the screen.
    pub link: AttrValue,
    /// Gets the wish to copy.
    pub send: Callback<Msg>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.trace, &other.trace) && self.link == other.link
    }
}

/// The properties of the script of `state`.
#[must_use]
pub fn props(state: &State, send: &Callback<Msg>) -> Props {
    Props {
        trace: Rc::clone(state.trace()),
        link: state.link().query().into(),
        send: send.clone(),
    }
}

/// Script and output of the network view, written anew only when the step or the link has changed.
#[component]
pub fn Script(props: &Props) -> Html {
    html! {
        <ScriptView script={notebook::script(&props.trace.settings, &props.link)} output={notebook::output(&props.trace)}
            copy={props.send.reform(Msg::Copy)} />
    }
}

/// Properties of an [`ExhibitScript`].
#[derive(Clone, Properties)]
pub struct ExhibitProps<E: Exhibit> {
    /// What is on the screen.
    pub settings: E,
    /// Its numbers.
    pub trace: Rc<E::Trace>,
    /// Its link.
    pub link: AttrValue,
    /// Gets the wish to copy.
    pub send: Callback<ExhibitMsg<E::Target>>,
}

impl<E: Exhibit> PartialEq for ExhibitProps<E> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.trace, &other.trace) && self.link == other.link
    }
}

/// Script and output of an exhibit, written anew only when its numbers or its link have changed.
#[component]
pub fn ExhibitScript<E: Exhibit>(props: &ExhibitProps<E>) -> Html {
    html! {
        <ScriptView script={props.settings.script(&props.link)} output={E::output(&props.trace)}
            copy={props.send.reform(ExhibitMsg::Copy)} />
    }
}

/// Properties of a [`ScriptView`].
#[derive(Clone, PartialEq, Properties)]
pub struct ViewProps {
    /// The script.
    pub script: AttrValue,
    /// What PyTorch prints for it.
    pub output: AttrValue,
    /// Gets what is to be copied.
    pub copy: Callback<Copied>,
}

/// Script and output side by side, each with a button that copies it; as files, *save* has them.
#[component]
pub fn ScriptView(props: &ViewProps) -> Html {
    let copy = |what: Copied, label: &'static str| {
        let onclick = props.copy.reform(move |_: MouseEvent| what);
        html! { <button type="button" {onclick}>{ label }</button> }
    };
    html! {
        <section class="script" aria-labelledby="script-title">
            <h2 id="script-title">{ t!("The same in PyTorch") }</h2>
            <p>{ t!("Run this script in PyTorch on a CPU: it draws the same masks, on every machine. What it prints is beside it, but for a last digit where PyTorch's matrix products differ from one CPU to the next.") }</p>
            <div class="columns">
                <div>
                    <h3>{ t!("Script") }{ copy(Copied::Script, t!("copy script")) }</h3>
                    <pre tabindex="0" class="code">{ &props.script }</pre>
                </div>
                <div>
                    <h3>{ t!("Output") }{ copy(Copied::Output, t!("copy output")) }</h3>
                    <pre tabindex="0" class="output">{ &props.output }</pre>
                </div>
            </div>
        </section>
    }
}
