//! What the checks have seen, line by line, in `target/evidence`: for whoever wants to read it, not only be told that it
//! holds.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Writes `lines` into `target/evidence/NAME.txt`, over what was there.
///
/// # Errors
/// When the file cannot be written.
pub fn evidence(name: &str, lines: &[String]) -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/evidence");
    fs::create_dir_all(&folder)?;
    let file = folder.canonicalize()?.join(format!("{name}.txt"));
    fs::write(&file, lines.join("\n") + "\n")
        .with_context(|| format!("writing {}", file.display()))?;
    println!("{} lines in {}", lines.len(), file.display());
    Ok(file)
}
