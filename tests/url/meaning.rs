//! Links that mean the same.

use super::common::Dice;
use super::read;
use dropout_lab::app::Link;
use dropout_lab::app::url::Name;
use dropout_lab::model::{Field, Stage};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
