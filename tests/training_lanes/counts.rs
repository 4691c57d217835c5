//! Against a second count.

use super::{lanes, settings};
use allocation_counter::measure;
use dropout_lab::app::training::{Msg, Pace, State};
use dropout_lab::model::Cause;
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::training::Live;
use dropout_lab::model::proof::race::{Duel, Plan, Preset, Run};
use dropout_lab::nn::{DropProbability, Pass};

/// A count of its own: masks and gradients of a run, gone through one by one.
#[derive(Default)]
struct Count {
    seen: u32,
    kept: Vec<u32>,
    idle: Vec<[u32; 4]>,
}

impl Count {
    fn of(plan: &Plan, p: DropProbability, seed: u64, steps: u32) -> Self {
        let mut run = Run::new(plan, p, seed);
        let hidden = plan.hidden as usize;
        let mut count = Self {
            kept: vec![0; hidden],
            idle: vec![[0; 4]; hidden],
            ..Self::default()
        };
        for _ in 0..steps {
            run.advance(1);
            let pass = run.pass();
            count.seen += u32::try_from(pass.mask.shape()[0]).unwrap();
            for unit in 0..hidden {
                count.kept[unit] += column(pass, unit).filter(|(mask, _)| *mask == 1.0).sum_of();
                let grad = &pass.grad.fc1;
                let row = grad
                    .weight
                    .row(unit)
                    .iter()
                    .chain([&grad.bias.data()[unit]]);
                if row.map(|g| g.abs()).sum::<f32>() > 0.0 {
                    continue;
                }
                let reason = if column(pass, unit).all(|(mask, _)| mask == 0.0) {
                    0
                } else if column(pass, unit).all(|(_, hidden)| hidden == 0.0) {
                    1
                } else if column(pass, unit).all(|(mask, hidden)| mask * hidden == 0.0) {
                    2
                } else {
                    3
                };
                count.idle[unit][reason] += 1;
            }
        }
        count
    }
}

/// What the mask and the `ReLU` made of a unit, sample by sample.
fn column(pass: &Pass, unit: usize) -> impl Iterator<Item = (f32, f32)> + '_ {
    let samples = 0..pass.mask.shape()[0];
    samples.map(move |n| (pass.mask.at(n, unit), pass.hidden.at(n, unit)))
}

trait SumOf {
    fn sum_of(self) -> u32;
}

impl<I: Iterator> SumOf for I {
    fn sum_of(self) -> u32 {
        u32::try_from(self.count()).unwrap()
    }
}

#[test]
fn lanes_count_what_a_second_count_of_masks_and_gradients_finds() {
    for (changes, p) in [
        (&[("preset", "helps"), ("batch", "3")][..], "0.5"),
        (
            &[("preset", "hurts"), ("batch", "2"), ("lr", "0.003")],
            "0.8",
        ),
        (
            &[("preset", "trap"), ("hidden", "1"), ("batch", "1")],
            "0.3",
        ),
        (&[("preset", "helps")], "0"),
        (&[("preset", "helps")], "1"),
    ] {
        let mut settings = settings(changes);
        settings.set("p", p).unwrap();
        settings.set("panel", "lanes").unwrap();
        let (plan, seed) = (settings.plan(), settings.seed());
        let shown = lanes(&settings, 150);
        let with = Count::of(plan, plan.p, seed, 150);
        let without = Count::of(plan, DropProbability::ZERO, seed, 150);
        assert_eq!((shown.steps, shown.seen), ([150, 150], with.seen));
        for (unit, lane) in shown.units.iter().enumerate() {
            assert_eq!(lane.kept, with.kept[unit], "{changes:?}, unit {unit}");
            assert_eq!(lane.idle, [without.idle[unit], with.idle[unit]]);
            let share = f64::from(with.kept[unit]) / f64::from(with.seen);
            assert_eq!(shown.share(unit), Some(share));
        }
        // So small a batch leaves rows without gradient, and each reason comes up somewhere.
        assert!(p == "0" || with.idle.iter().flatten().sum::<u32>() > 0);
    }
}

#[test]
fn every_reason_for_a_row_without_gradient_is_told_apart() {
    let settings = settings(&[("batch", "2"), ("panel", "lanes")]);
    let shown = lanes(&settings, 2000);
    for cause in [Cause::Dropped, Cause::ReluOff, Cause::DroppedOrReluOff] {
        let steps = shown.units.iter().map(|unit| unit.idle[1][cause as usize]);
        assert!(steps.sum::<u32>() > 0, "{cause:?}");
    }
    assert!(
        Cause::ALL
            .iter()
            .enumerate()
            .all(|(k, cause)| *cause as usize == k)
    );
    // Without dropout nothing is dropped.
    let dropped =
        |unit: &[u32; 4]| unit[Cause::Dropped as usize] + unit[Cause::DroppedOrReluOff as usize];
    assert!(shown.units.iter().all(|unit| dropped(&unit.idle[0]) == 0));
}

#[test]
fn what_is_shown_of_the_latest_batch_and_of_weights_is_the_runs() {
    let settings = settings(&[("preset", "hurts"), ("panel", "lanes"), ("hidden", "12")]);
    let shown = lanes(&settings, 40);
    let mut duel = Duel::new(settings.plan(), settings.seed(), 10);
    duel.advance(40);
    let with = duel.with.run();
    assert_eq!((shown.coins.len(), shown.batch), (10, 10));
    for (sample, coins) in shown.coins.iter().enumerate() {
        for (unit, coin) in coins.iter().enumerate() {
            assert_eq!(coin.kept, with.pass().mask.at(sample, unit) == 1.0);
            assert_eq!(
                coin.active,
                with.pass().pre_activation.at(sample, unit) > 0.0
            );
        }
    }
    for (unit, lane) in shown.units.iter().enumerate() {
        for (side, run) in [duel.without.run(), with].into_iter().enumerate() {
            let weight = &run.parameters().fc1.weight;
            let norm = weight
                .row(unit)
                .iter()
                .fold(0.0, |sum, w| f32::hypot(sum, *w));
            assert!((lane.row[side] - norm).abs() < 1e-6);
            assert_eq!(
                lane.out[side],
                run.parameters().fc2.weight.data()[unit].abs()
            );
        }
        let nothing = lane.latest.is_some();
        let grad = with.pass().grad.fc1.weight.row(unit);
        assert_eq!(nothing, grad.iter().all(|g| *g == 0.0));
    }
}

#[test]
fn a_step_that_is_counted_allocates_nothing_either() {
    let plan = Preset::Hurts.plan();
    let mut run = Run::new(&plan, plan.p, 0).tallied();
    run.advance(1);
    assert_eq!(measure(|| run.advance(30)).count_total, 0);
    assert_eq!(run.tally().unwrap().steps(), 31);
}

#[test]
fn a_step_that_diverges_is_not_counted_and_has_no_coins() {
    let settings = settings(&[("lr", "10"), ("panel", "lanes")]);
    let shown = lanes(&settings, 3000);
    let mut duel = Duel::new(settings.plan(), settings.seed(), 10);
    duel.advance(3000);
    let diverged = [&duel.without, &duel.with].map(|run| run.run().diverged().unwrap());
    assert_eq!(shown.steps, diverged.map(|step| step - 1));
    assert!(shown.coins.is_empty() && shown.units.iter().all(|unit| unit.latest.is_none()));
}

#[test]
fn counting_changes_nothing_that_is_trained() {
    let plan = Preset::Helps.plan();
    let trained = |mut run: Run| {
        run.advance(200);
        (run.parameters().clone(), run.losses())
    };
    let run = Run::new(&plan, plan.p, 7);
    assert!(run.tally().is_none());
    assert_eq!(trained(run.clone().tallied()), trained(run));
}

#[test]
fn lanes_are_those_of_now_whenever_they_are_asked_for() {
    let mut state = State::new(settings(&[("steps", "60")]));
    state.update(Msg::Go(Pace::Full));
    state.update(Msg::Advance(25));
    state.update(Msg::Settings(settings(&[
        ("steps", "60"),
        ("panel", "lanes"),
    ])));
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    assert_eq!((trace.taken, trace.lanes.steps), (25, [25, 25]));
}
