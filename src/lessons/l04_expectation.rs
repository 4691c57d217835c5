//! Lesson 4: what many draws average to, where the scaling must stand for it, and what one draw does not do.

use super::{Answer, Bet, Choice, Lesson, Scale, Step, Truth, live};
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "Expectation",
    aim: "Scaled once, the mean over all masks is the eval output. A single draw need never be.",
    minutes: 4,
    steps: &[MEAN, UNSCALED, TWICE, NEVER_55, SPREAD, MORE_DRAWS],
};

const MEAN: Step = Step {
    task: "A 1 goes through dropout at p = 0.75: it comes out as 0, or as 1 / (1 − 0.75) = 4. Below is a single draw.",
    before: "?v=1&view=expectation&draws=1&p=0.75",
    question: "Where will the mean of 10,000 draws land?",
    bet: Bet::Marker(Scale {
        low: 0.0,
        high: 4.0,
        unit: "",
        near: 0.2,
    }),
    act: "Set draws to 10000.",
    after: "?v=1&view=expectation&draws=10000&p=0.75",
    truth: |link| {
        let trace = live::draws(link);
        Truth {
            answer: Answer::Number(trace.mean),
            says: t!(
                "The mean of {} draws is {}. Over all masks it is 0.75 × 0 + 0.25 × 4 = {}.",
                trace.draws,
                words::short(trace.mean),
                words::short(trace.law.mean)
            ),
        }
    },
    why: "One in four comes out, four times as large. On average the 1 is still a 1, although no draw is.",
    refutes: &[],
    claims: &["the_mean_of_ten_thousand_draws_of_a_one_is_near_one"],
};

const UNSCALED: Step = Step {
    task: "The sum of 1 to 10 is 55. Its numbers are dropped with p = 0.8, and what is kept is not scaled: scaling is none. Below is one draw.",
    before: "?v=1&view=expectation&scaling=none&through=sum&draws=1&p=0.8",
    question: "Where will the mean of 1,000 draws land?",
    bet: Bet::Marker(Scale {
        low: 0.0,
        high: 55.0,
        unit: "",
        near: 2.0,
    }),
    act: "Set draws to 1000.",
    after: "?v=1&view=expectation&scaling=none&through=sum&p=0.8",
    truth: |link| {
        let trace = live::draws(link);
        Truth {
            answer: Answer::Number(trace.mean),
            says: t!(
                "The mean is {}: 55 × (1 − 0.8) = {}. Eval mode, which drops nothing, gives {}.",
                words::short(trace.mean),
                words::short(trace.law.mean),
                words::short(f64::from(trace.eval))
            ),
        }
    },
    why: "The next layer would train on 11 and be used on 55. So one side must be scaled: × 5 in training, as PyTorch does, or × 0.2 in eval.",
    refutes: &[],
    claims: &["without_scaling_the_mean_is_one_minus_p_of_the_eval_output"],
};

const TWICE: Step = Step {
    task: "PyTorch's way: scaling is inverted, × 1 / (1 − p) in training. p is 0.5, and the mean of the draws is near eval's 55. A careful colleague also multiplies by 1 − p in eval.",
    before: "?v=1&view=expectation&through=sum",
    question: "With scaling in both places, what will eval mode give?",
    bet: Bet::Choice(&[
        Choice {
            text: "55: the two scalings cancel",
            gap: "They never meet: one acts in training only, the other in eval only.",
        },
        Choice {
            text: "27.5",
            gap: "Training was already made up for, so × 0.5 in eval halves the output.",
        },
        Choice {
            text: "110",
            gap: "Eval multiplies by 1 − p, which makes things smaller, not larger.",
        },
    ]),
    act: "Under scaling, choose both.",
    after: "?v=1&view=expectation&scaling=both&through=sum",
    truth: |link| {
        let trace = live::draws(link);
        let eval = f64::from(trace.eval);
        Truth {
            answer: Answer::nearest(&[55.0, 27.5, 110.0], eval),
            says: t!(
                "55 × (1 − 0.5) = {}, while training goes on giving {} on average.",
                words::short(eval),
                words::short(trace.law.mean)
            ),
        }
    },
    why: "Scale once. PyTorch has done it in training, so in eval there is nothing left to scale.",
    refutes: &["scale_at_test"],
    claims: &["scaled_in_both_places_eval_is_one_minus_p_of_the_mean"],
};

const NEVER_55: Step = Step {
    task: "The sum of 1 to 10 at p = 0.8. The mean is near 55, and a few of the draws are exactly 55: the line above the picture counts them. Now fewer numbers will be dropped.",
    before: "?v=1&view=expectation&through=sum&p=0.8",
    question: "At p = 0.5, how many of 1,000 draws will be exactly 55?",
    bet: Bet::Choice(&[
        Choice {
            text: "More than now",
            gap: "The draws do come nearer to 55 on the whole. But at p = 0.5 each is even, and 55 is odd.",
        },
        Choice {
            text: "Fewer, but some",
            gap: "At p = 0.5 what is kept is a whole number, doubled. 55 is odd, so it can't come out.",
        },
        Choice {
            text: "None",
            gap: "What is kept adds up to a whole number and is doubled: no even number is 55.",
        },
    ]),
    act: "Drag p to 0.50.",
    after: "?v=1&view=expectation&through=sum",
    truth: |link| {
        let then = live::draws("?v=1&view=expectation&through=sum&p=0.8").equal_eval;
        let trace = live::draws(link);
        let answer = match trace.equal_eval {
            0 => 2,
            now if now < then => 1,
            _ => 0,
        };
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "{} of {} draws are 55, where {then} were at p = 0.8. The first three are {}, {} and {}.",
                trace.equal_eval,
                trace.draws,
                trace.first[0],
                trace.first[1],
                trace.first[2]
            ),
        }
    },
    why: "The mean is a property of many draws. Whether one draw can equal it is another matter, and the sum of one draw is not kept.",
    refutes: &["sum_unchanged"],
    claims: &[
        "at_p_one_half_no_sum_of_one_to_ten_is_55",
        "at_p_eight_tenths_some_sums_are_55",
    ],
};

/// The sum of 1 to 10 at p = 0.5.
const SUM: &str = "?v=1&view=expectation&through=sum";

const SPREAD: Step = Step {
    task: "The draws at p = 0.5 lie around 55, with a standard deviation of about 20: the bar on the axis. At p = 0.9 the mean over all masks is 55 as well.",
    before: SUM,
    question: "What will p = 0.9 make of the standard deviation?",
    bet: Bet::Choice(&[
        Choice {
            text: "A third: fewer numbers take part",
            gap: "Fewer take part, but each comes out ten times as large. One more or less matters all the more.",
        },
        Choice {
            text: "The same: the scaling makes up for p",
            gap: "The scaling makes up for the mean. The spread grows with √(p / (1 − p)).",
        },
        Choice {
            text: "Three times as large",
            gap: "The spread grows with √(p / (1 − p)): 1 at p = 0.5, and √9 = 3 at p = 0.9.",
        },
    ]),
    act: "Drag p to 0.90.",
    after: "?v=1&view=expectation&through=sum&p=0.9",
    truth: |link| {
        let (before, after) = (live::draws(SUM), live::draws(link));
        Truth {
            answer: Answer::nearest(&[1.0 / 3.0, 1.0, 3.0], after.sd / before.sd),
            says: t!(
                "√(0.9 / 0.1 × 385) = {}, where 385 = 1² + 2² + … + 10². These draws have {}; at p = 0.5 it was {}.",
                words::short(after.law.sd),
                words::short(after.sd),
                words::short(before.sd)
            ),
        }
    },
    why: "p sets how noisy training is. The mean stays at every p below 1, so the noise is all that p changes here.",
    refutes: &[],
    claims: &["at_p_nine_tenths_the_spread_is_three_times_that_at_one_half"],
};

const MORE_DRAWS: Step = Step {
    task: "Now 100 draws at p = 0.5. The triangle is their mean, and the bar to both sides of it their standard deviation, somewhat below 20.",
    before: "?v=1&view=expectation&through=sum&draws=100",
    question: "What will 10,000 draws make of the standard deviation?",
    bet: Bet::Choice(&[
        Choice {
            text: "About 2: a hundred times the draws, a tenth",
            gap: "That happens to the error of their mean. The draws themselves are as wild as ever.",
        },
        Choice {
            text: "About 20, as it is",
            gap: "Only the mean settles. Each draw is still one mask, as noisy as the first.",
        },
        Choice {
            text: "About 200: more draws, more outliers",
            gap: "More outliers come with more ordinary draws: their share stays, and so does the spread.",
        },
    ]),
    act: "Set draws to 10000.",
    after: "?v=1&view=expectation&through=sum&draws=10000",
    truth: |link| {
        let trace = live::draws(link);
        Truth {
            answer: Answer::nearest(&[2.0, 20.0, 200.0], trace.sd),
            says: t!(
                "The standard deviation is {}. The mean is {}, and its own error is about {} / √{} = {}.",
                words::short(trace.sd),
                words::short(trace.mean),
                words::short(trace.law.sd),
                trace.draws,
                words::short(trace.law.sd / f64::from(trace.draws).sqrt())
            ),
        }
    },
    why: "In training the network meets single draws, noise and all. In eval it computes where their mean settles, in one pass.",
    refutes: &[],
    claims: &["more_draws_settle_the_mean_and_not_the_spread"],
};
