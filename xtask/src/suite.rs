//! `cargo xtask test`: every check of the project, one after the other, with a table at the end.
//!
//! A check is a cargo command, printed before it runs, so that the one that fails can be run again by hand.

use std::fmt;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::ValueEnum;

use crate::count::{Count, count_tests};
use crate::setup::{self, Tool};
use crate::shell::{self, Progress};

/// A part of the suite that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// Format and lints, for this machine and for wasm32
    Lint,
    /// Unit, integration and documentation tests on this machine
    Host,
    /// The core tests once more, inside a headless browser
    Browser,
    /// The release page, driven in a headless browser
    E2e,
}

impl Stage {
    fn set_up(self) -> Result<()> {
        match self {
            Self::Lint => setup::lint_components().and_then(|()| setup::wasm_target()),
            Self::Host => Ok(()),
            Self::Browser | Self::E2e => setup::wasm_target().and_then(|()| setup::browser()),
        }
    }
}

/// One command of the suite.
struct Check {
    stage: Stage,
    name: &'static str,
    /// What follows `cargo`.
    arguments: &'static str,
    only_with: Option<Tool>,
}

const fn check(stage: Stage, name: &'static str, arguments: &'static str) -> Check {
    Check {
        stage,
        name,
        arguments,
        only_with: None,
    }
}

const CHECKS: [Check; 20] = [
    check(Stage::Lint, "format", "fmt --all --check"),
    check(
        Stage::Lint,
        "clippy, this machine",
        "clippy --workspace --all-targets -- -D warnings",
    ),
    check(
        Stage::Lint,
        "clippy, wasm32",
        "clippy --target wasm32-unknown-unknown --package dropout-lab --package dropout-nn --package peer --lib --bins --test torch_parity --test gradients --test statistics --test notebook_print --test notebook_script --test url --test update --test rpc --test embed --test experiment --test verdicts --test explain --test navigate --test search --test ipynb --test paste --test notebook_cells --test notebook_view --test tensor_view --test variants_view --test coin_view --test expectation_view --test lessons --test drawings --test browser -- -D warnings",
    ),
    check(Stage::Lint, "documentation", "rustdoc --lib -- -D warnings"),
    check(
        Stage::Lint,
        "its core's",
        "rustdoc --package dropout-nn --lib -- -D warnings",
    ),
    Check {
        only_with: Some(Tool::DENY),
        ..check(
            Stage::Lint,
            "dependencies",
            "deny --workspace check licenses bans sources",
        )
    },
    Check {
        only_with: Some(Tool::ADVISORIES),
        ..check(
            Stage::Lint,
            "their known faults",
            "deny --workspace check advisories",
        )
    },
    // Unoptimised, for it compiles in a fifth of the time and checks for overflow.
    check(
        Stage::Host,
        "tests",
        "test --package dropout-lab --package dropout-nn --no-fail-fast",
    ),
    check(
        Stage::Host,
        "parity and races",
        "test --release --test torch_parity --test race",
    ),
    Check {
        only_with: Some(Tool::PYTHON),
        ..check(
            Stage::Host,
            "opened by Python",
            "test --test opened -- --ignored --skip torch",
        )
    },
    Check {
        only_with: Some(Tool::TORCH),
        ..check(
            Stage::Host,
            "run by PyTorch",
            "test --test opened -- --ignored torch",
        )
    },
    check(Stage::Host, "tests of xtask", "test --package xtask"),
    check(
        Stage::Browser,
        "tests in the browser",
        "test --target wasm32-unknown-unknown --no-fail-fast --test torch_parity --test gradients --test statistics --test notebook_print --test notebook_script --test url --test update --test rpc --test embed --test experiment --test verdicts --test explain --test navigate --test search --test ipynb --test paste --test notebook_cells --test notebook_view --test tensor_view --test variants_view --test coin_view --test expectation_view --test lessons --test drawings --test browser",
    ),
    check(Stage::E2e, "release page", "xtask build --release"),
    check(Stage::E2e, "size of first load", "xtask size"),
    check(
        Stage::E2e,
        "tests, end to end",
        "test --package e2e --no-fail-fast",
    ),
    Check {
        only_with: Some(Tool::FIREFOX),
        ..check(
            Stage::E2e,
            "in Firefox",
            "test --package e2e --test offline --test firefox -- --ignored",
        )
    },
    Check {
        only_with: Some(Tool::REVEAL),
        ..check(
            Stage::E2e,
            "deck of reveal.js",
            "test --package e2e --test deck -- --ignored",
        )
    },
    Check {
        only_with: Some(Tool::AXE),
        ..check(
            Stage::E2e,
            "accessibility by axe",
            "test --package e2e --test axe -- --ignored",
        )
    },
    Check {
        only_with: Some(Tool::TRUNK),
        ..check(Stage::E2e, "same page by Trunk", "xtask compare-with-trunk")
    },
];

impl Check {
    /// Sets up what the check needs and runs it.
    fn run(&self) -> Outcome {
        if let Some(tool) = &self.only_with
            && !tool.set_up()
        {
            println!("skipped: there is no {} on this machine", tool.name);
            return Outcome::Skipped(tool.name);
        }
        let start = Instant::now();
        let count = self.stage.set_up().and_then(|()| self.count());
        let count = count.unwrap_or_else(|error| {
            println!("error: {error:#}");
            Count::FAILED
        });
        Outcome::Run(count, start.elapsed())
    }

    fn count(&self) -> Result<Count> {
        if self.arguments.starts_with("test ") {
            return count_tests(self.arguments);
        }
        shell::run(&mut shell::cargo(self.arguments))?;
        Ok(Count::PASSED)
    }
}

/// What became of a check.
enum Outcome {
    Run(Count, Duration),
    /// The program that it would have needed is not there.
    Skipped(&'static str),
}

impl Outcome {
    fn count(&self) -> Count {
        match self {
            Self::Run(count, _) => *count,
            Self::Skipped(_) => Count::default(),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Run(count, time) => {
                let verdict = if count.failed == 0 { "ok" } else { "FAILED" };
                write!(f, "{:>7.1} s  {verdict:<6}  {count}", time.as_secs_f64())
            }
            Self::Skipped(program) => write!(f, "skipped: there is no {program} on this machine"),
        }
    }
}

/// Runs the checks of `only`, or all; stops at the first that fails unless `keep_going`.
pub fn run(only: Option<Stage>, keep_going: bool) -> ExitCode {
    let is_chosen = |check: &&Check| only.is_none_or(|stage| check.stage == stage);
    let checks: Vec<&Check> = CHECKS.iter().filter(is_chosen).collect();
    let mut progress = Progress::new(checks.len());
    let mut outcomes = Vec::new();
    for check in &checks {
        progress.next(&format!("{}: cargo {}", check.name, check.arguments));
        let outcome = check.run();
        let failed = outcome.count().failed > 0;
        outcomes.push(outcome);
        if failed && !keep_going {
            break;
        }
    }
    let total = summarise(&checks, &outcomes);
    println!("{total}");
    ExitCode::from(u8::from(total.failed > 0))
}

/// Prints one line a check and returns the sum.
fn summarise(checks: &[&Check], outcomes: &[Outcome]) -> Count {
    println!();
    for (index, check) in checks.iter().enumerate() {
        match outcomes.get(index) {
            Some(outcome) => println!("{:<21}{outcome}", check.name),
            None => println!("{:<21}not run: an earlier check failed", check.name),
        }
    }
    println!();
    let is_skipped = |outcome: &&Outcome| matches!(outcome, Outcome::Skipped(_));
    let skipped = outcomes.iter().filter(is_skipped).count();
    if skipped > 0 {
        println!("{skipped} of the checks above skipped, and nothing of them counted as passed");
    }
    outcomes.iter().map(Outcome::count).sum()
}
