//! What the page must know of the training view: its controls, and [`Training`] instead of a picture.

use yew::prelude::*;

use super::Training;
use crate::app::Theme;
use crate::app::exhibit::{Msg as ExhibitMsg, Page};
use crate::model::exhibits::training::{Settings, Show};
use crate::model::proof::race::Method;
use crate::model::proof::race::Task;
use crate::nn::{DropProbability, Mode};
use crate::views::browser;
use crate::views::exhibit::{Control, ExhibitView, offered, said_of};

/// What the preset has, and can be had otherwise; momentum last.
const SETUP: &[Control] = &[
    Control::Number("noise", message!("noise"), 5),
    Control::Number("train", message!("training samples"), 5),
    Control::Number("batch", message!("batch"), 5),
    Control::Number("hidden", message!("hidden units"), 4),
    Control::Number("steps", message!("steps"), 6),
    Control::Choice(
        "optimizer",
        message!("optimiser"),
        &[("sgd", "SGD"), ("adam", "Adam"), ("adamw", "AdamW")],
    ),
    Control::Number("lr", message!("learning rate"), 6),
    Control::Number("weight_decay", message!("weight decay"), 6),
    Control::Choice(
        "start",
        message!("start"),
        &[
            ("asked", message!("when asked")),
            ("at_once", message!("at once, on every change")),
        ],
    ),
    Control::Number("momentum", message!("momentum"), 5),
];

impl ExhibitView for Settings {
    const OWN_TOOLS: bool = true;

    fn controls(&self) -> Vec<Control> {
        let mut controls = vec![
            Control::Choice(
                "preset",
                message!("data"),
                &[
                    ("helps", message!("helps: noisy, 17 of 20 inputs idle")),
                    ("hurts", message!("hurts: a curve without noise")),
                    ("trap", message!("trap: random targets")),
                    ("moons", message!("moons: two classes")),
                ],
            ),
            Control::Choice(
                "show",
                message!("show"),
                &[
                    ("run", message!("one pair of runs")),
                    ("race", message!("a race over seeds")),
                    ("sweep", message!("a sweep over p")),
                ],
            ),
            Control::Choice(
                "against",
                message!("against"),
                &[
                    ("nothing", message!("no dropout")),
                    ("weight_decay", message!("weight decay")),
                ],
            ),
            Control::Choice(
                "scale",
                message!("losses"),
                &[("log", message!("log")), ("linear", message!("from 0"))],
            ),
        ];
        match self.show() {
            Show::Run => controls.push(Control::Choice(
                "panel",
                message!("beside"),
                &[
                    ("fit", message!("what they learned")),
                    ("lanes", message!("their hidden units")),
                ],
            )),
            Show::Race | Show::Sweep => controls.extend([
                Control::Number("seeds", message!("seeds"), 4),
                Control::Choice(
                    "kernel",
                    message!("kernel"),
                    &[
                        ("fast", message!("fast")),
                        ("exact", message!("exact: PyTorch's digits")),
                    ],
                ),
            ]),
        }
        if self.show() == Show::Run && self.plan().task == Task::Sine {
            controls.push(Control::Number("passes", message!("MC passes"), 5));
        }
        controls
    }

    fn network(&self) -> &'static [Control] {
        match self.plan().method {
            Method::Sgd => SETUP,
            // These have no momentum to set.
            Method::Adam | Method::AdamW => SETUP.split_last().map_or(SETUP, |(_, rest)| rest),
        }
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
            <Training settings={page.settings().clone()} palette={browser::palette(theme)} embed={look.embed} look={look.clone()} {type_scale} link={page.query()} {set}
                asked={page.asked()} offers={offered(page)} said={said_of(page, false)} tell={send.reform(ExhibitMsg::Ongoing)} />
        }
    }
}

/// Sets a setting to what a text says.
pub(super) type Set = Callback<(&'static str, String)>;
