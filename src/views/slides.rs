//! *Use in slides*: what to paste so that a slide or a course page shows the view as it is now, or state after state as
//! its author has recorded them, and how that looks.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::embed::{Controls, Offer};
use crate::app::files::Kind;
use crate::app::snippet::{Slide, States, Tool, qr};
use crate::app::{Progress, View};

use super::browser;
use super::dialog::Dialog;
use super::drawn::drawn;

/// Properties of [`Slides`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The view.
    pub view: View,
    /// The link of what is on the screen.
    pub link: AttrValue,
    /// What it is called there, if not as the view is.
    #[prop_or_default]
    pub title: Option<&'static str>,
    /// The controls that an embedded page of the view can have; without them, the link is used as it is.
    #[prop_or_default]
    pub controls: Vec<Offer>,
    /// Keeps a file of the view, if it has a picture.
    #[prop_or_default]
    pub keep: Option<Callback<(Kind, Progress)>>,
}

/// What the author has chosen; it outlives the dialog.
#[derive(Clone, Debug, Default, PartialEq)]
struct Choice {
    tool: Tool,
    /// Controls whose tick is not the usual one.
    changed: Vec<&'static str>,
    states: States,
    /// The state that the preview shows.
    at: usize,
    said: &'static str,
}

/// What the author does.
enum Act {
    Open,
    Tool(Tool),
    Control(&'static str),
    Add(AttrValue),
    Remove(usize),
    Show(usize),
    Copied(bool),
}

impl Choice {
    fn is_ticked(&self, offer: &Offer) -> bool {
        offer.usual != self.changed.contains(&offer.name)
    }

    /// The slide of a figure that is at `link` now.
    fn slide(&self, title: &str, link: &str, offers: &[Offer]) -> Slide {
        let controls = Controls::chosen(offers, |offer| self.is_ticked(offer));
        let link = if self.tool.is_framed() {
            self.states.link(link, &controls)
        } else {
            link.to_owned()
        };
        Slide {
            address: browser::address(""),
            link,
            title: title.to_owned(),
        }
    }

    fn toggle(&mut self, name: &'static str) {
        let before = self.changed.len();
        self.changed.retain(|own| *own != name);
        if self.changed.len() == before {
            self.changed.push(name);
        }
    }

    fn record(&mut self, states: Option<States>, refused: &'static str) {
        match states {
            Some(states) => {
                self.at = states.count().saturating_sub(1);
                self.states = states;
            }
            None => self.said = refused,
        }
    }
}

impl Reducible for Choice {
    type Action = Act;

    fn reduce(self: std::rc::Rc<Self>, act: Act) -> std::rc::Rc<Self> {
        let mut choice = Self {
            said: "",
            ..(*self).clone()
        };
        match act {
            Act::Open => {}
            Act::Tool(tool) => choice.tool = tool,
            Act::Control(name) => choice.toggle(name),
            Act::Add(link) => choice.record(
                choice.states.with(&link),
                t!("Not added: it is the state before it, or more than a link can hold."),
            ),
            Act::Remove(k) => choice.record(
                choice.states.without(k),
                t!("Not removed: the states before and after it are the same."),
            ),
            Act::Show(at) => choice.at = at,
            Act::Copied(true) => choice.said = t!("Copied."),
            Act::Copied(false) => choice.said = t!("Not copied: select the text instead."),
        }
        choice.into()
    }
}

type Chosen = UseReducerHandle<Choice>;

/// The button and its dialog.
#[component]
pub fn Slides(props: &Props) -> Html {
    let choice = use_reducer(Choice::default);
    let opened = use_state(|| None::<AttrValue>);
    let title = props.title.unwrap_or(props.view.title());
    let slide = choice.slide(title, &props.link, &props.controls);
    let close = {
        let opened = opened.clone();
        Callback::from(move |()| opened.set(None))
    };
    let open = {
        let (opened, link, choice) = (opened.clone(), props.link.clone(), choice.dispatcher());
        Callback::from(move |()| {
            opened.set(Some(link.clone()));
            choice.dispatch(Act::Open);
        })
    };
    // The page in the page is there only while it can be seen, and only as long as it shows this state.
    let shown = opened.as_ref() == Some(&props.link);
    html! {
        <Dialog button={t!("slides")} class="slides" title={t!("Use in slides")} opened={open} closed={close}>
            <div class="slides-columns">
                <div>
                    { tools(&choice) }
                    if choice.tool.is_framed() && !props.controls.is_empty() {
                        { controls(&choice, &props.controls) }
                        { states(&choice, &props.link) }
                    }
                    if let Some(keep) = props.keep.as_ref().filter(|_| choice.tool == Tool::Office) {
                        { picture(keep) }
                    }
                    { snippet(&choice, slide.snippet(choice.tool)) }
                </div>
                <div class="preview">
                    { preview(choice.tool, &slide, shown.then_some(choice.at)) }
                    if choice.tool.is_framed() {
                        { walk(&choice) }
                    }
                </div>
            </div>
        </Dialog>
    }
}

/// For which tool, and what to do there.
fn tools(choice: &Chosen) -> Html {
    let dispatch = choice.dispatcher();
    let choose = move |event: Event| {
        let list = event.target_dyn_into::<HtmlSelectElement>();
        let chosen = list.and_then(|list| usize::try_from(list.selected_index()).ok());
        if let Some(chosen) = chosen.and_then(|index| Tool::ALL.get(index)) {
            dispatch.dispatch(Act::Tool(*chosen));
        }
    };
    let option =
        |own: &Tool| html! { <option selected={*own == choice.tool}>{ own.name() }</option> };
    html! {
        <>
            <label class="field">{ t!("for") }<select onchange={choose}>{ for Tool::ALL.iter().map(option) }</select></label>
            <p class="advice">{ choice.tool.advice(choice.states.count() > 1) }</p>
        </>
    }
}

/// A tick box for each control that the embedded page can have.
fn controls(choice: &Chosen, offers: &[Offer]) -> Html {
    let tick = |offer: &Offer| {
        let (dispatch, name) = (choice.dispatcher(), offer.name);
        let onchange = move |_: Event| dispatch.dispatch(Act::Control(name));
        html! {
            <label><input type="checkbox" {name} checked={choice.is_ticked(offer)} {onchange} />{ name }</label>
        }
    };
    html! {
        <fieldset class="ticks">
            <legend>{ t!("controls, by their names in the link") }</legend>
            { for offers.iter().map(tick) }
        </fieldset>
    }
}

/// The states that were recorded, and a button to add the present one.
fn states(choice: &Chosen, link: &AttrValue) -> Html {
    let (dispatch, link) = (choice.dispatcher(), link.clone());
    let add = move |_: MouseEvent| dispatch.dispatch(Act::Add(link.clone()));
    let state = |(k, change): (usize, String)| {
        let dispatch = choice.dispatcher();
        let remove = move |_: MouseEvent| dispatch.dispatch(Act::Remove(k));
        let label = t!("remove state {}", k + 1);
        html! {
            <li><code>{ change }</code>{ " " }<button type="button" class="remove-state" aria-label={label} onclick={remove}>{ t!("remove") }</button></li>
        }
    };
    let first = (choice.states.count() > 0).then(|| t!("first state").to_owned());
    let changes = first.into_iter().chain(choice.states.changes());
    html! {
        <section class="states" aria-label={t!("States, one after the other")}>
            <p>
                <button type="button" class="add-state" onclick={add}>{ t!("add this state") }</button>
                { t!(" For steps: add a state, close, change the figure, come back and add the next. The clicker goes through them.") }
            </p>
            <ol>{ for changes.enumerate().map(state) }</ol>
        </section>
    }
}

/// What is pasted, with a button to copy it.
fn snippet(choice: &Chosen, text: String) -> Html {
    let copy = {
        let (text, dispatch) = (text.clone(), choice.dispatcher());
        move |_: MouseEvent| {
            let (text, dispatch) = (text.clone(), dispatch.clone());
            wasm_bindgen_futures::spawn_local(async move {
                dispatch.dispatch(Act::Copied(browser::copy(text).await));
            });
        }
    };
    html! {
        <>
            <pre tabindex="0" class="snippet" aria-label={t!("What to paste")}>{ text }</pre>
            <p><button type="button" class="copy-snippet" onclick={copy}>{ t!("copy") }</button>{ " " }<span role="status">{ choice.said }</span></p>
        </>
    }
}

/// Buttons that take the preview from state to state.
fn walk(choice: &Chosen) -> Html {
    let (at, count) = (choice.at, choice.states.count());
    if count < 2 {
        return Html::default();
    }
    let to = |to: Option<usize>| {
        let dispatch = choice.dispatcher();
        let disabled = to.is_none().then_some("true");
        let onclick = move |_: MouseEvent| {
            if let Some(to) = to {
                dispatch.dispatch(Act::Show(to));
            }
        };
        (disabled, onclick)
    };
    let (first, back) = to(at.checked_sub(1));
    let (last, on) = to(Some(at + 1).filter(|at| *at < count));
    html! {
        <p class="walk">
            <button type="button" class="state-back" aria-label={t!("one state back")} aria-disabled={first} onclick={back}>{ "◀" }</button>
            { t!(" state {} of {count} ", at + 1) }
            <button type="button" class="state-on" aria-label={t!("one state on")} aria-disabled={last} onclick={on}>{ "▶" }</button>
        </p>
    }
}

/// How it will look: the page itself in a frame, at one of its states, or the code to point a camera at.
fn preview(tool: Tool, slide: &Slide, at: Option<usize>) -> Html {
    if !tool.is_framed() {
        return code(slide);
    }
    let Some(at) = at.filter(|_| !browser::is_on_disk()) else {
        return Html::default();
    };
    let state = if at > 0 {
        format!("&at={at}")
    } else {
        String::new()
    };
    html! { <iframe src={slide.framed() + &state} title={t!("Preview")} class="preview-frame" /> }
}

/// A button to keep the picture for a slide.
fn picture(keep: &Callback<(Kind, Progress)>) -> Html {
    let onclick = keep.reform(|_: MouseEvent| (Kind::Slide, Progress::default()));
    html! {
        <p><button type="button" class="save-picture" {onclick}>{ t!("save the picture, 1920 × 1080") }</button></p>
    }
}

/// The code to point a camera at, and a button to keep it.
fn code(slide: &Slide) -> Html {
    let Some(code) = qr(&slide.open()) else {
        return html! { <p>{ t!("This link is too long for a QR code.") }</p> };
    };
    let keep = {
        let code = code.clone();
        move |_: MouseEvent| {
            browser::save("dropout-lab-qr.svg", "image/svg+xml", code.as_bytes());
        }
    };
    html! {
        <figure class="qr">
            { drawn(&code) }
            <figcaption><button type="button" class="save-qr" onclick={keep}>{ t!("save the QR code") }</button></figcaption>
        </figure>
    }
}
