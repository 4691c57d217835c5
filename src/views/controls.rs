//! The controls that keep their places in every view: train or eval, p, Again, steps, play, speed.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::msg::PlaybackMsg;
use crate::app::{Look, Msg, Playback, Speed, State};
use crate::model::FieldError;
use crate::nn::{DropProbability, Mode};
use crate::words;

use super::field::{self, TextField};

/// The two modes, as radio buttons.
pub fn mode_switch(current: Mode, edit: &Callback<String>) -> Html {
    let option = |mode: Mode, value: &'static str, label: &'static str| {
        let onchange = edit.reform(move |_: Event| value.to_owned());
        html! {
            <label class="mode-option">
                <input type="radio" name="mode" {value} checked={current == mode} {onchange} />
                <span>{ label }</span>
            </label>
        }
    };
    html! {
        <fieldset class="mode">
            <legend class="visually-hidden">{ t!("Mode of the dropout layer") }</legend>
            { option(Mode::Train, "train", "TRAIN") }
            { option(Mode::Eval, "eval", "eval") }
        </fieldset>
    }
}

/// p as a slider and as a number, with what it means.
pub fn p_control(
    p: DropProbability,
    label: String,
    refused: Option<(&str, &FieldError)>,
    edit: &Callback<String>,
) -> Html {
    let oninput = edit.reform(|event: InputEvent| field::typed(&event));
    let number = ("p", t!("p as a number"), 5);
    html! {
        <div class="p-control">
            <label class="p-name" for="p-slider">{ "p" }</label>
            <div class="p-slider">
                <input id="p-slider" type="range" min="0" max="1" step="0.01" value={p.p().to_string()} {oninput}
                    aria-valuetext={label.clone()} />
                <p class="p-label" aria-hidden="true">{ label }</p>
            </div>
            <TextField ..field::props(number, p.p().to_string(), refused, edit.clone()) />
        </div>
    }
}

/// "drop 0.50 · keep 0.50 · kept values × 2".
#[must_use]
pub fn kept_label(p: DropProbability) -> String {
    let ends = t!("drop {:.2} · keep {:.2}", p.p(), p.keep());
    if p.p() >= 1.0 {
        return t!("{ends} · nothing is kept");
    }
    t!(
        "{ends} · kept values × {}",
        words::short(f64::from(p.scale()))
    )
}

/// Again, and the training steps.
pub fn step_buttons(state: &State, send: &Callback<Msg>) -> Html {
    let button = |label: Html, name: &'static str, hint: &'static str, msg: Msg, disabled: bool| {
        let onclick = send.reform(move |_: MouseEvent| msg.clone());
        // One that is disabled when it is pressed would lose the focus.
        html! {
            if allows(state, name) {
                <button type="button" class={name} title={hint} {onclick} aria-disabled={disabled.then_some("true")}>{ label }</button>
            }
        }
    };
    let step = state.settings().step();
    html! {
        <div class="steps" role="group" aria-label={t!("Forward passes and training steps")}>
            { button(html! { t!("Again") }, "again", t!("Call model(x) once more: another mask"), Msg::Again, false) }
            { button(html! { <><span aria-hidden="true">{ "◀ " }</span>{ t!("step") }<span class="visually-hidden">{ t!(" back") }</span></> },
                "step-back", t!("One training step back"), Msg::StepBack, step == 0) }
            if state.look().allows("step") || state.look().allows("stepBack") {
                <span class="step-number">{ t!("step {step}") }</span>
            }
            { button(html! { <>{ t!("step") }<span class="visually-hidden">{ t!(" forward") }</span><span aria-hidden="true">{ " ▶" }</span></> },
                "step-forward", t!("One training step on"), Msg::Step, false) }
        </div>
    }
}

/// Whether the reader may use the button of that class, which `controls=` knows by the embed API's name.
fn allows(state: &State, class: &str) -> bool {
    let name = match class {
        "step-back" => "stepBack",
        "step-forward" => "step",
        other => other,
    };
    state.look().allows(name)
}

/// Play or pause, and how fast.
pub fn player(look: &Look, playback: Playback, send: &Callback<Msg>) -> Html {
    let toggle = send.reform(|_: MouseEvent| Msg::Playback(PlaybackMsg::Toggle));
    let (sign, label) = if playback.playing {
        ("❚❚", t!("pause"))
    } else {
        ("▶", t!("play"))
    };
    let onchange = send.reform(|event: Event| {
        let chosen = event
            .target_dyn_into::<HtmlSelectElement>()
            .map(|select| select.value());
        let speed = Speed::ALL
            .into_iter()
            .find(|speed| Some(speed.name()) == chosen.as_deref());
        Msg::Playback(PlaybackMsg::Speed(speed.unwrap_or_default()))
    });
    html! {
        <div class="player" role="group" aria-label={t!("Animation")}>
            if look.allows("play") {
                <button type="button" class="play" onclick={toggle}><span aria-hidden="true">{ sign }{ " " }</span>{ label }</button>
            }
            if look.allows("speed") {
                <label class="visually-hidden" for="speed">{ t!("speed") }</label>
                <select id="speed" {onchange}>
                    { for Speed::ALL.into_iter().map(|speed| html! {
                        <option value={speed.name()} selected={speed == playback.speed}>{ speed.label() }</option>
                    }) }
                </select>
            }
        </div>
    }
}
