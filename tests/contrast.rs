//! Contrast of the colours in every theme, by WCAG 2.2: 4.5:1 for text, 3:1 for what a graphic is read by. The style
//! sheet and the pictures agree on them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use dropout_lab::draw::Palette;
use plotters::style::RGBColor;

const STYLE: &str = include_str!("../static/style.css");

/// Relative luminance.
fn luminance(RGBColor(r, g, b): RGBColor) -> f64 {
    let linear = |byte: u8| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

type Theme = BTreeMap<String, RGBColor>;

/// The colours that a rule of the style sheet sets.
fn set_by(selector: &str) -> Theme {
    let (_, rest) = STYLE.split_once(&format!("{selector} {{\n")).unwrap();
    let (block, _) = rest.split_once('}').unwrap();
    let colour = |line: &str| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
        let hex = u32::from_str_radix(value.trim_end_matches(';'), 16).ok()?;
        let [_, r, g, b] = hex.to_be_bytes();
        Some((name.to_owned(), RGBColor(r, g, b)))
    };
    block.lines().filter_map(colour).collect()
}

/// The three themes: the style sheet's colours and the pictures'.
fn themes() -> [(&'static str, Theme, Palette); 3] {
    let with = |selector: &str| {
        let mut theme = set_by(":root");
        theme.extend(set_by(selector));
        theme
    };
    [
        ("bright", set_by(":root"), Palette::BRIGHT),
        ("dark", with(":root[data-theme=\"dark\"]"), Palette::DARK),
        (
            "projector",
            with(":root[data-theme=\"projector\"]"),
            Palette::PROJECTOR,
        ),
    ]
}

fn hold(theme: &str, least: f64, pairs: &[(&str, RGBColor, &str, RGBColor)]) {
    for (name, colour, ground_name, ground) in pairs {
        let contrast = contrast(*colour, *ground);
        assert!(
            contrast >= least,
            "{theme}: {name} on {ground_name}: {contrast:.2}:1, not {least}:1"
        );
    }
}

#[test]
fn the_measure_is_that_of_wcag() {
    let (black, white) = (RGBColor(0, 0, 0), RGBColor(255, 255, 255));
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((contrast(RGBColor(0x76, 0x76, 0x76), white) - 4.54).abs() < 0.005);
}

#[test]
fn text_of_the_page_has_4_5_to_1_on_every_ground_in_every_theme() {
    for (theme, colours, _) in themes() {
        let texts = [
            "ink",
            "quiet",
            "warning",
            "error",
            "code-keyword",
            "code-text",
            "code-number",
        ];
        for ground in ["paper", "panel", "wash"] {
            let pairs: Vec<_> = texts
                .iter()
                .map(|text| (*text, colours[*text], ground, colours[ground]))
                .collect();
            hold(theme, 4.5, &pairs);
        }
        let (paper, panel, accent) = (colours["paper"], colours["panel"], colours["accent"]);
        // Links under the pointer, and the paper's letters on a button under it.
        hold(
            theme,
            4.5,
            &[
                ("accent", accent, "paper", paper),
                ("accent", accent, "panel", panel),
            ],
        );
        // The ring of the focus, the thumb of a slider, the edge of a field.
        hold(
            theme,
            3.0,
            &[
                ("accent", accent, "wash", colours["wash"]),
                ("quiet", colours["quiet"], "paper", paper),
            ],
        );
    }
}

#[test]
fn pictures_are_read_by_colours_of_3_to_1_and_their_text_has_4_5() {
    for (theme, _, palette) in themes() {
        let Palette {
            paper,
            hatched,
            accent_wash,
            ..
        } = palette;
        let grounds = [
            ("paper", paper),
            ("a hatched lane", hatched),
            ("the sample's wash", accent_wash),
        ];
        for (name, ground) in grounds {
            let text = [
                ("ink", palette.ink),
                ("quiet", palette.quiet),
                ("warning", palette.warning),
            ];
            hold(
                theme,
                4.5,
                &text.map(|(text, colour)| (text, colour, name, ground)),
            );
            let marks = [
                ("accent", palette.accent),
                ("positive", palette.positive),
                ("negative", palette.negative),
            ];
            hold(
                theme,
                3.0,
                &marks.map(|(mark, colour)| (mark, colour, name, ground)),
            );
        }
        // The two ends of the scale are told from zero, which lies between them.
        let ends = [
            ("positive", palette.positive),
            ("negative", palette.negative),
        ];
        hold(
            theme,
            3.0,
            &ends.map(|(end, colour)| (end, colour, "zero", palette.zero)),
        );
    }
}

#[test]
fn the_style_sheet_and_the_pictures_have_the_same_colours() {
    for (theme, colours, palette) in themes() {
        let pairs = [
            ("paper", palette.paper),
            ("ink", palette.ink),
            ("quiet", palette.quiet),
            ("line", palette.faint),
            ("accent", palette.accent),
            ("wash", palette.accent_wash),
            ("warning", palette.warning),
        ];
        for (name, colour) in pairs {
            assert_eq!(colours[name], colour, "{theme}: {name}");
        }
    }
}

#[test]
fn a_page_that_has_not_started_yet_is_as_dark_as_it_will_be() {
    let dark = set_by(":root[data-theme=\"dark\"]");
    assert_eq!(set_by("  :root:not([data-theme])"), dark);
}
