//! MC dropout on the curve: passes in eval mode with dropout on, beside what is exact.
#![allow(clippy::unwrap_used, reason = "what a test asks for must be there")]

use dropout_lab::app::training::{Msg, Pace, State};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::training::{Fit, Live, RunTrace, Sampled, Settings, Trace};
use dropout_lab::model::proof::race::{Duel, Run};
use dropout_lab::nn::DropProbability;
use dropout_lab::{notebook, words};

fn settings(changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    settings.set("preset", "hurts").unwrap();
    for (name, text) in changes {
        settings.set(name, text).unwrap();
    }
    settings
}

fn sampled(settings: &Settings, steps: u32) -> Option<Sampled> {
    let mut duel = Duel::new(settings.plan(), settings.seed(), 100);
    duel.advance(steps);
    let mut trace = RunTrace::of(settings, &duel);
    trace.sample(&duel);
    if let Fit::Curve { sampled, .. } = trace.fit {
        sampled
    } else {
        None
    }
}

#[test]
fn passes_come_near_what_is_exact_and_more_of_them_nearer() {
    let off = |passes: &str| {
        let sampled = sampled(&settings(&[("passes", passes)]), 200).unwrap();
        let [drawn, exact] = sampled.widths();
        (drawn / exact - 1.0).abs()
    };
    // The standard deviation of a standard deviation of n normal numbers is 1 / sqrt(2 n) of it; 49 places share
    // no mask, so that their mean is seven times as close.
    assert!(off("1000") < 4.0 / 2000_f64.sqrt() / 7.0, "{}", off("1000"));
    assert!(off("1") > 0.99);
}

#[test]
fn the_band_of_the_same_weights_grows_with_p_alone() {
    let settings = settings(&[("passes", "3")]);
    // Before the first step both have the same weights.
    let run = |p| Run::new(settings.plan(), DropProbability::new(p).unwrap(), 0);
    let (run, other) = (run(0.5), run(0.9));
    assert_eq!(run.parameters(), other.parameters());
    let input = &run.data().train.input;
    let [wide, band] = [&other, &run].map(|run| run.spread(&run.evaluated(input)));
    for (wide, band) in wide.iter().zip(band) {
        assert!((wide / band - 3.0).abs() < 1e-4, "{wide} {band}");
    }
    let mut state = State::new(settings);
    state.update(Msg::Go(Pace::Full));
    state.update(Msg::Advance(u32::MAX));
    state.update(Msg::Tick(0.1));
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    let Fit::Curve {
        sampled: Some(sampled),
        ..
    } = &trace.fit
    else {
        panic!("passes are drawn");
    };
    let said = words::training::outcome(state.live()).join(" ");
    let ((inside, held), (beyond, held_beyond)) = (sampled.covered(true), sampled.covered(false));
    for wanted in [
        format!(
            "hold the truth at {held} of {inside} places from −2 to 2 and at {held_beyond} of {beyond} beyond"
        ),
        "with p = 0.9 the same weights have a band 3.0 times as wide".to_owned(),
    ] {
        assert!(said.contains(&wanted), "{wanted:?} not in {said:?}");
    }
}

#[test]
fn two_standard_deviations_do_not_hold_the_truth_as_often_as_a_normal_would() {
    let seeds = if cfg!(debug_assertions) { 6 } else { 20 };
    let mut share = [[0.0; 2]; 2];
    for seed in 0..seeds {
        let settings = settings(&[("passes", "100"), ("seed", &seed.to_string())]);
        let sampled = sampled(&settings, 1000).unwrap();
        for (k, inside) in [true, false].into_iter().enumerate() {
            let (all, held) = sampled.covered(inside);
            share[k][0] += f64::from(u32::try_from(held).unwrap());
            share[k][1] += f64::from(u32::try_from(all).unwrap());
        }
    }
    let [inside, beyond] = share.map(|[held, all]| held / all);
    // A normal's hold 95 %. Here they hold less where the samples were, though the network is least wrong there.
    assert!(inside < 0.85 && inside < beyond - 0.1, "{inside} {beyond}");
}

#[test]
fn no_passes_are_drawn_while_training_goes_on_nor_where_there_is_no_curve() {
    let mut state = State::new(settings(&[("passes", "4"), ("steps", "50")]));
    let drawn = |state: &State| {
        let Live::Run(trace) = &**state.live() else {
            panic!("a run is shown");
        };
        matches!(
            &trace.fit,
            Fit::Curve {
                sampled: Some(_),
                ..
            }
        )
    };
    assert!(drawn(&state));
    state.update(Msg::Go(Pace::Full));
    assert!(!drawn(&state));
    state.update(Msg::Go(Pace::Rest));
    assert!(drawn(&state));
    let helps = settings(&[("preset", "helps"), ("passes", "4")]);
    assert!(Trace::new(&helps).sampled.is_none() && sampled(&helps, 3).is_none());
    assert!(!notebook::training::script(&helps, "").contains("MC dropout"));
}

/// Mean and standard deviation of 20 passes at -3, -2, ..., 3, seed 4, after 300 steps: what the page's script prints
/// in torch 2.15 with `--steps 300`.
const TORCH: [(f32, f32); 7] = [
    (1.5972, 0.9511),
    (0.4856, 0.6212),
    (-0.3551, 0.1231),
    (0.0261, 0.0962),
    (0.3973, 0.1815),
    (-0.6719, 0.6826),
    (-1.4796, 0.8494),
];

/// Without `--steps` it prints these after the first losses.
const PRINTED: &str = "x = -3: mean -0.1278, standard deviation 0.5129 over 20 passes
x = -2: mean 0.1062, standard deviation 0.3833 over 20 passes
x = -1: mean 0.1412, standard deviation 0.2068 over 20 passes
x = 0: mean 0.1008, standard deviation 0.1770 over 20 passes
x = 1: mean -0.0065, standard deviation 0.2213 over 20 passes
x = 2: mean -0.2862, standard deviation 0.4397 over 20 passes
x = 3: mean -0.2614, standard deviation 0.5615 over 20 passes
";

#[test]
fn torch_draws_the_same_passes() {
    let settings = settings(&[("passes", "20"), ("seed", "4")]);
    let sampled = sampled(&settings, 300).unwrap();
    for (k, (mean, sd)) in TORCH.into_iter().enumerate() {
        let at = 8 * k;
        assert!((sampled.mean[at] - mean).abs() < 1e-4, "{k}");
        assert!((sampled.sd[at] - sd).abs() < 1e-4, "{k}");
    }
    let output = notebook::training::output(&Trace::new(&settings));
    assert!(output.ends_with(PRINTED), "{output}");
}

#[test]
fn passes_out_of_range_are_refused() {
    for text in ["1001", "-1", "many"] {
        let error = Settings::default().set("passes", text).unwrap_err();
        assert!(error.to_string().contains("0 to 1000"), "{error}");
    }
}
