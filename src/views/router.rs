//! Which view is on the page: the one that the address names.

use gloo::events::EventListener;
use yew::prelude::*;

use crate::app::View;
use crate::model::exhibits::{TensorSettings, VariantsSettings, coin, expectation};

use super::exhibit::ExhibitPage;
use super::page::Props;
use super::{Root, browser};

/// What the router reacts to.
pub enum Msg {
    /// The reader goes to another view.
    Go(View),
    /// The browser went back or forward.
    Moved,
}

/// The page, whatever view it shows.
pub struct Router {
    view: View,
    opened: u32,
    _listener: Option<EventListener>,
}

impl Component for Router {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let moved = ctx.link().callback(|()| Msg::Moved);
        let listen = |window: web_sys::Window| {
            EventListener::new(&window, "popstate", move |_| moved.emit(()))
        };
        Self {
            view: View::of(&browser::query()),
            opened: 0,
            _listener: browser::window().map(listen),
        }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Go(view) if view == self.view => return false,
            Msg::Go(view) => {
                self.view = view;
                browser::set_address(&view.link_from(&browser::query()), true);
            }
            Msg::Moved => {
                self.view = View::of(&browser::query());
                self.opened = self.opened.wrapping_add(1);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = yew::props!(Props {
            go: ctx.link().callback(Msg::Go),
            opened: self.opened,
            moved: Callback::noop(),
        });
        match self.view {
            View::Network => html! { <Root ..props /> },
            View::Tensor => html! { <ExhibitPage<TensorSettings> ..props /> },
            View::Coin => html! { <ExhibitPage<coin::Settings> ..props /> },
            View::Expectation => html! { <ExhibitPage<expectation::Settings> ..props /> },
            View::Variants => html! { <ExhibitPage<VariantsSettings> ..props /> },
        }
    }
}
