//! The coin: Bernoulli draws one by one and by the thousand, as `nn.Dropout` takes them and as
//! `Bernoulli(probs=p)` does. The same letter p is the chance of a zero there and of a one here.

use std::ops::RangeInclusive;

use super::binomial;
use super::fields::{Entry, Fields, choice, count};
use super::run::Run;
use super::running::Running;
use crate::nn::probability::rounded;
use crate::nn::{DropProbability, DropoutStyle, Generator, Mode, sample};

/// Coins that may be tossed.
pub const DRAWS: RangeInclusive<u32> = 1..=100_000;
/// Coins that may be counted together.
pub const GROUP: RangeInclusive<u32> = 1..=1000;
/// Coins whose uniform numbers are kept, from the first on.
pub const SHOWN: usize = 400;

/// Whose coins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Coins {
    /// `nn.Dropout(p)` of ones: 0 with probability p, by 53-bit uniforms.
    #[default]
    Dropout,
    /// `Bernoulli(probs=p).sample`: 1 with probability p, by 24-bit uniforms.
    Bernoulli,
}

const COINS: [(&str, Coins); 2] = [("dropout", Coins::Dropout), ("bernoulli", Coins::Bernoulli)];

/// What is tossed, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Of which p and the seed have a say.
    run: Run,
    coins: Coins,
    draws: u32,
    group: u32,
}

impl Default for Settings {
    /// A hundred fair coins, counted by ten.
    fn default() -> Self {
        Self {
            run: Run::default(),
            coins: Coins::Dropout,
            draws: 100,
            group: 10,
        }
    }
}

impl Settings {
    /// The p of both: of a zero for dropout, of a one for Bernoulli.
    #[must_use]
    pub fn p(&self) -> DropProbability {
        self.run.p
    }

    /// Whose coins.
    #[must_use]
    pub fn coins(&self) -> Coins {
        self.coins
    }

    /// How many coins.
    #[must_use]
    pub fn draws(&self) -> u32 {
        self.draws
    }

    /// How many of them are counted together.
    #[must_use]
    pub fn group(&self) -> u32 {
        self.group
    }

    /// What `torch.manual_seed` gets.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.run.seed
    }

    /// The chance of a one.
    #[must_use]
    pub fn chance_of_one(&self) -> f64 {
        match self.coins {
            Coins::Dropout => self.run.p.keep(),
            Coins::Bernoulli => self.run.p.p(),
        }
    }

    /// What a uniform number must lie below to make a one.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        match self.coins {
            Coins::Dropout => self.run.p.keep(),
            Coins::Bernoulli => f64::from(rounded(self.run.p.p())),
        }
    }

    /// The standard deviation of the share of ones among `draws` coins.
    #[must_use]
    pub fn share_sd(&self, draws: u32) -> f64 {
        (self.run.p.p() * self.run.p.keep() / f64::from(draws)).sqrt()
    }
}

impl AsRef<Run> for Settings {
    fn as_ref(&self) -> &Run {
        &self.run
    }
}

impl AsMut<Run> for Settings {
    fn as_mut(&mut self) -> &mut Run {
        &mut self.run
    }
}

impl Fields for Settings {
    const TABLE: &'static [Entry<Self>] = &[
        Run::p(),
        choice!("coins", COINS, coins),
        count!("draws", DRAWS, draws),
        count!("group", GROUP, group),
        Run::seed(),
    ];
}

/// One number of the exhibit: what is pointed at or focused. All count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A coin.
    Coin(usize),
    /// The groups in which p came true so often.
    Count(usize),
    /// A point of the share's line.
    Share(usize),
}

/// Every number of a run of coins.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What was tossed.
    pub settings: Settings,
    /// The coins, 1 or 0.
    pub draws: Vec<f32>,
    /// The uniform numbers behind the first [`SHOWN`] of them; empty where none are drawn.
    pub uniforms: Vec<f64>,
    /// How many are 1.
    pub ones: u32,
    /// The share of ones as coins are added.
    pub share: Running,
    /// Whole groups.
    pub groups: u32,
    /// Groups by the number of their coins for which p came true: zeros of dropout, ones of Bernoulli.
    pub counts: Vec<u32>,
    /// The probability of each of these numbers.
    pub binomial: Vec<f64>,
}

impl Trace {
    /// Tosses the coins of `settings`.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let draws = toss(settings);
        let group = settings.group as usize;
        let mut counts = vec![0; group + 1];
        for coins in draws.chunks_exact(group) {
            let hits = coins.iter().filter(|coin| settings.came_true(**coin));
            counts[hits.count()] += 1;
        }
        Self {
            uniforms: uniforms(settings),
            ones: draws.iter().map(|coin| u32::from(*coin == 1.0)).sum(),
            share: Running::of(&draws),
            groups: settings.draws / settings.group,
            counts,
            binomial: binomial::distribution(settings.group, settings.run.p.p()),
            settings: settings.clone(),
            draws,
        }
    }

    /// The share of ones.
    #[must_use]
    pub fn share_of_ones(&self) -> f64 {
        f64::from(self.ones) / f64::from(self.settings.draws)
    }

    /// The same target in this run, if it has it.
    #[must_use]
    pub fn within(&self, target: Target) -> Option<Target> {
        let has = match target {
            Target::Coin(k) => k < self.draws.len(),
            Target::Count(c) => c < self.counts.len(),
            Target::Share(k) => k < self.share.means.len(),
        };
        has.then_some(target)
    }
}

impl Settings {
    /// Whether a coin shows what p is the chance of.
    #[must_use]
    pub fn came_true(&self, coin: f32) -> bool {
        match self.coins {
            Coins::Dropout => coin == 0.0,
            Coins::Bernoulli => coin == 1.0,
        }
    }

    /// Whether torch draws anything: `nn.Dropout` does not where p leaves no choice.
    fn draws_uniforms(&self) -> bool {
        self.coins == Coins::Bernoulli || (self.run.p.p() > 0.0 && self.run.p.keep() > 0.0)
    }
}

fn toss(settings: &Settings) -> Vec<f32> {
    let mut g = Generator::new(settings.run.seed);
    let mut draws = vec![0.0; settings.draws as usize];
    match settings.coins {
        Coins::Dropout => {
            DropoutStyle::Module.draw_mask(&mut g, settings.run.p, Mode::Train, &mut draws);
        }
        Coins::Bernoulli => {
            let drawn = sample::bernoulli_distribution(&mut g, settings.run.p.p(), &mut draws);
            debug_assert!(drawn.is_ok(), "a DropProbability lies in [0, 1]");
        }
    }
    draws
}

fn uniforms(settings: &Settings) -> Vec<f64> {
    let mut g = Generator::new(settings.run.seed);
    let shown = SHOWN.min(settings.draws as usize);
    let drawn = if settings.draws_uniforms() { shown } else { 0 };
    let uniforms = std::iter::repeat_with(|| match settings.coins {
        Coins::Dropout => g.u53(),
        Coins::Bernoulli => f64::from(g.u24()),
    });
    uniforms.take(drawn).collect()
}
