//! Drives the built page (`dist/`) in a headless Chromium, for the tests beside this file.
//!
//! [`visit`] opens the page, hands it to the test, and fails it too if the browser's console holds an error:
//!
//! ```no_run
//! # use e2e::{Key, Size, visit};
//! # fn main() -> anyhow::Result<()> {
//! visit("?p=0.3", Size::DESKTOP, async |page| {
//!     page.click("button").await?;
//!     page.key(Key::Right).await?;
//!     page.wait_for("[role=alert]").await?;
//!     assert_eq!(page.text("h1").await?, "Dropout Lab");
//!     Ok(())
//! })
//! # }
//! ```
//!
//! Nothing is built here: `cargo xtask test --only e2e` does both.

mod axe;
pub mod embeds;
pub mod endurance;
mod evidence;
mod example;
mod firefox;
pub mod monkey;
mod page;
mod probe;
mod service;
mod size;
pub mod trained;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use anyhow::{Context, Result};
use serde_json::Value;
use thirtyfour::{Capabilities, WebDriver};

pub use evidence::evidence;
pub use example::Example;
pub use firefox::Firefox;
pub use page::Page;
pub use service::{Service, dist, serve, single_file};
pub use size::Size;
pub use thirtyfour::{By, Key};

/// How the browser is started; the core tests in the browser use the same file.
const CAPABILITIES: &str = include_str!("../../webdriver.json");

/// Opens the page with `query` in a window of `size` and runs `test` on it.
///
/// A test that fails leaves a screenshot in `target/e2e-shots`, named after it.
///
/// # Errors
/// Those of `test`, an error on the browser's console, or whatever keeps the page from opening.
pub fn visit(query: &str, size: Size, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    let site = service::site()?;
    browse(site.address(), &[], async |page| {
        page.resize(size).await?;
        page.go(query).await?;
        test(page).await
    })
}

/// Starts a browser with further command-line `arguments` and runs `test` on a page that will open `address`.
///
/// A test that fails leaves a screenshot in `target/e2e-shots`, named after it.
///
/// # Errors
/// Those of `test`, an error on the browser's console, or whatever keeps the browser from starting.
pub fn browse(
    address: &str,
    arguments: &[&str],
    test: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    drive(capabilities(arguments, &["browser"])?, address, test)
}

/// The same in a browser that writes down every request: [`Page::requests`].
///
/// # Errors
/// As [`browse`].
pub fn recorded(address: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    let capabilities = capabilities(&[], &["browser", "performance"])?;
    drive(capabilities, address, test)
}

fn drive(
    capabilities: Capabilities,
    address: &str,
    test: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let chromedriver = service::chromedriver()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let driver = runtime
        .block_on(WebDriver::new(chromedriver.address(), capabilities))
        .context("starting the browser")?;
    let page = Page::new(driver.clone(), address);

    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&page))));
    let console = runtime.block_on(page.check_console());
    if !matches!(outcome, Ok(Ok(()))) {
        let name = std::thread::current().name().unwrap_or("test").to_owned();
        let shot = runtime.block_on(page.screenshot(&format!("failed-{name}")));
        eprintln!("screenshot: {shot:?}");
    }
    let quit = runtime.block_on(driver.quit());
    match outcome {
        Ok(result) => result.and(console).and(Ok(quit?)),
        Err(panic) => resume_unwind(panic),
    }
}

/// [`CAPABILITIES`] with further command-line arguments of the browser, and the logs that it keeps.
fn capabilities(arguments: &[&str], logs: &[&str]) -> Result<Capabilities> {
    let mut capabilities: Value = serde_json::from_str(CAPABILITIES)?;
    let all = capabilities["goog:chromeOptions"]["args"].as_array_mut();
    all.context("webdriver.json has no arguments")?
        .extend(arguments.iter().map(|argument| Value::from(*argument)));
    for log in logs {
        capabilities["goog:loggingPrefs"][log] = "ALL".into();
    }
    Ok(serde_json::from_value(capabilities)?)
}
