//! The network view alone: what is fetched first, and all that most links need.
//!
//! Every other view and the lessons are in a second module, the whole page. Whoever goes to one of them gets there by
//! its link, which is the state: this page asks for the whole one ([`WHOLE`]) and leaves when that has come ([`LEAVE`]).
//! `static/boot.js` is on the other side of these events; in a frame it starts with the whole page, which alone talks
//! to the page around it.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};
use yew::prelude::*;

use crate::app::view::followed;
use crate::app::{Look, Sound, View};
use crate::lessons::Place;

use super::invitation::{bare, invitation};
use super::page::{Props, Tools};
use super::router::PROGRESS;
use super::{Root, browser, links, memory, notices, shortcuts};

/// The event on the document by which this page asks for the whole one; its detail is the link to go to, or nothing
/// if the address has it already.
pub const WHOLE: &str = "dropout-lab:whole";
/// The event on the document that says that the whole page is here and about to take this one's place.
pub const LEAVE: &str = "dropout-lab:leave";
/// The event on the document that says that the whole page could not be fetched.
pub const REFUSED: &str = "dropout-lab:refused";

/// What the first page reacts to.
pub enum Msg {
    /// The browser went back or forward.
    Turned,
    /// The reader follows a link within the page.
    Open(String),
    /// The reader wants more of this view than this page has.
    Whole,
    /// The reader wants the list of keys.
    Help,
    /// The invitation was declined.
    Decline,
    /// The whole page could not be fetched.
    Refused,
    /// The notice has been read.
    Dismiss,
}

/// How it stands with the whole page.
#[derive(PartialEq)]
enum Whole {
    Unasked,
    Asked,
    Refused,
}

/// The page while it shows the network view alone.
pub struct First {
    opened: u32,
    declined: bool,
    whole: Whole,
    _listeners: [Option<EventListener>; 3],
    _shortcuts: Option<[EventListener; 2]>,
}

impl Component for First {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let (turned, refused) = (
            ctx.link().callback(|()| Msg::Turned),
            ctx.link().callback(|()| Msg::Refused),
        );
        let window = browser::window();
        let document = window.as_ref().and_then(web_sys::Window::document);
        let mut first = Self {
            opened: 0,
            declined: false,
            whole: Whole::Unasked,
            _listeners: [
                window.map(|w| EventListener::new(&w, "popstate", move |_| turned.emit(()))),
                document.map(|d| EventListener::new(&d, REFUSED, move |_| refused.emit(()))),
                links::watch(ctx.link().callback(Msg::Open)),
            ],
            _shortcuts: shortcuts::watch(ctx.link().callback(|()| Msg::Help)),
        };
        if !suffices(&browser::query()) {
            first.ask(None);
        }
        first
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Turned => {
                browser::forget_unwritten();
                if suffices(&browser::query()) {
                    self.opened = self.opened.wrapping_add(1);
                } else {
                    self.ask(None);
                }
            }
            Msg::Open(link) if suffices(&link) => {
                browser::set_address(&link, true);
                self.opened = self.opened.wrapping_add(1);
            }
            Msg::Open(link) => self.ask(Some(&link)),
            Msg::Whole => self.ask(None),
            Msg::Help => {
                shortcuts::go_to_button();
                self.ask(None);
            }
            Msg::Decline => self.declined = true,
            Msg::Refused => self.whole = Whole::Refused,
            Msg::Dismiss => self.whole = Whole::Unasked,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let open = ctx.link().callback(Msg::Open);
        let begin = open.reform(|_: MouseEvent| {
            followed(&View::Network.link(), &browser::query(), Some(Place::FIRST))
        });
        let decline = ctx.link().callback(|_: MouseEvent| Msg::Decline);
        let props = yew::props!(Props {
            go: open.reform(|view: View| view.link_from(&browser::query())),
            opened: self.opened,
            moved: Callback::noop(),
            above: 0.0,
            marker: None,
            asked: None,
            say: Callback::noop(),
            tools: Tools::Elsewhere(ctx.link().callback(|()| Msg::Whole)),
        });
        html! {
            <>
                if self.invites() {
                    { invitation(&begin, &decline) }
                }
                { self.word(ctx) }
                <Root ..props />
            </>
        }
    }
}

impl First {
    /// Somebody who opens the bare page and has not bet on anything yet.
    fn invites(&self) -> bool {
        !self.declined && bare(&browser::query()) && memory::kept(PROGRESS).is_none()
    }

    /// Asks for the whole page, which opens `link`, or what the address says.
    fn ask(&mut self, link: Option<&str>) {
        self.whole = Whole::Asked;
        let asked = CustomEventInit::new();
        asked.set_detail(&link.map_or(JsValue::NULL, JsValue::from_str));
        let document = browser::window().and_then(|window| window.document());
        let event = CustomEvent::new_with_event_init_dict(WHOLE, &asked);
        if let (Some(document), Ok(event)) = (document, event) {
            // Nobody can cancel it.
            let _uncancelled = document.dispatch_event(&event);
        }
    }

    /// What there is to say of the whole page.
    fn word(&self, ctx: &Context<Self>) -> Html {
        match self.whole {
            Whole::Unasked => Html::default(),
            Whole::Asked => html! { <p class="fetching" role="status">{ t!("Fetching the rest of the lab") }</p> },
            Whole::Refused => notices::notices(
                &[t!("The rest of the lab could not be fetched. This view works on; try again when there is a connection.").to_owned()],
                &ctx.link().callback(|_| Msg::Dismiss),
            ),
        }
    }
}

/// Whether this page can show what `query` asks for.
fn suffices(query: &str) -> bool {
    let look = Look::of(query);
    let silent = look.lesson.is_none() && look.sound == Sound::Off;
    View::of(query) == View::Network && silent && !super::start::asks_for_bench(query)
}
