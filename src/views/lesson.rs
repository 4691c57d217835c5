//! The open step of a lesson, above the view that it is about: what to do, the bet, and the answer.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::course::{Course, Msg, Phase};
use crate::lang;
use crate::lessons::{Bet, Place, Placed, Scale, Truth, Verdict};
use crate::words;

use super::contents::where_kept;
use super::{field, prose};

/// Properties of the [`Panel`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The lesson.
    pub course: Course,
    /// The open step.
    pub place: Place,
    /// How often the reader has turned to a step: after each turn the task is focused, and never on load.
    pub turns: u32,
    /// Whether the browser refuses to keep progress, which is said once, after the first bet.
    pub forgets: bool,
    /// Gets what the reader does.
    pub send: Callback<Msg>,
}

/// The panel of a step.
#[component]
pub fn Panel(props: &Props) -> Html {
    let Props {
        course,
        place,
        turns,
        forgets,
        send,
    } = props;
    let task = use_node_ref();
    {
        let task = task.clone();
        use_effect_with(*turns, move |turns| {
            if let Some(task) = task.cast::<HtmlElement>().filter(|_| *turns > 0) {
                // An element that is on the page can be focused.
                let _focused = task.focus();
            }
        });
    }
    // Enter clicks the button too. Not the form's own event: a frame that is sandboxed without forms has none.
    let onclick = send.reform(|event: MouseEvent| {
        event.prevent_default();
        Msg::Go
    });
    html! {
        <section class="lesson" aria-labelledby="lesson-title">
            { head(course, *place, send) }
            <form key={place.to_string()} novalidate=true>
                <div class="told">
                    <div ref={task} class="task" tabindex="-1">{ prose::prose(place.step().task) }</div>
                    { outcome(course, *place) }
                    if *forgets && course.progress().count() == 1 {
                        <p class="hint memory">{ where_kept(*forgets) }</p>
                    }
                </div>
                <div class="bet">
                    { question(course, *place, send) }
                    if let Some(error) = course.refused() {
                        <p class="bet-error" id="bet-error" role="alert">{ refusal(course, &error.to_string()) }</p>
                    }
                    <div class="go">
                        // One button that changes its name, so that the focus stays where it is.
                        <button type="submit" class="main-button" {onclick} aria-disabled={busy(course).to_string()}>{ label(course, *place) }</button>
                    </div>
                </div>
            </form>
        </section>
    }
}

fn head(course: &Course, place: Place, send: &Callback<Msg>) -> Html {
    let turn = |to: Option<Place>| send.reform(move |_: MouseEvent| Msg::Turn(to));
    let number = place.lesson_number();
    let title = if number == 0 {
        lang::text(place.lesson().title).to_owned()
    } else {
        format!("{number} {}", lang::text(place.lesson().title))
    };
    let steps = (1..=place.lesson().steps.len()).filter_map(|step| Place::new(number, step));
    let dot = |at: Place| {
        let (state, word) = match course.progress().of(at) {
            Some(Verdict::Right) => ("right", t!(", bet right")),
            Some(Verdict::Off) => ("off", t!(", bet wrong")),
            None => ("", ""),
        };
        let current = (at == place).then_some("step");
        let label = t!("Step {}{word}", at.step_number());
        html! {
            <li><button type="button" class={classes!("step-dot", state)} aria-current={current} aria-label={label} onclick={turn(Some(at))}>{ at.step_number() }</button></li>
        }
    };
    html! {
        <div class="lesson-head">
            <h2 id="lesson-title"><span class="lesson-word">{ t!("Lesson") }</span>{ title }</h2>
            <ol class="step-dots" aria-label={t!("Steps of the lesson")}>{ for steps.map(dot) }</ol>
            <button type="button" class="leave" onclick={turn(None)} title={t!("Close the lesson; the view stays as it is")}>{ t!("close lesson") }</button>
        </div>
    }
}

fn question(course: &Course, place: Place, send: &Callback<Msg>) -> Html {
    let step = place.step();
    match step.bet {
        Bet::Choice(_) => choices(course, place, send),
        Bet::Number(scale) => number(course, step.question, scale, send, ""),
        Bet::Marker(scale) => number(
            course,
            step.question,
            scale,
            send,
            t!("Drag the marker on the picture, or type a number."),
        ),
    }
}

fn choices(course: &Course, place: Place, send: &Callback<Msg>) -> Html {
    let Bet::Choice(choices) = place.step().bet else {
        return Html::default();
    };
    let open = *course.phase() == Phase::Open;
    let answer = match course.phase() {
        Phase::Revealed(_, truth) => Some(truth.answer),
        _ => None,
    };
    let option = |(k, text): (usize, &'static str)| {
        let value = k.to_string();
        let checked = course.draft() == value;
        let oninput = send.reform(|event: InputEvent| Msg::Draft(field::typed(&event)));
        // A radio button that is disabled would lose the focus.
        let onclick = move |event: MouseEvent| {
            if !open {
                event.prevent_default();
            }
        };
        let is_answer = answer == Some(Placed::Choice(k));
        html! {
            <label class={classes!("choice", is_answer.then_some("answer"), checked.then_some("chosen"))}>
                <input type="radio" name="bet" {value} {checked} {oninput} {onclick} aria-disabled={(!open).to_string()} />
                <span>{ prose::inline(text) }</span>
                if is_answer {
                    <span class="mark">{ t!("✓ so it is") }</span>
                } else if checked && answer.is_some() {
                    <span class="mark">{ t!("your bet") }</span>
                }
            </label>
        }
    };
    html! {
        <fieldset class="choices" aria-describedby={described(course)}>
            <legend>{ prose::inline(lang::text(place.step().question)) }</legend>
            { for choices.iter().map(|choice| lang::text(choice.text)).enumerate().map(option) }
        </fieldset>
    }
}

fn number(
    course: &Course,
    question: &'static str,
    scale: Scale,
    send: &Callback<Msg>,
    hint: &'static str,
) -> Html {
    let open = *course.phase() == Phase::Open;
    let oninput = send.reform(|event: InputEvent| Msg::Draft(lang::plain(&field::typed(&event))));
    html! {
        <div class="number-bet">
            <label for="bet">{ prose::inline(lang::text(question)) }</label>
            <span class="number-field">
                <input id="bet" type="text" inputmode="decimal" autocomplete="off" size="8" value={lang::editable(course.draft())} {oninput}
                    readonly={!open} aria-invalid={course.refused().is_some().to_string()} aria-describedby={described(course)} />
                <span>{ lang::text(scale.unit) }</span>
            </span>
            if open && !hint.is_empty() {
                <p class="hint">{ hint }</p>
            }
        </div>
    }
}

fn described(course: &Course) -> Option<&'static str> {
    course.refused().map(|_| "bet-error")
}

/// An empty bet is the commonest one that can't be placed.
fn refusal(course: &Course, error: &str) -> String {
    if course.draft().trim().is_empty() {
        t!("Place a bet first: a wrong one teaches as much as a right one.").to_owned()
    } else {
        format!("{error}.")
    }
}

/// What the reader is to do, and the answer, where the task was read.
fn outcome(course: &Course, place: Place) -> Html {
    let step = place.step();
    let told = match course.phase() {
        Phase::Open => Html::default(),
        Phase::Placed(_) => html! { <p class="act">{ prose::inline(lang::text(step.act)) }</p> },
        Phase::Computing(_) => html! { <p class="act computing">{ t!("Computing …") }</p> },
        Phase::Revealed(placed, truth) => revealed(place, *placed, truth),
    };
    html! { <div class="outcome" aria-live="polite">{ told }</div> }
}

fn revealed(place: Place, placed: Placed, truth: &Truth) -> Html {
    let step = place.step();
    let verdict = match (step.bet.verdict(placed, truth), placed) {
        (Verdict::Right, _) => t!("As you bet.").to_owned(),
        (Verdict::Off, Placed::Number(bet)) => t!("You bet {}.", words::plain(bet)),
        (Verdict::Off, Placed::Choice(_)) => t!("Not so.").to_owned(),
    };
    html! {
        <>
            <p class="truth"><strong>{ verdict }</strong>{ " " }{ prose::inline(&truth.says) }</p>
            <p class="why">
                if let Some(gap) = step.bet.gap(placed) {
                    { prose::inline(lang::text(gap)) }{ " " }
                }
                { prose::inline(lang::text(step.why)) }
            </p>
        </>
    }
}

fn busy(course: &Course) -> bool {
    matches!(course.phase(), Phase::Computing(_))
}

fn label(course: &Course, place: Place) -> &'static str {
    match course.phase() {
        Phase::Open => t!("Bet"),
        Phase::Placed(_) => t!("Do it for me"),
        Phase::Computing(_) => t!("Computing …"),
        Phase::Revealed(..) => match place.next() {
            Some(next) if next.lesson_number() == place.lesson_number() => t!("Next"),
            Some(_) => t!("Next lesson"),
            None => t!("Finish"),
        },
    }
}
