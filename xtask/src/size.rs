//! What a browser fetches before the page can be used, and the most it may be.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::compress::brotli;
use crate::offline::{self, gzip};
use crate::page;
use crate::shell;

/// The most that the first load may be, gzipped, in bytes.
const CEILING: usize = 250 * 1024;

/// What README's word on the size of the single file may be off, in percent.
const OFF: u64 = 5;

/// Prints the files of the first load in `dist` with their sizes, and that of the single file.
///
/// # Errors
/// When `dist` holds no site, a first load above the ceiling, or a single file of another size than README says.
pub fn check(dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
    println!(
        "{:<44} {:>9} {:>9} {:>9}",
        "bytes", "plain", "gzip", "Brotli"
    );
    let mut sums = [0, 0, 0];
    for file in first_load(&html) {
        let path = dist.join(file);
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let sizes = [bytes.len(), gzip(&bytes)?.len(), brotli(&bytes)?.len()];
        print_row(file, sizes);
        for (sum, size) in sums.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    print_row("first load", sums);
    let [_, total, _] = sums;
    println!("allowed: {CEILING} gzipped");
    ensure!(
        total <= CEILING,
        "the first load is {total} bytes gzipped; allowed: at most {CEILING}"
    );
    check_single_file(dist)
}

/// Holds the size of the single file against README.
fn check_single_file(dist: &Path) -> Result<()> {
    let (file, readme) = (dist.join(offline::NAME), shell::root().join("README.md"));
    let size = fs::metadata(&file).with_context(|| format!("reading {}", file.display()))?;
    let size = size.len();
    let said = said_of_single_file(&fs::read_to_string(readme)?);
    let said = said.context("README does not say how large the single file is")?;
    println!("{:<44} {size:>9}", offline::NAME);
    ensure!(
        size.abs_diff(said * 1000) * 100 <= size * OFF,
        "{} has {size} bytes, and README says about {said} kB",
        offline::NAME
    );
    Ok(())
}

/// So many thousand bytes, as README has it.
fn said_of_single_file(readme: &str) -> Option<u64> {
    let (_, said) = readme.split_once(&format!("`{}` (about ", offline::NAME))?;
    let (number, _) = said.split_once(" kB)")?;
    number.replace(',', "").parse().ok()
}

fn print_row(name: &str, [plain, gzip, brotli]: [usize; 3]) {
    println!("{name:<44} {plain:>9} {gzip:>9} {brotli:>9}");
}

/// The page itself and the files that it names, but for the module with the whole page, which is fetched when it is
/// asked for, and what belongs to an installed app.
fn first_load(html: &str) -> Vec<&str> {
    let whole = format!("{}-", page::ALL);
    let names = html.split('"').filter_map(|text| text.strip_prefix("./"));
    let is_first = |name: &&str| {
        let later = [".webmanifest", ".png"]
            .iter()
            .any(|end| name.ends_with(end));
        !name.is_empty() && !later && !name.starts_with(&whole)
    };
    std::iter::once("index.html")
        .chain(names.filter(is_first))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readme_says_how_large_the_single_file_is() {
        let text = "the lab is in `dropout-lab.html` (about 1,234 kB), and";
        assert_eq!(said_of_single_file(text), Some(1234));
        assert!(said_of_single_file(include_str!("../../README.md")).is_some());
        assert_eq!(said_of_single_file("`dropout-lab.html` (large)"), None);
    }

    #[test]
    fn the_whole_page_is_no_part_of_the_first_load() {
        let html = "<link rel=\"icon\" href=\"./icon-1.svg\"/><link rel=\"manifest\" href=\"./m.webmanifest\">\
            <script src=\"./boot.js\" data-first=\"./network-2.js\" data-first-wasm=\"./network-2_bg.wasm\" \
            data-all=\"./dropout-lab-3.js\" data-all-wasm=\"./dropout-lab-3_bg.wasm\"></script>";
        assert_eq!(
            first_load(html),
            [
                "index.html",
                "icon-1.svg",
                "boot.js",
                "network-2.js",
                "network-2_bg.wasm"
            ]
        );
    }
}
