//! *Use in slides*: what to paste so that a slide or a course page shows the view as it is now, and how that looks.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::View;
use crate::app::snippet::{Slide, Tool, qr};

use super::browser;
use super::dialog::Dialog;

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
}

/// The button and its dialog.
#[component]
pub fn Slides(props: &Props) -> Html {
    let tool = use_state(Tool::default);
    let opened = use_state(|| None::<AttrValue>);
    let said = use_state(|| "");
    let slide = Slide {
        address: browser::address(""),
        link: props.link.to_string(),
        title: props.title.unwrap_or(props.view.title()).to_owned(),
    };
    let open = {
        let (opened, link, said) = (opened.clone(), props.link.clone(), said.clone());
        Callback::from(move |()| {
            opened.set(Some(link.clone()));
            said.set("");
        })
    };
    let close = {
        let opened = opened.clone();
        Callback::from(move |()| opened.set(None))
    };
    let choose = {
        let (tool, said) = (tool.clone(), said.clone());
        move |event: Event| {
            let list = event.target_dyn_into::<HtmlSelectElement>();
            let chosen = list.and_then(|list| usize::try_from(list.selected_index()).ok());
            if let Some(chosen) = chosen.and_then(|index| Tool::ALL.get(index)) {
                tool.set(*chosen);
                said.set("");
            }
        }
    };
    let snippet = slide.snippet(*tool);
    let copy = {
        let (snippet, said) = (snippet.clone(), said.clone());
        move |_: MouseEvent| {
            let (snippet, said) = (snippet.clone(), said.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let done = browser::copy(snippet).await;
                said.set(if done {
                    "Copied."
                } else {
                    "Not copied: select the text instead."
                });
            });
        }
    };
    let option = |own: &Tool| html! { <option selected={*own == *tool}>{ own.name() }</option> };
    // The page in the page is there only while it can be seen, and only as long as it shows this state.
    let shown = opened.as_ref() == Some(&props.link);
    html! {
        <Dialog button="slides" class="slides" title="Use in slides" opened={open} closed={close}>
            <div class="slides-columns">
                <div>
                    <label class="field">{ "for" }<select onchange={choose}>{ for Tool::ALL.iter().map(option) }</select></label>
                    <p class="advice">{ tool.advice() }</p>
                    <pre tabindex="0" class="snippet" aria-label="What to paste">{ &snippet }</pre>
                    <p><button type="button" class="copy-snippet" onclick={copy}>{ "copy" }</button>{ " " }<span role="status">{ *said }</span></p>
                </div>
                <div class="preview">{ preview(*tool, &slide, shown) }</div>
            </div>
        </Dialog>
    }
}

/// How it will look: the page itself in a frame, or the code to point a camera at.
fn preview(tool: Tool, slide: &Slide, shown: bool) -> Html {
    if matches!(tool, Tool::Office | Tool::Link) {
        return match qr(&slide.open()) {
            Some(code) => {
                let keep = {
                    let code = code.clone();
                    move |_: MouseEvent| {
                        browser::save("dropout-lab-qr.svg", "image/svg+xml", code.as_bytes());
                    }
                };
                html! {
                <figure class="qr">
                    { Html::from_html_unchecked(code.into()) }
                    <figcaption><button type="button" class="save-qr" onclick={keep}>{ "save the QR code" }</button></figcaption>
                </figure>
                }
            }
            None => html! { <p>{ "This link is too long for a QR code." }</p> },
        };
    }
    if !shown || browser::is_on_disk() {
        return Html::default();
    }
    html! { <iframe src={slide.framed()} title="Preview" class="preview-frame" /> }
}
