//! Some hundred random actions over all views; `cargo run --release --package e2e --bin monkey` does ten thousand.

use anyhow::Result;
use e2e::monkey::{Plan, run};

#[test]
fn four_hundred_random_actions_break_nothing() -> Result<()> {
    let tally = run(&Plan::Random {
        seed: 3,
        actions: 400,
    })?;
    let total: usize = tally.actions.values().sum();
    assert!(total >= 400, "{total}");
    assert!(tally.views.len() >= 6, "{:?}", tally.views);
    assert!(tally.computed >= 100 && tally.replayed >= 5, "{tally:?}");
    Ok(())
}
