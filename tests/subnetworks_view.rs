//! The subnetworks view: what it adds to the exact sums, what it says of them, and where its links lead.
#![allow(clippy::unwrap_used, reason = "settings here are the test's own")]

use dropout_lab::app::Link;
use dropout_lab::app::exhibit::{Exhibit, Msg, Page};
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::{Palette, subnetworks as picture};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::subnetworks::{Bar, Settings, Target, Trace, digits};
use dropout_lab::model::{self, Experiment};
use dropout_lab::{notebook, words};
use plotters::backend::SVGBackend;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const PLACEMENTS: [&str; 5] = [
    "after_relu",
    "before_relu",
    "after_sigmoid",
    "before_sigmoid",
    "relu_on_output",
];
const LINEAR: usize = 3;

/// Links of every kind, the edges among them.
const LINKS: [&str; 10] = [
    "",
    "p=0.8",
    "p=0",
    "p=1",
    "hidden=1&batch=1",
    "hidden=16&p=0.3",
    "hidden=17",
    "placement=before_sigmoid",
    "placement=relu_on_output&step=50&lr=0.1",
    "lr=100&step=60",
];

fn settings(query: &str) -> Settings {
    let page = Page::<Settings>::open(query);
    assert_eq!(page.notices(), [""; 0], "{query}");
    page.settings().clone()
}

fn trace(query: &str) -> Trace {
    Trace::new(&settings(query))
}

/// The pass that a link to the network view shows.
fn network(query: &str) -> (model::Trace, Link) {
    let (link, problems) = Link::parse(query);
    assert_eq!(problems, [""; 0], "{query}");
    let mut experiment = Experiment::new(&link.settings);
    experiment.seek(&link.settings);
    (experiment.trace(), link)
}

/// Which units a pass of the network keeps for a sample.
fn kept(trace: &model::Trace, sample: usize) -> Vec<bool> {
    let units = 0..trace.hidden_features();
    units.map(|unit| trace.kept(sample, unit)).collect()
}

#[test]
fn a_masks_link_leads_to_a_pass_that_really_draws_it() {
    for query in [
        "",
        "p=0.2&batch=3&sample=3",
        "step=4&p=0.7&momentum=0.9",
        "hidden=18",
    ] {
        let trace = trace(query);
        for index in (0..trace.masks()).step_by(trace.masks() / 7) {
            let Some((text, link)) = Settings::elsewhere(&trace, Target::Mask(index)) else {
                assert_eq!(trace.passes_before(index), None);
                continue;
            };
            let (pass, link) = network(&link);
            let sample = trace.settings.sample();
            assert_eq!(link.look.sample as usize, sample + 1);
            assert_eq!(kept(&pass, sample), trace.mask(index), "{query}: {text}");
            let output = f64::from(pass.pass.output.at(sample, 0));
            let off = output - trace.subnetworks.outputs[index];
            assert!(off.abs() < 1e-5 * output.abs().max(1.0), "{query}: {off}");
        }
    }
}

#[test]
fn no_earlier_pass_draws_the_mask() {
    let trace = trace("hidden=4");
    for index in 0..16 {
        let passes = trace.passes_before(index).unwrap();
        for earlier in 0..passes {
            let (pass, _) = network(&format!("hidden=4&again=0:{earlier}"));
            assert_ne!(kept(&pass, 1), trace.mask(index));
        }
    }
}

#[test]
fn a_mask_that_no_call_draws_has_no_link_and_the_page_says_so() {
    // Sixteen of sixteen dropped with p = 0.1: once in 10^16 calls.
    let trace = trace("hidden=16&p=0.1");
    assert_eq!(Settings::elsewhere(&trace, Target::Mask(0)), None);
    let explained = words::subnetworks::explain(&trace, Target::Mask(0));
    assert!(
        explained
            .reason
            .unwrap()
            .starts_with("None of the first 10,001 calls")
    );
    // With p = 0 only the whole network is ever drawn, by the first call.
    let whole = self::trace("p=0");
    assert_eq!(whole.passes_before(1023), Some(0));
    assert_eq!(whole.passes_before(1022), None);
}

#[test]
fn what_stands_out_is_the_mask_of_the_next_call_or_the_one_chosen() {
    let trace = trace("step=3");
    let (pass, _) = network("step=3");
    assert_eq!(trace.mask(trace.chosen), kept(&pass, 1));
    let trace = self::trace("step=3&mask=1110000000");
    assert_eq!(trace.chosen, 0b111);
}

#[test]
fn a_click_on_a_mask_stays_in_the_link() {
    let mut page = Page::<Settings>::open("?view=subnetworks&hidden=4");
    let _effects = page.update(Msg::Choose(Target::Mask(0b0101)));
    assert_eq!(page.query(), "?v=1&view=subnetworks&hidden=4&mask=1010");
    let _effects = page.update(Msg::Focus(None));
    assert_eq!(
        Settings::usual_target(page.trace()),
        Some(Target::Mask(0b0101))
    );
    // A bar can be clicked, too, but there is nothing of it to be kept.
    assert!(page.update(Msg::Choose(Target::Bar(0))).is_empty());
    // For another number of units the mask means nothing, and is not written.
    let _effects = page.update(Msg::Set("hidden", "5".to_owned()));
    assert_eq!(page.query(), "?v=1&view=subnetworks&hidden=5");
}

#[test]
fn masks_that_do_not_fit_are_refused() {
    let mut settings = Settings::default();
    for text in ["1", "11111111112", "abc", "11111111111"] {
        assert!(settings.set("mask", text).is_err(), "{text}");
    }
    settings.set("mask", "0000000001").unwrap();
    assert_eq!(settings.mask().map(digits).as_deref(), Some("0000000001"));
    settings.set("mask", "").unwrap();
    assert_eq!(settings, Settings::default());
}

#[test]
fn bars_hold_every_mask_once_and_all_of_the_probability() {
    for query in LINKS.iter().filter(|query| !query.contains("lr=100")) {
        let trace = trace(query);
        let bars = &trace.histogram.bars;
        let mut masks: Vec<usize> = bars
            .iter()
            .flat_map(Bar::slices)
            .map(|slice| slice.0)
            .collect();
        masks.sort_unstable();
        assert!(masks.into_iter().eq(0..trace.masks()), "{query}");
        let share: f64 = bars.iter().map(Bar::share).sum();
        assert!((share - 1.0).abs() < 1e-12, "{query}: {share}");
        for (k, bar) in bars.iter().enumerate() {
            let (from, to) = trace.histogram.edges(k);
            for (mask, bottom, top) in bar.slices() {
                let output = trace.subnetworks.outputs[mask];
                let slack = 1e-9 * (to - from);
                assert!(
                    (from - slack..=to + slack).contains(&output),
                    "{query}: {output}"
                );
                assert!(bottom <= top);
            }
        }
    }
}

#[test]
fn the_differences_are_rounding_just_where_the_output_is_linear_in_the_mask() {
    for seed in ["1", "7", "36"] {
        for (k, placement) in PLACEMENTS.into_iter().enumerate() {
            let trace = trace(&format!("seed={seed}&placement={placement}&p=0.4"));
            let (gap, rounding) = trace.gap().unwrap();
            assert_eq!(rounding, k < LINEAR, "{placement}: {gap}");
            assert!(k >= LINEAR || trace.difference().1, "{placement}");
        }
    }
}

#[test]
fn above_16_units_the_masks_of_the_next_calls_stand_for_all() {
    for (query, masks) in [
        ("hidden=17", 4096),
        ("hidden=256", 2048),
        ("hidden=256&batch=128", 256),
    ] {
        let trace = trace(query);
        assert_eq!((trace.masks(), trace.is_exact()), (masks, false), "{query}");
        let error = trace.sd / f64::from(u32::try_from(masks).unwrap()).sqrt();
        let (difference, _) = trace.difference();
        assert!(
            difference.abs() < 5.0 * error,
            "{query}: {difference}, sd of a mean {error}"
        );
        let now = words::subnetworks::now(&trace);
        let said = format!("{} of the 2^", words::subnetworks::thousands(masks));
        assert!(
            now.starts_with(&said) && now.contains("the luck of the draw"),
            "{now}"
        );
    }
    assert!(trace("hidden=16").is_exact());
}

#[test]
fn the_page_says_what_is_equal_what_is_not_and_why() {
    for (query, said) in [
        ("", "eval mode gives −0.1078: off by −8.3e−17, rounding."),
        ("p=0", "no difference"),
        ("p=1", "since p = 1 drops everything"),
        (
            "placement=before_sigmoid",
            "for the output is not linear in the mask",
        ),
        ("lr=100&step=60", "no longer numbers"),
    ] {
        let now = words::subnetworks::now(&trace(query));
        assert!(now.contains(said), "{query}: {now}");
    }
}

fn svg(trace: &Trace, room: Room, focus: Option<Target>) -> String {
    let layout = picture::Layout::new(trace, room);
    let palette = &Palette::BRIGHT;
    let frame = picture::Frame {
        trace,
        focus,
        palette,
    };
    let mut text = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut text, (1000, 1000));
        picture::draw(&mut backend, &layout, &frame, 1.0).unwrap();
    }
    text
}

const ROOMS: [Room; 3] = [
    Room::screen(366.0, 560.0),
    Room::screen(660.0, 250.0),
    Room::screen(876.0, 500.0),
];

#[test]
fn the_picture_says_mean_eval_output_and_difference_in_every_room() {
    for query in LINKS {
        let trace = trace(query);
        for room in ROOMS {
            for focus in [
                None,
                Some(Target::Mask(0)),
                Some(Target::Gap),
                Some(Target::Unit(0)),
            ] {
                let svg = svg(&trace, room, focus);
                let eval = format!("eval output {}", words::short(trace.subnetworks.eval));
                assert!(
                    svg.contains(&eval) && svg.contains("difference "),
                    "{query} in {room:?}"
                );
            }
        }
    }
}

#[test]
fn the_picture_prints_the_gap_just_where_the_identity_fails() {
    let room = ROOMS[2];
    assert!(svg(&trace(""), room, None).contains("(rounding)"));
    let broken = svg(&trace("placement=before_sigmoid"), room, None);
    assert!(broken.contains("gap −0.075") && !broken.contains("(rounding)"));
    assert!(svg(&trace("p=1"), room, None).contains("p = 1: nothing is said"));
}

#[test]
fn every_number_is_hit_where_it_is_drawn_and_explained() {
    for query in [
        "",
        "p=0.8&hidden=5",
        "placement=relu_on_output",
        "hidden=1",
        "hidden=20",
        "p=1",
    ] {
        let trace = trace(query);
        for room in ROOMS {
            let layout = picture::Layout::new(&trace, room);
            let places = layout.places(&trace);
            assert_eq!(places[0].0, Target::Mask(trace.chosen));
            for (target, rect) in places.iter().step_by(1 + places.len() / 200) {
                let (x, y) = rect.center();
                let hit = layout.hit(&trace, x, y);
                let own = hit == Some(*target) || matches!(target, Target::Mask(_));
                assert!(
                    own && (hit.is_some() || rect.h == 0.0),
                    "{query}: {target:?} at {rect:?} is {hit:?}"
                );
                assert_eq!(trace.within(*target), Some(*target));
                assert!(
                    !words::subnetworks::explain(&trace, *target)
                        .lines
                        .is_empty()
                );
            }
        }
    }
}

#[test]
fn pointing_into_a_bar_finds_each_of_its_masks() {
    let trace = trace("hidden=5&p=0.3");
    let layout = picture::Layout::new(&trace, ROOMS[2]);
    for mask in 0..32 {
        let (x, y) = layout.rect(&trace, Target::Mask(mask)).center();
        assert_eq!(layout.hit(&trace, x, y), Some(Target::Mask(mask)));
    }
}

#[test]
fn the_output_repeats_the_numbers_of_the_trace() {
    let trace = trace("");
    let output = notebook::subnetworks::output(&trace);
    assert!(
        output
            .starts_with("1024 subnetworks of sample 2\nmask 0110011011, probability 9.7656e-04,")
    );
    assert!(output.contains(&format!(
        "\nmean {:.4}, standard deviation {:.4}\n",
        trace.mean, trace.sd
    )));
    assert!(output.ends_with("gap 0.0000, rounding only: True\n"));
}

#[test]
fn scripts_are_the_ones_that_pytorch_ran_and_outputs_are_what_it_printed() {
    let file: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/subnetworks.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 16);
    for case in cases {
        let link = case["link"].as_str().unwrap();
        let page = Page::<Settings>::open(link);
        assert_eq!(page.query(), link);
        assert_eq!(page.settings().script(""), case["script"], "{link}");
        assert_eq!(Settings::output(page.trace()), case["output"], "{link}");
    }
}
