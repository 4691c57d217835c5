//! The service worker of a site: `static/worker.js`, told what the site is made of and which version it is.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha1_smol::Sha1;

use crate::offline;

/// What the worker is called.
pub const NAME: &str = "worker.js";

/// Files that a visit without a network does not need: the worker itself, and what is for other pages or for disks.
const LEFT_OUT: [&str; 3] = [NAME, offline::NAME, "dropout-lab.js"];

/// The worker of the site in `dist`, whose own text is `source`.
///
/// # Errors
/// When `dist` cannot be read.
pub fn script(source: &str, dist: &Path) -> Result<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dist).with_context(|| format!("listing {}", dist.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !LEFT_OUT.contains(&name.as_str()) {
            files.push(name);
        }
    }
    files.sort();
    let mut digest = Sha1::from(source);
    for name in &files {
        digest.update(name.as_bytes());
        digest.update(&fs::read(dist.join(name)).with_context(|| format!("reading {name}"))?);
    }
    // Whoever asks for the folder gets the page.
    let addresses = files.iter().map(|name| match name.as_str() {
        "index.html" => "./",
        name => name,
    });
    let addresses = serde_json::to_string(&addresses.collect::<Vec<_>>())?;
    let version = &digest.digest().to_string()[..16];
    Ok(format!(
        "const VERSION = \"{version}\", FILES = {addresses};\n{source}"
    ))
}
