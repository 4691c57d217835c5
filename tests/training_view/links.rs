//! Settings and their links.

use super::{settings, short, svg, trained};
use dropout_lab::app::exhibit::{Msg as PageMsg, Page};
use dropout_lab::app::training::{Msg, Pace};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::training::{Fit, Live, Settings};
use dropout_lab::{notebook, words};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn how_it_is_shown_changes_nothing_that_was_trained_and_all_else_starts_over() {
    let mut state = trained(&short("race", "helps"), 100);
    let live = state.live().clone();
    for (name, value) in [("scale", "linear"), ("show", "run"), ("show", "race")] {
        let mut settings = state.settings().clone();
        settings.set(name, value).unwrap();
        state.update(Msg::Settings(settings));
    }
    assert!(state.progress().done);
    let mut settings = state.settings().clone();
    settings.set("scale", "log").unwrap();
    state.update(Msg::Settings(settings.clone()));
    assert_eq!(state.live(), &live);
    settings.set("p", "0.4").unwrap();
    state.update(Msg::Settings(settings));
    assert_eq!((state.progress().taken, state.pace()), (0, Pace::Rest));
}

#[test]
fn a_link_says_what_differs_from_its_preset_and_is_read_in_any_order() {
    for query in [
        "?v=1&view=training",
        "?v=1&view=training&preset=hurts",
        "?v=1&view=training&preset=trap&show=sweep&p=0.3&seeds=7",
        "?v=1&view=training&preset=hurts&show=race&noise=0.2&train=15&hidden=10&batch=5&lr=0.1&momentum=0.9&weight_decay=0.01&steps=50&scale=linear&seed=4294967295",
    ] {
        let page = Page::<Settings>::open(query);
        assert_eq!(page.notices(), [""; 0], "{query}");
        assert_eq!(page.query(), query);
        let mut pairs: Vec<&str> = query.trim_start_matches('?').split('&').collect();
        pairs.reverse();
        let turned = Page::<Settings>::open(&format!("?{}", pairs.join("&")));
        assert_eq!(turned.query(), query);
    }
    // 64 hidden units are what the preset has anyway.
    let page = Page::<Settings>::open("?view=training&preset=hurts&hidden=64");
    assert_eq!(page.query(), "?v=1&view=training&preset=hurts");
}

#[test]
fn a_preset_brings_its_values_and_leaves_p_and_seeds() {
    let mut page = Page::<Settings>::open("?view=training&hidden=3&p=0.2&seeds=5");
    page.update(PageMsg::Set("preset", "hurts".to_owned()));
    assert_eq!(
        page.query(),
        "?v=1&view=training&preset=hurts&p=0.2&seeds=5"
    );
    assert_eq!(page.settings().plan().hidden, 64);
}

#[test]
fn an_optimiser_brings_its_learning_rate_unless_the_reader_chose_one() {
    let mut page = Page::<Settings>::open("?view=training");
    let lr = |page: &Page<Settings>| page.settings().plan().lr.to_string();
    page.update(PageMsg::Set("optimizer", "adam".to_owned()));
    assert_eq!(page.query(), "?v=1&view=training&optimizer=adam");
    assert_eq!(lr(&page), "0.003");
    page.update(PageMsg::Set("lr", "0.02".to_owned()));
    page.update(PageMsg::Set("momentum", "0.9".to_owned()));
    page.update(PageMsg::Set("optimizer", "sgd".to_owned()));
    assert_eq!(page.query(), "?v=1&view=training&lr=0.02&momentum=0.9");
    // What says nothing of the learning rate in SGD says one in Adam.
    let page = Page::<Settings>::open("?view=training&lr=0.03&optimizer=adamw");
    assert_eq!(lr(&page), "0.03");
    assert_eq!(page.query(), "?v=1&view=training&optimizer=adamw&lr=0.03");
}

#[test]
fn the_script_has_the_optimiser_and_what_is_not_its_default() {
    for (changes, line) in [
        (
            &[][..],
            "optim.SGD(model.parameters(), lr=0.03, weight_decay=weight_decay)",
        ),
        (
            &[("optimizer", "adam"), ("momentum", "0.9")],
            "optim.Adam(model.parameters(), lr=0.003, weight_decay=weight_decay)",
        ),
        (
            &[("optimizer", "adamw"), ("lr", "0.5")],
            "optim.AdamW(model.parameters(), lr=0.5, weight_decay=weight_decay)",
        ),
        (
            &[("momentum", "0.9")],
            "optim.SGD(model.parameters(), lr=0.03, momentum=0.9, weight_decay=weight_decay)",
        ),
    ] {
        let script = notebook::training::script(&settings(changes), "");
        assert!(
            script.contains(&format!("optimizer = {line}\n")),
            "{script}"
        );
    }
}

#[test]
fn of_two_classes_shares_found_are_said_and_the_plane_is_drawn_beside_its_key() {
    let state = trained(&short("run", "moons"), 100);
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    let Fit::Surface(surface) = &trace.fit else {
        panic!("a plane is fitted");
    };
    let said = words::training::outcome(state.live()).join(" ");
    for k in 0..2 {
        let last = trace.curves[k].points.last().unwrap();
        let found = f64::from(last.accuracy.unwrap().test);
        assert!(
            said.contains(&format!("{:.1}\u{a0}%", 100.0 * found)),
            "{said}"
        );
        // The misses that are marked are those that are counted.
        let missed = (1.0 - found) * 400.0;
        assert!((missed - f64::from(u32::try_from(surface.wrong[k].len()).unwrap())).abs() < 0.01);
    }
    for size in [(358.0, 600.0), (580.0, 180.0), (1240.0, 420.0)] {
        let text = svg(&state, size.0, size.1, None);
        for words in ["P(class 1)", "class 0", "test, not found", "with dropout"] {
            assert!(text.contains(words), "{words} at {size:?}");
        }
    }
    let race = trained(&short("race", "moons"), 100);
    let Live::Race(trace) = &**race.live() else {
        panic!("a race is shown");
    };
    let said = words::training::outcome(race.live()).join(" ");
    for medians in [trace.report.with, trace.report.without] {
        let share = 100.0 * f64::from(medians.accuracy.unwrap());
        assert!(said.contains(&format!("{share:.1}\u{a0}%")), "{said}");
    }
}

#[test]
fn bad_values_are_refused_by_name_with_the_range_allowed() {
    for (name, text) in [
        ("p", "1.5"),
        ("preset", "wins"),
        ("show", "all"),
        ("seeds", "0"),
        ("seeds", "101"),
        ("steps", "20001"),
        ("steps", "-1"),
        ("train", "0"),
        ("hidden", "257"),
        ("batch", "0"),
        ("lr", "nan"),
        ("optimizer", "rmsprop"),
        ("against", "dropout"),
        ("noise", "-1"),
        ("momentum", "2"),
        ("weight_decay", ""),
        ("scale", "sqrt"),
        ("seed", "4294967296"),
        ("mode", "eval"),
    ] {
        let mut settings = Settings::default();
        let error = settings.set(name, text).unwrap_err().to_string();
        assert!(error.contains("allowed"), "{error}");
        assert_eq!(settings, Settings::default());
        let page = Page::<Settings>::open(&format!("?view=training&{name}={text}"));
        assert_eq!(page.notices().len(), 1, "{name} = {text}");
    }
}
