//! Backward: which rows of fc1 get no gradient, which move all the same, and what the step does with a gradient.

use super::{Answer, Bet, Choice, Lesson, Scale, Step, Truth, live};
use crate::model::Trace;
use crate::model::exhibits::{gradients, momentum};
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "Backward",
    aim: "A row of fc1 gets no gradient only if every sample misses it, and even then it may move.",
    minutes: 4,
    steps: &[KEPT_ONCE, STILL, MOMENTUM, STORY, DECAY, RATE],
};

const KEPT_ONCE: Step = Step {
    task: "Each lane ends with its unit's row of fc1. In eval mode row 4 gets a gradient from samples 1 and 2, where its unit is on. In train mode unit 4 is kept for one of the four samples.",
    before: "?v=1&mode=eval&again=0:1",
    question: "Will row 4 get a gradient in train mode?",
    bet: Bet::Choice(&[
        Choice {
            text: "Yes: kept once is enough",
            gap: "Enough if it is on there. It was kept for a sample in which ReLU gave 0.",
        },
        Choice {
            text: "No",
            gap: "Being kept is not enough: it must be on in the same sample.",
        },
    ]),
    act: "Switch to TRAIN and look at lane 4.",
    after: "?v=1&again=0:1",
    truth: |link| {
        const UNIT: usize = 3;
        let trace = live::network(link);
        let on = samples(&trace, |sample| trace.active(sample, UNIT));
        let kept = samples(&trace, |sample| trace.kept(sample, UNIT));
        Truth {
            answer: Answer::Choice(usize::from(trace.without_gradient(UNIT))),
            says: t!(
                "Unit 4 is on in samples {on} and kept in sample {kept} alone: all four add 0."
            ),
        }
    },
    why: "So there are three ways to miss an update: dropped in every sample (row 8), off by ReLU in every sample (row 2), one or the other each time (row 4).",
    refutes: &[],
    claims: &[
        "a_row_misses_out_exactly_when_every_sample_dropped_it_or_left_it_off",
        "a_step_may_show_all_three_ways_to_miss_an_update",
    ],
};

const STILL: Step = Step {
    task: "Again tosses 40 new coins. Look at the units that have a crossed cell: those that are dropped for at least one sample.",
    before: "?v=1&again=0:1&stage=relu",
    question: "How many of their rows will move in this step?",
    bet: Bet::Choice(&[
        Choice {
            text: "None: a dropped unit is not updated",
            gap: "It is dropped for a sample, not for the step. The other samples still reach its row.",
        },
        Choice {
            text: "Most of them",
            gap: "A unit is dropped for a sample, not for the step.",
        },
        Choice {
            text: "All of them",
            gap: "Some were dropped or off in every sample, and nobody reaches those.",
        },
    ]),
    act: "Press Again.",
    after: "?v=1&again=0:2",
    truth: |link| {
        let trace = live::network(link);
        let crossed = |unit: usize| (trace.lanes[unit].kept as usize) < trace.batch();
        let moved = rows(&trace, |unit| {
            crossed(unit) && trace.lanes[unit].moved > 0.0
        });
        let crossed = rows(&trace, crossed);
        Truth {
            answer: Answer::nearest(&[0.0, 0.7, 1.0], f64::from(moved) / f64::from(crossed)),
            says: t!(
                "{crossed} units were dropped for some sample, and {moved} of their rows moved."
            ),
        }
    },
    why: "The gradient of a row is a sum over the batch: a dropped sample adds 0, the others what they have. On average, between three and four of the ten rows get nothing.",
    refutes: &["never_updates"],
    claims: &[
        "most_rows_of_units_that_were_dropped_for_a_sample_move",
        "of_ten_rows_between_three_and_four_miss_out_on_average",
    ],
};

const MOMENTUM: Step = Step {
    task: "Step 1, the second training step. Rows 2, 4 and 8 get no gradient, and none of them moves. Row 4 had one in the step before; rows 2 and 8 had none there either.",
    before: "?v=1&step=1",
    question: "With momentum 0.9, which of the three will move?",
    bet: Bet::Choice(&[
        Choice {
            text: "None: no gradient, no move",
            gap: "That holds for plain SGD. With momentum the step follows a velocity, and a gradient of 0 only lets it fade.",
        },
        Choice {
            text: "Row 4",
            gap: "It goes on with what is left of its velocity.",
        },
        Choice {
            text: "All three",
            gap: "Momentum goes on; it does not start. Rows 2 and 8 have not had a gradient yet, so their velocity is 0.",
        },
    ]),
    act: "Open “Network, data and optimiser” and set momentum to 0.9.",
    after: "?v=1&momentum=0.9&step=1",
    truth: |link| {
        let trace = live::network(link);
        let moved = |unit: usize| trace.lanes[unit].moved;
        let answer = match [1, 3, 7].map(|unit| moved(unit) > 0.0) {
            [false, true, false] => 1,
            [false, false, false] => 0,
            _ => 2,
        };
        let before = live::network("?v=1&momentum=0.9").lanes[3].moved;
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "Row 4 moved by 0.9 × {} = {} without a gradient, rows 2 and 8 by {}.",
                words::number(before),
                words::number(moved(3)),
                words::short(f64::from(moved(1).max(moved(7))))
            ),
        }
    },
    why: "velocity = momentum × velocity + gradient, and the weight moves by learning rate × velocity. A gradient of 0 leaves nine tenths of the velocity.",
    refutes: &["frozen"],
    claims: &[
        "momentum_moves_a_row_without_gradient_by_nine_tenths_of_its_last_move",
        "momentum_does_not_move_a_row_that_never_had_a_gradient",
    ],
};

const STORY: Step = Step {
    task: "One weight, at the foot of the page. It begins at 1 and gets the gradients 0.5, 0 and 0, at learning rate 0.03. Without momentum it goes to 0.985 and stays there.",
    before: "?v=1&view=gradients&story_momentum=0",
    question: "With momentum 0.9, where will the weight be after the third gradient?",
    bet: Bet::Number(Scale {
        low: 0.9,
        high: 1.0,
        unit: "",
        near: 0.005,
    }),
    act: "Under “A gradient of zero is no standstill”, set momentum to 0.9.",
    after: "?v=1&view=gradients",
    truth: |link| {
        let settings = live::exhibit::<gradients::Settings>(link);
        let [one, two, three] = momentum::story(settings.story());
        let digits = |value: f32| {
            let text = format!("{value:.6}");
            text.trim_end_matches('0').to_owned()
        };
        let step = |from: momentum::Step, to: momentum::Step| {
            let [before, by, after] = [from.weight, to.velocity, to.weight].map(digits);
            format!("{before} − 0.03 × {by} = {after}")
        };
        Truth {
            answer: Answer::Number(f64::from(three.weight)),
            says: t!("{}, then {}.", step(one, two), step(two, three)),
        }
    },
    why: "The velocity goes 0.5, 0.45, 0.405: nine tenths at every step. Without further gradients the weight would end near 0.85, ten times the first move away.",
    refutes: &["frozen"],
    claims: &[
        "the_weight_of_momentums_story_goes_on_without_gradient",
        "momentum_in_the_end_moves_a_weight_ten_times_as_far_as_its_first_step",
    ],
};

const DECAY: Step = Step {
    task: "The first step again, with plain SGD. Rows 1, 2 and 8 got no gradient and did not move. Weight decay pulls weights towards 0.",
    before: "?v=1",
    question: "With weight decay 0.1, how many of these three rows will move?",
    bet: Bet::Choice(&[
        Choice {
            text: "None: without gradient there is no step",
            gap: "optimizer.step() visits every weight. Weight decay adds its own part to a gradient of 0.",
        },
        Choice {
            text: "One: row 8, which was kept once",
            gap: "Weight decay does not ask who was kept: it looks at the weight alone.",
        },
        Choice {
            text: "All three",
            gap: "Weight decay does not ask for a gradient: it looks at the weight alone.",
        },
    ]),
    act: "Open “Network, data and optimiser” and set weight decay to 0.1.",
    after: "?v=1&weight_decay=0.1",
    truth: |link| {
        let trace = live::network(link);
        let three = |unit: usize| [0, 1, 7].contains(&unit);
        let moved = rows(&trace, |unit| three(unit) && trace.lanes[unit].moved > 0.0);
        let sgd = trace.settings.sgd();
        let weight = words::number(largest(trace.before.fc1.weight.row(0)));
        Truth {
            answer: Answer::nearest(&[0.0, 1.0, 3.0], f64::from(moved)),
            says: t!(
                "{moved} of 3 moved. The largest weight of row 1 has the size {weight}, and {} × {} × {weight} = {}.",
                words::plain(sgd.lr),
                words::plain(sgd.weight_decay),
                words::number(trace.lanes[0].moved)
            ),
        }
    },
    why: "PyTorch adds weight decay × weight to the gradient before it steps. So a unit that nobody uses fades towards 0.",
    refutes: &["frozen"],
    claims: &["weight_decay_moves_a_row_without_gradient_by_lr_times_decay_times_weight"],
};

const RATE: Step = Step {
    task: "Each lane ends with its row before the step, the move, and the row after: after = before − learning rate × gradient. The heads of the columns name the darkest gradient and the longest move.",
    before: "?v=1",
    question: "The learning rate grows from 0.01 to 0.1. What grows ten times?",
    bet: Bet::Choice(&[
        Choice {
            text: "Gradients and moves",
            gap: "The gradients are there before the step: they come from the weights before it and know no learning rate.",
        },
        Choice {
            text: "Moves only",
            gap: "The gradients are there before the step and know no learning rate.",
        },
        Choice {
            text: "The weights after the step",
            gap: "They are the weights before, less the move. Only the move grows.",
        },
    ]),
    act: "Open “Network, data and optimiser” and set the learning rate to 0.1.",
    after: "?v=1&lr=0.1",
    truth: |link| {
        let (slow, fast) = (live::network("?v=1"), live::network(link));
        let gradient = |trace: &Trace| {
            let grad = &trace.pass.grad.fc1;
            largest(grad.weight.data()).max(largest(grad.bias.data()))
        };
        let moves = |trace: &Trace| {
            let moves: Vec<f32> = trace.lanes.iter().map(|lane| lane.moved).collect();
            largest(&moves)
        };
        let weights = |trace: &Trace| largest(trace.after.fc1.weight.data());
        let grew = [gradient, weights].map(|of| of(&fast) > 2.0 * of(&slow));
        let answer = match grew {
            [true, _] => 0,
            [false, false] => 1,
            [false, true] => 2,
        };
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "The largest gradient stays {}. The longest move was {} and is now {}.",
                words::number(gradient(&fast)),
                words::number(moves(&slow)),
                words::number(moves(&fast))
            ),
        }
    },
    why: "Forward and backward use the weights before the step; optimizer.step() writes over them. Whoever wants to print them must do so before it.",
    refutes: &[],
    claims: &["the_first_move_is_the_learning_rate_times_the_gradient"],
};

/// How many units `test` is true of.
fn rows(trace: &Trace, test: impl Fn(usize) -> bool) -> u32 {
    (0..trace.hidden_features())
        .map(|unit| u32::from(test(unit)))
        .sum()
}

/// The largest size.
fn largest(values: &[f32]) -> f32 {
    values.iter().map(|value| value.abs()).fold(0.0, f32::max)
}

/// The samples of which `test` is true, from 1: "1 and 3".
fn samples(trace: &Trace, test: impl Fn(usize) -> bool) -> String {
    let names = (0..trace.batch()).filter(|&sample| test(sample));
    let names: Vec<String> = names.map(|sample| (sample + 1).to_string()).collect();
    names.join(t!(" and "))
}
