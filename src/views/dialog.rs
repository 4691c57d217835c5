//! A native dialog that a button opens: the browser keeps the keyboard in it, closes it on Escape, and gives the
//! focus back.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of a [`Dialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is on the button.
    pub button: AttrValue,
    /// Its class, and part of the dialog's.
    pub class: AttrValue,
    /// The dialog's title.
    pub title: AttrValue,
    /// Called when it opens.
    #[prop_or_default]
    pub opened: Callback<()>,
    /// Called when it closes.
    #[prop_or_default]
    pub closed: Callback<()>,
    /// What is in it.
    pub children: Html,
}

/// A button, and the dialog that it opens.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let node = use_node_ref();
    let open = {
        let (node, opened) = (node.clone(), props.opened.clone());
        move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                opened.emit(());
                // It refuses only if it is open already.
                let _refused = dialog.show_modal();
            }
        }
    };
    html! {
        <>
            <button type="button" class={format!("open-{}", props.class)} aria-haspopup="dialog" onclick={open}>{ &props.button }</button>
            { frame(&node, &props.class, &props.title, &props.closed, props.children.clone()) }
        </>
    }
}

/// The dialog itself, closed; whoever has its `node` opens it.
pub fn frame(
    node: &NodeRef,
    class: &str,
    title: &str,
    closed: &Callback<()>,
    children: Html,
) -> Html {
    let close = {
        let node = node.clone();
        move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    let onclose = closed.reform(|_: Event| ());
    html! {
        <dialog ref={node} class={format!("dialog {class}")} aria-label={title.to_owned()} {onclose}>
            <div class="dialog-head">
                <h2>{ title }</h2>
                <button type="button" class="close" onclick={close}>{ t!("close") }</button>
            </div>
            { children }
        </dialog>
    }
}
