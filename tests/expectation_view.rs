//! The expectation: draws do not depend on slices, means are those of probability, and a sum is not kept.
#![allow(clippy::unwrap_used, reason = "settings here are the test's own")]

use dropout_lab::draw::layout::Room;
use dropout_lab::draw::{Palette, expectation as picture};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::expectation::{Sampler, Scaling, Settings, Target, Trace};
use dropout_lab::{model, notebook, words};
use plotters::backend::SVGBackend;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const SCALINGS: [&str; 4] = ["classic", "inverted", "none", "both"];
const THROUGH: [&str; 3] = ["unit", "sum", "net"];

fn settings(changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (name, text) in changes {
        settings.set(name, text).unwrap();
    }
    settings
}

fn trace(changes: &[(&str, &str)]) -> Trace {
    let mut sampler = Sampler::new(&settings(changes));
    assert_eq!(sampler.advance(u32::MAX), 0);
    sampler.trace()
}

#[test]
fn draws_are_the_same_whatever_the_slices() {
    for through in THROUGH {
        let settings = settings(&[("through", through), ("draws", "1000")]);
        let whole = trace(&[("through", through), ("draws", "1000")]);
        for slice in [1, 7, 63, 64, 65, 999] {
            let mut sampler = Sampler::new(&settings);
            let mut left = 1000_u32;
            while left > 0 {
                let next = sampler.advance(slice);
                assert_eq!(next, left.saturating_sub(slice));
                left = next;
            }
            assert_eq!(sampler.trace(), whole, "{through} in slices of {slice}");
        }
    }
}

#[test]
fn means_and_spreads_are_those_of_probability_within_five_standard_errors() {
    for through in THROUGH {
        for scaling in SCALINGS {
            for p in ["0.1", "0.5", "0.8"] {
                let trace = trace(&[
                    ("through", through),
                    ("scaling", scaling),
                    ("p", p),
                    ("draws", "20000"),
                ]);
                let error = trace.law.sd / f64::from(trace.draws).sqrt();
                let off = (trace.mean - trace.law.mean).abs();
                assert!(
                    off <= 5.0 * error + 1e-6,
                    "{through} {scaling} {p}: {off}, sd {error}"
                );
                // The spread of a spread is at most sd times sqrt((kurtosis - 1) / 4 n); 12 bounds these.
                let off = (trace.sd - trace.law.sd).abs();
                assert!(
                    off <= 5.0 * trace.law.sd * (12.0 / 4.0 / 20_000.0_f64).sqrt(),
                    "{through} {scaling} {p}: {off}"
                );
            }
        }
    }
}

#[test]
fn only_classic_and_inverted_keep_the_mean() {
    for through in ["unit", "sum"] {
        for p in ["0.2", "0.5", "0.9"] {
            for scaling in SCALINGS {
                let trace = trace(&[
                    ("through", through),
                    ("scaling", scaling),
                    ("p", p),
                    ("draws", "1"),
                ]);
                let keep = trace.settings.p().keep();
                let factor = match trace.settings.scaling() {
                    Scaling::Classic | Scaling::Inverted => 1.0,
                    Scaling::None => 1.0 / keep,
                    Scaling::Both => keep,
                };
                let ratio = f64::from(trace.eval) / trace.law.mean;
                assert!(
                    (ratio - factor).abs() < 1e-6,
                    "{through} {scaling} {p}: {ratio}"
                );
            }
        }
    }
}

#[test]
fn the_sum_of_one_to_ten_at_one_half_has_mean_55_sd_19_62_and_never_is_55() {
    let trace = trace(&[("through", "sum"), ("draws", "100000")]);
    assert_eq!(trace.law.mean, 55.0);
    assert_eq!(format!("{:.4}", trace.law.sd), "19.6214");
    assert!((trace.law.sd - 385_f64.sqrt()).abs() < 1e-12);
    assert_eq!(trace.equal_eval, 0);
    assert_eq!(trace.law.chance(55.0), Some(0.0));
    // Twice a whole number is even, and 55 is odd.
    assert!(trace.first.iter().all(|sum| sum % 2.0 == 0.0));
    assert!(words::expectation::now(&trace).contains("No draw is exactly 55, and none can be."));
}

#[test]
fn at_other_p_the_sum_can_be_55() {
    // Kept numbers that sum to 44, times 1 / 0.8.
    let trace = trace(&[("through", "sum"), ("p", "0.2"), ("draws", "100000")]);
    let chance = trace.law.chance(55.0).unwrap();
    assert!(chance > 0.0 && trace.equal_eval > 0);
    let sd = (chance * (1.0 - chance) * 100_000.0).sqrt();
    assert!((f64::from(trace.equal_eval) - chance * 100_000.0).abs() < 5.0 * sd);
}

#[test]
fn the_law_of_the_sum_is_that_of_all_1024_subsets() {
    let trace = trace(&[("through", "sum"), ("p", "0.3"), ("draws", "1")]);
    let mut chances = [0.0; 56];
    for kept in 0..1024_u32 {
        let sum: u32 = (0..10)
            .filter(|bit| kept >> bit & 1 == 1)
            .map(|bit| bit + 1)
            .sum();
        let n = i32::try_from(kept.count_ones()).unwrap();
        chances[sum as usize] += 0.7_f64.powi(n) * 0.3_f64.powi(10 - n);
    }
    assert_eq!(trace.law.listed.len(), 56);
    assert!(
        trace
            .law
            .listed
            .iter()
            .zip(chances)
            .all(|(a, b)| (a - b).abs() < 1e-15)
    );
}

#[test]
fn the_networks_mean_over_all_masks_is_its_eval_output() {
    for seed in ["1", "2", "36"] {
        for step in ["0", "5"] {
            let trace = trace(&[
                ("through", "net"),
                ("seed", seed),
                ("step", step),
                ("draws", "1"),
            ]);
            let link = format!("?mode=eval&seed={seed}&step={step}");
            let (link, _) = dropout_lab::app::Link::parse(&link);
            let mut experiment = model::Experiment::new(&link.settings);
            experiment.seek(&link.settings);
            assert_eq!(trace.eval, experiment.trace().pass.output.at(1, 0));
            assert!((trace.law.mean - f64::from(trace.eval)).abs() < 1e-6);
        }
    }
}

#[test]
fn bars_hold_every_draw_once() {
    for through in THROUGH {
        for p in ["0", "0.5", "0.97", "1"] {
            for draws in ["1", "2", "5000"] {
                let trace = trace(&[("through", through), ("p", p), ("draws", draws)]);
                let held: u32 = trace.histogram.counts.iter().sum();
                assert_eq!(
                    (held, trace.histogram.outside),
                    (trace.draws, 0),
                    "{through} {p} {draws}"
                );
                if trace.draws == 1 {
                    assert_eq!(trace.sd, 0.0);
                }
            }
        }
    }
}

#[test]
fn a_network_that_has_diverged_is_said_to_have() {
    let trace = trace(&[
        ("through", "net"),
        ("lr", "100"),
        ("step", "60"),
        ("draws", "10"),
    ]);
    assert!(words::expectation::now(&trace).contains("no longer numbers"));
    assert!(svg(&trace, 366.0, None).contains("</svg>"));
}

#[test]
fn a_sample_beyond_the_batch_is_its_last() {
    let settings = settings(&[("sample", "100"), ("batch", "3")]);
    assert_eq!(settings.sample(), 2);
    assert_eq!(settings.read("sample").as_deref(), Some("100"));
}

#[test]
fn settings_refuse_what_is_out_of_range_and_take_the_networks_names() {
    let mut settings = Settings::default();
    for (name, text) in [
        ("draws", "0"),
        ("draws", "100001"),
        ("scaling", "twice"),
        ("through", ""),
        ("sample", "0"),
        ("p", "2"),
        ("mode", "eval"),
        ("hidden", "0"),
    ] {
        assert!(settings.set(name, text).is_err(), "{name} = {text}");
    }
    assert_eq!(settings, Settings::default());
    settings.set("hidden", "3").unwrap();
    assert_eq!(settings.network().hidden_features(), 3);
    assert_eq!(settings.changed(), [("hidden", "3".to_owned())]);
}

fn svg(trace: &Trace, width: f64, focus: Option<Target>) -> String {
    still(trace, width, focus, false)
}

fn still(trace: &Trace, width: f64, focus: Option<Target>, veiled: bool) -> String {
    let layout = picture::Layout::new(trace, Room::screen(width, 560.0));
    let palette = &Palette::BRIGHT;
    let frame = picture::Frame {
        trace,
        focus,
        palette,
        veiled,
    };
    let mut text = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut text, (1000, 1000));
        picture::draw(&mut backend, &layout, &frame, 1.0).unwrap();
    }
    text
}

#[test]
fn the_picture_says_mean_and_eval_output_at_every_width() {
    for through in THROUGH {
        let trace = trace(&[("through", through)]);
        for width in [366.0, 876.0] {
            let svg = svg(&trace, width, Some(Target::Bar(0)));
            let mean = format!("mean of the draws {}", words::short(trace.mean));
            let eval = format!("eval output {}", words::number(trace.eval));
            assert!(
                svg.contains(&mean) && svg.contains(&eval),
                "{through} at {width}"
            );
        }
    }
}

#[test]
fn a_veiled_picture_keeps_its_axis_and_gives_nothing_away() {
    for through in THROUGH {
        let trace = trace(&[("through", through), ("draws", "1")]);
        let (open, veiled) = (
            still(&trace, 876.0, None, false),
            still(&trace, 876.0, None, true),
        );
        assert!(open.contains("eval output") && open.contains("mean of the draws"));
        for told in [
            "eval output",
            "mean of the draws",
            "over all masks",
            "the probability",
        ] {
            assert!(!veiled.contains(told), "{through}: {told}");
        }
        assert!(veiled.contains("value of a draw"));
    }
}

#[test]
fn every_number_is_hit_where_it_is_drawn_and_explained() {
    for through in THROUGH {
        let trace = trace(&[("through", through)]);
        let layout = picture::Layout::new(&trace, Room::screen(366.0, 560.0));
        for (target, rect) in layout.places() {
            let (x, y) = rect.center();
            assert!(layout.hit(x, y).is_some(), "{target:?} at {rect:?}");
            assert_eq!(trace.within(target), Some(target));
            assert!(!words::expectation::explain(&trace, target).lines.is_empty());
        }
    }
}

#[test]
fn the_output_repeats_the_numbers_of_the_trace() {
    let trace = trace(&[("through", "sum"), ("draws", "100")]);
    let output = notebook::expectation::output(&trace);
    assert!(output.contains(&format!(
        "mean {:.4}, standard deviation {:.4}",
        trace.mean, trace.sd
    )));
    assert!(output.ends_with("eval output 55.0000\n"));
}
