//! Sentences about coins: what they came to, against what was to be expected.

use super::numbers::{scientific, told_apart};
use super::{Explanation, short};
use crate::model::exhibits::coin::{Coins, Settings, Target, Trace};

/// What p is the chance of: the same letter, two opposite meanings.
#[must_use]
pub fn meaning(settings: &Settings) -> String {
    let (p, keep) = (short(settings.p().p()), short(settings.p().keep()));
    match settings.coins() {
        Coins::Dropout => {
            t!(
                "nn.Dropout(p={p}): p is the chance of a zero. A one, kept, has chance 1 − p = {keep}."
            )
        }
        Coins::Bernoulli => {
            t!("Bernoulli(probs={p}): p is the chance of a one. A zero has chance 1 − p = {keep}.")
        }
    }
}

/// What is counted in a group: zeros that dropout drops, ones that Bernoulli draws.
#[must_use]
pub fn counted(coins: Coins) -> &'static str {
    match coins {
        Coins::Dropout => t!("dropped"),
        Coins::Bernoulli => t!("ones"),
    }
}

/// What just happened.
#[must_use]
pub fn now(trace: &Trace) -> String {
    let settings = &trace.settings;
    let draws = settings.draws();
    let coins = t!("{n} {n|coin|coins}", n = draws);
    let share = share_sentence(trace);
    let groups = group_sentence(trace);
    let (seed, ones) = (settings.seed(), trace.ones);
    t!("{coins} from seed {seed}: {ones} {ones|is|are} 1. {share} {groups}")
}

fn share_sentence(trace: &Trace) -> String {
    let settings = &trace.settings;
    let (share, chance) = (trace.share_of_ones(), settings.chance_of_one());
    let sd = settings.share_sd(settings.draws());
    if sd == 0.0 {
        return t!(
            "With p = {} there is no other way.",
            short(settings.p().p())
        );
    }
    t!(
        "The share of ones is {}, expected {} ± {} (two standard deviations).",
        short(share),
        short(chance),
        short(2.0 * sd)
    )
}

fn group_sentence(trace: &Trace) -> String {
    let (group, coins) = (trace.settings.group(), trace.settings.coins());
    if trace.groups == 0 {
        return t!("That is less than one group of {group}.");
    }
    let nearest = nearest_count(trace);
    t!(
        "In a group of {group}, {} are expected to be {}; exactly {nearest} are in {} of the groups, and by the binomial in {}.",
        short(expected_count(trace)),
        match coins {
            Coins::Dropout => t!("dropped"),
            Coins::Bernoulli => "1",
        },
        percent(seen(trace, nearest)),
        percent(trace.binomial[nearest])
    )
}

fn expected_count(trace: &Trace) -> f64 {
    trace.settings.p().p() * f64::from(trace.settings.group())
}

/// The whole number nearest to the expected count.
fn nearest_count(trace: &Trace) -> usize {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most a group"
    )]
    let nearest = expected_count(trace).round() as usize;
    nearest.min(trace.binomial.len() - 1)
}

/// The share of groups with that count.
fn seen(trace: &Trace, counted: usize) -> f64 {
    f64::from(trace.counts[counted]) / f64::from(trace.groups.max(1))
}

/// "24.6 %", and what is too small for a decimal with its exponent.
#[must_use]
pub fn percent(chance: f64) -> String {
    let percent = 100.0 * chance;
    if percent != 0.0 && percent < 0.05 {
        t!("{} %", scientific(percent))
    } else {
        t!("{percent:.1} %")
    }
}

/// "exactly 5 of 10: 24.6 %".
#[must_use]
pub fn exactly(trace: &Trace, counted: usize) -> String {
    let group = trace.settings.group();
    t!(
        "exactly {counted} of {group}: {}",
        percent(trace.binomial[counted])
    )
}

/// Where a number of the exhibit comes from.
#[must_use]
pub fn explain(trace: &Trace, target: Target) -> Explanation {
    match target {
        Target::Coin(index) => coin(trace, index),
        Target::Count(counted) => group_count(trace, counted),
        Target::Share(point) => share(trace, point),
    }
}

fn line(label: &str, text: impl Into<String>) -> (String, String) {
    (label.to_owned(), text.into())
}

fn coin(trace: &Trace, index: usize) -> Explanation {
    let settings = &trace.settings;
    let one = trace.draws[index] == 1.0;
    let result = match (settings.coins(), one) {
        (Coins::Dropout, true) => t!("1, kept"),
        (Coins::Dropout, false) => t!("0, dropped"),
        (Coins::Bernoulli, true) => "1",
        (Coins::Bernoulli, false) => "0",
    };
    let bits = match settings.coins() {
        Coins::Dropout => t!("53 bits, two words of the generator"),
        Coins::Bernoulli => t!("24 bits, one word of the generator"),
    };
    let mut lines = Vec::new();
    if let Some(&uniform) = trace.uniforms.get(index) {
        let (uniform_text, threshold) = told_apart(uniform, settings.threshold());
        let sign = if one { "<" } else { "≥" };
        lines.push(line(t!("uniform"), format!("{uniform_text}, {bits}")));
        lines.push(line(
            t!("1 if below"),
            format!("{uniform_text} {sign} {threshold}"),
        ));
    }
    lines.push(line(t!("coin"), result));
    Explanation {
        title: t!("Coin {}", index + 1),
        lines,
        reason: Some(meaning(settings)),
    }
}

fn group_count(trace: &Trace, counted: usize) -> Explanation {
    let (settings, group) = (&trace.settings, trace.settings.group());
    let (p, keep) = (short(settings.p().p()), short(settings.p().keep()));
    let rest = group as usize - counted;
    let lines = vec![
        line(
            t!("seen"),
            t!(
                "{} of {} = {}",
                trace.counts[counted],
                t!("{n} {n|group|groups}", n = trace.groups),
                percent(seen(trace, counted))
            ),
        ),
        line(t!("binomial"), exactly(trace, counted)),
        line(
            t!("chance"),
            format!("C({group}, {counted}) × {p}^{counted} × {keep}^{rest}"),
        ),
        line(
            t!("mean"),
            format!("{group} × {p} = {}", short(expected_count(trace))),
        ),
    ];
    Explanation {
        title: match settings.coins() {
            Coins::Dropout => t!("{counted} dropped in a group of {group}"),
            Coins::Bernoulli => t!("{counted} {counted|one|ones} in a group of {group}"),
        },
        lines,
        reason: Some(t!(
            "p is the chance for each coin, not the share of each group: exactly {} of {group} is one outcome among {}.",
            nearest_count(trace),
            group + 1
        )),
    }
}

fn share(trace: &Trace, point: usize) -> Explanation {
    let (settings, (draws, share)) = (&trace.settings, trace.share.means[point]);
    let (chance, sd) = (settings.chance_of_one(), settings.share_sd(draws));
    let away = (share - chance).abs();
    let place = if away <= 2.0 * sd {
        t!("within two standard deviations")
    } else {
        t!("more than two standard deviations away")
    };
    let (p, keep) = (short(settings.p().p()), short(settings.p().keep()));
    Explanation {
        title: t!("Share of ones among {}", t!("{n} {n|coin|coins}", n = draws)),
        lines: vec![
            line(t!("share"), short(share)),
            line(t!("chance"), short(chance)),
            line(t!("one sd"), format!("√({p} × {keep} / {draws}) = {}", short(sd))),
            line(t!("distance"), format!("{}, {place}", short(away))),
        ],
        reason: Some(
            t!("Four times the coins halve the band. The share settles; the number of ones does not come closer to its mean.")
                .to_owned(),
        ),
    }
}
