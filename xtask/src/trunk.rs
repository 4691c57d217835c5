//! Whether Trunk makes the same site from the same `index.html` and `Trunk.toml` as we do.
//!
//! The same files under the same names and the same page, but for the hashes in the names: the two hash differently,
//! and Trunk leaves the names of functions in the wasm. The single file and the
//! service worker are made by xtask alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::offline;
use crate::shell::{program, root, run};
use crate::worker;

/// What only xtask makes.
const OURS: [&str; 2] = [offline::NAME, worker::NAME];

/// Lets Trunk build, and compares what it leaves with the site in `dist`.
///
/// # Errors
/// When Trunk is not there or fails, or the two sites differ; the message quotes the difference.
pub fn compare(dist: &Path) -> Result<()> {
    let theirs = root().join("target/trunk");
    run(program("trunk")
        .args(["build", "--release", "--dist"])
        .arg(&theirs))?;
    let (our_files, their_files) = (files(dist)?, files(&theirs)?);
    ensure!(
        our_files == their_files,
        "the files differ.\nxtask: {our_files:?}\ntrunk: {their_files:?}"
    );
    let (our_page, their_page) = (page(dist)?, page(&theirs)?);
    ensure!(
        our_page == their_page,
        "the pages differ.\nxtask: {our_page}\ntrunk: {their_page}"
    );
    println!("Trunk and xtask leave the same site.");
    Ok(())
}

fn files(dist: &Path) -> Result<BTreeSet<String>> {
    let entries = fs::read_dir(dist).with_context(|| format!("listing {}", dist.display()))?;
    let name = |entry: fs::DirEntry| without_hashes(&entry.file_name().to_string_lossy());
    let names = entries.map(|entry| Ok(name(entry?)));
    names
        .filter(|name| !matches!(name, Ok(name) if OURS.contains(&name.as_str())))
        .collect()
}

/// `index.html` without hashes and without the white space that a removed tag leaves behind.
fn page(dist: &Path) -> Result<String> {
    let html = fs::read_to_string(dist.join("index.html")).context("reading the built page")?;
    let words: Vec<&str> = html.split_whitespace().collect();
    Ok(without_hashes(&words.join(" ")))
}

/// `text` with every `-0123456789abcdef` that ends a file's name replaced by `-#`, or by nothing for the module that
/// Trunk gives no hash.
fn without_hashes(text: &str) -> String {
    let mut parts = text.split('-');
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        let digits = part.len() - rest.len();
        let is_hash = (12..=16).contains(&digits) && rest.starts_with(['.', '_']);
        masked.push_str(if is_hash { "-#" } else { "-" });
        masked.push_str(if is_hash { rest } else { part });
    }
    masked.replace("dropout-lab-#", "dropout-lab")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashes_are_masked() {
        assert_eq!(
            without_hashes(
                "./network-4349991efde2bde2_bg.wasm style-cedf0a28f6b1d43c.css color-scheme"
            ),
            "./network-#_bg.wasm style-#.css color-scheme"
        );
    }
}
