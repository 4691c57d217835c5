//! Notebooks as files, and their prose.

use super::{file, numbers, open};
use dropout_lab::app::exhibit::Exhibit;
use dropout_lab::app::exhibit::{Msg, Page};
use dropout_lab::app::files::Kind;
use dropout_lab::app::msg::{Copied, Effect};
use dropout_lab::model::exhibits::TensorSettings;
use dropout_lab::notebook::cells::{self, NotebookSettings, Which};
use dropout_lab::notebook::print::zeros;
use dropout_lab::notebook::prose::{Block, Span, blocks};
use dropout_lab::notebook::python::tokens;
use serde_json::Value;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_notebook_is_kept_as_python_and_as_jupyter_opens_it() {
    let page = open("?view=notebook&notebook=004&seed=7&cell=grads");
    let (name, text) = file(&page, Kind::Python);
    assert_eq!(name, "dropout-notebook-004-seed7.py");
    assert_eq!(text, page.settings().script(&page.query()));
    let (name, text) = file(&page, Kind::Jupyter);
    assert_eq!(name, "dropout-notebook-004-seed7.ipynb");
    assert_eq!(text, page.trace().notebook.ipynb());
}

#[test]
fn every_exhibit_is_kept_as_what_is_copied_and_as_a_notebook_with_its_link() {
    let mut page = Page::<TensorSettings>::open("?v=1&view=tensor&p=0.3&seed=9");
    let copied = |page: &mut Page<_>, what| match &page.update(Msg::Copy(what))[..] {
        [Effect::Copy(_, text)] => text.clone(),
        effects => panic!("{effects:?}"),
    };
    let (name, text) = file(&page, Kind::Python);
    assert_eq!(name, "dropout-tensor-ones-p0.3-seed9.py");
    assert_eq!(text, copied(&mut page, Copied::Script));
    let (name, text) = file(&page, Kind::Jupyter);
    assert_eq!(name, "dropout-tensor-ones-p0.3-seed9.ipynb");
    let json: Value = serde_json::from_str(&text).unwrap();
    let [about, run] = &json["cells"].as_array().unwrap()[..] else {
        panic!("{json}");
    };
    let joined = |lines: &Value| {
        let lines = lines.as_array().unwrap().iter();
        lines.map(|line| line.as_str().unwrap()).collect::<String>()
    };
    assert_eq!(about["cell_type"], "markdown");
    assert!(joined(&about["source"]).contains("`?v=1&view=tensor&p=0.3&seed=9`"));
    let script = copied(&mut page, Copied::Script);
    assert_eq!(joined(&run["source"]), script.trim_end());
    let output = copied(&mut page, Copied::Output);
    assert_eq!(joined(&run["outputs"][0]["text"]), output);
}

#[test]
fn prose_is_headings_paragraphs_and_code() {
    let text = "# A `Layer`\n\nOne\nline.\n\nAn odd ` backquote";
    assert_eq!(
        blocks(text),
        [
            Block::Heading(vec![Span::Words("A "), Span::Code("Layer")]),
            Block::Paragraph(vec![Span::Words("One\nline.")]),
            Block::Paragraph(vec![Span::Words("An odd "), Span::Code(" backquote")]),
        ]
    );
    assert!(blocks("").is_empty());
}

#[test]
fn a_print_is_its_stretches_and_its_zeros_are_the_numbers_that_are_0() {
    for which in Which::ALL {
        for code in cells::notebook(which, &NotebookSettings::default()).code() {
            let output = code.output();
            let joined: String = zeros(&output).map(|(_, text)| text).collect();
            assert_eq!(joined, output);
        }
    }
    let page = open("?view=notebook&notebook=000&p=0.3");
    let output = page.trace().cell("train1").unwrap().output();
    let zeros_of = |text| zeros(text).filter(|(is_zero, _)| *is_zero).count();
    let (printed, _) = numbers(&output);
    assert_eq!(printed.len(), 80);
    let dropped = printed.iter().filter(|number| **number == 0.0).count();
    assert_eq!(zeros_of(&output), dropped);
    for (text, count) in [
        ("tensor([0., 2., 0.])", 2),
        ("-0.0000", 1),
        ("0", 0),
        ("Sample 10: 0 out of 10", 0),
        ("p=0.0, 1.0000e-04, 0.0001", 1),
        ("MulBackward0", 0),
        ("", 0),
    ] {
        assert_eq!(zeros_of(text), count, "{text}");
    }
}

#[test]
fn the_tokens_of_every_cell_are_its_code() {
    for which in Which::ALL {
        for code in cells::notebook(which, &NotebookSettings::default()).code() {
            let joined: String = tokens(&code.code).map(|(_, token)| token).collect();
            assert_eq!(joined, code.code);
        }
    }
    for odd in ["\"", "f'", "'\\'", "#", "é = 'ü' # ß", "x1 = 1e-4", "\n\n"] {
        let joined: String = tokens(odd).map(|(_, token)| token).collect();
        assert_eq!(joined, odd);
    }
}

#[test]
fn tokens_know_strings_numbers_keywords_and_comments() {
    use dropout_lab::notebook::python::Kind::{Comment, Keyword, Number, Plain, Text};
    let kinds = |code| tokens(code).collect::<Vec<_>>();
    assert_eq!(
        kinds("print(f\"{x} # not \\\" a comment\")  # one"),
        [
            (Plain, "print("),
            (Text, "f\"{x} # not \\\" a comment\""),
            (Plain, ")  "),
            (Comment, "# one"),
        ]
    );
    assert_eq!(
        kinds("for fc1 in x[0.5]"),
        [
            (Keyword, "for"),
            (Plain, " fc1 "),
            (Keyword, "in"),
            (Plain, " x["),
            (Number, "0.5"),
            (Plain, "]"),
        ]
    );
}
