//! What is kept of every view, opened by the programs that it is kept for: pandas, `NumPy`, Jupyter, `PyTorch`. The
//! workflow that publishes the page is opened too, by a parser of YAML.
//!
//! `cargo xtask test` puts a Python with the first three into `target/python`; `PyTorch` is too large for that, so it is
//! taken where `python3`, or what `DROPOUT_LAB_PYTHON` names, has it. By themselves these tests are ignored.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dropout_lab::app::exhibit::Page;
use dropout_lab::app::files::array::{Array, arrays};
use dropout_lab::app::files::{Around, Content, Kept, Kind, Trained, kinds, make, stem};
use dropout_lab::app::training::{Msg, Pace, State as Training};
use dropout_lab::app::{Progress, State, View};
use dropout_lab::draw::Palette;
use dropout_lab::draw::layout::Room;
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks, training,
};
use dropout_lab::notebook::reader;
use serde_json::Value;

/// Hands out every view that files can be made of, and of training and the notebooks all kinds.
fn each_view(mut look: impl FnMut(&dyn Kept)) {
    look(&State::open("?v=1&seed=36&step=3"));
    look(&Page::<TensorSettings>::open(
        "?view=tensor&preset=arange&seed=9",
    ));
    look(&Page::<coin::Settings>::open("?view=coin&p=0.3"));
    look(&Page::<expectation::Settings>::open(
        "?view=expectation&through=net",
    ));
    look(&Page::<subnetworks::Settings>::open(
        "?view=subnetworks&mask=0110110101",
    ));
    look(&Page::<gradients::Settings>::open("?view=gradients&seed=5"));
    look(&Page::<VariantsSettings>::open(
        "?view=variants&layer=locked",
    ));
    for show in ["show=run&panel=lanes", "show=race&seeds=2"] {
        let link = format!("?v=1&view=training&steps=40&{show}");
        let settings = Page::<training::Settings>::open(&link).settings().clone();
        let mut state = Training::new(settings);
        state.update(Msg::Go(Pace::Full));
        state.update(Msg::Advance(1000));
        state.update(Msg::Go(Pace::Rest));
        look(&Trained {
            state: &state,
            link: &link,
        });
    }
    for number in ["000", "001", "002", "003", "004"] {
        look(&Page::<reader::Settings>::open(&format!(
            "?view=notebook&notebook={number}"
        )));
    }
}

/// The bytes of a file.
fn bytes(kind: Kind, of: &dyn Kept) -> Vec<u8> {
    let around = Around {
        address: "https://example.org/".to_owned(),
        palette: Palette::BRIGHT,
        room: Room::screen(930.0, 640.0),
        progress: Progress::default(),
    };
    match make(kind, of, &around) {
        Some(Content::Text(text)) => text.into_bytes(),
        Some(Content::Bytes(bytes)) => bytes,
        _ => panic!("{:?} has no {kind:?}", of.view()),
    }
}

/// An empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _absent = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Keeps a file under the name that the reader's would have; answers that.
fn keep(kind: Kind, of: &dyn Kept, folder: &Path) -> String {
    let name = format!("{}{}", stem(of), kind.ending());
    let file = folder.join(&name);
    assert!(!file.exists(), "two files are called {name}");
    fs::write(file, bytes(kind, of)).unwrap();
    name
}

/// The Python of `cargo xtask test`.
fn python() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/python/bin/python")
}

/// What a program prints in Python.
fn printed(python: &Path, program: &str, argument: &Path) -> String {
    let mut command = Command::new(python);
    let output = command.args(["-c", program]).arg(argument).output();
    let output = output.unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

/// Type, shape and bits of an array, as the Python below tells them.
fn told(array: &Array) -> Value {
    let single = if array.is_single() {
        "float32"
    } else {
        "float64"
    };
    let bits = |x: &f64| {
        let x = if x.is_nan() { f64::NAN } else { *x };
        format!("{:016x}", x.to_bits())
    };
    let bits: String = array.values.iter().map(bits).collect();
    serde_json::json!([single, array.shape, bits])
}

#[test]
#[ignore = "needs the Python of `cargo xtask test`"]
fn numpy_and_pandas_read_the_numbers_of_every_view_to_the_last_bit() {
    let folder = folder("numbers");
    let (mut expected, mut tables) = (serde_json::Map::new(), Vec::new());
    each_view(|of| {
        let all = arrays(&of.numbers());
        let npz = keep(Kind::Npz, of, &folder);
        let list = all.iter().map(|array| (array.name.clone(), told(array)));
        expected.insert(npz, list.collect());
        tables.push(keep(Kind::Csv, of, &folder));
        for kind in kinds(of) {
            match kind {
                Kind::Npy(name) => {
                    let own = all.iter().find(|array| array.name == name).unwrap();
                    let file = keep(kind, of, &folder);
                    expected.insert(file, serde_json::json!({ "": told(own) }));
                }
                Kind::Units => tables.push(keep(kind, of, &folder)),
                _ => {}
            }
        }
    });
    let program = r#"
import json, pathlib, sys, zipfile, numpy, pandas
def plain(array):
    array = numpy.asarray(array).astype(">f8").ravel().copy()
    array[numpy.isnan(array)] = numpy.nan
    return array.tobytes().hex()
def told(array):
    return [str(array.dtype), list(array.shape), plain(array)]
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if path.suffix == ".npy":
        print(json.dumps([path.name, {"": told(numpy.load(path))}]))
    elif path.suffix == ".npz":
        assert zipfile.ZipFile(path).testzip() is None
        arrays = numpy.load(path)
        print(json.dumps([path.name, {name: told(arrays[name]) for name in arrays.files}]))
    else:
        table = pandas.read_csv(path, float_precision="round_trip")
        if "array" in table.columns:
            arrays = numpy.load(path.with_suffix(".npz"))
            assert list(table["array"].unique()) == [name for name in arrays.files if arrays[name].size]
            for name in arrays.files:
                rows, array = table[table["array"] == name], arrays[name]
                assert plain(rows["value"].to_numpy().astype(array.dtype)) == plain(array), name
                for place, (index, *_) in zip(rows.itertuples(), enumerate(rows.index)):
                    at = [int(getattr(place, f"i{k}")) for k in range(array.ndim)]
                    assert index == (numpy.ravel_multi_index(at, array.shape) if at else 0), (name, at)
        else:
            assert all(table[name].dtype.kind in "if" for name in table.columns), table.dtypes
        print(json.dumps([path.name, len(table)]))
"#;
    let printed = printed(&python(), program, &folder);
    let mut read = 0;
    for line in printed.lines() {
        let (name, holds): (String, Value) = serde_json::from_str(line).unwrap();
        if let Some(rows) = holds.as_u64() {
            assert!(tables.contains(&name), "{name}");
            let empty = name.contains("notebook-000");
            assert!(rows > 0 || empty, "{name} has no row");
        } else {
            assert_eq!(holds, expected[&name], "{name}");
        }
        read += 1;
    }
    assert_eq!(read, expected.len() + tables.len());
}

#[test]
#[ignore = "needs the Python of `cargo xtask test`"]
fn nbformat_finds_the_notebook_of_every_view_valid() {
    let folder = folder("notebooks");
    let (mut names, mut views) = (Vec::new(), Vec::new());
    each_view(|of| {
        names.push(keep(Kind::Jupyter, of, &folder));
        views.push(of.view());
    });
    views.dedup();
    assert_eq!(views.len(), View::ALL.len() - 2, "all but the lists");
    let program = r"
import pathlib, sys, nbformat
for path in pathlib.Path(sys.argv[1]).iterdir():
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    print(path.name, notebook.nbformat, notebook.nbformat_minor)
";
    let printed = printed(&python(), program, &folder);
    let mut valid: Vec<&str> = printed.lines().collect();
    let mut expected: Vec<String> = names.iter().map(|name| format!("{name} 4 5")).collect();
    valid.sort_unstable();
    expected.sort_unstable();
    assert_eq!(valid, expected);
}

#[test]
#[ignore = "needs the Python of `cargo xtask test`"]
fn jupyter_runs_the_example_with_the_lab_in_it() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/embed/notebook.ipynb");
    let program = r#"
import re, sys, nbclient, nbformat
def frames(notebook):
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [re.findall(r'(src|width|height)="(.*?)"', output.data["text/html"]) for output in outputs]
kept = nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT)
nbformat.validate(kept)
run = nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT)
for cell in run.cells:
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
nbclient.NotebookClient(run, timeout=300).execute()
nbformat.validate(run)
assert frames(run) == frames(kept), frames(run)
print(*(value for name, value in frames(run)[0] if name == "src"))
"#;
    let printed = printed(&python(), program, &example);
    assert_eq!(
        printed.trim(),
        "https://lab.example/?v=1&amp;view=coin&amp;p=0.3&amp;seed=7&amp;embed=1"
    );
}

#[test]
#[ignore = "needs the Python of `cargo xtask test`"]
fn the_workflow_is_yaml_whose_jobs_have_steps_and_wait_for_each_other() {
    let workflow = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows/publish.yml");
    let program = r#"
import sys
from ruamel.yaml import YAML
workflow = YAML(typ="safe").load(open(sys.argv[1]))
assert set(workflow) == {"name", "on", "permissions", "concurrency", "jobs"}, set(workflow)
assert set(workflow["on"]) == {"push", "pull_request"}
jobs = workflow["jobs"]
given = [step["with"] for job in jobs.values() for step in job["steps"] if "with" in step]
artifacts = [own["name"] for own in given if "name" in own]
assert artifacts == ["offline", "offline"], "what is downloaded was uploaded"
for name, job in jobs.items():
    assert job["runs-on"] and all(("uses" in step) != ("run" in step) for step in job["steps"])
    assert all("@v" in step["uses"] for step in job["steps"] if "uses" in step)
    needs = job.get("needs")
    assert needs is None or needs in jobs
    print(name, needs)
    for step in job["steps"]:
        print(step.get("run", ""))
"#;
    let printed = printed(&python(), program, &workflow);
    let lines: Vec<&str> = printed.lines().filter(|line| !line.is_empty()).collect();
    let release = "gh release create \"$TAG\" dropout-lab.html --verify-tag --generate-notes";
    assert_eq!(
        lines,
        [
            "test None",
            ".ci/run",
            "cargo xtask build --release --compress",
            "publish test",
            "release test",
            release
        ]
    );
    assert!(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(".ci/run")
            .is_file()
    );
}

#[test]
#[ignore = "needs a Python with torch, `python3` or what DROPOUT_LAB_PYTHON names"]
fn torch_runs_kept_notebooks_to_the_lines_that_are_kept_with_them() {
    // Masks and draws are the same everywhere; a matrix product may differ in its last digit, and so is not run here.
    const EXACT: [&str; 4] = ["-tensor-", "-coin-", "-variants-", "-notebook-001-"];
    let folder = folder("run");
    each_view(|of| {
        if EXACT.iter().any(|part| stem(of).contains(part)) {
            keep(Kind::Jupyter, of, &folder);
        }
    });
    let program = r#"
import contextlib, io, json, pathlib, sys, torch
def parts(path):
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    outputs = [output for cell in cells for output in cell["outputs"]]
    return ["".join(cell["source"]) for cell in cells], "".join("".join(output["text"]) for output in outputs)
def by_jupyter(path):
    run = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(run, timeout=300).execute()
    outputs = [output for cell in run.cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(output.get("text", "") for output in outputs)
def cell_by_cell(path):
    names, printed = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        for source in parts(path)[0]:
            exec(source, names)
    return printed.getvalue()
try:
    import nbformat, nbclient, ipykernel
    run = by_jupyter
except ImportError:
    run = cell_by_cell
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    printed, kept = run(path), parts(path)[1]
    assert printed == kept, path.name + "\n" + printed + "\n" + kept
    print(path.name)
"#;
    let python = std::env::var("DROPOUT_LAB_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let printed = printed(Path::new(&python), program, &folder);
    assert_eq!(printed.lines().count(), EXACT.len(), "{printed}");
}
