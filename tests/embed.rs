//! The embed API in every view: what each answers, what each takes, and what each refuses.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod invariants;

use invariants::{STUDIO, asker, host};

use dropout_lab::app::embed::{
    Action, Contents, Controls, Fragments, Hosted, Inbox, Letter, Origin, Studio, methods, rpc,
    stand, written,
};
use dropout_lab::app::exhibit::{Exhibit, Msg as ExhibitMsg, Ongoing, Page};
use dropout_lab::app::export::Size;
use dropout_lab::app::files::{self, Content, Kind, Trained, make};
use dropout_lab::app::look::LookField;
use dropout_lab::app::msg::PlaybackMsg;
use dropout_lab::app::training::{Msg as TrainingMsg, Pace, State as Training};
use dropout_lab::app::view::may_follow;
use dropout_lab::app::{Effect, Look, Msg, Progress, Speed, State, View, update};
use dropout_lab::model::Field;
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks, training,
};
use dropout_lab::notebook::reader;
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const INVALID_PARAMS: i64 = -32602;
const FORBIDDEN: i64 = -32001;
const NOT_HERE: i64 = -32002;

/// A link of every view that is not at its defaults, the names of its trace, and its actions.
const VIEWS: [(&str, &[&str], &[&str]); 11] = [
    (
        "?v=1&p=0.3&again=0:2&step=0&sample=3&theme=dark",
        &[
            "after",
            "before",
            "dropped",
            "grad",
            "hidden",
            "input",
            "lanes",
            "loss",
            "mask",
            "output",
            "preActivation",
            "scale",
            "target",
        ],
        &["step", "stepBack", "again", "play", "pause", "reset"],
    ),
    (
        "?v=1&view=tensor&tensor=2x2:1.0,2.0,3.0,4.0&p=0.25&again=2&embed=1",
        &[
            "coins", "differ", "input", "mask", "noise", "other", "output", "scaled",
        ],
        &["again", "reset"],
    ),
    (
        "?v=1&view=coin&coins=bernoulli&draws=50&group=5&p=0.2",
        &[
            "binomial", "counts", "draws", "groups", "ones", "share", "uniforms",
        ],
        &["reset"],
    ),
    (
        "?v=1&view=expectation&through=net&scaling=classic&draws=300",
        &[
            "draws",
            "equalEval",
            "eval",
            "first",
            "histogram",
            "law",
            "mean",
            "running",
            "sd",
        ],
        &["reset"],
    ),
    (
        "?v=1&view=gradients&unit=3&input=2&sample=2&seed=18446744073709551615",
        &["row", "step", "terms"],
        &["again", "reset"],
    ),
    (
        "?v=1&view=subnetworks&placement=relu_on_output&mask=0110110101",
        &[
            "bias",
            "bins",
            "chosen",
            "eval",
            "exact",
            "identity",
            "mask",
            "mean",
            "outputs",
            "probabilities",
            "sd",
            "units",
        ],
        &["reset"],
    ),
    (
        "?v=1&view=training&preset=hurts&steps=30&scale=linear",
        &["curves", "diverged", "fit", "lossOfZero", "taken"],
        &["step", "play", "pause", "reset"],
    ),
    (
        "?v=1&view=variants&layer=locked&batch_first=on&p=0.4",
        &[
            "coinOf", "coins", "input", "linear", "noise", "output", "uniforms",
        ],
        &["again", "reset"],
    ),
    (
        "?v=1&view=notebook&notebook=002&steps=3",
        &["cells", "variables"],
        &["step", "stepBack", "reset"],
    ),
    ("?v=1&view=lessons&theme=projector", &["lessons"], &["step"]),
    ("?v=1&view=teachers&theme=dark", &["parts"], &[]),
];

/// Whether a view is a list: it has no settings but the look, and no script.
fn is_list(view: View) -> bool {
    matches!(view, View::Lessons | View::Teachers)
}

/// What a request is answered with, and what else the browser is to do.
fn ask(host: &mut dyn Hosted, trusted: bool, method: &str, params: &Value) -> (Value, Vec<Effect>) {
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let effects = rpc::receive(host, asker(trusted), &request.to_string());
    let is_answer = |effect: &Effect| matches!(effect, Effect::Answer(_));
    let (answers, others): (Vec<_>, Vec<_>) = effects.into_iter().partition(is_answer);
    let [Effect::Answer(answer)] = &answers[..] else {
        panic!("{method} has one answer: {answers:?}");
    };
    (serde_json::from_str(answer).unwrap(), others)
}

fn call(host: &mut dyn Hosted, method: &str, params: &Value) -> Value {
    let (answer, _) = ask(host, true, method, params);
    assert_eq!(answer.get("error"), None, "{method}: {answer}");
    answer["result"].clone()
}

/// The code and the message of a refusal, after which everything is as it was.
fn refusal(host: &mut dyn Hosted, trusted: bool, method: &str, params: &Value) -> (i64, String) {
    let before = (host.written().query(), host.numbers());
    let (answer, others) = ask(host, trusted, method, params);
    assert_eq!(others, [], "{method}");
    assert_eq!((host.written().query(), host.numbers()), before, "{method}");
    let error = &answer["error"];
    let message = error["message"].as_str();
    (error["code"].as_i64().unwrap(), message.unwrap().to_owned())
}

fn names(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

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
    let page = include_str!("../docs/embed.md");
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

#[test]
fn an_origin_is_read_as_browsers_write_it() {
    for (text, read) in [
        ("https://school.example", "https://school.example"),
        ("https://School.Example/", "https://school.example"),
        ("https://school.example:443", "https://school.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("null", "null"),
    ] {
        assert_eq!(Origin::parse(text).unwrap().to_string(), read);
    }
    for wrong in [
        "",
        "*",
        "school.example",
        "https://",
        "https://school.example/deck",
        "ftp://school.example",
        "https://school.example:99999",
        "https://a b",
        "javascript://x",
    ] {
        assert_eq!(Origin::parse(wrong), None, "{wrong}");
        let page = Page::<coin::Settings>::open(&format!("?view=coin&origin={wrong}"));
        let expected = usize::from(!wrong.is_empty());
        assert_eq!(
            page.notices().len(),
            expected,
            "{wrong}: {:?}",
            page.notices()
        );
    }
    let named = Origin::parse("https://school.example").unwrap();
    assert!(named.sent("https://school.example"));
    assert!(!named.sent("https://school.example.evil.example") && !named.sent("null"));
    assert_eq!(Origin::parse("null").unwrap().address(), "*");
}

#[test]
fn the_origin_of_a_link_goes_from_view_to_view() {
    for view in View::ALL {
        let link = view.link_from("?v=1&origin=https://school.example");
        let settings = written(view, &link).settings();
        assert_eq!(
            settings["origin"],
            json!("https://school.example"),
            "{link}"
        );
        assert_eq!(
            written(view, &written(view, &link).query()).settings(),
            settings
        );
    }
}

#[test]
fn an_inbox_holds_a_few_messages_and_counts_the_rest() {
    let letter = |size: usize| Letter {
        trusted: true,
        origin: String::new(),
        text: "x".repeat(size),
    };
    let mut inbox = Inbox::default();
    for _ in 0..20_000 {
        inbox.put(letter(10));
    }
    let complaint = inbox.complaint().unwrap();
    let turned_away = 20_000 - Inbox::MOST;
    assert!(complaint.starts_with(&format!("{turned_away} messages were not read")));
    assert_eq!(inbox.complaint(), None, "one complaint for all of them");
    let mut taken = 0;
    while inbox.take().is_some() {
        taken += 1;
    }
    assert_eq!((taken, inbox.is_empty()), (Inbox::MOST, true));
    // Few, but large.
    for _ in 0..20 {
        inbox.put(letter(60_000));
    }
    let mut bytes = 0;
    while let Some(letter) = inbox.take() {
        bytes += letter.text.len();
    }
    assert!(bytes <= 512 * 1024);
    let overflow: Value = serde_json::from_str(&rpc::overflow(inbox.complaint().unwrap())).unwrap();
    assert_eq!(
        (&overflow["id"], &overflow["error"]["code"]),
        (&Value::Null, &json!(-32003))
    );
}

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

#[test]
fn a_locked_control_moves_by_the_page_around_alone() {
    let query = "?v=1&view=tensor&embed=1&controls=mode";
    let mut page = Page::<TensorSettings>::open(query);
    let before = page.sheet().clone();
    for msg in [
        ExhibitMsg::Set("p", "0.9".to_owned()),
        ExhibitMsg::Again,
        ExhibitMsg::FreshSeed(5),
        ExhibitMsg::Reset,
        ExhibitMsg::Paste("1 2".to_owned()),
        ExhibitMsg::Look(LookField::Theme, "dark".to_owned()),
        ExhibitMsg::SetAll(vec![("mode", "eval".to_owned()), ("p", "0.1".to_owned())]),
    ] {
        assert_eq!(page.update(msg), []);
        assert_eq!(*page.sheet(), before);
    }
    page.update(ExhibitMsg::Set("mode", "eval".to_owned()));
    assert_ne!(*page.sheet(), before);
    for (method, params) in [
        ("set", json!({ "p": 0.9 })),
        ("again", json!({})),
        ("reset", json!({})),
    ] {
        let before = page.sheet().clone();
        call(&mut page, method, &params);
        assert_ne!(*page.sheet(), before, "{method}");
    }
    let mut state = State::open("?v=1&embed=1&controls=none");
    let before = state.link().clone();
    for msg in [
        Msg::Edit(Field::P, "0.9".to_owned()),
        Msg::Look(LookField::Sample, "3".to_owned()),
        Msg::Again,
        Msg::Step,
        Msg::StepBack,
        Msg::Reset,
        Msg::FindDeadUnit,
        Msg::FreshSeed(5),
        Msg::Playback(PlaybackMsg::Toggle),
        Msg::Playback(PlaybackMsg::Next),
        Msg::Playback(PlaybackMsg::Speed(Speed::Fast)),
    ] {
        assert_eq!(update(&mut state, msg.clone()), [], "{msg:?}");
        assert_eq!(
            (state.link(), state.playback().playing),
            (&before, false),
            "{msg:?}"
        );
    }
    call(&mut state, "set", &json!({ "p": 0.9 }));
    assert_ne!(*state.link(), before);
    // A number that is clicked would choose its mask.
    let mut page = Page::<subnetworks::Settings>::open("?v=1&view=subnetworks&embed=1&controls=p");
    assert_eq!(
        page.update(ExhibitMsg::Choose(subnetworks::Target::Mask(3))),
        []
    );
    let mut page =
        Page::<subnetworks::Settings>::open("?v=1&view=subnetworks&embed=1&controls=mask");
    assert_ne!(
        page.update(ExhibitMsg::Choose(subnetworks::Target::Mask(3))),
        []
    );
    // Outside of a frame nothing is locked.
    let mut page = Page::<TensorSettings>::open("?v=1&view=tensor&controls=none");
    assert_ne!(page.update(ExhibitMsg::Again), []);
}

#[test]
fn controls_that_there_are_not_are_said() {
    for (query, ..) in VIEWS {
        let named = format!("{query}&controls=p,again,theme,volume,stage");
        let notices = host(&named).notices().to_vec();
        assert_eq!(notices.len(), 1, "{query}: {notices:?}");
        assert!(notices[0].contains("volume"), "{notices:?}");
    }
    for (text, expected) in [("", ""), ("none", "none"), ("p,mode,again", "p,mode,again")] {
        assert_eq!(Controls::parse(text).unwrap().to_string(), expected);
    }
    for bad in ["p mode", "p,,q", "1", &"p,".repeat(100)] {
        assert_eq!(Controls::parse(bad), None, "{bad}");
    }
}

#[test]
fn a_link_is_followed_if_every_name_that_it_changes_may_be() {
    let here = "?v=1&view=notebook&cell=mask&embed=1";
    assert!(may_follow("?v=1&view=coin", here));
    assert!(!may_follow(
        "?v=1&view=coin",
        &format!("{here}&controls=cell")
    ));
    assert!(may_follow(
        "?v=1&view=notebook&cell=dropout",
        &format!("{here}&controls=cell")
    ));
    assert!(!may_follow(
        "?v=1&view=notebook&cell=dropout",
        &format!("{here}&controls=none")
    ));
}

/// The SVG that the reader keeps of the view.
fn exported(query: &str) -> Option<String> {
    fn kept(of: &dyn files::Kept) -> Option<String> {
        let around = (STUDIO.around)(&Look::of(&of.query()));
        match make(Kind::Svg, of, &around) {
            Some(Content::Text(svg)) => Some(svg),
            _ => None,
        }
    }
    match View::of(query) {
        View::Network => kept(&State::open(query)),
        View::Tensor => kept(&Page::<TensorSettings>::open(query)),
        View::Coin => kept(&Page::<coin::Settings>::open(query)),
        View::Expectation => kept(&Page::<expectation::Settings>::open(query)),
        View::Gradients => kept(&Page::<gradients::Settings>::open(query)),
        View::Subnetworks => kept(&Page::<subnetworks::Settings>::open(query)),
        View::Training => {
            let page = Page::<training::Settings>::open(query);
            let state = Training::new(page.settings().clone());
            kept(&Trained {
                state: &state,
                link: &page.query(),
            })
        }
        View::Variants => kept(&Page::<VariantsSettings>::open(query)),
        View::Notebook => kept(&Page::<reader::Settings>::open(query)),
        View::Lessons | View::Teachers => None,
    }
}

#[test]
fn a_snapshot_is_the_figure_that_is_kept_in_every_view_that_has_one() {
    let mut pictures = 0;
    for (query, ..) in VIEWS {
        let mut host = host(query);
        let svg = exported(query);
        assert_eq!(methods(&*host).contains(&"snapshot"), svg.is_some());
        // A page that may change nothing may ask.
        let (answer, others) = ask(&mut *host, false, "snapshot", &json!({ "format": "svg" }));
        assert_eq!(others, []);
        let Some(svg) = svg else {
            let (code, message) = refusal(&mut *host, true, "snapshot", &json!({}));
            assert_eq!(code, NOT_HERE, "{query}");
            assert!(message.contains("has no snapshot; it has get"), "{message}");
            continue;
        };
        pictures += 1;
        assert!(svg.contains("</svg>"), "{query}");
        let expected = json!({ "format": "svg", "type": "image/svg+xml", "data": svg });
        assert_eq!(answer["result"], expected, "{query}");
        assert_eq!(call(&mut *host, "snapshot", &json!({})), expected);

        let around = (STUDIO.around)(&Look::default());
        let figure = host.picture("").unwrap();
        let sheet = figure.sheet(Size::Room(around.room), &around.palette);
        let (width, height) = sheet.unwrap().size();
        drop(figure);
        let png = call(
            &mut *host,
            "snapshot",
            &json!({ "format": "png", "scale": 2 }),
        );
        let data = format!("{width} x {height} x 2");
        assert_eq!(
            png,
            json!({ "format": "png", "type": "image/png", "data": data })
        );
    }
    assert_eq!(pictures, 7);
}

#[test]
fn a_snapshot_of_training_is_of_how_far_it_has_come() {
    let mut page = Page::<training::Settings>::open("?v=1&view=training");
    let before = call(&mut page, "snapshot", &json!({}));
    let mut state = Training::new(page.settings().clone());
    state.update(TrainingMsg::Go(Pace::Full));
    state.update(TrainingMsg::Advance(60));
    state.update(TrainingMsg::Go(Pace::Rest));
    page.update(ExhibitMsg::Ongoing(Ongoing {
        playing: true,
        numbers: std::rc::Rc::clone(state.live()),
    }));
    let after = call(&mut page, "snapshot", &json!({}));
    assert!(before != after, "the figure has not changed");
    let link = page.query();
    let around = (STUDIO.around)(&Look::default());
    let figure = state.figure(&around.address, &link);
    let svg = figure.svg(Size::Room(around.room), &around.palette);
    assert_eq!(after["data"], json!(svg.unwrap()));
}

#[test]
fn what_is_no_snapshot_is_refused_by_value_and_range() {
    let mut state = State::open("");
    for (params, value, allowed) in [
        (json!({ "format": "gif" }), "gif", "svg, png"),
        (json!({ "format": 3 }), "3", "svg, png"),
        (
            json!({ "format": "png", "scale": 0.5 }),
            "0.5",
            "numbers from 1 to 4",
        ),
        (
            json!({ "format": "png", "scale": 4.1 }),
            "4.1",
            "numbers from 1 to 4",
        ),
        (json!({ "scale": "two" }), "two", "numbers from 1 to 4"),
        (json!({ "size": 2 }), "size", "format, scale"),
        (json!([2]), "params", "format and scale"),
    ] {
        let (code, message) = refusal(&mut state, true, "snapshot", &params);
        assert_eq!(code, INVALID_PARAMS, "{params}");
        assert!(
            message.contains(value) && message.contains(allowed),
            "{message}"
        );
    }
}

#[test]
fn a_picture_that_the_browser_can_t_paint_is_an_error() {
    let asker = rpc::Asker {
        studio: Studio {
            png: |_, _| None,
            ..STUDIO
        },
        ..asker(true)
    };
    let request =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "snapshot", "params": { "format": "png" } });
    let effects = rpc::receive(&mut State::open(""), asker, &request.to_string());
    let [Effect::Answer(answer)] = &effects[..] else {
        panic!("one answer: {effects:?}");
    };
    let answer: Value = serde_json::from_str(answer).unwrap();
    assert_eq!(answer["error"]["code"], -32603);
}
