//! The link: reading it is total, writing it is exact, and what is wrong with it is said.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;
mod meaning;
mod refused;
mod written;

use common::Dice;
use dropout_lab::app::Link;
use dropout_lab::app::look::LookField;
use dropout_lab::app::url::Name;
use dropout_lab::model::field::{BATCH, HIDDEN_FEATURES, IN_FEATURES, STEP};
use dropout_lab::model::{Field, Stage};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The link of a query that has no fault.
fn read(query: &str) -> Link {
    let (link, problems) = Link::parse(query);
    assert_eq!(problems, [""; 0], "{query}");
    link
}

/// The only problem of a query, which must leave everything at its default.
fn problem(query: &str) -> String {
    let (link, problems) = Link::parse(query);
    assert_eq!(link, Link::default(), "{query}");
    assert_eq!(problems.len(), 1, "{query}: {problems:?}");
    problems.into_iter().next().unwrap_or_default()
}

/// A random value of any field, from the whole of its range.
fn any_value(dice: &mut Dice, field: Field) -> String {
    match field {
        Field::P | Field::Momentum | Field::Dampening | Field::WeightDecay => {
            let (any, small) = (dice.unit(), f64::from_bits(dice.word64() >> 12));
            dice.one_of(&[0.0, 1.0, any, small]).to_string()
        }
        Field::Lr => (dice.unit() * 100.0).to_string(),
        Field::Seed => (dice.word64() >> dice.below(64)).to_string(),
        Field::Batch => dice.between(&BATCH).to_string(),
        Field::In => dice.between(&IN_FEATURES).to_string(),
        Field::Hidden => dice.between(&HIDDEN_FEATURES).to_string(),
        Field::Step => dice.between(&STEP).to_string(),
        Field::Again => {
            let entry = |dice: &mut Dice| format!("{}:{}", dice.between(&STEP), dice.below(9));
            let entries: Vec<_> = (0..dice.below(4)).map(|_| entry(dice)).collect();
            entries.join(",")
        }
        Field::Mode | Field::Nesterov | Field::Maximize | Field::Dropout | Field::Bernoulli => {
            dice.value(field)
        }
    }
}

fn any_look(dice: &mut Dice, field: LookField, batch: usize) -> String {
    match field {
        LookField::Version => "1".to_owned(),
        LookField::View => "network".to_owned(),
        LookField::Lang => "en".to_owned(),
        LookField::Stage => dice.one_of(&Stage::ALL).name().to_owned(),
        LookField::Sample => (1 + dice.below(batch)).to_string(),
        LookField::Theme => dice
            .one_of(&["system", "bright", "dark", "projector"])
            .to_owned(),
        LookField::Motion => dice.one_of(&["system", "off"]).to_owned(),
        LookField::Sound => dice.one_of(&["off", "on"]).to_owned(),
        LookField::Embed => dice.one_of(&["0", "1"]).to_owned(),
        LookField::Controls => dice.one_of(&["", "none", "p,again"]).to_owned(),
        LookField::Deck => dice.one_of(&["any", "reveal"]).to_owned(),
        LookField::Fragments => dice.one_of(&["", "p:0.1;again", "mode:eval"]).to_owned(),
        LookField::At => dice.below(3).to_string(),
        LookField::From => dice.one_of(&["", "p:0.5,seed:3"]).to_owned(),
        LookField::Origin => dice
            .one_of(&["", "https://school.example", "null"])
            .to_owned(),
        LookField::Lesson => dice.one_of(&["", "0.1", "0.4"]).to_owned(),
    }
}

fn any_link(dice: &mut Dice) -> Link {
    let mut link = Link::default();
    for field in Field::ALL {
        if dice.happens(0.5) {
            let text = any_value(dice, field);
            // Nesterov without momentum is refused, which leaves a link as good as any.
            let _refused = link.set(Name::Run(field), &text);
        }
    }
    for field in LookField::ALL {
        if dice.happens(0.5) {
            let text = any_look(dice, field, link.settings.batch());
            link.set(Name::Look(field), &text).unwrap();
        }
    }
    link
}
