//! The head of the page: its name and the controls.

use yew::prelude::*;

use crate::app::msg::Copied;
use crate::app::{Msg, State};

use super::{controls, setup};

/// The head of the page. An embedded page has no name and no setup.
pub fn header(state: &State, narrow: bool, send: &Callback<Msg>) -> Html {
    let embed = state.look().embed;
    html! {
        <header class="head">
            <h1 class={embed.then_some("visually-hidden")}>{ "Dropout Lab" }</h1>
            if !embed && !narrow {
                { run_controls(state, send) }
            }
            <div class="controls">
                { controls::mode_switch(state, send) }
                { controls::p_control(state, send) }
                { controls::step_buttons(state, send) }
            </div>
        </header>
    }
}

/// Seed, search, link and reset: at the head of a wide page, below the picture of a narrow one.
pub fn run_controls(state: &State, send: &Callback<Msg>) -> Html {
    let share = send.reform(|_: MouseEvent| Msg::Copy(Copied::Link));
    let reset = send.reform(|_: MouseEvent| Msg::Reset);
    let find = send.reform(|_: MouseEvent| Msg::FindDeadUnit);
    html! {
        <div class="more" role="group" aria-label="The run and its link">
            { setup::seed(state, send) }
            <button type="button" class="find" onclick={find} title="Look for the next seed that leaves a unit without update">{ "find a dead unit" }</button>
            <button type="button" class="share" onclick={share} title="Copy a link to exactly this picture">{ "copy link" }</button>
            <button type="button" class="reset" onclick={reset} title="Back to the defaults">{ "reset" }</button>
        </div>
    }
}
