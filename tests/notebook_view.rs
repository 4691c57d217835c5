//! The notebook view: its link, every notebook and cell by link with what PyTorch recorded, what cells draw, and the
//! files that are kept.
#![allow(
    clippy::unwrap_used,
    reason = "a notebook that lacks what is looked for is a failed test"
)]

use dropout_lab::app::exhibit::{Exhibit, Msg, Page};
use dropout_lab::app::files::{Kept, Kind, stem};
use dropout_lab::app::msg::{Copied, Effect};
use dropout_lab::app::{State, View};
use dropout_lab::model::exhibits::{
    Fields, TensorSettings, VariantsSettings, coin, expectation, gradients,
};
use dropout_lab::nn::Generator;
use dropout_lab::notebook::cells::{self, Code, NotebookSettings, Which};
use dropout_lab::notebook::print::zeros;
use dropout_lab::notebook::prose::{Block, Span, blocks};
use dropout_lab::notebook::python::tokens;
use dropout_lab::notebook::reader::{self, Settings};
use serde_json::Value;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

type Reader = Page<Settings>;

fn open(query: &str) -> Reader {
    let page = Reader::open(query);
    assert_eq!(page.notices(), [""; 0], "{query}");
    page
}

fn set(page: &mut Reader, name: &'static str, text: &str) -> Vec<Effect> {
    page.update(Msg::Set(name, text.to_owned()))
}

fn cells(page: &Reader) -> Vec<&Code> {
    page.trace().notebook.code().collect()
}

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

/// What the view of a link says against it.
fn notices(link: &str) -> Vec<String> {
    fn of<E: Exhibit>(link: &str) -> Vec<String> {
        Page::<E>::open(link).notices().to_vec()
    }
    match View::of(link) {
        View::Network => State::open(link).notices().to_vec(),
        View::Tensor => of::<TensorSettings>(link),
        View::Coin => of::<coin::Settings>(link),
        View::Expectation => of::<expectation::Settings>(link),
        View::Gradients => of::<gradients::Settings>(link),
        View::Variants => of::<VariantsSettings>(link),
        View::Notebook => of::<Settings>(link),
        View::Lessons | View::Teachers | View::Subnetworks | View::Training => {
            vec![format!("no cell leads to {link}")]
        }
    }
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

/// The recorded runs of the notebooks.
fn recorded() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("fixtures/notebooks.json")).unwrap();
    file["cases"].as_array().unwrap().clone()
}

/// The link of a recorded run.
fn link_of(case: &Value) -> String {
    let op = case["op"].as_str().unwrap();
    let number = &op["notebook".len()..=("notebook".len())];
    let steps = case["args"]["steps"].as_u64().unwrap_or(1);
    let variational = match case["args"]["variational"].as_bool() {
        Some(false) => "off",
        _ => "on",
    };
    format!(
        "?view=notebook&notebook=00{number}&seed={}&p={}&steps={steps}&variational={variational}",
        case["seed"].as_str().unwrap(),
        case["args"]["p"]
    )
}

/// The numbers of a print, and the rest of it with a mark in the place of each.
fn numbers(text: &str) -> (Vec<f64>, String) {
    let (mut numbers, mut rest) = (Vec::new(), String::new());
    let is_number = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    for part in text.split_inclusive(|c: char| !is_number(c)) {
        let word = part.trim_end_matches(|c: char| !is_number(c));
        match word.parse() {
            Ok(number) => {
                numbers.push(number);
                rest = rest.trim_end_matches(' ').to_owned() + "#" + &part[word.len()..];
            }
            Err(_) => rest += part,
        }
    }
    (numbers, rest)
}

#[test]
fn every_recorded_run_is_what_its_link_shows_cell_by_cell() {
    let (mut same, mut all) = (0, 0);
    for case in recorded() {
        let page = open(&link_of(&case));
        let blocks = case["blocks"].as_array().unwrap();
        let prints = cells(&page).into_iter().flat_map(|code| &code.prints);
        let ours: Vec<_> = prints
            .filter(|print| blocks.iter().any(|block| block[0] == print.label))
            .collect();
        assert_eq!(ours.len(), blocks.len(), "{}", case["id"]);
        for (ours, theirs) in ours.into_iter().zip(blocks) {
            let theirs = theirs[1].as_str().unwrap();
            let exact = case["match"] == "bits";
            assert!(
                !exact || ours.text == theirs,
                "{} {}",
                case["id"],
                ours.label
            );
            (same, all) = (same + usize::from(ours.text == theirs), all + 1);
            // Matrix products may differ in a last digit from one CPU to the next.
            let ((ours_n, ours_rest), (theirs_n, theirs_rest)) =
                (numbers(&ours.text), numbers(theirs));
            assert_eq!(ours_rest, theirs_rest, "{} {}", case["id"], ours.label);
            let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 2e-4 + 2e-3 * b.abs() || a == b;
            assert!(ours_n.iter().zip(&theirs_n).all(close), "{}", case["id"]);
        }
    }
    assert!(10 * same > 9 * all, "{same} of {all} prints are the same");
}

#[test]
fn the_words_that_the_cells_draw_are_all_that_the_run_draws() {
    for which in Which::ALL {
        for p in [0.0, 0.3, 1.0] {
            let mut page = open("");
            set(&mut page, "notebook", which.number());
            set(&mut page, "p", &p.to_string());
            let settings = page.settings().run();
            let mut g = Generator::new(settings.seed);
            cells::run(which, &settings, &mut g);
            let drawn: u64 = cells(&page).iter().map(|code| code.drawn).sum();
            assert_eq!(drawn, g.drawn(), "{which:?} at {p}");
        }
    }
}

#[test]
fn a_cell_draws_what_its_code_says() {
    let drawn = |query: &str, id: &str| open(query).trace().cell(id).unwrap().drawn;
    // Twenty 24-bit uniforms; eighty 53-bit ones, twice as many words; none in eval mode.
    let notebook = "?view=notebook&notebook=000";
    assert_eq!(drawn(notebook, "ratio"), 20);
    assert_eq!(drawn(notebook, "train1"), 160);
    assert_eq!(drawn(notebook, "eval"), 0);
    assert_eq!(drawn(notebook, "train2"), 160);
    assert_eq!(drawn("?view=notebook&notebook=000&p=0", "train1"), 0);
    // fc1 and fc2 of 5 -> 10 -> 1: a word a weight and a word a bias.
    assert_eq!(drawn("?view=notebook&notebook=004", "model"), 71);
    // By hand: a word a number.
    assert_eq!(drawn("?view=notebook&notebook=001", "impl_train"), 4);
    assert_eq!(drawn("?view=notebook&notebook=001", "train"), 8);
}

#[test]
fn what_is_said_of_a_cell_s_draws_adds_up() {
    let page = open("?view=notebook&notebook=000");
    let trace = page.trace();
    let said = |id| {
        let explanation = reader::explain(trace, id);
        (explanation.title, explanation.lines[0].1.clone())
    };
    let before = trace.cell("ratio").unwrap().drawn + trace.cell("tensor").unwrap().drawn;
    assert_eq!(
        said("train1"),
        (
            "In [5] draws 160 words of 32 random bits".to_owned(),
            format!("goes from word {before} to word {}", before + 160)
        )
    );
    assert_eq!(
        said("eval"),
        (
            "In [6] draws nothing".to_owned(),
            format!("stands at word {}, before and after", before + 160)
        )
    );
}

#[test]
fn script_and_output_are_those_of_the_whole_notebook() {
    for which in Which::ALL {
        let page = open(&format!(
            "?view=notebook&notebook={}&seed=7",
            which.number()
        ));
        let script = page.settings().script(&page.query());
        let settings = NotebookSettings {
            seed: 7,
            ..page.settings().run()
        };
        let notebook = cells::notebook(which, &settings);
        assert!(script.contains(&format!("# {}\n", page.query())));
        assert!(script.ends_with(&notebook.script()));
        assert_eq!(Settings::output(page.trace()), notebook.output());
    }
}

/// The file that a page hands out.
fn file<E: Exhibit>(page: &Page<E>, kind: Kind) -> (String, String) {
    let text = match kind {
        Kind::Python => page.script(),
        Kind::Jupyter => page.jupyter(),
        kind => panic!("{kind:?}"),
    };
    (format!("{}{}", stem(page), kind.ending()), text)
}

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
