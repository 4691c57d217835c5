//! The verdict on a lane, in words.

use super::number;
use crate::model::{Cause, Lane, Verdict};

/// The verdict on a lane.
#[must_use]
pub fn verdict(lane: &Lane, batch: usize) -> String {
    match lane.verdict {
        Verdict::Updated if !lane.moved.is_finite() => t!("no longer a number").to_owned(),
        Verdict::Updated => t!("moved by {}", number(lane.moved)),
        Verdict::NoUpdate(cause) => t!("no update: {}", self::cause(cause, batch)),
        Verdict::MovedWithoutGradient(cause) => {
            t!(
                "no gradient ({}), moved by {}",
                self::cause(cause, batch),
                number(lane.moved)
            )
        }
        Verdict::TooSmallToSee if lane.moved == 0.0 => t!("gradient, but no move").to_owned(),
        Verdict::TooSmallToSee => {
            t!("moved by {}: too little for 4 decimals", number(lane.moved))
        }
        Verdict::Evaluated => t!("eval: no step taken").to_owned(),
    }
}

/// The same where there is room for a few words only and the hatching says the rest.
#[must_use]
pub fn short_verdict(lane: &Lane, batch: usize) -> String {
    match lane.verdict {
        Verdict::NoUpdate(Cause::Dropped) if batch == 1 => t!("dropped").to_owned(),
        Verdict::NoUpdate(Cause::ReluOff) if batch == 1 => t!("ReLU off").to_owned(),
        Verdict::NoUpdate(Cause::DroppedOrReluOff) => t!("dropped or off in all").to_owned(),
        Verdict::NoUpdate(cause) => self::cause(cause, batch),
        Verdict::MovedWithoutGradient(_) => t!("moved {} anyway", number(lane.moved)),
        Verdict::TooSmallToSee => t!("moved by {}", number(lane.moved)),
        Verdict::Updated | Verdict::Evaluated => verdict(lane, batch),
    }
}

fn cause(cause: Cause, batch: usize) -> String {
    // Where a lane says how many were kept, "all 4" is enough.
    match cause {
        Cause::Dropped if batch == 1 => t!("dropped in the only sample").to_owned(),
        Cause::Dropped => t!("dropped in all {batch}"),
        Cause::ReluOff if batch == 1 => t!("ReLU off in the only sample").to_owned(),
        Cause::ReluOff => t!("ReLU off in all {batch}"),
        Cause::DroppedOrReluOff => t!("dropped or ReLU off in every sample").to_owned(),
        Cause::NoError => t!("no error came back").to_owned(),
    }
}
