//! Other masks, other steps, other seeds.

use super::common::{bits, trace_of};
use super::{Page, pushed, replaced};
use dropout_lab::app::look::LookField;
use dropout_lab::app::msg::PlaybackMsg;
use dropout_lab::app::{Link, Msg, Theme};
use dropout_lab::model::{Field, Stage, Target};
use std::rc::Rc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn again_in_eval_mode_draws_nothing() {
    let mut page = Page::open("mode=eval");
    let trace = page.state.trace().clone();
    for call in 2..5 {
        assert_eq!(page.send(Msg::Again), []);
        assert_eq!(page.state.eval_calls(), call);
        assert!(
            page.state
                .status()
                .starts_with(&format!("Call {call} of model(x) in eval mode"))
        );
    }
    assert!(Rc::ptr_eq(&trace, page.state.trace()));
    page.edit(Field::P, "0.9");
    assert_eq!(page.state.eval_calls(), 1);
}

#[test]
fn again_in_train_mode_draws_another_mask_which_the_link_replays() {
    for start in [
        "",
        "step=3&again=1:2",
        "dropout=rand",
        "bernoulli=mcg31&batch=9",
    ] {
        let mut page = Page::open(start);
        for _ in 0..3 {
            let before = page.state.trace().clone();
            page.send(Msg::Again);
            let after = page.state.trace();
            assert_ne!(before.pass.mask, after.pass.mask);
            assert_eq!(
                (&before.input, &before.before),
                (&after.input, &after.before)
            );
            assert_eq!(
                bits(&trace_of(page.address())),
                bits(after),
                "{}",
                page.address()
            );
        }
        assert_eq!(page.history.len(), 2, "pressed three times, one entry");
    }
}

#[test]
fn again_before_the_mask_is_to_be_seen_shows_it() {
    let mut page = Page::open("stage=fc1");
    page.send(Msg::Again);
    assert_eq!(page.state.look().stage, Stage::LAST);
    assert_eq!(page.address(), "?v=1&again=0:1");
    let mut page = Page::open("stage=scale");
    page.send(Msg::Again);
    assert_eq!(page.address(), "?v=1&again=0:1&stage=scale");
}

#[test]
fn again_is_refused_at_its_bound() {
    let mut page = Page::open("again=0:10000");
    assert_eq!(page.send(Msg::Again), []);
    let said = "again = 10001 is not possible; allowed: step:passes, at most 10000 passes in all.";
    assert_eq!(page.state.notices(), [said]);
}

#[test]
fn steps_there_and_back_show_the_same_bits() {
    let mut page = Page::open("seed=9&momentum=0.9&again=2:1");
    let mut there = Vec::new();
    for step in 0..6 {
        assert_eq!(page.state.settings().step(), step);
        there.push(bits(page.state.trace()));
        page.send(Msg::Step);
    }
    for seen in there.iter().rev() {
        page.send(Msg::StepBack);
        assert_eq!(&bits(page.state.trace()), seen);
    }
    assert_eq!(page.history.len(), 1 + 6 + 6);
    assert_eq!(page.send(Msg::StepBack), []);
    assert_eq!(page.state.status(), "This is the first step.");
}

#[test]
fn a_step_beyond_the_last_is_refused() {
    let mut page = Page::open("step=1000&hidden=1&in=1&batch=1");
    for msg in [Msg::Step, Msg::Playback(PlaybackMsg::Next)] {
        assert_eq!(page.send(msg), []);
        assert_eq!(page.state.settings().step(), 1000);
    }
    let said = "step = 1001 is not possible; allowed: whole numbers from 0 to 1000.";
    assert_eq!(page.state.notices(), [said], "said once");
}

#[test]
fn under_a_moving_p_units_go_out_one_by_one() {
    for style in ["nn", "bernoulli", "rand"] {
        let mut page = Page::open(&format!("dropout={style}&batch=16&step=2"));
        let mut dropped = 0;
        let mut before: Option<Vec<f32>> = None;
        for percent in 1..100 {
            page.edit(Field::P, &format!("0.{percent:02}"));
            let mask = page.state.trace().pass.mask.data().to_vec();
            let out = mask.iter().filter(|kept| **kept == 0.0).count();
            if let Some(before) = before {
                assert!(
                    before.iter().zip(&mask).all(|(before, now)| now <= before),
                    "p = 0.{percent:02}"
                );
            }
            dropped = dropped.max(out);
            before = Some(mask);
        }
        assert!((150..=160).contains(&dropped), "{dropped} of 160");
    }
}

#[test]
fn a_fresh_seed_starts_a_run_at_its_first_step() {
    let mut page = Page::open("step=4&again=1:1&batch=7&stage=mask");
    assert_eq!(
        page.send(Msg::FreshSeed(12)),
        pushed("?v=1&seed=12&batch=7&stage=mask")
    );
    assert_eq!(
        page.state.status(),
        "Seed 12: new weights, new data, new masks."
    );
}

#[test]
fn reset_brings_the_default_run_back() {
    let mut page = Page::open("seed=7&batch=1&hidden=3");
    page.send(Msg::Reset);
    assert_eq!(page.state.settings(), &Link::default().settings);
    assert_eq!(bits(page.state.trace()), bits(&trace_of("")));
}

#[test]
fn finding_a_dead_unit_goes_to_a_seed_that_has_one() {
    let mut page = Page::open("p=0.4&stage=fc1");
    page.send(Msg::FindDeadUnit);
    let seed = page.state.settings().seed();
    assert!(seed > 36 && page.state.look().stage == Stage::LAST);
    assert_eq!(page.address(), format!("?v=1&p=0.4&seed={seed}"));
    assert!(page.state.status().contains(&format!("Seed {seed} ")));
    let mut page = Page::open("p=0");
    assert_eq!(page.send(Msg::FindDeadUnit), []);
    assert_eq!(page.state.settings().seed(), 36);
    assert!(page.state.status().starts_with("None of the next "));
}

#[test]
fn the_look_changes_without_computing_anything() {
    let mut page = Page::open("");
    let trace = page.state.trace().clone();
    let look = |field, text: &str| Msg::Look(field, text.to_owned());
    assert_eq!(
        page.send(look(LookField::Theme, "dark")),
        replaced("?v=1&theme=dark")
    );
    assert_eq!(page.state.look().theme, Theme::Dark);
    assert_eq!(
        page.send(look(LookField::Sample, "4")),
        replaced("?v=1&sample=4&theme=dark")
    );
    assert_eq!(page.state.sample(), 3);
    assert!(Rc::ptr_eq(&trace, page.state.trace()));
    assert_eq!(page.send(look(LookField::Sample, "5")), []);
    assert_eq!(page.state.sample(), 3);
    assert_eq!(page.state.notices().len(), 1);
}

#[test]
fn a_smaller_batch_keeps_the_sample_and_the_focus_inside() {
    let mut page = Page::open("batch=9&sample=9");
    let far = Target::Mask { sample: 8, unit: 9 };
    page.send(Msg::Focus(Some(far)));
    assert_eq!(page.state.focus(), Some(far));
    page.edit(Field::Batch, "3");
    assert_eq!((page.state.sample(), page.state.focus()), (2, None));
    page.send(Msg::Focus(Some(Target::Bias { unit: 2 })));
    page.edit(Field::P, "0.1");
    assert_eq!(page.state.focus(), Some(Target::Bias { unit: 2 }));
}
