//! A thousand networks: dropout as the ensemble of all the networks that its masks leave, every one computed.

use super::{Answer, Bet, Choice, Lesson, Step, Truth, live};
use crate::model::Trace;
use crate::model::exhibits::subnetworks;
use crate::model::proof::subnetworks::{Ensemble, Placement};
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "A thousand networks",
    aim: "Ten units make 1,024 masks; eval mode is their average, as long as nothing bent follows dropout.",
    minutes: 4,
    steps: &[COUNT, MEAN, LOSS, BENT, ORDER, SIGMOID],
};

/// The sample that the views begin with: sample 2.
const SAMPLE: usize = 1;

const COUNT: Step = Step {
    task: "Every mask of ten units leaves another network: 2 × 2 × …, ten times, is 1,024. The picture follows sample 2; where ReLU is off for it, the unit is dotted.",
    before: "?v=1&stage=relu",
    question: "How many different outputs can the 1,024 networks give for sample 2?",
    bet: Bet::Choice(&[
        Choice {
            text: "1,024: every mask is another network",
            gap: "Every mask is, but a unit that ReLU has switched off hands on 0 whether it is kept or dropped.",
        },
        Choice {
            text: "10: one for each unit",
            gap: "Units are dropped in all combinations, not one at a time.",
        },
        Choice {
            text: "Far fewer than 1,024, but more than 10",
            gap: "Only the coins of the units that are on make a difference.",
        },
    ]),
    act: "",
    after: "?v=1&stage=relu",
    truth: |link| {
        told(link, |trace, ensemble| {
            let outputs = ensemble.subnetworks(trace.input.row(SAMPLE)).outputs;
            let masks = outputs.len();
            let distinct = distinct(outputs);
            let units = 0..trace.hidden_features();
            let on = units.filter(|unit| trace.active(SAMPLE, *unit)).count();
            let few = distinct > trace.hidden_features() && distinct < masks / 4;
            Truth {
                answer: Answer::Choice(match distinct {
                    all if all == masks => 0,
                    _ if few => 2,
                    _ => 1,
                }),
                says: t!(
                    "All {masks} masks, gone through just now in this page, give {distinct} different outputs. ReLU leaves {on} of the {} units on for sample 2: {} = {distinct}.",
                    trace.hidden_features(),
                    vec!["2"; on].join(" × "),
                ),
            }
        })
    },
    why: "Dropping a unit that is off changes nothing. Another sample has other units on, and so another number of networks.",
    refutes: &[],
    claims: &["a_sample_has_as_many_outputs_as_masks_of_the_units_that_are_on"],
};

const MEAN: Step = Step {
    task: "Let all 1,024 networks vote on a sample, each as often as its mask comes up, and take the average. Eval mode asks one network, once, with every unit on.",
    before: "?v=1&stage=fc2",
    question: "How far from that average is what eval mode gives?",
    bet: Bet::Choice(&[
        Choice {
            text: "A little off: one run cannot stand for a thousand",
            gap: "It can here: fc2 only multiplies and adds, and an average passes through that unchanged.",
        },
        Choice {
            text: "Not at all, but for rounding",
            gap: "fc2 only multiplies and adds, and an average passes through that unchanged.",
        },
        Choice {
            text: "Far off, until the network is trained",
            gap: "It holds for any weights: each unit alone averages to its value in eval mode, trained or not.",
        },
    ]),
    act: "Switch to eval.",
    after: "?v=1&mode=eval&stage=fc2",
    truth: |link| {
        told(link, |trace, ensemble| {
            let eval = |sample| f64::from(trace.pass.output.at(sample, 0));
            let average = |sample| ensemble.subnetworks(trace.input.row(sample)).mean();
            let off = |sample| (average(sample) - eval(sample)).abs();
            let largest = (0..trace.batch()).map(off).fold(0.0, f64::max);
            Truth {
                answer: Answer::nearest(&[0.01, 0.0, 0.1], largest),
                says: t!(
                    "Sample 2: eval mode gives {}, and the average of all its networks, computed just now in this page, is {}. The largest difference in the batch is {}.",
                    words::short(eval(SAMPLE)),
                    words::short(average(SAMPLE)),
                    crate::lang::localized(&format!("{largest:.0e}")),
                ),
            }
        })
    },
    why: "With one layer behind dropout that only multiplies and adds, eval mode is the average of all networks.",
    refutes: &[],
    claims: &["eval_mode_is_the_average_of_all_networks"],
};

const LOSS: Step = Step {
    task: "Back in train mode: the loss on the screen belongs to one set of masks. Average it over all masks, with the weights and samples as they are.",
    before: "?v=1&stage=loss",
    question: "How does that average compare with the loss in eval mode?",
    bet: Bet::Choice(&[
        Choice {
            text: "Equal: the outputs average out",
            gap: "The outputs do. The loss squares how far they are off, and squares do not average out.",
        },
        Choice {
            text: "It is higher",
            gap: "Outputs that jump about their average cost extra, since the loss squares how far they are off.",
        },
        Choice {
            text: "It is lower: many networks err less",
            gap: "Their average errs less. But in training each network pays for its own error.",
        },
    ]),
    act: "Switch to eval.",
    after: "?v=1&mode=eval&stage=loss",
    truth: |link| {
        told(link, |trace, ensemble| {
            let identity = ensemble.identity(&trace.input, &trace.target);
            let extra = identity.train - identity.eval;
            Truth {
                answer: Answer::Choice(match extra {
                    extra if extra > 1e-9 => 1,
                    extra if extra < -1e-9 => 2,
                    _ => 0,
                }),
                says: t!(
                    "Eval mode: {}. Over all masks, computed just now in this page: {} = {} + {} × {}, where {} is p / (1 − p).",
                    words::short(identity.eval),
                    words::short(identity.train),
                    words::short(identity.eval),
                    words::short(identity.factor),
                    words::short(extra / identity.factor),
                    words::short(identity.factor),
                ),
            }
        })
    },
    why: "The last number is the sum of every unit's (w2 × h)², averaged over samples. Dropout charges training for it, and so keeps weights small.",
    refutes: &[],
    claims: &["the_average_loss_over_masks_is_the_eval_loss_and_a_penalty"],
};

const BENT: Step = Step {
    task: "All 1,024 networks of sample 2, each where its output lies. Now put one more ReLU behind fc2: what lies below 0 becomes 0, in every network and in eval mode.",
    before: "?v=1&view=subnetworks",
    question: "With that ReLU, is eval mode still the average of all networks?",
    bet: Bet::Choice(&[
        Choice {
            text: "Yes: eval mode is the average",
            gap: "It was, as long as everything behind dropout only multiplied and added. ReLU bends.",
        },
        Choice {
            text: "No: it gives less than the average",
            gap: "A few outputs above 0 lift the average above 0, whatever the many below 0 would have taken away.",
        },
        Choice {
            text: "No: it gives more than the average",
            gap: "ReLU takes away outputs below 0, and that lifts the average, not the eval output.",
        },
    ]),
    act: "Under order, choose fc1, ReLU, dropout, fc2, ReLU.",
    after: "?v=1&view=subnetworks&placement=relu_on_output",
    truth: |link| {
        let trace = all(link);
        let (outputs, eval) = (&trace.subnetworks.outputs, trace.subnetworks.eval);
        let above = outputs.iter().filter(|output| **output > 0.0).count();
        Truth {
            answer: Answer::Choice(match trace.difference().0 {
                off if off > 1e-9 => 1,
                off if off < -1e-9 => 2,
                _ => 0,
            }),
            says: t!(
                "Eval mode gives {}. Of its {} networks {above} give more than 0, the others 0: their average is {}.",
                words::short(eval),
                outputs.len(),
                words::short(trace.mean),
            ),
        }
    },
    why: "An average does not pass through a bend. In networks with more layers eval mode is an approximation of the average, usually a good one.",
    refutes: &["always_average"],
    claims: &["behind_a_relu_eval_mode_never_gives_more_than_the_average"],
};

const ORDER: Step = Step {
    task: "SimpleNet drops after its ReLU. Other code drops before it: fc1, dropout, ReLU, fc2.",
    before: "?v=1&view=subnetworks",
    question: "With dropout before the ReLU, which outputs would be different?",
    bet: Bet::Choice(&[
        Choice {
            text: "Most: ReLU would see other numbers",
            gap: "It would see them twice as large, or 0, and hand on exactly what the other order hands on.",
        },
        Choice {
            text: "None, under any mask",
            gap: "ReLU(2 z) is 2 ReLU(z), and ReLU(0) is 0.",
        },
        Choice {
            text: "Single outputs, but not their average",
            gap: "Not even single ones: every unit hands on the same number in both orders.",
        },
    ]),
    act: "Under order, choose fc1, dropout, ReLU, fc2.",
    after: "?v=1&view=subnetworks&placement=before_relu",
    truth: |link| {
        let (after, before) = (all(ORDER.before), all(link));
        let (outputs, others) = (&after.subnetworks.outputs, &before.subnetworks.outputs);
        let pairs = outputs.iter().zip(others);
        let different = pairs.filter(|(after, before)| after != before).count();
        let off = (before.mean - after.mean).abs();
        Truth {
            answer: Answer::Choice(match different {
                0 => 1,
                _ if off > 1e-9 => 0,
                _ => 2,
            }),
            says: t!(
                "{different} of {} outputs differ. The average was {} and is {}.",
                outputs.len(),
                words::short(after.mean),
                words::short(before.mean),
            ),
        }
    },
    why: "Scaling by a positive number and setting to 0 both pass through ReLU. That is a property of ReLU, not of dropout.",
    refutes: &["order_of_relu"],
    claims: &["before_or_after_relu_is_the_same_under_every_mask"],
};

const SIGMOID: Step = Step {
    task: "A sigmoid in place of the ReLU squeezes any number to between 0 and 1. With dropout after it, a dropped unit hands on 0. Now put dropout before it.",
    before: "?v=1&view=subnetworks&placement=after_sigmoid",
    question: "What will a dropped unit hand on to fc2 then?",
    bet: Bet::Choice(&[
        Choice {
            text: "0: it is dropped",
            gap: "Dropout set its sum to 0, and then came the sigmoid, which makes 0.5 of it.",
        },
        Choice {
            text: "0.5",
            gap: "sigmoid(0) is 0.5, so the unit still speaks.",
        },
        Choice {
            text: "1",
            gap: "A sigmoid comes near 1 for large sums. Of 0 it makes 0.5.",
        },
    ]),
    act: "Under order, choose fc1, dropout, sigmoid, fc2.",
    after: "?v=1&view=subnetworks&placement=before_sigmoid",
    truth: |link| {
        let trace = all(link);
        // With every unit dropped the output is the bias, and what dropped units hand on times the weights.
        let weights: f64 = trace.units.iter().map(|unit| unit.weight).sum();
        let handed_on = (trace.subnetworks.outputs[0] - trace.bias()) / weights;
        Truth {
            answer: Answer::nearest(&[0.0, 0.5, 1.0], handed_on),
            says: t!(
                "sigmoid(0) = 1 / (1 + 1) = {}. The average over all masks is {}, and eval mode gives {}.",
                words::short(handed_on),
                words::short(trace.mean),
                words::short(trace.subnetworks.eval),
            ),
        }
    },
    why: "So the order matters for a sigmoid. Put dropout after the activation, and dropped means 0 whatever the activation.",
    refutes: &["always_average"],
    claims: &[
        "before_a_sigmoid_a_dropped_unit_hands_on_one_half",
        "before_or_after_a_sigmoid_is_not_the_same",
    ],
};

/// What `tell` says of the network in a link and its ensemble; why not, where it has more units than are gone through.
fn told(link: &str, tell: fn(&Trace, &Ensemble) -> Truth) -> Truth {
    let trace = live::network(link);
    match Ensemble::of(&trace, Placement::AfterRelu) {
        Ok(ensemble) => tell(&trace, &ensemble),
        Err(error) => Truth {
            answer: Answer::Choice(0),
            says: error.to_string(),
        },
    }
}

/// All subnetworks, as their own view has them.
fn all(link: &str) -> subnetworks::Trace {
    subnetworks::Trace::new(&live::exhibit(link))
}

/// How many different numbers there are.
fn distinct(mut numbers: Vec<f64>) -> usize {
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    numbers.len()
}
