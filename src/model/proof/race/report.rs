//! What many pairs come to.

use super::{Curve, Losses, Pair};

/// Counts and medians over pairs of runs, at their ends. A run that diverged counts as infinitely
/// bad.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// Pairs looked at.
    pub pairs: u32,
    /// Pairs in which the test loss is lower with dropout than without.
    pub better: u32,
    /// Pairs in which it is higher.
    pub worse: u32,
    /// Pairs in which, with dropout, what the training loop saw ([`Losses::running`]) lies above
    /// the test loss.
    pub running_above_test: u32,
    /// Medians without dropout.
    pub without: Medians,
    /// Medians with dropout.
    pub with: Medians,
}

/// The median of each loss over runs; NaN over none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Medians {
    /// Of [`Losses::running`].
    pub running: f32,
    /// Of [`Losses::train`].
    pub train: f32,
    /// Of [`Losses::test`].
    pub test: f32,
    /// Of the accuracy on the test samples, where targets are classes; a run that diverged has found none.
    pub accuracy: Option<f32>,
}

impl Report {
    /// What these pairs come to.
    #[must_use]
    pub fn of(pairs: &[Pair]) -> Self {
        let count =
            |holds: fn(&Pair) -> bool| pairs.iter().map(|pair| u32::from(holds(pair))).sum();
        Self {
            pairs: count(|_| true),
            better: count(|pair| pair.with.last(test) < pair.without.last(test)),
            worse: count(|pair| pair.with.last(test) > pair.without.last(test)),
            running_above_test: count(|pair| pair.with.last(running) > pair.with.last(test)),
            without: Medians::of(pairs, |pair| &pair.without),
            with: Medians::of(pairs, |pair| &pair.with),
        }
    }
}

impl Medians {
    fn of(pairs: &[Pair], curve: fn(&Pair) -> &Curve) -> Self {
        let of = |loss: fn(&Losses) -> f32| {
            median(pairs.iter().map(|pair| curve(pair).last(loss)).collect())
        };
        let accuracy = |pair: &Pair| {
            let curve = curve(pair);
            let last = curve.points.last()?.accuracy?;
            Some(if curve.diverged.is_some() {
                0.0
            } else {
                last.test
            })
        };
        let accuracies: Vec<_> = pairs.iter().filter_map(accuracy).collect();
        let accuracies = (!accuracies.is_empty()).then_some(accuracies);
        Self {
            running: of(running),
            train: of(|losses| losses.train),
            test: of(test),
            accuracy: accuracies.map(median),
        }
    }
}

/// The median test loss over the runs of one side at each step that all of them write down: a run that
/// diverged is infinitely bad from then on. Empty over no pairs.
#[must_use]
pub fn median_curve(pairs: &[Pair], curve: fn(&Pair) -> &Curve) -> Vec<(u32, f32)> {
    let longest = pairs.iter().map(curve).max_by_key(|c| c.points.len());
    let at = |(k, point): (usize, &Losses)| {
        let tests = pairs.iter().map(|pair| match curve(pair).points.get(k) {
            Some(losses) if losses.step == point.step && losses.test.is_finite() => losses.test,
            _ => f32::INFINITY,
        });
        (point.step, median(tests.collect()))
    };
    let points = longest.into_iter().flat_map(|c| c.points.iter());
    points.enumerate().map(at).collect()
}

fn running(losses: &Losses) -> f32 {
    losses.running.unwrap_or(f32::NAN)
}

fn test(losses: &Losses) -> f32 {
    losses.test
}

/// The middle one of the values, or the mean of the middle two; NaN for none.
#[must_use]
pub fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    let half = values.len() / 2;
    match values.get(half) {
        None => f32::NAN,
        Some(upper) if values.len() % 2 == 1 => *upper,
        Some(upper) => f32::midpoint(values[half - 1], *upper),
    }
}
