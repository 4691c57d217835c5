//! The training view: the same numbers in slices of any size, stopped and resumed; links; what it says
//! and draws; runs that go wrong.
#![allow(clippy::unwrap_used, reason = "settings here are the test's own")]

use dropout_lab::app::exhibit::{Msg as PageMsg, Page};
use dropout_lab::app::training::{Msg, Pace, State};
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::training::{self as picture, Mark};
use dropout_lab::draw::{Palette, chart::Axis};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::training::{Fit, Live, Scale, Settings, Show, Trace};
use dropout_lab::model::proof::race::{
    Duel, Kind, Plan, Preset, Race, Sweep, interval, median_curve,
};
use dropout_lab::model::proof::subnetworks::{Ensemble, Placement};
use dropout_lab::{notebook, words};
use plotters::backend::SVGBackend;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const SHOWS: [&str; 3] = ["run", "race", "sweep"];
const PRESETS: [&str; 4] = ["helps", "hurts", "trap", "moons"];

fn settings(changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (name, text) in changes {
        settings.set(name, text).unwrap();
    }
    settings
}

/// A few short runs.
fn short(show: &str, preset: &str) -> Settings {
    settings(&[
        ("preset", preset),
        ("show", show),
        ("steps", "20"),
        ("seeds", "3"),
    ])
}

/// Trains to the end, `slice` steps at a time.
fn trained(settings: &Settings, slice: u32) -> State {
    let mut state = State::new(settings.clone());
    state.update(Msg::Go(Pace::Full));
    while state.pace() == Pace::Full {
        state.update(Msg::Advance(slice));
        state.update(Msg::Tick(0.01));
    }
    state
}

fn svg(state: &State, width: f64, height: f64, focus: Option<Mark>) -> String {
    let layout = picture::Layout::new(state.live(), Room::screen(width, height));
    let frame = picture::Frame {
        live: state.live(),
        focus,
        palette: &Palette::BRIGHT,
    };
    let mut text = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut text, (1400, 1400));
        picture::draw(&mut backend, &layout, &frame, 1.0).unwrap();
    }
    text
}

#[test]
fn training_comes_to_the_same_in_slices_of_any_size() {
    for show in SHOWS {
        let settings = short(show, "helps");
        let whole = trained(&settings, u32::MAX);
        for slice in [1, 7, 50] {
            let state = trained(&settings, slice);
            assert_eq!(state.live(), whole.live(), "{show} in slices of {slice}");
        }
        assert!(whole.progress().done && whole.pace() == Pace::Rest);
    }
}

#[test]
fn the_race_is_that_of_the_model_with_the_kernel_that_was_chosen() {
    let mut settings = short("race", "hurts");
    for (kernel, kind) in [("fast", Kind::Fast), ("exact", Kind::Exact)] {
        settings.set("kernel", kernel).unwrap();
        let mut race = Race::new(*settings.plan(), settings.seeds(), 1).by(kind);
        race.advance(u32::MAX);
        let state = trained(&settings, 13);
        let Live::Race(trace) = &**state.live() else {
            panic!("a race is shown");
        };
        assert_eq!(trace.report, race.report(), "{kernel}");
        assert_eq!(trace.pairs.len(), 3);
        assert_eq!(state.how_far(), "3 of 3 pairs");
    }
}

#[test]
fn another_kernel_starts_a_race_anew_and_only_the_fast_one_is_told_of() {
    let fast = short("race", "trap");
    assert_eq!(Fields::read(&fast, "kernel").as_deref(), Some("fast"));
    let exact = |show| {
        let mut settings = short(show, "trap");
        settings.set("kernel", "exact").unwrap();
        settings
    };
    let mut state = trained(&fast, 13);
    state.update(Msg::Settings(exact("race")));
    assert_eq!(state.progress().taken, 0);
    let told = |settings: &Settings| {
        let told = words::training::now(settings).contains("fast kernel");
        assert_eq!(words::training::bound(settings).is_some(), told);
        told
    };
    assert!(told(&fast) && told(&short("sweep", "trap")));
    // A single pair is exact in any case.
    assert!(!told(&exact("race")) && !told(&exact("sweep")) && !told(&short("run", "trap")));
}

#[test]
fn what_is_stopped_goes_on_where_it_stopped() {
    for show in SHOWS {
        let settings = short(show, "trap");
        let mut state = State::new(settings.clone());
        state.update(Msg::Go(Pace::Full));
        state.update(Msg::Advance(13));
        state.update(Msg::Go(Pace::Rest));
        let before = state.progress();
        state.update(Msg::Advance(1000));
        state.update(Msg::Tick(1.0));
        assert_eq!(state.progress(), before, "{show} trained while it rested");
        assert!(before.taken > 0 && !before.done);
        state.update(Msg::Go(Pace::Full));
        state.update(Msg::Advance(u32::MAX));
        state.update(Msg::Tick(0.1));
        assert_eq!(state.live(), trained(&settings, 5).live(), "{show}");
        state.update(Msg::Restart);
        // No medians are NaN, which no NaN equals.
        let fresh = State::new(settings);
        assert_eq!(format!("{:?}", state.live()), format!("{:?}", fresh.live()));
        assert_eq!(state.progress().taken, 0);
    }
}

#[test]
fn a_watched_run_takes_its_twelve_seconds_and_a_hidden_page_does_not_catch_up() {
    let settings = settings(&[("steps", "1200"), ("train", "8")]);
    let mut state = State::new(settings);
    state.update(Msg::Go(Pace::Watch));
    state.update(Msg::Advance(u32::MAX));
    assert_eq!(state.progress().taken, 0);
    for _ in 0..60 {
        state.update(Msg::Tick(1.0 / 60.0));
        state.update(Msg::Advance(u32::MAX));
    }
    assert!((98..=100).contains(&state.progress().taken));
    state.update(Msg::Tick(3600.0));
    state.update(Msg::Advance(u32::MAX));
    assert!(state.progress().taken <= 111);
    assert_eq!(state.progress().left, None);
}

#[test]
fn a_step_leads_to_the_next_point_of_the_curves() {
    let mut state = State::new(settings(&[("steps", "1000")]));
    for taken in [5, 10, 15] {
        state.update(Msg::Next);
        assert_eq!(state.progress().taken, taken);
    }
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    let steps: Vec<u32> = trace.curves[1].points.iter().map(|at| at.step).collect();
    assert_eq!(steps, [0, 5, 10, 15]);
}

#[test]
fn time_left_is_told_at_full_pace_and_shrinks() {
    let mut state = State::new(short("race", "helps"));
    state.update(Msg::Go(Pace::Full));
    assert_eq!(state.progress().left, None);
    // 120 steps in all; 30 of them in a second.
    state.update(Msg::Advance(30));
    state.update(Msg::Tick(1.0));
    assert_eq!(state.progress().left, Some(3.0));
    assert_eq!(state.how_far(), "0 of 3 pairs · 3 s left");
    state.update(Msg::Advance(30));
    state.update(Msg::Tick(1.0));
    assert_eq!(state.progress().left, Some(2.0));
}

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

#[test]
fn a_run_that_diverges_says_where_and_offers_what_was_good() {
    let state = trained(&settings(&[("lr", "10"), ("steps", "300")]), 50);
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    let (step, loss) = trace.diverged[1].unwrap();
    let said = words::training::outcome(state.live()).join(" ");
    let wanted = format!(
        "With dropout: diverged at step {step} (loss {}).",
        words::training::loss(loss.into())
    );
    assert!(said.contains(&wanted), "{said}");
    assert!(state.progress().done);
    let text = svg(&state, 1200.0, 420.0, None);
    assert!(text.contains(&format!("diverged at step {step}")));

    let good = trace.last_good().unwrap();
    let settings = settings(&[("lr", "10"), ("steps", &good.to_string())]);
    let state = trained(&settings, 50);
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    assert_eq!(trace.diverged, [None, None]);
    for curve in &trace.curves {
        let last = curve.points.last().unwrap();
        assert_eq!(last.step, good);
        assert!(last.running.unwrap().is_finite());
    }
}

#[test]
fn a_link_can_start_training_at_once_and_again_after_a_change() {
    let query = "?v=1&view=training&preset=trap&steps=30&start=at_once";
    let page = Page::<Settings>::open(query);
    assert_eq!(page.query(), query);
    let mut state = State::new(page.settings().clone());
    assert_eq!(state.pace(), Pace::Full);
    state.update(Msg::Advance(u32::MAX));
    state.update(Msg::Tick(0.1));
    assert_eq!(state.pace(), Pace::Rest);
    let mut settings = page.settings().clone();
    settings.set("p", "0.2").unwrap();
    state.update(Msg::Settings(settings));
    assert_eq!((state.pace(), state.progress().taken), (Pace::Full, 0));
}

#[test]
fn the_band_of_mc_dropout_is_the_spread_over_masks_and_its_width_and_error_are_said() {
    let state = trained(
        &settings(&[("preset", "hurts"), ("steps", "100"), ("hidden", "8")]),
        50,
    );
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    let Fit::Curve {
        x,
        law,
        outputs,
        spread,
        ..
    } = &trace.fit
    else {
        panic!("a curve is fitted");
    };
    // The same network, its masks all gone through.
    let mut duel = Duel::new(state.settings().plan(), state.settings().seed(), 100);
    duel.advance(100);
    let p = state.settings().plan().p;
    let ensemble = Ensemble::new(duel.with.run().parameters(), p, Placement::AfterRelu).unwrap();
    let (mut sums, mut all) = ([[0.0; 2]; 2], [0.0; 2]);
    for (k, x) in x.iter().enumerate() {
        let masks = ensemble.subnetworks(&[*x]);
        assert!((f64::from(spread[k]) - masks.sd()).abs() < 1e-5, "{x}");
        assert!(
            (f64::from(outputs[1][k]) - masks.mean()).abs() < 1e-5,
            "{x}"
        );
        let beyond = usize::from(x.abs() > 2.0);
        all[beyond] += 1.0;
        sums[beyond][0] += 2.0 * f64::from(spread[k]);
        sums[beyond][1] += f64::from((law[k] - outputs[1][k]).abs());
    }
    let said = words::training::outcome(state.live()).join(" ");
    for (sums, all) in sums.iter().zip(all) {
        for sum in sums {
            let mean = words::training::loss(sum / all);
            assert!(said.contains(&mean), "{mean}: {said}");
        }
    }
}

#[test]
fn runs_that_diverge_are_counted_and_drawn() {
    for show in ["race", "sweep"] {
        let mut settings = short(show, "hurts");
        settings.set("lr", "10").unwrap();
        let state = trained(&settings, 100);
        assert!(state.progress().done, "{show}");
        assert!(svg(&state, 1200.0, 420.0, None).contains("</svg>"));
        if let Live::Race(trace) = &**state.live() {
            assert_eq!(trace.diverged(), [3, 3]);
            let said = words::training::outcome(state.live()).join(" ");
            assert!(
                said.contains("Diverged: 3 with dropout, 3 without"),
                "{said}"
            );
        }
    }
}

#[test]
fn smallest_sizes_and_ends_of_p_are_trained_said_and_drawn() {
    for show in SHOWS {
        for preset in PRESETS {
            for p in ["0", "1"] {
                for steps in ["0", "9"] {
                    let settings = settings(&[
                        ("preset", preset),
                        ("show", show),
                        ("p", p),
                        ("steps", steps),
                        ("train", "1"),
                        ("hidden", "1"),
                        ("batch", "1"),
                        ("seeds", "1"),
                    ]);
                    let state = trained(&settings, 7);
                    assert!(state.progress().done, "{settings:?}");
                    for (width, height) in [(358.0, 600.0), (580.0, 180.0), (1240.0, 420.0)] {
                        let text = svg(&state, width, height, None);
                        assert!(!text.contains("NaN"), "{settings:?} at {width}");
                    }
                    assert!(!words::training::now(&settings).is_empty());
                }
            }
        }
    }
}

#[test]
fn what_is_said_of_a_race_holds_its_numbers() {
    for preset in PRESETS {
        let state = trained(&short("race", preset), 1000);
        let Live::Race(trace) = &**state.live() else {
            panic!("a race is shown");
        };
        let said = words::training::outcome(state.live()).join(" ");
        let report = &trace.report;
        for wanted in [
            format!("better in {} of {}", report.better, report.pairs),
            format!(
                "{} with dropout",
                words::training::loss(report.with.test.into())
            ),
            format!(
                "{} without",
                words::training::loss(report.without.test.into())
            ),
            format!(
                "{:.0} to {:.0} %",
                100.0 * trace.interval.0,
                100.0 * trace.interval.1
            ),
        ] {
            assert!(said.contains(&wanted), "{wanted:?} not in {said:?}");
        }
        let zero = words::training::loss(trace.loss_of_zero);
        assert_eq!(
            said.contains(&format!("Answering 0 to everything costs {zero}")),
            preset == "trap"
        );
    }
}

#[test]
fn what_is_said_of_a_sweep_holds_its_numbers() {
    for preset in PRESETS {
        let state = trained(&short("sweep", preset), 1000);
        let Live::Sweep(trace) = &**state.live() else {
            panic!("a sweep is shown");
        };
        let said = words::training::outcome(state.live()).join(" ");
        let medians = || trace.medians.iter().copied();
        let lowest = medians().fold(f32::INFINITY, f32::min);
        let place = medians().position(|median| median == lowest).unwrap();
        let (p, without) = (trace.ps[place].p(), medians().next().unwrap());
        let [lowest, without] = [lowest, without].map(|loss| words::training::loss(loss.into()));
        let wanted = if place == 0 {
            format!("{lowest} at p = 0, without dropout.")
        } else {
            format!("{lowest} at p = {p}. Without dropout it is {without}.")
        };
        assert!(said.contains(&wanted), "{wanted:?} not in {said:?}");
    }
}

#[test]
fn the_interval_is_that_of_clopper_and_pearson() {
    // Computed apart from this crate, by bisection on the exact tails of the binomial.
    for (wins, trials, low, high) in [
        (35, 40, 0.731_967, 0.958_140),
        (5, 10, 0.187_086, 0.812_914),
        (0, 20, 0.0, 0.168_433),
        (20, 20, 0.831_567, 1.0),
    ] {
        let (l, h) = interval(wins, trials, 0.95);
        assert!(
            (l - low).abs() < 1e-6 && (h - high).abs() < 1e-6,
            "{wins}: {l} {h}"
        );
    }
}

#[test]
fn an_interval_covers_the_chance_at_least_as_often_as_it_says() {
    use dropout_lab::model::exhibits::binomial::distribution;
    for p in [0.05, 0.3, 0.5, 0.77] {
        let covered: f64 = (0..)
            .zip(distribution(20, p))
            .filter(|(wins, _)| {
                let (low, high) = interval(*wins, 20, 0.95);
                (low..=high).contains(&p)
            })
            .map(|(_, chance)| chance)
            .sum();
        assert!(covered >= 0.95, "{p}: {covered}");
    }
}

#[test]
fn a_sweep_at_one_p_is_the_race_of_that_p() {
    let plan = Plan {
        steps: 40,
        ..Preset::Helps.plan()
    };
    let mut race = Race::new(plan, 2..5, plan.steps);
    race.advance(u32::MAX);
    let mut sweep = Sweep::new(plan, &[plan.p], 2..5);
    sweep.advance(7);
    assert!(!sweep.is_done());
    sweep.advance(u32::MAX);
    assert!(sweep.is_done() && sweep.taken() == 120);
    assert_eq!(sweep.medians(), [race.report().with.test]);
    let medians = median_curve(race.pairs(), |pair| &pair.with);
    assert_eq!(medians.last(), Some(&(40, race.report().with.test)));
}

#[test]
fn every_mark_is_hit_where_it_is_drawn() {
    for show in SHOWS {
        let mut state = trained(&short(show, "hurts"), 100);
        for (width, height) in [(358.0, 600.0), (580.0, 180.0), (1240.0, 420.0)] {
            let layout = picture::Layout::new(state.live(), Room::screen(width, height));
            let places = layout.places();
            assert!(!places.is_empty());
            for (mark, rect) in places {
                let (x, y) = rect.center();
                assert!(layout.hit(x, y).is_some(), "{mark:?}");
                state.update(Msg::Focus(Some(mark)));
                assert_eq!(state.focus(), Some(mark));
                assert!(svg(&state, width, height, Some(mark)).contains("</svg>"));
            }
        }
        state.update(Msg::Focus(Some(Mark::Pair(99))));
        assert_eq!(state.focus(), None);
    }
}

#[test]
fn the_table_has_a_line_for_each_point() {
    let lines = |show: &str| {
        let csv = notebook::training::csv(trained(&short(show, "helps"), 100).live());
        csv.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let race = lines("race");
    assert_eq!(race[0], "seed,p,weight_decay,step,training_loop,train,test");
    // 21 points of each of six runs.
    assert_eq!(race.len(), 1 + 6 * 21);
    assert!(race[1].starts_with("0,0,0,0,,"));
    assert_eq!(lines("run").len(), 1 + 2 * 21);
    assert_eq!(lines("sweep").len(), 1 + 30);
}

#[test]
fn the_first_losses_are_those_of_the_run() {
    let settings = settings(&[("preset", "hurts"), ("seed", "3")]);
    let trace = Trace::new(&settings);
    let output = notebook::training::output(&trace);
    assert_eq!(trace.first[0].len(), 3);
    for losses in &trace.first {
        for loss in losses {
            assert!(output.contains(&format!(" {loss:.5}")), "{output}");
        }
    }
    assert!(output.starts_with("p = 0.0, weight decay 0.0, seed 3, first losses: "));
}

#[test]
fn losses_are_said_in_two_or_three_digits() {
    for (loss, said) in [
        (0.4531, "0.453"),
        (0.0028, "0.0028"),
        (1.5634, "1.563"),
        (0.000_123, "0.00012"),
        (0.000_094_2, "0.000094"),
        (4.2e-7, "4.2e−7"),
        (23.456, "23.46"),
        (f64::INFINITY, "∞"),
        (f64::NAN, "NaN"),
        (0.0, "0"),
    ] {
        assert_eq!(words::training::loss(loss), said);
    }
}

#[test]
fn a_logarithmic_axis_has_round_numbers_below_1_too() {
    let axis = |from, to| Axis {
        from,
        to,
        start: 0.0,
        end: 100.0,
        logarithmic: true,
    };
    assert_eq!(axis(0.0009, 2.0).ticks(5.0), [0.001, 0.01, 0.1, 1.0]);
    assert_eq!(axis(0.15, 3.0).ticks(5.0), [0.2, 0.5, 1.0, 2.0]);
    assert_eq!(axis(1.0, 1000.0).ticks(5.0), [1.0, 10.0, 100.0, 1000.0]);
}

#[test]
fn settings_say_what_they_show() {
    let settings = settings(&[("show", "sweep"), ("scale", "linear"), ("seeds", "2")]);
    assert_eq!(
        (settings.show(), settings.scale()),
        (Show::Sweep, Scale::Linear)
    );
    assert_eq!(settings.seeds(), 0..2);
    assert!(words::training::now(&settings).contains("each p from 0 to 0.9, 2 seeds each"));
}
