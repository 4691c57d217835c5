//! What `set` and the actions do, and to whom.

use super::invariants::host;
use super::{FORBIDDEN, INVALID_PARAMS, VIEWS, ask, call, is_list, refusal};
use dropout_lab::app::embed::Contents;
use dropout_lab::app::embed::Hosted;
use dropout_lab::app::exhibit::Page;
use dropout_lab::app::{Effect, Progress, View};
use dropout_lab::model::exhibits::subnetworks;
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn set_takes_all_names_or_none_in_every_view() {
    for (query, ..) in VIEWS {
        for wrong in [
            json!({ "theme": "bright", "p": 7 }),
            json!({ "theme": "bright", "colour": "red" }),
            json!({ "theme": "violet" }),
            json!({ "theme": ["dark"] }),
            json!([1, 2]),
        ] {
            let (code, message) = refusal(&mut *host(query), true, "set", &wrong);
            assert_eq!(code, INVALID_PARAMS, "{query} {wrong}: {message}");
        }
    }
    let mut variants = host(VIEWS[7].0);
    let settings = call(
        &mut *variants,
        "set",
        &json!({ "batch_first": false, "embed": true }),
    );
    assert_eq!(
        (&settings["batch_first"], &settings["embed"]),
        (&json!("off"), &json!(1))
    );
}

#[test]
fn set_moves_to_another_view_with_its_settings_and_the_look() {
    for (query, ..) in VIEWS {
        for view in View::ALL
            .into_iter()
            .filter(|view| *view != View::of(query))
        {
            let mut params = json!({ "view": view.name(), "theme": "projector" });
            if !is_list(view) {
                params["seed"] = json!("12");
            }
            let mut host = host(query);
            let (answer, effects) = ask(&mut *host, true, "set", &params);
            let [Effect::Open(link)] = &effects[..] else {
                panic!("{query} to {view:?}: {effects:?} {answer}");
            };
            assert_eq!(View::of(link), view);
            let there = crate::host(link);
            assert_eq!(there.notices(), [] as [String; 0], "{link}");
            let settings = there.written().settings();
            assert_eq!(settings, answer["result"], "{link}");
            assert_eq!(settings["theme"], json!("projector"));
            let embedded = query.contains("embed=1");
            assert_eq!(settings["embed"], json!(u32::from(embedded)), "{link}");
        }
        for wrong in [
            json!({ "view": "attic" }),
            json!({ "view": if View::of(query) == View::Coin { "tensor" } else { "coin" }, "draws": -1 }),
        ] {
            let (code, _) = refusal(&mut *host(query), true, "set", &wrong);
            assert_eq!(code, INVALID_PARAMS, "{query}");
        }
    }
}

#[test]
fn a_lesson_is_opened_by_its_name() {
    let mut coin = host("?v=1&view=coin");
    let (_, effects) = ask(&mut *coin, true, "set", &json!({ "lesson": "1.1" }));
    let link = "?v=1&view=coin&lesson=1.1".to_owned();
    assert_eq!(effects, [Effect::Open(link)]);
}

#[test]
fn a_foreign_page_may_read_every_view_and_change_none() {
    for (query, _, actions) in VIEWS {
        let mut host = host(query);
        let (answer, _) = ask(&mut *host, false, "get", &json!({}));
        assert_eq!(answer["result"]["trace"], host.numbers());
        for method in actions.iter().chain(&["set"]) {
            let params = json!({ "theme": "dark", "view": "coin" });
            let (code, message) = refusal(&mut *host, false, method, &params);
            assert_eq!(code, FORBIDDEN, "{message}");
        }
    }
}

#[test]
fn again_draws_another_mask_of_the_same_input() {
    for query in [VIEWS[0].0, VIEWS[1].0, VIEWS[7].0] {
        let mut host = host(query);
        let before = host.numbers();
        call(&mut *host, "again", &json!({}));
        let after = host.numbers();
        assert_eq!(before["input"], after["input"], "{query}");
        assert_ne!(before["output"], after["output"], "{query}");
    }
}

#[test]
fn reset_brings_the_defaults_back_in_every_view_that_has_it() {
    for (query, ..) in VIEWS
        .iter()
        .filter(|(_, _, actions)| actions.contains(&"reset"))
    {
        let mut host = host(query);
        call(&mut *host, "reset", &json!({}));
        let defaults = crate::host(&View::of(query).link());
        assert_eq!(host.numbers(), defaults.numbers(), "{query}");
    }
}

#[test]
fn a_notebook_is_stepped_through_cell_by_cell() {
    let mut host = host("?v=1&view=notebook&notebook=001");
    let cells = host.numbers()["cells"].as_array().unwrap().clone();
    for cell in &cells[1..] {
        let settings = call(&mut *host, "step", &json!({}));
        assert_eq!(settings["cell"], cell["id"]);
    }
    let (code, message) = refusal(&mut *host, true, "step", &json!({}));
    assert_eq!(
        (code, message.contains("last cell")),
        (INVALID_PARAMS, true)
    );
    for cell in cells[..cells.len() - 1].iter().rev() {
        let settings = call(&mut *host, "stepBack", &json!({}));
        assert_eq!(settings["cell"], cell["id"]);
    }
    let (code, message) = refusal(&mut *host, true, "stepBack", &json!({}));
    assert_eq!(
        (code, message.contains("first cell")),
        (INVALID_PARAMS, true)
    );
}

#[test]
fn the_list_of_lessons_steps_to_the_first_that_was_not_bet_on() {
    let progress = Progress::read("0.1+ 0.2-");
    let mut contents = Contents::new("?v=1&view=lessons&embed=1", &progress);
    let (answer, effects) = ask(&mut contents, true, "get", &json!({}));
    assert_eq!(effects, []);
    let steps = &answer["result"]["trace"]["lessons"][0]["steps"];
    assert_eq!(steps[0], json!({ "lesson": "0.1", "right": true }));
    assert_eq!(steps[1], json!({ "lesson": "0.2", "right": false }));
    assert_eq!(steps[2], json!({ "lesson": "0.3", "right": null }));
    let (_, effects) = ask(&mut contents, true, "step", &json!({}));
    assert_eq!(
        effects,
        [Effect::Open("?v=1&embed=1&lesson=0.3".to_owned())]
    );
}

#[test]
fn numbers_read_back_to_the_same_bits() {
    let page = Page::<subnetworks::Settings>::open(VIEWS[5].0);
    let text = page.numbers().to_string();
    let told: Value = serde_json::from_str(&text).unwrap();
    let outputs: Vec<f64> = serde_json::from_value(told["outputs"].clone()).unwrap();
    assert_eq!(outputs, page.trace().subnetworks.outputs);
    let mask: String = told["mask"]
        .as_array()
        .unwrap()
        .iter()
        .map(Value::to_string)
        .collect();
    assert_eq!(mask, "0110110101");
    let sum: f64 = serde_json::from_value::<Vec<f64>>(told["probabilities"].clone())
        .unwrap()
        .iter()
        .sum();
    assert!((sum - 1.0).abs() < 1e-12);
}
