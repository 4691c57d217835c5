//! Sentences about training with and without dropout: what is trained, how far it has come, and what
//! came out. Every number in them is one of the run's.

mod found;
mod lanes;
mod race;
mod rival;
mod run;

pub use found::found;
pub use lanes::{lane, lane_in_short};
pub use rival::{short_sides, sides};

use super::{plain, short};
use crate::lang::{comma, decimals, localized};
use crate::model::exhibits::training::{Live, Settings, Show};
use crate::model::proof::race::{Against, Curve, Kind, Task};

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
        return localized(&format!("{loss:.1e}"));
    }
    let places = match size {
        0.0..1e-5 => 7,
        1e-5..1e-4 => 6,
        1e-4..1e-3 => 5,
        1e-3..0.1 => 4,
        0.1..10.0 => 3,
        10.0..100.0 => 2,
        _ => 0,
    };
    decimals(loss, places)
}

/// A count with its thousands apart.
#[must_use]
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(comma());
        }
        text.push(digit);
    }
    text
}

/// What is to be learned.
#[must_use]
pub fn task(settings: &Settings) -> String {
    let plan = settings.plan();
    let samples = t!("{n} {n|sample|samples}", n = plan.train);
    let noise = if plan.noise > 0.0 {
        t!(" plus noise of standard deviation {}", short(plan.noise))
    } else {
        String::new()
    };
    match plan.task {
        Task::ThreeOfTwenty => t!(
            "{samples}, 20 inputs each, of which 17 say nothing; the target is 0.6 (x₁ + x₂ + x₃){noise}."
        ),
        Task::Sine if plan.noise > 0.0 => {
            t!("{samples} of a curve: the target is sin(2x){noise}.")
        }
        Task::Sine => t!("{samples} of a curve without noise: the target is sin(2x)."),
        Task::Moons => t!(
            "{samples} of two classes, in two half circles that lie into each other{}; the loss is the cross-entropy, BCEWithLogitsLoss.",
            if plan.noise > 0.0 {
                t!(
                    ", with noise of standard deviation {} on both inputs",
                    short(plan.noise)
                )
            } else {
                String::new()
            }
        ),
        Task::Noise => t!(
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
        Task::Noise | Task::Moons => t!("{} new samples", plan.test),
        _ => t!("{} new samples without noise", plan.test),
    };
    let other = rival::other(plan);
    let how = match settings.show() {
        Show::Run => t!(
            "One network learns with dropout, p\u{a0}=\u{a0}{p}, the other {other}, from the same weights and the same batches. Both are tested on {fresh}."
        ),
        Show::Race => t!(
            "{} of networks learn, one of each with dropout, p\u{a0}=\u{a0}{p}, the other {other}. The lower loss on {fresh} wins.",
            pairs(settings)
        ),
        Show::Sweep => t!(
            "A network learns with each p from 0 to 0.9{}, {}, and is tested on {fresh}.",
            match plan.against {
                Against::Nothing => String::new(),
                Against::WeightDecay => t!(", and one {other}"),
            },
            match seeds(settings) {
                1 => t!("one seed each").to_owned(),
                n => t!("{n} seeds each"),
            }
        ),
    };
    let more = [
        rival::chosen(settings),
        rival::optimiser(plan),
        kernel(settings),
    ];
    let said = [task(settings), how].into_iter();
    let said: Vec<_> = said.chain(more.into_iter().flatten()).collect();
    said.join(" ")
}

/// Whether many runs are trained by the kernel whose numbers are not just PyTorch's.
fn is_fast(settings: &Settings) -> bool {
    settings.show() != Show::Run && settings.kernel() == Kind::Fast
}

fn kernel(settings: &Settings) -> Option<String> {
    is_fast(settings).then(|| {
        t!("The fast kernel trains them: PyTorch's masks, sums in another order.").to_owned()
    })
}

/// How near PyTorch's the numbers of many runs are, where they are not just those.
#[must_use]
pub fn bound(settings: &Settings) -> Option<&'static str> {
    is_fast(settings).then(|| {
        t!(
            "Fast kernel: with seeds 0 to 39 and p = 0.5 the same networks win as with the exact one, on all four sets of data, and medians agree to three digits."
        )
    })
}

fn seeds(settings: &Settings) -> u64 {
    let seeds = settings.seeds();
    seeds.end - seeds.start
}

fn pairs(settings: &Settings) -> String {
    match seeds(settings) {
        1 => t!("1 pair").to_owned(),
        n => t!("{n} pairs"),
    }
}

/// What came out so far, sentence by sentence; nothing where nothing has.
#[must_use]
pub fn outcome(live: &Live) -> Vec<String> {
    match live {
        Live::Run(trace) => run::outcome(trace),
        Live::Race(trace) => race::outcome(trace),
        Live::Sweep(trace) => race::lowest(trace),
    }
}

/// "1 step", "1,000 steps".
#[must_use]
pub fn steps(steps: u32) -> String {
    t!("{} {steps|step|steps}", thousands(steps.into()))
}

/// On random targets: what learning nothing costs, against test losses without dropout and with it.
fn against_zero(settings: &Settings, zero: f64, tests: [f32; 2]) -> Option<String> {
    if settings.plan().task != Task::Noise {
        return None;
    }
    let [without, with] = tests.map(f64::from);
    let costs = t!(
        "Answering 0 to everything costs {} on the test samples of seed {}",
        loss(zero),
        settings.seed()
    );
    Some(if zero >= without.min(with) {
        t!("{costs}: there is nothing to learn, and little between all of them.")
    } else if with < without {
        t!("{costs}, less than either. Dropout gains by learning less, not by learning better.")
    } else {
        t!("{costs}, less than either.")
    })
}

/// The three losses of a run at a point, for those who do not see the curves.
#[must_use]
pub fn read_out(curve: &Curve, point: usize) -> Option<String> {
    let losses = curve.points.get(point).or_else(|| curve.points.last())?;
    let running = losses
        .running
        .map_or_else(|| "–".to_owned(), |running| loss(running.into()));
    Some(t!(
        "training loop {running}, training samples {}, test {}",
        loss(losses.train.into()),
        loss(losses.test.into())
    ))
}
