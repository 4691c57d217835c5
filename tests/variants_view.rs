//! Which numbers share a coin: the groups, the pictures, the sentences, the scripts.
#![allow(
    clippy::unwrap_used,
    reason = "what cannot be set or drawn is a failed test"
)]

use dropout_lab::draw::Palette;
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::variants::{Layout, VariantsFrame, draw};
use dropout_lab::model::exhibits::{
    Fields, Layer, VariantsSettings, VariantsTarget, VariantsTrace,
};
use dropout_lab::{notebook, words};
use plotters::backend::SVGBackend;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn trace(layer: Layer, changes: &[(&str, &str)]) -> VariantsTrace {
    let mut settings = VariantsSettings::of(layer);
    for (name, text) in changes {
        settings.set(name, text).unwrap();
    }
    VariantsTrace::new(&settings)
}

fn layout(trace: &VariantsTrace, width: f64) -> Layout {
    let height = 560.0;
    Layout::new(trace, Room::screen(width, height))
}

fn svg(trace: &VariantsTrace, width: f64, focus: Option<VariantsTarget>) -> String {
    let layout = layout(trace, width);
    let frame = VariantsFrame {
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

/// Numbers for each coin of a trace.
fn sharing(trace: &VariantsTrace) -> Vec<usize> {
    (0..trace.coins)
        .map(|coin| trace.group(coin).count())
        .collect()
}

#[test]
fn each_layer_has_the_coins_it_says() {
    for (layer, coins, each) in [
        (Layer::Dropout, 60, 1),
        (Layer::Dropout1d, 12, 5),
        (Layer::Dropout2d, 12, 25),
        (Layer::Locked, 12, 5),
        (Layer::Variational, 2, 3),
        (Layer::DropConnect, 6, 1),
        (Layer::Alpha, 60, 1),
        (Layer::Functional, 60, 1),
    ] {
        let trace = trace(layer, &[]);
        assert_eq!(sharing(&trace), vec![each; coins], "{layer:?}");
        assert_eq!(trace.uniforms.len(), coins);
        let text = words::variants::coins(&trace);
        assert!(
            text.starts_with(&format!("{coins} coins for "))
                && text.ends_with(&format!("{each} each"))
        );
    }
}

#[test]
fn numbers_that_share_a_coin_share_their_fate_and_the_coin_decides_it() {
    for layer in Layer::ALL {
        for seed in ["1", "2", "3"] {
            for batch_first in ["off", "on"] {
                let trace = trace(layer, &[("seed", seed), ("batch_first", batch_first)]);
                let keep = trace.settings.run().p.keep();
                for (index, &coin) in trace.coin_of.iter().enumerate() {
                    assert_eq!(trace.keeps(index), trace.uniforms[coin] < keep, "{layer:?}");
                }
            }
        }
    }
}

#[test]
fn each_layer_drops_its_share_of_coins() {
    for layer in Layer::ALL {
        let (mut coins, mut kept) = (0.0, 0.0);
        for seed in 0..400 {
            let trace = trace(layer, &[("seed", &seed.to_string()), ("p", "0.3")]);
            coins += f64::from(u32::try_from(trace.coins).unwrap());
            kept += f64::from(u32::try_from(trace.coins_kept()).unwrap());
        }
        let bound = 5.0 * (0.3 * 0.7 / coins).sqrt();
        assert!(
            (kept / coins - 0.7).abs() < bound,
            "{layer:?}: {kept} of {coins}"
        );
    }
}

#[test]
fn batch_first_data_is_locked_along_the_batch() {
    let right = trace(Layer::Locked, &[]);
    let trap = trace(Layer::Locked, &[("batch_first", "on")]);
    assert_eq!(
        (right.settings.axes()[0], right.input.shape()),
        ("T", &[5, 3, 4][..])
    );
    assert_eq!(
        (trap.settings.axes()[0], trap.input.shape()),
        ("B", &[3, 5, 4][..])
    );
    for trace in [&right, &trap] {
        let first = trace.output.row(0);
        assert!((1..trace.input.shape()[0]).all(|k| trace.output.row(k) == first));
    }
    assert!(words::variants::shared(&trap).contains("All samples share a mask"));
}

#[test]
fn weight_drop_and_a_bare_f_dropout_forget_eval_and_the_others_do_not() {
    for layer in Layer::ALL {
        let eval = trace(layer, &[("mode", "eval")]);
        let forgets = layer.may_forget_eval();
        assert_eq!(eval.settings.ignores_eval(), forgets, "{layer:?}");
        assert_eq!(words::variants::lamp(&eval).is_some(), forgets);
        assert_eq!(eval.uniforms.is_empty(), !forgets);
        assert_eq!(svg(&eval, 900.0, None).contains("still dropping"), forgets);
        let repaired = trace(layer, &[("mode", "eval"), ("obeys_eval", "on")]);
        assert_eq!(repaired.output, repaired.input, "{layer:?}");
        assert!(words::variants::lamp(&repaired).is_none());
    }
}

#[test]
fn the_linear_layer_of_ones_answers_5_2857_or_its_bias_alone() {
    let mut seen = [false; 2];
    for seed in 0..20 {
        let trace = trace(Layer::Variational, &[("seed", &seed.to_string())]);
        for (unit, answer) in trace.linear.as_ref().unwrap().data().iter().enumerate() {
            let kept = trace.keeps(unit * 3);
            let explanation = words::variants::explain(&trace, VariantsTarget::Output { unit });
            let (text, arithmetic) = if kept {
                ("5.2857", "3 × 1.4286 + 1 = 5.2857")
            } else {
                ("1.0000", "0 + 1 = 1.0000")
            };
            assert_eq!(words::number(*answer), text);
            assert!(explanation.lines.iter().any(|(_, line)| line == arithmetic));
            seen[usize::from(kept)] = true;
        }
    }
    assert_eq!(seen, [true, true]);
}

#[test]
fn alpha_dropout_does_not_drop_to_zero_and_its_arithmetic_is_spelt_out() {
    let trace = trace(Layer::Alpha, &[]);
    assert!(trace.output.data().iter().all(|y| *y != 0.0));
    let dropped = (0..60).find(|&index| !trace.keeps(index)).unwrap();
    let target = VariantsTarget::Number { index: dropped };
    let lines = words::variants::explain(&trace, target).lines;
    let arithmetic = "0.8864 × (−1.7581) + 0.7792 = −0.7792";
    assert!(
        lines.iter().any(|(_, line)| line == arithmetic),
        "{lines:?}"
    );
}

#[test]
fn where_p_leaves_no_choice_no_coin_is_tossed_but_by_locked_dropout() {
    for layer in Layer::ALL {
        let kept = trace(layer, &[("p", "0")]);
        assert!(
            kept.output == kept.input && kept.uniforms.is_empty(),
            "{layer:?}"
        );
        let gone = trace(layer, &[("p", "1")]);
        assert_eq!(gone.uniforms.is_empty(), layer != Layer::Locked);
        assert!((0..gone.coin_of.len()).all(|index| !gone.keeps(index)));
        let is_gone = |y: &f32| {
            if layer == Layer::Locked {
                y.is_nan()
            } else {
                *y == 0.0
            }
        };
        assert!(gone.output.data().iter().all(is_gone));
        svg(&gone, 366.0, None);
    }
}

#[test]
fn a_point_in_a_cell_is_that_cell_at_every_width_and_size() {
    for layer in Layer::ALL {
        for size in ["1", "3", "8"] {
            let sizes = ["batch", "channels", "length", "in", "out"].map(|name| (name, size));
            for batch_first in ["off", "on"] {
                let changes = [&sizes[..], &[("batch_first", batch_first)]].concat();
                let trace = trace(layer, &changes);
                for width in [320.0, 366.0, 900.0, 1800.0] {
                    let layout = layout(&trace, width);
                    let outputs = trace
                        .linear
                        .as_ref()
                        .map_or(0, dropout_lab::nn::Tensor::numel);
                    let numbers =
                        (0..trace.input.numel()).map(|index| VariantsTarget::Number { index });
                    let outputs = (0..outputs).map(|unit| VariantsTarget::Output { unit });
                    for target in numbers.chain(outputs) {
                        let r = layout.rect(target).unwrap();
                        let (x, y) = r.center();
                        assert_eq!(layout.hit(x, y), Some(target), "{layer:?} {size} {width}");
                        assert!(
                            r.x + r.w <= layout.width && y < layout.height,
                            "{layer:?} {width}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn every_number_of_every_layer_is_explained() {
    for layer in Layer::ALL {
        for mode in ["train", "eval"] {
            let trace = trace(layer, &[("mode", mode)]);
            for index in 0..trace.input.numel() {
                let target = VariantsTarget::Number { index };
                assert!(!words::variants::explain(&trace, target).lines.is_empty());
            }
            assert!(words::variants::now(&trace).ends_with('.'));
        }
    }
}

#[test]
fn the_front_of_the_cube_can_be_pointed_at() {
    let trace = trace(Layer::Locked, &[("batch_first", "on")]);
    let layout = layout(&trace, 900.0);
    let cube = layout.cube.as_ref().unwrap();
    let found: std::collections::BTreeSet<usize> = (0..270)
        .flat_map(|x| (0..300).map(move |y| (f64::from(x), f64::from(y))))
        .filter_map(|(x, y)| cube.hit(x, y))
        .collect();
    // Three sides: B x H, T x H and B x T numbers, less those of the edges they share.
    assert_eq!(found.len(), 3 * 4 + 5 * 4 + 3 * 5 - 4 - 3 - 5 + 1);
}

#[test]
fn pictures_name_the_axes_and_say_how_many_coins() {
    for (layer, texts) in [
        (
            Layer::Locked,
            ["T ↗", "B ↓", "H →", "12 coins for 60 numbers, 5 each"],
        ),
        (
            Layer::Dropout2d,
            [
                "C ↗",
                "N = 2, C = 3",
                "W →",
                "12 coins for 300 numbers, 25 each",
            ],
        ),
        (
            Layer::Variational,
            [
                "out ↓",
                "5.2857",
                "× ones + 1 =",
                "2 coins for 6 weights, 3 each",
            ],
        ),
    ] {
        let picture = svg(&trace(layer, &[]), 900.0, None);
        for text in texts {
            assert!(picture.contains(text), "{layer:?}: {text}");
        }
    }
}

#[test]
fn pointing_at_a_number_marks_all_that_share_its_coin() {
    let accent = "#A05F00";
    let trace = trace(Layer::Variational, &[]);
    assert!(!svg(&trace, 900.0, None).contains(accent));
    let marked = svg(&trace, 900.0, Some(VariantsTarget::Number { index: 1 }));
    // The outline of a row of three: three times above and below, once at either end.
    assert_eq!(marked.matches(accent).count(), 8);
}

#[test]
fn settings_read_back_what_was_set_and_refuse_the_rest_unchanged() {
    let changes = [
        ("layer", "locked"),
        ("p", "0.25"),
        ("batch", "8"),
        ("batch_first", "on"),
        ("obeys_eval", "on"),
    ];
    let mut settings = VariantsSettings::default();
    for (name, text) in changes {
        settings.set(name, text).unwrap();
        assert_eq!(settings.read(name).as_deref(), Some(text));
    }
    assert_eq!(settings.changed(), changes.map(|(n, t)| (n, t.to_owned())));
    let before = settings.clone();
    for (name, text) in [
        ("batch", "9"),
        ("in", "0"),
        ("layer", "Dropout"),
        ("size", "1"),
    ] {
        assert!(settings.set(name, text).is_err());
        assert_eq!(settings, before);
    }
}

#[test]
fn scripts_hold_the_bug_or_its_repair_and_outputs_print_the_layer() {
    let script = |layer, changes: &[_]| {
        notebook::variants::script(&trace(layer, changes).settings, "?view=variants")
    };
    assert!(script(Layer::Variational, &[]).contains("training=True"));
    assert!(script(Layer::Variational, &[("obeys_eval", "on")]).contains("training=self.training"));
    assert!(script(Layer::Functional, &[]).contains("F.dropout(x, self.p)  #"));
    assert!(
        script(Layer::Locked, &[("batch_first", "on")]).contains("torch.ones(3, 5, 4)  # B, T, H")
    );
    let output = notebook::variants::output(&trace(Layer::Dropout1d, &[]));
    assert!(output.starts_with("Dropout1d(p=0.5, inplace=False)\n\ny:\ntensor([[["));
}
