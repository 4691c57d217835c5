//! What the other commands need on this machine: found if it is there, installed if that can be done, else named.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::shell::{output, program, root, run, succeeds};

/// Rust's name for the platform the page runs on.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc can compile for the browser.
///
/// # Errors
/// When the target is missing and rustup is missing too or cannot install it.
pub fn wasm_target() -> Result<()> {
    let mut rustc = program("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]);
    if Path::new(output(&mut rustc)?.trim()).is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", WASM])
}

/// Makes sure that cargo can format and lint.
///
/// # Errors
/// When a component is missing and rustup is missing too or cannot install it.
pub fn lint_components() -> Result<()> {
    for (component, tool) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !succeeds(program("cargo").args([tool, "--version"])) {
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    let command = format!("rustup {}", arguments.join(" "));
    if !succeeds(program("rustup").arg("--version")) {
        bail!(
            "`{command}` is needed, but there is no rustup here: install it from https://rustup.rs, \
             or install what that command would with the package manager that Rust came from"
        );
    }
    println!("      {command}");
    run(program("rustup").args(arguments))
}

const BROWSER_NEEDED: &str = "\
the tests in the browser need Chromium (or Chrome) and the chromedriver of the same version, both on PATH:
  Debian   apt-get install chromium chromium-driver
  Ubuntu   apt-get install chromium-browser chromium-chromedriver
  Fedora   dnf install chromium chromedriver
  macOS    brew install --cask google-chrome chromedriver
The environment variable CHROMEDRIVER may name a chromedriver that is elsewhere.";

/// Makes sure that there is a Chromium and its `WebDriver` server.
///
/// # Errors
/// When one is missing and apt-get may not or cannot install it.
pub fn browser() -> Result<()> {
    if has_browser() {
        return Ok(());
    }
    ensure!(may_apt_get(), BROWSER_NEEDED);
    println!("      apt-get install chromium chromium-driver");
    install_browser().context(BROWSER_NEEDED)?;
    ensure!(has_browser(), BROWSER_NEEDED);
    Ok(())
}

fn install_browser() -> Result<()> {
    install(&["chromium", "chromium-driver"])
}

fn install(packages: &[&str]) -> Result<()> {
    run(apt_get().args(["update", "--quiet"]))?;
    run(apt_get()
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages))
}

/// What a check is left out without, which the table then says.
pub struct Tool {
    /// What it is called.
    pub name: &'static str,
    is_there: fn() -> bool,
    install: fn() -> Result<()>,
}

/// What the tests have from npm, in `target/npm`: the slides of the deck, and the rules of accessibility.
const NPM: [&str; 2] = ["reveal.js@5.2.1", "axe-core@4.14.1"];

/// What opens the files that are kept, in `target/python`: whatever is current, for so has the reader.
const PYTHON: [&str; 6] = [
    "numpy",
    "pandas",
    "nbformat",
    "nbclient",
    "ipykernel",
    "ruamel.yaml",
];

/// The version of cargo-deny that `deny.toml` is written for.
const CARGO_DENY: &str = "cargo-deny@0.20.2";

impl Tool {
    /// Builds the site from the same `index.html`.
    pub const TRUNK: Self = Self {
        name: "trunk",
        is_there: || succeeds(program("trunk").arg("--version")),
        install: || bail!("it takes longer to install than everything else"),
    };
    /// The other browser.
    pub const FIREFOX: Self = Self {
        name: "Firefox",
        is_there: || {
            let mut names = ["firefox-esr", "firefox"].into_iter();
            names.any(|name| succeeds(program(name).arg("--version")))
        },
        install: || {
            ensure!(may_apt_get(), "packages may not be installed here");
            install(&["firefox-esr"])
        },
    };
    /// What the dependencies may be is checked with it.
    pub const DENY: Self = Self {
        name: "cargo-deny",
        is_there: || succeeds(program("cargo").args(["deny", "--version"])),
        // Unoptimised it is there in a fraction of the time, and fast enough.
        install: || {
            let mut cargo = program("cargo");
            run(cargo.args(["install", "--debug", "--locked", CARGO_DENY]))
        },
    };
    /// Known faults of dependencies. Without it nothing is known of them, and the table says so.
    pub const ADVISORIES: Self = Self {
        name: "RustSec advisory database within reach, so NO dependency was checked for known faults",
        is_there: || succeeds(program("cargo").args(["deny", "fetch", "db"])),
        install: || bail!("it comes from the network, when there is one"),
    };
    /// The slides of `examples/embed/reveal.html`, in `target/npm`.
    pub const REVEAL: Self = Self {
        name: "reveal.js, nor an npm that could fetch it,",
        is_there: || npm_has("reveal.js/dist/reveal.js"),
        install: npm_install,
    };
    /// The checks of accessibility, in `target/npm`.
    pub const AXE: Self = Self {
        name: "axe-core, nor an npm that could fetch it,",
        is_there: || npm_has("axe-core/axe.min.js"),
        install: npm_install,
    };

    /// Opens what is kept of a view, in `target/python`.
    pub const PYTHON: Self = Self {
        name: "Python with numpy, pandas and Jupyter, nor a pip that could fetch them,",
        is_there: || can_import(OUR_PYTHON, &PYTHON.join(", ")),
        install: pip_install,
    };
    /// Runs what is kept.
    pub const TORCH: Self = Self {
        name: "Python with torch (DROPOUT_LAB_PYTHON can name one), so NO kept notebook was run by PyTorch",
        is_there: || {
            let named = std::env::var("DROPOUT_LAB_PYTHON");
            can_import(named.as_deref().unwrap_or("python3"), "torch")
        },
        install: || bail!("it is too large to be fetched for a check"),
    };

    /// Whether it is there, or has just been installed.
    pub fn set_up(&self) -> bool {
        if (self.is_there)() {
            return true;
        }
        let installed = (self.install)();
        installed
            .inspect_err(|error| println!("      {error:#}"))
            .is_ok()
            && (self.is_there)()
    }
}

fn npm_has(file: &str) -> bool {
    root().join("target/npm/node_modules").join(file).is_file()
}

/// All of them at once, for npm removes what a command does not name.
fn npm_install() -> Result<()> {
    let mut npm = program("npm");
    npm.args(["install", "--prefix", "target/npm", "--no-save"]);
    npm.args(["--no-audit", "--no-fund", "--ignore-scripts"]);
    run(npm.args(NPM))
}

/// Of the tests alone.
const OUR_PYTHON: &str = "target/python/bin/python";

fn can_import(python: &str, modules: &str) -> bool {
    succeeds(program(python).args(["-c", &format!("import {modules}")]))
}

/// A Python of the tests' own, with what they need.
fn pip_install() -> Result<()> {
    let make = || run(program("python3").args(["-m", "venv", "target/python"]));
    // Debian has that module in a package of its own.
    make().or_else(|error| {
        ensure!(may_apt_get(), error);
        install(&["python3-venv"]).and_then(|()| make())
    })?;
    let mut pip = program(OUR_PYTHON);
    pip.args(["-m", "pip", "install", "--quiet"]);
    run(pip.arg("--disable-pip-version-check").args(PYTHON))
}

/// Whether chromedriver starts and there is a browser where it looks for one.
fn has_browser() -> bool {
    let driver = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into());
    let on_path = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let on_macos = "/Applications/Google Chrome.app";
    succeeds(program(&driver).arg("--version"))
        && (Path::new(on_macos).is_dir()
            || on_path
                .iter()
                .any(|name| succeeds(program(name).arg("--version"))))
}

fn is_root() -> bool {
    output(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Whether packages can be installed without asking anyone.
fn may_apt_get() -> bool {
    succeeds(program("apt-get").arg("--version"))
        && (is_root() || succeeds(program("sudo").args(["--non-interactive", "true"])))
}

fn apt_get() -> Command {
    let mut words = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    if !is_root() {
        words.splice(0..0, ["sudo", "--non-interactive"]);
    }
    let mut command = program(words[0]);
    command.args(&words[1..]);
    command
}
