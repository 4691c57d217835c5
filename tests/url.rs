//! The link: reading it is total, writing it is exact, and what is wrong with it is said.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::fmt::Write;

use common::Dice;
use dropout_lab::app::Link;
use dropout_lab::app::look::LookField;
use dropout_lab::app::url::Name;
use dropout_lab::model::field::{BATCH, HIDDEN_FEATURES, IN_FEATURES, STEP};
use dropout_lab::model::{Field, Settings, Stage};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The link of a query that has no fault.
fn read(query: &str) -> Link {
    let (link, problems) = Link::parse(query);
    assert_eq!(problems, [""; 0], "{query}");
    link
}

/// The only problem of a query, which must leave everything at its default.
fn problem(query: &str) -> String {
    let (link, problems) = Link::parse(query);
    assert_eq!(link, Link::default(), "{query}");
    assert_eq!(problems.len(), 1, "{query}: {problems:?}");
    problems.into_iter().next().unwrap_or_default()
}

/// A random value of any field, from the whole of its range.
fn any_value(dice: &mut Dice, field: Field) -> String {
    match field {
        Field::P | Field::Momentum | Field::Dampening | Field::WeightDecay => {
            let (any, small) = (dice.unit(), f64::from_bits(dice.word64() >> 12));
            dice.one_of(&[0.0, 1.0, any, small]).to_string()
        }
        Field::Lr => (dice.unit() * 100.0).to_string(),
        Field::Seed => (dice.word64() >> dice.below(64)).to_string(),
        Field::Batch => dice.between(&BATCH).to_string(),
        Field::In => dice.between(&IN_FEATURES).to_string(),
        Field::Hidden => dice.between(&HIDDEN_FEATURES).to_string(),
        Field::Step => dice.between(&STEP).to_string(),
        Field::Again => {
            let entry = |dice: &mut Dice| format!("{}:{}", dice.between(&STEP), dice.below(9));
            let entries: Vec<_> = (0..dice.below(4)).map(|_| entry(dice)).collect();
            entries.join(",")
        }
        Field::Mode | Field::Nesterov | Field::Maximize | Field::Dropout | Field::Bernoulli => {
            dice.value(field)
        }
    }
}

fn any_look(dice: &mut Dice, field: LookField, batch: usize) -> String {
    match field {
        LookField::Version => "1".to_owned(),
        LookField::View => "network".to_owned(),
        LookField::Lang => "en".to_owned(),
        LookField::Stage => dice.one_of(&Stage::ALL).name().to_owned(),
        LookField::Sample => (1 + dice.below(batch)).to_string(),
        LookField::Theme => dice
            .one_of(&["system", "bright", "dark", "projector"])
            .to_owned(),
        LookField::Motion => dice.one_of(&["system", "off"]).to_owned(),
        LookField::Sound => dice.one_of(&["off", "on"]).to_owned(),
        LookField::Embed => dice.one_of(&["0", "1"]).to_owned(),
        LookField::Controls => dice.one_of(&["", "none", "p,again"]).to_owned(),
        LookField::Deck => dice.one_of(&["any", "reveal"]).to_owned(),
        LookField::Fragments => dice.one_of(&["", "p:0.1;again", "mode:eval"]).to_owned(),
        LookField::At => dice.below(3).to_string(),
        LookField::From => dice.one_of(&["", "p:0.5,seed:3"]).to_owned(),
        LookField::Origin => dice
            .one_of(&["", "https://school.example", "null"])
            .to_owned(),
        LookField::Lesson => dice.one_of(&["", "0.1", "0.4"]).to_owned(),
    }
}

fn any_link(dice: &mut Dice) -> Link {
    let mut link = Link::default();
    for field in Field::ALL {
        if dice.happens(0.5) {
            let text = any_value(dice, field);
            // Nesterov without momentum is refused, which leaves a link as good as any.
            let _refused = link.set(Name::Run(field), &text);
        }
    }
    for field in LookField::ALL {
        if dice.happens(0.5) {
            let text = any_look(dice, field, link.settings.batch());
            link.set(Name::Look(field), &text).unwrap();
        }
    }
    link
}

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

#[test]
fn an_unknown_name_is_said_and_the_rest_is_read() {
    for name in ["q", "P", "Seed", "dropout_p", "läufe", "<script>", "p "] {
        let encoded: String = form_urlencoded(name);
        let (link, problems) = Link::parse(&format!("{encoded}=1&batch=7"));
        assert_eq!(link.settings.batch(), 7);
        assert_eq!(
            problems,
            [format!(
                "The link's {name} is not a name that this page knows."
            )]
        );
    }
}

/// Percent-encodes every byte.
fn form_urlencoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        write!(encoded, "%{byte:02x}").unwrap();
        encoded
    })
}

#[test]
fn a_bad_value_is_said_with_its_range_and_the_default_stays() {
    let numbers = [
        "", "x", "-1", "-1e-9", "NaN", "inf", "1e999", "0,5", "0x1", "１", "1 2", "1_0",
    ];
    let whole = ["", "x", "-1", "1.5", "1e1", "99999999999999999999", "٣"];
    let words = ["", "ON", "true", "1", "Train", "nn,rand"];
    let cases: [(Field, &[&str]); 16] = [
        (Field::P, &numbers),
        (Field::Lr, &numbers),
        (Field::Momentum, &numbers),
        (Field::Dampening, &numbers),
        (Field::WeightDecay, &numbers),
        (Field::Seed, &whole),
        (Field::Batch, &whole),
        (Field::In, &whole),
        (Field::Hidden, &whole),
        (Field::Step, &whole),
        (Field::Mode, &words),
        (Field::Nesterov, &words),
        (Field::Maximize, &words),
        (Field::Dropout, &words),
        (Field::Bernoulli, &words),
        (
            Field::Again,
            &[
                "1",
                "a:b",
                "1:-1",
                "1:2:3",
                "0:10001",
                "0:9999,1:2",
                "0:99999999999",
            ],
        ),
    ];
    for (field, values) in cases {
        for value in values {
            let said = problem(&format!("{}={}", field.name(), form_urlencoded(value)));
            let (name, allowed) = (field.name(), field.allowed());
            let wrong = if value.is_empty() {
                format!("{name} is empty")
            } else {
                format!("{name} = {value} is not possible")
            };
            assert!(
                said.starts_with(&format!("In the link, {wrong}; allowed: ")),
                "{said}"
            );
            assert!(said.ends_with('.'), "{said}");
            if field != Field::Again {
                assert!(said.contains(&allowed), "{said} does not say {allowed}");
            }
        }
    }
}

#[test]
fn a_value_just_outside_its_range_is_refused_and_one_at_its_end_is_taken() {
    for (name, taken, refused) in [
        ("p", ["0", "1"], ["-0.0000001", "1.0000001"]),
        ("lr", ["0", "100"], ["-0.0000001", "100.001"]),
        ("momentum", ["0", "1"], ["-0.0000001", "1.0000001"]),
        ("batch", ["1", "128"], ["0", "129"]),
        ("in", ["1", "32"], ["0", "33"]),
        ("hidden", ["1", "256"], ["0", "257"]),
        ("step", ["0", "1000"], ["-1", "1001"]),
        (
            "seed",
            ["0", "18446744073709551615"],
            ["-1", "18446744073709551616"],
        ),
        ("sample", ["1", "4"], ["0", "5"]),
        ("v", ["1", "1"], ["0", "2"]),
    ] {
        for value in taken {
            read(&format!("{name}={value}"));
        }
        for value in refused {
            let said = problem(&format!("{name}={value}"));
            assert!(
                said.contains(&format!("{name} = {value} is not possible; allowed: ")),
                "{said}"
            );
        }
    }
}

#[test]
fn a_part_of_the_look_that_cannot_be_is_said_with_what_can() {
    for field in LookField::ALL {
        let said = problem(&format!("{}=no.where", field.name()));
        assert!(said.starts_with(&format!(
            "In the link, {} = no.where is not possible; allowed: ",
            field.name()
        )));
    }
    assert!(problem("sample=9").contains("whole numbers from 1 to 4"));
    assert!(problem("stage=end").contains("input, fc1, relu, mask"));
}

#[test]
fn names_may_come_in_any_order() {
    let pairs = [
        "batch=8",
        "sample=7",
        "momentum=0.9",
        "dampening=0",
        "nesterov=on",
    ];
    let straight = read(&pairs.join("&"));
    assert!(straight.settings.sgd().nesterov && straight.look.sample == 7);
    let mut dice = Dice::new(3);
    for _ in 0..200 {
        let mut left = pairs.to_vec();
        let mut shuffled = Vec::new();
        while !left.is_empty() {
            shuffled.push(left.swap_remove(dice.below(left.len())));
        }
        assert_eq!(read(&shuffled.join("&")), straight, "{shuffled:?}");
    }
}

#[test]
fn of_a_name_given_twice_the_last_value_counts() {
    assert_eq!(read("seed=1&seed=2").settings.seed(), 2);
}

#[test]
fn a_whole_address_a_query_and_a_bare_query_say_the_same() {
    let expected = read("seed=7&p=0.3");
    for text in [
        "?seed=7&p=0.3",
        "https://example.org/lab/?seed=7&p=0.3",
        "https://example.org/lab/?seed=7&p=0.3#top",
        "file:///home/a%20b/lab.html?v=1&p=0.3&seed=7",
        "&&seed=7&&p=0.3&",
        "seed=%37&p=+0.3",
        "%73eed=7&p=.3",
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    for text in [
        "",
        "?",
        "#",
        "?v=1",
        "https://example.org/lab/",
        "https://example.org/#p=1?seed=9",
        "?bench=1",
    ] {
        assert_eq!(read(text), Link::default(), "{text}");
    }
}

/// Links that were handed out. What they meant they must mean for ever.
#[test]
fn old_links_keep_their_meaning() {
    let link = read(
        "?v=1&view=network&p=0.5&mode=train&seed=7&batch=4&hidden=10&in=5&step=3&sample=2&stage=mask&theme=projector&lang=en&motion=off",
    );
    let s = &link.settings;
    assert_eq!(
        (
            s.seed(),
            s.step(),
            s.batch(),
            s.hidden_features(),
            s.in_features()
        ),
        (7, 3, 4, 10, 5)
    );
    assert_eq!((link.look.stage, link.look.sample), (Stage::Mask, 2));
    let default = read("?v=1").settings;
    assert_eq!(
        (
            default.seed(),
            default.p().p(),
            default.batch(),
            default.sgd().lr
        ),
        (36, 0.5, 4, 0.01)
    );
}

#[test]
fn zero_has_one_sign_and_the_smallest_p_survives() {
    let zero = read("p=-0&lr=-0.0&momentum=-0");
    let sgd = zero.settings.sgd();
    for number in [zero.settings.p().p(), sgd.lr, sgd.momentum] {
        assert_eq!(number.to_bits(), 0.0_f64.to_bits());
    }
    assert_eq!(zero.query(), "?v=1&p=0&lr=0");
    let tiny = read("p=1e-320");
    assert_eq!(tiny.settings.p().p(), 1e-320);
    assert_eq!(read(&tiny.query()), tiny);
}

#[test]
fn a_sample_is_one_of_the_batch() {
    assert_eq!(read("batch=1").look.sample, 1);
    assert_eq!(read("batch=1").query(), "?v=1&batch=1");
    let (link, problems) = Link::parse("batch=3&sample=4");
    assert_eq!((link.look.sample, problems.len()), (2, 1));
    let mut link = read("batch=9&sample=9");
    link.set(Name::Run(Field::Batch), "5").unwrap();
    assert_eq!(link.look.sample, 5);
}
