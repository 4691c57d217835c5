//! The layers, read off the sources: each may use what is to the left of it, and only the page knows a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a source that cannot be read is a failed test"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers and their heights. Layers of one height do not know each other.
const LAYERS: [(&str, usize); 11] = [
    ("nn", 0),
    ("lang", 0),
    ("model", 1),
    ("words", 2),
    ("draw", 3),
    ("notebook", 3),
    ("lessons", 3),
    ("app", 4),
    ("views", 5),
    ("network", 6),
    ("main", 6),
];

/// Crates that need a browser, or ask one for entropy.
const BROWSER: [&str; 8] = [
    "yew",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo",
    "getrandom",
    "plotters_canvas",
];

const LONGEST_FILE: usize = 400;

fn height(layer: &str) -> Option<usize> {
    LAYERS
        .iter()
        .find(|(name, _)| *name == layer)
        .map(|(_, height)| *height)
}

/// A source file, its path seen from `src`.
struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.into(),
            text: text.to_owned(),
        }
    }

    /// The names of its modules, outermost first: `draw`, `layout`, `hit`.
    fn modules(&self) -> Vec<String> {
        let path = self.path.with_extension("");
        let mut names: Vec<String> = path
            .iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.retain(|name| name != "mod" && name != "lib");
        names
    }

    /// What is wrong with it.
    fn faults(&self) -> Vec<String> {
        let modules = self.modules();
        let path = self.path.display();
        let mut faults = Vec::new();
        let lines = self.text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!(
                "{path} has {lines} lines, more than {LONGEST_FILE}"
            ));
        }
        // `lib.rs` names the layers and may name them all.
        let Some(layer) = modules.first() else {
            return faults;
        };
        let Some(own) = height(layer) else {
            faults.push(format!("{path} belongs to no layer; add {layer} to LAYERS"));
            return faults;
        };
        let code = code(&self.text);
        for used in used_layers(&code, modules.len()) {
            let allowed = used == *layer || height(&used).is_some_and(|used| used < own);
            if !allowed {
                faults.push(format!(
                    "{path} uses {used}, which does not lie below {layer}"
                ));
            }
        }
        if own < 5 {
            let used = BROWSER
                .iter()
                .filter(|name| paths(&code).iter().any(|path| path[0] == **name));
            faults.extend(used.map(|name| format!("{path} uses {name}, which needs a browser")));
        }
        faults
    }
}

/// The text without comments and without what is inside string literals.
fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        let (mut inside, mut escaped, mut before) = (false, false, ' ');
        for c in line.chars() {
            if !inside && before == '/' && c == '/' {
                code.pop();
                break;
            }
            if c == '"' && !escaped && before != '\'' {
                inside = !inside;
            }
            if !inside {
                code.push(c);
            }
            escaped = inside && c == '\\' && !escaped;
            before = c;
        }
        code.push('\n');
    }
    code
}

/// Every path of the code, its groups taken apart: `use a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut open: Vec<Vec<String>> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut rest = code;
    let ends = |path: &mut Vec<String>, paths: &mut Vec<Vec<String>>, base: &[String]| {
        if path.len() > base.len() {
            paths.push(std::mem::take(path));
        }
        *path = base.to_vec();
    };
    let mut joined = false;
    while let Some(c) = rest.chars().next() {
        let base = open.last().cloned().unwrap_or_default();
        if c.is_alphabetic() || c == '_' {
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            if !joined {
                ends(&mut path, &mut paths, &base);
            }
            path.push(rest[..end].to_owned());
            (joined, rest) = (false, &rest[end..]);
        } else if let Some(after) = rest.strip_prefix("::{") {
            open.push(path.clone());
            (joined, rest) = (true, after);
        } else if let Some(after) = rest.strip_prefix("::") {
            (joined, rest) = (true, after);
        } else {
            ends(&mut path, &mut paths, &base);
            match c {
                '{' => open.push(Vec::new()),
                '}' => {
                    open.pop();
                }
                _ => {}
            }
            path = open.last().cloned().unwrap_or_default();
            joined = c == ',' && !path.is_empty() || joined && c.is_whitespace();
            rest = &rest[c.len_utf8()..];
        }
    }
    ends(&mut path, &mut paths, &[]);
    paths
}

/// The layers that code uses which lies `depth` modules deep: by `crate::`, by name, or by climbing with `super::`.
fn used_layers(code: &str, depth: usize) -> Vec<String> {
    let mut used = Vec::new();
    for path in paths(code) {
        let climbs = path.iter().take_while(|name| *name == "super").count();
        let at_root = match path[0].as_str() {
            "crate" | "dropout_lab" => 1,
            _ if climbs > 0 && climbs >= depth => climbs,
            _ => continue,
        };
        used.extend(
            path.get(at_root)
                .filter(|name| height(name).is_some())
                .cloned(),
        );
    }
    used.sort();
    used.dedup();
    used
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            paths.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    paths
}

#[test]
fn every_source_keeps_to_its_layer_and_is_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let paths = sources(&root);
    assert!(paths.len() > 50, "only {} sources found", paths.len());
    let faults: Vec<String> = paths
        .iter()
        .map(|path| Source {
            path: path.strip_prefix(&root).unwrap().to_owned(),
            text: fs::read_to_string(path).unwrap(),
        })
        .flat_map(|source| source.faults())
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_layer_that_there_is_has_a_height() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(name == "lib" || height(&name).is_some(), "{name}");
    }
}

#[test]
fn a_path_that_points_the_wrong_way_is_found_however_it_is_written() {
    for (path, text, used) in [
        ("nn/sgd.rs", "use crate::model::Trace;", "model"),
        (
            "model/trace.rs",
            "fn f() { crate::words::number(0.0); }",
            "words",
        ),
        (
            "draw/cells.rs",
            "use crate::{nn::Tensor, app::State};",
            "app",
        ),
        (
            "draw/cells.rs",
            "use crate::notebook::{output, script};",
            "notebook",
        ),
        (
            "draw/layout/hit.rs",
            "use super::super::super::app::Msg;",
            "app",
        ),
        ("words/mod.rs", "use super::app;", "app"),
        (
            "app/rpc.rs",
            "use crate::{\n    notebook,\n    views::start,\n};",
            "views",
        ),
        (
            "notebook/script.rs",
            "let x = dropout_lab::draw::Pen::new;",
            "draw",
        ),
        (
            "nn/pass.rs",
            "#[cfg(test)]\nmod tests { use crate::app::State; }",
            "app",
        ),
        (
            "app/state.rs",
            "let s = \"//\"; use crate::views::start;",
            "views",
        ),
    ] {
        let faults = Source::new(path, text).faults();
        assert_eq!(faults.len(), 1, "{text}: {faults:?}");
        assert!(faults[0].contains(&format!("uses {used}, ")), "{faults:?}");
    }
}

#[test]
fn a_path_that_points_the_right_way_is_let_through() {
    for (path, text) in [
        ("nn/sgd.rs", "use super::fma::fma32; use crate::nn::Tensor;"),
        (
            "model/trace.rs",
            "use crate::nn::{Mode, Parameters}; use super::{Lane, Settings};",
        ),
        (
            "model/trace.rs",
            "//! [`crate::app`] reads it.\n/// crate::views\nfn f() {} // crate::draw",
        ),
        ("model/trace.rs", "let text = \"crate::app::State\";"),
        (
            "draw/network.rs",
            "use super::layout::Form; use crate::words::number; use crate::model::Stage;",
        ),
        (
            "app/rpc.rs",
            "use super::{State, update}; use crate::{notebook, words}; use crate::draw::Palette;",
        ),
        (
            "views/figure.rs",
            "use yew::prelude::*; use crate::app::Msg; use super::browser;",
        ),
        ("main.rs", "fn main() { dropout_lab::views::start(); }"),
        ("lib.rs", "pub mod app;\npub mod nn;"),
    ] {
        assert_eq!(Source::new(path, text).faults(), [""; 0], "{path}: {text}");
    }
}

#[test]
fn a_browser_below_the_page_is_found() {
    for text in [
        "use yew::prelude::*;",
        "use web_sys::Window;",
        "let x = js_sys::Math::random();",
        "use wasm_bindgen::{JsCast, JsValue};",
        "fn f() { gloo::timers::callback::Timeout::new(1, g); }",
        "let seed = getrandom::u32();",
        "use plotters_canvas::CanvasBackend;",
        "extern crate getrandom;",
    ] {
        assert_eq!(
            Source::new("app/update.rs", text).faults().len(),
            1,
            "{text}"
        );
        assert_eq!(
            Source::new("views/root.rs", text).faults(),
            [""; 0],
            "{text}"
        );
    }
    assert_eq!(
        Source::new(
            "app/update.rs",
            "use plotters::style::Color; // no yew::html"
        )
        .faults(),
        [""; 0]
    );
}

#[test]
fn a_long_file_and_one_of_no_layer_are_found() {
    assert_eq!(
        Source::new("nn/long.rs", &"\n".repeat(400)).faults(),
        [""; 0]
    );
    assert_eq!(
        Source::new("nn/long.rs", &"\n".repeat(401)).faults(),
        ["nn/long.rs has 401 lines, more than 400"]
    );
    assert_eq!(
        Source::new("misc/all.rs", "").faults(),
        ["misc/all.rs belongs to no layer; add misc to LAYERS"]
    );
}
