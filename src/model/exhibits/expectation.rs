//! The expectation: what dropout makes of one number over many draws, against what eval mode gives.
//! Four ways to scale, of which two keep the mean.

mod histogram;
mod law;
mod sampler;
mod settings;

pub use histogram::Histogram;
pub use law::Law;
pub use sampler::Sampler;
pub use settings::{DRAWS, SAMPLE, Scaling, Settings, Through};

use super::Running;

/// Half a unit of the fourth decimal: what differs by less may look the same in print.
const PRINT: f64 = 5e-5;

/// Draws that are kept as they fell, from the first on.
pub const SHOWN: usize = 200;

/// One number of the exhibit: what is pointed at or focused. All count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A bar of the histogram.
    Bar(usize),
    /// A point of the mean's line.
    Mean(usize),
    /// The output in eval mode.
    Eval,
}

/// Every number of the draws so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What was drawn.
    pub settings: Settings,
    /// How often.
    pub draws: u32,
    /// The first [`SHOWN`] draws.
    pub first: Vec<f32>,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation, `values.std(correction=0)`.
    pub sd: f64,
    /// The output in eval mode.
    pub eval: f32,
    /// How many draws are the eval output, to four decimals.
    pub equal_eval: u32,
    /// What mean, spread and values are by the laws of probability.
    pub law: Law,
    /// The draws by size.
    pub histogram: Histogram,
    /// The mean as draws are added.
    pub running: Running,
}

impl Trace {
    fn of(settings: &Settings, values: &[f32], eval: f32, law: &Law) -> Self {
        let draws = u32::try_from(values.len()).unwrap_or(u32::MAX);
        let mean_of = |f: &dyn Fn(f64) -> f64| {
            values.iter().map(|x| f(f64::from(*x))).sum::<f64>() / f64::from(draws)
        };
        let mean = mean_of(&|x| x);
        let variance = mean_of(&|x| (x - mean) * (x - mean));
        let equal = |x: &&f32| same_print(f64::from(**x), f64::from(eval));
        Self {
            settings: settings.clone(),
            draws,
            first: values.iter().copied().take(SHOWN).collect(),
            mean,
            sd: variance.sqrt(),
            eval,
            equal_eval: u32::try_from(values.iter().filter(equal).count()).unwrap_or(u32::MAX),
            law: law.clone(),
            histogram: Histogram::of(values, law),
            running: Running::of(values),
        }
    }

    /// The same target in these draws, if they have it.
    #[must_use]
    pub fn within(&self, target: Target) -> Option<Target> {
        let has = match target {
            Target::Bar(k) => k < self.histogram.counts.len(),
            Target::Mean(k) => k < self.running.means.len(),
            Target::Eval => true,
        };
        has.then_some(target)
    }
}

/// Whether two numbers are the same to four decimals.
fn same_print(a: f64, b: f64) -> bool {
    (a - b).abs() < PRINT
}
