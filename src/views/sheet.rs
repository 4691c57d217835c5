//! The sheet to print, black on white: on the screen it is not there.

use yew::prelude::*;

use crate::lessons::{Bet, LESSONS, Lesson, Scale, Step};

use super::prose;

/// What there is to know on one side, the bets of the lessons with room for pencil on the others.
pub fn sheet() -> Html {
    html! {
        <div class="sheet" aria-hidden="true">
            <h2>{ "Dropout Lab: a sheet for your bets" }</h2>
            <table>
                <tbody>
                    { for KNOW.iter().map(|(name, text)| html! { <tr><th>{ *name }</th><td>{ *text }</td></tr> }) }
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
        "out = x · m / (1 − p), with m = 0 (probability p) or 1, for every number on its own",
    ),
    ("eval", "out = x: no coin, no scaling"),
    (
        "p",
        "the probability of being dropped; nn.Dropout(p=0.2) keeps four in five",
    ),
    (
        "average",
        "over all masks the output of dropout averages to its input; one draw does not",
    ),
    (
        "backward",
        "the same factor m / (1 − p): a dropped unit gets no gradient from that sample",
    ),
    (
        "no update",
        "a row of fc1 stays where it is if its unit was dropped or off in every sample, unless momentum or weight decay moves it",
    ),
];

fn printed(number: usize, lesson: &Lesson) -> Html {
    html! {
        <section>
            <h3>{ format!("{number}  {}", lesson.title) }</h3>
            <ol>{ for lesson.steps.iter().map(question) }</ol>
        </section>
    }
}

fn question(step: &Step) -> Html {
    html! { <li><p>{ prose::inline(step.question) }</p>{ answers(&step.bet) }</li> }
}

/// What can be bet, to be ticked or filled in.
pub fn answers(bet: &Bet) -> Html {
    match bet {
        Bet::Choice(choices) => html! {
            <ul>{ for choices.iter().map(|choice| html! { <li>{ "☐ " }{ prose::inline(choice.text) }</li> }) }</ul>
        },
        Bet::Number(Scale { unit, .. }) | Bet::Marker(Scale { unit, .. }) => html! {
            <p>{ "my bet ________" }{ unit }{ "   it was ________" }{ unit }</p>
        },
    }
}
