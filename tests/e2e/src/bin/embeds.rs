//! Takes a picture of every view as it is embedded, in every frame and theme, into `target/e2e-shots`, and puts all of a
//! frame on one sheet at a quarter of their size: what is read from three metres.
//!
//! Words after the command choose: `cargo run --package e2e --bin embeds -- coin dark`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use e2e::embeds::{EMBEDS, FRAMES, LISTS};
use e2e::{Page, Size, browse, dist, serve};

const THEMES: [&str; 3] = ["bright", "dark", "projector"];
/// How much smaller a picture is on the sheet.
const SMALLER: u32 = 4;
/// Pictures side by side on it.
const ABREAST: u32 = 4;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let site = serve(&dist()).context("is the site built? `cargo xtask build --release`")?;
    browse(site.address(), &[], async |page| {
        for frame in FRAMES {
            let shots = shots(page, frame, &words).await?;
            sheet(page, frame, &shots).await?;
        }
        Ok(())
    })
}

/// The pictures in one frame whose names have all of `words`.
async fn shots(page: &Page, frame: Size, words: &[String]) -> Result<Vec<PathBuf>> {
    let size = format!("{}x{}", frame.width, frame.height);
    let mut shots = Vec::new();
    page.resize(frame).await?;
    for theme in THEMES {
        for (view, link) in EMBEDS.into_iter().chain(LISTS) {
            let name = format!("embed-{view}-{size}-{theme}");
            if !words.iter().all(|word| name.contains(word)) {
                continue;
            }
            page.go(&format!("{link}&theme={theme}")).await?;
            page.settle().await?;
            shots.push(page.screenshot(&name).await?);
        }
    }
    Ok(shots)
}

async fn sheet(page: &Page, frame: Size, shots: &[PathBuf]) -> Result<()> {
    let Some(first) = shots.first() else {
        return Ok(());
    };
    let (width, height) = (frame.width / SMALLER, frame.height / SMALLER);
    let mut html = String::from(
        "<style>body { margin: 4px; overflow: hidden; font-size: 0 } img { margin: 4px }</style>",
    );
    for shot in shots {
        let file = shot.display();
        write!(
            html,
            "<img src='file://{file}' width={width} height={height}>"
        )?;
    }
    let name = format!("embeds-{}x{}", frame.width, frame.height);
    let file = first.with_file_name(format!("{name}.html"));
    fs::write(&file, html)?;
    let rows = u32::try_from(shots.len())?.div_ceil(ABREAST);
    let size = Size::new(ABREAST * (width + 8) + 8, rows * (height + 8) + 8, 1.0);
    page.resize(size).await?;
    page.driver
        .goto(format!("file://{}", file.display()))
        .await?;
    let sheet = page.screenshot(&name).await?;
    println!("{}", sheet.display());
    Ok(())
}
