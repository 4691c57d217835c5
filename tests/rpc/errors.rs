//! What is no request.

use super::common::Dice;
use super::{INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR, ask, code, refusal, send};
use dropout_lab::app::State;
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn what_is_not_json_is_a_parse_error_without_id() {
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let deep_params = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"set","params":{deep}}}"#);
    for text in [
        "",
        " ",
        "{",
        "nonsense",
        r#"{"jsonrpc":"2.0","method""#,
        "\u{feff}{}",
        &deep,
        &deep_params,
    ] {
        assert_eq!(code(text), (Value::Null, PARSE_ERROR), "{text:.60}");
    }
    let million = "[".repeat(1_000_000);
    assert_eq!(code(&million), (Value::Null, INVALID_REQUEST));
}

#[test]
fn a_request_of_the_wrong_form_is_an_invalid_request() {
    for text in [
        "1",
        "null",
        "\"get\"",
        "{}",
        "[]",
        r#"{"foo": "boo"}"#,
        r#"{"jsonrpc":"2.0","method":1,"params":"bar"}"#,
        r#"{"jsonrpc":"2.0","method":"get","params":"bar"}"#,
        r#"{"jsonrpc":"1.0","method":"get"}"#,
        r#"{"jsonrpc":2.0,"method":"get"}"#,
        r#"{"method":"get"}"#,
        r#"{"jsonrpc":"2.0","id":{},"method":"get"}"#,
        r#"{"jsonrpc":"2.0","id":true,"method":"get"}"#,
    ] {
        assert_eq!(code(text), (Value::Null, INVALID_REQUEST), "{text}");
    }
    assert_eq!(
        code(r#"{"jsonrpc":"2.0","id":"a","method":7}"#),
        (json!("a"), INVALID_REQUEST)
    );
}

#[test]
fn an_unknown_method_is_said_with_those_there_are() {
    for trusted in [true, false] {
        let (id, code, message) = refusal(
            &mut State::open(""),
            trusted,
            r#"{"jsonrpc":"2.0","id":5,"method":"snap"}"#,
        );
        assert_eq!((id, code), (json!(5), METHOD_NOT_FOUND));
        assert!(
            message.contains("snap") && message.contains("stepBack"),
            "{message}"
        );
    }
}

#[test]
fn an_id_comes_back_as_it_was_sent() {
    for id in [
        "0",
        "-3",
        "1.5",
        "\"\"",
        "\"é\"",
        "9007199254740993",
        "null",
    ] {
        let answer = ask(
            &mut State::open(""),
            true,
            &format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"pause"}}"#),
        );
        assert_eq!(answer["id"], serde_json::from_str::<Value>(id).unwrap());
    }
}

#[test]
fn a_notification_is_done_and_never_answered() {
    let mut state = State::open("");
    for (text, link) in [
        (
            r#"{"jsonrpc":"2.0","method":"set","params":{"seed":8}}"#,
            "?v=1&seed=8",
        ),
        (r#"{"jsonrpc":"2.0","method":"step"}"#, "?v=1&seed=8&step=1"),
        (r#"{"jsonrpc":"2.0","method":"get"}"#, "?v=1&seed=8&step=1"),
        (
            r#"{"jsonrpc":"2.0","method":"nobody"}"#,
            "?v=1&seed=8&step=1",
        ),
        (
            r#"{"jsonrpc":"2.0","method":"set","params":{"p":9}}"#,
            "?v=1&seed=8&step=1",
        ),
        (r#"{"jsonrpc":"2.0","method":"set"}"#, "?v=1&seed=8&step=1"),
    ] {
        assert_eq!(send(&mut state, true, text), None, "{text}");
        assert_eq!(state.link().query(), link, "{text}");
    }
}

#[test]
fn an_answer_is_not_answered_so_two_pages_cannot_talk_for_ever() {
    let mut state = State::open("");
    let mut answer = send(&mut state, true, "{").unwrap();
    for _ in 0..3 {
        match send(&mut state, true, &answer) {
            None => return,
            Some(next) => answer = next,
        }
    }
    panic!("{answer}");
}

#[test]
fn a_batch_is_done_in_order_and_answered_in_one_message() {
    let mut state = State::open("");
    let batch = json!([
        {"jsonrpc": "2.0", "id": 1, "method": "set", "params": {"seed": 8}},
        {"jsonrpc": "2.0", "method": "step"},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "id": "2", "method": "nobody"},
        {"jsonrpc": "2.0", "id": 3, "method": "step"},
    ]);
    let answers = ask(&mut state, true, &batch.to_string());
    let answers = answers.as_array().unwrap();
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&json!(1), &Value::Null, &json!("2"), &json!(3)]);
    assert_eq!(answers[1]["error"]["code"], json!(INVALID_REQUEST));
    assert_eq!(answers[2]["error"]["code"], json!(METHOD_NOT_FOUND));
    assert_eq!(answers[3]["result"]["step"], json!(2));
    assert_eq!(
        send(&mut state, true, r#"[{"jsonrpc":"2.0","method":"step"}]"#),
        None
    );
    assert_eq!(state.settings().step(), 3);
    let invalid = ask(&mut state, true, "[1,2]");
    assert_eq!(invalid.as_array().unwrap().len(), 2);
    let many = format!(
        "[{}]",
        vec![r#"{"jsonrpc":"2.0","id":1,"method":"get"}"#; 1000].join(",")
    );
    assert_eq!(code(&many), (Value::Null, INVALID_REQUEST));
}

#[test]
fn any_text_is_survived() {
    let scraps = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"jsonrpc\"",
        "\"2.0\"",
        "\"id\"",
        "1",
        "\"method\"",
        "\"set\"",
        "\"step\"",
        "\"params\"",
        "\"p\"",
        "0.5",
        "null",
        "\"",
        "\\u0000",
        "\\ud800",
        "1e999",
        "true",
        "{\"jsonrpc\":\"2.0\",\"id\":1",
    ];
    let mut dice = Dice::new(13);
    let mut state = State::open("");
    for _ in 0..5_000 {
        let text: String = (0..dice.below(16)).map(|_| dice.one_of(&scraps)).collect();
        let trusted = dice.happens(0.5);
        if let Some(answer) = send(&mut state, trusted, &text) {
            let _json: Value = serde_json::from_str(&answer).unwrap();
        }
    }
}
