//! The player and the rail of stages: where in the step the picture stands, and how to stand elsewhere.

use yew::prelude::*;

use crate::app::msg::PlaybackMsg;
use crate::app::{Look, Msg, Playback};
use crate::model::Stage;
use crate::words;

use super::controls;

/// The rail, a button a stage, and one stage back and on.
pub fn rail(look: &Look, playback: Playback, send: &Callback<Msg>) -> Html {
    let stage = look.stage;
    let press = |msg: PlaybackMsg| send.reform(move |_: MouseEvent| Msg::Playback(msg));
    let stop = |at: Stage| {
        let current = (at == stage).then_some("step");
        let passed = (at < stage).then_some("passed");
        html! {
            <li class={classes!("stop", passed)}>
                <button type="button" aria-current={current} onclick={press(PlaybackMsg::Stage(at))} title={words::stage_title(at)}>
                    <span class="dot" aria-hidden="true"></span>{ words::stage_name(at) }
                </button>
            </li>
        }
    };
    html! {
        <div class="stages">
        { controls::player(look, playback, send) }
        if look.allows("stage") {
        <nav class="rail" aria-label={t!("Stages of a training step")}>
            <button type="button" class="stage-back" onclick={press(PlaybackMsg::Previous)} aria-label={t!("one stage back")}>{ "◀" }</button>
            <ol>{ for Stage::ALL.into_iter().map(stop) }</ol>
            <button type="button" class="stage-on" onclick={press(PlaybackMsg::Next)} aria-label={t!("one stage on")}>{ "▶" }</button>
        </nav>
        }
        </div>
    }
}
