//! Every number that is shown of training as far as it has come.

use super::{Fit, Lanes, Panel, Sampled, Settings, Show};
use crate::model::proof::race::{
    Against, Curve, Dot, Duel, Pair, Race, Report, Sweep, interval, median_curve,
};
use crate::nn::DropProbability;

/// Confidence of the interval around a share of wins.
pub const LEVEL: f64 = 0.95;

/// What is shown of training so far.
#[derive(Clone, Debug, PartialEq)]
pub enum Live {
    /// One pair of runs.
    Run(Box<RunTrace>),
    /// A pair for every seed.
    Race(RaceTrace),
    /// A run for every seed and p.
    Sweep(SweepTrace),
}

impl Live {
    /// What was to be trained.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        match self {
            Self::Run(trace) => &trace.settings,
            Self::Race(trace) => &trace.settings,
            Self::Sweep(trace) => &trace.settings,
        }
    }

    /// What is shown.
    #[must_use]
    pub fn show(&self) -> Show {
        match self {
            Self::Run(_) => Show::Run,
            Self::Race(_) => Show::Race,
            Self::Sweep(_) => Show::Sweep,
        }
    }
}

/// One pair of runs. Of two, the first is without dropout.
#[derive(Clone, Debug, PartialEq)]
pub struct RunTrace {
    /// What is trained.
    pub settings: Settings,
    /// Training steps that both have taken, unless one diverged.
    pub taken: u32,
    /// Their losses.
    pub curves: [Curve; 2],
    /// Where a run diverged, and the loss there.
    pub diverged: [Option<(u32, f32)>; 2],
    /// What they have learned.
    pub fit: Fit,
    /// Their hidden units; none where these are not shown.
    pub lanes: Lanes,
    /// The test loss of answering 0.
    pub loss_of_zero: f64,
}

impl RunTrace {
    /// The runs of `duel` as they are.
    #[must_use]
    pub fn of(settings: &Settings, duel: &Duel) -> Self {
        let runs = [duel.without.run(), duel.with.run()];
        Self {
            settings: settings.clone(),
            taken: duel.taken(),
            curves: duel.curves().map(Clone::clone),
            diverged: runs.map(|run| Some((run.diverged()?, run.pass().loss))),
            fit: Fit::of(settings.plan(), runs),
            lanes: match settings.panel() {
                Panel::Fit => Lanes::default(),
                Panel::Lanes => Lanes::of(runs),
            },
            loss_of_zero: runs[0].data().loss_of_zero(),
        }
    }

    /// Draws the passes of MC dropout that are asked for, where there is a curve to draw them on.
    pub fn sample(&mut self, duel: &Duel) {
        let (passes, run) = (self.settings.passes(), duel.with.run());
        if let Fit::Curve { sampled, .. } = &mut self.fit
            && passes > 0
            && run.diverged().is_none()
        {
            *sampled = Some(Sampled::of(self.settings.plan().task, run, passes));
        }
    }

    /// Training steps after which both still had a finite loss, if one has none any more.
    #[must_use]
    pub fn last_good(&self) -> Option<u32> {
        let diverged = self.diverged.iter().flatten().map(|(step, _)| *step);
        // The parameters that gave the step's loss came of the step before it.
        diverged.min().map(|step| step.saturating_sub(2))
    }
}

/// Pairs of runs. Of two, the first is without dropout.
#[derive(Clone, Debug, PartialEq)]
pub struct RaceTrace {
    /// What is trained.
    pub settings: Settings,
    /// The pairs that are finished.
    pub pairs: Vec<Pair>,
    /// The median of their test losses, step by step.
    pub medians: [Vec<(u32, f32)>; 2],
    /// What they come to.
    pub report: Report,
    /// The exact interval for the chance that dropout wins a pair.
    pub interval: (f64, f64),
    /// The test loss of answering 0, for the first seed.
    pub loss_of_zero: f64,
}

impl RaceTrace {
    /// The pairs that are finished.
    #[must_use]
    pub fn of(settings: &Settings, race: &Race, loss_of_zero: f64) -> Self {
        let (pairs, report) = (race.pairs(), race.report());
        Self {
            settings: settings.clone(),
            pairs: pairs.to_vec(),
            medians: [
                median_curve(pairs, |pair| &pair.without),
                median_curve(pairs, |pair| &pair.with),
            ],
            interval: interval(report.better, report.pairs, LEVEL),
            report,
            loss_of_zero,
        }
    }

    /// Runs without dropout and with it that diverged.
    #[must_use]
    pub fn diverged(&self) -> [usize; 2] {
        let count = |curve: fn(&Pair) -> &Curve| {
            let diverged = |pair: &&Pair| curve(pair).diverged.is_some();
            self.pairs.iter().filter(diverged).count()
        };
        [count(|pair| &pair.without), count(|pair| &pair.with)]
    }
}

/// Runs over several p.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepTrace {
    /// What is trained.
    pub settings: Settings,
    /// The p's.
    pub ps: Vec<DropProbability>,
    /// The runs that are finished, each with the place of its p; dropout's rival has the place after all of them.
    pub dots: Vec<Dot>,
    /// The median test loss of each p; NaN where none is finished.
    pub medians: Vec<f32>,
    /// That of dropout's rival, if it is weight decay.
    pub rival: Option<f32>,
    /// The test loss of answering 0, for the first seed.
    pub loss_of_zero: f64,
}

impl SweepTrace {
    /// The runs that are finished.
    #[must_use]
    pub fn of(settings: &Settings, sweep: &Sweep, loss_of_zero: f64) -> Self {
        let mut ps: Vec<_> = sweep.runs().iter().map(|run| run.p).collect();
        let mut medians = sweep.medians();
        let rival = (settings.plan().against == Against::WeightDecay)
            .then(|| ps.pop().and_then(|_| medians.pop()));
        Self {
            settings: settings.clone(),
            ps,
            dots: sweep.dots().to_vec(),
            medians,
            rival: rival.flatten(),
            loss_of_zero,
        }
    }

    /// The place of the p with the lowest median.
    #[must_use]
    pub fn lowest(&self) -> Option<usize> {
        let finite = |place: &usize| self.medians[*place].is_finite();
        let places = (0..self.medians.len()).filter(finite);
        places.min_by(|a, b| self.medians[*a].total_cmp(&self.medians[*b]))
    }
}
