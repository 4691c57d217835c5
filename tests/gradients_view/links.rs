//! Settings and their links.

use super::common::{Dice, trace, trace_of};
use super::places;
use dropout_lab::app::exhibit::Exhibit;
use dropout_lab::app::exhibit::{Msg, Page};
use dropout_lab::model::Field;
use dropout_lab::model::exhibits::Fields;
use dropout_lab::model::exhibits::gradients::{Place, Settings, Term};
use dropout_lab::nn::Mode;
use dropout_lab::words::gradients;
use dropout_lab::words::gradients::{Symbol, Target};
use std::rc::Rc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The page of a link that has no fault.
fn page(query: &str) -> Page<Settings> {
    let page = Page::open(query);
    assert_eq!(page.notices(), [""; 0], "{query}");
    page
}

#[test]
fn a_link_comes_back_as_it_was_written() {
    let mut dice = Dice::new(5);
    for _ in 0..200 {
        let mut settings = Settings::default();
        for field in Field::ALL {
            let text = dice.value(field);
            // What cannot go together is left at its default.
            let _refused = settings.set(field.name(), &text);
        }
        for (name, size) in [
            ("sample", settings.network().batch()),
            ("unit", settings.network().hidden_features()),
            ("input", settings.network().in_features()),
        ] {
            let number = dice.below(size) + 1;
            settings.set(name, &number.to_string()).unwrap();
        }
        for (name, field) in [("story_lr", Field::Lr), ("story_momentum", Field::Momentum)] {
            settings.set(name, &dice.value(field)).unwrap();
        }
        let mut query = "?v=1&view=gradients".to_owned();
        for (name, value) in settings.changed() {
            let value = value.replace(':', "%3A").replace(',', "%2C");
            query.extend(["&", name, "=", &value]);
        }
        let page = page(&query);
        assert_eq!(*page.settings(), settings);
        assert_eq!(page.query(), query);
    }
}

#[test]
fn names_may_come_in_any_order() {
    let link = "?nesterov=on&sample=15&unit=32&momentum=0.9&hidden=32&batch=15&view=gradients&v=1";
    assert_eq!(page(link).settings().place().sample, 14);
    assert_eq!(page(link).settings().place().unit, 31);
}

#[test]
fn bad_values_are_named_with_what_is_allowed() {
    for (pair, allowed) in [
        ("sample=5", "samples of the batch, from 1"),
        ("sample=0", "samples of the batch, from 1"),
        ("unit=11", "hidden units, from 1"),
        ("input=x", "inputs of fc1, from 1"),
        ("story_lr=-1", "numbers from 0 to 100"),
        ("story_momentum=2", "numbers from 0 to 1"),
        ("p=2", "numbers from 0 to 1"),
        ("mode=test", "train or eval"),
        ("again=x", "step:passes"),
    ] {
        let page = Page::<Settings>::open(&format!("?view=gradients&{pair}"));
        let [notice] = page.notices() else {
            panic!("{pair}: {:?}", page.notices());
        };
        assert!(
            notice.contains(&pair.replace('=', " = ")) && notice.contains(allowed),
            "{notice}"
        );
        assert_eq!(*page.settings(), Settings::default());
    }
    let page = Page::<Settings>::open("?view=gradients&colour=red");
    assert!(page.notices()[0].contains("colour"));
}

#[test]
fn a_place_that_a_smaller_network_does_not_have_is_its_last() {
    let mut page = page("?view=gradients&sample=4&unit=10&input=5");
    for (name, text) in [("batch", "2"), ("hidden", "3"), ("in", "1")] {
        page.update(Msg::Set(name, text.to_owned()));
    }
    let last = Place {
        sample: 1,
        unit: 2,
        input: 0,
    };
    assert_eq!(page.settings().place(), last);
    assert!(page.query().contains("&unit=3"));
    assert_eq!(page.settings().read("sample").as_deref(), Some("2"));
}

#[test]
fn sample_and_unit_are_chosen_at_once_and_the_step_is_not_computed_again() {
    let mut page = page("?view=gradients");
    let step = Rc::clone(&page.trace().step);
    let chosen = vec![("sample", "3".to_owned()), ("unit", "9".to_owned())];
    let effects = page.update(Msg::SetAll(chosen));
    assert_eq!(effects.len(), 1);
    assert_eq!(page.query(), "?v=1&view=gradients&sample=3&unit=9");
    assert!(Rc::ptr_eq(&step, &page.trace().step));
    let refused = vec![("sample", "1".to_owned()), ("unit", "99".to_owned())];
    page.update(Msg::SetAll(refused));
    assert_eq!(page.query(), "?v=1&view=gradients&sample=3&unit=9");
    assert!(page.refused("unit").is_some());
    page.update(Msg::Set("p", "0.3".to_owned()));
    assert!(!Rc::ptr_eq(&step, &page.trace().step));
}

#[test]
fn again_is_another_mask_and_a_fresh_seed_forgets_it() {
    let mut page = page("?view=gradients&step=2");
    let mask = page.trace().step.pass.mask.clone();
    page.update(Msg::Again);
    assert_eq!(page.settings().read("again").as_deref(), Some("2:1"));
    assert_ne!(page.trace().step.pass.mask, mask);
    page.update(Msg::Again);
    assert_eq!(page.status(), "Call 3 of the layer: the same input.");
    page.update(Msg::FreshSeed(7));
    assert_eq!(page.query(), "?v=1&view=gradients&seed=7&step=2");
}

#[test]
fn what_is_looked_at_stays_while_the_step_has_it() {
    let mut page = page("?view=gradients");
    page.update(Msg::Focus(Some(Target::Share(4))));
    assert_eq!(page.focus(), None, "there are four samples, counted from 0");
    page.update(Msg::Focus(Some(Target::Share(3))));
    page.update(Msg::Set("p", "0.3".to_owned()));
    assert_eq!(page.focus(), Some(Target::Share(3)));
    page.update(Msg::Set("batch", "2".to_owned()));
    assert_eq!(page.focus(), None);
    for symbol in Symbol::ALL {
        let target = Target::Symbol(symbol);
        assert_eq!(Settings::within(page.trace(), target), Some(target));
        assert!(!Settings::explain(page.trace(), target).title.is_empty());
    }
}

#[test]
fn a_share_of_nothing_says_whose_doing_it_is() {
    let mut dice = Dice::new(3);
    for _ in 0..40 {
        let trace = trace(&dice.settings());
        for place in places(&trace) {
            let (kept, on) = (
                trace.kept(place.sample, place.unit),
                trace.active(place.sample, place.unit),
            );
            let reason = gradients::share(&trace, place).reason.unwrap_or_default();
            assert_eq!(reason.contains("dropped"), !kept, "{place:?}");
            assert_eq!(reason.contains("ReLU was off"), kept && !on, "{place:?}");
            let cell = gradients::cell(&trace, place.sample, place.unit);
            assert_eq!(cell.ends_with(": kept"), kept && on);
        }
    }
}

#[test]
fn the_two_factors_are_said_to_cancel_where_they_multiply_to_one() {
    for (query, cancel) in [("", true), ("?p=0.3", false), ("?p=0&batch=2", true)] {
        let trace = trace_of(query);
        let kept = places(&trace)
            .into_iter()
            .map(|place| Term::of(&trace, place));
        let kept: Vec<_> = kept.filter(|term| term.mask == 1.0).collect();
        assert!(!kept.is_empty());
        for term in kept {
            let said = gradients::as_in_the_notebook(&term).contains("multiply to 1");
            assert_eq!(said, cancel, "{query}");
            assert!(!cancel || term.product() == term.as_in_the_notebook());
        }
    }
}

#[test]
fn a_weight_that_moved_is_printed_so_that_it_shows() {
    let mut dice = Dice::new(23);
    for _ in 0..60 {
        let settings = dice.settings();
        let trace = trace(&settings);
        for place in places(&trace).into_iter().filter(|place| place.sample == 0) {
            let step = gradients::around_step(&trace, place);
            let (unit, input) = (place.unit, place.input);
            let [before, after] =
                [&trace.before, &trace.after].map(|weights| weights.fc1.weight.at(unit, input));
            let [(_, printed_before), _] = &step.printed;
            let truth = step.truth.map(|(_, text)| text);
            if (before - after).abs() > 1e-9 && settings.mode() == Mode::Train {
                assert!(truth[0] != truth[2] || before.abs() > 1.0, "{truth:?}");
            }
            assert_eq!(*printed_before, truth[2], "Before is the weight after");
        }
    }
}

#[test]
fn the_default_place_adds_to_its_gradient() {
    let trace = trace_of("");
    let term = Term::of(&trace, Settings::default().place());
    assert!(term.contribution != 0.0);
    assert!(gradients::product(&term).contains(" × "));
}
