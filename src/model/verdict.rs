//! What became of a hidden unit in one step: its [`Verdict`], and why.

use super::Trace;
use crate::nn::Mode;

/// Why no sample of the batch reached a unit's row of fc1.weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The mask was 0 in every sample.
    Dropped,
    /// ReLU gave 0 in every sample.
    ReluOff,
    /// In each sample one or the other.
    DroppedOrReluOff,
    /// The unit was on and kept somewhere, but what came back to it was 0.
    NoError,
}

/// What became of row `unit` of fc1 (weights and bias) in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// The row got a gradient and moved.
    Updated,
    /// The row's gradient is 0 and the row stayed as it was.
    NoUpdate(Cause),
    /// The row's gradient is 0, yet the row moved: momentum or weight decay.
    MovedWithoutGradient(Cause),
    /// The row got a gradient, but printed with four decimals it is the same as before.
    TooSmallToSee,
    /// Eval mode: no step was taken.
    Evaluated,
}

impl Verdict {
    /// The name in the embed API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Updated => "updated",
            Self::NoUpdate(Cause::Dropped) => "droppedInAll",
            Self::NoUpdate(Cause::ReluOff) => "reluOffInAll",
            Self::NoUpdate(Cause::DroppedOrReluOff) => "droppedOrReluOffInAll",
            Self::NoUpdate(Cause::NoError) => "noError",
            Self::MovedWithoutGradient(_) => "movedWithoutGradient",
            Self::TooSmallToSee => "tooSmallToSee",
            Self::Evaluated => "evaluated",
        }
    }

    /// Why the row has no gradient, if it has none.
    #[must_use]
    pub fn cause(self) -> Option<Cause> {
        match self {
            Self::NoUpdate(cause) | Self::MovedWithoutGradient(cause) => Some(cause),
            Self::Updated | Self::TooSmallToSee | Self::Evaluated => None,
        }
    }
}

/// One hidden unit in one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lane {
    /// Samples for which the unit was kept.
    pub kept: u32,
    /// Samples for which the unit was kept and ReLU let it through.
    pub carried: u32,
    /// The largest change of its row of fc1, bias included.
    pub moved: f32,
    /// What became of it.
    pub verdict: Verdict,
}

pub(super) fn judge(trace: &Trace, unit: usize) -> Lane {
    let samples = 0..trace.batch();
    let count = |on: &dyn Fn(usize) -> bool| -> u32 {
        samples.clone().map(|sample| u32::from(on(sample))).sum()
    };
    let kept = count(&|sample| trace.kept(sample, unit));
    let active = count(&|sample| trace.active(sample, unit));
    let carried = count(&|sample| trace.kept(sample, unit) && trace.active(sample, unit));
    let cause = match (kept, active, carried) {
        (0, _, _) => Cause::Dropped,
        (_, 0, _) => Cause::ReluOff,
        (_, _, 0) => Cause::DroppedOrReluOff,
        _ => Cause::NoError,
    };
    Lane {
        kept,
        carried,
        moved: trace.moved(unit),
        verdict: verdict(trace, unit, cause),
    }
}

fn verdict(trace: &Trace, unit: usize, cause: Cause) -> Verdict {
    if trace.settings.mode() == Mode::Eval {
        return Verdict::Evaluated;
    }
    let stayed = trace
        .row_of_fc1(unit)
        .all(|(before, after)| before == after);
    let looks_the_same = || {
        trace
            .row_of_fc1(unit)
            .all(|(before, after)| same_print(before, after))
    };
    match (trace.without_gradient(unit), stayed) {
        (true, true) => Verdict::NoUpdate(cause),
        (true, false) => Verdict::MovedWithoutGradient(cause),
        (false, _) if looks_the_same() => Verdict::TooSmallToSee,
        (false, _) => Verdict::Updated,
    }
}

/// Whether two numbers look the same with four decimals.
fn same_print(before: f32, after: f32) -> bool {
    (after - before).abs() < 1e-4 && format!("{before:.4}") == format!("{after:.4}")
}
