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
