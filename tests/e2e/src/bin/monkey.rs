//! `cargo run --release --package e2e --bin monkey -- --seed 1 --actions 10000`: random actions in the page that was
//! built last, in headless Chromium, checked one by one. What breaks something is written down, and done again by
//! `--replay FILE`.

use anyhow::{Context, Result, bail};
use e2e::monkey::{Plan, run};

fn plan(mut arguments: impl Iterator<Item = String>) -> Result<Plan> {
    let (mut seed, mut actions) = (1, 10_000);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--seed" => seed = value.parse().context("--seed: a whole number from 0")?,
            "--actions" => actions = value.parse().context("--actions: a whole number from 0")?,
            "--replay" => return Ok(Plan::Replay(value.into())),
            _ => bail!("{name}: there are --seed, --actions and --replay"),
        }
    }
    Ok(Plan::Random { seed, actions })
}

fn main() -> Result<()> {
    let plan = plan(std::env::args().skip(1))?;
    let tally = run(&plan)?;
    println!("{plan:?}: nothing was found");
    println!("actions      {:?}", tally.actions);
    println!("in views     {:?}", tally.views);
    println!("computed     {}", tally.computed);
    println!("opened anew  {}", tally.replayed);
    Ok(())
}
