//! Counting tests by what `cargo test` prints.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::iter::Sum;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::shell;

/// How many checks or tests succeeded and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that did.
    pub passed: u64,
    /// Those that did not.
    pub failed: u64,
}

impl Count {
    /// One check that succeeded.
    pub const PASSED: Self = Self {
        passed: 1,
        failed: 0,
    };
    /// One check that failed.
    pub const FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };

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

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, count| Self {
            passed: sum.passed + count.passed,
            failed: sum.failed + count.failed,
        })
    }
}

/// Runs `cargo test …`, showing its output, and adds up what its harnesses report.
///
/// # Errors
/// When cargo fails before a test could, or there are no tests.
pub fn count_tests(arguments: &str) -> Result<Count> {
    let mut cargo = shell::cargo(arguments);
    let line = shell::line(&cargo);
    let mut child = cargo
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{line}` could not be started"))?;
    let stdout = child.stdout.take().context("no output to read")?;
    let mut counts = Vec::new();
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        counts.extend(Count::parse(&line));
    }
    let total: Count = counts.into_iter().sum();
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
