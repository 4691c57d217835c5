//! The buttons that let training go on and stop, and how far it has come.

use yew::prelude::*;

use super::Training;
use crate::app::View;
use crate::app::training::{Msg as TrainingMsg, Pace, State};
use crate::model::exhibits::training::Show;
use crate::views::save::{self, Save};
use crate::views::slides::Slides;
use crate::words;

/// How far training has come, and what came out so far.
pub(super) struct Count {
    taken: AttrValue,
    all: AttrValue,
    how_far: AttrValue,
    /// Sentence by sentence.
    pub(super) outcome: Vec<String>,
}

impl Count {
    /// That of `state`; runs that diverge are through before their last step.
    pub(super) fn of(state: &State) -> Self {
        let progress = state.progress();
        let all = progress.all.max(1);
        let taken = if progress.done { all } else { progress.taken };
        Self {
            taken: taken.to_string().into(),
            all: all.to_string().into(),
            how_far: state.how_far().into(),
            outcome: words::training::outcome(state.live()),
        }
    }
}

impl Training {
    /// The buttons of training, how far it is, and what can be kept of it.
    pub(super) fn transport(&self, ctx: &Context<Self>, send: &Callback<TrainingMsg>) -> Html {
        let (pace, progress) = (self.state.pace(), self.state.progress());
        let button = |class: &'static str, text: &'static str, msg: TrainingMsg, disabled: bool| {
            let send = send.clone();
            let onclick = move |_: MouseEvent| {
                if !disabled {
                    send.emit(msg.clone());
                }
            };
            // One that is disabled when it is pressed would lose the focus.
            html! { <button type="button" {class} {onclick} aria-disabled={disabled.then_some("true")}>{ text }</button> }
        };
        let go = |class, texts: [&'static str; 2], own: Pace| {
            if pace == own {
                button(class, texts[1], TrainingMsg::Go(Pace::Rest), false)
            } else {
                button(class, texts[0], TrainingMsg::Go(own), progress.done)
            }
        };
        let begun = progress.taken > 0;
        let Count {
            taken,
            all,
            how_far,
            ..
        } = &self.count;
        let look = &ctx.props().look;
        html! {
            <div class="transport" role="group" aria-label={t!("Training")}>
                if self.state.settings().show() == Show::Run {
                    if look.allows("play") {
                        { go("watch", [t!("▶ play"), t!("❚❚ pause")], Pace::Watch) }
                    }
                    if look.allows("step") {
                        { button("next", t!("step"), TrainingMsg::Next, progress.done) }
                    }
                    if look.allows("play") {
                        { go("full", [t!("to the end"), t!("❚❚ stop")], Pace::Full) }
                    }
                } else if look.allows("play") {
                    { go("full", [if begun { t!("▶ go on") } else { t!("▶ start") }, t!("❚❚ stop")], Pace::Full) }
                }
                if look.allows("reset") {
                    { button("restart", t!("start over"), TrainingMsg::Restart, !begun) }
                }
                <progress max={all.clone()} value={taken.clone()} aria-label={t!("Training so far")} />
                <span class="how-far">{ how_far }</span>
                if !ctx.props().embed {
                    <Save ..save::props(&self.trained(ctx.props()), &self.kept, self.keep.clone()) />
                    <Slides view={View::Training} link={ctx.props().link.clone()} controls={ctx.props().offers.clone()}
                        keep={self.keep.clone()} />
                }
            </div>
        }
    }
}
