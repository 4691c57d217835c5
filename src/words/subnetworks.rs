//! Sentences about subnetworks: their mean against the eval output, and what dropout adds to the loss.

mod explain;

pub use explain::explain;

use super::short;
use crate::model::exhibits::subnetworks::Trace;

/// A number that has a place on the page of four decimals; one that is smaller, with its exponent.
#[must_use]
pub fn tiny(value: f64) -> String {
    if value == 0.0 {
        // Also a zero with a minus, which a product may be.
        "0".to_owned()
    } else if value.abs() >= 1e-4 || !value.is_finite() {
        short(value)
    } else {
        crate::lang::localized(&format!("{value:.1e}"))
    }
}

/// A whole number, its thousands apart.
#[must_use]
pub fn thousands(n: usize) -> String {
    super::training::thousands(n as u64)
}

/// What is looked at: "All 1,024 subnetworks of sample 2".
#[must_use]
pub fn subject(trace: &Trace) -> String {
    let (masks, sample) = (thousands(trace.masks()), trace.settings.sample() + 1);
    if trace.is_exact() {
        t!("All {masks} subnetworks of sample {sample}")
    } else {
        t!(
            "{masks} of the 2^{} subnetworks of sample {sample}, drawn by the next calls of the layer",
            trace.hidden()
        )
    }
}

/// What just happened.
#[must_use]
pub fn now(trace: &Trace) -> String {
    if !trace.is_finite() {
        return t!("These are no longer numbers: the network's training has diverged.").to_owned();
    }
    t!(
        "{} average {}; eval mode gives {}: {}. {}",
        subject(trace),
        short(trace.mean),
        short(trace.subnetworks.eval),
        off(trace, trace.difference()),
        loss(trace)
    )
}

/// How large a difference is and why it is there: rounding, chance, or something bent behind the dropout.
fn off(trace: &Trace, (difference, rounding): (f64, bool)) -> String {
    let settings = &trace.settings;
    let cause = match rounding {
        true if difference == 0.0 => return t!("no difference").to_owned(),
        true => t!("rounding"),
        false if settings.p().keep() == 0.0 => t!("since p = 1 drops everything"),
        false if !settings.placement().is_linear() => {
            t!("for the output is not linear in the mask")
        }
        false => t!("the luck of the draw"),
    };
    t!("off by {}, {cause}", tiny(difference))
}

/// What dropout adds to the training loss, in a sentence.
fn loss(trace: &Trace) -> String {
    let identity = &trace.identity;
    let (train, eval) = (short(identity.train), short(identity.eval));
    let (Some(penalty), Some((gap, rounding))) = (identity.penalty(), trace.gap()) else {
        return t!(
            "E[train MSE] is {train}, eval MSE {eval}; with p = 1 no more can be said of them."
        );
    };
    let units = t!("eval MSE {eval} + {} for the units", short(penalty));
    if rounding {
        return t!(
            "E[train MSE] {train} = {units}: {}.",
            off(trace, (gap, rounding))
        );
    }
    let sum = short(identity.eval + penalty);
    t!(
        "E[train MSE] is {train}, not {units} = {sum}: off by {}.",
        tiny(gap)
    )
}

/// A difference as the picture writes it, with why it is there if there is room for that in a word.
#[must_use]
pub fn short_off(trace: &Trace, (difference, rounding): (f64, bool)) -> String {
    let settings = &trace.settings;
    let chance = !trace.is_exact() && settings.placement().is_linear() && settings.p().keep() > 0.0;
    let cause = match rounding {
        true if difference == 0.0 => "",
        true => t!(" (rounding)"),
        false if chance => t!(" (chance)"),
        false => "",
    };
    format!("{}{cause}", tiny(difference))
}

/// What the link to a mask in the network view says, if there is one.
#[must_use]
pub fn show_in_network(trace: &Trace, index: usize) -> Option<String> {
    let passes = trace.passes_before(index)?;
    Some(t!(
        "Show in the network: call {}",
        thousands(passes as usize + 1)
    ))
}
