//! Runs that diverge, and the ends of every range.

use super::{p, report, with_lr};
use dropout_lab::model::proof::race::{Plan, Preset, Race, Recorder, Run, Task};

#[test]
fn a_run_that_diverges_says_at_which_step_and_stops_there() {
    for preset in [Preset::Helps, Preset::Hurts, Preset::Trap] {
        let plan = with_lr(preset.plan(), 10.0);
        let mut recorder = Recorder::new(Run::new(&plan, plan.p, 1), plan.steps, plan.steps);
        recorder.advance(u32::MAX);
        let step = recorder.curve().diverged.unwrap();
        assert!(recorder.is_done() && step < plan.steps);
        let last = recorder.curve().points.last().unwrap();
        assert_eq!((recorder.run().taken(), last.step), (step, step));
        assert!(!recorder.run().pass().loss.is_finite());
        assert_eq!(recorder.advance(10), 0);

        let mut before = Run::new(&plan, plan.p, 1);
        before.advance(step - 1);
        assert!(before.diverged().is_none() && before.pass().loss.is_finite());
    }
}

#[test]
fn the_gradient_of_a_logit_is_bounded_and_a_learning_rate_of_10_leads_to_no_infinity() {
    let plan = with_lr(Preset::Moons.plan(), 10.0);
    let mut recorder = Recorder::new(Run::new(&plan, plan.p, 1), 500, 500);
    recorder.advance(u32::MAX);
    assert_eq!(
        (recorder.run().taken(), recorder.curve().diverged),
        (500, None)
    );
    let last = recorder.curve().points.last().unwrap();
    // Not to know would cost less: log 2.
    assert!(
        last.test.is_finite() && last.test > std::f32::consts::LN_2,
        "{last:?}"
    );
}

#[test]
fn a_race_whose_logits_overflow_counts_those_runs_as_infinitely_bad() {
    let plan = Plan {
        steps: 300,
        weight_decay: 10.0,
        ..with_lr(Preset::Moons.plan(), 10.0)
    };
    let report = report(plan, 3);
    assert_eq!(
        (report.with.test, report.with.accuracy),
        (f32::INFINITY, Some(0.0))
    );
}

#[test]
fn classes_come_in_turn_and_one_sample_is_of_one_class() {
    let plan = Plan {
        train: 1,
        ..Preset::Moons.plan()
    };
    let mut run = Run::new(&plan, plan.p, 4);
    assert_eq!(run.data().train.target.data(), [0.0]);
    let classes = run.data().test.target.data().iter().sum::<f32>();
    assert_eq!(classes, 200.0);
    run.advance(300);
    let accuracy = run.losses().accuracy.unwrap();
    // It says class 0 to nearly everything, which half of the test samples are.
    assert_eq!(accuracy.train, 1.0);
    assert!((0.4..0.7).contains(&accuracy.test), "{accuracy:?}");
}

#[test]
fn a_run_that_diverges_is_worse_than_any_that_does_not() {
    // Dropout's scale of 10 makes a learning rate too high that is none without it.
    let plan = Plan {
        p: p(0.9),
        steps: 200,
        ..with_lr(Preset::Hurts.plan(), 0.1)
    };
    let report = report(plan, 4);
    assert_eq!((report.better, report.worse), (0, 4));
    assert_eq!(report.with.test, f32::INFINITY);
    assert!(report.without.test.is_finite());
}

#[test]
fn one_sample_one_unit_and_sizes_of_0_train_too() {
    for size in [0, 1] {
        for task in [Task::ThreeOfTwenty, Task::Sine, Task::Noise, Task::Moons] {
            let plan = Plan {
                task,
                train: size,
                test: size,
                hidden: size,
                batch: size,
                ..Preset::Helps.plan()
            };
            let mut run = Run::new(&plan, plan.p, 3);
            assert_eq!(run.losses().running, None);
            run.advance(50);
            let losses = run.losses();
            assert_eq!((run.taken(), run.parameters().fc1.bias.numel()), (50, 1));
            assert!(losses.train.is_finite() && losses.test.is_finite());
        }
    }
}

#[test]
fn p_of_0_is_no_race_and_p_of_1_learns_the_bias_alone() {
    let plan = |drop| Plan {
        p: p(drop),
        steps: 150,
        ..Preset::Helps.plan()
    };
    let tie = report(plan(0.0), 3);
    assert_eq!((tie.pairs, tie.better, tie.worse), (3, 0, 0));
    assert_eq!(tie.with, tie.without);

    let mut run = Run::new(&plan(1.0), p(1.0), 3);
    let start = run.parameters().clone();
    run.advance(150);
    let end = run.parameters();
    assert_eq!((&start.fc1, &start.fc2.weight), (&end.fc1, &end.fc2.weight));
    assert_ne!(start.fc2.bias, end.fc2.bias);
}

#[test]
fn a_race_of_no_seeds_or_no_steps_is_over_at_once() {
    let plan = Preset::Helps.plan();
    let race = Race::new(plan, 4..4, 10);
    assert!(race.is_done() && race.report().with.test.is_nan());
    let none = report(Plan { steps: 0, ..plan }, 2);
    assert_eq!((none.pairs, none.better, none.worse), (2, 0, 0));
}

/// Enough for a lesson: a few seeds, half of the steps.
mod brief {
    use super::*;

    #[test]
    fn dropout_helps_and_the_training_loop_sees_more_loss_than_the_test() {
        let plan = Plan {
            steps: 1000,
            ..Preset::Helps.plan()
        };
        let report = report(plan, 6);
        assert!(
            report.better >= 5 && report.running_above_test >= 5,
            "{report:?}"
        );
    }

    #[test]
    fn dropout_hurts() {
        let plan = Plan {
            steps: 500,
            ..Preset::Hurts.plan()
        };
        let report = report(plan, 4);
        assert!(report.worse >= 3, "{report:?}");
    }
}

/// The presets as they are, with 40 seeds: too slow without optimisation.
#[cfg(not(debug_assertions))]
mod whole {
    use std::cmp::Ordering;

    use dropout_lab::model::proof::race::{CHOSEN_ON, Curve, DECAYS, Kind, Pair, Sweep, interval};

    use super::*;

    #[test]
    fn helps() {
        let report = report(Preset::Helps.plan(), 40);
        assert!(
            report.better >= 38 && report.running_above_test >= 34,
            "{report:?}"
        );
        assert!((0.38..0.52).contains(&report.without.test), "{report:?}");
        assert!((0.18..0.27).contains(&report.with.test), "{report:?}");
        // It has learned its 80 samples by heart, and dropout kept it from that.
        assert!(
            report.without.train < 1e-3 && report.with.train > 0.05,
            "{report:?}"
        );
    }

    #[test]
    fn on_two_moons_forty_pairs_do_not_tell_whether_dropout_helps() {
        let report = report(Preset::Moons.plan(), 40);
        assert!((8..=28).contains(&report.better), "{report:?}");
        let (low, high) = interval(report.better, report.pairs, 0.95);
        assert!(low < 0.5 && high > 0.5, "{report:?}");
        let [with, without] = [report.with, report.without].map(|of| of.accuracy.unwrap());
        assert!((with - without).abs() < 0.02 && with > 0.82, "{report:?}");
    }

    #[test]
    fn weight_decay_that_was_chosen_helps_more_than_dropout_that_was_not() {
        let plan = Preset::Helps.plan_by(Method::Sgd, Against::WeightDecay);
        let report = report(plan, 40);
        assert!(report.worse >= 34, "{report:?}");
        assert!((0.14..0.2).contains(&report.without.test), "{report:?}");
        assert!((0.18..0.27).contains(&report.with.test), "{report:?}");
    }

    /// The lowest median on other seeds than those whose figures are told, of all that were tried.
    #[test]
    fn the_rivals_weight_decay_is_the_best_there_is_to_choose() {
        for preset in Preset::ALL {
            for method in [Method::Sgd, Method::Adam, Method::AdamW] {
                let usual = preset.plan_by(method, Against::WeightDecay);
                let medians = DECAYS.map(|weight_decay| {
                    let plan = Plan {
                        weight_decay,
                        ..usual
                    };
                    let mut rivals = Sweep::new(plan, &[], CHOSEN_ON);
                    rivals.advance(u32::MAX);
                    rivals.advance(u32::MAX);
                    assert!(rivals.is_done());
                    rivals.medians()[0]
                });
                let lowest = medians.into_iter().fold(f32::INFINITY, f32::min);
                let best = medians.iter().position(|median| *median == lowest).unwrap();
                assert_eq!(
                    DECAYS[best], usual.weight_decay,
                    "{preset:?}, {method:?}: {medians:?}"
                );
            }
        }
    }

    #[test]
    fn hurts() {
        let report = report(Preset::Hurts.plan(), 40);
        assert!(report.worse >= 38, "{report:?}");
        assert!(report.with.test > 10.0 * report.without.test, "{report:?}");
    }

    #[test]
    fn in_the_trap_more_dropout_is_better_and_predicting_0_is_best() {
        let plan = Preset::Trap.plan();
        let medians: Vec<f32> = [0.0, 0.1, 0.3, 0.5, 0.7, 0.9]
            .map(|drop| report(Plan { p: p(drop), ..plan }, 40).with.test)
            .to_vec();
        assert!(
            medians.is_sorted_by(|more, less| more > less),
            "{medians:?}"
        );
        // Targets of variance 1: what 0 would cost.
        assert!(medians.iter().all(|median| *median > 1.0), "{medians:?}");
        assert!(report(plan, 40).better >= 36);
    }

    #[test]
    fn with_forty_samples_dropout_helps_but_the_loop_sees_less_loss_than_the_test() {
        let plan = Plan {
            train: 40,
            ..Preset::Helps.plan()
        };
        let report = report(plan, 40);
        assert!((30..40).contains(&report.better), "{report:?}");
        assert!(report.running_above_test < 20, "{report:?}");
    }

    /// What the page says of the fast kernel.
    #[test]
    fn with_the_fast_kernel_the_same_runs_win_and_medians_are_the_same_to_three_digits() {
        for preset in Preset::ALL {
            let plan = preset.plan();
            let [exact, fast] = [Kind::Exact, Kind::Fast].map(|kind| {
                let mut race = Race::new(plan, 0..40, plan.steps).by(kind);
                race.advance(u32::MAX);
                race
            });
            let winners = |race: &Race| -> Vec<_> { race.pairs().iter().map(winner).collect() };
            assert_eq!(winners(&exact), winners(&fast), "{preset:?}");
            let [exact, fast] = [&exact, &fast].map(Race::report);
            for (exact, fast) in [(exact.with, fast.with), (exact.without, fast.without)] {
                let apart = (exact.test - fast.test).abs() / exact.test;
                // Three digits of one number may differ from another's by rounding; half of the last is 1 in 2000.
                assert!(apart < 5e-4, "{preset:?}: {} {}", exact.test, fast.test);
            }
        }
    }

    fn winner(pair: &Pair) -> Option<Ordering> {
        let test = |curve: &Curve| curve.points.last().unwrap().test;
        test(&pair.with).partial_cmp(&test(&pair.without))
    }
}
