//! The examples of `examples/embed`, each in a folder that can be served.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};

/// The lab's address in the examples.
const LAB: &str = "https://lab.example/";

/// A folder on this machine whose page is an example; it ends with the test.
pub struct Example(PathBuf);

impl Example {
    /// The example `file`, with the lab at `lab`.
    ///
    /// # Errors
    /// When there is no such example.
    pub fn new(file: &str, lab: &str) -> Result<Self> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../examples/embed")
            .join(file);
        let html = fs::read_to_string(&source).with_context(|| format!("reading {file}"))?;
        Self::of(&html.replace(LAB, lab))
    }

    /// A page of the test's own.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn of(html: &str) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("dropout-lab-example-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), html)?;
        Ok(Self(folder))
    }

    /// Puts reveal.js beside it.
    ///
    /// # Errors
    /// When `cargo xtask test` has not fetched it yet.
    pub fn add_reveal(&self) -> Result<()> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../target/npm/node_modules/reveal.js/dist");
        let folder = self.0.join("reveal.js/dist");
        fs::create_dir_all(folder.join("theme"))?;
        for file in ["reset.css", "reveal.css", "reveal.js", "theme/serif.css"] {
            fs::copy(package.join(file), folder.join(file)).context(
                "reveal.js is not in target/npm: `cargo xtask test --only e2e` fetches it",
            )?;
        }
        Ok(())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        // A folder of temporary files may stay if it must.
        let _ = fs::remove_dir_all(&self.0);
    }
}
