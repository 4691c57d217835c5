//! The derivation as a document: formulas in `MathML`, the same with the numbers of the place looked at, what
//! every sample adds, the true step beside the notebook's, momentum's story.

mod coins;
mod math;

use yew::prelude::*;

use crate::app::exhibit::{Msg as ExhibitMsg, Page};
use crate::model::exhibits::gradients::{Settings, Trace};
use crate::nn::{DropProbability, Mode};
use crate::words::gradients::{self as words, Symbol, Target};

use super::exhibit::{Control, ExhibitView, controls_of};
use super::setup::NETWORK;
use math::{Linked, button, formula};

pub(super) type Msg = ExhibitMsg<Target>;

const STORY: &[Control] = &[
    Control::Number("story_momentum", message!("momentum"), 5),
    Control::Number("story_lr", message!("learning rate"), 6),
];

impl ExhibitView for Settings {
    const HINT: &'static str = message!("Point at any symbol or number, or move to one with Tab.");

    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Number("sample", message!("sample n"), 3),
            Control::Number("unit", message!("unit j"), 3),
            Control::Number("input", message!("input i"), 3),
        ]
    }

    fn network(&self) -> &'static [Control] {
        NETWORK
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        let (p, mode) = Settings::run(self);
        (p, Some(mode))
    }

    fn document(page: &Page<Self>, send: &Callback<Msg>) -> Html {
        let linked = Linked::new(page.focus(), send);
        let leave = send.reform(|_: PointerEvent| ExhibitMsg::Focus(None));
        let blur = send.reform(|_: FocusEvent| ExhibitMsg::Focus(None));
        let trace = page.trace();
        html! {
            <div class="derivation" onpointerleave={leave} onfocusout={blur}>
                if !page.look().embed {
                    { steps(&linked) }
                }
                { gradient(trace, &linked) }
                if !page.look().embed {
                    <div class="pair">
                        { coins::coins(trace, &linked, send) }
                        { around_step(trace) }
                    </div>
                    { momentum(page, send) }
                }
            </div>
        }
    }
}

/// The derivatives, a line each.
fn steps(linked: &Linked) -> Html {
    html! {
        <section aria-labelledby="steps-title">
            <h2 id="steps-title">{ t!("From the loss back to fc1's weights") }</h2>
            <ol class="chain">
                { for words::steps().iter().map(|step| html! {
                    <li>
                        <h3>{ step.title }</h3>
                        { formula(&step.math, Some(step.text), linked) }
                        if let Some(added) = step.added {
                            <p class="added"><strong>{ t!("left out in the notebook") }</strong>{ " " }{ added }</p>
                        }
                    </li>
                }) }
            </ol>
        </section>
    }
}

/// The five multiplied, and the same with the numbers of one sample.
fn gradient(trace: &Trace, linked: &Linked) -> Html {
    let whole = words::gradient();
    let place = trace.settings.place();
    let term = trace.term(place.sample);
    let (sample, unit, input) = (place.sample + 1, place.unit + 1, place.input + 1);
    html! {
        <section class="whole" aria-labelledby="whole-title">
            <h2 id="whole-title">{ t!("Multiplied, and added up: the gradient") }</h2>
            <div class="wall">{ formula(&whole.math, Some(whole.text), linked) }</div>
            <h2>{ t!("The same for sample {sample}, unit {unit}, input {input}") }</h2>
            <ol class="factors">
                { for words::factors(&term).into_iter().map(|(symbol, value)| factor(symbol, value, linked)) }
                { product(trace, linked) }
            </ol>
            <p class="as-written">{ t!("As notebook 004 writes it, without the two left out: {}.", words::as_in_the_notebook(&term)) }</p>
        </section>
    }
}

/// A factor: its symbol, its number, what it is.
fn factor(symbol: Symbol, value: String, linked: &Linked) -> Html {
    let class = classes!("factor", symbol.is_added().then_some("left-out"));
    let content = html! {
        <>
            <span class="visually-hidden">{ words::spoken(symbol, &value) }</span>
            <span aria-hidden="true">{ formula(&words::symbol(symbol), None, linked) }</span>
            <span class="value" aria-hidden="true">{ value }</span>
            <span class="what" aria-hidden="true">{ symbol.name() }</span>
            if symbol.is_added() {
                <span class="tag" aria-hidden="true">{ t!("left out") }</span>
            }
        </>
    };
    let target = Target::Symbol(symbol);
    html! { <li>{ button(target, class, linked, content) }</li> }
}

/// What the factors come to.
fn product(trace: &Trace, linked: &Linked) -> Html {
    let sample = trace.settings.place().sample;
    let content = html! {
        <>
            <span class="value">{ words::contribution(&trace.term(sample)) }</span>
            <span class="what">{ t!("sample {} adds", sample + 1) }</span>
        </>
    };
    let target = Target::Share(sample);
    html! { <li class="product">{ button(target, classes!("plain"), linked, content) }</li> }
}

/// The weight around the step, as it was and as the notebook prints it.
fn around_step(trace: &Trace) -> Html {
    let step = words::around_step(&trace.step, trace.settings.place());
    let numbers = |numbers: &[(&'static str, String)]| -> Html {
        let number = |(label, text): &(&'static str, String)| html! { <div><dt>{ *label }</dt><dd>{ text }</dd></div> };
        numbers.iter().map(number).collect()
    };
    html! {
        <section class="around" aria-labelledby="around-title">
            <h2 id="around-title">{ t!("The step of ") }<code>{ &step.name }</code></h2>
            <div class="columns">
                <div><h3>{ t!("What happens") }</h3><dl>{ numbers(&step.truth) }</dl></div>
                <div class="printed"><h3>{ t!("What notebook 004 prints") }</h3><dl>{ numbers(&step.printed) }</dl></div>
            </div>
            <p class="reason">{ step.reason }</p>
        </section>
    }
}

/// One weight, three gradients, and what momentum makes of the zeros.
fn momentum(page: &Page<Settings>, send: &Callback<Msg>) -> Html {
    let sgd = page.settings().story();
    html! {
        <section class="momentum" aria-labelledby="momentum-title">
            <h2 id="momentum-title">{ t!("A gradient of zero is no standstill") }</h2>
            <div class="setup-fields">{ controls_of(page, STORY, send) }</div>
            <ol>{ for words::momentum(sgd).into_iter().map(|line| html! { <li>{ line }</li> }) }</ol>
            <p class="reason">{ words::moral(sgd) }</p>
        </section>
    }
}
