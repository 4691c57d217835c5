//! Which view is on the page: the one that the address names.

use gloo::events::EventListener;
use yew::prelude::*;

use crate::app::View;
use crate::model::exhibits::{TensorSettings, VariantsSettings, coin, expectation};

use super::exhibit::ExhibitPage;
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
            _listener: browser::window().map(listen),
        }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        let view = match msg {
            Msg::Go(view) => {
                if view != self.view {
                    browser::set_address(&view.link(), true);
                }
                view
            }
            Msg::Moved => View::of(&browser::query()),
        };
        std::mem::replace(&mut self.view, view) != view
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let go = ctx.link().callback(Msg::Go);
        match self.view {
            View::Network => html! { <Root {go} /> },
            View::Tensor => html! { <ExhibitPage<TensorSettings> {go} /> },
            View::Coin => html! { <ExhibitPage<coin::Settings> {go} /> },
            View::Expectation => html! { <ExhibitPage<expectation::Settings> {go} /> },
            View::Variants => html! { <ExhibitPage<VariantsSettings> {go} /> },
        }
    }
}
