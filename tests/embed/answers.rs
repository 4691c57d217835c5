//! What every view answers.

use super::invariants::host;
use super::{NOT_HERE, VIEWS, call, is_list, names, refusal};
use dropout_lab::app::View;
use dropout_lab::app::embed::{Action, methods, written};
use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::model::exhibits::TensorSettings;
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn every_view_answers_its_settings_and_every_number() {
    for (query, trace, _) in VIEWS {
        let mut host = host(query);
        let answer = call(&mut *host, "get", &json!({}));
        assert_eq!(names(&answer), ["settings", "trace"], "{query}");
        assert_eq!(names(&answer["trace"]), trace, "{query}");
        let settings = &answer["settings"];
        assert_eq!(settings["view"], json!(View::of(query).name()));
        let pairs = query.trim_start_matches('?').split('&');
        for (name, value) in pairs.filter_map(|pair| pair.split_once('=')) {
            let told = match &settings[name] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(told, value, "{query}: {name}");
        }
    }
}

/// Rows of the table of traces in docs/embed.md: a view, and what its trace has.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_page_on_embedding_names_what_every_trace_has() {
    let page = include_str!("../../docs/embed.md");
    for (query, trace, _) in VIEWS {
        let view = View::of(query).name();
        let row = page
            .lines()
            .find(|line| line.starts_with(&format!("| {view} |")));
        let quoted = row.unwrap().split('`').skip(1).step_by(2);
        // What is in parentheses belongs to the name before it.
        let mut named: Vec<&str> = quoted.filter(|name| !name.contains('.')).collect();
        named.sort_unstable();
        assert_eq!(named, trace, "{view}");
    }
}

#[test]
fn all_views_there_are_are_here() {
    assert_eq!(VIEWS.map(|(query, ..)| View::of(query)), View::ALL);
}

#[test]
fn what_get_answers_can_be_set_and_brings_back_the_same_numbers() {
    for (query, ..) in VIEWS {
        let mut there = host(query);
        let settings = call(&mut *there, "get", &json!({}))["settings"].clone();
        let mut here = host(&View::of(query).link());
        if !is_list(View::of(query)) {
            let answered = call(&mut *here, "set", &settings);
            assert_eq!(answered, settings, "{query}");
            assert_eq!(here.written().query(), there.written().query());
            assert_eq!(here.numbers(), there.numbers(), "{query}");
        }
        assert_eq!(written(View::of(query), query).settings(), settings);
    }
}

#[test]
fn the_actions_are_those_that_the_view_has_and_the_others_are_refused_by_name() {
    for (query, _, actions) in VIEWS {
        for action in Action::ALL {
            let mut host = host(query);
            assert_eq!(host.written().view(), View::of(query));
            let is_here = actions.contains(&action.name());
            assert_eq!(methods(&*host).contains(&action.name()), is_here, "{query}");
            if is_here {
                continue;
            }
            let (code, message) = refusal(&mut *host, true, action.name(), &json!({}));
            assert_eq!(code, NOT_HERE, "{query}");
            let view = View::of(query).name();
            let expected = format!("the {view} view has no {}; it has get, set", action.name());
            assert!(message.starts_with(&expected), "{message}");
            for action in actions {
                assert!(message.contains(action), "{message}");
            }
        }
    }
}

#[test]
fn every_view_hands_out_its_script_but_the_lists() {
    for (query, ..) in VIEWS {
        let mut host = host(query);
        if is_list(View::of(query)) {
            assert_eq!(
                refusal(&mut *host, true, "notebook", &json!({})).0,
                NOT_HERE
            );
            continue;
        }
        let answer = call(&mut *host, "notebook", &json!({}));
        assert_eq!(names(&answer), ["code", "output"]);
        let [code, output] = ["code", "output"].map(|name| answer[name].as_str().unwrap());
        assert!(
            code.contains("import torch") && !output.is_empty(),
            "{query}"
        );
    }
    let query = VIEWS[1].0;
    let page = Page::<TensorSettings>::open(query);
    let answer = call(&mut *host(query), "notebook", &json!({}));
    assert_eq!(answer["code"], json!(page.settings().script(&page.query())));
    let output = <TensorSettings as Exhibit>::output(page.trace());
    assert_eq!(answer["output"], json!(output));
}
