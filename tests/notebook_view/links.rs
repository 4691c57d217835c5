//! Settings and their links.

use super::{Reader, cells, notices, open, set};
use dropout_lab::model::exhibits::Fields;
use dropout_lab::notebook::cells::Which;
use dropout_lab::notebook::reader::Settings;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn every_setting_survives_its_link() {
    let mut page = open("");
    assert_eq!(page.query(), "?v=1&view=notebook");
    for (name, text) in [
        ("notebook", "003"),
        ("cell", "branches"),
        ("p", "0.25"),
        ("variational", "off"),
        ("steps", "7"),
        ("bernoulli", "mcg31"),
        ("seed", "18446744073709551615"),
    ] {
        assert!(!set(&mut page, name, text).is_empty(), "{name}");
        let again = open(&page.query());
        assert_eq!(again.settings(), page.settings(), "{name}");
        assert_eq!(again.trace(), page.trace(), "{name}");
    }
    let names = Settings::TABLE.iter().map(|entry| entry.name);
    assert!(
        names
            .clone()
            .all(|name| page.query().contains(&format!("&{name}=")))
    );
}

#[test]
fn a_link_means_the_same_in_any_order() {
    let page = open("?cell=branches&p=0.3&seed=7&notebook=003&view=notebook&v=1");
    assert_eq!(
        page.query(),
        "?v=1&view=notebook&notebook=003&cell=branches&p=0.3&seed=7"
    );
}

#[test]
fn bad_values_fall_back_and_are_named() {
    for (query, value) in [
        ("notebook=005", "notebook = 005"),
        ("notebook=0", "notebook = 0"),
        ("cell=no", "cell = no"),
        ("notebook=000&cell=derivation", "cell = derivation"),
        ("p=1.5", "p = 1.5"),
        ("p=NaN", "p = NaN"),
        ("steps=0", "steps = 0"),
        ("steps=101", "steps = 101"),
        ("variational=yes", "variational = yes"),
        ("bernoulli=xoshiro", "bernoulli = xoshiro"),
        ("seed=-1", "seed = -1"),
        ("colour=red", "colour"),
    ] {
        let page = Reader::open(&format!("?v=1&view=notebook&{query}"));
        let [notice] = page.notices() else {
            panic!("{query}: {:?}", page.notices());
        };
        assert!(notice.contains(value), "{notice}");
        assert_eq!(*page.settings(), Settings::default());
    }
}

#[test]
fn a_notebook_has_its_own_p_until_the_reader_says_another() {
    for which in Which::ALL {
        let mut page = open("");
        set(&mut page, "notebook", which.number());
        assert_eq!(page.settings().p().p(), which.usual_p());
        set(&mut page, "p", "0.8");
        for other in Which::ALL {
            set(&mut page, "notebook", other.number());
            assert_eq!(page.settings().p().p(), 0.8);
        }
    }
}

#[test]
fn another_notebook_forgets_the_cell_and_the_same_one_keeps_it() {
    let mut page = open("?view=notebook&notebook=002&cell=train");
    assert_eq!(set(&mut page, "notebook", "002"), []);
    assert_eq!(page.settings().cell(), Some("train"));
    set(&mut page, "notebook", "001");
    assert_eq!(page.query(), "?v=1&view=notebook&notebook=001");
    assert!(set(&mut page, "cell", "derivation").is_empty());
    assert!(page.refused("cell").is_some());
}

#[test]
fn every_cell_of_every_notebook_is_reached_by_its_link() {
    let mut reached = 0;
    for which in Which::ALL {
        let page = open(&open("").link_with("notebook", which.number()));
        let ids: Vec<&str> = cells(&page).iter().map(|code| code.id).collect();
        for (place, id) in ids.into_iter().enumerate() {
            let there = open(&page.link_with("cell", id));
            assert_eq!(there.settings().which(), which);
            assert_eq!(there.settings().cell(), Some(id));
            assert_eq!(there.trace().notebook, page.trace().notebook);
            assert_eq!(there.trace().number(id), Some(place + 1));
            reached += 1;
        }
    }
    assert!(reached > 50, "{reached}");
}

#[test]
fn every_link_of_a_cell_or_a_note_is_read_without_a_word() {
    for which in Which::ALL {
        let page = open(&format!(
            "?view=notebook&notebook={}&seed=7",
            which.number()
        ));
        for code in cells(&page) {
            let slips = code.slips.iter().map(|slip| slip.link);
            for link in slips.chain(code.link.as_deref()) {
                assert_eq!(notices(link), [""; 0], "{} {link}", code.id);
            }
        }
    }
}
