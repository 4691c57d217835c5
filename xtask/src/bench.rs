//! `cargo xtask bench`: the core as a participant of a benchmark (`benches/peer`), built and measured.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::setup;
use crate::shell;
use crate::site;

/// What the module is called: `peer_dropout_lab.js` and `peer_dropout_lab_bg.wasm`.
const NAME: &str = "peer_dropout_lab";

/// Where the module is at hand; the title says when.
const PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><title>loading</title>\
    <script type=\"module\">import init from './peer_dropout_lab.js';\
    window.peer = await init(); document.title = 'ready';</script>\n";

/// Builds the participant for a page and for this machine, and returns the folder of the page.
///
/// # Errors
/// When something is missing that cannot be installed, or it does not compile.
pub fn build() -> Result<PathBuf> {
    setup::wasm_target()?;
    let wasm = site::compile("release", &["--package", "peer", "--lib"])?;
    shell::run(&mut shell::cargo(
        "build --release --package peer --bin peer",
    ))?;
    let folder = shell::root().join("target/bench");
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    site::bind_as(NAME, &wasm, &folder)?;
    let page = folder.join("index.html");
    fs::write(&page, PAGE).with_context(|| format!("writing {}", page.display()))?;
    Ok(folder)
}

/// Measures the participant in `folder`.
///
/// # Errors
/// When there is no browser, or the page does not work.
pub fn run(folder: &Path, rounds: u32, seconds: f64, growth: bool) -> Result<()> {
    setup::browser()?;
    let mut cargo = shell::cargo("run --quiet --package e2e --bin bench --");
    cargo.arg(folder);
    cargo.args([rounds.to_string(), seconds.to_string()]);
    cargo.args(growth.then_some("growth"));
    shell::run(&mut cargo)
}
