//! `cargo xtask test`: every check of the project, one after the other, with a table at the end.
//!
//! A check is a cargo command, printed before it runs, so that the one that fails can be run again by hand.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::setup;
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
}

const fn check(stage: Stage, name: &'static str, arguments: &'static str) -> Check {
    Check {
        stage,
        name,
        arguments,
    }
}

const CHECKS: [Check; 9] = [
    check(Stage::Lint, "format", "fmt --all --check"),
    check(
        Stage::Lint,
        "clippy, this machine",
        "clippy --workspace --all-targets -- -D warnings",
    ),
    check(
        Stage::Lint,
        "clippy, wasm32",
        "clippy --target wasm32-unknown-unknown --lib --bins --test torch_parity --test browser -- -D warnings",
    ),
    check(Stage::Lint, "documentation", "rustdoc --lib -- -D warnings"),
    check(
        Stage::Host,
        "tests, this machine",
        "test --release --no-fail-fast",
    ),
    check(Stage::Host, "tests, xtask", "test --package xtask"),
    check(
        Stage::Browser,
        "tests, browser",
        "test --target wasm32-unknown-unknown --no-fail-fast --test torch_parity --test browser",
    ),
    check(Stage::E2e, "release page", "xtask build --release"),
    check(
        Stage::E2e,
        "tests, end to end",
        "test --package e2e --no-fail-fast",
    ),
];

impl Check {
    /// Sets up what the check needs and runs it.
    fn run(&self) -> Outcome {
        let start = Instant::now();
        let count = self.stage.set_up().and_then(|()| {
            if self.arguments.starts_with("test ") {
                count_tests(self.arguments)
            } else {
                shell::run(&mut shell::cargo(self.arguments))?;
                Ok(Count {
                    passed: 1,
                    failed: 0,
                })
            }
        });
        let count = count.unwrap_or_else(|error| {
            println!("error: {error:#}");
            Count {
                passed: 0,
                failed: 1,
            }
        });
        Outcome {
            count,
            time: start.elapsed(),
        }
    }
}

/// Runs `cargo test …`, showing its output, and adds up what its harnesses report.
fn count_tests(arguments: &str) -> Result<Count> {
    let mut cargo = shell::cargo(arguments);
    let line = shell::line(&cargo);
    let mut child = cargo
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{line}` could not be started"))?;
    let stdout = child.stdout.take().context("no output to read")?;
    let mut total = Count::default();
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        if let Some(count) = Count::parse(&line) {
            total.passed += count.passed;
            total.failed += count.failed;
        }
    }
    let status = child.wait()?;
    ensure!(
        status.success() || total.failed > 0,
        "`{line}` failed ({status}) before its tests could"
    );
    ensure!(
        total.passed + total.failed > 0,
        "`{line}` found no tests to run"
    );
    Ok(total)
}

/// How many checks or tests succeeded and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
}

impl Count {
    /// Reads `test result: ok. 12 passed; 0 failed; …`, which both test harnesses print.
    fn parse(line: &str) -> Option<Self> {
        let (_, counts) = line.split_once("test result: ")?;
        let before = |word: &str| {
            let (start, _) = counts.split_once(word)?;
            start.split_whitespace().last()?.parse().ok()
        };
        Some(Self {
            passed: before(" passed")?,
            failed: before(" failed")?,
        })
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// What became of a check.
struct Outcome {
    count: Count,
    time: Duration,
}

/// Runs the checks of `only`, or all; stops at the first that fails unless `keep_going`.
pub fn run(only: Option<Stage>, keep_going: bool) -> ExitCode {
    let checks = CHECKS
        .iter()
        .filter(|check| only.is_none_or(|stage| check.stage == stage));
    let checks: Vec<&Check> = checks.collect();
    let mut progress = Progress::new(checks.len());
    let mut outcomes = Vec::new();
    for check in &checks {
        progress.next(&format!("{}: cargo {}", check.name, check.arguments));
        let outcome = check.run();
        let failed = outcome.count.failed > 0;
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
    let mut total = Count::default();
    println!();
    for (index, check) in checks.iter().enumerate() {
        let Some(Outcome { count, time }) = outcomes.get(index) else {
            println!("{:<22} not run: an earlier check failed", check.name);
            continue;
        };
        let verdict = if count.failed == 0 { "ok" } else { "FAILED" };
        println!(
            "{:<22} {:>6.1} s  {verdict:<6}  {count}",
            check.name,
            time.as_secs_f64()
        );
        total.passed += count.passed;
        total.failed += count.failed;
    }
    println!();
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_harness_line_is_counted() {
        let line =
            "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(
            Count::parse(line),
            Some(Count {
                passed: 12,
                failed: 3
            })
        );
    }

    #[test]
    fn other_lines_are_not_counted() {
        assert_eq!(Count::parse("12 passed"), None);
    }
}
