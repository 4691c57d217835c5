//! Compressed copies of a site's files, for servers that send `name.br` or `name.gz` in place of `name`: what is
//! compressed once, and slowly, need not be compressed for every reader.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::offline::gzip;

/// What is worth compressing; pictures are compressed already.
const ENDINGS: [&str; 7] = ["css", "html", "js", "json", "svg", "wasm", "webmanifest"];

/// Writes `name.br` and `name.gz` beside every file of `dist` that gets smaller by it.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(dist: &Path) -> Result<()> {
    let mut sums = [0, 0, 0];
    for entry in fs::read_dir(dist).with_context(|| format!("listing {}", dist.display()))? {
        let file = entry?.path();
        let ending = file.extension().unwrap_or_default();
        if !ENDINGS.iter().any(|known| ending == *known) {
            continue;
        }
        let plain = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        let (br, gz) = (brotli(&plain)?, gzip(&plain)?);
        for (sum, bytes) in sums.iter_mut().zip([&plain, &br, &gz]) {
            *sum += bytes.len();
        }
        fs::write(beside(&file, "br"), br)?;
        fs::write(beside(&file, "gz"), gz)?;
    }
    let [plain, br, gz] = sums;
    println!("      {plain} bytes, {gz} gzipped, {br} by Brotli");
    Ok(())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// `bytes` in Brotli's format, as small as it gets.
///
/// # Errors
/// Never, for it is written to memory; the library cannot promise that.
pub fn brotli(mut bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_copies_hold_what_the_files_hold() -> Result<()> {
        let name = format!("dropout-lab-compress-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder)?;
        let text = "dropout ".repeat(1000);
        fs::write(folder.join("a.js"), &text)?;
        fs::write(folder.join("b.png"), &text)?;
        write(&folder)?;
        let (mut from_br, mut from_gz) = (Vec::new(), String::new());
        let br = fs::read(folder.join("a.js.br"))?;
        brotli::BrotliDecompress(&mut &br[..], &mut from_br)?;
        let gz = fs::read(folder.join("a.js.gz"))?;
        flate2::read::GzDecoder::new(&gz[..]).read_to_string(&mut from_gz)?;
        assert_eq!((from_br, from_gz), (text.clone().into_bytes(), text));
        assert!(!folder.join("b.png.gz").exists());
        Ok(fs::remove_dir_all(&folder)?)
    }
}
