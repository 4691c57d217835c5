//! What can be kept of a view: numbers to the last bit, sessions that open again. `tests/opened.rs` has other programs
//! open them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::Dice;
use dropout_lab::app::exhibit::Page;
use dropout_lab::app::files::array::{Array, arrays};
use dropout_lab::app::files::npz::npy;
use dropout_lab::app::files::session::{LONGEST, Session};
use dropout_lab::app::files::{Around, Content, Kept, Kind, kinds, make, stem};
use dropout_lab::app::{Progress, State, View};
use dropout_lab::draw::Palette;
use dropout_lab::draw::layout::Room;
use dropout_lab::lessons::{Place, Verdict};
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks,
};
use dropout_lab::notebook::reader;
use serde_json::json;

fn around() -> Around {
    Around {
        address: "https://example.org/".to_owned(),
        palette: Palette::BRIGHT,
        room: Room::screen(930.0, 640.0),
        progress: Progress::default(),
    }
}

fn text(kind: Kind, of: &dyn Kept) -> String {
    match make(kind, of, &around()) {
        Some(Content::Text(text)) => text,
        _ => panic!("{kind:?} is no text"),
    }
}

fn array(name: &str, shape: &[usize], values: &[f64]) -> Array {
    Array {
        name: name.to_owned(),
        shape: shape.to_vec(),
        values: values.to_vec(),
    }
}

#[test]
fn lists_of_one_shape_are_arrays_and_objects_name_them() {
    let value = json!({
        "loss": 0.5,
        "grad": { "fc1": { "weight": [[1.0, 2.0], [3.0, 4.0]], "bias": [0.0, -0.0] } },
        "lanes": [{ "kept": 1, "verdict": "updated" }, { "kept": 3, "verdict": "hatched" }],
        "running": [null, 1.0, "Infinity", "NaN"],
        "ragged": [[1.0], [2.0, 3.0]],
        "scaled": null,
        "empty": [],
    });
    let all = arrays(&value);
    let find = |name: &str| all.iter().find(|array| array.name == name);
    let of = |name: &str| find(name).map(|array| (array.shape.as_slice(), array.values.as_slice()));
    assert_eq!(of("loss"), Some((&[][..], &[0.5][..])));
    assert_eq!(
        of("grad.fc1.weight"),
        Some((&[2, 2][..], &[1.0, 2.0, 3.0, 4.0][..]))
    );
    assert!(of("grad.fc1.bias").unwrap().1[1].is_sign_negative());
    assert_eq!(of("lanes.kept"), Some((&[2][..], &[1.0, 3.0][..])));
    let running = of("running").unwrap().1;
    assert!(running[0].is_nan() && running[3].is_nan() && running[2] == f64::INFINITY);
    assert_eq!(of("ragged.1"), Some((&[2][..], &[2.0, 3.0][..])));
    assert_eq!(of("empty"), Some((&[0][..], &[][..])));
    assert!(of("scaled").is_none() && of("lanes.verdict").is_none());
}

/// Shape, type and bytes of an `.npy`, read by the format's description.
fn read_npy(bytes: &[u8]) -> (String, bool, String, Vec<u8>) {
    assert_eq!(&bytes[..8], b"\x93NUMPY\x01\x00");
    let length = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    assert_eq!((10 + length) % 64, 0, "the data are not aligned");
    let header = std::str::from_utf8(&bytes[10..10 + length]).unwrap();
    assert!(header.ends_with('\n'));
    let field = |name: &str, end: &str| {
        let (_, rest) = header.split_once(&format!("'{name}': ")).unwrap();
        rest.split_once(end).unwrap().0.to_owned()
    };
    let fortran = field("fortran_order", ",") == "True";
    let data = bytes[10 + length..].to_vec();
    (
        field("descr", ", '").replace('\'', ""),
        fortran,
        field("shape", ", }"),
        data,
    )
}

#[test]
fn an_npy_is_float32_where_nothing_is_lost_and_has_the_formats_header() {
    let cases = [
        (array("a", &[], &[0.5]), "<f4", "()"),
        (array("b", &[3], &[1.0, -0.0, f64::NAN]), "<f4", "(3,)"),
        (
            array("c", &[2, 2], &[1.0, 2.0, f64::INFINITY, 4.0]),
            "<f4",
            "(2, 2)",
        ),
        (array("d", &[1, 2], &[0.1, 2.0]), "<f8", "(1, 2)"),
        (array("e", &[0], &[]), "<f4", "(0,)"),
    ];
    for (array, descr, shape) in cases {
        let (kind, fortran, size, data) = read_npy(&npy(&array));
        assert_eq!(
            (kind.as_str(), fortran, size.as_str()),
            (descr, false, shape)
        );
        let values: Vec<f64> = if descr == "<f4" {
            let words = data.chunks_exact(4);
            words
                .map(|word| f64::from(f32::from_le_bytes(word.try_into().unwrap())))
                .collect()
        } else {
            let words = data.chunks_exact(8);
            words
                .map(|word| f64::from_le_bytes(word.try_into().unwrap()))
                .collect()
        };
        let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
        assert_eq!(values.len(), array.values.len());
        assert!(values.iter().zip(&array.values).all(same), "{array:?}");
    }
}

#[test]
fn the_numbers_of_a_step_are_the_traces() {
    let state = State::open("?v=1&seed=36&step=3");
    let all = arrays(&Kept::numbers(&state));
    let trace = state.trace();
    for (name, tensor) in [
        ("mask", &trace.pass.mask),
        ("input", &trace.input),
        ("grad.fc1.weight", &trace.pass.grad.fc1.weight),
        ("after.fc2.bias", &trace.after.fc2.bias),
    ] {
        let array = all.iter().find(|array| array.name == name).unwrap();
        assert_eq!(array.shape, tensor.shape(), "{name}");
        let bits: Vec<u64> = tensor
            .data()
            .iter()
            .map(|x| f64::from(*x).to_bits())
            .collect();
        let ours: Vec<u64> = array.values.iter().map(|x| x.to_bits()).collect();
        assert_eq!(ours, bits, "{name}");
        assert!(array.is_single());
    }
}

#[test]
fn a_files_name_says_what_is_in_it() {
    for (query, name) in [
        ("?v=1&step=3", "dropout-network-p0.5-seed36-step3"),
        ("?v=1&mode=eval&p=0.25", "dropout-network-p0.25-eval-seed36"),
    ] {
        assert_eq!(stem(&State::open(query)), name);
    }
    let page = Page::<TensorSettings>::open("?view=tensor&preset=arange");
    assert_eq!(stem(&page), "dropout-tensor-arange-p0.5-seed36");
}

#[test]
fn every_kind_that_a_view_offers_can_be_made() {
    let state = State::open("");
    assert_eq!(kinds(&state).len(), 16);
    let page = Page::<TensorSettings>::open("?view=tensor");
    let coin = Page::<coin::Settings>::open("?view=coin");
    let expectation = Page::<expectation::Settings>::open("?view=expectation");
    let gradients = Page::<gradients::Settings>::open("?view=gradients");
    let subnetworks = Page::<subnetworks::Settings>::open("?view=subnetworks");
    let variants = Page::<VariantsSettings>::open("?view=variants");
    let document = Page::<reader::Settings>::open("?view=notebook");
    let all: [&dyn Kept; 8] = [
        &state,
        &page,
        &coin,
        &expectation,
        &gradients,
        &subnetworks,
        &variants,
        &document,
    ];
    for of in all {
        for kind in kinds(of) {
            assert!(
                make(kind, of, &around()).is_some(),
                "{:?} {kind:?}",
                of.view()
            );
        }
    }
    assert!(!kinds(&document).contains(&Kind::Svg), "it has no picture");
    assert!(text(Kind::Svg, &page).contains("</svg>"));
    let Some(Content::Picture(sheet, scale)) = make(Kind::Slide, &state, &around()) else {
        panic!("a slide is no picture");
    };
    assert_eq!((sheet.size(), scale), ((1920.0, 1080.0), 1.0));
}

#[test]
fn a_tensor_can_be_kept_alone_and_its_file_is_named_after_it() {
    let state = State::open("?v=1&seed=36&step=3");
    let offered = kinds(&state);
    let names: Vec<_> = offered
        .iter()
        .filter(|kind| matches!(kind, Kind::Npy(_)))
        .map(|kind| kind.ending())
        .collect();
    assert_eq!(
        names,
        [
            "-input.npy",
            "-mask.npy",
            "-output.npy",
            "-grad.fc1.weight.npy"
        ]
    );
    let Some(Content::Bytes(bytes)) = make(Kind::Npy("mask"), &state, &around()) else {
        panic!("a tensor is bytes");
    };
    let (descr, _, shape, data) = read_npy(&bytes);
    assert_eq!((descr.as_str(), shape.as_str()), ("<f4", "(4, 10)"));
    let mask = state.trace().pass.mask.data();
    let ours: Vec<u8> = mask.iter().flat_map(|x| x.to_le_bytes()).collect();
    assert_eq!(data, ours);
    assert!(make(Kind::Npy("no such"), &state, &around()).is_none());
}

#[test]
fn kinds_of_one_group_are_offered_together() {
    let offered = kinds(&State::open(""));
    let groups = offered.chunk_by(|a, b| a.group() == b.group());
    let groups: Vec<_> = groups.map(|kinds| kinds[0].group()).collect();
    assert_eq!(
        groups,
        ["Figure", "Paper", "Numbers", "PyTorch script", "Session"]
    );
}

fn progress() -> Progress {
    let mut progress = Progress::default();
    progress.note(Place::new(0, 1).unwrap(), Verdict::Right);
    progress.note(Place::new(2, 3).unwrap(), Verdict::Off);
    progress
}

#[test]
fn a_session_comes_back_as_it_was_from_every_view() {
    for view in View::ALL {
        for more in ["", "&theme=dark&lesson=2.1"] {
            let session = Session {
                link: format!("{}{more}", view.link()),
                progress: progress(),
            };
            assert_eq!(Session::read(&session.write()), Ok(session));
        }
    }
    let mut dice = Dice::new(5);
    for _ in 0..200 {
        let session = Session {
            link: dice.query(),
            progress: Progress::default(),
        };
        assert_eq!(Session::read(&session.write()), Ok(session));
    }
}

#[test]
fn a_session_that_is_not_right_says_why() {
    let good = Session {
        link: "?v=1&p=0.3".to_owned(),
        progress: progress(),
    };
    let good = good.write();
    let change = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        Session::read(&good.replace(from, to)).unwrap_err()
    };
    for (error, said) in [
        (
            change("\"version\": 1", "\"version\": 2"),
            "This session is of version 2; this page reads version 1.",
        ),
        (
            change("\"version\": 1", "\"version\": \"1\""),
            "This session is of version \"1\"; this page reads version 1.",
        ),
        (
            change("\"version\"", "\"vrsn\""),
            "This session does not say its version.",
        ),
        (
            change("\"session\"", "\"figure\""),
            "This file is not a session of Dropout Lab.",
        ),
        (
            change("?v=1", "v=1"),
            "The session's link does not begin with ?.",
        ),
        (change("\"link\"", "\"lnk\""), "This session has no link."),
        (
            change("0.1+", "77.1+"),
            "The session's progress has a step that this page does not know.",
        ),
        (Session::read("{").unwrap_err(), "This file is not JSON."),
        (
            Session::read("[]").unwrap_err(),
            "This file is not a session of Dropout Lab.",
        ),
    ] {
        assert_eq!(error, said);
    }
    let p = change("p=0.3", "p=3");
    assert!(p.contains("p = 3 is not possible; allowed: "), "{p}");
    let name = change("p=0.3", "q=3");
    assert!(name.contains('q'), "{name}");
    let long = format!("{good}{}", " ".repeat(LONGEST));
    assert!(
        Session::read(&long)
            .unwrap_err()
            .starts_with("A session has at most 262144 bytes")
    );
    let names = "&p=0.3".repeat(200);
    assert!(change("&p=0.3", &names).ends_with("at most 100 are read."));
}

#[test]
fn whatever_is_done_to_a_session_it_is_read_whole_or_refused() {
    let mut dice = Dice::new(9);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..3000 {
        let session = Session {
            link: dice.query(),
            progress: progress(),
        };
        let mut bytes = session.write().into_bytes();
        for _ in 0..=dice.below(3) {
            let at = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes.truncate(at),
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, b"\"{}[]:,0123456789?&=xv\\"[dice.below(23)]),
                _ => bytes[at] = u8::try_from(dice.below(128)).unwrap(),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let text = String::from_utf8(bytes).unwrap();
        match Session::read(&text) {
            Ok(session) => {
                read += 1;
                assert_eq!(Session::read(&session.write()), Ok(session));
            }
            Err(error) => {
                refused += 1;
                assert!(error.ends_with('.') && error.len() < 400, "{error}");
            }
        }
    }
    assert!(
        read > 20 && refused > 1000,
        "{read} read, {refused} refused"
    );
}
