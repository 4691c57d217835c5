//! The lessons, how far the reader has come in each, and the sheet to print.

use yew::prelude::*;

use crate::app::course::{Course, Msg};
use crate::app::look::LookField;
use crate::app::{Look, View};
use crate::lang;
use crate::lessons::{LESSONS, Lesson, Place};

use super::{header, memory, setup, sheet};

/// Every lesson with its progress.
pub fn contents(
    course: &Course,
    look: &Look,
    go: &Callback<View>,
    send: &Callback<Msg>,
    edit: &Callback<(LookField, String)>,
) -> Html {
    let forget = send.reform(|_: MouseEvent| Msg::Forget);
    let print = |_: MouseEvent| super::browser::print();
    let lessons = LESSONS.iter().copied().enumerate();
    html! {
        <div class={classes!("lab", look.embed.then_some("embedded-list"))}>
            <header class="head">{ header::name_and_views(View::Lessons, look, go) }</header>
            <main class="contents">
                <section aria-labelledby="contents-title">
                    <h2 id="contents-title">{ t!("Lessons") }</h2>
                    <p class="now">{ t!("Each step asks for a bet before it shows. A wrong bet is worth the most: it marks a spot where dropout is not what it seems. You can wander off at any moment, the lesson waits.") }</p>
                    <ol class="lessons" start="0">{ for lessons.map(|(number, lesson)| entry(course, number, lesson, send)) }</ol>
                    <p class="contents-foot">
                        <button type="button" onclick={print}>{ t!("print a sheet") }</button>
                        <button type="button" class="forget" onclick={forget} aria-disabled={course.progress().is_empty().then_some("true")}>{ t!("start over") }</button>
                        <span class="memory">{ where_kept(memory::forgets()) }</span>
                    </p>
                </section>
            </main>
            <div class="below"><footer>{ setup::foot(look, edit) }</footer></div>
            { sheet::sheet() }
        </div>
    }
}

/// Where progress is kept, or that the browser refuses.
pub(super) fn where_kept(forgets: bool) -> &'static str {
    if forgets {
        t!("This browser keeps nothing for this page: what you bet is forgotten when you leave it.")
    } else {
        t!("What you bet is kept on this device only.")
    }
}

fn entry(course: &Course, number: usize, lesson: &Lesson, send: &Callback<Msg>) -> Html {
    let (done, right) = course.progress().in_lesson(number);
    let steps = lesson.steps.len();
    let next = (1..=steps)
        .filter_map(|step| Place::new(number, step))
        .find(|place| course.progress().of(*place).is_none())
        .or(Place::new(number, 1));
    let onclick = send.reform(move |event: MouseEvent| {
        event.prevent_default();
        Msg::Turn(next)
    });
    let href = next.map(|place| format!("?lesson={place}"));
    let minutes = t!("{n} {n|minute|minutes}", n = lesson.minutes);
    let progress = if done == 0 {
        format!("{}, {minutes}", t!("{n} {n|bet|bets}", n = steps))
    } else {
        t!("{done} of {steps} done, {right} bet right")
    };
    html! {
        <li class={classes!("lesson-entry", (done == steps).then_some("done"))}>
            <span class="lesson-number" aria-hidden="true">{ number }</span>
            <div>
                <a {href} {onclick}>{ lang::text(lesson.title) }</a>
                <p>{ lang::text(lesson.aim) }</p>
            </div>
            <span class="lesson-progress">{ progress }</span>
        </li>
    }
}
