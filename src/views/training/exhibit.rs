//! What the page must know of the training view: its controls, and [`Training`] instead of a picture.

use yew::prelude::*;

use super::Training;
use crate::app::Theme;
use crate::app::exhibit::{Msg as ExhibitMsg, Page};
use crate::model::exhibits::Fields;
use crate::model::exhibits::training::{Settings, Show};
use crate::nn::{DropProbability, Mode};
use crate::views::browser;
use crate::views::exhibit::{Control, ExhibitView};
use crate::views::field::{self, TextField};

impl ExhibitView for Settings {
    fn controls(&self) -> Vec<Control> {
        let mut controls = vec![
            Control::Choice(
                "preset",
                "data",
                &[
                    ("helps", "helps: noisy, 17 of 20 inputs idle"),
                    ("hurts", "hurts: a curve without noise"),
                    ("trap", "trap: random targets"),
                ],
            ),
            Control::Choice(
                "show",
                "show",
                &[
                    ("run", "one pair of runs"),
                    ("race", "a race over seeds"),
                    ("sweep", "a sweep over p"),
                ],
            ),
            Control::Choice("scale", "losses", &[("log", "log"), ("linear", "from 0")]),
            Control::Choice(
                "start",
                "start",
                &[
                    ("asked", "when asked"),
                    ("at_once", "at once, on every change"),
                ],
            ),
        ];
        if self.show() != Show::Run {
            controls.push(Control::Number("seeds", "seeds", 4));
        }
        controls
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.plan().p, None)
    }

    fn document(page: &Page<Self>, send: &Callback<ExhibitMsg<()>>) -> Html {
        let look = page.look();
        let set = send.reform(|(name, text)| ExhibitMsg::Set(name, text));
        let theme = browser::theme_name(look.theme, browser::prefers_dark());
        let type_scale = if look.theme == Theme::Projector {
            1.3
        } else {
            1.0
        };
        html! {
            <>
                <Training settings={page.settings().clone()} palette={browser::palette(theme)} embed={look.embed} {type_scale} set={set.clone()} />
                if !look.embed {
                    { numbers(page, &set) }
                }
            </>
        }
    }
}

/// Sets a setting to what a text says.
pub(super) type Set = Callback<(&'static str, String)>;

/// What the preset has, and can be had otherwise; folded away until asked for.
fn numbers(page: &Page<Settings>, set: &Set) -> Html {
    let fields = [
        ("noise", "noise", 5),
        ("train", "training samples", 5),
        ("batch", "batch", 5),
        ("hidden", "hidden units", 4),
        ("steps", "steps", 6),
        ("lr", "learning rate", 6),
        ("momentum", "momentum", 5),
        ("weight_decay", "weight decay", 6),
    ];
    let text = |props: (&'static str, &'static str, u32)| {
        let name = props.0;
        let value = page.settings().read(name).unwrap_or_default();
        let edit = set.reform(move |text| (name, text));
        html! { <TextField ..field::props(props, value, page.refused(name), edit) /> }
    };
    html! {
        <details class="setup">
            <summary>{ "Network, data and optimiser" }</summary>
            <div class="setup-fields">{ for fields.into_iter().map(text) }</div>
        </details>
    }
}
