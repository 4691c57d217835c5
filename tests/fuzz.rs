//! Texts from outside, made up after a grammar and taken from the fuzzers' corpus, held to what `invariants` says.
//!
//! `PROPTEST_CASES=100000 cargo test --release --test fuzz` makes up more of them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod invariants;

use std::fs;
use std::path::Path;

use dropout_lab::app::View;
use dropout_lab::app::embed::written;
use dropout_lab::app::export::Size;
use dropout_lab::app::files::session::Session;
use dropout_lab::draw::Palette;
use dropout_lab::notebook::paste;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngSeed};
use serde_json::{Value, json};

/// The same cases on every machine and in every run.
fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok();
    Config {
        cases: asked.and_then(|cases| cases.parse().ok()).unwrap_or(cases),
        rng_seed: RngSeed::Fixed(5),
        failure_persistence: None,
        ..Config::default()
    }
}

fn view() -> impl Strategy<Value = View> {
    select(View::ALL.to_vec())
}

/// A name of a link: mostly one of the view's own.
fn name(view: View) -> impl Strategy<Value = String> {
    let own: Vec<String> = written(view, "")
        .names()
        .into_iter()
        .map(|(name, _)| name.to_owned())
        .collect();
    prop_oneof![
        12 => select(own),
        1 => select(vec!["steps", "colour", "P", "", "bench"]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ]
}

/// Words of all links' values.
const WORDS: [&str; 44] = [
    "on",
    "off",
    "train",
    "eval",
    "nn",
    "rand",
    "bernoulli",
    "mt19937",
    "mcg31",
    "ones",
    "arange",
    "randn",
    "notebook",
    "2x2:1,2,3,4",
    "3:NaN,inf,-0",
    "0x3:",
    "inverted",
    "classic",
    "none",
    "both",
    "sum",
    "net",
    "unit",
    "after_relu",
    "relu_on_output",
    "0110",
    "helps",
    "hurts",
    "trap",
    "moons",
    "run",
    "race",
    "sweep",
    "adamw",
    "weight_decay",
    "lanes",
    "at_once",
    "locked",
    "alpha",
    "004",
    "dark",
    "p,again",
    "p:0.1;again;view:coin,draws:5",
    "0:3,5:1",
];

/// A whole number that a test can compute with.
fn small() -> impl Strategy<Value = String> {
    (0_u32..12).prop_map(|n| n.to_string())
}

/// What a name may be given; `sizes` are the whole numbers among them.
fn value(sizes: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = String> {
    prop_oneof![
        4 => sizes,
        3 => (0.0..=1.0).prop_map(|p: f64| p.to_string()),
        6 => select(WORDS.to_vec()).prop_map(str::to_owned),
        2 => select(vec!["0", "-0", "1", "1e-320", "1e-40", "0.9999999999999999", "100", "10", "-1", "1e999", "NaN", "inf", " 1", "+1"])
            .prop_map(str::to_owned),
        1 => "\\PC{0,30}",
    ]
}

fn any_number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<u64>().prop_map(|n| n.to_string()),
        any::<i32>().prop_map(|n| n.to_string()),
        any::<f64>().prop_map(|x| x.to_string()),
        small(),
    ]
}

/// A link of any view.
fn link<S: Strategy<Value = String> + 'static>(sizes: fn() -> S) -> impl Strategy<Value = String> {
    view().prop_flat_map(move |view| {
        vec((name(view), value(sizes())), 0..10).prop_map(move |pairs| {
            let mut link = form_urlencoded::Serializer::new(view.link());
            link.extend_pairs(pairs);
            link.finish()
        })
    })
}

/// A text with some letters lost, doubled or replaced.
fn broken(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let letter = select(
        "{}[]()\":,;=&?%+-.0123456789eExnif \n\u{feff}水"
            .chars()
            .collect::<Vec<_>>(),
    );
    (text, vec((any::<Index>(), 0..4, letter), 0..4)).prop_map(|(text, faults)| {
        let mut letters: Vec<char> = text.chars().collect();
        for (at, kind, letter) in faults {
            let at = at.index(letters.len().max(1));
            match kind {
                0 => letters.truncate(at),
                1 if at < letters.len() => drop(letters.remove(at)),
                2 => letters.insert(at.min(letters.len()), letter),
                _ if at < letters.len() => letters[at] = letter,
                _ => {}
            }
        }
        letters.into_iter().collect()
    })
}

/// A tensor of any numbers.
fn tensor() -> impl Strategy<Value = (Vec<usize>, Vec<f32>)> {
    vec(1_usize..5, 0..=paste::MAX_RANK).prop_flat_map(|shape| {
        let count = shape.iter().product::<usize>();
        let number = prop_oneof![any::<f32>(), -10.0_f32..10.0, Just(-0.0), Just(f32::NAN)];
        (Just(shape), vec(number, count))
    })
}

fn pasted() -> impl Strategy<Value = String> {
    let around = select(vec![
        ("", ""),
        ("tensor(", ")"),
        ("tensor(", ", grad_fn=<MulBackward0>)"),
        ("array(", ", dtype=float32)"),
        ("Parameter containing:\ntensor(", ", requires_grad=True)"),
        ("a,b,c\n", "\n"),
    ]);
    let tensor = (tensor(), around).prop_map(|((shape, values), (before, after))| {
        format!("{before}{}{after}", invariants::brackets(&shape, &values))
    });
    let table = vec(vec("(-?[0-9]{1,3}(\\.[0-9]{1,4})?|nan|True)", 1..5), 1..5);
    let table = (table, select(vec![",", ";", "\t", " ", ", "])).prop_map(|(rows, between)| {
        rows.iter()
            .map(|row| row.join(between))
            .collect::<Vec<_>>()
            .join("\n")
    });
    prop_oneof![tensor, table]
}

fn any_session() -> impl Strategy<Value = String> {
    let progress = vec("[0-9]{1,2}\\.[0-9][+-]", 0..4).prop_map(|steps| steps.join(" "));
    let version = prop_oneof![8 => Just(json!(1)), 1 => Just(json!(2)), 1 => Just(json!("1"))];
    (link(any_number), progress, version).prop_map(|(link, progress, version)| {
        json!({ "dropoutLab": "session", "version": version, "link": link, "progress": progress }).to_string()
    })
}

/// JSON of any kind.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| vec(inner, 0..3).prop_map(Value::from))
}

const METHODS: [&str; 11] = [
    "get", "set", "step", "stepBack", "again", "play", "pause", "reset", "notebook", "snapshot",
    "undo",
];

fn request() -> impl Strategy<Value = Value> {
    let text = value(small()).prop_map(Value::from);
    let value = prop_oneof![4 => text, 2 => (0_u32..12).prop_map(Value::from), 1 => any_json()];
    let params = view().prop_flat_map(move |view| {
        vec((name(view), value.clone()), 0..5)
            .prop_map(|pairs| pairs.into_iter().collect::<serde_json::Map<_, _>>())
    });
    let params = prop_oneof![9 => params.prop_map(Value::Object), 1 => any_json()];
    (select(METHODS.to_vec()), params, any_json()).prop_map(|(method, params, id)| {
        json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
    })
}

fn message() -> impl Strategy<Value = String> {
    let batch = vec(request(), 0..4).prop_map(Value::from);
    let message = prop_oneof![4 => request(), 1 => batch, 1 => any_json()];
    (
        select(('a'..='k').chain('A'..='K').collect::<Vec<_>>()),
        message,
    )
        .prop_map(|(view, message)| format!("{view}{message}"))
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn a_link_is_read_whatever_it_is(text in broken(link(any_number))) {
        invariants::link(&text);
    }

    #[test]
    fn a_pasted_text_is_a_tensor_or_an_error_that_says_where(text in broken(pasted())) {
        invariants::pasted(&text);
    }

    #[test]
    fn a_tensor_written_with_all_its_digits_is_read_as_the_same((shape, values) in tensor()) {
        let read = paste::parse(&invariants::brackets(&shape, &values)).unwrap();
        prop_assert_eq!(read.shape, shape);
        for (read, value) in read.values.iter().zip(&values) {
            prop_assert!(read.to_bits() == value.to_bits() || read.is_nan() && value.is_nan());
        }
    }

    #[test]
    fn a_session_is_taken_whole_or_refused(text in broken(any_session())) {
        invariants::session(&text);
    }

    #[test]
    fn a_session_of_any_link_that_the_page_writes_comes_back(link in link(any_number)) {
        let link = written(View::of(&link), &link).query();
        let session = Session { link, ..Session::default() };
        prop_assert_eq!(Session::read(&session.write()), Ok(session));
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn a_message_is_answered_once_or_not_at_all(text in broken(message())) {
        invariants::message(&text);
    }

    #[test]
    fn whatever_a_link_asks_for_can_be_shown(link in link(small)) {
        let host = invariants::host(&link);
        let _numbers = host.numbers();
        let svg = host.picture("").and_then(|figure| figure.svg(Size::WIDE, &Palette::BRIGHT));
        let is_nowhere = |svg: &String| ["=\"NaN", "=\"inf", "=\"-inf"].iter().any(|place| svg.contains(place));
        prop_assert!(!svg.is_some_and(|svg| is_nowhere(&svg)), "something is drawn nowhere: {}", link);
    }
}

/// Every text of the corpus in `fuzz/corpus/<target>`.
fn corpus(target: &str, check: fn(&str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut count = 0;
    for file in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(bytes.len() <= 4096, "the corpus is kept small");
        // The targets take text alone.
        if let Ok(text) = String::from_utf8(bytes) {
            check(&text);
            count += 1;
        }
    }
    assert!((10..=400).contains(&count), "{target}: {count} texts");
}

#[test]
fn what_the_fuzzers_found_worth_keeping_holds() {
    corpus("link", invariants::link);
    corpus("paste", invariants::pasted);
    corpus("session", invariants::session);
    corpus("rpc", invariants::message);
}
