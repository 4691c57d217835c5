//! `cargo xtask bench` calls this: how fast the core takes training steps and fills masks, in headless Chromium and as
//! a program of this machine, everything in turn, round by round, so that what else the machine does meets all alike.
//!
//! It measures and prints; it judges nothing, for times differ from machine to machine.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::{Page, browse, serve};
use serde_json::{Value, json};

/// Answers a line of the participant's protocol as its program does.
const ASK: &str = "(kernel, line) => {
    const [command, ...words] = line.split(' ');
    const numbers = words.map(Number);
    const timed = (seconds, work) => {
        work(1);
        const start = performance.now();
        for (let n = 0, times = 1; ; ) {
            work(times);
            n += times;
            const took = (performance.now() - start) / 1000;
            if (took >= seconds) return { rate: n / took, n };
            times = Math.max(1, Math.min(1 << 22, Math.floor(n / Math.max(took, 1e-6) * seconds * 0.1)));
        }
    };
    if (command === 'check') {
        const steps = numbers.pop();
        peer.setup(kernel, ...numbers, 0);
        peer.steps(steps);
        return { loss: peer.loss() };
    }
    if (command === 'train') {
        const seconds = numbers.pop();
        peer.setup(kernel, ...numbers);
        return timed(seconds, times => peer.steps(times));
    }
    const [elements, p, seconds] = numbers;
    peer.mask_setup(elements);
    const { rate, n } = timed(seconds, times => peer.mask_run(0, p, times));
    return { rate: rate * elements, n };
}";

/// Names and lines of what every participant must agree on, without the seconds.
const CHECKS: [&str; 3] = [
    "check 5 10 15 0.01 0 200",
    "check 10 40 5 0.03 0.9 100",
    "check 32 256 128 0.01 0 50",
];

/// What is measured.
struct Case {
    name: String,
    /// Without the seconds.
    line: String,
    /// Whether the kernel matters.
    has_kernels: bool,
}

/// The three sizes of a training step, and masks.
fn cases() -> Vec<Case> {
    let case = |name: &str, line: &str| Case {
        name: name.into(),
        line: line.into(),
        has_kernels: line.starts_with("train"),
    };
    vec![
        case("A: 5 -> 10 -> 1, batch 15", "train 5 10 15 0.01 0 0.5"),
        case(
            "B: 10 -> 40 -> 1, batch 5, momentum 0.9",
            "train 10 40 5 0.03 0.9 0.5",
        ),
        case(
            "C: 32 -> 256 -> 1, batch 128",
            "train 32 256 128 0.01 0 0.5",
        ),
        case("mask, 1,000,000 elements, p = 0.5", "mask 1000000 0.5"),
        case("mask, 1,000,000 elements, p = 0.3", "mask 1000000 0.3"),
        case("mask, 10,000,000 elements, p = 0.5", "mask 10000000 0.5"),
    ]
}

/// One size at a time through powers of two, the others 32 inputs, 64 hidden units and a batch of 32.
const GROWING: [&str; 3] = ["inputs", "hidden", "batch"];

fn growing() -> Vec<Case> {
    let case = |(growing, power): (usize, u32)| {
        let mut sizes = [32, 64, 32];
        sizes[growing] = 1 << power;
        let [inputs, hidden, batch] = sizes;
        Case {
            name: format!("{} {}", GROWING[growing], sizes[growing]),
            line: format!("train {inputs} {hidden} {batch} 0.001 0 0.5"),
            has_kernels: true,
        }
    };
    (0..3)
        .flat_map(|growing| (0..=10).step_by(2).map(move |power| (growing, power)))
        .map(case)
        .collect()
}

/// The kernels of the participant, by their numbers.
const KERNELS: [&str; 2] = ["exact", "fast"];

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder: PathBuf = arguments.next().context("which folder?")?.into();
    let rounds: usize = arguments.next().map_or(Ok(5), |n| n.parse())?;
    let seconds: f64 = arguments.next().map_or(Ok(0.4), |n| n.parse())?;
    let grows = arguments.next().is_some_and(|word| word == "growth");
    let cases = if grows { growing() } else { cases() };
    let program = std::env::current_exe()?.with_file_name("../release/peer");
    let mut programs = KERNELS
        .iter()
        .enumerate()
        .map(|(kernel, _)| Program::start(&program, kernel))
        .collect::<Result<Vec<_>>>()?;
    let site = serve(&folder)?;
    browse(site.address(), &[], async |page| {
        page.go("").await?;
        while page.driver.title().await? != "ready" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        check(page, &mut programs).await?;
        let mut samples = Vec::new();
        for round in 1..=rounds {
            for case in &cases {
                let line = format!("{} {seconds}", case.line);
                let kernels = if case.has_kernels {
                    &KERNELS[..]
                } else {
                    &KERNELS[..1]
                };
                for (kernel, kernel_name) in kernels.iter().enumerate() {
                    let kernel_name = if case.has_kernels { kernel_name } else { "" };
                    let mut add = |on: &str, answer: &Value| {
                        let rate = answer["rate"].as_f64().unwrap_or(f64::NAN);
                        samples.push(Sample {
                            name: case.name.clone(),
                            kernel: kernel_name,
                            on: on.into(),
                            rate,
                        });
                    };
                    add("page", &asked(page, kernel, &line).await?);
                    add("host", &programs[kernel].ask(&line)?);
                }
            }
            eprintln!("round {round} of {rounds}");
        }
        print(&samples);
        if grows {
            print_exponents(&samples);
        }
        write(&folder, &samples)
    })
}

/// Fails if a participant has another loss than the others.
async fn check(page: &Page, programs: &mut [Program]) -> Result<()> {
    for line in CHECKS {
        let mut losses = Vec::new();
        for (kernel, program) in programs.iter_mut().enumerate() {
            for answer in [asked(page, kernel, line).await?, program.ask(line)?] {
                losses.push(answer["loss"].as_f64().context("no loss")?);
            }
        }
        println!("{line}: {losses:?}");
        let first = losses[0];
        let agree = |loss: &f64| (loss - first).abs() <= 1e-4 * first;
        ensure!(
            losses.iter().all(agree),
            "participants disagree: {line}: {losses:?}"
        );
    }
    Ok(())
}

async fn asked(page: &Page, kernel: usize, line: &str) -> Result<Value> {
    page.eval(&format!("({ASK})({kernel}, '{line}')")).await
}

/// The participant as a program.
struct Program {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Program {
    fn start(program: &std::path::Path, kernel: usize) -> Result<Self> {
        let mut child = Command::new(program)
            .arg(kernel.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let questions = child.stdin.take().context("no input")?;
        let answers = BufReader::new(child.stdout.take().context("no output")?);
        let mut started = Self {
            child,
            questions,
            answers,
        };
        ensure!(started.line()? == "READY\n", "the participant is not ready");
        Ok(started)
    }

    fn ask(&mut self, line: &str) -> Result<Value> {
        writeln!(self.questions, "{line}")?;
        Ok(serde_json::from_str(&self.line()?)?)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(line)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A program that has ended by itself cannot be killed, and need not be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One measurement.
struct Sample {
    name: String,
    kernel: &'static str,
    on: String,
    /// Steps or elements a second.
    rate: f64,
}

/// What was measured, each once, with its rates in ascending order.
fn rows(samples: &[Sample]) -> Vec<(&Sample, Vec<f64>)> {
    let mut rows: Vec<(&Sample, Vec<f64>)> = Vec::new();
    for sample in samples {
        let same = |row: &&mut (&Sample, Vec<f64>)| {
            (&row.0.name, row.0.kernel, &row.0.on) == (&sample.name, sample.kernel, &sample.on)
        };
        match rows.iter_mut().find(same) {
            Some((_, rates)) => rates.push(sample.rate),
            None => rows.push((sample, vec![sample.rate])),
        }
    }
    for (_, rates) in &mut rows {
        rates.sort_by(f64::total_cmp);
    }
    rows
}

fn print(samples: &[Sample]) {
    println!("a second: median (best)");
    for (sample, rates) in rows(samples) {
        let [median, best] = [rates[rates.len() / 2], rates[rates.len() - 1]];
        let Sample {
            name, kernel, on, ..
        } = sample;
        println!("{name:40} {kernel:6} {on:5} {median:>14.0} ({best:.0})");
    }
}

/// By which power of a size the time of a step grows, from a quarter of the largest size on and over all sizes.
fn print_exponents(samples: &[Sample]) {
    let rows = rows(samples);
    for (kernel, on) in KERNELS.iter().flat_map(|k| [(*k, "page"), (*k, "host")]) {
        for what in GROWING {
            let of = |(sample, rates): &(&Sample, Vec<f64>)| {
                let size: f64 = sample.name.strip_prefix(what)?.trim().parse().ok()?;
                let same = (sample.kernel, &*sample.on) == (kernel, on);
                same.then(|| (size.ln(), -rates[rates.len() / 2].ln()))
            };
            let points: Vec<(f64, f64)> = rows.iter().filter_map(of).collect();
            let slope = |from: (f64, f64), to: (f64, f64)| (to.1 - from.1) / (to.0 - from.0);
            if let [first, .., before, last] = points[..] {
                println!(
                    "{kernel:6} {on:5} time ~ {what}^{:.2} at the end, ^{:.2} in all",
                    slope(before, last),
                    slope(first, last)
                );
            }
        }
    }
}

fn write(folder: &std::path::Path, samples: &[Sample]) -> Result<()> {
    let row = |(sample, rates): (&Sample, Vec<f64>)| json!({ "work": sample.name, "kernel": sample.kernel, "on": sample.on, "rates": rates });
    let rows: Vec<Value> = rows(samples).into_iter().map(row).collect();
    let file = folder.join("results.json");
    fs::write(&file, serde_json::to_string_pretty(&rows)?)?;
    println!("{}", file.display());
    Ok(())
}
