//! What is said of training: what came out of it so far, and what is at the cursor.

use yew::prelude::*;

use super::exhibit::Set;
use super::{Props, Training};
use crate::app::training::Pace;
use crate::draw::training::Mark;
use crate::model::exhibits::training::{Live, RunTrace};
use crate::words;

impl Training {
    /// What came out so far.
    pub(super) fn outcome(&self, props: &Props) -> Html {
        let live = self.state.live();
        let mut said = self.count.outcome.clone();
        if props.embed {
            // A slide has room for two sentences, and no other place that says what is trained.
            said.truncate(2);
            // Nor has it another place for the lane that is pointed at.
            if let Some(lane) = self.lane(words::training::lane_in_short) {
                said = vec![lane];
            }
            if said.is_empty() {
                said.push(words::training::task(live.settings()));
            }
        }
        html! {
            <div class="outcome-line">
                <p class="measured">{ said.join(" ") }</p>
                { self.last_good(&props.set) }
            </div>
        }
    }

    /// What is said aloud: what is at the cursor, or else what was just done and, once training rests, what came of it.
    pub(super) fn said(&self, props: &Props) -> AttrValue {
        let read_out = self.read_out();
        if !read_out.is_empty() {
            return read_out.into();
        }
        if self.state.pace() != Pace::Rest {
            return AttrValue::default();
        }
        let outcome = self.count.outcome.join(" ");
        [props.said.as_str(), &outcome]
            .join(" ")
            .trim()
            .to_owned()
            .into()
    }

    /// After a run that diverged, the way to the state before it did.
    fn last_good(&self, set: &Set) -> Html {
        let Live::Run(trace) = &**self.state.live() else {
            return Html::default();
        };
        let Some(step) = trace.last_good() else {
            return Html::default();
        };
        let onclick = set.reform(move |_: MouseEvent| ("steps", step.to_string()));
        let steps = words::training::steps(step);
        html! {
            <button type="button" class="last-good" {onclick}>{ t!("the last good state: {steps}") }</button>
        }
    }

    /// What became of the hidden unit at the cursor, if one is there.
    pub(super) fn lane(&self, words: fn(&RunTrace, usize) -> Option<String>) -> Option<String> {
        let (Live::Run(trace), Some(Mark::Lane(unit))) = (&**self.state.live(), self.state.focus())
        else {
            return None;
        };
        words(trace, unit)
    }

    /// What is at the cursor, for those who do not see it.
    fn read_out(&self) -> String {
        if let Some(lane) = self.lane(words::training::lane) {
            return lane;
        }
        let (Live::Run(trace), Some(Mark::Point(point))) =
            (&**self.state.live(), self.state.focus())
        else {
            return String::new();
        };
        let [without, with] = trace
            .curves
            .each_ref()
            .map(|curve| words::training::read_out(curve, point).unwrap_or_default());
        let [rival, dropout] = words::training::sides(self.state.settings());
        format!("{dropout}: {with}; {rival}: {without}.")
    }
}
