//! The hidden units of the training view, a lane each: that what is counted of them is so, what is said and drawn.
#![allow(clippy::unwrap_used, reason = "what a test asks for must be there")]

use allocation_counter::measure;
use dropout_lab::app::training::{Msg, Pace, State};
use dropout_lab::draw::Palette;
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::training::{self as picture, Mark};
use dropout_lab::model::Cause;
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::training::{Lanes, Live, RunTrace, Settings};
use dropout_lab::model::proof::race::{Duel, Plan, Preset, Run};
use dropout_lab::nn::{DropProbability, Pass};
use dropout_lab::{notebook, words};
use plotters::backend::SVGBackend;

fn settings(changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (name, text) in changes {
        settings.set(name, text).unwrap();
    }
    settings
}

/// Trains `steps` steps.
fn lanes(settings: &Settings, steps: u32) -> Lanes {
    let mut duel = Duel::new(settings.plan(), settings.seed(), 10);
    duel.advance(steps);
    RunTrace::of(settings, &duel).lanes
}

/// A count of its own: masks and gradients of a run, gone through one by one.
#[derive(Default)]
struct Count {
    seen: u32,
    kept: Vec<u32>,
    idle: Vec<[u32; 4]>,
}

impl Count {
    fn of(plan: &Plan, p: DropProbability, seed: u64, steps: u32) -> Self {
        let mut run = Run::new(plan, p, seed);
        let hidden = plan.hidden as usize;
        let mut count = Self {
            kept: vec![0; hidden],
            idle: vec![[0; 4]; hidden],
            ..Self::default()
        };
        for _ in 0..steps {
            run.advance(1);
            let pass = run.pass();
            count.seen += u32::try_from(pass.mask.shape()[0]).unwrap();
            for unit in 0..hidden {
                count.kept[unit] += column(pass, unit).filter(|(mask, _)| *mask == 1.0).sum_of();
                let grad = &pass.grad.fc1;
                let row = grad
                    .weight
                    .row(unit)
                    .iter()
                    .chain([&grad.bias.data()[unit]]);
                if row.map(|g| g.abs()).sum::<f32>() > 0.0 {
                    continue;
                }
                let reason = if column(pass, unit).all(|(mask, _)| mask == 0.0) {
                    0
                } else if column(pass, unit).all(|(_, hidden)| hidden == 0.0) {
                    1
                } else if column(pass, unit).all(|(mask, hidden)| mask * hidden == 0.0) {
                    2
                } else {
                    3
                };
                count.idle[unit][reason] += 1;
            }
        }
        count
    }
}

/// What the mask and the `ReLU` made of a unit, sample by sample.
fn column(pass: &Pass, unit: usize) -> impl Iterator<Item = (f32, f32)> + '_ {
    let samples = 0..pass.mask.shape()[0];
    samples.map(move |n| (pass.mask.at(n, unit), pass.hidden.at(n, unit)))
}

trait SumOf {
    fn sum_of(self) -> u32;
}

impl<I: Iterator> SumOf for I {
    fn sum_of(self) -> u32 {
        u32::try_from(self.count()).unwrap()
    }
}

#[test]
fn lanes_count_what_a_second_count_of_masks_and_gradients_finds() {
    for (changes, p) in [
        (&[("preset", "helps"), ("batch", "3")][..], "0.5"),
        (
            &[("preset", "hurts"), ("batch", "2"), ("lr", "0.003")],
            "0.8",
        ),
        (
            &[("preset", "trap"), ("hidden", "1"), ("batch", "1")],
            "0.3",
        ),
        (&[("preset", "helps")], "0"),
        (&[("preset", "helps")], "1"),
    ] {
        let mut settings = settings(changes);
        settings.set("p", p).unwrap();
        settings.set("panel", "lanes").unwrap();
        let (plan, seed) = (settings.plan(), settings.seed());
        let shown = lanes(&settings, 150);
        let with = Count::of(plan, plan.p, seed, 150);
        let without = Count::of(plan, DropProbability::ZERO, seed, 150);
        assert_eq!((shown.steps, shown.seen), ([150, 150], with.seen));
        for (unit, lane) in shown.units.iter().enumerate() {
            assert_eq!(lane.kept, with.kept[unit], "{changes:?}, unit {unit}");
            assert_eq!(lane.idle, [without.idle[unit], with.idle[unit]]);
            let share = f64::from(with.kept[unit]) / f64::from(with.seen);
            assert_eq!(shown.share(unit), Some(share));
        }
        // So small a batch leaves rows without gradient, and each reason comes up somewhere.
        assert!(p == "0" || with.idle.iter().flatten().sum::<u32>() > 0);
    }
}

#[test]
fn every_reason_for_a_row_without_gradient_is_told_apart() {
    let settings = settings(&[("batch", "2"), ("panel", "lanes")]);
    let shown = lanes(&settings, 2000);
    for cause in [Cause::Dropped, Cause::ReluOff, Cause::DroppedOrReluOff] {
        let steps = shown.units.iter().map(|unit| unit.idle[1][cause as usize]);
        assert!(steps.sum::<u32>() > 0, "{cause:?}");
    }
    assert!(
        Cause::ALL
            .iter()
            .enumerate()
            .all(|(k, cause)| *cause as usize == k)
    );
    // Without dropout nothing is dropped.
    let dropped =
        |unit: &[u32; 4]| unit[Cause::Dropped as usize] + unit[Cause::DroppedOrReluOff as usize];
    assert!(shown.units.iter().all(|unit| dropped(&unit.idle[0]) == 0));
}

#[test]
fn what_is_shown_of_the_latest_batch_and_of_weights_is_the_runs() {
    let settings = settings(&[("preset", "hurts"), ("panel", "lanes"), ("hidden", "12")]);
    let shown = lanes(&settings, 40);
    let mut duel = Duel::new(settings.plan(), settings.seed(), 10);
    duel.advance(40);
    let with = duel.with.run();
    assert_eq!((shown.coins.len(), shown.batch), (10, 10));
    for (sample, coins) in shown.coins.iter().enumerate() {
        for (unit, coin) in coins.iter().enumerate() {
            assert_eq!(coin.kept, with.pass().mask.at(sample, unit) == 1.0);
            assert_eq!(
                coin.active,
                with.pass().pre_activation.at(sample, unit) > 0.0
            );
        }
    }
    for (unit, lane) in shown.units.iter().enumerate() {
        for (side, run) in [duel.without.run(), with].into_iter().enumerate() {
            let weight = &run.parameters().fc1.weight;
            let norm = weight
                .row(unit)
                .iter()
                .fold(0.0, |sum, w| f32::hypot(sum, *w));
            assert!((lane.row[side] - norm).abs() < 1e-6);
            assert_eq!(
                lane.out[side],
                run.parameters().fc2.weight.data()[unit].abs()
            );
        }
        let nothing = lane.latest.is_some();
        let grad = with.pass().grad.fc1.weight.row(unit);
        assert_eq!(nothing, grad.iter().all(|g| *g == 0.0));
    }
}

#[test]
fn a_step_that_is_counted_allocates_nothing_either() {
    let plan = Preset::Hurts.plan();
    let mut run = Run::new(&plan, plan.p, 0).tallied();
    run.advance(1);
    assert_eq!(measure(|| run.advance(30)).count_total, 0);
    assert_eq!(run.tally().unwrap().steps(), 31);
}

#[test]
fn a_step_that_diverges_is_not_counted_and_has_no_coins() {
    let settings = settings(&[("lr", "10"), ("panel", "lanes")]);
    let shown = lanes(&settings, 3000);
    let mut duel = Duel::new(settings.plan(), settings.seed(), 10);
    duel.advance(3000);
    let diverged = [&duel.without, &duel.with].map(|run| run.run().diverged().unwrap());
    assert_eq!(shown.steps, diverged.map(|step| step - 1));
    assert!(shown.coins.is_empty() && shown.units.iter().all(|unit| unit.latest.is_none()));
}

#[test]
fn counting_changes_nothing_that_is_trained() {
    let plan = Preset::Helps.plan();
    let trained = |mut run: Run| {
        run.advance(200);
        (run.parameters().clone(), run.losses())
    };
    let run = Run::new(&plan, plan.p, 7);
    assert!(run.tally().is_none());
    assert_eq!(trained(run.clone().tallied()), trained(run));
}

#[test]
fn lanes_are_those_of_now_whenever_they_are_asked_for() {
    let mut state = State::new(settings(&[("steps", "60")]));
    state.update(Msg::Go(Pace::Full));
    state.update(Msg::Advance(25));
    state.update(Msg::Settings(settings(&[
        ("steps", "60"),
        ("panel", "lanes"),
    ])));
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    assert_eq!((trace.taken, trace.lanes.steps), (25, [25, 25]));
}

/// Trains to the end.
fn trained(changes: &[(&str, &str)]) -> State {
    let mut state = State::new(settings(changes));
    state.update(Msg::Go(Pace::Full));
    state.update(Msg::Advance(u32::MAX));
    state.update(Msg::Tick(0.1));
    state
}

fn trace(state: &State) -> &RunTrace {
    let Live::Run(trace) = &**state.live() else {
        panic!("a run is shown");
    };
    trace
}

const ROOMS: [(f64, f64); 4] = [
    (358.0, 600.0),
    (580.0, 200.0),
    (1240.0, 420.0),
    (1900.0, 800.0),
];

#[test]
fn a_lane_is_drawn_pointed_at_and_reached_by_keys_at_any_size() {
    for hidden in ["1", "10", "64", "256"] {
        for (p, batch) in [("0", "1"), ("0.7", "1000"), ("1", "8")] {
            let mut state = trained(&[
                ("panel", "lanes"),
                ("hidden", hidden),
                ("steps", "6"),
                ("p", p),
                ("batch", batch),
            ]);
            for (width, height) in ROOMS {
                let layout = picture::Layout::new(state.live(), Room::screen(width, height));
                let lanes = layout.lanes.clone().unwrap();
                assert!(lanes.shown >= 1 && lanes.coins.count >= 1);
                assert!(lanes.axes[3].end <= width && lanes.area.y + lanes.area.h <= layout.height);
                assert!(lanes.axes.iter().all(|axis| axis.end > axis.start));
                assert!(lanes.axes[0].start >= lanes.coins.end());
                let shown = layout.places().into_iter();
                let shown = shown.filter(|(mark, _)| matches!(mark, Mark::Lane(_)));
                assert_eq!(shown.clone().count(), lanes.shown);
                for (mark, rect) in shown.take(3) {
                    let (x, y) = rect.center();
                    assert_eq!(layout.hit(x, y), Some(mark));
                    state.update(Msg::Focus(Some(mark)));
                    assert_eq!(state.focus(), Some(mark));
                }
                let frame = picture::Frame {
                    live: state.live(),
                    focus: Some(Mark::Lane(0)),
                    palette: &Palette::BRIGHT,
                };
                let mut text = String::new();
                {
                    let mut backend = SVGBackend::with_string(&mut text, (2000, 2000));
                    picture::draw(&mut backend, &layout, &frame, 1.0).unwrap();
                }
                assert!(!text.contains("NaN"), "{hidden} units, p = {p}");
            }
        }
    }
    let mut state = trained(&[("panel", "lanes"), ("hidden", "3"), ("steps", "6")]);
    state.update(Msg::Focus(Some(Mark::Lane(3))));
    assert_eq!(state.focus(), None);
}

#[test]
fn all_64_units_fit_beside_the_losses_and_of_256_it_is_said_how_many_do() {
    for (hidden, all) in [("64", true), ("256", false)] {
        let state = trained(&[("panel", "lanes"), ("hidden", hidden), ("steps", "3")]);
        let room = Room::screen(1240.0, 400.0);
        let layout = picture::Layout::new(state.live(), room);
        assert_eq!(
            layout.lanes.as_ref().unwrap().shown == hidden.parse::<usize>().unwrap(),
            all
        );
        let frame = picture::Frame {
            live: state.live(),
            focus: None,
            palette: &Palette::DARK,
        };
        let mut text = String::new();
        {
            let mut backend = SVGBackend::with_string(&mut text, (1400, 900));
            picture::draw(&mut backend, &layout, &frame, 1.0).unwrap();
        }
        let shown = layout.lanes.as_ref().unwrap().shown;
        assert_eq!(
            text.contains(&format!("the first {shown} of {hidden} units")),
            !all
        );
    }
}

#[test]
fn what_is_said_of_a_lane_holds_its_numbers() {
    let state = trained(&[("panel", "lanes"), ("batch", "2"), ("steps", "900")]);
    let trace = trace(&state);
    let lanes = &trace.lanes;
    assert_eq!(lanes.seen, 1800);
    let sd = (0.25_f64 / 1800.0).sqrt();
    assert!((lanes.sd() - sd).abs() < 1e-12);
    let mut near = 0;
    for (unit, own) in lanes.units.iter().enumerate() {
        let said = words::training::lane(trace, unit).unwrap();
        let share = f64::from(own.kept) / 1800.0;
        near += usize::from((share - 0.5).abs() <= 2.0 * sd);
        let [without, with] = own.idle.map(|steps| steps.iter().sum::<u32>());
        for wanted in [
            format!(
                "h{}: kept for {} of 1,800 samples, {share:.3};",
                unit + 1,
                words::training::thousands(own.kept.into())
            ),
            format!("from {:.3} to {:.3}.", 0.5 - 2.0 * sd, 0.5 + 2.0 * sd),
            format!("no gradient in {with} of 900 steps"),
            format!("without dropout in {without}."),
            format!("dropped for the whole batch {}", own.idle[1][0]),
            format!(
                "{} with dropout, {} without",
                words::training::loss(own.row[1].into()),
                words::training::loss(own.row[0].into())
            ),
        ] {
            assert!(said.contains(&wanted), "{wanted:?} not in {said:?}");
        }
        assert!(
            words::training::lane_in_short(trace, unit)
                .unwrap()
                .contains(&format!("no gradient in {with} of 900 steps"))
        );
    }
    let said = words::training::outcome(state.live()).join(" ");
    let [row, out] = [
        lanes.medians(|unit| unit.row),
        lanes.medians(|unit| unit.out),
    ];
    assert!(
        said.contains(&format!(
            "{near} of 10 hidden units were kept as often as 1 − p says"
        )),
        "{said}"
    );
    for size in row.into_iter().chain(out) {
        assert!(
            said.contains(&words::training::loss(size.into())),
            "{size}: {said}"
        );
    }
    assert_eq!(words::training::lane(trace, 10), None);
}

#[test]
fn the_table_of_units_has_a_line_for_each_unit_and_network() {
    let state = trained(&[("panel", "lanes"), ("steps", "30")]);
    let lanes = &trace(&state).lanes;
    let csv = notebook::training::units_csv(trace(&state));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 1 + 2 * 10);
    let first: Vec<&str> = lines[11].split(',').collect();
    assert_eq!(first.len(), lines[0].split(',').count());
    assert_eq!(
        first[..6],
        [
            "0",
            "0.5",
            "30",
            "1",
            "240",
            &lanes.units[0].kept.to_string()
        ]
    );
    // Without dropout every sample is kept.
    assert!(lines[1].starts_with("0,0,30,1,240,240,"));
}
