//! The numbers of a figure as tables below it, folded away until asked for. They follow the figure.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::embed::Json;
use crate::app::files::array;
use crate::app::files::table::{self, Table};
use crate::app::{State, View};

/// Properties of [`Data`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Makes the tables of what is on the screen; called only while they are.
    pub tables: Callback<(), Vec<Table>>,
}

/// What unfolds them.
#[must_use]
pub fn summary() -> &'static str {
    t!("Data table")
}

/// The tables.
#[component]
pub fn Data(props: &Props) -> Html {
    let open = use_state(|| false);
    let ontoggle = {
        let open = open.clone();
        move |event: Event| {
            let details = event.target_dyn_into::<HtmlElement>();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        }
    };
    html! {
        <details class="data" {ontoggle}>
            <summary>{ summary() }</summary>
            if *open {
                { for props.tables.emit(()).iter().map(rows) }
            }
        </details>
    }
}

/// Makes the tables of the network view.
#[must_use]
pub fn of_network(state: &State) -> Callback<(), Vec<Table>> {
    let trace = Rc::clone(state.trace());
    Callback::from(move |()| table::tables(View::Network, &array::arrays(&trace.json())))
}

fn rows(table: &Table) -> Html {
    let head = |name: &String| html! { <th scope="col">{ name }</th> };
    let row = |(name, cells): &(String, Vec<String>)| {
        html! { <tr><th scope="row">{ name }</th>{ for cells.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr> }
    };
    // What is wider than the page scrolls, by keyboard too.
    html! {
        <div class="data-frame" tabindex="0" role="group" aria-label={table.caption.clone()}>
            <table>
                <caption>{ &table.caption }</caption>
                <thead><tr><th scope="col">{ table.corner }</th>{ for table.columns.iter().map(head) }</tr></thead>
                <tbody>{ for table.rows.iter().map(row) }</tbody>
            </table>
            if let Some(sentence) = table.left_out() {
                <p class="hint">{ sentence }</p>
            }
        </div>
    }
}
