//! Against PyTorch.

use super::p;
use dropout_lab::model::proof::race::{Against, Method, Plan, Preset, Run};

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
