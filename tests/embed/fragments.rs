//! States for the clicker.

use super::invariants::host;
use super::{VIEWS, ask};
use dropout_lab::app::embed::{Fragments, stand, written};
use dropout_lab::app::{Effect, Look, View};
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The link of every state of the figure, walked through by `set`.
fn states(query: &str) -> Vec<String> {
    let count = Look::of(query).fragments.count();
    (0..=count).map(|at| stand(query, at, written).0).collect()
}

#[test]
fn fragments_are_changes_on_top_of_each_other_and_lead_back_exactly() {
    let query = "?v=1&seed=7&p=0.3&embed=1&fragments=mode:eval;p:0.8,mode:train;again;step;reset;view:coin,draws:40";
    let links = states(query);
    let settings = |at: usize| written(View::of(&links[at]), &links[at]).settings();
    let told = |at: usize, names: &[&str]| -> Vec<Value> {
        names
            .iter()
            .map(|name| settings(at)[name].clone())
            .collect()
    };
    let names = ["p", "mode", "seed", "again", "step"];
    assert_eq!(
        told(0, &names),
        [json!(0.3), json!("train"), json!("7"), json!(""), json!(0)]
    );
    assert_eq!(
        told(1, &names),
        [json!(0.3), json!("eval"), json!("7"), json!(""), json!(0)]
    );
    assert_eq!(
        told(2, &names),
        [json!(0.8), json!("train"), json!("7"), json!(""), json!(0)]
    );
    assert_eq!(told(3, &names)[3], json!("0:1"));
    assert_eq!(told(4, &names)[4], json!(1));
    assert_eq!(
        told(5, &names),
        [json!(0.5), json!("train"), json!("36"), json!(""), json!(0)]
    );
    assert_eq!(
        told(6, &["view", "draws", "embed"]),
        [json!("coin"), json!(40), json!(1)]
    );
    // From any state to any other, and with nothing but its link.
    for (from, link) in links.iter().enumerate() {
        for (to, expected) in links.iter().enumerate() {
            let (link, problems) = stand(link, to, written);
            assert_eq!((&link, problems), (expected, vec![]), "{from} to {to}");
        }
        assert_eq!(host(link).notices(), [] as [String; 0], "{link}");
    }
    // What the reader changes by hand at a state goes away with the next.
    let changed = links[2].replace("p=0.8", "p=0.9");
    assert_ne!(changed, links[2]);
    assert_eq!(stand(&changed, 3, written).0, links[3]);
    // An author's link to a state has no `from`.
    let authored = format!("{query}&at=2");
    assert_eq!(stand(&authored, 2, written).0, links[2]);
    // A number that is too high is the last.
    assert_eq!(stand(query, 99, written).0, links[6]);
}

#[test]
fn every_view_has_fragments_and_set_goes_to_them() {
    for (query, _, actions) in VIEWS {
        let query = format!("{query}&fragments=theme:dark;theme:bright,lesson:2.1,motion:off");
        let mut host = host(&query);
        let before = host.written().settings();
        assert_eq!(before["at"], json!(0), "{actions:?}");
        let (answer, effects) = ask(&mut *host, true, "set", &json!({ "at": 2 }));
        let [Effect::Open(link)] = &effects[..] else {
            panic!("{query}: {effects:?} {answer}");
        };
        let settings = written(View::of(link), link).settings();
        assert_eq!(answer["result"], settings);
        assert_eq!(settings["theme"], json!("bright"), "{link}");
        let mut there = crate::host(link);
        let (_, effects) = ask(&mut *there, true, "set", &json!({ "at": 0 }));
        let [Effect::Open(back)] = &effects[..] else {
            panic!("{link}");
        };
        let settings = written(View::of(back), back).settings();
        assert_eq!(settings, before, "{query}");
    }
}

#[test]
fn any_text_is_read_as_fragments_or_refused() {
    for good in [
        "p:0.8",
        "again",
        "p:0.8,mode:eval;again,p:0.1",
        "tensor:2x2:1.0,2.0,nan,4.0",
        "again:0:1,2:3",
    ] {
        assert_eq!(Fragments::parse(good).unwrap().to_string(), good);
    }
    for bad in [
        ";",
        "p",
        "p:0.5;;again",
        "play",
        ",",
        "0.5",
        "=",
        "p:0.5;5:p",
        "ü:1",
    ] {
        assert_eq!(Fragments::parse(bad), None, "{bad}");
        let link = format!("?v=1&view=coin&fragments={bad}");
        assert_eq!(host(&link).notices().len(), 1, "{bad}");
    }
    assert_eq!(Fragments::parse(&"p:0.5;".repeat(1000)), None);
    assert_eq!(Fragments::parse(&vec!["again"; 41].join(";")), None);
    let (link, problems) = stand("?v=1&fragments=p:7;colour:red;view:attic;p:0.2", 4, written);
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(
        problems[0].contains("item 1") && problems[0].contains("0 to 1"),
        "{problems:?}"
    );
    assert!(link.contains("p=0.2"), "{link}");
    // Also called steps, unless that is a number, which some views have.
    let steps = Look::of("?view=training&steps=p:0.1;p:0.2&embed=1");
    assert_eq!(steps.fragments.count(), 2);
    assert_eq!(Look::of("?view=training&steps=300").fragments.count(), 0);
    assert_eq!(
        host("?view=training&steps=300").written().settings()["steps"],
        json!(300)
    );
}
