//! The fast kernel beside the exact one: the same masks and the same steps, rounded otherwise.
#![allow(clippy::unwrap_used, reason = "what a test asks for must be there")]

use allocation_counter::measure;
use dropout_lab::model::proof::race::{Against, Kind, Method, Pair, Plan, Preset, Race, Sweep};
use dropout_lab::nn::{
    Adam, DropProbability, Exact, Fast, Generator, Kernel, Loss, Optimizer, Parameters, Sgd,
    Tensor, sample,
};

fn p(p: f64) -> DropProbability {
    DropProbability::new(p).unwrap()
}

fn normal(g: &mut Generator, shape: &[usize]) -> Tensor {
    let mut tensor = Tensor::zeros(shape);
    sample::randn(g, tensor.data_mut());
    tensor
}

/// Both kernels after `steps` steps from one start, with the losses on the way.
struct Pairing {
    exact: Exact,
    fast: Fast,
    losses: Vec<[f32; 2]>,
}

impl Pairing {
    /// Of sizes in, hidden, batch.
    fn new(sizes: [usize; 3], optimizer: Optimizer, loss: Loss, drop: f64, steps: usize) -> Self {
        let [inputs, hidden, batch] = sizes;
        let mut g = Generator::new(3);
        let parameters = Parameters::init(&mut g, inputs, hidden, 1);
        let input = normal(&mut g, &[batch, inputs]);
        let mut target = normal(&mut g, &[batch, 1]);
        if loss == Loss::BceWithLogits {
            for target in target.data_mut() {
                *target = f32::from(u8::from(*target > 0.0));
            }
        }
        let mut exact = Exact::new(parameters.clone(), optimizer, loss, batch);
        let mut fast = Fast::new(parameters, optimizer, loss, batch);
        let mut coins = [g.clone(), g];
        let losses = (0..steps)
            .map(|_| {
                let [mine, other] = &mut coins;
                let losses = [
                    exact.step(mine, p(drop), &input, &target),
                    fast.step(other, p(drop), &input, &target),
                ];
                assert_eq!(mine.drawn(), other.drawn());
                losses
            })
            .collect();
        Self {
            exact,
            fast,
            losses,
        }
    }

    /// The largest difference between two parameters, as a share of the larger one or of 1.
    fn apart(&self) -> f32 {
        let (exact, fast) = (self.exact.parameters(), self.fast.parameters());
        let tensors = exact.tensors().into_iter().zip(fast.tensors());
        let numbers = tensors.flat_map(|((_, a), (_, b))| a.data().iter().zip(b.data()));
        numbers.fold(0.0, |most, (a, b)| {
            most.max((a - b).abs() / a.abs().max(1.0))
        })
    }
}

const SIZES: [[usize; 3]; 9] = [
    [5, 10, 15],
    [10, 40, 5],
    [32, 33, 17],
    [1, 1, 1],
    [1, 4, 2],
    [2, 3, 8],
    [3, 7, 6],
    [6, 8, 1],
    [11, 5, 13],
];

fn sgd() -> Sgd {
    Sgd {
        lr: 0.02,
        ..Sgd::default()
    }
}

#[test]
fn steps_of_any_size_are_those_of_the_exact_kernel() {
    for sizes in SIZES {
        for drop in [0.0, 0.3, 0.5, 1.0] {
            for loss in [Loss::Mse, Loss::BceWithLogits] {
                let pairing = Pairing::new(sizes, Optimizer::Sgd(sgd()), loss, drop, 30);
                for [exact, fast] in &pairing.losses {
                    assert!(
                        (exact - fast).abs() <= 2e-5 * exact.max(1.0),
                        "{sizes:?} {drop}"
                    );
                }
                assert!(
                    pairing.apart() < 2e-5,
                    "{sizes:?} {drop}: {}",
                    pairing.apart()
                );
            }
        }
    }
}

#[test]
fn every_setting_of_an_optimizer_does_what_it_does_there() {
    let optimizers = [
        Optimizer::Sgd(Sgd {
            momentum: 0.9,
            ..sgd()
        }),
        Optimizer::Sgd(Sgd {
            momentum: 0.9,
            nesterov: true,
            ..sgd()
        }),
        Optimizer::Sgd(Sgd {
            momentum: 0.5,
            dampening: 0.5,
            ..sgd()
        }),
        Optimizer::Sgd(Sgd {
            dampening: 0.5,
            ..sgd()
        }),
        Optimizer::Sgd(Sgd {
            weight_decay: 0.1,
            ..sgd()
        }),
        Optimizer::Sgd(Sgd {
            weight_decay: 0.1,
            momentum: 0.9,
            ..sgd()
        }),
        Optimizer::Sgd(Sgd {
            lr: 1e-3,
            maximize: true,
            ..sgd()
        }),
        Optimizer::Adam(Adam {
            weight_decay: 0.1,
            ..Adam::default()
        }),
        Optimizer::Adam(Adam {
            weight_decay: 0.1,
            decoupled: true,
            ..Adam::default()
        }),
    ];
    for optimizer in optimizers {
        let pairing = Pairing::new([5, 10, 15], optimizer, Loss::Mse, 0.5, 30);
        assert!(pairing.apart() < 2e-5, "{optimizer:?}: {}", pairing.apart());
        // And it does something.
        let plain = Pairing::new([5, 10, 15], Optimizer::Sgd(sgd()), Loss::Mse, 0.5, 30);
        let (this, other) = (pairing.fast.parameters(), plain.fast.parameters());
        let is_plain = matches!(optimizer, Optimizer::Sgd(sgd) if sgd.momentum == 0.0 && sgd.weight_decay == 0.0 && !sgd.maximize);
        assert_eq!(this == other, is_plain, "{optimizer:?}");
    }
}

#[test]
fn a_loss_that_is_not_finite_is_returned_and_moves_nothing() {
    for number in [f32::NAN, f32::INFINITY, 1e30] {
        let mut g = Generator::new(1);
        let parameters = Parameters::init(&mut g, 3, 6, 1);
        let mut fast = Fast::new(parameters.clone(), Optimizer::Sgd(sgd()), Loss::Mse, 4);
        let input = Tensor::full(&[4, 3], number);
        let loss = fast.step(&mut g, p(0.0), &input, &Tensor::zeros(&[4, 1]));
        assert!(!loss.is_finite(), "{number}: {loss}");
        assert_eq!(fast.parameters(), parameters);
    }
}

#[test]
fn outputs_are_those_of_the_exact_kernel_for_any_number_of_samples() {
    let mut pairing = Pairing::new([5, 10, 15], Optimizer::Sgd(sgd()), Loss::Mse, 0.5, 30);
    for samples in [0, 1, 3, 4, 33, 70] {
        let input = normal(&mut Generator::new(9), &[samples, 5]);
        let mut outputs = [vec![0.0; samples], vec![0.0; samples]];
        pairing.exact.outputs(&input, &mut outputs[0]);
        pairing.fast.outputs(&input, &mut outputs[1]);
        for (exact, fast) in outputs[0].iter().zip(&outputs[1]) {
            assert!((exact - fast).abs() < 2e-5, "{exact} {fast}");
        }
    }
}

#[test]
fn what_is_remembered_never_becomes_subnormal() {
    // Where nothing is kept, only fc2's bias has a gradient; velocities from before die away.
    let mut g = Generator::new(1);
    let parameters = Parameters::init(&mut g, 5, 10, 1);
    let optimizer = Optimizer::Sgd(Sgd {
        momentum: 0.5,
        ..sgd()
    });
    let mut fast = Fast::new(parameters, optimizer, Loss::Mse, 5);
    let (input, target) = (normal(&mut g, &[5, 5]), normal(&mut g, &[5, 1]));
    fast.step(&mut g, p(0.5), &input, &target);
    for _ in 0..200 {
        fast.step(&mut g, p(1.0), &input, &target);
    }
    let subnormal = fast.remembered().filter(|x| x.is_subnormal()).count();
    let zero = fast.remembered().filter(|x| *x == 0.0).count();
    assert_eq!(subnormal, 0);
    assert!(zero > 60, "{zero}");
}

#[test]
fn a_step_of_the_fast_kernel_allocates_nothing() {
    for optimizer in [Optimizer::Sgd(sgd()), Optimizer::Adam(Adam::default())] {
        let mut g = Generator::new(1);
        let parameters = Parameters::init(&mut g, 5, 10, 1);
        let mut fast = Fast::new(parameters, optimizer, Loss::Mse, 15);
        let (input, target) = (normal(&mut g, &[15, 5]), normal(&mut g, &[15, 1]));
        let mut outputs = vec![0.0; 15];
        let allocated = measure(|| {
            for drop in [0.5, 0.3, 0.0, 1.0] {
                fast.step(&mut g, p(drop), &input, &target);
            }
            fast.outputs(&input, &mut outputs);
        });
        assert_eq!(allocated.count_total, 0, "{optimizer:?}");
    }
}

fn race(plan: Plan, seeds: u64, kind: Kind) -> Race {
    let mut race = Race::new(plan, 0..seeds, plan.steps).by(kind);
    race.advance(u32::MAX);
    race
}

/// Test losses without dropout and with it.
fn tests(pair: &Pair) -> [f32; 2] {
    [&pair.without, &pair.with].map(|curve| curve.points.last().unwrap().test)
}

/// How far apart the test losses of a pair are at most, as a share, and that nobody wins who would have lost.
fn compare(plan: Plan, seeds: u64) -> f32 {
    let (exact, fast) = (
        race(plan, seeds, Kind::Exact),
        race(plan, seeds, Kind::Fast),
    );
    let mut most = 0.0_f32;
    for (exact, fast) in exact.pairs().iter().zip(fast.pairs()) {
        let (exact, fast) = (tests(exact), tests(fast));
        assert_eq!(exact[1] < exact[0], fast[1] < fast[0], "{plan:?}");
        for (exact, fast) in exact.into_iter().zip(fast) {
            most = most.max((exact - fast).abs() / exact);
        }
    }
    most
}

#[test]
fn a_short_race_has_the_same_winners_and_nearly_the_same_losses() {
    for preset in Preset::ALL {
        for method in [Method::Sgd, Method::Adam, Method::AdamW] {
            let plan = Plan {
                steps: 150,
                ..preset.plan_by(method, Against::Nothing)
            };
            let apart = compare(plan, 2);
            assert!(apart < 1e-3, "{preset:?} {method:?}: {apart}");
        }
    }
}

#[test]
fn a_sweep_by_the_fast_kernel_ends_where_the_exact_one_does() {
    let plan = Plan {
        steps: 100,
        ..Preset::Helps.plan()
    };
    let medians = |kind| {
        let mut sweep = Sweep::new(plan, &[p(0.0), p(0.5)], 0..3).by(kind);
        sweep.advance(u32::MAX);
        sweep.medians()
    };
    for (exact, fast) in medians(Kind::Exact).into_iter().zip(medians(Kind::Fast)) {
        assert!((exact - fast).abs() < 1e-4 * exact, "{exact} {fast}");
    }
}
