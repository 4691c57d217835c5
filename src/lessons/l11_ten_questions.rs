//! Ten questions: the most stubborn beliefs once more, each with settings that no lesson before used.

use super::{Answer, Bet, Choice, Lesson, Step, Truth, live};
use crate::model::Verdict;
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "Ten questions",
    aim: "What sticks: ten beliefs about dropout, none of them true.",
    minutes: 5,
    steps: &[
        LETTER, EXACTLY, SUM, NO_GRAD, FACTOR, MASKS, ZEROS, MOMENTUM, FUNCTIONAL, WEIGHTS,
    ],
};

const LETTER: Step = Step {
    task: "A hundred coins of nn.Dropout, at p = 0.5 so far.",
    before: "?v=1&view=coin",
    question: "At p = 0.1, about how many of the 100 will be 0?",
    bet: Bet::Choice(&[
        Choice {
            text: "About 10",
            gap: "p is the chance of being dropped.",
        },
        Choice {
            text: "About 90",
            gap: "That is how many are kept: 1 − p of them.",
        },
    ]),
    act: "Drag p to 0.10.",
    after: "?v=1&view=coin&p=0.1",
    truth: |link| {
        let trace = live::coins(link);
        let zeros = trace.settings.draws() - trace.ones;
        Truth {
            answer: Answer::nearest(&[10.0, 90.0], f64::from(zeros)),
            says: t!("{zeros} are 0, {} are 1.", trace.ones),
        }
    },
    why: "`nn.Dropout(p)` drops with probability p.",
    refutes: &["keep_probability"],
    claims: &["a_tenth_of_the_coins_is_0_at_p_one_tenth"],
};

const EXACTLY: Step = Step {
    task: "A thousand coins at p = 0.5, counted by ten. Now count them by a hundred: ten layers of a hundred units.",
    before: "?v=1&view=coin&draws=1000",
    question: "In how many of the ten layers are exactly 50 units dropped?",
    bet: Bet::Choice(&[
        Choice {
            text: "All ten",
            gap: "Dropout counts nothing off. Every unit has its own coin, and 48 or 53 zeros are as good.",
        },
        Choice {
            text: "About five",
            gap: "Near 50, often. Exactly 50 comes up once in about twelve times.",
        },
        Choice {
            text: "None, one or two",
            gap: "Exactly 50 of 100 comes up once in about twelve times.",
        },
    ]),
    act: "Set “counted by” to 100.",
    after: "?v=1&view=coin&draws=1000&group=100",
    truth: |link| {
        let trace = live::coins(link);
        let exactly = trace.counts[50];
        Truth {
            answer: Answer::nearest(&[10.0, 5.0, 1.0], f64::from(exactly)),
            says: t!(
                "{exactly} of {}. The probability is {} each time.",
                trace.groups,
                words::short(trace.binomial[50])
            ),
        }
    },
    why: "p says what happens on average. The more units, the less likely the exact number.",
    refutes: &["exactly_p"],
    claims: &["exactly_fifty_of_a_hundred_is_rare"],
};

const SUM: Step = Step {
    task: "1 + 2 + … + 10 = 55, drawn a hundred times. At p = 0 nothing falls, and every draw is 55.",
    before: "?v=1&view=expectation&through=sum&draws=100&p=0",
    question: "At p = 0.1, how many of the 100 draws will be 55?",
    bet: Bet::Choice(&[
        Choice {
            text: "Most: little is dropped, and scaled back",
            gap: "The scaling makes up for what is dropped on average, not in the draw at hand.",
        },
        Choice {
            text: "About 35: whenever nothing falls",
            gap: "Nothing falls in about 35, but scaled by 1 / 0.9 the sum is then 61.1.",
        },
        Choice {
            text: "None",
            gap: "What is kept is a whole number, and no whole number divided by 0.9 is 55.",
        },
    ]),
    act: "Drag p to 0.10.",
    after: "?v=1&view=expectation&through=sum&draws=100&p=0.1",
    truth: |link| {
        let trace = live::draws(link);
        Truth {
            answer: Answer::nearest(&[80.0, 35.0, 0.0], f64::from(trace.equal_eval)),
            says: t!(
                "{} of {}. Their mean is {}.",
                trace.equal_eval,
                trace.draws,
                words::short(trace.mean)
            ),
        }
    },
    why: "Dropout keeps the average of a sum over many draws, not the sum.",
    refutes: &["sum_unchanged"],
    claims: &["at_p_one_tenth_no_draw_of_the_sum_is_55"],
};

const NO_GRAD: Step = Step {
    task: "p = 0.8. Someone evaluates under `torch.no_grad()` and forgets `model.eval()`, so the model stays in train mode.",
    before: "?v=1&p=0.8&mode=eval&stage=mask",
    question: "How many of the 40 units and samples will dropout drop?",
    bet: Bet::Choice(&[
        Choice {
            text: "None: gradients are off",
            gap: "`no_grad()` keeps no gradients. It does not tell dropout anything.",
        },
        Choice {
            text: "About 8",
            gap: "8 is what is kept: 0.2 × 40.",
        },
        Choice {
            text: "About 32",
            gap: "0.8 × 40: only `eval()` stops it.",
        },
    ]),
    act: "Switch to TRAIN: that is what `no_grad()` leaves on.",
    after: "?v=1&p=0.8&stage=mask",
    truth: |link| {
        let trace = live::network(link);
        let mask = trace.pass.mask.data();
        let dropped: f64 = mask.iter().map(|mask| 1.0 - f64::from(*mask)).sum();
        Truth {
            answer: Answer::nearest(&[0.0, 8.0, 32.0], dropped),
            says: t!("{dropped} of {} are dropped.", mask.len()),
        }
    },
    why: "Evaluate with both: `model.eval()` for dropout, `torch.no_grad()` for memory and speed.",
    refutes: &["no_grad"],
    claims: &["in_train_mode_four_fifths_are_dropped_at_p_eight_tenths"],
};

const FACTOR: Step = Step {
    task: "p = 0.8 in train mode: what is kept is multiplied by 5.",
    before: "?v=1&p=0.8&stage=scale",
    question: "What is it multiplied by in eval mode?",
    bet: Bet::Choice(&[
        Choice {
            text: "5, as in training",
            gap: "Nothing is dropped in eval mode, so nothing must be made up for.",
        },
        Choice {
            text: "0.2, to bring it back down",
            gap: "That was the scheme of 2014. PyTorch scales in training, so that eval need not.",
        },
        Choice {
            text: "1",
            gap: "The scaling belongs to training.",
        },
    ]),
    act: "Switch to eval.",
    after: "?v=1&p=0.8&mode=eval&stage=scale",
    truth: |link| {
        let pass = live::network(link).pass;
        let (hidden, dropped) = (pass.hidden.data().iter(), pass.dropped.data());
        let on = hidden.zip(dropped).find(|(hidden, _)| **hidden > 0.0);
        let (hidden, dropped) = on.map_or((1.0, 0.0), |(hidden, dropped)| (*hidden, *dropped));
        Truth {
            answer: Answer::nearest(&[5.0, 0.2, 1.0], f64::from(dropped / hidden)),
            says: t!(
                "The first unit that is on goes in as {} and comes out as {}.",
                words::number(hidden),
                words::number(dropped)
            ),
        }
    },
    why: "Dropout in eval mode hands on what it gets.",
    refutes: &["scale_at_test"],
    claims: &["in_eval_mode_the_factor_is_one"],
};

const MASKS: Step = Step {
    task: "One sample, ten units, one mask. Now a batch of eight.",
    before: "?v=1&batch=1&stage=mask",
    question: "How many different masks will the eight samples have?",
    bet: Bet::Choice(&[
        Choice {
            text: "1: one call, one mask",
            gap: "One call, but a coin for each unit of each sample.",
        },
        Choice {
            text: "8, most likely",
            gap: "1,024 masks are possible, and eight draws seldom meet.",
        },
        Choice {
            text: "2: one for each half of the batch",
            gap: "Samples share nothing: each has its own coins.",
        },
    ]),
    act: "Open “Network, data and optimiser” and set batch to 8.",
    after: "?v=1&batch=8&stage=mask",
    truth: |link| {
        let trace = live::network(link);
        let rows = (0..trace.batch()).map(|sample| trace.pass.mask.row(sample));
        let mut masks: Vec<Vec<bool>> = rows
            .map(|row| row.iter().map(|mask| *mask != 0.0).collect())
            .collect();
        masks.sort();
        masks.dedup();
        let different = t!("{n} {n|mask|different masks}", n = masks.len());
        let distance = |of: usize| masks.len().abs_diff(of);
        let nearest = [1, 8, 2].into_iter().enumerate();
        let nearest = nearest.min_by_key(|(_, of)| distance(*of));
        Truth {
            answer: Answer::Choice(nearest.map_or(0, |(choice, _)| choice)),
            says: t!("{different} in a batch of {}.", trace.batch()),
        }
    },
    why: "Dropout works number by number. A row of the batch is nothing to it.",
    refutes: &["one_mask"],
    claims: &["eight_samples_mostly_have_eight_masks"],
};

const ZEROS: Step = Step {
    task: "In eval mode nothing is dropped. 40 numbers leave the dropout layer: ten units, four samples.",
    before: "?v=1&stage=mask",
    question: "About how many of them will be 0 in eval mode?",
    bet: Bet::Choice(&[
        Choice {
            text: "None",
            gap: "Dropout makes no zeros in eval mode, but ReLU made some before it.",
        },
        Choice {
            text: "About 20",
            gap: "ReLU makes 0 of every sum below 0, about half of them here.",
        },
        Choice {
            text: "About 30",
            gap: "That is with dropout: about half are off, and half of the rest is dropped.",
        },
    ]),
    act: "Switch to eval and count the dotted cells.",
    after: "?v=1&mode=eval&stage=mask",
    truth: |link| {
        let dropped = live::network(link).pass.dropped;
        let zeros = dropped.data().iter().filter(|value| **value == 0.0);
        let zeros = f64::from(zeros.map(|_| 1_u32).sum::<u32>());
        Truth {
            answer: Answer::nearest(&[0.0, 20.0, 30.0], zeros),
            says: t!("{zeros} of {} are 0, all by ReLU.", dropped.numel()),
        }
    },
    why: "A 0 behind dropout does not say who made it. The mask does.",
    refutes: &["zero_means_dropped"],
    claims: &["in_eval_mode_relu_alone_makes_about_half_zeros"],
};

const MOMENTUM: Step = Step {
    task: "Two training steps have been taken. In the third, the hatched rows get no gradient.",
    before: "?v=1&step=2",
    question: "With momentum 0.9, what do rows without a gradient do?",
    bet: Bet::Choice(&[
        Choice {
            text: "They stay: no gradient, no move",
            gap: "Momentum remembers earlier gradients and goes on moving the row.",
        },
        Choice {
            text: "They move, if they had a gradient before",
            gap: "Momentum carries a part of each earlier gradient on.",
        },
    ]),
    act: "Open “Network, data and optimiser” and set momentum to 0.9.",
    after: "?v=1&momentum=0.9&step=2",
    truth: |link| {
        let lanes = live::network(link).lanes;
        let without = lanes.iter().filter(|lane| lane.verdict.cause().is_some());
        let moved = lanes
            .iter()
            .filter(|lane| matches!(lane.verdict, Verdict::MovedWithoutGradient(_)))
            .count();
        Truth {
            answer: Answer::Choice(usize::from(moved > 0)),
            says: t!(
                "{} without a gradient; {moved} moved.",
                t!("{n} {n|row|rows}", n = without.count())
            ),
        }
    },
    why: "Whether a weight moves is the optimiser's affair. Momentum and weight decay move it without a gradient.",
    refutes: &["frozen"],
    claims: &["momentum_moves_what_had_a_gradient_before_and_nothing_else"],
};

const FUNCTIONAL: Step = Step {
    task: "A model's `forward()` says `x = F.dropout(x, 0.5)`. Then someone calls `model.eval()`.",
    before: "?v=1&view=variants&layer=functional",
    question: "About how many of the 60 numbers will be dropped in eval mode?",
    bet: Bet::Choice(&[
        Choice {
            text: "None",
            gap: "F.dropout is a function. It knows no model and hears of no `eval()`.",
        },
        Choice {
            text: "About 30",
            gap: "Its argument training is True unless the call says otherwise.",
        },
    ]),
    act: "Switch to eval.",
    after: "?v=1&view=variants&layer=functional&mode=eval",
    truth: |link| {
        let trace = live::variant(link);
        let numbers = trace.input.numel();
        let dropped = (0..numbers).filter(|index| !trace.keeps(*index)).count();
        Truth {
            answer: Answer::Choice(usize::from(dropped > 0)),
            says: t!("{dropped} of {numbers} are dropped, after `eval()`."),
        }
    },
    why: "Write `F.dropout(x, p, training=self.training)`, or use nn.Dropout.",
    refutes: &["functional_obeys"],
    claims: &["f_dropout_without_training_goes_on_dropping_half"],
};

const WEIGHTS: Step = Step {
    task: "The WeightDrop of notebook 003, variational: a coin for each of eight rows of weights, p = 0.5. Then `model.eval()`.",
    before: "?v=1&view=variants&layer=variational&out=8",
    question: "About how many of the eight rows will be dropped in eval mode?",
    bet: Bet::Choice(&[
        Choice {
            text: "None",
            gap: "Its code calls F.dropout with `training=True`, and `eval()` cannot change that.",
        },
        Choice {
            text: "About four",
            gap: "Its code says `training=True`, whatever the mode.",
        },
    ]),
    act: "Switch to eval.",
    after: "?v=1&view=variants&layer=variational&mode=eval&out=8",
    truth: |link| {
        let trace = live::variant(link);
        let dropped = trace.coins - trace.coins_kept();
        Truth {
            answer: Answer::Choice(usize::from(dropped > 0)),
            says: t!("{dropped} of {} are dropped, after `eval()`.", trace.coins),
        }
    },
    why: "When in doubt, call the model twice in eval mode: two outputs that differ betray it.",
    refutes: &["weight_drop_stops"],
    claims: &["variational_weight_drop_goes_on_in_eval_mode"],
};
