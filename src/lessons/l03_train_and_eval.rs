//! Lesson 3: what the mode changes, what it does not, and code that never hears of it.

use super::{Answer, Bet, Choice, Lesson, Step, Truth, live};
use crate::model::Trace;
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "Train and eval",
    aim: "The mode switches coins and scaling on and off together. Gradients are another switch.",
    minutes: 3,
    steps: &[P_IN_EVAL, P_IN_TRAIN, NO_GRAD, GRADIENTS, FUNCTIONAL],
};

/// Eval mode with p = 0.5, at the outputs: at the end of the step the page would speak of gradients already.
const OUTPUTS: &str = "?v=1&mode=eval&stage=fc2";

const P_IN_EVAL: Step = Step {
    task: "SimpleNet in eval mode. Below the mask are its four outputs, one a sample. p is 0.5, and p = 1 would mean: drop everything.",
    before: OUTPUTS,
    question: "What will the four outputs be at p = 1, still in eval mode?",
    bet: Bet::Choice(&[
        Choice {
            text: "All 0",
            gap: "Even with every unit gone, fc2 would add its bias. But in eval mode none is gone.",
        },
        Choice {
            text: "All the same: nothing is left but the bias of fc2",
            gap: "That is what train mode would give. In eval mode dropout does not look at p.",
        },
        Choice {
            text: "The four of now",
            gap: "In eval mode dropout is the identity, whatever p is.",
        },
    ]),
    act: "Drag p to 1.00.",
    after: "?v=1&p=1&mode=eval&stage=fc2",
    truth: |link| {
        let outputs = |link| live::network(link).pass.output;
        let (before, after) = (outputs(OUTPUTS), outputs(link));
        let all_zero = after.data().iter().all(|y| *y == 0.0);
        let answer = match (before == after, all_zero) {
            (true, _) => 2,
            (false, true) => 0,
            (false, false) => 1,
        };
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "Sample 1 gave {} at p = 0.5 and gives {} at p = 1.",
                words::number(before.at(0, 0)),
                words::number(after.at(0, 0))
            ),
        }
    },
    why: "`eval()` switches the coins and the scaling off together, and p is used for nothing else.",
    refutes: &[],
    claims: &["in_eval_mode_p_changes_no_output"],
};

const P_IN_TRAIN: Step = Step {
    task: "p is still 1 and the mode is eval. The four samples are four different inputs, and they give four different outputs.",
    before: "?v=1&p=1&mode=eval&stage=fc2",
    question: "How many different outputs will there be in train mode?",
    bet: Bet::Choice(&[
        Choice {
            text: "Four, as in eval mode",
            gap: "At p = 1 no unit of any sample is kept, so nothing of an input reaches fc2.",
        },
        Choice {
            text: "One, and it is 0",
            gap: "Ten zeros times ten weights are 0, but fc2 adds its bias, which no dropout touches.",
        },
        Choice {
            text: "One, and it is not 0",
            gap: "Nothing of the input is left. fc2 adds its bias to ten zeros.",
        },
    ]),
    act: "Switch to TRAIN.",
    after: "?v=1&p=1&stage=fc2",
    truth: |link| {
        let trace = live::network(link);
        let outputs = trace.pass.output.data();
        let one = outputs.iter().all(|y| *y == outputs[0]);
        let answer = match (one, outputs[0] == 0.0) {
            (false, _) => 0,
            (true, true) => 1,
            (true, false) => 2,
        };
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "All {} outputs are {}: ten times 0, and {}, the bias of fc2.",
                trace.batch(),
                words::number(outputs[0]),
                words::number(trace.before.fc2.bias.data()[0])
            ),
        }
    },
    why: "The same model and the same p, and the mode decides between everything and nothing.",
    refutes: &[],
    claims: &["at_p_one_in_train_mode_every_output_is_the_bias_of_fc2"],
};

const NO_GRAD: Step = Step {
    task: "You evaluate a model: inside `with torch.no_grad():` you call `model(x)` twice. You forgot `model.eval()`, so it is in train mode, like the one on the screen.",
    before: "?v=1&stage=fc2",
    question: "Will the two calls give the same outputs?",
    bet: Bet::Choice(&[
        Choice {
            text: "Yes: no_grad is for evaluation",
            gap: "`no_grad()` only stops autograd from taking notes. Dropout asks for the mode, and the mode is train.",
        },
        Choice {
            text: "No",
            gap: "Nobody called `eval()`, so dropout tosses new coins in each call.",
        },
    ]),
    act: "Press Again, once: that is the second call.",
    after: "?v=1&again=0:1&stage=fc2",
    truth: |link| {
        let (first, second) = (live::network("?v=1"), live::network(link));
        Truth {
            answer: Answer::Choice(usize::from(first.pass.output != second.pass.output)),
            says: t!(
                "Sample 1 gave {} and now gives {}. `no_grad()` changes no number on the way forward.",
                words::number(first.pass.output.at(0, 0)),
                words::number(second.pass.output.at(0, 0))
            ),
        }
    },
    why: "To evaluate, call `eval()` for the numbers. `no_grad()` besides saves memory and time.",
    refutes: &["no_grad", "same_output"],
    claims: &["again_gives_other_outputs_in_train_mode"],
};

const GRADIENTS: Step = Step {
    task: "Train mode again. The lanes that are hatched from end to end belong to units whose row of fc1 got no gradient; the others got one.",
    before: "?v=1",
    question: "In eval mode, how many of the ten rows will get a gradient?",
    bet: Bet::Choice(&[
        Choice {
            text: "None: eval mode switches gradients off",
            gap: "`eval()` tells dropout to step aside. Switching gradients off is `torch.no_grad()`'s work.",
        },
        Choice {
            text: "As many as in train mode",
            gap: "In train mode dropped units block gradients too. In eval mode only ReLU can.",
        },
        Choice {
            text: "More than in train mode",
            gap: "No unit is dropped in eval mode, so only ReLU still blocks gradients.",
        },
    ]),
    act: "Switch to eval.",
    after: "?v=1&mode=eval",
    truth: |link| {
        let (train, eval) = (live::network("?v=1"), live::network(link));
        let (then, now) = (with_gradient(&train), with_gradient(&eval));
        let answer = match (now, now > then) {
            (0, _) => 0,
            (_, false) => 1,
            (_, true) => 2,
        };
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "{now} of {} rows get a gradient, where train mode gave one to {then}.",
                eval.hidden_features()
            ),
        }
    },
    why: "`eval()` and `no_grad()` are two switches: one stops the coins, the other the gradients. Neither does the other's work.",
    refutes: &["no_grad"],
    claims: &["in_eval_mode_only_relu_keeps_a_row_from_its_gradient"],
};

const FUNCTIONAL: Step = Step {
    task: "Sixty ones through `nn.Dropout` in eval mode: untouched. Now the module is rewritten. Its forward calls `F.dropout(x, p)` instead, and `model.eval()` is called as before.",
    before: "?v=1&view=variants&mode=eval",
    question: "What will F.dropout drop in eval mode?",
    bet: Bet::Choice(&[
        Choice {
            text: "Nothing: eval() reaches every dropout",
            gap: "`eval()` sets a flag on modules. A function is no module and never sees the flag.",
        },
        Choice {
            text: "About half of the sixty",
            gap: "`F.dropout(x, p)` has training=True unless the call says otherwise.",
        },
        Choice {
            text: "All of them",
            gap: "It drops each number with chance p, exactly as in training.",
        },
    ]),
    act: "Under layer, choose F.dropout in a module.",
    after: "?v=1&view=variants&layer=functional&mode=eval",
    truth: |link| {
        let trace = live::variant(link);
        let zeros = trace.output.data().iter().filter(|y| **y == 0.0).count();
        let share = f64::from(u16::try_from(zeros).unwrap_or(u16::MAX)) / 60.0;
        Truth {
            answer: Answer::nearest(&[0.0, 0.5, 1.0], share),
            says: t!(
                "{zeros} of {} numbers are 0, and the mode is eval.",
                trace.output.numel()
            ),
        }
    },
    why: "Write `F.dropout(x, p, training=self.training)`, or keep the module. Set obeys eval() to on, and the sixty are untouched.",
    refutes: &["functional_obeys"],
    claims: &["functional_dropout_drops_in_eval_mode_unless_it_is_told"],
};

/// Rows of fc1 that got a gradient.
fn with_gradient(trace: &Trace) -> usize {
    let rows = 0..trace.hidden_features();
    rows.filter(|unit| !trace.without_gradient(*unit)).count()
}
