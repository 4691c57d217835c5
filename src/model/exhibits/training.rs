//! Training with and without dropout: what is trained, by how many seeds, and how it is shown. The
//! training itself is [`race`](crate::model::proof::race)'s affair.

mod fields;
mod fit;
mod lanes;
mod live;
mod sampled;

pub use fit::{Answers, Fit, PLANE, SAMPLED, Surface};
pub use lanes::{COINS, Coin, Lanes, Unit};
pub use live::{LEVEL, Live, RaceTrace, RunTrace, SweepTrace};
pub use sampled::Sampled;

use std::ops::{Range, RangeInclusive};

use super::fields::Fields;
use crate::model::proof::race::{Duel, Kind, Plan, Preset, Run};

/// Training samples, and samples in a batch.
pub const SAMPLES: RangeInclusive<u32> = 1..=1000;
/// Passes of MC dropout.
pub const PASSES: RangeInclusive<u32> = 0..=1000;
/// Training steps.
pub const STEPS: RangeInclusive<u32> = 0..=20_000;
/// Seeds of a race, and of each p.
pub const SEEDS: RangeInclusive<u32> = 1..=100;
/// Standard deviation of the noise on the training targets.
pub const NOISE: RangeInclusive<f64> = 0.0..=10.0;
/// Weight decay.
pub const DECAY: RangeInclusive<f64> = 0.0..=10.0;
/// The first seed; PyTorch uses the lower 32 bits.
pub const SEED: RangeInclusive<u32> = 0..=u32::MAX;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Show {
    /// One pair of runs.
    #[default]
    Run,
    /// A pair for every seed.
    Race,
    /// A run for every seed and p.
    Sweep,
}

/// What stands beside the losses of one pair of runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Panel {
    /// What they have learned.
    #[default]
    Fit,
    /// Their hidden units, a lane each.
    Lanes,
}

/// How losses are measured along their axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Equal steps are equal factors.
    #[default]
    Log,
    /// From 0.
    Linear,
}

/// When training starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Start {
    /// When the reader asks for it.
    #[default]
    Asked,
    /// As soon as the page is open, and again after every change: a link that leads to what came out.
    AtOnce,
}

/// What is trained, and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    preset: Preset,
    plan: Plan,
    seed: u32,
    seeds: u32,
    show: Show,
    panel: Panel,
    passes: u32,
    scale: Scale,
    start: Start,
    kernel: Kind,
}

impl Default for Settings {
    fn default() -> Self {
        Self::of(Preset::Helps)
    }
}

impl Settings {
    /// A preset as it is.
    #[must_use]
    pub fn of(preset: Preset) -> Self {
        Self {
            preset,
            plan: preset.plan(),
            seed: 0,
            seeds: 20,
            show: Show::default(),
            panel: Panel::default(),
            passes: 0,
            scale: Scale::default(),
            start: Start::default(),
            kernel: Kind::Fast,
        }
    }

    /// The preset from which the plan started.
    #[must_use]
    pub fn preset(&self) -> Preset {
        self.preset
    }

    /// Its name in links.
    #[must_use]
    pub fn preset_name(&self) -> String {
        self.read("preset").unwrap_or_default()
    }

    /// What is trained.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The preset's values for the optimiser and the rival there are.
    #[must_use]
    pub fn usual(&self) -> Plan {
        self.preset.plan_by(self.plan.method, self.plan.against)
    }

    /// Changes what decides the usual learning rate and weight decay; those that the reader chose stay.
    fn with_its_own(&mut self, change: impl FnOnce(&mut Plan)) {
        let before = self.usual();
        change(&mut self.plan);
        let after = self.usual();
        let follow = |own: &mut f64, before: f64, after: f64| {
            if own.total_cmp(&before).is_eq() {
                *own = after;
            }
        };
        follow(&mut self.plan.lr, before.lr, after.lr);
        let (decay, usual) = (before.weight_decay, after.weight_decay);
        follow(&mut self.plan.weight_decay, decay, usual);
    }

    /// The seed of a single run, the first of the others.
    #[must_use]
    pub fn seed(&self) -> u64 {
        u64::from(self.seed)
    }

    /// All seeds.
    #[must_use]
    pub fn seeds(&self) -> Range<u64> {
        self.seed()..self.seed() + u64::from(self.seeds)
    }

    /// What is shown.
    #[must_use]
    pub fn show(&self) -> Show {
        self.show
    }

    /// Passes of MC dropout that are drawn besides what is exact; none where 0.
    #[must_use]
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// What stands beside the losses of one pair of runs.
    #[must_use]
    pub fn panel(&self) -> Panel {
        self.panel
    }

    /// How losses are measured along their axis.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// When training starts.
    #[must_use]
    pub fn start(&self) -> Start {
        self.start
    }

    /// What trains the runs of a race or a sweep. A single pair, whose losses stand beside a script's, is always exact.
    #[must_use]
    pub fn kernel(&self) -> Kind {
        self.kernel
    }

    /// Whether both train the same, however they show it.
    #[must_use]
    pub fn trains_as(&self, other: &Self) -> bool {
        let trained = |s: &Self| (s.plan, s.seeds(), s.kernel);
        trained(self) == trained(other)
    }
}

/// Training steps whose losses the script prints.
pub const FIRST: u32 = 3;

/// What is known before anything is trained: the settings, and the first losses.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What is trained.
    pub settings: Settings,
    /// What the training loop sees in its first [`FIRST`] steps, without dropout and with it.
    pub first: [Vec<f32>; 2],
    /// MC dropout after these steps, where passes are asked for and have a curve.
    pub sampled: Option<Sampled>,
}

impl Trace {
    /// Takes the first steps.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let plan = settings.plan();
        let duel = Duel::new(plan, settings.seed(), 1);
        let losses = |run: &Run| {
            let mut run = run.clone();
            let mut loss = || {
                run.advance(1);
                run.pass().loss
            };
            (0..FIRST.min(plan.steps)).map(|_| loss()).collect()
        };
        let first = [duel.without.run(), duel.with.run()].map(losses);
        let mut duel = duel;
        duel.advance(FIRST);
        let mut then = RunTrace::of(settings, &duel);
        then.sample(&duel);
        let sampled = if let Fit::Curve { sampled, .. } = then.fit {
            sampled
        } else {
            None
        };
        Self {
            settings: settings.clone(),
            first,
            sampled,
        }
    }
}
