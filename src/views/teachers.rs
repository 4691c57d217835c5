//! The teacher's page: a lesson of ten figures, each ready to open, to preview and to put into slides; printed, it is
//! the plan on one page.

use yew::prelude::*;

use crate::app::course::Msg;
use crate::app::look::LookField;
use crate::app::snippet::{Slide, qr};
use crate::app::{Look, View};
use crate::lang;
use crate::lessons::plan::{LIMITS, PLAN, Part, clock};

use super::drawn::drawn;
use super::slides::Slides;
use super::{browser, header, prose, setup};

/// Properties of [`Teachers`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Colours, motion, embedding.
    pub look: Look,
    /// Goes to another view.
    pub go: Callback<View>,
    /// Opens a step of a lesson.
    pub send: Callback<Msg>,
    /// Chooses colours and language.
    pub edit: Callback<(LookField, String)>,
}

/// The page.
#[component]
pub fn Teachers(props: &Props) -> Html {
    // One preview at most: every frame is a lab of its own.
    let open = use_state(|| None::<usize>);
    let codes = use_memo(browser::address(""), |address| -> Vec<Html> {
        PLAN.iter()
            .map(|part| code(&slide(part, address)))
            .collect()
    });
    let clock = clock();
    let minutes = clock.last().copied().unwrap_or_default();
    let print = |_: MouseEvent| browser::print();
    let entry = |(k, part): (usize, &'static Part)| {
        let shown = *open == Some(k);
        let toggle = {
            let open = open.clone();
            Callback::from(move |_: MouseEvent| open.set((!shown).then_some(k)))
        };
        let times = (clock[k], clock[k + 1]);
        entry(part, times, shown, toggle, &props.send, codes[k].clone())
    };
    html! {
        <div class={classes!("lab", props.look.embed.then_some("embedded-list"))}>
            <header class="head">{ header::name_and_views(View::Teachers, &props.look, &props.go) }</header>
            <main class="class-plan">
                <section aria-labelledby="class-plan-title">
                    <h2 id="class-plan-title">{ t!("A lesson of {minutes} minutes") }</h2>
                    <p class="now">{ t!("Ten figures for a class that knows what a layer and a gradient are. Ask the question, take bets, then show it. What a figure refutes is what people believe before they have seen it.") }</p>
                    <p class="contents-foot"><button type="button" onclick={print}>{ t!("print the plan") }</button></p>
                    <ol class="parts">{ for PLAN.iter().enumerate().map(entry) }</ol>
                </section>
                <section class="limits" aria-labelledby="limits-title">
                    <h2 id="limits-title">{ t!("What the model is not") }</h2>
                    <ul>{ for LIMITS.iter().map(|limit| html! { <li>{ lang::text(limit) }</li> }) }</ul>
                </section>
            </main>
            <div class="below"><footer>{ setup::foot(&props.look, &props.edit) }</footer></div>
        </div>
    }
}

/// The figure of a part, for a slide.
fn slide(part: &Part, address: &str) -> Slide {
    Slide {
        address: address.to_owned(),
        link: part.link().to_owned(),
        title: lang::text(part.title).to_owned(),
    }
}

/// Where it is, for paper: written out, and for a camera.
fn code(slide: &Slide) -> Html {
    let address = slide.open();
    html! {
        <div class="on-paper" aria-hidden="true">
            { qr(&address).map(|code| drawn(&code)).unwrap_or_default() }
            <p>{ address }</p>
        </div>
    }
}

fn entry(
    part: &'static Part,
    (from, to): (u32, u32),
    shown: bool,
    toggle: Callback<MouseEvent>,
    send: &Callback<Msg>,
    code: Html,
) -> Html {
    let place = part.place;
    let lesson = send.reform(move |event: MouseEvent| {
        event.prevent_default();
        Msg::Turn(Some(place))
    });
    html! {
        <li class="part">
            <p class="part-time">{ t!("{from}–{to} min") }</p>
            <div class="part-text">
                <h3><a href={part.link()}>{ lang::text(part.title) }</a></h3>
                <p>{ lang::text(part.plan) }</p>
                <dl>
                    <dt>{ t!("ask") }</dt><dd>{ prose::inline(lang::text(part.step().question)) }</dd>
                    <dt>{ t!("refutes") }</dt><dd class="part-belief">{ lang::text(part.belief()) }</dd>
                </dl>
            </div>
            <div class="part-tools">
                if !browser::is_on_disk() {
                    <button type="button" class="open-preview" aria-expanded={shown.to_string()} onclick={toggle}>{ t!("preview") }</button>
                }
                <Slides view={View::of(part.link())} link={part.link()} title={lang::text(part.title)} />
                <a class="with-bet" href={format!("?lesson={place}")} onclick={lesson}>{ t!("lesson {place}") }</a>
            </div>
            if shown {
                <iframe class="preview-frame" src={slide(part, &browser::address("")).framed()} title={t!("Preview: {}", lang::text(part.title))} loading="lazy" />
            }
            { code }
        </li>
    }
}
