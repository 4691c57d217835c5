//! Lesson 1: whose chance p is, what many coins settle, and what they never settle.

use super::{Answer, Bet, Choice, Lesson, Step, Truth, live};
use crate::words;
use crate::words::coin::exactly;

pub(super) const LESSON: Lesson = Lesson {
    title: "Coin",
    aim: "p is the chance of a zero, for each coin on its own: the share settles, the count does not.",
    minutes: 3,
    steps: &[WHOSE, BAND, COUNT, HALF, NOTHING_LEFT],
};

const WHOSE: Step = Step {
    task: "100 coins of Bernoulli: p is the chance of a 1. Notebook 000 tosses `Bernoulli(probs=0.3)`, where about 30 are 1, and then builds `nn.Dropout(p=0.3)`, where a 1 means kept.",
    // Not at 0.3 yet: the label under p tells what is kept.
    before: "?v=1&view=coin&coins=bernoulli",
    question: "With nn.Dropout(p=0.3), about how many of 100 coins will be 1?",
    bet: Bet::Choice(&[
        Choice {
            text: "About 30: p is the chance of being kept",
            gap: "`Bernoulli(probs=p)` counts ones. `nn.Dropout(p)` counts what it drops, the zeros.",
        },
        Choice {
            text: "About 70: p is the chance of being dropped",
            gap: "p is named after what dropout does: it is the chance of a zero.",
        },
        Choice {
            text: "About 50: a coin is either kept or dropped",
            gap: "Two outcomes need not be equally likely. These coins are loaded, by p.",
        },
    ]),
    act: "Drag p to 0.30, and under coins of choose nn.Dropout(p).",
    after: "?v=1&view=coin&p=0.3",
    truth: |link| {
        let trace = live::coins(link);
        let chance = words::short(trace.settings.chance_of_one());
        let (ones, draws) = (trace.ones, trace.settings.draws());
        Truth {
            answer: Answer::nearest(&[30.0, 70.0, 50.0], f64::from(ones)),
            says: t!("{ones} of {draws} are 1: their chance is 1 − 0.3 = {chance}."),
        }
    },
    why: "One letter, two opposite meanings in one library. In dropout, p is the chance of being dropped.",
    refutes: &["keep_probability"],
    claims: &["p_is_the_chance_of_a_one_in_bernoulli_and_of_a_zero_in_dropout"],
};

const BAND: Step = Step {
    task: "100 fair coins. The line above the picture gives the share of ones that is to be expected, and after the ± how far off it may well be: about 95 runs in 100 stay within.",
    before: "?v=1&view=coin",
    question: "With four times as many coins, what will stand after the ±?",
    bet: Bet::Choice(&[
        Choice {
            text: "0.1, as now",
            gap: "Each coin is as uncertain as before, but in the share of more coins their luck cancels further.",
        },
        Choice {
            text: "0.05, half",
            gap: "The band shrinks with the square root of the number of coins, and √4 = 2.",
        },
        Choice {
            text: "0.025, a quarter",
            gap: "Luck cancels more slowly than that: a quarter of the band takes 16 times the coins.",
        },
    ]),
    act: "Set coins to 400.",
    after: "?v=1&view=coin&draws=400",
    truth: |link| {
        let trace = live::coins(link);
        let draws = trace.settings.draws();
        let band = 2.0 * trace.settings.share_sd(draws);
        Truth {
            answer: Answer::nearest(&[0.1, 0.05, 0.025], band),
            says: t!(
                "2 × √(0.5 × 0.5 / {draws}) = {}, and the share of ones is {}.",
                words::short(band),
                words::short(trace.share_of_ones())
            ),
        }
    },
    why: "The share settles, but slowly: a tenth of the band costs a hundred times the coins.",
    refutes: &[],
    claims: &[
        "the_share_stays_within_two_standard_deviations_in_about_95_of_100_runs",
        "four_times_the_coins_halve_the_band",
    ],
};

/// Where [`COUNT`] begins.
const HUNDRED: &str = "?v=1&view=coin";

const COUNT: Step = Step {
    task: "The share of ones settles at 0.5. Now look at their number instead: how far is it from 50, half of these 100 coins?",
    before: HUNDRED,
    question: "How far will the number of ones be from half of 100,000 coins?",
    bet: Bet::Choice(&[
        Choice {
            text: "2 or less: it evens out",
            gap: "It would, if later coins made up for earlier ones. They know nothing of each other.",
        },
        Choice {
            text: "3 to 10, as it may be with 100",
            gap: "More coins stray farther: the typical distance grows with the square root of their number.",
        },
        Choice {
            text: "More than 10",
            gap: "A hundred thousand coins stray by about 158, half of √100,000.",
        },
    ]),
    act: "Set coins to 100000.",
    after: "?v=1&view=coin&draws=100000",
    truth: |link| {
        let from_half = |link| {
            let trace = live::coins(link);
            let (ones, draws) = (trace.ones, trace.settings.draws());
            (
                ones,
                draws,
                (f64::from(ones) - f64::from(draws) / 2.0).abs(),
            )
        };
        let (_, few, then) = from_half(HUNDRED);
        let (ones, draws, now) = from_half(link);
        Truth {
            answer: Answer::Choice(usize::from(now > 2.0) + usize::from(now > 10.0)),
            says: t!(
                "{ones} of {draws} are 1: {now} away from half, where {few} coins were {then} away. In the share that is {now} / {draws} = {}.",
                words::short(now / f64::from(draws))
            ),
        }
    },
    why: "The share settles because it is divided by ever more coins. The number of ones is not bound to half of them.",
    refutes: &[],
    claims: &["the_number_of_ones_strays_while_their_share_settles"],
};

const HALF: Step = Step {
    task: "10,000 coins at p = 0.5, counted by four. In the chart How many in a group, bars are what happened and dots are the chances. Exactly half, 2 of 4, is the commonest.",
    before: "?v=1&view=coin&draws=10000&group=4",
    question: "A layer has ten units. How often will exactly 5 of 10 be dropped?",
    bet: Bet::Choice(&[
        Choice {
            text: "Always: p = 0.5 drops half",
            gap: "A coin is tossed for each unit on its own. Nothing counts to five.",
        },
        Choice {
            text: "In about half of the groups",
            gap: "Larger groups come nearer to half, but hit it more rarely: it is one outcome among eleven, no longer among five.",
        },
        Choice {
            text: "In about a quarter of the groups",
            gap: "Of 1,024 equally likely ways to toss ten fair coins, 252 have five zeros.",
        },
    ]),
    act: "Set counted by to 10.",
    after: "?v=1&view=coin&draws=10000",
    truth: |link| {
        let trace = live::coins(link);
        let seen = f64::from(trace.counts[5]) / f64::from(trace.groups);
        Truth {
            answer: Answer::nearest(&[1.0, 0.5, 0.25], trace.binomial[5]),
            says: t!(
                "By the binomial, {}. Here it is {} of {} groups, {}.",
                exactly(&trace, 5),
                trace.counts[5],
                trace.groups,
                words::coin::percent(seen)
            ),
        }
    },
    why: "Three times in four, ten units at p = 0.5 lose more or fewer than five. p is a chance, not a quota.",
    refutes: &["exactly_p"],
    claims: &[
        "exactly_five_of_ten_has_a_chance_of_252_in_1024",
        "exactly_half_is_rarer_in_larger_groups",
    ],
};

const NOTHING_LEFT: Step = Step {
    task: "100,000 coins make 10,000 groups of ten. In the chart How many in a group, the place above 10 looks empty.",
    before: "?v=1&view=coin&draws=100000",
    question: "In how many of these 10,000 groups were all ten dropped?",
    bet: Bet::Choice(&[
        Choice {
            text: "In none: about half is kept in each",
            gap: "Half is what many groups come to. A single group can lose everything.",
        },
        Choice {
            text: "In about 10",
            gap: "Ten zeros in a row have chance 0.5¹⁰ = 1 / 1024, and there were 10,000 tries.",
        },
        Choice {
            text: "In about 100",
            gap: "That would be 1 in 100. Ten zeros have chance 0.5¹⁰, about 1 in 1,000.",
        },
    ]),
    act: "",
    after: "?v=1&view=coin&draws=100000",
    truth: |link| {
        let trace = live::coins(link);
        let lost = trace.counts[10];
        Truth {
            answer: Answer::nearest(&[0.0, 10.0, 100.0], f64::from(lost)),
            says: t!(
                "{lost} of {} groups lost all ten. The chance of it is 0.5¹⁰ = {}.",
                trace.groups,
                words::coin::percent(trace.binomial[10])
            ),
        }
    },
    why: "Point at the place above 10, or move to it by the arrow keys, to see them. Such a layer hands on nothing but zeros.",
    refutes: &[],
    claims: &["all_ten_are_dropped_about_once_in_1024_groups"],
};
