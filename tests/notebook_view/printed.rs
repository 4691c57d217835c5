//! Cells, their draws and their prints.

use super::{cells, numbers, open, set};
use dropout_lab::app::exhibit::Exhibit;
use dropout_lab::nn::Generator;
use dropout_lab::notebook::cells::{NotebookSettings, Which};
use dropout_lab::notebook::reader::Settings;
use dropout_lab::notebook::{cells, reader};
use serde_json::Value;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The recorded runs of the notebooks.
fn recorded() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../fixtures/notebooks.json")).unwrap();
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
