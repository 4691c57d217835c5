//! The five notebooks as readers get them: cells, links, slips, downloads. That their numbers are PyTorch's is
//! tested by `torch_parity`, which replays recorded runs of the same cells.
#![allow(
    clippy::unwrap_used,
    reason = "a notebook that lacks what is looked for is a failed test"
)]

use std::collections::HashSet;
use std::num::NonZeroU32;

use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::{Link, View};
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients,
};
use dropout_lab::nn::{BernoulliPath, DropProbability, Tensor};
use dropout_lab::notebook::cells::{Cell, Code, Notebook, NotebookSettings, Which, notebook};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn settings(seed: u64, p: f64) -> NotebookSettings {
    NotebookSettings {
        seed,
        p: DropProbability::new(p).unwrap(),
        ..NotebookSettings::default()
    }
}

fn run(which: Which, p: f64) -> Notebook {
    notebook(which, &settings(7, p))
}

fn cell<'a>(notebook: &'a Notebook, id: &str) -> &'a Code {
    notebook.code().find(|code| code.id == id).unwrap()
}

fn variable<'a>(notebook: &'a Notebook, name: &str) -> &'a Tensor {
    let (_, tensor) = (notebook.variables.iter())
        .find(|(n, _)| n == name)
        .unwrap();
    tensor
}

#[test]
fn every_cell_has_a_name_of_its_own() {
    for which in Which::ALL {
        let notebook = run(which, 0.5);
        let ids: HashSet<_> = notebook.code().map(|code| code.id).collect();
        assert_eq!(ids.len(), notebook.code().count(), "{which:?}");
    }
}

#[test]
fn the_seed_stands_in_the_first_cell_and_decides_the_output() {
    for which in Which::ALL {
        let [a, again, other] = [1, 1, 2].map(|seed| notebook(which, &settings(seed, 0.5)));
        assert_eq!(a, again);
        assert_ne!(a.output(), other.output());
        let first = a.code().next().unwrap();
        assert!(first.code.contains("torch.manual_seed(1)"));
        assert!(matches!(&a.cells[0], Cell::Code(code) if code == first));
    }
}

#[test]
fn the_script_and_the_output_hold_every_cell_in_order() {
    for which in Which::ALL {
        let notebook = run(which, 0.3);
        let (script, output) = (notebook.script(), notebook.output());
        let (mut script, mut output) = (&*script, &*output);
        for code in notebook.code() {
            script = script.split_once(&code.code).unwrap().1;
            output = output.strip_prefix(&*code.output()).unwrap();
        }
        assert_eq!((script, output), ("\n", ""));
    }
}

#[test]
fn a_cell_prints_just_if_its_code_does() {
    for which in Which::ALL {
        for p in [0.0, 0.5, 1.0] {
            for code in run(which, p).code() {
                let class = code.code.starts_with("class ");
                let calls = (code.code.lines())
                    .any(|line| line.contains("print(") && !line.starts_with('#'));
                let prints = !code.prints.is_empty();
                // The model of 002 prints as it runs, WeightDrop as it is made.
                let elsewhere = ["train", "apply"].contains(&code.id);
                assert!(
                    class || elsewhere || calls == prints,
                    "{which:?} {}",
                    code.id
                );
            }
        }
    }
}

#[test]
fn p_is_the_chance_of_a_one_in_the_coins_of_000_and_of_a_zero_in_its_layer() {
    let always = run(Which::DropoutLayer, 1.0);
    assert_eq!(cell(&always, "ratio").output(), "tensor(1.)\n");
    let train = cell(&always, "train1").output();
    assert!(!train.contains(|digit| ('1'..='9').contains(&digit)));
    let never = run(Which::DropoutLayer, 0.0);
    assert_eq!(cell(&never, "ratio").output(), "tensor(0.)\n");
    assert_eq!(
        cell(&never, "train1").output(),
        cell(&never, "tensor").output()
    );
}

#[test]
fn eval_mode_returns_the_input_in_000_and_001() {
    for (which, input, eval) in [
        (Which::DropoutLayer, "tensor", "eval"),
        (Which::OwnDropout, "X", "impl_eval"),
    ] {
        let notebook = run(which, 0.5);
        let input = cell(&notebook, input).output();
        assert!(cell(&notebook, eval).output().ends_with(&input));
    }
}

#[test]
fn where_p_is_1_no_code_divides_a_python_number_by_zero() {
    let notebook = run(Which::DropoutLayer, 1.0);
    let scaled = cell(&notebook, "scaled");
    assert!(scaled.code.starts_with('#') && scaled.prints.is_empty());
}

#[test]
fn each_step_of_002_prints_a_pass() {
    for steps in [1, 2, 5] {
        let settings = NotebookSettings {
            steps: NonZeroU32::new(steps).unwrap(),
            ..settings(7, 0.5)
        };
        let notebook = notebook(Which::Network, &settings);
        let output = cell(&notebook, "train").output();
        let passes = output.matches("output before applying dropout").count();
        assert_eq!(passes, usize::try_from(steps).unwrap());
    }
}

#[test]
fn the_variational_mask_of_003_takes_whole_rows_and_drop_connect_takes_entries() {
    let out = |variational| {
        let settings = NotebookSettings {
            variational,
            ..settings(7, 0.5)
        };
        variable(&notebook(Which::WeightDrop, &settings), "out").clone()
    };
    // Of ones: a row of three weights is kept whole, 3 * 2 + 1, or gone, 1.
    assert!(out(true).data().iter().all(|y| [1.0, 7.0].contains(y)));
    let settings = |seed| NotebookSettings {
        variational: false,
        ..settings(seed, 0.5)
    };
    let partly = (0..20).any(|seed| {
        let notebook = notebook(Which::WeightDrop, &settings(seed));
        let out = variable(&notebook, "out");
        out.data().iter().any(|y| [3.0, 5.0].contains(y))
    });
    assert!(partly);
}

#[test]
fn the_locked_mask_of_003_is_shared_by_the_samples_and_not_by_the_steps() {
    let notebook = run(Which::WeightDrop, 0.5);
    let locked = variable(&notebook, "locked");
    let dropped = |sample: usize| locked.row(sample).iter().map(|y| *y == 0.0);
    assert!((1..3).all(|sample| dropped(sample).eq(dropped(0))));
    let steps: Vec<Vec<bool>> = locked
        .row(0)
        .chunks(3)
        .map(|step| step.iter().map(|y| *y == 0.0).collect())
        .collect();
    assert!(steps.iter().any(|step| *step != steps[0]));
}

#[test]
fn the_derivation_of_004_gives_the_gradient_only_with_both_factors() {
    for seed in 0..20 {
        for p in [0.0, 0.3, 0.5, 0.8] {
            let notebook = notebook(Which::MasksAndGradients, &settings(seed, p));
            assert_eq!(
                cell(&notebook, "derivation").output(),
                "as written: False\nwith 2/N and the mask: True\n"
            );
        }
    }
}

#[test]
fn before_in_004_is_the_weight_after_the_step() {
    let notebook = run(Which::MasksAndGradients, 0.5);
    let weights = |id: &str, which: &str| {
        let output = cell(&notebook, id).output();
        let at = output.find(which).unwrap() + which.len();
        output[at..].split("]])").next().unwrap().trim().to_owned()
    };
    assert_eq!(weights("weights", "Before:"), weights("update", "After:"));
    assert_ne!(weights("weights", "Before:"), weights("update", "Before:"));
}

#[test]
fn names_of_operations_are_those_of_the_pytorch_whose_coins_are_asked_for() {
    let old = NotebookSettings {
        bernoulli_path: BernoulliPath::Mcg31,
        ..settings(7, 0.3)
    };
    let output = |settings| notebook(Which::WeightDrop, settings).output();
    assert!(output(&old).contains("grad_fn=<SliceBackward0>"));
    assert!(output(&settings(7, 0.3)).contains("grad_fn=<AliasBackward0>"));
}

#[test]
fn every_notebook_has_slips_and_each_says_what_is_so_and_where_to_see_it() {
    for which in Which::ALL {
        let notebook = run(which, 0.5);
        let slips: Vec<_> = notebook.code().flat_map(|code| code.slips).collect();
        assert!(!slips.is_empty(), "{which:?}");
        for slip in slips {
            for text in [slip.claim, slip.truth] {
                assert!(text.ends_with(['.', ')']) && !text.contains('!'), "{text}");
            }
            assert!(slip.link.starts_with("?v=1"));
        }
    }
}

/// What a view says about a link, and the link as the view itself writes it.
fn opened(link: &str) -> (Vec<String>, String) {
    fn page<E: Exhibit>(link: &str) -> (Vec<String>, String) {
        let page = Page::<E>::open(link);
        (page.notices().to_vec(), page.query())
    }
    match View::of(link) {
        View::Tensor => page::<TensorSettings>(link),
        View::Coin => page::<coin::Settings>(link),
        View::Expectation => page::<expectation::Settings>(link),
        View::Gradients => page::<gradients::Settings>(link),
        View::Variants => page::<VariantsSettings>(link),
        _ => {
            let (read, problems) = Link::parse(link);
            (problems, read.query())
        }
    }
}

#[test]
fn every_link_is_read_by_its_view_without_a_word_and_written_as_the_view_writes_it() {
    let old = NotebookSettings {
        bernoulli_path: BernoulliPath::Mcg31,
        variational: false,
        ..settings(u64::MAX, 0.0)
    };
    let mut views = HashSet::new();
    for settings in [NotebookSettings::default(), settings(7, 0.3), old] {
        for which in Which::ALL {
            let notebook = notebook(which, &settings);
            let slips = (notebook.code().flat_map(|code| code.slips)).map(|slip| slip.link);
            let cells = notebook.code().filter_map(|code| code.link.as_deref());
            for link in slips.chain(cells) {
                let (notices, written) = opened(link);
                assert_eq!(notices, [""; 0], "{link}");
                assert_eq!(written, link);
                views.insert(View::of(link).name());
            }
        }
    }
    assert_eq!(views.len(), 6, "{views:?}");
}

#[test]
fn links_of_tensors_carry_the_numbers_that_the_cell_prints() {
    let notebook = run(Which::OwnDropout, 0.5);
    let link = cell(&notebook, "X").link.clone().unwrap();
    let page = Page::<TensorSettings>::open(&link);
    assert_eq!(page.trace().input, *variable(&notebook, "X"));
}

#[test]
fn links_of_cells_carry_the_seed_and_the_p_of_the_reader() {
    let link = cell(&run(Which::MasksAndGradients, 0.25), "masks")
        .link
        .clone();
    let (link, _) = Link::parse(&link.unwrap());
    assert_eq!((link.settings.seed(), link.settings.p().p()), (7, 0.25));
}
