//! Notebooks as they are downloaded have the structure that nbformat 4.5 asks for.
#![allow(
    clippy::unwrap_used,
    reason = "a notebook that cannot be read is a failed test"
)]

use std::collections::HashSet;

use dropout_lab::notebook::cells::{Cell, NotebookSettings, Which, notebook};
use dropout_lab::notebook::ipynb::{Kind, ipynb};
use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn keys(json: &Value) -> HashSet<&str> {
    json.as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// A text of the format: lines that end with a newline, but for the last.
fn joined(lines: &Value) -> String {
    let lines: Vec<&str> = (lines.as_array().unwrap().iter())
        .map(|line| line.as_str().unwrap())
        .collect();
    let (_, all_but_last) = lines.split_last().unwrap_or((&"", &[]));
    assert!(all_but_last.iter().all(|line| line.ends_with('\n')));
    lines.concat()
}

#[test]
fn a_notebook_names_its_format_and_its_kernel() {
    let notebook: Value = serde_json::from_str(&ipynb(&[])).unwrap();
    assert_eq!(
        keys(&notebook),
        ["cells", "metadata", "nbformat", "nbformat_minor"].into()
    );
    assert_eq!(
        (&notebook["nbformat"], &notebook["nbformat_minor"]),
        (&json!(4), &json!(5))
    );
    assert_eq!(notebook["metadata"]["kernelspec"]["name"], "python3");
    assert_eq!(notebook["cells"], json!([]));
}

#[test]
fn each_kind_of_cell_has_the_members_of_the_schema_and_no_others() {
    let cells = [
        (Kind::Markdown, "# Title", ""),
        (Kind::Code, "import torch", ""),
        (Kind::Code, "print(1)\nprint(2)", "1\n2\n"),
    ];
    let notebook: Value = serde_json::from_str(&ipynb(&cells)).unwrap();
    let [text, silent, speaking] = &notebook["cells"].as_array().unwrap()[..] else {
        panic!("three cells became another number");
    };
    assert_eq!(keys(text), ["cell_type", "id", "metadata", "source"].into());
    let of_code = [
        "cell_type",
        "execution_count",
        "id",
        "metadata",
        "outputs",
        "source",
    ];
    assert_eq!(keys(silent), of_code.into());
    assert_eq!(silent["outputs"], json!([]));
    let printed = json!([{"name": "stdout", "output_type": "stream", "text": ["1\n", "2\n"]}]);
    assert_eq!(
        (&speaking["outputs"], &speaking["execution_count"]),
        (&printed, &json!(2))
    );
    assert_eq!(joined(&speaking["source"]), "print(1)\nprint(2)");
}

#[test]
fn ids_are_unique_and_of_the_letters_allowed() {
    let cells = [(Kind::Code, "", ""); 100];
    let notebook: Value = serde_json::from_str(&ipynb(&cells)).unwrap();
    let ids: HashSet<&str> = (notebook["cells"].as_array().unwrap().iter())
        .map(|cell| cell["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 100);
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    assert!(
        ids.iter()
            .all(|id| (1..=64).contains(&id.len()) && id.chars().all(allowed))
    );
}

#[test]
fn every_notebook_comes_back_from_its_download() {
    for which in Which::ALL {
        let ours = notebook(which, &NotebookSettings::default());
        let read: Value = serde_json::from_str(&ours.ipynb()).unwrap();
        let cells = read["cells"].as_array().unwrap();
        assert_eq!(cells.len(), ours.cells.len());
        for (ours, read) in ours.cells.iter().zip(cells) {
            match ours {
                Cell::Text(text) => assert_eq!(joined(&read["source"]), *text),
                Cell::Code(code) => {
                    assert_eq!(joined(&read["source"]), code.code);
                    let printed = match &read["outputs"][0]["text"] {
                        Value::Null => String::new(),
                        text => joined(text),
                    };
                    assert_eq!(printed, code.output());
                }
            }
        }
    }
}
