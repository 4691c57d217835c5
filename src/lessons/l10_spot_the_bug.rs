//! Spot the bug: four that were really written, each exposed by an experiment.

use super::{Answer, Bet, Choice, Lesson, Step, Truth, live};
use crate::model::exhibits::gradients::{Settings, Slip, Trace};
use crate::model::exhibits::{VariantsTrace, expectation};
use crate::nn::Tensor;
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "Spot the bug",
    aim: "Four real bugs that no error message names, each exposed by one experiment.",
    minutes: 4,
    steps: &[SCALE, EVAL, TIME, PRINT],
};

const SCALE: Step = Step {
    task: "\
In eval mode this network's hidden numbers are too small for what fc2 has learned.
    h = torch.relu(self.fc1(x))
    h = F.dropout(h, 0.5, self.training)
    if not self.training:
        h = h * (1 - 0.5)
    return self.fc2(h)
On the screen: PyTorch's dropout, whose mean is what eval mode gives.",
    before: "?v=1&view=expectation",
    question: "Which line is the bug?",
    bet: Bet::Choice(&[
        Choice {
            text: "`h = torch.relu(self.fc1(x))`",
            gap: "It does the same in both modes, so it cannot make them differ.",
        },
        Choice {
            text: "`h = F.dropout(h, 0.5, self.training)`",
            gap: "It is told the mode, and divides what it keeps by 0.5 in training. By itself it is sound.",
        },
        Choice {
            text: "`h = h * (1 - 0.5)`",
            gap: "F.dropout has made up for what it drops. This line makes up for it again.",
        },
    ]),
    act: "Choose the scaling that this code has, and compare the mean of the draws with the eval output.",
    after: "?v=1&view=expectation&scaling=both",
    truth: |link| {
        let (with, without) = (live::draws(link), live::draws("?v=1&view=expectation"));
        let sound =
            |draws: &expectation::Trace| (f64::from(draws.eval) - draws.law.mean).abs() < 1e-6;
        Truth {
            answer: Answer::Choice(match (sound(&without), sound(&with)) {
                (true, true) => 0,
                (false, _) => 1,
                (true, false) => 2,
            }),
            says: t!(
                "With it, a unit of 1 averages {} in training and is {} in eval mode. Without it, eval mode gives {}.",
                words::short(with.mean),
                words::short(f64::from(with.eval)),
                words::short(f64::from(without.eval))
            ),
        }
    },
    why: "Scale in training or at test time, not in both. PyTorch has chosen training, so that eval mode has nothing left to do.",
    refutes: &["scale_at_test"],
    claims: &["scaling_in_both_modes_leaves_1_minus_p_of_the_mean_in_eval_mode"],
};

const EVAL: Step = Step {
    task: "After model.eval(), a language model answers the same sentence in different ways. `print(model)` lists no dropout. On the screen, in train mode: WeightDrop, which it has inside.",
    before: "?v=1&view=variants&layer=variational&p=0.3",
    question: "Which experiment proves that a layer ignores eval()?",
    bet: Bet::Choice(&[
        Choice {
            text: "`print(model.training)` after `eval()`",
            gap: "It prints False: eval() was called. A layer that never asks is not seen by asking the model.",
        },
        Choice {
            text: "One call in train mode, one in eval mode",
            gap: "That they differ is no proof: a sound layer drops in one and not in the other.",
        },
        Choice {
            text: "Two calls in eval mode, same input",
            gap: "In eval mode the same input must give the same output, to the last digit.",
        },
        Choice {
            text: "Two calls at p = 0",
            gap: "At p = 0 nothing is dropped in either mode, and the bug is out of sight.",
        },
    ]),
    act: "Switch to eval, note the outputs, and press Again.",
    after: "?v=1&view=variants&layer=variational&p=0.3&mode=eval&again=1",
    truth: |link| {
        let first = live::variant("?v=1&view=variants&layer=variational&p=0.3&mode=eval");
        let second = live::variant(link);
        Truth {
            answer: Answer::Choice(if first.linear == second.linear { 0 } else { 2 }),
            says: t!(
                "The first call in eval mode gives {}, the second {}.",
                outputs(&first),
                outputs(&second)
            ),
        }
    },
    why: "Its forward says `training=True`. Set “obeys eval()” to on, which says `training=self.training`, and every call gives 4 and 4.",
    refutes: &["weight_drop_stops"],
    claims: &[
        "calls_in_eval_mode_differ_until_weight_drop_obeys",
        "at_p_0_weight_drop_is_the_same_in_both_modes",
    ],
};

/// "1 and 5.2857".
fn outputs(trace: &VariantsTrace) -> String {
    let outputs = trace.linear.iter().flat_map(Tensor::data);
    let words: Vec<String> = outputs.map(|y| words::short(f64::from(*y))).collect();
    words.join(t!(" and "))
}

const TIME: Step = Step {
    task: "\
A recurrent layer with batch_first=True gives x of size (3, 5, 4): samples, steps of time, features. Then comes LockedDropout:
    mask = x.new_empty(1, x.size(1), x.size(2))
    return mask.bernoulli_(1 - p) / (1 - p) * x
At each step, all samples lose the same features.",
    before: "?v=1&view=variants&layer=locked&batch_first=on",
    question: "Which size must the mask have to lock time, for each sample on its own?",
    bet: Bet::Choice(&[
        Choice {
            text: "`(1, 5, 4)`",
            gap: "That is what it has: 20 coins, a new set at every step, and none that belongs to a sample.",
        },
        Choice {
            text: "`(3, 1, 4)`",
            gap: "A coin for each feature of each sample, and the 1 where time is.",
        },
        Choice {
            text: "`(1, 1, 4)`",
            gap: "Time would be locked, and the batch too: 4 coins, and all samples lose the same features throughout.",
        },
        Choice {
            text: "`(3, 5, 1)`",
            gap: "That locks the features: 15 coins, and a step of a sample loses all of them or none.",
        },
    ]),
    act: "Set “batch first” to off, where this layer does lock time, and count its coins.",
    after: "?v=1&view=variants&layer=locked",
    truth: |link| {
        let trace = live::variant(link);
        Truth {
            answer: Answer::Choice(match trace.coins {
                20 => 0,
                12 => 1,
                4 => 2,
                _ => 3,
            }),
            says: t!(
                "{}: 3 samples × 4 features, and the 5 are the steps of time that share a coin.",
                words::variants::coins(&trace)
            ),
        }
    },
    why: "A 1 in the size of a mask says what shares a coin. It must stand where time is; or transpose before the layer and after it.",
    refutes: &["locks_time"],
    claims: &["what_locks_time_has_a_coin_for_each_feature_of_each_sample"],
};

const PRINT: Step = Step {
    task: "\
Notebook 004 shows what a step does to the weights:
    optimizer.step()
    print(\"Before:\", param.data)
    print(\"After: \", param.data - 0.01 * param.grad.data)
On the screen, in eval mode, no step is taken.",
    before: "?v=1&view=gradients&mode=eval",
    question: "When a step is taken, which of the two lines prints what it says?",
    bet: Bet::Choice(&[
        Choice {
            text: "Both",
            gap: "Both read param.data when the step has been taken.",
        },
        Choice {
            text: "Before only",
            gap: "It comes below optimizer.step(), which has written over the weight.",
        },
        Choice {
            text: "After only",
            gap: "Its param.data is the weight after the step already. The gradient is taken off a second time.",
        },
        Choice {
            text: "Neither",
            gap: "Before prints the weight after the step, and After takes the gradient off once more.",
        },
    ]),
    act: "Switch to TRAIN and scroll down to the step of fc1.weight[5, 0].",
    after: "?v=1&view=gradients",
    truth: |link| {
        let trace = Trace::new(&live::exhibit::<Settings>(link));
        let place = trace.settings.place();
        let slip = Slip::of(&trace.step, place.unit);
        let right = (
            slip.printed_before == slip.before,
            slip.printed_after == slip.after,
        );
        let numbers = words::gradients::around_step(&trace.step, place);
        let ([before, _, after], [printed_before, printed_after]) =
            (numbers.truth, numbers.printed);
        Truth {
            answer: Answer::Choice(match right {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            }),
            says: t!(
                "{} went from {} to {}. The notebook prints {} as Before and {} as After.",
                numbers.name,
                before.1,
                after.1,
                printed_before.1,
                printed_after.1
            ),
        }
    },
    why: "Print once above `optimizer.step()` and once below it, each time the weight and nothing else. What the code computes needs no second computation to be shown.",
    refutes: &[],
    claims: &["below_the_step_before_is_the_weight_after_and_after_is_a_gradient_too_far"],
};
