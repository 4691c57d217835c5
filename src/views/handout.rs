//! A handout on paper: it is in the page as long as the browser prints, and then it is all that is printed.

use gloo::events::EventListener;
use web_sys::{Document, Element};
use yew::prelude::*;

use crate::app::handout::Handout;
use crate::lang;
use crate::lessons::Place;

use super::drawn::drawn;
use super::{browser, prose, sheet};

/// Room for an answer.
const LINES: usize = 3;

/// Prints it.
pub fn print(handout: Handout) {
    let Some(document) = browser::window().and_then(|window| window.document()) else {
        return;
    };
    // A page in which printing was forbidden still has the last one.
    if let Ok(Some(last)) = document.query_selector(".handout") {
        last.remove();
    }
    let place = document.create_element("div").ok();
    let Some((place, body)) = place.zip(document.body()) else {
        return;
    };
    place.set_class_name("handout");
    // A constant name can't be invalid.
    let _known = place.set_attribute("role", "main");
    if body.append_child(&place).is_err() {
        return;
    }
    let title = document.title();
    document.set_title(&handout.name);
    let done = Callback::from({
        let place = place.clone();
        move |()| {
            document.set_title(&title);
            place.remove();
        }
    });
    yew::Renderer::<Page>::with_root_and_props(place, Props { handout, done }).render();
}

#[derive(PartialEq, Properties)]
struct Props {
    handout: Handout,
    /// Called when it has been printed.
    done: Callback<()>,
}

#[component]
fn Page(props: &Props) -> Html {
    let shown = use_node_ref();
    use_effect_with((), {
        let (shown, done) = (shown.clone(), props.done.clone());
        move |()| {
            let listener = browser::window().map(|window| {
                let place = shown.cast::<Element>();
                if let Some((document, place)) = window.document().zip(place) {
                    show_document(&document, &place);
                }
                EventListener::once(&window, "afterprint", move |_| done.emit(()))
            });
            browser::print();
            move || drop(listener)
        }
    });
    let Handout {
        title,
        described,
        seed,
        figure,
        address,
        code,
        place,
        questions,
        ..
    } = &props.handout;
    html! {
        <>
            <header role="presentation">
                <div>
                    <h1>{ *title }</h1>
                    <p class="handout-name"><span>{ t!("your name") }</span><span>{ t!("date") }</span></p>
                    <p>{ described }</p>
                </div>
                { code.as_deref().map(drawn).unwrap_or_default() }
            </header>
            <figure ref={shown}>
                if let Some(figure) = figure {
                    { drawn(figure) }
                }
            </figure>
            if figure.is_none() {
                <p class="handout-where"><b>{ t!("Dropout Lab: {title} · seed {seed}") }</b>{ " " }{ address }</p>
            }
            <ol>
                { place.map(bet).unwrap_or_default() }
                { for questions.iter().map(|question| html! { <li><p>{ *question }</p>{ room(LINES) }</li> }) }
            </ol>
        </>
    }
}

/// What a view without a figure has instead, as it is on the screen.
fn show_document(document: &Document, place: &Element) {
    if place.has_child_nodes() {
        return;
    }
    let shown = DOCUMENTS
        .iter()
        .find_map(|css| document.query_selector(css).ok()?);
    let copy = shown.and_then(|shown| shown.clone_node_with_deep(true).ok());
    // What can't be put there is left out.
    let _copied = copy.map(|copy| place.append_child(&copy));
}

/// What is taken of them: the gradient with its numbers, or the cell that is looked at, or the first that prints.
const DOCUMENTS: [&str; 3] = [
    "main .whole",
    "main .looked-at",
    "main .cell:has(.cell-output)",
];

/// A step of the lessons: what to bet on, and then to do.
fn bet(place: Place) -> Html {
    let step = place.step();
    html! {
        <li>
            { prose::prose(lang::text(step.task)) }
            <p><b>{ prose::inline(lang::text(step.question)) }</b></p>
            { sheet::answers(&step.bet) }
            if !step.act.is_empty() {
                <p>{ prose::inline(lang::text(step.act)) }{ " " }{ t!("What do you see?") }</p>
            }
            { room(2) }
        </li>
    }
}

/// Lines to write on.
fn room(lines: usize) -> Html {
    html! { <>{ for (0..lines).map(|_| html! { <i class="line" /> }) }</> }
}
