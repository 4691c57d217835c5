//! The right-hand column: what just happened in words, where the number looked at comes from, and PyTorch's print.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::State;
use crate::model::{Stage, Target, Trace};
use crate::notebook;
use crate::words::{self, Explanation};

/// Properties of the [`Story`].
#[derive(Clone, Properties)]
pub struct Props {
    /// The step.
    pub trace: Rc<Trace>,
    /// The stage at which the picture stands.
    pub stage: Stage,
    /// The sample looked at.
    pub sample: usize,
    /// The number looked at.
    pub focus: Option<Target>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.trace, &other.trace)
            && (self.stage, self.sample, self.focus) == (other.stage, other.sample, other.focus)
    }
}

/// The properties of the story of `state`.
#[must_use]
pub fn props(state: &State) -> Props {
    Props {
        trace: Rc::clone(state.trace()),
        stage: state.look().stage,
        sample: state.sample(),
        focus: state.focus(),
    }
}

/// Where the number looked at comes from, and what PyTorch prints at this stage.
#[component]
pub fn Story(props: &Props) -> Html {
    let target = props.focus.unwrap_or_else(|| usual_target(props));
    let (name, text) = printed(&props.trace, props.stage);
    html! {
        <aside class="story" aria-label={t!("The numbers behind the picture")}>
            <section class="inspector">
                <h2>{ t!("Where it comes from") }</h2>
                { explanation(&words::explain(&props.trace, target)) }
                if props.focus.is_none() {
                    <p class="hint">{ t!("Point at any number of the picture, or move to one with Tab and the arrow keys.") }</p>
                }
            </section>
            <section class="print">
                <h2>{ t!("PyTorch prints ") }<code>{ name }</code></h2>
                <pre tabindex="0">{ text }</pre>
            </section>
        </aside>
    }
}

/// What is explained before anything is pointed at: a unit that carries the sample.
fn usual_target(props: &Props) -> Target {
    let (trace, sample) = (&props.trace, props.sample);
    let carries = |&unit: &usize| trace.kept(sample, unit) && trace.active(sample, unit);
    let unit = (0..trace.hidden_features()).find(carries).unwrap_or(0);
    Target::Unit { sample, unit }
}

/// An explanation: what it is, the arithmetic, why it is 0.
pub fn explanation(explanation: &Explanation) -> Html {
    html! {
        <>
            <h3>{ &explanation.title }</h3>
            <dl class="arithmetic">
                { for explanation.lines.iter().map(|(label, text)| html! {
                    <div><dt>{ label }</dt><dd>{ text }</dd></div>
                }) }
            </dl>
            if let Some(reason) = &explanation.reason {
                <p class="reason">{ reason }</p>
            }
        </>
    }
}

/// The tensor that a stage is about, by its name in the script, and the script's print of it.
fn printed(trace: &Trace, stage: Stage) -> (&'static str, String) {
    let pass = &trace.pass;
    let (name, tensor) = match stage {
        Stage::Mask => return ("mask", notebook::mask(trace)),
        Stage::Input => ("x", &trace.input),
        Stage::Fc1 => ("model.fc1(x)", &pass.pre_activation),
        Stage::Relu => ("model.hidden", &pass.hidden),
        Stage::Scale => ("model.dropped", &pass.dropped),
        Stage::Fc2 | Stage::Loss => ("output", &pass.output),
        Stage::Backward | Stage::Accumulate => ("model.fc1.weight.grad", &pass.grad.fc1.weight),
        Stage::Sgd => ("model.fc1.weight", &trace.after.fc1.weight),
    };
    (name, notebook::floats(tensor))
}
