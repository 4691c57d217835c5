//! The list of keys, in a dialog: those that do something in the view on the page, and the switch for single keys.

use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use super::{HELP, OFF, SHORTCUTS, SWITCH, are_on};
use crate::views::browser;
use crate::views::dialog;

/// Properties of the [`List`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// How many times it was asked for.
    pub asked: u32,
}

/// Keys that are the browser's or a picture's, and what they do.
const OTHERS: [(&str, &str); 5] = [
    ("Tab", "from control to control, and into the picture"),
    ("arrow keys", "in the picture: from number to number"),
    ("Enter", "in the picture: take the number looked at"),
    ("Escape", "close a dialog"),
    (HELP, "this list"),
];

/// The dialog; it opens each time that it is asked for once more.
#[component]
pub fn List(props: &Props) -> Html {
    let node = use_node_ref();
    // What is on the page is known only when it opens.
    let there = use_state(Vec::new);
    {
        let (node, there) = (node.clone(), there.clone());
        use_effect_with(props.asked, move |asked| {
            let dialog = node.cast::<HtmlDialogElement>().filter(|_| *asked > 0);
            if let Some(dialog) = dialog {
                let keys = SHORTCUTS.iter();
                let keys = keys.filter(|shortcut| shortcut.control().is_some());
                there.set(keys.map(|shortcut| (shortcut.key, shortcut.does)).collect());
                // It refuses only if it is open already.
                let _refused = dialog.show_modal();
            }
        });
    }
    let row = |(key, does): &(&'static str, &'static str)| {
        html! { <tr><th scope="row"><kbd>{ *key }</kbd></th><td>{ *does }</td></tr> }
    };
    let onchange = |event: Event| {
        let ticked = event
            .target_dyn_into::<HtmlInputElement>()
            .is_some_and(|input| input.checked());
        browser::keep(SWITCH, if ticked { "" } else { OFF });
    };
    let children = html! {
        <>
            <table class="keys-table">
                <thead><tr><th scope="col">{ "key" }</th><th scope="col">{ "what it does here" }</th></tr></thead>
                <tbody>{ for there.iter().map(row) }{ for OTHERS.iter().map(row) }</tbody>
            </table>
            <label class="keys-switch"><input type="checkbox" checked={are_on()} {onchange} />{ "single keys do this (kept on this device)" }</label>
        </>
    };
    dialog::frame(&node, "keys", "Keyboard", &Callback::noop(), children)
}
