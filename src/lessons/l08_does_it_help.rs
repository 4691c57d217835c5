//! Does it help: networks trained while the reader waits, in pairs that differ in dropout alone.
//!
//! Every answer stands in the training view too, whose links say what is trained: the first ten seeds, 0 to 9, and
//! runs shorter than those of the presets, so that a page has its answer within half a second. `tests/claims`
//! measures the same with more seeds.

use std::ops::Range;

use super::{Answer, Bet, Choice, Lesson, Scale, Step, Truth, live};
use crate::model::exhibits::training::Settings;
use crate::model::proof::race::{Plan, Race, Report, Run};
use crate::nn::DropProbability;
use crate::words;

pub(super) const LESSON: Lesson = Lesson {
    title: "Does it help?",
    aim: "Dropout helps some networks, ruins others, and wins by doing nothing where there is nothing to learn.",
    minutes: 4,
    steps: &[PRINTED, HELPS, HURTS, BY_HEART, TRAP, ZERO],
};

/// Seeds of every race, as the links have them.
const SEEDS: Range<u64> = 0..10;

/// What the learner does to have the networks trained.
const TRAIN: &str = "Set start to “at once, on every change”.";

const PRINTED: Step = Step {
    task: "A training loop prints its loss in train mode; tests run in eval mode. Say a network is trained with p = 0.5 on 80 noisy samples, then tested on 400 new ones without noise.",
    before: "?v=1&view=training&steps=500",
    question: "Which loss is lower: what the loop prints, or the test?",
    bet: Bet::Choice(&[
        Choice {
            text: "What the loop prints: it knows those samples",
            gap: "It knows them, but it is measured with half of its units missing, and against noise.",
        },
        Choice {
            text: "The test",
            gap: "The test asks the whole network; the loop asked it with half of its units missing, and against noise.",
        },
    ]),
    act: "Set start to “at once, on every change”, and read the column “with dropout”.",
    after: "?v=1&view=training&steps=500&start=at_once",
    truth: |link| {
        let plan = plan(link);
        let (one, ten) = (race(plan, 0..1), race(plan, SEEDS));
        let above = ten.running_above_test;
        Truth {
            answer: Answer::Choice(usize::from(2 * above > ten.pairs)),
            says: t!(
                "With seed 0 the loop ends at {}, the test at {}. Of ten networks trained just now in this page (seeds 0 to 9), the loop printed more than the test in {above}.",
                loss(one.with.running),
                loss(one.with.test),
            ),
        }
    },
    why: "A training loss above the test loss is no bug. To compare the two, measure both in eval mode and on samples of one kind.",
    refutes: &["train_below_test"],
    claims: &["the_loop_prints_more_than_the_test_in_most_runs"],
};

const HELPS: Step = Step {
    task: "20 inputs, of which 17 say nothing; noisy targets; 80 samples. Ten pairs of networks learn it, one with dropout and one without, from the same start. The lower loss on new samples wins.",
    before: "?v=1&view=training&show=race&steps=500&seeds=10",
    question: "About how many of the ten pairs does dropout win?",
    bet: Bet::Number(Scale {
        low: 0.0,
        high: 10.0,
        unit: " of 10",
        near: 1.0,
    }),
    act: TRAIN,
    after: "?v=1&view=training&show=race&steps=500&seeds=10&start=at_once",
    truth: |link| {
        let report = race(plan(link), SEEDS);
        Truth {
            answer: Answer::Number(f64::from(report.better)),
            says: won(&report),
        }
    },
    why: "Without dropout the network learns the noise of its 80 samples too. Here dropout helps, though not every time.",
    refutes: &[],
    claims: &["dropout_wins_most_pairs_where_inputs_say_nothing"],
};

const HURTS: Step = Step {
    task: "Now a curve without noise, y = sin(2x): one input, 64 hidden units, 20 samples. Again ten pairs, one of each with dropout.",
    before: "?v=1&view=training&preset=hurts&show=race&steps=500&seeds=10",
    question: "About how many of ten pairs does dropout win here?",
    bet: Bet::Number(Scale {
        low: 0.0,
        high: 10.0,
        unit: " of 10",
        near: 1.0,
    }),
    act: TRAIN,
    after: "?v=1&view=training&preset=hurts&show=race&steps=500&seeds=10&start=at_once",
    truth: |link| {
        let report = race(plan(link), SEEDS);
        Truth {
            answer: Answer::Number(f64::from(report.better)),
            says: won(&report),
        }
    },
    why: "There is no noise to learn by mistake, and a curve to be followed closely. An output that jumps with every mask cannot follow it.",
    refutes: &["always_helps"],
    claims: &["dropout_loses_nearly_every_pair_on_a_curve_without_noise"],
};

const BY_HEART: Step = Step {
    task: "Notebook 004 trains on random targets: 15 samples, and nothing that leads from input to target. No dropout for now, p = 0.",
    before: "?v=1&p=0&batch=15&lr=0.03&stage=loss",
    question: "What will the loss be after 1,000 steps?",
    bet: Bet::Choice(&[
        Choice {
            text: "What it is now: noise cannot be learned",
            gap: "It cannot be understood, but 15 targets can be learned by heart.",
        },
        Choice {
            text: "About half of it",
            gap: "Ten hidden units have room for all 15 targets, given the steps.",
        },
        Choice {
            text: "Nearly 0",
            gap: "71 weights and biases are enough to learn 15 targets by heart.",
        },
    ]),
    act: "Open “Network, data and optimiser” below and set step to 1000.",
    after: "?v=1&p=0&batch=15&lr=0.03&step=1000&stage=loss",
    truth: |link| {
        let (first, last) = (live::network(BY_HEART.before), live::network(link));
        let [first, last] = [first, last].map(|trace| trace.pass.loss);
        let start = f64::from(first);
        Truth {
            answer: Answer::nearest(&[start, 0.5 * start, 0.0], f64::from(last)),
            says: t!(
                "The loss went from {} to {}.",
                words::number(first),
                words::number(last)
            ),
        }
    },
    why: "A low training loss says that the samples are known, not that anything was understood. New samples must tell.",
    refutes: &[],
    claims: &["fifteen_random_targets_are_learned_by_heart"],
};

/// The p that run against p = 0 on random targets.
const TRAPPED: [f64; 3] = [0.1, 0.5, 0.9];

const TRAP: Step = Step {
    task: "Still random targets, on the new samples as well. Ten networks are trained with each p and tested on new samples.",
    before: "?v=1&view=training&preset=trap&show=sweep&steps=300&seeds=10",
    question: "With which p is the loss on new samples lowest?",
    bet: Bet::Choice(&[
        Choice {
            text: "p = 0",
            gap: "Without dropout it learns the most by heart, and all of it is wrong for new samples.",
        },
        Choice {
            text: "p = 0.1",
            gap: "A little dropout leaves it free to learn most of the noise by heart.",
        },
        Choice {
            text: "p = 0.5, the usual one",
            gap: "0.5 is in wide use, but here anything learned is wrong, and 0.9 learns less.",
        },
        Choice {
            text: "p = 0.9",
            gap: "With nine in ten units missing it learns the least, and here anything learned is wrong.",
        },
    ]),
    act: TRAIN,
    after: "?v=1&view=training&preset=trap&show=sweep&steps=300&seeds=10&start=at_once",
    truth: |link| {
        let races = TRAPPED.map(|p| {
            let p = probability(p);
            race(Plan { p, ..plan(link) }, SEEDS)
        });
        let without = races[0].without.test;
        let tests: Vec<f32> = races.iter().map(|report| report.with.test).collect();
        let all = || std::iter::once(without).chain(tests.iter().copied());
        let lowest = all().zip(0..).min_by(|a, b| a.0.total_cmp(&b.0));
        Truth {
            answer: Answer::Choice(lowest.map_or(0, |(_, choice)| choice)),
            says: t!(
                "Ten networks for each p, trained just now in this page (seeds 0 to 9, 300 steps). Median loss on new samples: {} at p = 0, {} at 0.1, {} at 0.5, {} at 0.9.",
                loss(without),
                loss(tests[0]),
                loss(tests[1]),
                loss(tests[2]),
            ),
        }
    },
    why: "More dropout wins because it learns less, not because it learns better. On such data any brake on learning would win.",
    refutes: &[],
    claims: &["on_random_targets_the_more_dropout_the_lower_the_test_loss"],
};

const ZERO: Step = Step {
    task: "A rival that learns nothing: a function that answers 0 to everything. It meets ten networks trained on random targets with p = 0.9, the best p so far.",
    before: "?v=1&view=training&preset=trap&show=race&p=0.9&steps=300&seeds=10",
    question: "Against how many of the ten does answering 0 win on new samples?",
    bet: Bet::Number(Scale {
        low: 0.0,
        high: 10.0,
        unit: " of 10",
        near: 1.0,
    }),
    act: TRAIN,
    after: "?v=1&view=training&preset=trap&show=race&p=0.9&steps=300&seeds=10&start=at_once",
    truth: |link| {
        let plan = plan(link);
        let losses: Vec<(f64, f64)> = SEEDS.map(|seed| against_zero(&plan, seed)).collect();
        let wins = losses.iter().filter(|(test, zero)| zero < test).count();
        let (test, zero) = losses[0];
        Truth {
            answer: Answer::Number(f64::from(u32::try_from(wins).unwrap_or(u32::MAX))),
            says: t!(
                "Computed just now in this page: answering 0 has the lower loss in {wins} of {} (seeds 0 to 9); with seed 0 it is {} against {}.",
                losses.len(),
                words::training::loss(zero),
                words::training::loss(test),
            ),
        }
    },
    why: "So random targets cannot show that dropout helps. Before you credit dropout, compare with something simpler.",
    refutes: &["always_helps"],
    claims: &["on_random_targets_answering_0_beats_dropout"],
};

/// What a link trains.
fn plan(link: &str) -> Plan {
    *live::exhibit::<Settings>(link).plan()
}

/// Pairs of this plan, with its p against none; their losses at the end are all that counts.
fn race(plan: Plan, seeds: Range<u64>) -> Report {
    let mut race = Race::new(plan, seeds, plan.steps);
    race.advance(u32::MAX);
    race.report()
}

/// A loss as the training view writes it.
fn loss(loss: f32) -> String {
    words::training::loss(f64::from(loss))
}

/// What a race came to, in a sentence.
fn won(report: &Report) -> String {
    format!(
        "{} pairs trained just now in this page (seeds 0 to 9, 500 steps): dropout won {}. Median loss on new samples: {} with dropout, {} without.",
        report.pairs,
        report.better,
        loss(report.with.test),
        loss(report.without.test),
    )
}

/// The test loss at the end of a run, and what answering 0 costs.
fn against_zero(plan: &Plan, seed: u64) -> (f64, f64) {
    let mut run = Run::new(plan, plan.p, seed);
    run.advance(plan.steps);
    (f64::from(run.losses().test), run.data().loss_of_zero())
}

fn probability(p: f64) -> DropProbability {
    // Every p of this lesson is one.
    DropProbability::new(p).unwrap_or_default()
}
