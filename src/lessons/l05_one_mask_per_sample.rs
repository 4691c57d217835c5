//! One mask per sample: whose coin is whose, and how often a whole batch misses a unit.

use super::{Answer, Bet, Choice, Lesson, Scale, Step, Truth, live};
use crate::model::Trace;
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "One mask per sample",
    aim: "Each sample of a batch has a mask of its own, and a zero need not come from it.",
    minutes: 3,
    steps: &[MASKS, ZEROS, FOUR, TEN, FIFTEEN],
};

const MASKS: Step = Step {
    task: "Four samples go through the network in one call. So far they have passed fc1 and ReLU; no coin has been tossed.",
    before: "?v=1&stage=relu",
    question: "Which units will dropout set to 0?",
    bet: Bet::Choice(&[
        Choice {
            text: "The same ones for all four samples",
            gap: "One call, but not one mask: the layer tosses a coin for every number of the batch.",
        },
        Choice {
            text: "Other ones for each sample, but always five of ten",
            gap: "Other ones, yes. Five is only the average: ten separate coins need not show five zeros.",
        },
        Choice {
            text: "Other ones for each sample, and not always five",
            gap: "Every number of the batch has a coin of its own.",
        },
    ]),
    act: "Press Again.",
    after: "?v=1&again=0:1",
    truth: |link| {
        let trace = live::network(link);
        let lost = |sample| {
            (0..trace.hidden_features())
                .filter(|&unit| !trace.kept(sample, unit))
                .count()
        };
        let lost = [0, 1, 2, 3].map(lost);
        let answer = match (masks(&trace), lost) {
            (1, _) => 0,
            (_, [5, 5, 5, 5]) => 1,
            _ => 2,
        };
        let [a, b, c, d] = lost;
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "There are {} different masks. Samples 1 to 4 lose {a}, {b}, {c} and {d} units.",
                masks(&trace)
            ),
        }
    },
    why: "Ten units and four samples make 40 coins in one call. Every sample goes through a thinned network of its own.",
    refutes: &["one_mask", "exactly_p"],
    claims: &[
        "each_sample_has_a_mask_of_its_own",
        "a_call_tosses_a_coin_for_each_unit_of_each_sample",
    ],
};

/// How many masks a batch has that differ.
fn masks(trace: &Trace) -> usize {
    let mask = |sample| trace.pass.mask.row(sample);
    let new = |&sample: &usize| (0..sample).all(|other| mask(other) != mask(sample));
    (0..trace.batch()).filter(new).count()
}

const ZEROS: Step = Step {
    task: "Ten units, four samples: 40 numbers leave the hidden layer. Many of them are 0.",
    before: "?v=1&stage=mask",
    question: "At p = 0 dropout drops nothing. How many of the 40 will still be 0?",
    bet: Bet::Choice(&[
        Choice {
            text: "None: zeros come from dropout",
            gap: "ReLU makes zeros too, with or without dropout.",
        },
        Choice {
            text: "About 4",
            gap: "More. In a fresh network about half of the sums lie below 0, and ReLU makes each of them 0.",
        },
        Choice {
            text: "About 20",
            gap: "In a fresh network about half of the sums lie below 0, and ReLU makes each of them 0.",
        },
    ]),
    act: "Drag p to 0 and count the dotted cells.",
    after: "?v=1&p=0&stage=mask",
    truth: |link| {
        let trace = live::network(link);
        let dropped = trace.pass.dropped.data();
        let zeros: u32 = dropped.iter().map(|value| u32::from(*value == 0.0)).sum();
        Truth {
            answer: Answer::nearest(&[0.0, 4.0, 20.0], f64::from(zeros)),
            says: t!("{zeros} are 0, and not one of them was dropped."),
        }
    },
    why: "A zero says that nothing came through, not who stopped it. A crossed cell was dropped, a dotted one was off by ReLU, and a cell can be both.",
    refutes: &["zero_means_dropped"],
    claims: &[
        "at_p_0_every_zero_comes_from_relu",
        "about_half_of_the_sums_of_a_fresh_network_lie_below_0",
    ],
};

const FOUR: Step = Step {
    task: "Coins of dropout at p = 0.5, counted by ten. Now let four coins stand for one unit: one coin for each sample of the batch.",
    before: "?v=1&view=coin&draws=10000",
    question: "How likely is it, in %, that a unit is dropped in all four samples?",
    bet: Bet::Number(Scale {
        low: 0.0,
        high: 100.0,
        unit: " %",
        near: 1.5,
    }),
    act: "Set “counted by” to 4 and point at the bar of 4 dropped.",
    after: "?v=1&view=coin&draws=10000&group=4",
    truth: |link| {
        let trace = live::coins(link);
        let chance = trace.binomial[4];
        Truth {
            answer: Answer::Number(100.0 * chance),
            says: t!(
                "0.5 × 0.5 × 0.5 × 0.5 = {}, one time in {}. Here: {} of {} groups.",
                words::short(chance),
                words::short(1.0 / chance),
                trace.counts[4],
                trace.groups
            ),
        }
    },
    why: "Four coins know nothing of each other, so their chances multiply.",
    refutes: &[],
    claims: &["a_unit_is_dropped_in_all_four_samples_one_time_in_sixteen"],
};

const TEN: Step = Step {
    task: "Now let one coin stand for a whole unit: it falls to 0 if the unit is dropped in all four samples, which has chance 0.0625. Ten coins are the hidden layer.",
    before: "?v=1&view=coin&draws=10000",
    question: "How likely is it, in %, that this happens to at least one of ten units?",
    bet: Bet::Number(Scale {
        low: 0.0,
        high: 100.0,
        unit: " %",
        near: 6.0,
    }),
    act: "Type 0.0625 as p and point at the bar of 0 dropped.",
    after: "?v=1&view=coin&p=0.0625&draws=10000",
    truth: |link| {
        let trace = live::coins(link);
        let none = trace.binomial[0];
        Truth {
            answer: Answer::Number(100.0 * (1.0 - none)),
            says: t!(
                "0.9375¹⁰ = {} of all passes spare all ten. The other {} hit at least one.",
                words::coin::percent(none),
                words::coin::percent(1.0 - none)
            ),
        }
    },
    why: "Ten times 6.25 % counts passes in which two units are hit twice. Almost every second pass leaves a row of fc1 without gradient, through dropout alone.",
    refutes: &[],
    claims: &["in_48_of_100_passes_a_unit_is_dropped_in_all_four_samples"],
};

const FIFTEEN: Step = Step {
    task: "Four coins a unit again, at p = 0.5: all four are zeros in 6.25 % of the groups. Notebook 004 has a batch of 15.",
    before: "?v=1&view=coin&draws=10000&group=4",
    question: "How likely is a unit dropped in all 15 samples?",
    bet: Bet::Choice(&[
        Choice {
            text: "About 1.7 %: 6.25 % × 4 / 15",
            gap: "A batch almost four times as large does not divide the chance by four: every further sample halves it.",
        },
        Choice {
            text: "About 0.4 %",
            gap: "That is eight samples. Every further one halves it.",
        },
        Choice {
            text: "About 0.003 %",
            gap: "Every further sample halves it: eleven halvings.",
        },
    ]),
    act: "Set “counted by” to 15 and point at 15 dropped, on the right.",
    after: "?v=1&view=coin&draws=10000&group=15",
    truth: |link| {
        let chance = live::coins(link).binomial[15];
        let any = 1.0 - (1.0 - chance).powi(10);
        Truth {
            answer: Answer::nearest(&[1.7, 0.4, 0.003], 100.0 * chance),
            says: t!(
                "0.5¹⁵ = {}. For at least one of ten units that makes {}, where four samples made almost half.",
                words::coin::percent(chance),
                words::coin::percent(any)
            ),
        }
    },
    why: "That is why this page has four samples. With 15, thousands of passes go by, on average, between two in which a unit is dropped throughout.",
    refutes: &[],
    claims: &["with_15_samples_thousands_of_passes_go_by_without_a_unit_dropped_in_all"],
};
