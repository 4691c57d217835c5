//! The first minute: new coins at every call, none in eval mode, the factor, and what it is good for.

use super::{Answer, Bet, Choice, Lesson, Scale, Step, Truth, live};
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "The first minute",
    aim: "Dropout tosses new coins at every call, scales what it keeps, and does nothing in eval mode.",
    minutes: 1,
    steps: &[AGAIN, EVAL, FACTOR, AVERAGE],
};

const AGAIN: Step = Step {
    task: "Ten units and four samples; the four outputs stand below the mask. A crossed cell is a unit that dropout set to 0 for that sample. Again sends the same input through the same weights once more.",
    before: "?v=1&stage=fc2",
    question: "Will the four outputs be the same?",
    bet: Bet::Choice(&[
        Choice {
            text: "Yes: same input, same weights, same output",
            gap: "Input and weights are the same, but the coins are not: in train mode every call tosses new ones.",
        },
        Choice {
            text: "No: they will differ",
            gap: "Every call in train mode tosses new coins, one for each unit and sample.",
        },
    ]),
    act: "Press Again, once.",
    after: "?v=1&again=0:1&stage=fc2",
    truth: |link| {
        let first = live::network("?v=1");
        let second = live::network(link);
        let (a, b) = (first.pass.output.at(0, 0), second.pass.output.at(0, 0));
        Truth {
            answer: Answer::Choice(usize::from(a != b)),
            says: t!(
                "Sample 1 gave {} and now gives {}.",
                words::number(a),
                words::number(b)
            ),
        }
    },
    why: "The seed makes the whole sequence of masks repeatable, not each call the same.",
    refutes: &["same_output"],
    claims: &["again_gives_other_outputs_in_train_mode"],
};

const EVAL: Step = Step {
    task: "The switch TRAIN | eval at the top is `model.train()` and `model.eval()`: the same network with the same weights, told to learn or to answer.",
    before: "?v=1&stage=fc2",
    question: "In eval mode, what will Again change?",
    bet: Bet::Choice(&[
        Choice {
            text: "The masks and the outputs, as before",
            gap: "`eval()` switches dropout off: no coin is tossed, so there is nothing to change.",
        },
        Choice {
            text: "Nothing",
            gap: "In eval mode dropout hands its input on untouched.",
        },
        Choice {
            text: "Only the scale",
            gap: "`eval()` switches the scaling off together with the coins.",
        },
    ]),
    act: "Switch to eval, then press Again as often as you like.",
    after: "?v=1&mode=eval&stage=fc2",
    truth: |link| {
        let trace = live::network(link);
        let same = trace.pass.dropped == trace.pass.hidden;
        Truth {
            answer: Answer::Choice(usize::from(same)),
            says: t!(
                "What leaves dropout is what entered it, all {} numbers, at every call: sample 1 gives {} each time.",
                trace.pass.hidden.numel(),
                words::number(trace.pass.output.at(0, 0))
            ),
        }
    },
    why: "In eval mode the network is a fixed function: ask twice, and you get the same answer twice.",
    refutes: &[],
    claims: &["eval_mode_hands_every_number_on"],
};

const FACTOR: Step = Step {
    task: "Back in train mode, fifty ones go through dropout. At p = 0.5 half of them are dropped, on average, and the others come out as 2.",
    before: "?v=1&view=tensor",
    question: "At p = 0.8, what will a 1 that is kept come out as?",
    bet: Bet::Choice(&[
        Choice {
            text: "2, as before",
            gap: "2 was 1 / (1 − 0.5). The factor follows p.",
        },
        Choice {
            text: "5",
            gap: "One in five is kept, so each must speak for five.",
        },
        Choice {
            text: "0.2",
            gap: "0.2 is the chance of being kept. Dropout divides by it, so the number grows.",
        },
        Choice {
            text: "1: what is kept keeps its value",
            gap: "Then the average would sink to 0.2. Dropout makes up for what it drops by scaling what it keeps.",
        },
    ]),
    act: "Drag p to 0.80.",
    after: "?v=1&view=tensor&p=0.8",
    truth: |link| {
        let trace = live::tensor(link);
        let kept = trace
            .chosen
            .output
            .data()
            .iter()
            .copied()
            .fold(0.0_f32, f32::max);
        Truth {
            answer: Answer::nearest(&[2.0, 5.0, 0.2, 1.0], f64::from(kept)),
            says: format!("1 / (1 − {}) = {}.", words::short(0.8), words::number(kept)),
        }
    },
    why: "Scaling up what is kept leaves the average where it was, which is why eval has nothing to correct.",
    refutes: &["survivors"],
    claims: &["a_kept_one_becomes_five_at_p_eight_tenths"],
};

const AVERAGE: Step = Step {
    task: "The network again, one sample, one output. Below is a single run with dropout; another mask, and it lands elsewhere along the axis.",
    before: "?v=1&view=expectation&through=net&draws=1",
    question: "Where will the average of 1,000 runs land?",
    bet: Bet::Marker(Scale {
        low: -1.0,
        high: 1.0,
        unit: "",
        near: 0.02,
    }),
    act: "Set draws to 1000.",
    after: "?v=1&view=expectation&through=net",
    truth: |link| {
        let trace = live::draws(link);
        Truth {
            answer: Answer::Number(trace.mean),
            says: t!(
                "The average of {} runs is {:.4}; eval mode gives {}, in one run and without a coin.",
                trace.draws,
                trace.mean,
                words::number(trace.eval)
            ),
        }
    },
    why: "That is what the scaling is for: over all masks this network averages to what eval mode computes at once.",
    refutes: &[],
    claims: &["a_thousand_runs_average_near_the_eval_output"],
};
