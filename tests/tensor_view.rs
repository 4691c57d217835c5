//! A tensor through dropout: its numbers, its pictures, its sentences, its script.
#![allow(
    clippy::unwrap_used,
    reason = "what cannot be set or drawn is a failed test"
)]

use dropout_lab::draw::Palette;
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::tensor::{Layout, TensorFrame, draw};
use dropout_lab::model::exhibits::{
    Fields, MAX_NUMBERS, Panel, Preset, TensorSettings, TensorTarget, TensorTrace,
};
use dropout_lab::nn::Tensor;
use dropout_lab::{notebook, words};
use plotters::backend::SVGBackend;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn settings(changes: &[(&str, &str)]) -> TensorSettings {
    let mut settings = TensorSettings::default();
    for (name, text) in changes {
        settings.set(name, text).unwrap();
    }
    settings
}

fn trace(changes: &[(&str, &str)]) -> TensorTrace {
    TensorTrace::new(&settings(changes))
}

/// The largest tensor that may be pasted.
fn large() -> TensorTrace {
    let mut settings = TensorSettings::default();
    settings.paste(Tensor::full(&[100, 100], 1.5)).unwrap();
    TensorTrace::new(&settings)
}

fn layout(trace: &TensorTrace, width: f64) -> Layout {
    let height = 560.0;
    Layout::new(trace, Room::screen(width, height))
}

fn svg(trace: &TensorTrace, width: f64, focus: Option<TensorTarget>) -> String {
    let layout = layout(trace, width);
    let frame = TensorFrame {
        trace,
        focus,
        palette: &Palette::BRIGHT,
    };
    let mut text = String::new();
    {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a picture's size"
        )]
        let size = (layout.width as u32, layout.height as u32);
        let mut backend = SVGBackend::with_string(&mut text, size);
        draw(&mut backend, &layout, &frame, 1.0).unwrap();
    }
    text
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn target(panel: Panel, index: usize) -> TensorTarget {
    TensorTarget { panel, index }
}

/// Traces of every kind: each preset, one, four and no dimensions, empty, and odd numbers.
fn kinds() -> Vec<TensorTrace> {
    let pasted = [
        "37:".to_owned() + &vec!["0.5"; 37].join(","),
        "2x2x2x3:".to_owned() + &["-1"; 24].join(","),
        ":3".to_owned(),
        "2x0x3:".to_owned(),
        "6:NaN,inf,-inf,-0,1e-30,1e30".to_owned(),
    ];
    let presets = Preset::ALL.map(|preset| trace(&[("preset", &preset.name())]));
    let pasted = pasted.iter().map(|text| trace(&[("tensor", text)]));
    presets.into_iter().chain(pasted).collect()
}

#[test]
fn settings_read_back_what_was_set_and_refuse_the_rest_unchanged() {
    let changes = [
        ("preset", "arange"),
        ("tensor", "2x2:1.0,-0.0,NaN,0.1"),
        ("dropout", "rand"),
        ("p", "0.25"),
        ("mode", "eval"),
        ("seed", "18446744073709551615"),
        ("again", "3"),
    ];
    let mut settings = settings(&changes);
    for (name, text) in changes {
        assert_eq!(settings.read(name).as_deref(), Some(text));
    }
    assert_eq!(settings.changed(), changes.map(|(n, t)| (n, t.to_owned())));
    let before = settings.clone();
    for (name, text) in [
        ("p", "1.5"),
        ("p", "NaN"),
        ("tensor", "2x2:1,2,3"),
        ("tensor", "99999999999x99999999999x0:"),
        ("tensor", "4294967296x4294967296:1"),
        ("tensor", "1x1x1x1x1x1x1:1"),
        ("again", "1001"),
        ("preset", ""),
        ("nothing", "1"),
    ] {
        let error = settings.set(name, text).unwrap_err().to_string();
        assert!(error.contains("allowed: "), "{error}");
        assert_eq!(settings, before, "{name} = {text}");
    }
}

#[test]
fn a_tensor_of_more_than_ten_thousand_numbers_is_refused_with_its_shape() {
    let mut settings = TensorSettings::default();
    let error = settings
        .paste(Tensor::zeros(&[MAX_NUMBERS + 1]))
        .unwrap_err();
    assert!(error.to_string().contains("[10001]"), "{error}");
    assert_eq!(settings, TensorSettings::default());
    settings.paste(Tensor::zeros(&[MAX_NUMBERS])).unwrap();
}

#[test]
fn a_preset_takes_the_place_of_what_was_pasted_and_an_empty_tensor_brings_it_back() {
    let mut settings = settings(&[("preset", "arange"), ("tensor", "1:5")]);
    assert_eq!(settings.preset(), None);
    settings.set("tensor", "").unwrap();
    assert_eq!(settings.preset(), Some(Preset::Arange));
    settings.set("tensor", "1:5").unwrap();
    settings.set("preset", "ones").unwrap();
    assert_eq!(settings.preset(), Some(Preset::Ones));
}

#[test]
fn each_output_is_the_input_times_the_noise_and_each_coin_decides_its_mask() {
    for p in ["0.1", "0.5", "0.9"] {
        for dropout in ["nn", "rand", "bernoulli"] {
            let trace = trace(&[("preset", "randn"), ("p", p), ("dropout", dropout)]);
            let p: f64 = p.parse().unwrap();
            for of in [&trace.chosen, &trace.other] {
                let by_rand = of.style == dropout_lab::nn::DropoutStyle::RandGreater;
                for (i, coin) in of.coins.iter().enumerate() {
                    let keeps = if by_rand { *coin > p } else { *coin < 1.0 - p };
                    assert_eq!(of.keeps(i), keeps);
                    let product = trace.input.data()[i] * of.noise.data()[i];
                    assert!((of.output.data()[i] - product).abs() <= product.abs() * 2e-7);
                }
            }
        }
    }
}

#[test]
fn two_implementations_keep_the_same_share_and_toss_other_coins() {
    let trace = large();
    for of in [&trace.chosen, &trace.other] {
        // Five standard deviations of 10,000 fair coins.
        assert!(of.kept().abs_diff(5000) < 250, "{}", of.kept());
    }
    assert!(trace.differ().abs_diff(5000) < 250, "{}", trace.differ());
}

#[test]
fn where_p_leaves_no_choice_the_module_tosses_nothing_and_code_by_hand_divides_by_zero() {
    let nothing = trace(&[("preset", "notebook"), ("p", "0")]);
    assert_eq!(nothing.chosen.output, nothing.input);
    assert!(nothing.chosen.coins.is_empty());
    let all = trace(&[("preset", "notebook"), ("p", "1")]);
    assert_eq!(
        bits(all.chosen.output.data()),
        bits(&[0.0, -0.0, -0.0, 0.0])
    );
    assert!(all.other.output.data().iter().all(|y| y.is_nan()));
    assert!(all.scaled.is_none());
    let eval = trace(&[("preset", "notebook"), ("mode", "eval"), ("again", "5")]);
    assert_eq!(eval.chosen.output, eval.input);
    assert_eq!(eval.other.output, eval.input);
}

#[test]
fn again_tosses_other_coins_for_the_same_numbers() {
    let (first, second) = (
        trace(&[("preset", "randn")]),
        trace(&[("preset", "randn"), ("again", "1")]),
    );
    assert_eq!(first.input, second.input);
    assert_ne!(first.chosen.mask, second.chosen.mask);
}

#[test]
fn a_point_in_a_cell_is_that_cell_at_every_width_and_shape() {
    for trace in kinds().iter().chain([&large()]) {
        for width in [320.0, 366.0, 900.0, 1800.0] {
            let layout = layout(trace, width);
            for placed in &layout.panels {
                for index in 0..trace.input.numel() {
                    let target = target(placed.panel, index);
                    let (x, y) = layout.rect(target).unwrap().center();
                    assert_eq!(layout.hit(x, y), Some(target), "{width}");
                    assert!(x < layout.width && y < layout.height);
                }
            }
            assert_eq!(layout.hit(-1.0, -1.0), None);
            assert_eq!(layout.hit(f64::NAN, 5.0), None);
        }
    }
}

#[test]
fn pictures_name_their_dimensions_and_show_numbers_where_they_fit() {
    let arange = svg(&trace(&[("preset", "arange")]), 900.0, None);
    for text in ["dim 1 ↓", "dim 0 = 2", "\n118\n", "mask, rand &gt; p"] {
        assert!(arange.contains(text), "{text}");
    }
    let notebook = svg(&trace(&[("preset", "notebook"), ("p", "1")]), 900.0, None);
    assert!(notebook.contains("\n−0\n") && notebook.contains("\n1.8554\n"));
    assert!(!svg(&large(), 900.0, None).contains("\n1.5\n"));
}

#[test]
fn the_number_looked_at_is_marked_in_every_heatmap() {
    let trace = trace(&[]);
    let accent = "#A05F00";
    assert!(!svg(&trace, 900.0, None).contains(accent));
    let marked = svg(&trace, 900.0, Some(target(Panel::Output, 7)));
    assert_eq!(marked.matches(accent).count(), 4 * Panel::ALL.len());
}

#[test]
fn every_kind_of_tensor_can_be_drawn_and_explained_in_both_modes() {
    for trace in kinds() {
        let last = trace.input.numel().saturating_sub(1);
        for panel in Panel::ALL {
            svg(&trace, 366.0, Some(target(panel, last)));
            let explanation = words::tensor::explain(&trace, target(panel, last));
            assert_eq!(explanation.lines.is_empty(), trace.input.numel() == 0);
        }
        assert!(words::tensor::now(&trace).ends_with('.'));
    }
}

#[test]
fn a_dropped_negative_is_minus_zero_and_the_inspector_says_why() {
    let trace = trace(&[("preset", "notebook"), ("p", "1")]);
    let reason = words::tensor::explain(&trace, target(Panel::Output, 1)).reason;
    assert!(reason.unwrap().contains("negative number times 0 is −0"));
    let reason = words::tensor::explain(&trace, target(Panel::OtherOutput, 1)).reason;
    assert!(reason.unwrap().contains("0 / 0"));
}

#[test]
fn the_arithmetic_of_a_kept_number_is_the_notebooks() {
    let trace = trace(&[("preset", "notebook"), ("dropout", "rand")]);
    let kept = (0..4).find(|&i| trace.chosen.keeps(i)).unwrap();
    let lines = words::tensor::explain(&trace, target(Panel::Output, kept)).lines;
    let x = words::number(trace.input.data()[kept]);
    let y = words::number(trace.input.data()[kept] * 2.0);
    let arithmetic = format!("{x} / (1 − 0.5) = {y}");
    assert!(
        lines.iter().any(|(_, text)| *text == arithmetic),
        "{lines:?}"
    );
    assert!(words::tensor::why_other_coins(&trace).contains("53 bits, from two words"));
}

#[test]
fn the_sentence_counts_what_the_mask_shows() {
    let trace = trace(&[]);
    let dropped = 50 - trace.chosen.kept();
    let start = format!("50 coins were tossed, one for each number: {dropped} of 50 dropped.");
    assert!(words::tensor::now(&trace).starts_with(&start));
}

#[test]
fn the_output_prints_the_mask_and_minus_zero_as_pytorch_does() {
    let trace = trace(&[("preset", "notebook"), ("p", "1")]);
    let output = notebook::tensor::output(&trace);
    assert!(output.contains("output of nn.Dropout:\ntensor([[0., -0.],\n        [-0., 0.]])"));
    assert!(output.contains("output of rand > p:\ntensor([[nan, nan],"));
    let script = notebook::tensor::script(&trace.settings, "?preset=notebook");
    assert!(script.contains("# ?preset=notebook\n") && script.contains("[-0.2061, 1.8554]])"));
    assert!(
        !script.contains("1 / (1 - p))"),
        "Python does not divide by zero"
    );
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn ten_thousand_numbers_are_run_and_drawn_within_a_moment() {
    let start = std::time::Instant::now();
    let trace = large();
    let picture = svg(&trace, 900.0, Some(target(Panel::Mask, 9_999)));
    assert!(picture.matches("<rect").count() > 6 * MAX_NUMBERS);
    // Some 0.2 s without optimisation; ten times that would be felt.
    assert!(start.elapsed().as_secs_f64() < 5.0, "{:?}", start.elapsed());
}
