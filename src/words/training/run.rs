//! What came out of one pair of runs.

use super::{against_zero, found, lanes, loss, rival, steps, thousands};
use crate::model::exhibits::training::{Fit, Panel, RunTrace, SAMPLED};
use crate::model::proof::race::{Losses, Plan};
use crate::words::plain;

pub(super) fn outcome(trace: &RunTrace) -> Vec<String> {
    let plan = trace.settings.plan();
    let names = [rival::begins(plan), t!("With dropout").to_owned()];
    let mut said: Vec<String> = names
        .iter()
        .zip(trace.diverged)
        .filter_map(|(name, diverged)| {
            let (step, at) = diverged?;
            let step = thousands(step.into());
            Some(t!(
                "{name}: diverged at step {step} (loss {}).",
                loss(at.into())
            ))
        })
        .collect();
    let last = trace.curves.each_ref().map(|curve| curve.points.last());
    let [Some(without), Some(with)] = last else {
        return said;
    };
    if trace.taken == 0 || !said.is_empty() {
        return said;
    }
    said.push(t!(
        "After {}: test loss {} with dropout, {} {}.",
        steps(with.step),
        loss(with.test.into()),
        loss(without.test.into()),
        rival::short(plan)
    ));
    said.extend(found::shares(plan, without, with));
    said.extend(loop_and_test(with));
    match trace.settings.panel() {
        Panel::Fit => {
            // Of the passes where there are some: there is room for one of both.
            let passes = sampled(&trace.fit, plan.p.p());
            said.extend(passes.or_else(|| band(&trace.fit)));
        }
        Panel::Lanes => said.extend(lanes::outcome(trace)),
    }
    said.extend(by_heart(plan, without));
    said.extend(against_zero(
        &trace.settings,
        trace.loss_of_zero,
        [without.test, with.test],
    ));
    said
}

fn loop_and_test(with: &Losses) -> Option<String> {
    let running = with.running.filter(|running| *running > with.test)?;
    Some(t!(
        "With dropout the training loop sees {}, more than the test: it looks at networks with units missing, the test at the whole one.",
        loss(running.into())
    ))
}

/// Less than a tenth of the test loss on what it was trained on.
fn by_heart(plan: &Plan, without: &Losses) -> Option<String> {
    let known = without.train < 0.1 * without.test;
    known.then(|| {
        t!(
            "{} the training samples cost {}, the new ones {}: it knows its {} by heart.",
            rival::begins(plan),
            loss(without.train.into()),
            loss(without.test.into()),
            t!("{n} {n|sample|samples}", n = plan.train)
        )
    })
}

/// What the passes that were drawn come to, and what they are not.
fn sampled(fit: &Fit, p: f64) -> Option<String> {
    let Fit::Curve {
        sampled: Some(sampled),
        ..
    } = fit
    else {
        return None;
    };
    let [drawn, exact] = sampled.widths().map(loss);
    let ([inside, held], [beyond, held_beyond]) =
        (sampled.covered(true).into(), sampled.covered(false).into());
    let said = t!(
        "MC dropout, {}: standard deviation {drawn} on average, over all masks {exact}; two of them hold the truth at {held} of {inside} places from −2 to 2 and at {held_beyond} of {beyond} beyond.",
        t!("{n} {n|pass|passes}", n = sampled.passes),
    );
    if p == 0.0 || p == 1.0 {
        return Some(said);
    }
    let other = if p < 0.7 { 0.9 } else { 0.1 };
    let width = |p: f64| (p / (1.0 - p)).sqrt();
    Some(t!(
        "{said} That is no calibrated uncertainty: with p = {} the same weights have a band {:.1} times as wide.",
        plain(other),
        width(other) / width(p)
    ))
}

/// How wide two standard deviations over the masks are, and how far off the output is, where there were samples and
/// beyond.
fn band(fit: &Fit) -> Option<String> {
    let Fit::Curve {
        x,
        law,
        outputs,
        spread,
        ..
    } = fit
    else {
        return None;
    };
    if spread.iter().all(|sd| *sd == 0.0) {
        return None;
    }
    let means = |inside: bool| {
        let points = x.iter().zip(law).zip(outputs[1].iter().zip(spread));
        let own = points.filter(|((x, _), _)| SAMPLED.contains(*x) == inside);
        let [width, off, all] =
            own.fold([0.0; 3], |[width, off, all], ((_, law), (output, sd))| {
                let error = f64::from((law - output).abs());
                [width + 2.0 * f64::from(*sd), off + error, all + 1.0]
            });
        [width / all, off / all].map(loss)
    };
    let ([width, off], [wider, farther]) = (means(true), means(false));
    Some(t!(
        "MC dropout, masks in eval mode too: two standard deviations are {width} on average for x from −2 to 2, where the output is off by {off}; beyond, where there were no samples, {wider} and {farther}. They say how masks differ, not how wrong the network is."
    ))
}
