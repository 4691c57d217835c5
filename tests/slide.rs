//! Every figure on a slide: its smallest type is 3.2 % of the slide's height, and nothing of it lies off the slide,
//! however much there is to show.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use dropout_lab::app::State;
use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::export::{Figure, Size};
use dropout_lab::app::training::{Msg, Pace, State as Training};
use dropout_lab::draw::layout::{Room, SMALLEST_TYPE, slide_scale};
use dropout_lab::draw::surface::{Drawn, Lettering, Point};
use dropout_lab::draw::{Layout, Palette, Surface, pictures};
use dropout_lab::model::Target;
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, subnetworks, training,
};
use plotters::style::RGBAColor;

const ADDRESS: &str = "https://example.org/dropout-lab/";
const SIZES: [(f64, f64); 3] = [(480.0, 270.0), (960.0, 540.0), (1920.0, 1080.0)];
/// What an embedded page leaves for its picture: much, usually, and little, in pixels of which its smallest type has
/// ten.
const ROOMS: [(f64, f64); 3] = [(540.0, 265.0), (540.0, 215.0), (540.0, 165.0)];

const NETWORKS: [&str; 5] = [
    "",
    "?mode=eval&stage=mask",
    "?batch=1&in=1&hidden=1",
    "?batch=15&hidden=40",
    "?batch=128&in=32&hidden=256",
];
/// Shapes of pasted tensors.
const SHAPES: [&[usize]; 9] = [
    &[1],
    &[24],
    &[500],
    &[2, 3, 4],
    &[8, 8, 8],
    &[2, 2, 2, 2, 2, 2],
    &[20, 25],
    &[125, 2, 2],
    &[2000],
];
const COINS: [&str; 3] = [
    "?view=coin",
    "?view=coin&draws=7&group=3",
    "?view=coin&draws=100000&group=1000",
];
const EXPECTATIONS: [&str; 3] = [
    "?view=expectation",
    "?view=expectation&p=1",
    "?view=expectation&through=net",
];
const SUBNETWORKS: [&str; 3] = [
    "?view=subnetworks",
    "?view=subnetworks&hidden=1",
    "?view=subnetworks&p=1",
];
const TRAININGS: [&str; 7] = [
    "?view=training",
    "?view=training&preset=trap",
    "?view=training&panel=lanes",
    "?view=training&panel=lanes&hidden=256",
    "?view=training&preset=moons",
    "?view=training&show=race",
    "?view=training&show=sweep",
];

/// Writes down the smallest type, and how far anything reaches.
#[derive(Debug)]
struct Gauge {
    smallest: f64,
    right: f64,
    floor: f64,
}

impl Gauge {
    fn of(draw: impl FnOnce(&mut Self) -> Drawn) -> Self {
        let mut gauge = Self {
            smallest: f64::INFINITY,
            right: 0.0,
            floor: 0.0,
        };
        draw(&mut gauge).unwrap();
        gauge
    }

    fn reach(&mut self, (x, y): Point) {
        self.right = self.right.max(x);
        self.floor = self.floor.max(y);
    }
}

impl Surface for Gauge {
    fn rect(&mut self, from: Point, to: Point, _: RGBAColor) -> Drawn {
        self.reach(from);
        self.reach(to);
        Ok(())
    }

    fn line(&mut self, from: Point, to: Point, _: RGBAColor, _: f64) -> Drawn {
        self.reach(from);
        self.reach(to);
        Ok(())
    }

    fn path(&mut self, points: &[Point], _: RGBAColor, _: f64) -> Drawn {
        for point in points {
            self.reach(*point);
        }
        Ok(())
    }

    fn polygon(&mut self, points: &[Point], color: RGBAColor) -> Drawn {
        self.path(points, color, 1.0)
    }

    fn disc(&mut self, (x, y): Point, radius: f64, _: RGBAColor) -> Drawn {
        self.reach((x + radius, y + radius));
        Ok(())
    }

    fn ring(&mut self, center: Point, radius: f64, color: RGBAColor, _: f64) -> Drawn {
        self.disc(center, radius, color)
    }

    fn text(&mut self, text: &str, (x, y): Point, lettering: Lettering, _: RGBAColor) -> Drawn {
        if !text.trim().is_empty() {
            self.smallest = self.smallest.min(lettering.size);
        }
        self.reach((x, y + 0.4 * lettering.size));
        Ok(())
    }

    fn finish(&mut self) -> Drawn {
        Ok(())
    }
}

/// Gets the link of a figure, the size of its slide, and how it is drawn there.
type Seen<'a> = &'a mut dyn FnMut(&str, (f64, f64), Gauge);

/// Calls `seen` with every figure: its link, the size of the slide, and how it is drawn there.
fn each(mut seen: impl FnMut(&str, (f64, f64), Gauge)) {
    fn of<E: Exhibit>(links: &[&str], seen: Seen) {
        for link in links {
            let page = Page::<E>::open(link);
            assert_eq!(page.notices(), [""; 0], "{link}");
            on_slides(link, &page.figure(ADDRESS), seen);
        }
    }
    for link in NETWORKS {
        on_slides(link, &State::open(link).figure(ADDRESS), &mut seen);
    }
    of::<TensorSettings>(&strs(&tensors()), &mut seen);
    of::<VariantsSettings>(&strs(&variants()), &mut seen);
    of::<coin::Settings>(&COINS, &mut seen);
    of::<expectation::Settings>(&EXPECTATIONS, &mut seen);
    of::<subnetworks::Settings>(&SUBNETWORKS, &mut seen);
    for link in TRAININGS {
        on_slides(link, &trained(link).figure(ADDRESS, link), &mut seen);
    }
}

fn on_slides(link: &str, figure: &Figure, seen: Seen) {
    for (width, height) in SIZES {
        let sheet = figure.sheet(Size::Slide(width, height), &Palette::BRIGHT);
        let gauge = Gauge::of(|gauge| sheet.unwrap().draw(gauge, 1.0));
        seen(link, (width, height), gauge);
    }
}

fn tensors() -> Vec<String> {
    let presets = ["ones", "arange", "randn", "notebook"].into_iter();
    let presets = presets.map(|preset| format!("?view=tensor&preset={preset}"));
    let pasted = SHAPES.into_iter().map(|shape| {
        let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
        let numbers = vec!["-0.5"; shape.iter().product()].join(",");
        format!("?view=tensor&tensor={}:{numbers}", sizes.join("x"))
    });
    presets.chain(pasted).collect()
}

fn variants() -> Vec<String> {
    let layers = dropout_lab::model::exhibits::Layer::ALL;
    layers
        .into_iter()
        .map(|layer| format!("?view=variants&layer={}", layer.name()))
        .collect()
}

fn strs(links: &[String]) -> Vec<&str> {
    links.iter().map(String::as_str).collect()
}

fn trained(link: &str) -> Training {
    let page = Page::<training::Settings>::open(link);
    assert_eq!(page.notices(), [""; 0], "{link}");
    let mut training = Training::new(page.settings().clone());
    training.update(Msg::Go(Pace::Full));
    training.update(Msg::Advance(40));
    training.update(Msg::Go(Pace::Rest));
    training
}

#[test]
fn the_smallest_type_of_every_figure_is_a_thirty_first_of_its_slide_which_holds_all_of_it() {
    let mut faults = Vec::new();
    each(|link, (width, height), gauge| {
        let share = gauge.smallest / height;
        if !(0.032 - 1e-9..0.06).contains(&share) {
            faults.push(format!("{link} at {height}: {:.2} %", 100.0 * share));
        }
        if gauge.right > width + 0.6 || gauge.floor > height + 0.6 {
            faults.push(format!("{link} at {height}: {gauge:?}"));
        }
    });
    assert_eq!(faults, [""; 0]);
}

#[test]
fn a_picture_fits_the_room_that_an_embedded_page_leaves() {
    fn of<E: Exhibit>(links: &[&str], room: Room, faults: &mut Vec<String>) {
        for link in links {
            let page = Page::<E>::open(link);
            let picture = E::picture(page.trace(), room).unwrap();
            note(link, room, picture.size(), faults);
            let drawn = Gauge::of(|gauge| picture.draw(gauge, None, &Palette::BRIGHT, 1.0));
            note(link, room, (drawn.right - 1.0, drawn.floor - 1.0), faults);
        }
    }
    fn note(link: &str, room: Room, (width, height): (f64, f64), faults: &mut Vec<String>) {
        if width > room.width + 1e-6 || height > room.height + 1e-6 {
            faults.push(format!("{link} in {room:?}: {width} x {height}"));
        }
    }
    let mut faults = Vec::new();
    for (width, height) in ROOMS {
        let room = Room::slide(width, height, 1.0);
        for link in NETWORKS {
            let layout = Layout::new(State::open(link).trace(), room);
            note(link, room, (layout.width, layout.height), &mut faults);
        }
        of::<TensorSettings>(&strs(&tensors()), room, &mut faults);
        of::<VariantsSettings>(&strs(&variants()), room, &mut faults);
        of::<coin::Settings>(&COINS, room, &mut faults);
        of::<expectation::Settings>(&EXPECTATIONS, room, &mut faults);
        of::<subnetworks::Settings>(&SUBNETWORKS, room, &mut faults);
    }
    for link in TRAININGS {
        let training = trained(link);
        for (width, height) in ROOMS {
            let room = Room::slide(width, height, 1.0);
            let picture = pictures::training(training.live(), room);
            note(link, room, picture.size(), &mut faults);
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn a_network_too_high_for_a_slide_shows_its_first_units_and_says_how_many() {
    let state = State::open("?hidden=40");
    let svg = state
        .figure(ADDRESS)
        .svg(Size::WIDE, &Palette::BRIGHT)
        .unwrap();
    let by = slide_scale(1080.0);
    let room = Room::slide(1920.0 - 24.0 * by, 1080.0 - 66.0 * by, by);
    let layout = Layout::new(state.trace(), room);
    assert!((8..40).contains(&layout.units), "{} units", layout.units);
    assert!(svg.contains(&format!(">{} of 40 units<", layout.units)));
    assert!(!svg.contains(">h40<"));
    let hidden = Target::Verdict { unit: 39 };
    assert!(!layout.shows(hidden) && layout.shows(Target::Output { sample: 0 }));
    // On a page, which scrolls, all are there.
    let page = Layout::new(state.trace(), Room::screen(555.0, 187.0));
    assert_eq!(page.units, 40);
    assert!(SMALLEST_TYPE <= page.lane_type());
}
