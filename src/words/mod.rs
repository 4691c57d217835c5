//! The sentences on the screen: what just happened, in words with the numbers in them.
//! Numbers on the screen have a true minus sign; PyTorch print is the notebook's business, not this file's.

pub mod explain;

pub use explain::{Explanation, explain};

use crate::model::{Cause, Field, Lane, Settings, Stage, Target, Trace, Verdict};
use crate::nn::{Mode, Sgd};

/// Said when *step back* has nowhere to go.
pub const FIRST_STEP: &str = "This is the first step.";
/// Said after *reset*.
pub const RESET: &str = "Back to the defaults.";
/// Said when text is on the clipboard.
pub const COPIED: &str = "Copied.";
/// Said when the browser keeps the clipboard to itself.
pub const NOT_COPIED: &str = "This browser would not copy. Select the text and copy it by hand.";

/// A number with four decimals and a true minus sign; one that would print as 0 but is not, with its exponent.
#[must_use]
pub fn number(value: f32) -> String {
    let small = value != 0.0 && value.abs() < 5e-5;
    let text = if small {
        format!("{value:.1e}")
    } else {
        format!("{value:.4}")
    };
    text.replace('-', "−")
}

/// A Python float on the screen, in its shortest form.
#[must_use]
pub fn plain(value: f64) -> String {
    value.to_string().replace('-', "−")
}

/// "1 unit", "2 units".
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Most names that a list spells out.
const LONGEST_LIST: usize = 8;

/// "unit 1", "units 1 and 4", "units 1, 4 and 7", "units 1, 2, … and 30 more"; units count from 1 on the screen.
#[must_use]
pub fn units(indices: &[usize]) -> String {
    let names: Vec<String> = indices.iter().map(|unit| (unit + 1).to_string()).collect();
    match names.as_slice() {
        [] => "no unit".to_owned(),
        [one] => format!("unit {one}"),
        [first @ .., last] if names.len() <= LONGEST_LIST => {
            format!("units {} and {last}", first.join(", "))
        }
        _ => {
            let more = names.len() - LONGEST_LIST;
            format!("units {} and {more} more", names[..LONGEST_LIST].join(", "))
        }
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Said when a setting has changed.
#[must_use]
pub fn edited(settings: &Settings, field: Field) -> String {
    match field {
        Field::Mode => match settings.mode() {
            Mode::Train => "Train mode: dropout drops.".to_owned(),
            Mode::Eval => "Eval mode: dropout does nothing. Gradients still flow.".to_owned(),
        },
        Field::P => format!(
            "p = {}: a unit is dropped with probability {}, kept with {}.",
            plain(settings.p().p()),
            plain(settings.p().p()),
            short(settings.p().keep())
        ),
        _ => format!("{} is now {}.", field.name(), field.read(settings)),
    }
}

/// At most four decimals, none that are not needed: 1 - 0.3 is 0.7 on the screen.
#[must_use]
pub fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.replace('-', "−")
}

/// Said after *Again* in train mode.
#[must_use]
pub fn again(settings: &Settings) -> String {
    let call = settings.again().passes(settings.step()).saturating_add(1);
    let p = settings.p().p();
    let what = if p == 0.0 {
        "p = 0 keeps every unit, so the output is the same"
    } else if p >= 1.0 {
        "p = 1 drops every unit, so the output is the same"
    } else {
        "the same input, new coins"
    };
    format!("Call {call} of model(x): {what}.")
}

/// Said after *Again* in eval mode.
#[must_use]
pub fn again_in_eval(call: u32) -> String {
    format!("Call {call} of model(x) in eval mode: the same output to the last digit.")
}

/// Said when another step is on the screen.
#[must_use]
pub fn at_step(step: u32) -> String {
    format!("Step {step}.")
}

/// Said when the picture stands at a stage.
#[must_use]
pub fn at_stage(stage: Stage) -> &'static str {
    stage_title(stage)
}

/// Said after a fresh seed.
#[must_use]
pub fn fresh_seed(seed: u32) -> String {
    format!("Seed {seed}: new weights, new data, new masks.")
}

/// Said when a dead unit was found.
#[must_use]
pub fn found(seed: u64) -> String {
    format!("Seed {seed} leaves a unit without update.")
}

/// Said when no dead unit was found, with the chance that explains it.
#[must_use]
pub fn not_found(settings: &Settings, tried: u64) -> String {
    let batch = settings.batch();
    let chance = settings
        .p()
        .p()
        .powf(u32::try_from(batch).map_or(f64::INFINITY, f64::from));
    format!(
        "None of the next {tried} seeds leaves a unit without update through dropout. \
         A unit is dropped in all {batch} samples with probability {}.",
        scientific(chance)
    )
}

/// A probability that may be very small.
fn scientific(value: f64) -> String {
    if value == 0.0 || value >= 1e-3 {
        short(value)
    } else {
        format!("{value:.1e}").replace('-', "−")
    }
}

/// A stage's name on the rail.
#[must_use]
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Input => "input",
        Stage::Fc1 => "fc1",
        Stage::Relu => "ReLU",
        Stage::Mask => "mask",
        Stage::Scale => "scale",
        Stage::Fc2 => "fc2",
        Stage::Loss => "loss",
        Stage::Backward => "backward",
        Stage::Accumulate => "add up",
        Stage::Sgd => "SGD",
    }
}

/// What a stage does, in a few words.
#[must_use]
pub fn stage_title(stage: Stage) -> &'static str {
    match stage {
        Stage::Input => "The batch goes in.",
        Stage::Fc1 => "fc1 adds up inputs times weights.",
        Stage::Relu => "ReLU turns negative sums into 0.",
        Stage::Mask => "A coin falls for every unit and every sample.",
        Stage::Scale => "What is kept is scaled up.",
        Stage::Fc2 => "fc2 adds up what is left.",
        Stage::Loss => "The output is compared with the target.",
        Stage::Backward => "The error goes back.",
        Stage::Accumulate => "The samples' gradients are added up.",
        Stage::Sgd => "SGD moves the weights.",
    }
}

/// The verdict on a lane.
#[must_use]
pub fn verdict(lane: &Lane, batch: usize) -> String {
    match lane.verdict {
        Verdict::Updated if !lane.moved.is_finite() => "no longer a number".to_owned(),
        Verdict::Updated => format!("moved by {}", number(lane.moved)),
        Verdict::NoUpdate(cause) => format!("no update: {}", self::cause(cause, batch)),
        Verdict::MovedWithoutGradient(cause) => {
            format!(
                "no gradient ({}), moved by {}",
                self::cause(cause, batch),
                number(lane.moved)
            )
        }
        Verdict::TooSmallToSee if lane.moved == 0.0 => "gradient, but no move".to_owned(),
        Verdict::TooSmallToSee => {
            format!("moved by {}: too little for 4 decimals", number(lane.moved))
        }
        Verdict::Evaluated => "eval: no step taken".to_owned(),
    }
}

/// The same where there is room for a few words only and the hatching says the rest.
#[must_use]
pub fn short_verdict(lane: &Lane, batch: usize) -> String {
    match lane.verdict {
        Verdict::NoUpdate(Cause::DroppedOrReluOff) => "dropped or off in all".to_owned(),
        Verdict::NoUpdate(cause) => self::cause(cause, batch),
        Verdict::MovedWithoutGradient(_) => format!("no gradient, moved {}", number(lane.moved)),
        Verdict::TooSmallToSee => format!("moved by {}", number(lane.moved)),
        Verdict::Updated | Verdict::Evaluated => verdict(lane, batch),
    }
}

fn cause(cause: Cause, batch: usize) -> String {
    let all = if batch == 1 {
        "the only sample".to_owned()
    } else {
        format!("all {batch}")
    };
    match cause {
        Cause::Dropped => format!("dropped in {all}"),
        Cause::ReluOff => format!("ReLU off in {all}"),
        Cause::DroppedOrReluOff => "dropped or ReLU off in every sample".to_owned(),
        Cause::NoError => "no error came back".to_owned(),
    }
}

/// What just happened at `stage`, for the sample looked at, in one or two sentences.
#[must_use]
pub fn now(trace: &Trace, stage: Stage, sample: usize) -> String {
    let name = sample + 1;
    let (batch, hidden) = (trace.batch(), trace.hidden_features());
    let which =
        |test: &dyn Fn(usize) -> bool| -> Vec<usize> { (0..hidden).filter(|&j| test(j)).collect() };
    let dropped = which(&|j| !trace.kept(sample, j));
    let off = which(&|j| !trace.active(sample, j));
    let carried = which(&|j| trace.kept(sample, j) && trace.active(sample, j));
    match stage {
        Stage::Input => format!(
            "Sample {name} of {batch} goes in: {}, drawn by torch.randn.",
            count(trace.in_features(), "number", "numbers")
        ),
        Stage::Fc1 => "Every hidden unit adds up inputs times weights, and its bias. No coin has been tossed yet.".to_owned(),
        Stage::Relu => format!(
            "Sums below 0 become 0: ReLU switches off {} for sample {name}. That is not dropout.",
            units(&off)
        ),
        Stage::Mask => mask_sentence(trace, name, &dropped),
        Stage::Scale => scale_sentence(trace),
        Stage::Fc2 => format!(
            "{} of {hidden} units carry sample {name}: the output is {}.",
            carried.len(),
            number(trace.pass.output.at(sample, 0))
        ),
        Stage::Loss => format!(
            "Sample {name} should have given {}, and gave {}. The loss is the mean of the squared errors: {}.",
            number(trace.target.at(sample, 0)),
            number(trace.pass.output.at(sample, 0)),
            number(trace.pass.loss)
        ),
        Stage::Backward => backward_sentence(trace, name, &carried),
        Stage::Accumulate => accumulate_sentence(trace),
        Stage::Sgd if trace.settings.mode() == Mode::Eval => {
            "Eval mode: dropout does nothing and no step is taken. The gradients are there all the same: switching them off is torch.no_grad()'s work.".to_owned()
        }
        Stage::Sgd => summary(trace),
    }
}

fn mask_sentence(trace: &Trace, name: usize, dropped: &[usize]) -> String {
    let p = trace.settings.p();
    match trace.settings.mode() {
        Mode::Eval => "Eval mode: no coin is tossed, every unit is kept.".to_owned(),
        Mode::Train => format!(
            "Each unit is dropped with probability {}, on its own, for each sample. Sample {name} loses {} of {}: {}.",
            short(p.p()),
            dropped.len(),
            trace.hidden_features(),
            units(dropped)
        ),
    }
}

fn scale_sentence(trace: &Trace) -> String {
    let p = trace.settings.p();
    match trace.settings.mode() {
        Mode::Eval => "Eval mode: nothing was dropped, so nothing is scaled.".to_owned(),
        Mode::Train if p.p() >= 1.0 => {
            "p = 1 drops everything: there is nothing left to scale.".to_owned()
        }
        Mode::Train => format!(
            "Kept values are divided by 1 − {}, that is multiplied by {}, so that the mean over many masks stays what it was.",
            short(p.p()),
            short(f64::from(trace.scale()))
        ),
    }
}

fn backward_sentence(trace: &Trace, name: usize, carried: &[usize]) -> String {
    let blocked = trace.hidden_features() - carried.len();
    match (carried.len(), blocked) {
        (0, _) => format!("No unit carried sample {name}, so its error reaches no row of fc1."),
        (_, 0) => format!("The error of sample {name} goes back through every unit."),
        _ => format!(
            "The error of sample {name} goes back only through {}. At the other {blocked} it stops: \
             what was dropped or off gets gradient 0 from this sample.",
            units(carried)
        ),
    }
}

/// A count as a sentence begins with it: small ones as words.
fn in_words(n: usize) -> String {
    let small = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    small
        .get(n)
        .map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

fn accumulate_sentence(trace: &Trace) -> String {
    let added = match trace.batch() {
        1 => "One sample's gradient is all there is.".to_owned(),
        batch => format!("The gradients of {batch} samples are added up."),
    };
    let zero: Vec<usize> = (0..trace.hidden_features())
        .filter(|&unit| blocked_by(trace, unit).is_some())
        .collect();
    match zero.len() {
        0 => format!("{added} Every row of fc1 gets one."),
        _ => format!(
            "{added} No sample adds anything to the rows of {}: their sum is 0.",
            units(&zero)
        ),
    }
}

/// What the step did to the rows of fc1: which missed out, for what reason, and which moved all the same.
fn summary(trace: &Trace) -> String {
    let rows = |test: &dyn Fn(&Lane) -> bool| -> Vec<usize> {
        (0..trace.hidden_features())
            .filter(|&unit| test(&trace.lanes[unit]))
            .collect()
    };
    let missed = rows(&|lane| lane.verdict.cause().is_some());
    let moved_anyway = rows(&|lane| matches!(lane.verdict, Verdict::MovedWithoutGradient(_)));
    let stuck = rows(&|lane| lane.verdict.cause().is_none() && lane.moved == 0.0);
    let what = if moved_anyway.is_empty() {
        "update"
    } else {
        "gradient"
    };
    let mut sentences = vec![match missed.len() {
        0 if stuck.is_empty() => "Every row of fc1 got an update in this step.".to_owned(),
        0 => "Every row of fc1 got a gradient.".to_owned(),
        1 => format!(
            "One row of fc1 got no {what} in this step: {}.",
            reasons(trace)
        ),
        n => format!(
            "{} rows of fc1 got no {what} in this step: {}.",
            capital(&in_words(n)),
            reasons(trace)
        ),
    }];
    if !moved_anyway.is_empty() {
        let mover = movers(trace.settings.sgd());
        sentences.push(format!(
            "{mover} moved {} all the same.",
            units(&moved_anyway)
        ));
    }
    if !stuck.is_empty() {
        let step = if trace.settings.sgd().lr == 0.0 {
            "The learning rate is 0"
        } else {
            "The step was too small"
        };
        sentences.push(format!(
            "{step}: the rows of {} did not move.",
            units(&stuck)
        ));
    }
    let lost = rows(&|lane| !lane.moved.is_finite());
    if !lost.is_empty() {
        let whose = units(&lost);
        sentences.push(format!(
            "The rows of {whose} are no longer numbers: training has diverged."
        ));
    }
    sentences.join(" ")
}

/// Which rows got no gradient, by reason.
fn reasons(trace: &Trace) -> String {
    let part = |(cause, reason): (Cause, &str)| {
        let rows: Vec<usize> = (0..trace.hidden_features())
            .filter(|&unit| blocked_by(trace, unit) == Some(cause))
            .collect();
        let verb = if rows.len() == 1 { "was" } else { "were" };
        match rows.len() {
            0 => None,
            n if n == trace.hidden_features() && n > 1 => Some(format!("every unit was {reason}")),
            _ => Some(format!("{} {verb} {reason}", units(&rows))),
        }
    };
    let parts: Vec<String> = [
        (Cause::Dropped, "dropped in every sample"),
        (Cause::ReluOff, "switched off by ReLU in every sample"),
        (Cause::DroppedOrReluOff, "one or the other each time"),
        (Cause::NoError, "reached by no error"),
    ]
    .into_iter()
    .filter_map(part)
    .collect();
    parts.join("; ")
}

/// What moves a row that got no gradient.
fn movers(sgd: &Sgd) -> &'static str {
    match (sgd.momentum != 0.0, sgd.weight_decay != 0.0) {
        (true, true) => "Momentum and weight decay",
        (false, true) => "Weight decay",
        (_, false) => "Momentum",
    }
}

/// Why the row of `unit` has no gradient, whatever became of it afterwards.
fn blocked_by(trace: &Trace, unit: usize) -> Option<Cause> {
    trace.lanes[unit].verdict.cause()
}

/// A name for a number of the step.
#[must_use]
pub fn target(target: Target) -> String {
    match target {
        Target::Input { sample, input } => format!("input x{} of sample {}", input + 1, sample + 1),
        Target::Unit { sample, unit } => format!("unit {} in sample {}", unit + 1, sample + 1),
        Target::Mask { sample, unit } => {
            format!("coin of unit {} in sample {}", unit + 1, sample + 1)
        }
        Target::Kept { unit } => format!("how often unit {} was kept", unit + 1),
        Target::WeightGrad { unit, input } => format!(
            "gradient of the weight from x{} to unit {}",
            input + 1,
            unit + 1
        ),
        Target::BiasGrad { unit } => format!("gradient of unit {}'s bias", unit + 1),
        Target::Fc2Grad { unit } => format!("gradient of fc2's weight for unit {}", unit + 1),
        Target::Weight { unit, input } => {
            format!("weight from x{} to unit {}", input + 1, unit + 1)
        }
        Target::Bias { unit } => format!("bias of unit {}", unit + 1),
        Target::Verdict { unit } => format!("verdict on unit {}", unit + 1),
        Target::Output { sample } => format!("output of sample {}", sample + 1),
        Target::Loss { sample } => format!("error of sample {}", sample + 1),
    }
}
