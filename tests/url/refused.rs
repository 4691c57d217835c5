//! What is refused, and how it is said.

use super::{problem, read};
use dropout_lab::app::Link;
use dropout_lab::app::look::LookField;
use dropout_lab::model::Field;
use std::fmt::Write;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn an_unknown_name_is_said_and_the_rest_is_read() {
    for name in ["q", "P", "Seed", "dropout_p", "läufe", "<script>", "p "] {
        let encoded: String = form_urlencoded(name);
        let (link, problems) = Link::parse(&format!("{encoded}=1&batch=7"));
        assert_eq!(link.settings.batch(), 7);
        assert_eq!(
            problems,
            [format!(
                "The link's {name} is not a name that this page knows."
            )]
        );
    }
}

/// Percent-encodes every byte.
fn form_urlencoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        write!(encoded, "%{byte:02x}").unwrap();
        encoded
    })
}

#[test]
fn a_bad_value_is_said_with_its_range_and_the_default_stays() {
    let numbers = [
        "", "x", "-1", "-1e-9", "NaN", "inf", "1e999", "0,5", "0x1", "１", "1 2", "1_0",
    ];
    let whole = ["", "x", "-1", "1.5", "1e1", "99999999999999999999", "٣"];
    let words = ["", "ON", "true", "1", "Train", "nn,rand"];
    let cases: [(Field, &[&str]); 16] = [
        (Field::P, &numbers),
        (Field::Lr, &numbers),
        (Field::Momentum, &numbers),
        (Field::Dampening, &numbers),
        (Field::WeightDecay, &numbers),
        (Field::Seed, &whole),
        (Field::Batch, &whole),
        (Field::In, &whole),
        (Field::Hidden, &whole),
        (Field::Step, &whole),
        (Field::Mode, &words),
        (Field::Nesterov, &words),
        (Field::Maximize, &words),
        (Field::Dropout, &words),
        (Field::Bernoulli, &words),
        (
            Field::Again,
            &[
                "1",
                "a:b",
                "1:-1",
                "1:2:3",
                "0:10001",
                "0:9999,1:2",
                "0:99999999999",
            ],
        ),
    ];
    for (field, values) in cases {
        for value in values {
            let said = problem(&format!("{}={}", field.name(), form_urlencoded(value)));
            let (name, allowed) = (field.name(), field.allowed());
            let wrong = if value.is_empty() {
                format!("{name} is empty")
            } else {
                format!("{name} = {value} is not possible")
            };
            assert!(
                said.starts_with(&format!("In the link, {wrong}; allowed: ")),
                "{said}"
            );
            assert!(said.ends_with('.'), "{said}");
            if field != Field::Again {
                assert!(said.contains(&allowed), "{said} does not say {allowed}");
            }
        }
    }
}

#[test]
fn a_value_just_outside_its_range_is_refused_and_one_at_its_end_is_taken() {
    for (name, taken, refused) in [
        ("p", ["0", "1"], ["-0.0000001", "1.0000001"]),
        ("lr", ["0", "100"], ["-0.0000001", "100.001"]),
        ("momentum", ["0", "1"], ["-0.0000001", "1.0000001"]),
        ("batch", ["1", "128"], ["0", "129"]),
        ("in", ["1", "32"], ["0", "33"]),
        ("hidden", ["1", "256"], ["0", "257"]),
        ("step", ["0", "1000"], ["-1", "1001"]),
        (
            "seed",
            ["0", "18446744073709551615"],
            ["-1", "18446744073709551616"],
        ),
        ("sample", ["1", "4"], ["0", "5"]),
        ("v", ["1", "1"], ["0", "2"]),
    ] {
        for value in taken {
            read(&format!("{name}={value}"));
        }
        for value in refused {
            let said = problem(&format!("{name}={value}"));
            assert!(
                said.contains(&format!("{name} = {value} is not possible; allowed: ")),
                "{said}"
            );
        }
    }
}

#[test]
fn a_part_of_the_look_that_cannot_be_is_said_with_what_can() {
    for field in LookField::ALL {
        let said = problem(&format!("{}=no.where", field.name()));
        assert!(said.starts_with(&format!(
            "In the link, {} = no.where is not possible; allowed: ",
            field.name()
        )));
    }
    assert!(problem("sample=9").contains("whole numbers from 1 to 4"));
    assert!(problem("stage=end").contains("input, fc1, relu, mask"));
}
