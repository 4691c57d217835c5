//! Lesson 2: the mask, how it moves with p, and what becomes of the numbers that it keeps.

use super::{Answer, Bet, Choice, Lesson, Scale, Step, Truth, live};
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "Mask and scale",
    aim: "A number is dropped or grows by 1 / (1 − p). No number stays, and neither does the sum.",
    minutes: 3,
    steps: &[LEFT, NESTED, GROWN, SUM, MINUS_ZERO],
};

/// Fifty ones at p = 0.5.
const ONES: &str = "?v=1&view=tensor";

const LEFT: Step = Step {
    task: "Fifty ones, a coin for each. A crossed cell of the mask is a 0: that number is dropped. Now p is 0.5. It will be 0.9.",
    before: ONES,
    question: "At p = 0.9, about how many of the fifty will be kept?",
    bet: Bet::Number(Scale {
        low: 0.0,
        high: 50.0,
        unit: "",
        near: 4.0,
    }),
    act: "Drag p to 0.90.",
    after: "?v=1&view=tensor&p=0.9",
    truth: |link| {
        let (kept, of) = kept(link);
        let expected = words::short(0.1 * f64::from(of));
        Truth {
            answer: Answer::Number(f64::from(kept)),
            says: t!(
                "{kept} of {of} are kept: {of} × (1 − 0.9) = {expected} were to be expected, and chance did the rest."
            ),
        }
    },
    why: "p = 0.9 drops nine in ten and keeps one in ten. It never promises exactly so many.",
    refutes: &["keep_probability", "exactly_p"],
    claims: &["at_p_nine_tenths_about_five_of_fifty_are_kept"],
};

const NESTED: Step = Step {
    task: "The same fifty ones at p = 0.5. Remember a few that are dropped. In a moment p moves to 0.6; the seed stays.",
    before: ONES,
    question: "Which numbers will be dropped at p = 0.6?",
    bet: Bet::Choice(&[
        Choice {
            text: "Other ones: a new p, a new mask",
            gap: "A new mask takes new random numbers, and the seed did not change. Only the threshold moved.",
        },
        Choice {
            text: "The same ones and some more",
            gap: "Each place keeps its random number. A few of those numbers lie between the old threshold and the new.",
        },
        Choice {
            text: "The same ones: the seed fixes the mask",
            gap: "The seed fixes the random numbers behind the mask. p is what they are compared with.",
        },
    ]),
    act: "Drag p to 0.60.",
    after: "?v=1&view=tensor&p=0.6",
    truth: |link| {
        let (before, after) = (
            live::tensor(ONES).chosen.mask,
            live::tensor(link).chosen.mask,
        );
        let zeros = |mask: &[f32]| mask.iter().filter(|kept| **kept == 0.0).count();
        let pairs = before.data().iter().zip(after.data());
        let stayed = pairs.filter(|(a, b)| **a == 0.0 && **b == 0.0).count();
        let (then, now) = (zeros(before.data()), zeros(after.data()));
        let answer = match (stayed == then, now > then) {
            (true, true) => 1,
            (true, false) => 2,
            (false, _) => 0,
        };
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "Of the {then} that were dropped {stayed} still are, and {} more: {now} of {}.",
                now - stayed,
                after.numel()
            ),
        }
    },
    why: "Every place has a random number from 0 to 1. It is kept while that number is below 1 − p; move p, and places go out one by one.",
    refutes: &[],
    claims: &["with_the_same_seed_masks_are_nested_as_p_grows"],
};

const GROWN: Step = Step {
    task: "Notebook 002 drops from the numbers 0 to 59. At p = 0.5 what is kept comes out doubled, so that no number on the screen is above 118.",
    before: "?v=1&view=tensor&preset=arange",
    question: "At p = 0.9, how large can a number come out?",
    bet: Bet::Choice(&[
        Choice {
            text: "59: what is kept keeps its value",
            gap: "Then the average would sink to a tenth. What is kept has to speak for what is not.",
        },
        Choice {
            text: "118, as at p = 0.5",
            gap: "2 was 1 / (1 − 0.5). The factor follows p.",
        },
        Choice {
            text: "590",
            gap: "One in ten is kept, so each is counted ten times.",
        },
        Choice {
            text: "5.9",
            gap: "Dropout divides by 0.1, the chance of being kept. It does not multiply by it.",
        },
    ]),
    act: "Drag p to 0.90.",
    after: "?v=1&view=tensor&preset=arange&p=0.9",
    truth: |link| {
        let trace = live::tensor(link);
        let largest = |values: &[f32]| values.iter().copied().fold(0.0_f32, f32::max);
        // What every number would come out as, were it kept.
        let most = trace
            .scaled
            .as_ref()
            .map_or(0.0, |scaled| largest(scaled.data()));
        Truth {
            answer: Answer::nearest(&[59.0, 118.0, 590.0, 5.9], f64::from(most)),
            says: t!(
                "59 / (1 − 0.9) = {}. Of the {} that are kept here, the largest came out as {}.",
                words::short(f64::from(most)),
                trace.chosen.kept(),
                words::short(f64::from(largest(trace.chosen.output.data())))
            ),
        }
    },
    why: "The nearer p is to 1, the fewer are kept and the louder each speaks: × 10 at 0.9, × 100 at 0.99.",
    refutes: &["survivors"],
    claims: &["what_is_kept_is_divided_by_one_minus_p"],
};

const SUM: Step = Step {
    task: "Fifty ones in eval mode: they come out as they went in, and their sum is 50. Notebook 002 asks whether dropout leaves the sum as it was.",
    before: "?v=1&view=tensor&mode=eval",
    question: "In train mode at p = 0.5, what will the fifty numbers add up to?",
    bet: Bet::Choice(&[
        Choice {
            text: "50: the scaling makes up for what is dropped",
            gap: "It does so on average. One call adds up to 50 only if exactly 25 are kept, which has chance 11.2 %.",
        },
        Choice {
            text: "25: half of them are gone",
            gap: "No sum can be 25 here: whatever is kept counts 2, so the sum is even.",
        },
        Choice {
            text: "Twice as many as are kept, rarely exactly 50",
            gap: "Exactly 25 of 50 are kept with chance 11.2 %. Otherwise the sum is another.",
        },
    ]),
    act: "Switch to TRAIN.",
    after: ONES,
    truth: |link| {
        let sum: f32 = live::tensor(link).chosen.output.data().iter().sum();
        let (kept, _) = kept(link);
        let answer = match sum {
            50.0 => 0,
            25.0 => 1,
            _ => 2,
        };
        Truth {
            answer: Answer::Choice(answer),
            says: t!("{kept} are kept, and {kept} × 2 = {sum}. 50 went in."),
        }
    },
    why: "Press Again a few times: the sum jumps about around 50. What dropout keeps is the mean over many calls.",
    refutes: &["sum_unchanged"],
    claims: &["the_sum_of_fifty_ones_is_twice_the_kept_and_50_in_one_call_of_nine"],
};

// Seed 11 is the first whose mask is that of notebook 001: the first number kept, the others dropped.
const MINUS_ZERO: Step = Step {
    task: "The four numbers of notebook 001, in eval mode. Two are negative. The next mask will drop both, as it did in the notebook.",
    before: "?v=1&view=tensor&preset=notebook&mode=eval&seed=11",
    question: "What will come out where −1.0945 is dropped?",
    bet: Bet::Choice(&[
        Choice {
            text: "0, without a sign",
            gap: "To drop is to multiply by 0, and a negative number times 0 is −0 in floating point.",
        },
        Choice {
            text: "−0, a zero with a sign",
            gap: "The sign of a product is that of its factors, even if the product is 0.",
        },
        Choice {
            text: "A tiny negative number that rounds to −0.0000",
            gap: "Nothing is left to round. It is exactly zero, with the sign of what it was.",
        },
    ]),
    act: "Switch to TRAIN.",
    after: "?v=1&view=tensor&preset=notebook&seed=11",
    truth: |link| {
        let trace = live::tensor(link);
        let (x, y) = (trace.input.data()[1], trace.chosen.output.data()[1]);
        let answer = match (y == 0.0, y.is_sign_negative()) {
            (true, true) => 1,
            (true, false) => 0,
            (false, _) => 2,
        };
        let sign = if y.is_sign_negative() { "−" } else { "" };
        Truth {
            answer: Answer::Choice(answer),
            says: t!(
                "{} × 0 = {sign}{}, which PyTorch prints as -0.0000.",
                words::number(x),
                y.abs()
            ),
        }
    },
    why: "−0 equals 0 and changes no sum, so nothing is wrong. It even tells you that the number was negative.",
    refutes: &["minus_zero"],
    claims: &["a_dropped_negative_number_is_minus_zero_and_equals_zero"],
};

/// How many numbers nn.Dropout keeps, and of how many.
fn kept(link: &str) -> (u16, u16) {
    let trace = live::tensor(link);
    let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    (count(trace.chosen.kept()), count(trace.input.numel()))
}
