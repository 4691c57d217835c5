//! `cargo run --release --package e2e --bin endurance -- --minutes 10`: hard use of every view of the page that was
//! built last, round after round at full speed, and what it takes after each of them. It fails where that grows.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use e2e::{Size, endurance, visit};

fn minutes(mut arguments: impl Iterator<Item = String>) -> Result<f64> {
    match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => Ok(10.0),
        (Some("--minutes"), Some(minutes)) => minutes.parse().context("--minutes: a number"),
        (Some(name), _) => bail!("{name}: there is --minutes"),
    }
}

fn main() -> Result<()> {
    let time = Duration::from_secs_f64(60.0 * minutes(std::env::args().skip(1))?);
    visit("", Size::DESKTOP, async |page| {
        endurance::watch(page).await?;
        page.go("?view=lessons").await?;
        println!(
            "{:>8} {:>8} {:>12} {:>8} {:>10} {:>12}",
            "seconds", "actions", "wasm bytes", "nodes", "listeners", "heap bytes"
        );
        let (start, mut actions) = (Instant::now(), 0);
        let mut rounds = Vec::new();
        while start.elapsed() < time {
            actions += endurance::round(page, 1000).await?;
            let taken = endurance::taken(page).await?;
            let seconds = start.elapsed().as_secs();
            println!(
                "{seconds:>8} {actions:>8} {:>12} {:>8} {:>10} {:>12}",
                taken.wasm, taken.nodes, taken.listeners, taken.heap
            );
            rounds.push(taken);
        }
        // The first two fill what is kept for reuse.
        match &rounds[..] {
            [_, _, before, .., after] => after.is_flat_since(before),
            _ => bail!("{} rounds tell nothing: take more minutes", rounds.len()),
        }
    })
}
