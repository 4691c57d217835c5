//! Whose messages are taken, and how many.

use dropout_lab::app::View;
use dropout_lab::app::embed::{Inbox, Letter, Origin, rpc, written};
use dropout_lab::app::exhibit::Page;
use dropout_lab::model::exhibits::coin;
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn an_origin_is_read_as_browsers_write_it() {
    for (text, read) in [
        ("https://school.example", "https://school.example"),
        ("https://School.Example/", "https://school.example"),
        ("https://school.example:443", "https://school.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("null", "null"),
    ] {
        assert_eq!(Origin::parse(text).unwrap().to_string(), read);
    }
    for wrong in [
        "",
        "*",
        "school.example",
        "https://",
        "https://school.example/deck",
        "ftp://school.example",
        "https://school.example:99999",
        "https://a b",
        "javascript://x",
    ] {
        assert_eq!(Origin::parse(wrong), None, "{wrong}");
        let page = Page::<coin::Settings>::open(&format!("?view=coin&origin={wrong}"));
        let expected = usize::from(!wrong.is_empty());
        assert_eq!(
            page.notices().len(),
            expected,
            "{wrong}: {:?}",
            page.notices()
        );
    }
    let named = Origin::parse("https://school.example").unwrap();
    assert!(named.sent("https://school.example"));
    assert!(!named.sent("https://school.example.evil.example") && !named.sent("null"));
    assert_eq!(Origin::parse("null").unwrap().address(), "*");
}

#[test]
fn the_origin_of_a_link_goes_from_view_to_view() {
    for view in View::ALL {
        let link = view.link_from("?v=1&origin=https://school.example");
        let settings = written(view, &link).settings();
        assert_eq!(
            settings["origin"],
            json!("https://school.example"),
            "{link}"
        );
        assert_eq!(
            written(view, &written(view, &link).query()).settings(),
            settings
        );
    }
}

#[test]
fn an_inbox_holds_a_few_messages_and_counts_the_rest() {
    let letter = |size: usize| Letter {
        trusted: true,
        origin: String::new(),
        text: "x".repeat(size),
    };
    let mut inbox = Inbox::default();
    for _ in 0..20_000 {
        inbox.put(letter(10));
    }
    let complaint = inbox.complaint().unwrap();
    let turned_away = 20_000 - Inbox::MOST;
    assert!(complaint.starts_with(&format!("{turned_away} messages were not read")));
    assert_eq!(inbox.complaint(), None, "one complaint for all of them");
    let mut taken = 0;
    while inbox.take().is_some() {
        taken += 1;
    }
    assert_eq!((taken, inbox.is_empty()), (Inbox::MOST, true));
    // Few, but large.
    for _ in 0..20 {
        inbox.put(letter(60_000));
    }
    let mut bytes = 0;
    while let Some(letter) = inbox.take() {
        bytes += letter.text.len();
    }
    assert!(bytes <= 512 * 1024);
    let overflow: Value = serde_json::from_str(&rpc::overflow(inbox.complaint().unwrap())).unwrap();
    assert_eq!(
        (&overflow["id"], &overflow["error"]["code"]),
        (&Value::Null, &json!(-32003))
    );
}
