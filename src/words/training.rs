//! Sentences about training with and without dropout: what is trained, how far it has come, and what
//! came out. Every number in them is one of the run's.

use super::{count, plain, short};
use crate::model::exhibits::training::{
    Fit, Live, RaceTrace, RunTrace, SAMPLED, Settings, Show, SweepTrace,
};
use crate::model::proof::race::{Curve, Losses, Report, Task};

/// A loss in two or three digits.
#[must_use]
pub fn loss(loss: f64) -> String {
    if loss.is_nan() {
        return "NaN".to_owned();
    }
    if loss.is_infinite() {
        return "∞".to_owned();
    }
    if loss == 0.0 {
        return "0".to_owned();
    }
    let size = loss.abs();
    if !(1e-6..1e6).contains(&size) {
        return format!("{loss:.1e}").replace('-', "−");
    }
    let decimals = match size {
        0.0..1e-5 => 7,
        1e-5..1e-4 => 6,
        1e-4..1e-3 => 5,
        1e-3..0.1 => 4,
        0.1..10.0 => 3,
        10.0..100.0 => 2,
        _ => 0,
    };
    format!("{loss:.decimals$}")
}

/// A count with its thousands apart.
#[must_use]
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What is to be learned.
#[must_use]
pub fn task(settings: &Settings) -> String {
    let plan = settings.plan();
    let samples = count(plan.train as usize, "sample", "samples");
    let noise = if plan.noise > 0.0 {
        format!(" plus noise of standard deviation {}", short(plan.noise))
    } else {
        String::new()
    };
    match plan.task {
        Task::ThreeOfTwenty => format!(
            "{samples}, 20 inputs each, of which 17 say nothing; the target is 0.6 (x₁ + x₂ + x₃){noise}."
        ),
        Task::Sine if plan.noise > 0.0 => {
            format!("{samples} of a curve: the target is sin(2x){noise}.")
        }
        Task::Sine => format!("{samples} of a curve without noise: the target is sin(2x)."),
        Task::Noise => format!(
            "{samples} with random targets, as in notebook 004: nothing leads from the 5 inputs to the target."
        ),
    }
}

/// What is trained.
#[must_use]
pub fn now(settings: &Settings) -> String {
    let plan = settings.plan();
    let p = plain(plan.p.p());
    let fresh = match plan.task {
        Task::Noise => format!("{} new samples", plan.test),
        _ => format!("{} new samples without noise", plan.test),
    };
    let how = match settings.show() {
        Show::Run => format!(
            "One network learns with dropout, p\u{a0}=\u{a0}{p}, the other without, from the same weights and the same batches. Both are tested on {fresh}."
        ),
        Show::Race => format!(
            "{} of networks learn, one of each with dropout, p\u{a0}=\u{a0}{p}, the other without. The lower loss on {fresh} wins.",
            pairs(settings)
        ),
        Show::Sweep => format!(
            "A network learns with each p from 0 to 0.9, {}, and is tested on {fresh}.",
            match seeds(settings) {
                1 => "one seed each".to_owned(),
                n => format!("{n} seeds each"),
            }
        ),
    };
    format!("{} {how}", task(settings))
}

fn seeds(settings: &Settings) -> u64 {
    let seeds = settings.seeds();
    seeds.end - seeds.start
}

fn pairs(settings: &Settings) -> String {
    match seeds(settings) {
        1 => "1 pair".to_owned(),
        n => format!("{n} pairs"),
    }
}

/// What came out so far, sentence by sentence; nothing where nothing has.
#[must_use]
pub fn outcome(live: &Live) -> Vec<String> {
    match live {
        Live::Run(trace) => of_run(trace),
        Live::Race(trace) => of_race(trace),
        Live::Sweep(trace) => of_sweep(trace),
    }
}

fn of_run(trace: &RunTrace) -> Vec<String> {
    let names = ["Without dropout", "With dropout"];
    let mut said: Vec<String> = names
        .iter()
        .zip(trace.diverged)
        .filter_map(|(name, diverged)| {
            let (step, at) = diverged?;
            let step = thousands(step.into());
            Some(format!(
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
    said.push(format!(
        "After {}: test loss {} with dropout, {} without.",
        steps(with.step),
        loss(with.test.into()),
        loss(without.test.into())
    ));
    said.extend(loop_and_test(with));
    said.extend(band(&trace.fit));
    said.extend(by_heart(trace.settings.plan().train, without));
    said.extend(against_zero(
        &trace.settings,
        trace.loss_of_zero,
        [without.test, with.test],
    ));
    said
}

/// "1 step", "1,000 steps".
#[must_use]
pub fn steps(steps: u32) -> String {
    format!(
        "{} {}",
        thousands(steps.into()),
        if steps == 1 { "step" } else { "steps" }
    )
}

fn loop_and_test(with: &Losses) -> Option<String> {
    let running = with.running.filter(|running| *running > with.test)?;
    Some(format!(
        "With dropout the training loop sees {}, more than the test: it looks at networks with units missing, the test at the whole one.",
        loss(running.into())
    ))
}

/// Less than a tenth of the test loss on what it was trained on.
fn by_heart(samples: u32, without: &Losses) -> Option<String> {
    let known = without.train < 0.1 * without.test;
    known.then(|| {
        format!(
            "Without dropout the training samples cost {}, the new ones {}: it knows its {} by heart.",
            loss(without.train.into()),
            loss(without.test.into()),
            count(samples as usize, "sample", "samples")
        )
    })
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
    Some(format!(
        "MC dropout, masks in eval mode too: two standard deviations are {width} on average for x from −2 to 2, where the output is off by {off}; beyond, where there were no samples, {wider} and {farther}. They say how masks differ, not how wrong the network is."
    ))
}

/// On random targets: what learning nothing costs, against test losses without dropout and with it.
fn against_zero(settings: &Settings, zero: f64, tests: [f32; 2]) -> Option<String> {
    if settings.plan().task != Task::Noise {
        return None;
    }
    let [without, with] = tests.map(f64::from);
    let costs = format!(
        "Answering 0 to everything costs {} on the test samples of seed {}",
        loss(zero),
        settings.seed()
    );
    Some(if zero >= without.min(with) {
        format!("{costs}: there is nothing to learn, and little between all of them.")
    } else if with < without {
        format!(
            "{costs}, less than either. Dropout gains by learning less, not by learning better."
        )
    } else {
        format!("{costs}, less than either.")
    })
}

fn of_race(trace: &RaceTrace) -> Vec<String> {
    let report = &trace.report;
    if report.pairs == 0 {
        return Vec::new();
    }
    let (low, high) = trace.interval;
    let mut said = vec![
        format!(
            "Dropout is better in {} of {}. 95 % interval for its chance to win a pair: {:.0} to {:.0} %{}.",
            report.better,
            report.pairs,
            100.0 * low,
            100.0 * high,
            if low <= 0.5 && high >= 0.5 {
                ", so this says nothing yet about which is better"
            } else {
                ""
            }
        ),
        format!(
            "Median test loss {} with dropout, {} without.",
            loss(report.with.test.into()),
            loss(report.without.test.into())
        ),
    ];
    said.extend(comment(trace, report));
    said.extend(diverged(trace));
    said
}

/// What makes a preset worth looking at, as far as the numbers bear it out.
fn comment(trace: &RaceTrace, report: &Report) -> Option<String> {
    let (with, without) = (report.with, report.without);
    match trace.settings.plan().task {
        Task::ThreeOfTwenty if report.running_above_test > 0 => Some(format!(
            "Without dropout the median on the training samples is {}. With dropout the training loop ends above the test loss in {} of {}.",
            loss(without.train.into()),
            report.running_above_test,
            report.pairs
        )),
        Task::Sine if with.test > without.test && with.test.is_finite() => Some(format!(
            "{} times the loss: an output that jumps with every mask cannot follow a curve closely.",
            three_digits(f64::from(with.test / without.test))
        )),
        Task::Noise => against_zero(
            &trace.settings,
            trace.loss_of_zero,
            [without.test, with.test],
        ),
        Task::ThreeOfTwenty | Task::Sine => None,
    }
}

fn three_digits(ratio: f64) -> String {
    if ratio < 10.0 {
        format!("{ratio:.1}")
    } else {
        format!("{ratio:.0}")
    }
}

fn diverged(trace: &RaceTrace) -> Option<String> {
    let [without, with] = trace.diverged();
    (without + with > 0).then(|| {
        format!("Diverged: {with} with dropout, {without} without; they count as infinitely bad.")
    })
}

fn of_sweep(trace: &SweepTrace) -> Vec<String> {
    let Some(place) = trace.lowest() else {
        return Vec::new();
    };
    let p = |place: usize| plain(trace.ps[place].p());
    let lowest = loss(trace.medians[place].into());
    let mut said = vec![if place == 0 {
        format!("Lowest median test loss: {lowest} at p = 0, without dropout.")
    } else {
        let none = loss(trace.medians[0].into());
        format!(
            "Lowest median test loss: {lowest} at p = {}. Without dropout it is {none}.",
            p(place)
        )
    }];
    let tests = [trace.medians[0], trace.medians[place]];
    said.extend(against_zero(&trace.settings, trace.loss_of_zero, tests));
    said
}

/// The three losses of a run at a point, for those who do not see the curves.
#[must_use]
pub fn read_out(curve: &Curve, point: usize) -> Option<String> {
    let losses = curve.points.get(point).or_else(|| curve.points.last())?;
    let running = losses
        .running
        .map_or_else(|| "–".to_owned(), |running| loss(running.into()));
    Some(format!(
        "training loop {running}, training samples {}, test {}",
        loss(losses.train.into()),
        loss(losses.test.into())
    ))
}
