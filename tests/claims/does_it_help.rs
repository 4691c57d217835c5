//! Lesson 8: its races once more, with more seeds than the page has time for, and seeds that it does not use.
//!
//! The bounds leave room for about three standard deviations of a count of so many seeds.

use std::sync::OnceLock;

use dropout_lab::lessons::live;
use dropout_lab::model::proof::race::{Plan, Preset, Race, Report, Run};
use dropout_lab::nn::DropProbability;

/// Optimised there is time for ten times as many.
const SEEDS: u64 = if cfg!(debug_assertions) { 20 } else { 200 };

fn p(p: f64) -> DropProbability {
    DropProbability::new(p).unwrap()
}

fn race(preset: Preset, p: DropProbability, steps: u32) -> Report {
    let plan = Plan {
        steps,
        p,
        ..preset.plan()
    };
    let mut race = Race::new(plan, 100..100 + SEEDS, steps);
    race.advance(u32::MAX);
    race.report()
}

/// The race of two steps, run once.
fn helps() -> Report {
    static HELPS: OnceLock<Report> = OnceLock::new();
    *HELPS.get_or_init(|| race(Preset::Helps, p(0.5), 500))
}

/// Whether `count` of the seeds is a share between `low` and `high`.
fn share(count: u32, low: f64, high: f64) -> bool {
    (low..=high).contains(&(f64::from(count) / f64::from(u32::try_from(SEEDS).unwrap())))
}

#[test]
fn the_loop_prints_more_than_the_test_in_most_runs() {
    let report = helps();
    assert!(share(report.running_above_test, 0.9, 1.0), "{report:?}");
    assert!(report.with.running > 1.5 * report.with.test, "{report:?}");
    // Not for the noise alone: on the same noisy samples the whole network loses less than the loop saw.
    assert!(report.with.running > 1.5 * report.with.train, "{report:?}");
}

#[test]
fn dropout_wins_most_pairs_where_inputs_say_nothing() {
    let report = helps();
    assert!(share(report.better, 0.75, 0.99), "{report:?}");
    assert!(report.with.test < 0.85 * report.without.test, "{report:?}");
    // Without it the noise is learned too: noise of variance 0.25 is all but gone from the training loss.
    assert!(report.without.train < 0.1, "{report:?}");
}

#[test]
fn dropout_loses_nearly_every_pair_on_a_curve_without_noise() {
    let report = race(Preset::Hurts, p(0.5), 500);
    assert!(share(report.worse, 0.95, 1.0), "{report:?}");
    assert!(report.with.test > 5.0 * report.without.test, "{report:?}");
    // The output jumps from mask to mask, trained or not.
    let trace = live::draws("?v=1&view=expectation&through=net&in=1&hidden=64");
    assert!(trace.sd > 0.05 && trace.law.sd > 0.05);
}

#[test]
fn fifteen_random_targets_are_learned_by_heart() {
    for seed in 0..SEEDS {
        let link = format!("?v=1&p=0&seed={seed}&batch=15&lr=0.03");
        let (first, last) = (live::network(&link), live::network(&(link + "&step=1000")));
        assert!(last.pass.loss < 0.25 * first.pass.loss, "seed {seed}");
        let parameters = first.before.tensors().map(|(_, tensor)| tensor.numel());
        assert_eq!(parameters.iter().sum::<usize>(), 71);
    }
    // With dropout they are not.
    let link = "?v=1&p=0.9&batch=15&lr=0.03&step=1000&mode=eval";
    assert!(live::network(link).pass.loss > 0.2);
}

#[test]
fn on_random_targets_the_more_dropout_the_lower_the_test_loss() {
    let races = [0.1, 0.5, 0.9].map(|drop| race(Preset::Trap, p(drop), 300));
    let with = races.map(|report| report.with.test);
    let medians = [races[0].without.test, with[0], with[1], with[2]];
    assert!(
        medians.is_sorted_by(|more, less| more > less),
        "{medians:?}"
    );
    // It learns less: the loss on its own samples grows with p.
    let train = races.map(|report| report.with.train);
    assert!(train.is_sorted_by(|less, more| less < more), "{train:?}");
}

#[test]
fn on_random_targets_answering_0_beats_dropout() {
    let wins = (100..100 + SEEDS).filter(|seed| {
        let mut run = Run::new(&Preset::Trap.plan(), p(0.9), *seed);
        run.advance(300);
        let targets = run.data().test.target.data();
        let squares = targets.iter().map(|target| f64::from(target * target));
        squares.sum::<f64>() / 400.0 < f64::from(run.losses().test)
    });
    let wins = u32::try_from(wins.count()).unwrap();
    assert!(share(wins, 0.85, 1.0), "{wins} of {SEEDS}");
}
