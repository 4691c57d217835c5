//! What runs against dropout, how its weight decay was chosen, and what moves both.

use crate::model::exhibits::training::Settings;
use crate::model::proof::race::{Against, CHOSEN_ON, DECAYS, Method, Plan};
use crate::words::{capital, plain};

/// The two of a pair as legends name them: dropout's rival, and dropout.
#[must_use]
pub fn sides(settings: &Settings) -> [String; 2] {
    [with(settings.plan()), t!("with dropout").to_owned()]
}

/// The same where there is little room.
#[must_use]
pub fn short_sides(settings: &Settings) -> [String; 2] {
    let plan = settings.plan();
    match plan.against {
        Against::Nothing => [t!("without"), t!("with")].map(str::to_owned),
        Against::WeightDecay => [
            t!("decay {}", plain(plan.weight_decay)),
            t!("dropout").to_owned(),
        ],
    }
}

/// "without dropout", "with weight decay 0.01".
pub(super) fn with(plan: &Plan) -> String {
    match plan.against {
        Against::Nothing => t!("without dropout").to_owned(),
        Against::WeightDecay => t!("with weight decay {}", plain(plan.weight_decay)),
    }
}

/// "without", "with weight decay 0.01".
pub(super) fn short(plan: &Plan) -> String {
    match plan.against {
        Against::Nothing => t!("without").to_owned(),
        Against::WeightDecay => with(plan),
    }
}

/// " than weight decay 0.01", and nothing where the rival is nothing.
pub(super) fn than(plan: &Plan) -> String {
    match plan.against {
        Against::Nothing => String::new(),
        Against::WeightDecay => t!(" than weight decay {}", plain(plan.weight_decay)),
    }
}

/// "Without dropout", "With weight decay 0.01".
pub(super) fn begins(plan: &Plan) -> String {
    capital(&with(plan))
}

/// "without", "with weight decay 0.01 instead".
pub(super) fn other(plan: &Plan) -> String {
    match plan.against {
        Against::Nothing => short(plan),
        Against::WeightDecay => t!("{} instead", short(plan)),
    }
}

/// How the rival's weight decay was chosen, where it is the one that was.
pub(super) fn chosen(settings: &Settings) -> Option<String> {
    let plan = settings.plan();
    let usual = Plan {
        p: plan.p,
        ..settings.usual()
    };
    if plan.against == Against::Nothing || *plan != usual {
        return None;
    }
    let (least, most) = (DECAYS[0], DECAYS[DECAYS.len() - 1]);
    Some(t!(
        "Weight decay {} was chosen: of {} values from {} to {} it has the lowest median test loss over seeds {} to {}. No p was chosen like that.",
        plain(plan.weight_decay),
        DECAYS.len(),
        plain(least),
        plain(most),
        CHOSEN_ON.start,
        CHOSEN_ON.end - 1
    ))
}

/// What Adam does that SGD does not.
pub(super) fn optimiser(plan: &Plan) -> Option<String> {
    let (name, decay) = match plan.method {
        Method::Sgd => return None,
        Method::Adam => ("Adam", ""),
        Method::AdamW if plan.weight_decay == 0.0 => ("AdamW", ""),
        Method::AdamW => (
            "AdamW",
            t!(" Its weight decay shrinks the parameters themselves."),
        ),
    };
    Some(t!(
        "{name} moves a parameter by the running mean of its gradient over the root of that of its square, times {}.{decay}",
        plain(plan.lr)
    ))
}
