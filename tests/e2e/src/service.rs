//! The two programs a test needs beside it: a server for the site and chromedriver. Both end with the test.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};

/// A running program that listens on a port of its own choice.
pub struct Service {
    child: Child,
    /// Kept open: a program whose output nobody can read any more may end.
    _stdout: BufReader<ChildStdout>,
    port: u16,
    address: String,
}

/// `cargo xtask serve` on the site that was built last.
///
/// # Errors
/// When no site was built.
pub(crate) fn site() -> Result<Service> {
    serve(&dist()).context("is the site built? `cargo xtask build --release`")
}

/// `cargo xtask serve` on a folder with an `index.html`.
///
/// # Errors
/// When there is none.
pub fn serve(folder: &Path) -> Result<Service> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--package", "xtask", "--"]);
    cargo.args(["serve", "--no-build", "--port", "0", "--dist"]);
    let announcement = "Dropout Lab is at http://127.0.0.1:";
    Service::start(cargo.arg(folder), announcement)
}

/// The address on disk of the single file that was built last.
///
/// # Errors
/// When none was built.
pub fn single_file() -> Result<String> {
    let file = dist().join("dropout-lab.html").canonicalize();
    let file = file.context("is the site built? `cargo xtask build --release`")?;
    Ok(format!("file://{}", file.display()))
}

/// Where the site was built last, unless `E2E_DIST` names another folder.
#[must_use]
pub fn dist() -> PathBuf {
    let last = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    std::env::var_os("E2E_DIST").map_or_else(last, PathBuf::from)
}

/// The `WebDriver` server of Chromium.
///
/// # Errors
/// When it is not installed.
pub(crate) fn chromedriver() -> Result<Service> {
    let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into());
    let announcement = "ChromeDriver was started successfully on port ";
    let start = || Service::start(Command::new(&program).arg("--port=0"), announcement);
    // It picks a free port and takes it a moment later; another process may have taken it in between.
    start().or_else(|_| start()).or_else(|_| start())
}

impl Service {
    /// Starts `command` and waits until it prints `announcement` and its port.
    fn start(command: &mut Command, announcement: &str) -> Result<Self> {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{command:?} could not be started"))?;
        let stdout = child.stdout.take().context("no output to read")?;
        let mut stdout = BufReader::new(stdout);
        let port = stdout
            .by_ref()
            .lines()
            .map_while(Result::ok)
            .find_map(|line| port_after(announcement, &line))
            .with_context(|| format!("{command:?} ended without saying its port"))?;
        Ok(Self {
            child,
            _stdout: stdout,
            port,
            address: format!("http://127.0.0.1:{port}/"),
        })
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where it listens, with a slash at the end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// The number that follows `announcement` in `line`.
fn port_after(announcement: &str, line: &str) -> Option<u16> {
    let (_, rest) = line.split_once(announcement)?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

impl Drop for Service {
    fn drop(&mut self) {
        // A program that has ended by itself cannot be killed, and need not be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
