//! Runs that diverge, and the ends of every range.

use super::{PRESETS, SHOWS, settings, short, svg, trained};
use dropout_lab::app::exhibit::Page;
use dropout_lab::app::training::{Msg, Pace, State};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::training::{Fit, Live, Settings};
use dropout_lab::model::proof::race::Duel;
use dropout_lab::model::proof::subnetworks::{Ensemble, Placement};
use dropout_lab::words;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_run_that_diverges_says_where_and_offers_what_was_good() {
    let state = trained(&settings(&[("lr", "10"), ("steps", "300")]), 50);
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    let (step, loss) = trace.diverged[1].unwrap();
    let said = words::training::outcome(state.live()).join(" ");
    let wanted = format!(
        "With dropout: diverged at step {step} (loss {}).",
        words::training::loss(loss.into())
    );
    assert!(said.contains(&wanted), "{said}");
    assert!(state.progress().done);
    let text = svg(&state, 1200.0, 420.0, None);
    assert!(text.contains(&format!("diverged at step {step}")));

    let good = trace.last_good().unwrap();
    let settings = settings(&[("lr", "10"), ("steps", &good.to_string())]);
    let state = trained(&settings, 50);
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    assert_eq!(trace.diverged, [None, None]);
    for curve in &trace.curves {
        let last = curve.points.last().unwrap();
        assert_eq!(last.step, good);
        assert!(last.running.unwrap().is_finite());
    }
}

#[test]
fn a_link_can_start_training_at_once_and_again_after_a_change() {
    let query = "?v=1&view=training&preset=trap&steps=30&start=at_once";
    let page = Page::<Settings>::open(query);
    assert_eq!(page.query(), query);
    let mut state = State::new(page.settings().clone());
    assert_eq!(state.pace(), Pace::Full);
    state.update(Msg::Advance(u32::MAX));
    state.update(Msg::Tick(0.1));
    assert_eq!(state.pace(), Pace::Rest);
    let mut settings = page.settings().clone();
    settings.set("p", "0.2").unwrap();
    state.update(Msg::Settings(settings));
    assert_eq!((state.pace(), state.progress().taken), (Pace::Full, 0));
}

#[test]
fn the_band_of_mc_dropout_is_the_spread_over_masks_and_its_width_and_error_are_said() {
    let state = trained(
        &settings(&[("preset", "hurts"), ("steps", "100"), ("hidden", "8")]),
        50,
    );
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    let Fit::Curve {
        x,
        law,
        outputs,
        spread,
        ..
    } = &trace.fit
    else {
        panic!("a curve is fitted");
    };
    // The same network, its masks all gone through.
    let mut duel = Duel::new(state.settings().plan(), state.settings().seed(), 100);
    duel.advance(100);
    let p = state.settings().plan().p;
    let ensemble = Ensemble::new(duel.with.run().parameters(), p, Placement::AfterRelu).unwrap();
    let (mut sums, mut all) = ([[0.0; 2]; 2], [0.0; 2]);
    for (k, x) in x.iter().enumerate() {
        let masks = ensemble.subnetworks(&[*x]);
        assert!((f64::from(spread[k]) - masks.sd()).abs() < 1e-5, "{x}");
        assert!(
            (f64::from(outputs[1][k]) - masks.mean()).abs() < 1e-5,
            "{x}"
        );
        let beyond = usize::from(x.abs() > 2.0);
        all[beyond] += 1.0;
        sums[beyond][0] += 2.0 * f64::from(spread[k]);
        sums[beyond][1] += f64::from((law[k] - outputs[1][k]).abs());
    }
    let said = words::training::outcome(state.live()).join(" ");
    for (sums, all) in sums.iter().zip(all) {
        for sum in sums {
            let mean = words::training::loss(sum / all);
            assert!(said.contains(&mean), "{mean}: {said}");
        }
    }
}

#[test]
fn runs_that_diverge_are_counted_and_drawn() {
    for show in ["race", "sweep"] {
        let mut settings = short(show, "hurts");
        settings.set("lr", "10").unwrap();
        let state = trained(&settings, 100);
        assert!(state.progress().done, "{show}");
        assert!(svg(&state, 1200.0, 420.0, None).contains("</svg>"));
        if let Live::Race(trace) = &**state.live() {
            assert_eq!(trace.diverged(), [3, 3]);
            let said = words::training::outcome(state.live()).join(" ");
            assert!(
                said.contains("Diverged: 3 with dropout, 3 without"),
                "{said}"
            );
        }
    }
}

#[test]
fn smallest_sizes_and_ends_of_p_are_trained_said_and_drawn() {
    for show in SHOWS {
        for preset in PRESETS {
            for p in ["0", "1"] {
                for steps in ["0", "9"] {
                    let settings = settings(&[
                        ("preset", preset),
                        ("show", show),
                        ("p", p),
                        ("steps", steps),
                        ("train", "1"),
                        ("hidden", "1"),
                        ("batch", "1"),
                        ("seeds", "1"),
                    ]);
                    let state = trained(&settings, 7);
                    assert!(state.progress().done, "{settings:?}");
                    for (width, height) in [(358.0, 600.0), (580.0, 180.0), (1240.0, 420.0)] {
                        let text = svg(&state, width, height, None);
                        assert!(!text.contains("NaN"), "{settings:?} at {width}");
                    }
                    assert!(!words::training::now(&settings).is_empty());
                }
            }
        }
    }
}
