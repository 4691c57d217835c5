//! What just happened at a stage of a step, in one or two sentences with the numbers in them.

use super::numbers::{in_words, number, short, units};
use super::summary::{accumulate_sentence, summary};
use crate::model::{Stage, Trace};
use crate::nn::Mode;

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
        Stage::Input => t!(
            "Sample {name} of {batch} goes in: {}, drawn by torch.randn.",
            t!("{n} {n|number|numbers}", n = trace.in_features())
        ),
        Stage::Fc1 => t!("Every hidden unit adds up inputs times weights, and its bias. No coin has been tossed yet.").to_owned(),
        Stage::Relu => t!(
            "Sums below 0 become 0: ReLU switches off {} for sample {name}. That is not dropout.",
            units(&off)
        ),
        Stage::Mask => mask_sentence(trace, name, &dropped),
        Stage::Scale => scale_sentence(trace),
        Stage::Fc2 => t!(
            "{carrying} of {hidden} {hidden|unit|units} {carrying|carries|carry} sample {name}: the output is {}.",
            number(trace.pass.output.at(sample, 0)),
            carrying = carried.len()
        ),
        Stage::Loss => t!(
            "Sample {name} should have given {}, and gave {}. The loss is the mean of the squared errors: {}.",
            number(trace.target.at(sample, 0)),
            number(trace.pass.output.at(sample, 0)),
            number(trace.pass.loss)
        ),
        Stage::Backward => backward_sentence(trace, name, &carried),
        Stage::Accumulate => accumulate_sentence(trace),
        Stage::Sgd if trace.settings.mode() == Mode::Eval => {
            t!("Eval mode: dropout does nothing and no step is taken. The gradients are there all the same: switching them off is torch.no_grad()'s work.").to_owned()
        }
        Stage::Sgd => summary(trace),
    }
}

fn mask_sentence(trace: &Trace, name: usize, dropped: &[usize]) -> String {
    let p = trace.settings.p();
    match trace.settings.mode() {
        Mode::Eval => t!("Eval mode: no coin is tossed, every unit is kept.").to_owned(),
        Mode::Train => t!(
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
        Mode::Eval => t!("Eval mode: nothing was dropped, so nothing is scaled.").to_owned(),
        Mode::Train if p.p() >= 1.0 => {
            t!("p = 1 drops everything: there is nothing left to scale.").to_owned()
        }
        Mode::Train => t!(
            "Kept values are divided by 1 − {}, that is multiplied by {}, so that the mean over many masks stays what it was.",
            short(p.p()),
            short(f64::from(trace.scale()))
        ),
    }
}

fn backward_sentence(trace: &Trace, name: usize, carried: &[usize]) -> String {
    let blocked = trace.hidden_features() - carried.len();
    match (carried.len(), blocked) {
        (0, _) => t!("No unit carried sample {name}, so its error reaches no row of fc1."),
        (_, 0) => t!("The error of sample {name} goes back through every unit."),
        _ => t!(
            "The error of sample {name} goes back only through {}. At the other {} it stops: \
             what was dropped or off gets gradient 0 from this sample.",
            units(carried),
            in_words(blocked)
        ),
    }
}
