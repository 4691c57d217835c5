//! What is said, and what is drawn.

use super::{PRESETS, SHOWS, settings, short, svg, trained};
use dropout_lab::app::training::Msg;
use dropout_lab::draw::chart::Axis;
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::training as picture;
use dropout_lab::draw::training::Mark;
use dropout_lab::model::exhibits::training::{Live, Scale, Show, Trace};
use dropout_lab::model::proof::race::{Plan, Preset, Race, Sweep, interval, median_curve};
use dropout_lab::{notebook, words};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

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
