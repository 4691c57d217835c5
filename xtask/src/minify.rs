//! Leaves out of a release what its scripts and style sheet need for their authors alone: comments and white space.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

/// What stays as it is: whoever writes a page reads the element.
const FOR_READERS: [&str; 1] = ["dropout-lab.js"];

/// Makes the scripts and style sheets in `dist` smaller.
///
/// # Errors
/// When one of them cannot be read, understood or written.
pub fn write(dist: &Path) -> Result<()> {
    for entry in fs::read_dir(dist).with_context(|| format!("listing {}", dist.display()))? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let make = match file.extension().and_then(|ending| ending.to_str()) {
            Some("js") if !FOR_READERS.contains(&&*name) => script,
            Some("css") => style,
            _ => continue,
        };
        let text = fs::read_to_string(&file).with_context(|| format!("reading {name}"))?;
        let smaller = make(&text).with_context(|| format!("making {name} smaller"))?;
        fs::write(&file, smaller).with_context(|| format!("writing {name}"))?;
    }
    Ok(())
}

fn script(text: &str) -> Result<String> {
    let smaller = minifier::js::minify(text).map_err(|error| anyhow!("{error}"))?;
    Ok(smaller.to_string())
}

fn style(text: &str) -> Result<String> {
    let smaller = minifier::css::minify(text).map_err(|error| anyhow!("{error}"))?;
    Ok(smaller.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_reads_stays_as_it_is() -> Result<()> {
        let text = "// A word.\nconst say = (name) => {\n  return `no // ${name}  comment`;\n};\n";
        let smaller = script(text)?;
        assert!(!smaller.contains("A word"));
        assert!(smaller.contains("`no // ${name}  comment`"));
        let text = "/* A word. */\n.a > .b {\n  width: calc(1px + 2px);\n}\n";
        let smaller = style(text)?;
        assert!(!smaller.contains("A word"));
        assert!(smaller.contains("calc(1px + 2px)"));
        Ok(())
    }
}
