//! Pictures for the page around.

use super::invariants::{STUDIO, asker, host};
use super::{INVALID_PARAMS, NOT_HERE, VIEWS, ask, call, refusal};
use dropout_lab::app::embed::{Studio, methods, rpc};
use dropout_lab::app::exhibit::{Msg as ExhibitMsg, Ongoing, Page};
use dropout_lab::app::export::Size;
use dropout_lab::app::files::{Content, Kind, Trained, make};
use dropout_lab::app::training::{Msg as TrainingMsg, Pace, State as Training};
use dropout_lab::app::{Effect, Look, State, View, files};
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks, training,
};
use dropout_lab::notebook::reader;
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The SVG that the reader keeps of the view.
fn exported(query: &str) -> Option<String> {
    fn kept(of: &dyn files::Kept) -> Option<String> {
        let around = (STUDIO.around)(&Look::of(&of.query()));
        match make(Kind::Svg, of, &around) {
            Some(Content::Text(svg)) => Some(svg),
            _ => None,
        }
    }
    match View::of(query) {
        View::Network => kept(&State::open(query)),
        View::Tensor => kept(&Page::<TensorSettings>::open(query)),
        View::Coin => kept(&Page::<coin::Settings>::open(query)),
        View::Expectation => kept(&Page::<expectation::Settings>::open(query)),
        View::Gradients => kept(&Page::<gradients::Settings>::open(query)),
        View::Subnetworks => kept(&Page::<subnetworks::Settings>::open(query)),
        View::Training => {
            let page = Page::<training::Settings>::open(query);
            let state = Training::new(page.settings().clone());
            kept(&Trained {
                state: &state,
                link: &page.query(),
            })
        }
        View::Variants => kept(&Page::<VariantsSettings>::open(query)),
        View::Notebook => kept(&Page::<reader::Settings>::open(query)),
        View::Lessons | View::Teachers => None,
    }
}

#[test]
fn a_snapshot_is_the_figure_that_is_kept_in_every_view_that_has_one() {
    let mut pictures = 0;
    for (query, ..) in VIEWS {
        let mut host = host(query);
        let svg = exported(query);
        assert_eq!(methods(&*host).contains(&"snapshot"), svg.is_some());
        // A page that may change nothing may ask.
        let (answer, others) = ask(&mut *host, false, "snapshot", &json!({ "format": "svg" }));
        assert_eq!(others, []);
        let Some(svg) = svg else {
            let (code, message) = refusal(&mut *host, true, "snapshot", &json!({}));
            assert_eq!(code, NOT_HERE, "{query}");
            assert!(message.contains("has no snapshot; it has get"), "{message}");
            continue;
        };
        pictures += 1;
        assert!(svg.contains("</svg>"), "{query}");
        let expected = json!({ "format": "svg", "type": "image/svg+xml", "data": svg });
        assert_eq!(answer["result"], expected, "{query}");
        assert_eq!(call(&mut *host, "snapshot", &json!({})), expected);

        let around = (STUDIO.around)(&Look::default());
        let figure = host.picture("").unwrap();
        let sheet = figure.sheet(Size::Room(around.room), &around.palette);
        let (width, height) = sheet.unwrap().size();
        drop(figure);
        let png = call(
            &mut *host,
            "snapshot",
            &json!({ "format": "png", "scale": 2 }),
        );
        let data = format!("{width} x {height} x 2");
        assert_eq!(
            png,
            json!({ "format": "png", "type": "image/png", "data": data })
        );
    }
    assert_eq!(pictures, 7);
}

#[test]
fn a_snapshot_of_training_is_of_how_far_it_has_come() {
    let mut page = Page::<training::Settings>::open("?v=1&view=training");
    let before = call(&mut page, "snapshot", &json!({}));
    let mut state = Training::new(page.settings().clone());
    state.update(TrainingMsg::Go(Pace::Full));
    state.update(TrainingMsg::Advance(60));
    state.update(TrainingMsg::Go(Pace::Rest));
    page.update(ExhibitMsg::Ongoing(Ongoing {
        playing: true,
        numbers: std::rc::Rc::clone(state.live()),
    }));
    let after = call(&mut page, "snapshot", &json!({}));
    assert!(before != after, "the figure has not changed");
    let link = page.query();
    let around = (STUDIO.around)(&Look::default());
    let figure = state.figure(&around.address, &link);
    let svg = figure.svg(Size::Room(around.room), &around.palette);
    assert_eq!(after["data"], json!(svg.unwrap()));
}

#[test]
fn what_is_no_snapshot_is_refused_by_value_and_range() {
    let mut state = State::open("");
    for (params, value, allowed) in [
        (json!({ "format": "gif" }), "gif", "svg, png"),
        (json!({ "format": 3 }), "3", "svg, png"),
        (
            json!({ "format": "png", "scale": 0.5 }),
            "0.5",
            "numbers from 1 to 4",
        ),
        (
            json!({ "format": "png", "scale": 4.1 }),
            "4.1",
            "numbers from 1 to 4",
        ),
        (json!({ "scale": "two" }), "two", "numbers from 1 to 4"),
        (json!({ "size": 2 }), "size", "format, scale"),
        (json!([2]), "params", "format and scale"),
    ] {
        let (code, message) = refusal(&mut state, true, "snapshot", &params);
        assert_eq!(code, INVALID_PARAMS, "{params}");
        assert!(
            message.contains(value) && message.contains(allowed),
            "{message}"
        );
    }
}

#[test]
fn a_picture_that_the_browser_can_t_paint_is_an_error() {
    let asker = rpc::Asker {
        studio: Studio {
            png: |_, _| None,
            ..STUDIO
        },
        ..asker(true)
    };
    let request =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "snapshot", "params": { "format": "png" } });
    let effects = rpc::receive(&mut State::open(""), asker, &request.to_string());
    let [Effect::Answer(answer)] = &effects[..] else {
        panic!("one answer: {effects:?}");
    };
    let answer: Value = serde_json::from_str(answer).unwrap();
    assert_eq!(answer["error"]["code"], -32603);
}
