//! Controls that the reader has, and those the page around keeps.

use super::invariants::host;
use super::{VIEWS, call};
use dropout_lab::app::embed::Controls;
use dropout_lab::app::exhibit::{Msg as ExhibitMsg, Page};
use dropout_lab::app::look::LookField;
use dropout_lab::app::msg::PlaybackMsg;
use dropout_lab::app::view::may_follow;
use dropout_lab::app::{Msg, Speed, State, update};
use dropout_lab::model::Field;
use dropout_lab::model::exhibits::{TensorSettings, subnetworks};
use serde_json::json;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_locked_control_moves_by_the_page_around_alone() {
    let query = "?v=1&view=tensor&embed=1&controls=mode";
    let mut page = Page::<TensorSettings>::open(query);
    let before = page.sheet().clone();
    for msg in [
        ExhibitMsg::Set("p", "0.9".to_owned()),
        ExhibitMsg::Again,
        ExhibitMsg::FreshSeed(5),
        ExhibitMsg::Reset,
        ExhibitMsg::Paste("1 2".to_owned()),
        ExhibitMsg::Look(LookField::Theme, "dark".to_owned()),
        ExhibitMsg::SetAll(vec![("mode", "eval".to_owned()), ("p", "0.1".to_owned())]),
    ] {
        assert_eq!(page.update(msg), []);
        assert_eq!(*page.sheet(), before);
    }
    page.update(ExhibitMsg::Set("mode", "eval".to_owned()));
    assert_ne!(*page.sheet(), before);
    for (method, params) in [
        ("set", json!({ "p": 0.9 })),
        ("again", json!({})),
        ("reset", json!({})),
    ] {
        let before = page.sheet().clone();
        call(&mut page, method, &params);
        assert_ne!(*page.sheet(), before, "{method}");
    }
    let mut state = State::open("?v=1&embed=1&controls=none");
    let before = state.link().clone();
    for msg in [
        Msg::Edit(Field::P, "0.9".to_owned()),
        Msg::Look(LookField::Sample, "3".to_owned()),
        Msg::Again,
        Msg::Step,
        Msg::StepBack,
        Msg::Reset,
        Msg::FindDeadUnit,
        Msg::FreshSeed(5),
        Msg::Playback(PlaybackMsg::Toggle),
        Msg::Playback(PlaybackMsg::Next),
        Msg::Playback(PlaybackMsg::Speed(Speed::Fast)),
    ] {
        assert_eq!(update(&mut state, msg.clone()), [], "{msg:?}");
        assert_eq!(
            (state.link(), state.playback().playing),
            (&before, false),
            "{msg:?}"
        );
    }
    call(&mut state, "set", &json!({ "p": 0.9 }));
    assert_ne!(*state.link(), before);
    // A number that is clicked would choose its mask.
    let mut page = Page::<subnetworks::Settings>::open("?v=1&view=subnetworks&embed=1&controls=p");
    assert_eq!(
        page.update(ExhibitMsg::Choose(subnetworks::Target::Mask(3))),
        []
    );
    let mut page =
        Page::<subnetworks::Settings>::open("?v=1&view=subnetworks&embed=1&controls=mask");
    assert_ne!(
        page.update(ExhibitMsg::Choose(subnetworks::Target::Mask(3))),
        []
    );
    // Outside of a frame nothing is locked.
    let mut page = Page::<TensorSettings>::open("?v=1&view=tensor&controls=none");
    assert_ne!(page.update(ExhibitMsg::Again), []);
}

#[test]
fn controls_that_there_are_not_are_said() {
    for (query, ..) in VIEWS {
        let named = format!("{query}&controls=p,again,theme,volume,stage");
        let notices = host(&named).notices().to_vec();
        assert_eq!(notices.len(), 1, "{query}: {notices:?}");
        assert!(notices[0].contains("volume"), "{notices:?}");
    }
    for (text, expected) in [("", ""), ("none", "none"), ("p,mode,again", "p,mode,again")] {
        assert_eq!(Controls::parse(text).unwrap().to_string(), expected);
    }
    for bad in ["p mode", "p,,q", "1", &"p,".repeat(100)] {
        assert_eq!(Controls::parse(bad), None, "{bad}");
    }
}

#[test]
fn a_link_is_followed_if_every_name_that_it_changes_may_be() {
    let here = "?v=1&view=notebook&cell=mask&embed=1";
    assert!(may_follow("?v=1&view=coin", here));
    assert!(!may_follow(
        "?v=1&view=coin",
        &format!("{here}&controls=cell")
    ));
    assert!(may_follow(
        "?v=1&view=notebook&cell=dropout",
        &format!("{here}&controls=cell")
    ));
    assert!(!may_follow(
        "?v=1&view=notebook&cell=dropout",
        &format!("{here}&controls=none")
    ));
}
