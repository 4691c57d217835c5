//! The sheet to print, black on white: on the screen it is not there.

use yew::prelude::*;

use crate::lang;
use crate::lessons::{Bet, LESSONS, Lesson, Scale, Step};

use super::prose;

/// What there is to know on one side, the bets of the lessons with room for pencil on the others.
pub fn sheet() -> Html {
    html! {
        <div class="sheet" aria-hidden="true">
            <h2>{ t!("Dropout Lab: a sheet for your bets") }</h2>
            <table>
                <tbody>
                    { for KNOW.iter().map(|(name, text)| html! { <tr><th>{ lang::text(name) }</th><td>{ lang::text(text) }</td></tr> }) }
                </tbody>
            </table>
            <div class="columns">
                { for LESSONS.iter().copied().enumerate().map(|(number, lesson)| printed(number, lesson)) }
            </div>
        </div>
    }
}

/// What the lessons come to.
const KNOW: [(&str, &str); 6] = [
    (
        "train",
        message!(
            "out = x · m / (1 − p), with m = 0 (probability p) or 1, for every number on its own"
        ),
    ),
    ("eval", message!("out = x: no coin, no scaling")),
    (
        "p",
        message!("the probability of being dropped; nn.Dropout(p=0.2) keeps four in five"),
    ),
    (
        message!("average"),
        message!("over all masks the output of dropout averages to its input; one draw does not"),
    ),
    (
        message!("backward"),
        message!("the same factor m / (1 − p): a dropped unit gets no gradient from that sample"),
    ),
    (
        message!("no update"),
        message!(
            "a row of fc1 stays where it is if its unit was dropped or off in every sample, unless momentum or weight decay moves it"
        ),
    ),
];

fn printed(number: usize, lesson: &Lesson) -> Html {
    html! {
        <section>
            <h3>{ format!("{number}  {}", lang::text(lesson.title)) }</h3>
            <ol>{ for lesson.steps.iter().map(question) }</ol>
        </section>
    }
}

fn question(step: &Step) -> Html {
    html! { <li><p>{ prose::inline(lang::text(step.question)) }</p>{ answers(&step.bet) }</li> }
}

/// What can be bet, to be ticked or filled in.
pub fn answers(bet: &Bet) -> Html {
    match bet {
        Bet::Choice(choices) => html! {
            <ul>{ for choices.iter().map(|choice| html! { <li>{ "☐ " }{ prose::inline(lang::text(choice.text)) }</li> }) }</ul>
        },
        Bet::Number(Scale { unit, .. }) | Bet::Marker(Scale { unit, .. }) => html! {
            <p>{ t!("my bet ________") }{ lang::text(unit) }{ t!("   it was ________") }{ lang::text(unit) }</p>
        },
    }
}
