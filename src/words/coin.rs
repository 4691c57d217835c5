//! Sentences about coins: what they came to, against what was to be expected.

use super::numbers::{scientific, told_apart};
use super::{Explanation, count, short};
use crate::model::exhibits::coin::{Coins, Settings, Target, Trace};

/// What p is the chance of: the same letter, two opposite meanings.
#[must_use]
pub fn meaning(settings: &Settings) -> String {
    let (p, keep) = (short(settings.p().p()), short(settings.p().keep()));
    match settings.coins() {
        Coins::Dropout => {
            format!(
                "nn.Dropout(p={p}): p is the chance of a zero. A one, kept, has chance 1 − p = {keep}."
            )
        }
        Coins::Bernoulli => {
            format!(
                "Bernoulli(probs={p}): p is the chance of a one. A zero has chance 1 − p = {keep}."
            )
        }
    }
}

/// What is counted in a group: zeros that dropout drops, ones that Bernoulli draws.
#[must_use]
pub fn counted(coins: Coins) -> &'static str {
    match coins {
        Coins::Dropout => "dropped",
        Coins::Bernoulli => "ones",
    }
}

/// What just happened.
#[must_use]
pub fn now(trace: &Trace) -> String {
    let settings = &trace.settings;
    let draws = settings.draws();
    let coins = count(draws as usize, "coin", "coins");
    let share = share_sentence(trace);
    let groups = group_sentence(trace);
    let are = if trace.ones == 1 { "is" } else { "are" };
    let (seed, ones) = (settings.seed(), trace.ones);
    format!("{coins} from seed {seed}: {ones} {are} 1. {share} {groups}")
}

fn share_sentence(trace: &Trace) -> String {
    let settings = &trace.settings;
    let (share, chance) = (trace.share_of_ones(), settings.chance_of_one());
    let sd = settings.share_sd(settings.draws());
    if sd == 0.0 {
        return format!(
            "With p = {} there is no other way.",
            short(settings.p().p())
        );
    }
    format!(
        "The share of ones is {}, expected {} ± {} (two standard deviations).",
        short(share),
        short(chance),
        short(2.0 * sd)
    )
}

fn group_sentence(trace: &Trace) -> String {
    let (group, coins) = (trace.settings.group(), trace.settings.coins());
    if trace.groups == 0 {
        return format!("That is less than one group of {group}.");
    }
    let nearest = nearest_count(trace);
    format!(
        "In a group of {group}, {} are expected to be {}; exactly {nearest} are in {} of the groups, and by the binomial in {}.",
        short(expected_count(trace)),
        match coins {
            Coins::Dropout => "dropped",
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
        format!("{} %", scientific(percent))
    } else {
        format!("{percent:.1} %")
    }
}

/// "exactly 5 of 10: 24.6 %".
#[must_use]
pub fn exactly(trace: &Trace, counted: usize) -> String {
    let group = trace.settings.group();
    format!(
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
        (Coins::Dropout, true) => "1, kept",
        (Coins::Dropout, false) => "0, dropped",
        (Coins::Bernoulli, true) => "1",
        (Coins::Bernoulli, false) => "0",
    };
    let bits = match settings.coins() {
        Coins::Dropout => "53 bits, two words of the generator",
        Coins::Bernoulli => "24 bits, one word of the generator",
    };
    let mut lines = Vec::new();
    if let Some(&uniform) = trace.uniforms.get(index) {
        let (uniform_text, threshold) = told_apart(uniform, settings.threshold());
        let sign = if one { "<" } else { "≥" };
        lines.push(line("uniform", format!("{uniform_text}, {bits}")));
        lines.push(line(
            "1 if below",
            format!("{uniform_text} {sign} {threshold}"),
        ));
    }
    lines.push(line("coin", result));
    Explanation {
        title: format!("Coin {}", index + 1),
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
            "seen",
            format!(
                "{} of {} = {}",
                trace.counts[counted],
                count(trace.groups as usize, "group", "groups"),
                percent(seen(trace, counted))
            ),
        ),
        line("binomial", exactly(trace, counted)),
        line(
            "chance",
            format!("C({group}, {counted}) × {p}^{counted} × {keep}^{rest}"),
        ),
        line(
            "mean",
            format!("{group} × {p} = {}", short(expected_count(trace))),
        ),
    ];
    Explanation {
        title: format!(
            "{counted} {} in a group of {group}",
            counted_name(settings.coins(), counted)
        ),
        lines,
        reason: Some(format!(
            "p is the chance for each coin, not the share of each group: exactly {} of {group} is one outcome among {}.",
            nearest_count(trace),
            group + 1
        )),
    }
}

fn counted_name(coins: Coins, n: usize) -> &'static str {
    match (coins, n) {
        (Coins::Dropout, _) => "dropped",
        (Coins::Bernoulli, 1) => "one",
        (Coins::Bernoulli, _) => "ones",
    }
}

fn share(trace: &Trace, point: usize) -> Explanation {
    let (settings, (draws, share)) = (&trace.settings, trace.share.means[point]);
    let (chance, sd) = (settings.chance_of_one(), settings.share_sd(draws));
    let away = (share - chance).abs();
    let place = if away <= 2.0 * sd {
        "within two standard deviations"
    } else {
        "more than two standard deviations away"
    };
    let (p, keep) = (short(settings.p().p()), short(settings.p().keep()));
    Explanation {
        title: format!("Share of ones among {}", count(draws as usize, "coin", "coins")),
        lines: vec![
            line("share", short(share)),
            line("chance", short(chance)),
            line("one sd", format!("√({p} × {keep} / {draws}) = {}", short(sd))),
            line("distance", format!("{}, {place}", short(away))),
        ],
        reason: Some(
            "Four times the coins halve the band. The share settles; the number of ones does not come closer to its mean."
                .to_owned(),
        ),
    }
}
