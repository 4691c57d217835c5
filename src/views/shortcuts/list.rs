//! The list of keys, in a dialog: those that do something in the view on the page, and the switch for single keys.

use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use super::{HELP, OFF, SHORTCUTS, SWITCH, are_on};
use crate::lang;
use crate::views::{dialog, memory};

/// Properties of the [`List`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// How many times it was asked for.
    pub asked: u32,
}

/// What each of [`SHORTCUTS`] does.
const DOES: [&str; SHORTCUTS.len()] = [
    message!("play or pause"),
    message!("one stage on"),
    message!("one stage back"),
    message!("one training step on"),
    message!("one training step back"),
    message!("once more, with another mask"),
    message!("from train to eval, or back"),
    message!("save"),
    message!("go to p"),
    message!("go to the picture"),
];

/// Keys that are the browser's or a picture's, and what they do.
const OTHERS: [(&str, &str); 5] = [
    (
        "Tab",
        message!("from control to control, and into the picture"),
    ),
    (
        message!("arrow keys"),
        message!("in the picture: from number to number"),
    ),
    (
        "Enter",
        message!("in the picture: take the number looked at"),
    ),
    ("Escape", message!("close a dialog")),
    (HELP, message!("this list")),
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
                let keys = SHORTCUTS.iter().zip(DOES);
                let keys = keys.filter(|(shortcut, _)| shortcut.control().is_some());
                there.set(keys.map(|(shortcut, does)| (shortcut.key, does)).collect());
                // It refuses only if it is open already.
                let _refused = dialog.show_modal();
            }
        });
    }
    let row = |(key, does): &(&'static str, &'static str)| {
        html! { <tr><th scope="row"><kbd>{ lang::text(key) }</kbd></th><td>{ lang::text(does) }</td></tr> }
    };
    let onchange = |event: Event| {
        let ticked = event
            .target_dyn_into::<HtmlInputElement>()
            .is_some_and(|input| input.checked());
        memory::keep(SWITCH, if ticked { "" } else { OFF });
    };
    let children = html! {
        <>
            <table class="keys-table">
                <thead><tr><th scope="col">{ t!("key") }</th><th scope="col">{ t!("what it does here") }</th></tr></thead>
                <tbody>{ for there.iter().map(row) }{ for OTHERS.iter().map(row) }</tbody>
            </table>
            <label class="keys-switch"><input type="checkbox" checked={are_on()} {onchange} />{ t!("single keys do this (kept on this device)") }</label>
        </>
    };
    dialog::frame(&node, "keys", t!("Keyboard"), &Callback::noop(), children)
}
