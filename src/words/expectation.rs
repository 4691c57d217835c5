//! Sentences about draws: their mean and spread, against what eval mode gives.

use super::coin::percent;
use super::{Explanation, number, plain, short};
use crate::model::exhibits::expectation::{Scaling, Settings, Target, Through, Trace};

/// How a way to scale is written: what train mode does, and what eval mode.
#[must_use]
pub fn scaling(scaling: Scaling) -> (&'static str, &'static str) {
    let train = if scaling.in_train() {
        "x × m / (1 − p)"
    } else {
        "x × m"
    };
    let eval = if scaling.in_eval() {
        "x × (1 − p)"
    } else {
        "x"
    };
    (train, eval)
}

/// Its name on the screen.
#[must_use]
pub fn scaling_name(scaling: Scaling) -> &'static str {
    match scaling {
        Scaling::Classic => t!("classic"),
        Scaling::Inverted => t!("inverted"),
        Scaling::None => t!("none"),
        Scaling::Both => t!("both"),
    }
}

/// What goes through dropout.
#[must_use]
pub fn through(settings: &Settings) -> String {
    match settings.through() {
        Through::Unit => t!("one unit of value 1").to_owned(),
        Through::Sum => "1 + 2 + … + 10".to_owned(),
        Through::Net => t!("SimpleNet, the output of sample {}", settings.sample() + 1),
    }
}

/// What just happened.
#[must_use]
pub fn now(trace: &Trace) -> String {
    let eval = number(trace.eval);
    if trace.draws == 0 {
        return t!("Nothing drawn yet. Eval mode gives {eval}.");
    }
    if !(trace.mean.is_finite() && trace.eval.is_finite()) {
        return t!("These are no longer numbers: the network's training has diverged.").to_owned();
    }
    let drawn = t!(
        "{} through {}: mean {}, standard deviation {}. Eval mode gives {eval}.",
        t!("{n} {n|draw|draws}", n = trace.draws),
        through(&trace.settings),
        short(trace.mean),
        short(trace.sd)
    );
    format!("{drawn} {} {}", verdict(trace), equality(trace))
        .trim_end()
        .to_owned()
}

/// Whether the mean over all masks is the eval output, and by what factor it is not.
#[must_use]
pub fn verdict(trace: &Trace) -> String {
    let settings = &trace.settings;
    let keep = settings.p().keep();
    let bias = if settings.through() == Through::Net {
        t!(", but for the bias")
    } else {
        ""
    };
    match settings.scaling() {
        _ if settings.p().p() == 0.0 => t!("p = 0 drops nothing: both are the same.").to_owned(),
        Scaling::Inverted if keep == 0.0 => {
            t!("p = 1 drops everything: no scale can bring the mean back.").to_owned()
        }
        Scaling::Classic | Scaling::Inverted => {
            t!(
                "The mean over all masks is {}, the eval output.",
                short(trace.law.mean)
            )
        }
        Scaling::None if keep == 0.0 => {
            t!("p = 1 drops everything, and eval mode does not know.").to_owned()
        }
        Scaling::None => t!(
            "The mean over all masks is {}: nothing makes up for what is dropped, so eval mode gives 1 / (1 − p) = {} times as much{bias}.",
            short(trace.law.mean),
            short(1.0 / keep)
        ),
        Scaling::Both => t!(
            "The mean over all masks is {}: scaled once in training and once more in eval, which gives 1 − p = {} times as much{bias}.",
            short(trace.law.mean),
            short(keep)
        ),
    }
}

/// How often a draw is the eval output.
fn equality(trace: &Trace) -> String {
    let Some(chance) = trace.law.chance(f64::from(trace.eval)) else {
        return t!(
            "A single draw is the eval output to four decimals {}.",
            times(trace)
        );
    };
    let eval = short(f64::from(trace.eval));
    if chance == 0.0 {
        t!("No draw is exactly {eval}, and none can be.")
    } else {
        t!(
            "A single draw is exactly {eval} with probability {}: here {}.",
            percent(chance),
            times(trace)
        )
    }
}

fn times(trace: &Trace) -> String {
    let draws = trace.draws;
    t!("{} of {n} {n|time|times}", trace.equal_eval, n = draws)
}

/// Where a number of the exhibit comes from.
#[must_use]
pub fn explain(trace: &Trace, target: Target) -> Explanation {
    match target {
        Target::Bar(bar) => explain_bar(trace, bar),
        Target::Mean(point) => explain_mean(trace, point),
        Target::Eval => explain_eval(trace),
    }
}

fn line(label: &str, text: impl Into<String>) -> (String, String) {
    (label.to_owned(), text.into())
}

fn explain_bar(trace: &Trace, bar: usize) -> Explanation {
    let histogram = &trace.histogram;
    let (from, to) = histogram.edges(bar);
    let seen = histogram.counts[bar];
    let share = f64::from(seen) / f64::from(trace.draws.max(1));
    let title = if histogram.chances.is_empty() {
        t!("Draws from {} to {}", short(from), short(to))
    } else {
        t!("Draws of {}", short(f64::midpoint(from, to)))
    };
    let draws = t!("{n} {n|draw|draws}", n = trace.draws);
    let mut lines = vec![line(
        t!("seen"),
        t!("{seen} of {draws} = {}", percent(share)),
    )];
    if let Some(chance) = histogram.chances.get(bar) {
        lines.push(line(t!("probability"), percent(*chance)));
        lines.push(line(t!("expected"), short(chance * f64::from(trace.draws))));
    }
    Explanation {
        title,
        lines,
        reason: None,
    }
}

fn explain_mean(trace: &Trace, point: usize) -> Explanation {
    let (draws, mean) = trace.running.means[point];
    let sd = trace.law.sd / f64::from(draws).sqrt();
    Explanation {
        title: t!("Mean of the first {}", t!("{n} {n|draw|draws}", n = draws)),
        lines: vec![
            line(t!("mean"), short(mean)),
            line(t!("over all masks"), short(trace.law.mean)),
            line(
                t!("one sd of it"),
                format!("{} / √{draws} = {}", short(trace.law.sd), short(sd)),
            ),
        ],
        reason: None,
    }
}

fn explain_eval(trace: &Trace) -> Explanation {
    let settings = &trace.settings;
    let (p, keep) = (settings.p().p(), settings.p().keep());
    let (train, eval) = scaling(settings.scaling());
    let mut lines = vec![line(t!("train"), train), line(t!("eval"), eval)];
    lines.push(line(
        t!("eval output"),
        match settings.through() {
            Through::Net => number(trace.eval),
            Through::Unit => times_factor("1", settings, trace.eval),
            Through::Sum => times_factor("55", settings, trace.eval),
        },
    ));
    lines.push(line(t!("mean over masks"), short(trace.law.mean)));
    lines.push(line(
        t!("sd over masks"),
        match settings.through() {
            Through::Net => short(trace.law.sd),
            Through::Unit => root(settings, "1", trace.law.sd),
            Through::Sum => root(settings, "385", trace.law.sd),
        },
    ));
    let reason = match settings.through() {
        Through::Net => {
            t!("The output is a sum over the hidden units, and fc2 is linear: the mean over masks goes through it. A ReLU after the dropout would break this.").to_owned()
        }
        Through::Unit => t!("A draw is 0 with probability {}, else {}.", short(p), short(settings.train_factor())),
        Through::Sum => t!(
            "385 is 1² + 2² + … + 10². What is kept is a whole number, times {}: the mean is kept, one sum is not.",
            if settings.scaling().in_train() { format!("1 / {}", short(keep)) } else { "1".to_owned() }
        ),
    };
    Explanation {
        title: t!("Eval output").to_owned(),
        lines,
        reason: Some(reason),
    }
}

fn times_factor(value: &str, settings: &Settings, eval: f32) -> String {
    if settings.scaling().in_eval() {
        format!(
            "{value} × (1 − {}) = {}",
            plain(settings.p().p()),
            number(eval)
        )
    } else {
        format!("{value} = {}", number(eval))
    }
}

/// The standard deviation of a sum, with the sum of the squares in it.
fn root(settings: &Settings, squares: &str, sd: f64) -> String {
    let (p, keep) = (short(settings.p().p()), short(settings.p().keep()));
    let variance = if settings.scaling().in_train() {
        format!("{p} / {keep}")
    } else {
        format!("{p} × {keep}")
    };
    format!("√({variance} × {squares}) = {}", short(sd))
}
