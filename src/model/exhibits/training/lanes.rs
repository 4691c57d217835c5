//! The hidden units of two networks in training, a lane each.

use crate::model::Cause;
use crate::model::proof::race::{Run, Tally, median};
use crate::nn::Pass;
use crate::nn::probability::rounded;

/// Samples of a batch whose coins are shown, from the first on.
pub const COINS: usize = 64;

/// The hidden units of two networks in training. Of two numbers, the first is of the network without dropout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// 1 - p of the network with dropout: what each of its coins keeps on average.
    pub keep: f64,
    /// Training steps counted.
    pub steps: [u32; 2],
    /// Samples in the steps with dropout, each as often as it was seen.
    pub seen: u32,
    /// Samples in the latest batch.
    pub batch: usize,
    /// Of the latest batch with dropout, a row a sample and no more than a few: whether the unit was kept, and whether
    /// `ReLU` let it through. Empty before the first step, and where the latest one diverged.
    pub coins: Vec<Vec<Coin>>,
    /// A lane each.
    pub units: Vec<Unit>,
}

/// What became of one unit for one sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coin {
    /// Whether the mask kept it.
    pub kept: bool,
    /// Whether `ReLU` let it through.
    pub active: bool,
}

/// One hidden unit of both networks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Samples for which dropout kept it.
    pub kept: u32,
    /// Steps in which its row of fc1 got no gradient, by the reason why, in the order of [`Cause::ALL`].
    pub idle: [[u32; Cause::ALL.len()]; 2],
    /// Why its row got none in the latest step with dropout, if it got none.
    pub latest: Option<Cause>,
    /// The norm of its row of fc1.weight: the root of the sum of squares.
    pub row: [f32; 2],
    /// The size of its weight in fc2, |w2|.
    pub out: [f32; 2],
}

impl Unit {
    /// Steps in which its row of fc1 got no gradient.
    #[must_use]
    pub fn idle_steps(&self) -> [u32; 2] {
        self.idle.map(|steps| steps.iter().sum())
    }
}

impl Lanes {
    /// The lanes of two runs that count; none if they don't.
    pub(super) fn of(runs: [&Run; 2]) -> Self {
        let ([Some(_), Some(tally)], with) = (runs.map(Run::tally), runs[1]) else {
            return Self::default();
        };
        let pass = with.pass();
        let fresh = tally.steps() == with.taken() && tally.steps() > 0;
        Self {
            keep: with.p().keep(),
            steps: runs.map(|run| run.tally().map_or(0, Tally::steps)),
            seen: tally.samples(),
            batch: pass.mask.shape()[0],
            coins: if fresh { coins(pass) } else { Vec::new() },
            units: (0..with.parameters().fc1.bias.numel())
                .map(|unit| Unit::of(runs, unit, fresh))
                .collect(),
        }
    }

    /// The share of samples for which a unit was kept; none before the first.
    #[must_use]
    pub fn share(&self, unit: usize) -> Option<f64> {
        let kept = self.units.get(unit)?.kept;
        (self.seen > 0).then(|| f64::from(kept) / f64::from(self.seen))
    }

    /// The standard deviation of such a share, were it of as many fair coins: sqrt(p (1 - p) / n).
    #[must_use]
    pub fn sd(&self) -> f64 {
        (self.keep * (1.0 - self.keep) / f64::from(self.seen.max(1))).sqrt()
    }

    /// The median over the units of one number, without dropout and with it.
    #[must_use]
    pub fn medians(&self, of: fn(&Unit) -> [f32; 2]) -> [f32; 2] {
        [0, 1].map(|side| median(self.units.iter().map(|unit| of(unit)[side]).collect()))
    }
}

impl Unit {
    fn of(runs: [&Run; 2], unit: usize, fresh: bool) -> Self {
        let tallies = runs.map(Run::tally);
        let idle = tallies
            .map(|tally| tally.map_or_else(Default::default, |tally| tally.without_gradient(unit)));
        let square = |w: &f32| f64::from(*w).powi(2);
        let norm = |row: &[f32]| rounded(row.iter().map(square).sum::<f64>().sqrt());
        Self {
            kept: tallies[1].map_or(0, |tally| tally.kept(unit)),
            idle,
            latest: if fresh {
                Cause::of(runs[1].pass(), unit)
            } else {
                None
            },
            row: runs.map(|run| norm(run.parameters().fc1.weight.row(unit))),
            out: runs.map(|run| run.parameters().fc2.weight.at(0, unit).abs()),
        }
    }
}

/// The coins of the first samples, a row a sample.
fn coins(pass: &Pass) -> Vec<Vec<Coin>> {
    let hidden = pass.mask.shape()[1];
    let rows = pass.mask.data().chunks_exact(hidden);
    let rows = rows.zip(pass.hidden.data().chunks_exact(hidden));
    let coin = |(mask, hidden): (&f32, &f32)| Coin {
        kept: *mask != 0.0,
        active: *hidden != 0.0,
    };
    let row = |(mask, hidden): (&[f32], &[f32])| mask.iter().zip(hidden).map(coin).collect();
    rows.take(COINS).map(row).collect()
}
