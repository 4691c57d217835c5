//! The rules of axe-core, which `cargo xtask test` fetches, run on what is on the screen.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use crate::Page;

/// Runs the rules of WCAG 2.2 A and AA, and those of good practice, on the page and the frames in it, or on the dialog
/// while one is open, for nothing else can be reached then; answers each violation as a line of its rule, its element,
/// and what is wrong with it.
const RUN: &str = "axe.run(document.querySelector('dialog[open]') ?? document, { resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ passes, violations }) => [passes.length, violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        `${id}: ${target.join(' ')}: ${failureSummary.split('\\n').slice(1).join(' ').trim()}`))])";

impl Page {
    /// Gives axe-core to every page that is opened from now on, and to the frames in it.
    ///
    /// # Errors
    /// When `cargo xtask test` has not fetched it yet.
    pub async fn add_axe(&self) -> Result<()> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../target/npm/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(file)
            .context("axe-core is not in target/npm: `cargo xtask test --only e2e` fetches it")?;
        let script = json!({ "source": source });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", script)
            .await?;
        Ok(())
    }

    /// How many rules of accessibility what is on the screen keeps, and what breaks one; [`Page::add_axe`] must have been
    /// called before it opened.
    ///
    /// # Errors
    /// When axe-core is not there.
    pub async fn violations(&self) -> Result<(usize, Vec<String>)> {
        self.eval(RUN).await
    }
}
