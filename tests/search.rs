//! *Find a dead unit*: what is found is there, what is not found was looked for, and the work is bounded.

mod common;

use common::{Dice, settings, trace};
use dropout_lab::model::{Cause, Search, Settings, find_dead_unit};
use dropout_lab::nn::Mode;
use dropout_lab::words;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Whether dropout alone, or with ReLU's help, keeps some unit of the run's step without a gradient.
fn has_dead_unit(settings: &Settings) -> bool {
    let trace = trace(settings);
    (0..trace.hidden_features()).any(|unit| {
        let grad = &trace.pass.grad.fc1;
        let without =
            grad.weight.row(unit).iter().all(|&g| g == 0.0) && grad.bias.data()[unit] == 0.0;
        let every = |test: &dyn Fn(usize) -> bool| (0..trace.batch()).all(test);
        let dropped = every(&|n| !trace.kept(n, unit));
        let off = every(&|n| !trace.active(n, unit));
        let blocked = every(&|n| !trace.kept(n, unit) || !trace.active(n, unit));
        without && (dropped || blocked && !off)
    })
}

#[test]
fn what_is_found_has_a_dead_unit_and_no_seed_before_it_has() {
    let mut dice = Dice::new(51);
    let mut found = 0;
    for _ in 0..40 {
        let from = dice.settings();
        if let Search::Found(settings) = find_dead_unit(&from) {
            found += 1;
            assert!(has_dead_unit(&settings), "{settings:?}");
            assert_eq!(
                (settings.step(), settings.again().total(), settings.mode()),
                (0, 0, Mode::Train)
            );
            for seed in from.seed() + 1..settings.seed() {
                assert!(
                    !has_dead_unit(&settings.with_seed(seed)),
                    "seed {seed} is passed over"
                );
            }
        }
    }
    assert!(found > 10, "only {found} found");
}

#[test]
fn all_but_seed_step_and_mode_stay_as_they_were() {
    let from = settings("mode=eval&p=0.7&batch=6&step=3&again=3:1&lr=0.5");
    let expected = |seed| settings(&format!("p=0.7&batch=6&lr=0.5&seed={seed}"));
    match find_dead_unit(&from) {
        Search::Found(settings) => assert_eq!(settings, expected(settings.seed())),
        Search::NotFound { tried } => panic!("none of {tried}"),
    }
}

#[test]
fn each_search_goes_on_from_the_seed_before() {
    let mut at = settings("");
    for _ in 0..5 {
        let before = at.seed();
        match find_dead_unit(&at) {
            Search::Found(settings) => at = settings,
            Search::NotFound { tried } => panic!("none of {tried}"),
        }
        assert!(at.seed() > before);
    }
    let wrapped = find_dead_unit(&settings("seed=18446744073709551615"));
    assert!(matches!(wrapped, Search::Found(settings) if settings.seed() < 100));
}

#[test]
fn what_is_not_found_says_how_many_seeds_were_tried() {
    let hopeless = settings("p=0");
    let Search::NotFound { tried } = find_dead_unit(&hopeless) else {
        panic!("p = 0 drops nothing");
    };
    assert!((20..=2_000).contains(&tried));
    let said = words::not_found(&hopeless, tried);
    assert!(
        said.starts_with(&format!("None of the next {tried} seeds ")),
        "{said}"
    );
    let rare = words::not_found(&settings("batch=15"), 7);
    assert!(
        rare.contains("all 15 samples with probability 3.1e−5."),
        "{rare}"
    );
}

#[test]
fn relu_alone_is_not_what_is_looked_for() {
    let found = find_dead_unit(&settings("p=0.02&batch=1&sample=1&hidden=2"));
    if let Search::Found(settings) = found {
        let trace = trace(&settings);
        assert!(
            trace
                .lanes
                .iter()
                .any(|lane| lane.verdict.cause() == Some(Cause::Dropped))
        );
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_largest_search_ends_soon() {
    for query in [
        "batch=128&hidden=256&in=32&p=0.1",
        "p=0",
        "batch=128&hidden=1&in=1&p=0",
    ] {
        let start = std::time::Instant::now();
        let search = find_dead_unit(&settings(query));
        assert!(
            matches!(search, Search::NotFound { .. }),
            "{query}: {search:?}"
        );
        // A quarter of a second where it is optimised; this is for a test that is not, on a busy machine.
        assert!(
            start.elapsed().as_secs() < 20,
            "{query}: {:?}",
            start.elapsed()
        );
    }
}
