//! The batch's mask as a grid that chooses sample and unit, and beside each sample what it adds to the number
//! looked at.

use std::ops::Range;

use yew::prelude::*;

use super::Msg;
use super::math::{Linked, button};
use crate::app::exhibit::Msg as ExhibitMsg;
use crate::lang;
use crate::model::exhibits::gradients::{Place, Trace};
use crate::words::gradients::{self as words, Symbol, Target};

/// Most samples and units that are shown at once.
const SAMPLES: usize = 16;
const UNITS: usize = 10;

const LEGEND: [(&str, &str); 4] = [
    ("kept on", message!("kept")),
    ("dropped on", message!("dropped")),
    ("kept off", message!("ReLU off")),
    ("dropped off", message!("both")),
];

/// The mask, the shares and their sum.
pub fn coins(trace: &Trace, linked: &Linked, send: &Callback<Msg>) -> Html {
    let place = trace.settings.place();
    let step = &trace.step;
    let samples = part(place.sample, step.batch(), SAMPLES);
    let units = part(place.unit, step.hidden_features(), UNITS);
    let number = format!("fc1.weight.grad[{}, {}]", place.unit, place.input);
    let total = |symbol, content| {
        let target = Target::Symbol(symbol);
        button(target, classes!("plain"), linked, content)
    };
    html! {
        <section class="coins" aria-labelledby="coins-title">
            <h2 id="coins-title">{ t!("What every sample adds") }</h2>
            <table role="grid" tabindex="0" aria-labelledby="coins-title" aria-activedescendant={cell_id(place)}
                onkeydown={walk(trace, send)}>
                <thead>
                    <tr>
                        <td></td>
                        { for units.clone().map(|unit| html! {
                            <th scope="col" class={(unit == place.unit).then_some("chosen")}>{ unit + 1 }</th>
                        }) }
                        <th scope="col" class="share">{ t!("adds") }</th>
                    </tr>
                </thead>
                <tbody>{ for samples.clone().map(|sample| row(trace, sample, units.clone(), linked, send)) }</tbody>
                <tfoot>
                    <tr>
                        <th colspan={(units.len() + 1).to_string()}>{ total(Symbol::Sum, html! {
                            <>{ words::sum_of(step.batch(), samples.len()) }{ ": " }<code>{ number }</code></>
                        }) }</th>
                        <td role="gridcell" class="share">{ total(Symbol::Gradient, words::gradient_at(step, place).into()) }</td>
                    </tr>
                </tfoot>
            </table>
            <p class="legend" aria-hidden="true">
                { for LEGEND.iter().map(|(class, label)| html! {
                    <span class="entry"><span class={classes!("fate", *class)}></span>{ lang::text(label) }</span>
                }) }
            </p>
        </section>
    }
}

/// Those of `size` that are shown together with `chosen`.
fn part(chosen: usize, size: usize, most: usize) -> Range<usize> {
    let first = chosen / most * most;
    first..size.min(first + most)
}

fn row(
    trace: &Trace,
    sample: usize,
    units: Range<usize>,
    linked: &Linked,
    send: &Callback<Msg>,
) -> Html {
    let chosen = sample == trace.settings.place().sample;
    let onclick = send.reform(move |_: MouseEvent| ExhibitMsg::Set("sample", text(sample)));
    let target = Target::Share(sample);
    let (onpointerover, _, _) = linked.events(target);
    html! {
        <tr class={chosen.then_some("chosen")}>
            <th scope="row"><span class="word">{ t!("sample ") }</span>{ sample + 1 }</th>
            { for units.map(|unit| cell(trace, sample, unit, send)) }
            <td role="gridcell" class={classes!("share", linked.class(target))} {onpointerover} {onclick}>
                { words::contribution(&trace.term(sample)) }
            </td>
        </tr>
    }
}

fn cell(trace: &Trace, sample: usize, unit: usize, send: &Callback<Msg>) -> Html {
    let place = trace.settings.place();
    let here = Place {
        sample,
        unit,
        ..place
    };
    let (kept, on) = (
        trace.step.kept(sample, unit),
        trace.step.active(sample, unit),
    );
    let class = classes!(
        "fate",
        if kept { "kept" } else { "dropped" },
        if on { "on" } else { "off" }
    );
    let label = words::cell(&trace.step, sample, unit);
    let onclick = send.reform(move |_: MouseEvent| choose(sample, unit));
    html! {
        <td id={cell_id(here)} role="gridcell" aria-selected={(here == place).to_string()} aria-label={label.clone()}
            title={label} {onclick}><span {class}></span></td>
    }
}

/// Arrow keys choose the neighbour; every other key stays the browser's.
fn walk(trace: &Trace, send: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let Place { sample, unit, .. } = trace.settings.place();
    let last = (trace.step.batch() - 1, trace.step.hidden_features() - 1);
    let send = send.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let (sample, unit) = match event.key().as_str() {
            "ArrowUp" => (sample.saturating_sub(1), unit),
            "ArrowDown" => (last.0.min(sample + 1), unit),
            "ArrowLeft" => (sample, unit.saturating_sub(1)),
            "ArrowRight" => (sample, last.1.min(unit + 1)),
            _ => return,
        };
        event.prevent_default();
        send.emit(choose(sample, unit));
    })
}

/// What chooses a sample and a unit.
fn choose(sample: usize, unit: usize) -> Msg {
    ExhibitMsg::SetAll(vec![("sample", text(sample)), ("unit", text(unit))])
}

/// A place as a setting: counted from 1.
fn text(index: usize) -> String {
    (index + 1).to_string()
}

fn cell_id(place: Place) -> String {
    format!("coin-{}-{}", place.sample, place.unit)
}
