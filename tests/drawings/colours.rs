//! Everything can be read, in every theme.

use dropout_lab::draw::Palette;
use plotters::style::RGBColor;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// How far apart two colours are, from 1 to 21 (WCAG 2.2, contrast ratio).
fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let luminance = |RGBColor(r, g, b): RGBColor| {
        let linear = |byte: u8| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

const PALETTES: [(&str, Palette); 3] = [
    ("bright", Palette::BRIGHT),
    ("dark", Palette::DARK),
    ("projector", Palette::PROJECTOR),
];

#[test]
fn text_can_be_read_in_every_theme() {
    assert!((contrast(RGBColor(0, 0, 0), RGBColor(255, 255, 255)) - 21.0).abs() < 1e-9);
    for (theme, p) in PALETTES {
        for (name, text, behind) in [
            ("text", p.ink, p.paper),
            ("text on a hatched lane", p.ink, p.hatched),
            (
                "text on the unit that carries the sample",
                p.ink,
                p.accent_wash,
            ),
            ("quiet text", p.quiet, p.paper),
            ("quiet text on a hatched lane", p.quiet, p.hatched),
            ("a warning", p.warning, p.paper),
            ("a warning on a hatched lane", p.warning, p.hatched),
        ] {
            let contrast = contrast(text, behind);
            assert!(contrast >= 4.5, "{theme}: {name} has {contrast:.2}");
        }
    }
}

#[test]
fn shapes_that_mean_something_stand_out_in_every_theme() {
    for (theme, p) in PALETTES {
        for (name, shape, behind) in [
            ("the sample looked at", p.accent, p.paper),
            (
                "the sample looked at on a hatched lane",
                p.accent,
                p.hatched,
            ),
            ("a cross", p.quiet, p.paper),
            ("a cross on a hatched lane", p.quiet, p.hatched),
            ("a positive number", p.positive, p.paper),
            ("a negative number", p.negative, p.paper),
            ("a blocked way back", p.warning, p.paper),
        ] {
            let contrast = contrast(shape, behind);
            assert!(contrast >= 3.0, "{theme}: {name} has {contrast:.2}");
        }
    }
}

#[test]
fn zero_is_neutral_and_signs_differ_however_small_the_number() {
    for (theme, p) in PALETTES {
        assert_eq!(
            (p.diverging(0.0, 1.0), p.diverging(-0.0, 1.0)),
            (p.zero, p.zero),
            "{theme}"
        );
        for value in [1e-30_f32, 1e-6, 0.01, 1.0, f32::MAX] {
            let (plus, minus) = (p.diverging(value, 1.0), p.diverging(-value, 1.0));
            assert!(
                plus != p.zero && minus != p.zero && plus != minus,
                "{theme}: {value}"
            );
        }
        assert_eq!(p.diverging(f32::NAN, 1.0), p.ink);
        assert_eq!(
            (p.diverging(2.0, 1.0), p.diverging(-2.0, 1.0)),
            (p.positive, p.negative)
        );
    }
}
