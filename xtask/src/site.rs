//! Builds the site: cargo makes the wasm, wasm-bindgen its JavaScript, `index.html` says what else belongs to it.
//!
//! The result depends on the sources alone: names carry a hash of the content, and every address is relative, so
//! that the folder can be hosted anywhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;
use sha1_smol::Sha1;

use crate::minify;
use crate::offline;
use crate::page::{self, App, Link, Module};
use crate::setup::{self, WASM};
use crate::shell::{self, Progress};
use crate::worker;

/// The steps that [`build`] takes on its progress.
pub const STEPS: usize = 4;

/// The part of `Trunk.toml` that matters for a build.
#[derive(Deserialize)]
struct Trunk {
    build: TrunkBuild,
}

#[derive(Deserialize)]
struct TrunkBuild {
    public_url: String,
    pattern_script: String,
}

/// Builds the site into `dist`, replacing what an earlier build left there.
///
/// # Errors
/// When something is missing that cannot be installed, the app does not compile, `index.html` asks for something
/// unknown, or `dist` cannot be written or holds something else than a site.
pub fn build(progress: &mut Progress, release: bool, dist: &Path) -> Result<()> {
    check_replaceable(dist)?;
    progress.next(&format!("looking for the {WASM} target"));
    setup::wasm_target()?;
    let profile = if release { "release" } else { "dev" };
    progress.next(&format!("building the app ({profile}, {WASM})"));
    // What is fetched first is worth a module of its own only where its size matters.
    let first = if release { page::FIRST } else { page::ALL };
    let bin = |name| compile(profile, &["--bin", name]);
    let (first, all) = (bin(first)?, bin(page::ALL)?);
    progress.next("generating its JavaScript (wasm-bindgen)");
    clear(dist)?;
    let (first, all) = (bind(&first, dist)?, bind(&all, dist)?);
    progress.next(&format!("writing the page to {}", dist.display()));
    write_page(&first, &all, dist)?;
    write_single_file(&all, dist)?;
    if release {
        minify::write(dist)?;
    }
    // It knows the other files.
    write_worker(dist)
}

/// Compiles what `what` names, and returns the path of its wasm file.
///
/// # Errors
/// When it does not compile.
pub fn compile(profile: &str, what: &[&str]) -> Result<PathBuf> {
    let mut cargo = shell::cargo("build --message-format json-render-diagnostics");
    cargo.args(["--target", WASM, "--profile", profile]);
    cargo.args(what).stderr(Stdio::inherit());
    let wasm = |message: Value| {
        let files = message["filenames"].as_array()?.iter();
        let mut files = files.filter_map(|file| file.as_str().map(PathBuf::from));
        files.find(|file| file.extension().is_some_and(|is| is == "wasm"))
    };
    shell::output(&mut cargo)?
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find_map(wasm)
        .context("cargo built the app but did not say where it is")
}

/// Makes a module of `wasm` in `dist`, named after its content.
fn bind(wasm: &Path, dist: &Path) -> Result<Module> {
    let name = hashed(wasm)?;
    bind_as(&name, wasm, dist)?;
    Ok(Module { name })
}

/// Makes a module called `name` of `wasm` in `dist`.
///
/// # Errors
/// When wasm-bindgen does not understand it.
pub fn bind_as(name: &str, wasm: &Path, dist: &Path) -> Result<()> {
    let options = "--target web --no-typescript --remove-name-section --remove-producers-section";
    let mut arguments = vec!["wasm-bindgen".into(), wasm.as_os_str().to_owned()];
    arguments.extend(options.split_whitespace().map(Into::into));
    arguments.extend([
        "--out-name".into(),
        name.into(),
        "--out-dir".into(),
        dist.into(),
    ]);
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments)
}

/// Fails if `dist` holds something else than a site, which a mistyped path must not cost anyone.
fn check_replaceable(dist: &Path) -> Result<()> {
    let is_free = !dist.exists() || dist.is_dir() && fs::read_dir(dist)?.next().is_none();
    ensure!(
        is_free || dist.join("index.html").is_file(),
        "{} is not empty and holds no site: not overwriting it",
        dist.display()
    );
    Ok(())
}

/// Leaves `dist` there and empty.
fn clear(dist: &Path) -> Result<()> {
    if dist.is_dir() {
        fs::remove_dir_all(dist).with_context(|| format!("emptying {}", dist.display()))?;
    }
    fs::create_dir_all(dist).with_context(|| format!("creating {}", dist.display()))
}

/// Writes `index.html` and all files that it links to.
fn write_page(first: &Module, all: &Module, dist: &Path) -> Result<()> {
    let source = read("index.html")?;
    let trunk: Trunk = toml::from_str(&read("Trunk.toml")?).context("reading Trunk.toml")?;
    let base: &str = &trunk.build.public_url;
    let app = App { base, first, all };
    let mut html = source.clone();
    for link in page::links(&source) {
        let replacement = match link.rel {
            "rust" if link.bin == page::FIRST => app.script(&trunk.build.pattern_script),
            // The script names this one too.
            "rust" => String::new(),
            _ => write_asset(&link, base, dist)?,
        };
        html = html.replacen(link.tag, &replacement, 1);
    }
    let target = dist.join("index.html");
    fs::write(&target, html).with_context(|| format!("writing {}", target.display()))
}

/// Writes what lets a browser keep the site.
fn write_worker(dist: &Path) -> Result<()> {
    let script = worker::script(&read("static/worker.js")?, dist)?;
    let target = dist.join(worker::NAME);
    fs::write(&target, script).with_context(|| format!("writing {}", target.display()))
}

/// Writes the whole site once more, as one file.
fn write_single_file(all: &Module, dist: &Path) -> Result<()> {
    let glue = dist.join(all.js());
    let wasm = dist.join(all.wasm());
    let file = offline::file(&offline::Parts {
        html: &read("index.html")?,
        glue: &fs::read_to_string(&glue).with_context(|| format!("reading {}", glue.display()))?,
        wasm: &fs::read(&wasm).with_context(|| format!("reading {}", wasm.display()))?,
        read: &read,
    })?;
    let target = dist.join(offline::NAME);
    fs::write(&target, file).with_context(|| format!("writing {}", target.display()))
}

/// Copies the file of `link` and returns the tag that takes the link's place.
fn write_asset(link: &Link, base: &str, dist: &Path) -> Result<String> {
    let source = shell::root().join(link.href);
    let (name, tag_rel) = match link.rel {
        "css" => (hashed(&source)?, Some("stylesheet")),
        "icon" => (hashed(&source)?, Some("icon")),
        "copy-file" => (file_part(source.file_stem()), None),
        other => bail!(
            "index.html: rel=\"{other}\" is not one of css, icon, copy-file, rust: {}",
            link.tag
        ),
    };
    let file = format!("{name}.{}", file_part(source.extension()));
    fs::copy(&source, dist.join(&file)).with_context(|| format!("copying {}", link.href))?;
    Ok(tag_rel.map_or_else(String::new, |rel| {
        format!("<link rel=\"{rel}\" href=\"{base}{file}\"/>")
    }))
}

/// The name of `file` without its extension, followed by a hash of the content.
fn hashed(file: &Path) -> Result<String> {
    let content = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let digest = Sha1::from(content).digest().to_string();
    Ok(format!("{}-{}", file_part(file.file_stem()), &digest[..16]))
}

fn file_part(part: Option<&std::ffi::OsStr>) -> String {
    part.unwrap_or_default().to_string_lossy().into_owned()
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(shell::root().join(file)).with_context(|| format!("reading {file}"))
}
