//! What was just done, in a short sentence for the screen and for screen readers.

use super::numbers::{all_samples, plain, scientific, short};
use crate::model::{Field, Settings, Stage};
use crate::nn::Mode;

/// Said when *step back* has nowhere to go.
pub const FIRST_STEP: &str = message!("This is the first step.");

/// Said after *reset*.
pub const RESET: &str = message!("Back to the defaults.");

/// Said when text is on the clipboard.
pub const COPIED: &str = message!("Copied.");

/// Said when the browser keeps the clipboard to itself.
pub const NOT_COPIED: &str =
    message!("This browser would not copy. Select the text and copy it by hand.");

/// Said when a file was handed to the browser.
#[must_use]
pub fn saved(name: &str) -> String {
    t!("Downloading {name}.")
}

/// Said when a page was handed to the browser's printing.
pub const PRINTED: &str = message!("Print it, or choose PDF as the printer.");

/// Said when a file could not be made.
pub const NOT_SAVED: &str = message!("This file could not be made.");

/// Said when a setting has changed.
#[must_use]
pub fn edited(settings: &Settings, field: Field) -> String {
    match field {
        Field::Mode => match settings.mode() {
            Mode::Train => t!("Train mode: dropout drops.").to_owned(),
            Mode::Eval => t!("Eval mode: dropout does nothing. Gradients still flow.").to_owned(),
        },
        Field::P => t!(
            "p = {}: a unit is dropped with probability {}, kept with {}.",
            plain(settings.p().p()),
            plain(settings.p().p()),
            short(settings.p().keep())
        ),
        _ => t!("{} is now {}.", field.name(), field.read(settings)),
    }
}

/// Said after *Again* in train mode.
#[must_use]
pub fn again(settings: &Settings) -> String {
    let call = settings.again().passes(settings.step()).saturating_add(1);
    let p = settings.p().p();
    let what = if p == 0.0 {
        t!("p = 0 keeps every unit, so the output is the same")
    } else if p >= 1.0 {
        t!("p = 1 drops every unit, so the output is the same")
    } else {
        t!("the same input, new coins")
    };
    t!("Call {call} of model(x): {what}.")
}

/// Said after *Again* in eval mode.
#[must_use]
pub fn again_in_eval(call: u32) -> String {
    t!("Call {call} of model(x) in eval mode: the same output to the last digit.")
}

/// Said when another step is on the screen.
#[must_use]
pub fn at_step(step: u32) -> String {
    t!("Step {step}.")
}

/// Said when the picture stands at a stage.
#[must_use]
pub fn at_stage(stage: Stage) -> &'static str {
    super::stage_title(stage)
}

/// Said after a fresh seed.
#[must_use]
pub fn fresh_seed(seed: u32) -> String {
    t!("Seed {seed}: new weights, new data, new masks.")
}

/// Said when a dead unit was found.
#[must_use]
pub fn found(seed: u64) -> String {
    t!("Seed {seed} leaves a unit without gradient.")
}

/// Said when no dead unit was found, with the chance that explains it.
#[must_use]
pub fn not_found(settings: &Settings, tried: u64) -> String {
    let batch = settings.batch();
    let chance = settings
        .p()
        .p()
        .powi(i32::try_from(batch).unwrap_or(i32::MAX));
    t!(
        "None of the next {tried} seeds leaves a unit without gradient through dropout. \
         A unit is dropped in {} with probability {}.",
        all_samples(batch),
        scientific(chance)
    )
}
