//! Locked dropout and weight drop: which numbers share a coin, and who obeys `eval()`.

use super::{Answer, Bet, Choice, Lesson, Step, Truth, live};
use crate::model::exhibits::VariantsTrace;
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "Locked dropout and weight drop",
    aim: "Relatives of dropout differ in which numbers share a coin, and not all of them obey eval().",
    minutes: 3,
    steps: &[COINS, BATCH_FIRST, BIAS, CONNECT, EVAL],
};

const COINS: Step = Step {
    task: "nn.Dropout over 60 numbers tosses 60 coins. LockedDropout of notebook 003 is made for sequences: T = 5 steps of time, B = 3 samples, H = 4 features.",
    before: "?v=1&view=variants",
    question: "How many coins will LockedDropout toss for its 60 numbers?",
    bet: Bet::Choice(&[
        Choice {
            text: "60: one for each number",
            gap: "That would be nn.Dropout. Locked means that numbers share a coin.",
        },
        Choice {
            text: "12: one for each feature of each sample",
            gap: "What is locked is time: a feature that is dropped is dropped in all steps of the sequence.",
        },
        Choice {
            text: "5: one for each step of time",
            gap: "The other way round: all steps of time share a coin, features and samples do not.",
        },
        Choice {
            text: "1: all or nothing",
            gap: "Only the steps of time share a coin. Samples and features keep their own.",
        },
    ]),
    act: "Choose LockedDropout as the layer.",
    after: "?v=1&view=variants&layer=locked",
    truth: |link| {
        let trace = live::variant(link);
        Truth {
            answer: Answer::Choice(match trace.coins {
                60 => 0,
                12 => 1,
                5 => 2,
                _ => 3,
            }),
            says: t!(
                "{}: 3 samples × 4 features. The mask has the shape (1, B, H), and every step of time gets the same.",
                words::variants::coins(&trace)
            ),
        }
    },
    why: "A feature that a sample loses is missing from its whole sequence, instead of coming and going from step to step.",
    refutes: &[],
    claims: &["locked_dropout_tosses_a_coin_for_each_feature_of_each_sample"],
};

const BATCH_FIRST: Step = Step {
    task: "Many sequences come with the batch first: (B, T, H) instead of (T, B, H). LockedDropout is handed such a tensor, and nothing else changes.",
    before: "?v=1&view=variants&layer=locked",
    question: "Will each sample still keep one mask for all its steps?",
    bet: Bet::Choice(&[
        Choice {
            text: "Yes: locked dropout locks time",
            gap: "It locks the first dimension, whatever that is. Its code does not know which one is time.",
        },
        Choice {
            text: "No: the samples will share a mask instead",
            gap: "It locks the first dimension, whatever that is, and here that is the batch.",
        },
        Choice {
            text: "No: PyTorch will refuse the shape",
            gap: "Every shape of three dimensions fits. Nothing complains, which makes it a trap.",
        },
    ]),
    act: "Set “batch first” to on.",
    after: "?v=1&view=variants&layer=locked&batch_first=on",
    truth: |link| {
        let trace = live::variant(link);
        let shape = trace.output.shape();
        let (batch, time) = (shape[0], shape[1]);
        let mask = |sample: usize, step: usize| -> Vec<bool> {
            let row = sample * time + step;
            (0..shape[2])
                .map(|feature| trace.keeps(row * shape[2] + feature))
                .collect()
        };
        let new = |step: &usize| (0..*step).all(|other| mask(0, other) != mask(0, *step));
        let masks = (0..time).filter(new).count();
        let shared =
            (1..batch).all(|sample| (0..time).all(|step| mask(sample, step) == mask(0, step)));
        Truth {
            answer: Answer::Choice(match (masks, shared) {
                (1, _) => 0,
                (_, true) => 1,
                (_, false) => 2,
            }),
            says: t!(
                "{}. At each step the {batch} samples share a mask, and the {time} steps have {masks} different ones.",
                words::variants::coins(&trace)
            ),
        }
    },
    why: "The mask is drawn as (1, x.size(1), x.size(2)). With batch-first data the 1 stands where the batch is.",
    refutes: &["locks_time"],
    claims: &["with_the_batch_first_samples_share_a_mask_and_steps_do_not"],
};

const BIAS: Step = Step {
    task: "WeightDrop drops weights. Here: Linear(3, 2), weights, bias and input all ones, so both outputs are 3 × 1 + 1 = 4. Its variational form tosses a coin for each row.",
    before: "?v=1&view=variants&layer=variational&p=0",
    question: "At p = 0.3, what will the output of a kept row be?",
    bet: Bet::Choice(&[
        Choice {
            text: "4, as before",
            gap: "The average stays 4. A kept row must make up for the times when it is dropped.",
        },
        Choice {
            text: "5.7143: 4 / 0.7",
            gap: "That scales the bias too. The bias is not a weight: it is never dropped, so it is not scaled.",
        },
        Choice {
            text: "5.2857: 3 / 0.7 + 1",
            gap: "The weights are scaled, the bias is neither dropped nor scaled.",
        },
        Choice {
            text: "3.1: 3 × 0.7 + 1",
            gap: "What is kept is divided by 0.7, not multiplied: it grows, to make up for what is dropped.",
        },
    ]),
    act: "Drag p to 0.30.",
    after: "?v=1&view=variants&layer=variational&p=0.3",
    truth: |link| {
        let trace = live::variant(link);
        let (outputs, weights) = (outputs(&trace), trace.output.data());
        let kept = outputs.iter().copied().fold(0.0, f32::max);
        let weight = weights.iter().copied().fold(0.0, f32::max);
        let least = outputs.iter().copied().fold(f32::INFINITY, f32::min);
        Truth {
            answer: Answer::nearest(&[4.0, 5.7143, 5.2857, 3.1], f64::from(kept)),
            says: t!(
                "3 × {} + 1 = {}. The other row is dropped and leaves its bias: {}.",
                words::number(weight),
                words::number(kept),
                words::short(f64::from(least))
            ),
        }
    },
    why: "Averaged over the coins that is 0.7 × 5.2857 + 0.3 × 1 = 4, the output without dropout.",
    refutes: &[],
    claims: &["a_kept_row_of_ones_gives_3_over_7_tenths_plus_1_and_4_on_average"],
};

const CONNECT: Step = Step {
    task: "The same Linear(3, 2). nn.Dropout in front of it would drop inputs: an input that is gone is gone for both outputs. DropConnect is the other form of WeightDrop.",
    before: "?v=1&view=variants&layer=variational&p=0.3",
    question: "In DropConnect, will both outputs lose the same inputs?",
    bet: Bet::Choice(&[
        Choice {
            text: "Yes: it is dropout by another name",
            gap: "Dropout takes away a number for everyone who reads it. DropConnect cuts single connections.",
        },
        Choice {
            text: "No: each output loses inputs of its own",
            gap: "DropConnect cuts single connections, each by a coin of its own.",
        },
        Choice {
            text: "No: one output loses all three or none",
            gap: "That is the variational form, a coin for each row. DropConnect has one for each weight.",
        },
    ]),
    act: "Choose “WeightDrop, DropConnect” as the layer.",
    after: "?v=1&view=variants&layer=dropconnect&p=0.3",
    truth: |link| {
        let trace = live::variant(link);
        let inputs = trace.input.shape()[1];
        let lost = |output: usize| -> Vec<usize> {
            (0..inputs)
                .filter(|&input| !trace.keeps(output * inputs + input))
                .collect()
        };
        let rows = [lost(0), lost(1)];
        let whole = rows
            .iter()
            .all(|lost| lost.is_empty() || lost.len() == inputs);
        let answer = match &rows {
            [a, b] if a == b => 0,
            _ if whole => 2,
            _ => 1,
        };
        let [first, second] = rows.map(|lost| listed(&lost));
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "{}. Output 0 lost {first}, output 1 lost {second}.",
                words::variants::coins(&trace)
            ),
        }
    },
    why: "Dropout: a coin for each number of each sample. DropConnect: a coin for each weight, tossed once a call, so that all samples of the batch go through the same cut net.",
    refutes: &["same_as_dropconnect"],
    claims: &[
        "dropconnect_cuts_single_connections_where_dropout_takes_whole_inputs",
        "dropconnect_tosses_as_many_coins_as_there_are_weights",
    ],
};

const EVAL: Step = Step {
    task: "WeightDrop's variational form again, at p = 0.3, in train mode.",
    before: "?v=1&view=variants&layer=variational&p=0.3",
    question: "After eval(), what will the two outputs be?",
    bet: Bet::Choice(&[
        Choice {
            text: "4 and 4: nothing is dropped any more",
            gap: "It should be. But the notebook's code calls F.dropout with training=True, and eval() cannot reach that.",
        },
        Choice {
            text: "Each 1 or 5.2857, as in train mode",
            gap: "The notebook's code calls F.dropout with training=True, and eval() cannot reach that.",
        },
        Choice {
            text: "5.2857 and 5.2857: both kept, still scaled",
            gap: "Neither half is switched off: its code goes on tossing coins, and goes on scaling.",
        },
    ]),
    act: "Switch to eval.",
    after: "?v=1&view=variants&layer=variational&p=0.3&mode=eval",
    truth: |link| {
        let calls = [0, 1].map(|again| live::variant(&format!("{link}&again={again}")));
        let [now, next] = calls.each_ref().map(outputs);
        let untouched = calls.iter().all(|call| call.output == call.input);
        let numbers = 0..calls[0].input.numel();
        let kept = calls
            .iter()
            .all(|call| numbers.clone().all(|index| call.keeps(index)));
        let answer = match (untouched, kept) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => 2,
        };
        let pair = |outputs: &[f32]| {
            let words: Vec<String> = outputs
                .iter()
                .map(|y| words::short(f64::from(*y)))
                .collect();
            words.join(t!(" and "))
        };
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "{}, in eval mode. Press Again, and the same input gives {}.",
                pair(now),
                pair(next)
            ),
        }
    },
    why: "DropConnect in the same notebook hands self.training on, and stops. One word in the code decides.",
    refutes: &["weight_drop_stops"],
    claims: &[
        "variational_weight_drop_goes_on_after_eval",
        "dropconnect_stops_after_eval",
    ],
};

/// What the linear layer answers.
fn outputs(trace: &VariantsTrace) -> &[f32] {
    trace.linear.as_ref().map_or(&[], |linear| linear.data())
}

/// "no input", "input 0", "inputs 0 and 2".
fn listed(inputs: &[usize]) -> String {
    let names: Vec<String> = inputs.iter().map(usize::to_string).collect();
    match names.len() {
        0 => t!("no input").to_owned(),
        1 => t!("input {}", names[0]),
        _ => t!("inputs {}", names.join(t!(" and "))),
    }
}
