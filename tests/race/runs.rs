//! What runs have in common.

use super::{p, with_lr};
use allocation_counter::measure;
use dropout_lab::model::proof::race::{Against, Method, Plan, Preset, RECENT, Race, Run};
use dropout_lab::model::proof::subnetworks::{Ensemble, Placement};
use dropout_lab::nn::DropProbability;

#[test]
fn both_runs_of_a_pair_have_the_same_data_start_and_batches() {
    let plan = Preset::Helps.plan();
    let (without, with) = Run::pair(&plan, 5);
    assert_eq!(without.data(), with.data());
    assert_eq!(without.parameters(), with.parameters());
    // So small a p tosses coins, and drops nothing: what is left of a difference are the batches.
    let trained = |mut run: Run| {
        run.advance(250);
        (run.parameters().clone(), run.losses())
    };
    assert_eq!(trained(Run::new(&plan, p(1e-300), 5)), trained(without));
}

#[test]
fn other_seeds_have_other_data_and_the_same_seed_the_same_run() {
    let plan = Preset::Helps.plan();
    let run = |seed| {
        let mut run = Run::new(&plan, plan.p, seed);
        run.advance(120);
        run
    };
    assert_eq!(run(3).parameters(), run(3).parameters());
    assert_ne!(run(3).data(), run(4).data());
}

#[test]
fn a_round_goes_through_every_sample_once() {
    // At a learning rate of 0 the mean loss of a round without dropout is the loss of all samples.
    let mut run = Run::new(
        &with_lr(Preset::Helps.plan(), 0.0),
        DropProbability::ZERO,
        2,
    );
    run.advance(30);
    let losses = run.losses();
    assert!((losses.running.unwrap() - losses.train).abs() < 1e-5);
}

#[test]
fn a_race_is_the_same_in_slices_of_any_size() {
    let plan = Plan {
        steps: 55,
        ..Preset::Helps.plan()
    };
    let whole = {
        let mut race = Race::new(plan, 7..10, 20);
        race.advance(u32::MAX);
        race
    };
    for budget in [1, 13, 20, 110, 1000] {
        let mut race = Race::new(plan, 7..10, 20);
        let mut slices: u32 = 0;
        while !race.is_done() {
            race.advance(budget);
            slices += 1;
        }
        assert_eq!(slices, 330_u32.div_ceil(budget));
        assert_eq!(race.pairs(), whole.pairs());
    }
    let steps: Vec<u32> = whole.pairs()[0]
        .with
        .points
        .iter()
        .map(|point| point.step)
        .collect();
    assert_eq!(steps, [0, 20, 40, 55]);
    assert_eq!(whole.pairs()[2].seed, 9);
}

#[test]
fn a_step_and_its_losses_allocate_nothing() {
    let methods = [Method::Sgd, Method::Adam, Method::AdamW];
    for plan in Preset::ALL
        .into_iter()
        .flat_map(|preset| methods.map(|method| preset.plan_by(method, Against::WeightDecay)))
    {
        let mut run = Run::new(&plan, plan.p, 0);
        run.advance(1);
        let allocated = measure(|| {
            run.advance(30);
            assert!(run.losses().test.is_finite());
        });
        assert_eq!(allocated.count_total, 0, "{plan:?}");
    }
}

#[test]
fn the_losses_are_those_of_the_ensemble() {
    let plan = with_lr(Preset::Helps.plan(), 0.0);
    let mut run = Run::new(&plan, p(0.8), 11);
    let windows: Vec<f64> = (0..40)
        .map(|_| {
            run.advance(u32::try_from(RECENT).unwrap());
            f64::from(run.losses().running.unwrap())
        })
        .collect();
    let mean = windows.iter().sum::<f64>() / 40.0;
    let variance = windows
        .iter()
        .map(|loss| (loss - mean).powi(2))
        .sum::<f64>()
        / 39.0;
    let standard_error = (variance / 40.0).sqrt();

    let losses = run.losses();
    let ensemble = Ensemble::new(run.parameters(), p(0.8), Placement::AfterRelu).unwrap();
    let train = &run.data().train;
    let identity = ensemble.identity(&train.input, &train.target);
    assert!((identity.eval - f64::from(losses.train)).abs() < 1e-6);
    assert!(
        (mean - identity.train).abs() < 4.0 * standard_error,
        "{mean} {identity:?}"
    );
    // Which is too narrow to take the loss in eval mode for it.
    assert!(identity.train - identity.eval > 8.0 * standard_error);
}
