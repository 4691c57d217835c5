//! The verdict on a lane, in words.

use super::number;
use super::numbers::all_samples;
use crate::model::{Cause, Lane, Verdict};

/// The verdict on a lane.
#[must_use]
pub fn verdict(lane: &Lane, batch: usize) -> String {
    match lane.verdict {
        Verdict::Updated if !lane.moved.is_finite() => "no longer a number".to_owned(),
        Verdict::Updated => format!("moved by {}", number(lane.moved)),
        Verdict::NoUpdate(cause) => format!("no update: {}", self::cause(cause, batch)),
        Verdict::MovedWithoutGradient(cause) => {
            format!(
                "no gradient ({}), moved by {}",
                self::cause(cause, batch),
                number(lane.moved)
            )
        }
        Verdict::TooSmallToSee if lane.moved == 0.0 => "gradient, but no move".to_owned(),
        Verdict::TooSmallToSee => {
            format!("moved by {}: too little for 4 decimals", number(lane.moved))
        }
        Verdict::Evaluated => "eval: no step taken".to_owned(),
    }
}

/// The same where there is room for a few words only and the hatching says the rest.
#[must_use]
pub fn short_verdict(lane: &Lane, batch: usize) -> String {
    match lane.verdict {
        Verdict::NoUpdate(Cause::Dropped) if batch == 1 => "dropped".to_owned(),
        Verdict::NoUpdate(Cause::ReluOff) if batch == 1 => "ReLU off".to_owned(),
        Verdict::NoUpdate(Cause::DroppedOrReluOff) => "dropped or off in all".to_owned(),
        Verdict::NoUpdate(cause) => self::cause(cause, batch),
        Verdict::MovedWithoutGradient(_) => format!("moved {} anyway", number(lane.moved)),
        Verdict::TooSmallToSee => format!("moved by {}", number(lane.moved)),
        Verdict::Updated | Verdict::Evaluated => verdict(lane, batch),
    }
}

fn cause(cause: Cause, batch: usize) -> String {
    let all = all_samples(batch);
    // Where a lane says how many were kept, "all 4" is enough.
    let all = all.trim_end_matches(" samples");
    match cause {
        Cause::Dropped => format!("dropped in {all}"),
        Cause::ReluOff => format!("ReLU off in {all}"),
        Cause::DroppedOrReluOff => "dropped or ReLU off in every sample".to_owned(),
        Cause::NoError => "no error came back".to_owned(),
    }
}
