//! What is drawn and said.

use super::{trace, trained};
use dropout_lab::app::training::Msg;
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::training::Mark;
use dropout_lab::draw::{Palette, training as picture};
use dropout_lab::{notebook, words};
use plotters::backend::SVGBackend;

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
