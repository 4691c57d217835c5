//! What is written reads back.

use super::common::Dice;
use super::{any_link, read};
use dropout_lab::app::Link;
use dropout_lab::app::look::LookField;
use dropout_lab::model::{Field, Settings};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn what_is_written_reads_back_as_the_same_link() {
    let mut dice = Dice::new(1);
    for _ in 0..3_000 {
        let link = any_link(&mut dice);
        assert_eq!(read(&link.query()), link, "{}", link.query());
    }
}

#[test]
fn any_text_is_read_without_a_panic_and_what_was_understood_can_be_written() {
    let scraps = [
        "p",
        "seed",
        "batch",
        "sample",
        "again",
        "lr",
        "nesterov",
        "=",
        "=",
        "&",
        "&",
        "?",
        "#",
        "%",
        "%41",
        "%ff",
        "%F0%9F%92%A7",
        "+",
        "-",
        "0",
        "1",
        "7",
        "0.5",
        "1e-320",
        "1e999",
        "NaN",
        "inf",
        "on",
        "train",
        ":",
        ",",
        "0:3",
        "é",
        "水",
        "\u{202e}",
        "\0",
        "\n",
        " ",
        "://",
        "18446744073709551616",
    ];
    let mut dice = Dice::new(2);
    for _ in 0..3_000 {
        let text: String = (0..dice.below(24)).map(|_| dice.one_of(&scraps)).collect();
        let (link, _) = Link::parse(&text);
        assert_eq!(read(&link.query()), link, "{text:?}");
    }
    for _ in 0..500 {
        let bytes: Vec<u8> = (0..dice.below(60))
            .map(|_| dice.below(256).to_le_bytes()[0])
            .collect();
        let (link, _) = Link::parse(&String::from_utf8_lossy(&bytes));
        assert_eq!(read(&link.query()), link, "{bytes:?}");
    }
}

#[test]
fn a_megabyte_is_read_and_its_notices_stay_short() {
    let long = |unit: &str| unit.repeat(1_000_000 / unit.len());
    for text in [
        long("9"),
        long("&"),
        long("%"),
        long("p=7&"),
        long("水="),
        format!("p={}", long("9")),
        format!("seed={}", long("9")),
        format!("again={}", long("0:1,")),
        format!("stage={}", long("é")),
    ] {
        let (link, problems) = Link::parse(&text);
        assert_eq!(read(&link.query()), link);
        assert!(problems.len() <= 100, "{} notices", problems.len());
        assert!(problems.iter().all(|problem| problem.chars().count() < 250));
    }
}

#[test]
fn only_what_differs_from_the_defaults_is_written() {
    assert_eq!(Link::default().query(), "?v=1");
    for (name, value) in [
        ("p", "0.3"),
        ("mode", "eval"),
        ("seed", "18446744073709551615"),
        ("batch", "15"),
        ("in", "3"),
        ("hidden", "256"),
        ("lr", "0.5"),
        ("momentum", "0.9"),
        ("dampening", "0.1"),
        ("weight_decay", "0.01"),
        ("maximize", "on"),
        ("dropout", "rand"),
        ("bernoulli", "mcg31"),
        ("step", "1000"),
        ("again", "0:2,3:1"),
        ("stage", "mask"),
        ("sample", "1"),
        ("theme", "projector"),
        ("motion", "off"),
        ("sound", "on"),
        ("embed", "1"),
    ] {
        let query = format!("?v=1&{name}={value}");
        let link = read(&query);
        assert_ne!(link, Link::default(), "{query}");
        assert_eq!(link.query(), query);
    }
    let nesterov = "?v=1&momentum=0.9&nesterov=on";
    assert_eq!(read(nesterov).query(), nesterov);
}

#[test]
fn a_default_that_is_spelt_out_is_the_default() {
    let spelt: Vec<String> = (Field::ALL.iter())
        .map(|field| format!("{}={}", field.name(), field.read(&Settings::default())))
        .chain(
            LookField::ALL
                .iter()
                .map(|field| format!("{}={}", field.name(), field.read(&Link::default().look))),
        )
        .collect();
    assert_eq!(read(&spelt.join("&")), Link::default());
}
