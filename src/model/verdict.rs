//! What became of a hidden unit in one step: its [`Verdict`], and why.

use super::Trace;
use crate::nn::{Mode, Pass};

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

impl Cause {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Dropped,
        Self::ReluOff,
        Self::DroppedOrReluOff,
        Self::NoError,
    ];

    /// Why row `unit` of fc1 got no gradient in a pass; none if it got one.
    #[must_use]
    pub fn of(pass: &Pass, unit: usize) -> Option<Self> {
        without_gradient(pass, unit).then(|| Counts::of(pass, unit).cause())
    }
}

/// Whether no sample adds anything to row `unit` of fc1's gradients, weights and bias.
#[must_use]
pub(super) fn without_gradient(pass: &Pass, unit: usize) -> bool {
    let grad = &pass.grad.fc1;
    grad.bias.data()[unit] == 0.0 && grad.weight.row(unit).iter().all(|&g| g == 0.0)
}

/// Samples for which a unit was kept, was let through by `ReLU`, and was both.
#[derive(Clone, Copy)]
struct Counts {
    kept: u32,
    active: u32,
    carried: u32,
}

impl Counts {
    fn of(pass: &Pass, unit: usize) -> Self {
        let count = |on: &dyn Fn(usize) -> bool| -> u32 {
            let samples = 0..pass.mask.shape()[0];
            samples.map(|sample| u32::from(on(sample))).sum()
        };
        let kept = |sample| pass.mask.at(sample, unit) != 0.0;
        // What is not a number passes the ReLU, too.
        let active = |sample| pass.hidden.at(sample, unit) != 0.0;
        Self {
            kept: count(&kept),
            active: count(&active),
            carried: count(&|sample| kept(sample) && active(sample)),
        }
    }

    fn cause(self) -> Cause {
        match (self.kept, self.active, self.carried) {
            (0, _, _) => Cause::Dropped,
            (_, 0, _) => Cause::ReluOff,
            (_, _, 0) => Cause::DroppedOrReluOff,
            _ => Cause::NoError,
        }
    }
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
    let counts = Counts::of(&trace.pass, unit);
    Lane {
        kept: counts.kept,
        carried: counts.carried,
        moved: trace.moved(unit),
        verdict: verdict(trace, unit, counts.cause()),
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
