//! Training with and without dropout from one start: that the race is fair, what it shows, and what
//! becomes of runs that cannot go well.
#![allow(clippy::unwrap_used, reason = "what a test asks for must be there")]

use allocation_counter::measure;
use dropout_lab::model::proof::race::{
    Against, Method, Plan, Preset, RECENT, Race, Recorder, Report, Run, Task,
};
use dropout_lab::model::proof::subnetworks::{Ensemble, Placement};
use dropout_lab::nn::DropProbability;

fn p(p: f64) -> DropProbability {
    DropProbability::new(p).unwrap()
}

fn with_lr(plan: Plan, lr: f64) -> Plan {
    Plan { lr, ..plan }
}

fn report(plan: Plan, seeds: u64) -> Report {
    let mut race = Race::new(plan, 0..seeds, plan.steps);
    race.advance(u32::MAX);
    assert!(race.is_done());
    race.report()
}

/// Losses of the first four training steps and, after 300, of the last one, of all training samples
/// and of all test samples, from seed 1: what torch 2.15 prints.
///
/// ```python
/// torch.manual_seed(1)
/// x, noise, test_x = torch.randn(80, 20), torch.randn(80), torch.randn(400, 20)
/// y, test_y = ((0.6 * (x[:, 0] + x[:, 1] + x[:, 2]) + 0.5 * noise)[:, None], ...)
/// # sine: x, test_x = 4 * torch.rand(20, 1) - 2, ...; y = torch.sin(2 * x)
/// # moons: see `notebook::training`; lr=0.3, nn.BCEWithLogitsLoss()
/// # noise: x, y, test_x, test_y = torch.randn(15, 5), torch.randn(15, 1), ...
/// net = nn.Sequential(nn.Linear(20, 10), nn.ReLU(), nn.Dropout(p), nn.Linear(10, 1))
/// shuffle = torch.Generator()
/// shuffle.manual_seed(int(torch.empty((), dtype=torch.int64).random_()))
/// sgd = torch.optim.SGD(net.parameters(), lr=0.03)
/// # for each round: order = torch.randperm(80, generator=shuffle), cut into batches
/// ```
const TORCH: [(Preset, f64, [f64; 7]); 8] = [
    (
        Preset::Helps,
        0.0,
        [
            1.243_439_67,
            2.381_186_72,
            1.468_473_91,
            0.390_101_4,
            0.052_641_35,
            0.056_058_04,
            0.155_140_59,
        ],
    ),
    (
        Preset::Helps,
        0.5,
        [
            1.239_246_73,
            2.567_725_18,
            1.644_633_17,
            0.234_380_39,
            1.067_524_55,
            0.166_895_66,
            0.134_724_08,
        ],
    ),
    (
        Preset::Hurts,
        0.0,
        [
            0.449_530_99,
            0.351_706_89,
            0.433_343_59,
            0.327_755_96,
            0.007_231_035,
            0.009_844_815,
            0.025_663_89,
        ],
    ),
    (
        Preset::Hurts,
        0.5,
        [
            0.770_735_09,
            0.899_509_31,
            0.535_831_81,
            0.540_061_77,
            0.305_755_44,
            0.089_892_73,
            0.108_887_48,
        ],
    ),
    (
        Preset::Trap,
        0.0,
        [
            1.172_445_3,
            1.097_356_44,
            1.040_279_63,
            0.994_772_67,
            0.110_896_33,
            0.110_151_87,
            1.808_619_98,
        ],
    ),
    (
        Preset::Trap,
        0.5,
        [
            1.217_176_56,
            1.159_907_82,
            1.051_958_2,
            1.107_997_9,
            0.478_012_47,
            0.369_190_16,
            1.317_978_26,
        ],
    ),
    (
        Preset::Moons,
        0.0,
        [
            0.749_954_82,
            0.684_351_563,
            0.688_276_649,
            0.675_466_061,
            0.506_248_355,
            0.302_597_97,
            0.327_841_222,
        ],
    ),
    (
        Preset::Moons,
        0.5,
        [
            0.774_763_763,
            0.674_536_228,
            0.786_806_166,
            0.664_573_61,
            0.564_077_675,
            0.308_956_116,
            0.331_800_103,
        ],
    ),
];

/// Compares the first four steps, and what there is after 300, with torch.
fn agrees(plan: &Plan, drop: f64, torch: [f64; 7], within: f64) {
    let mut run = Run::new(plan, p(drop), 1);
    let mut ours: Vec<f32> = (0..4)
        .map(|_| {
            run.advance(1);
            run.pass().loss
        })
        .collect();
    run.advance(296);
    let losses = run.losses();
    ours.extend([run.pass().loss, losses.train, losses.test]);
    for (ours, torch) in ours.into_iter().map(f64::from).zip(torch) {
        assert!(
            (ours - torch).abs() <= within * torch.max(1.0),
            "{plan:?}: {ours} {torch}"
        );
    }
}

#[test]
fn torch_trains_the_same_networks_on_the_same_data() {
    for (preset, drop, torch) in TORCH {
        agrees(&preset.plan(), drop, torch, 2e-6);
    }
}

/// The same with `torch.optim.Adam(net.parameters(), lr=0.003, weight_decay=...)`, and with `AdamW`.
const TORCH_ADAM: [(Preset, Method, [f64; 3], [f64; 7]); 3] = [
    (
        Preset::Helps,
        Method::Adam,
        [0.5, 0.003, 0.0],
        [
            1.239_246_73,
            2.605_905_77,
            1.690_369_96,
            0.248_773_694,
            1.126_713_28,
            0.227_515_936,
            0.203_880_042,
        ],
    ),
    (
        Preset::Helps,
        Method::Adam,
        [0.0, 0.003, 0.01],
        [
            1.243_439_67,
            2.401_875_02,
            1.488_722_09,
            0.401_385_844,
            0.036_092_348_4,
            0.068_934_336_3,
            0.122_454_666,
        ],
    ),
    (
        Preset::Hurts,
        Method::AdamW,
        [0.5, 0.01, 0.1],
        [
            0.770_735_085,
            0.597_236_872,
            0.439_766_467,
            0.461_789_608,
            0.181_561_381,
            0.056_538_581_8,
            0.092_149_846_3,
        ],
    ),
];

#[test]
fn torch_trains_the_same_networks_with_adam() {
    for (preset, method, [drop, lr, weight_decay], torch) in TORCH_ADAM {
        let plan = Plan {
            lr,
            weight_decay,
            ..preset.plan_by(method, Against::Nothing)
        };
        // PyTorch's square root is a last digit off now and then.
        agrees(&plan, drop, torch, 1e-5);
    }
}

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
