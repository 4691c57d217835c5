//! `cargo run --release --package e2e --bin metrics [-- --cpu 4 --net slow4g --runs 3 --json FILE]`: what the page
//! built last costs a browser: how soon it can be used, how steady its frames are, how much memory it takes.
//!
//! `--cpu` slows the processor down that many times; `--net slow4g` is a line of 1.6 Mbit/s with 150 ms to the server.
//! It measures and prints; it judges nothing, for times differ from machine to machine. What does not differ, counts
//! and bytes, is judged by the tests beside it (`frugal`) and by `cargo xtask size`.

mod frames;
mod load;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use e2e::{Page, Size, visit};
use serde_json::{Map, Value, json};

/// What the command line asks for.
struct Asked {
    cpu: f64,
    slow_line: bool,
    runs: usize,
    json: Option<PathBuf>,
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut asked = Self {
            cpu: 1.0,
            slow_line: false,
            runs: 3,
            json: None,
        };
        while let Some(name) = arguments.next() {
            let value = arguments
                .next()
                .with_context(|| format!("{name} needs a value"))?;
            match (name.as_str(), value.as_str()) {
                ("--cpu", _) => asked.cpu = value.parse().context("--cpu: a number from 1")?,
                ("--net", "slow4g") => asked.slow_line = true,
                ("--runs", _) => asked.runs = value.parse().context("--runs: a number from 1")?,
                ("--json", _) => asked.json = Some(value.into()),
                _ => bail!("{name} {value}: there are --cpu, --net slow4g, --runs and --json"),
            }
        }
        Ok(asked)
    }

    /// Slows the browser down as asked.
    async fn slow_down(&self, page: &Page) -> Result<()> {
        let rate = json!({ "rate": self.cpu });
        page.devtools("Emulation.setCPUThrottlingRate", rate)
            .await?;
        if self.slow_line {
            let line = json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750 });
            page.devtools("Network.enable", json!({})).await?;
            page.devtools("Network.emulateNetworkConditions", line)
                .await?;
        }
        Ok(())
    }
}

fn main() -> Result<()> {
    let asked = Asked::read(std::env::args().skip(1))?;
    let mut rows = Map::new();
    println!(
        "processor slowed down {} times, line {}\n",
        asked.cpu,
        if asked.slow_line {
            "of slow 4G"
        } else {
            "as it is"
        }
    );
    load::measure(&asked, &mut rows)?;
    visit("", Size::DESKTOP, async |page| {
        page.devtools(
            "Emulation.setCPUThrottlingRate",
            json!({ "rate": asked.cpu }),
        )
        .await?;
        frames::measure(page, &mut rows).await
    })?;
    if let Some(file) = &asked.json {
        let rows = serde_json::to_string_pretty(&Value::Object(rows))?;
        std::fs::write(file, rows).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

/// The value that a share of `times` lies below; 0 of none.
fn quantile(mut times: Vec<f64>, percent: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).copied().unwrap_or_default()
}
