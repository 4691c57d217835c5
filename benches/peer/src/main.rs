//! `peer [KERNEL]`: the participant as a program, a line asked and a line answered. See `lib.rs`.

use std::io::{BufRead, Write, stdin, stdout};
use std::time::Instant;

use peer::{Peer, Step};

fn main() -> std::io::Result<()> {
    let kernel = std::env::args().nth(1).and_then(|word| word.parse().ok());
    let mut peer = Peer::default();
    println!("READY");
    for line in stdin().lock().lines() {
        let Some(answer) = answer(&mut peer, kernel.unwrap_or_default(), &line?) else {
            break;
        };
        println!("{answer}");
        stdout().flush()?;
    }
    Ok(())
}

/// The answer to a line; none to `quit`, and to what is not understood.
fn answer(peer: &mut Peer, kernel: u32, line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let command = words.next()?;
    let numbers: Vec<f64> = words.map_while(|word| word.parse().ok()).collect();
    match (command, &*numbers) {
        ("info", _) => Some(format!(
            r#"{{"name": "{}"}}"#,
            env!("CARGO_PKG_DESCRIPTION")
        )),
        ("check", &[inputs, hidden, batch, lr, momentum, steps]) => {
            peer.setup(kernel, step([inputs, hidden, batch], lr, momentum, 0.0));
            peer.steps(count(steps));
            Some(format!(r#"{{"loss": {}}}"#, peer.loss()))
        }
        ("train", &[inputs, hidden, batch, lr, momentum, p, seconds]) => {
            peer.setup(kernel, step([inputs, hidden, batch], lr, momentum, p));
            let (rate, n) = timed(seconds, |times| peer.steps(times));
            Some(format!(r#"{{"rate": {rate}, "n": {n}}}"#))
        }
        ("mask", &[elements, p, seconds, ..]) => {
            peer.mask_setup(size(elements));
            let (rate, n) = timed(seconds, |times| peer.mask_run(p, times));
            let (rate, keep) = (rate * elements, peer.mask_share());
            Some(format!(r#"{{"rate": {rate}, "n": {n}, "keep": {keep}}}"#))
        }
        _ => None,
    }
}

/// How often a second, and how often in all, `work` was done in the time given, or a little longer.
fn timed(seconds: f64, mut work: impl FnMut(u32)) -> (f64, u64) {
    work(1);
    let start = Instant::now();
    let (mut done, mut times) = (0_u64, 1_u32);
    loop {
        work(times);
        done += u64::from(times);
        #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let so_far = done as f64;
        let rate = so_far / start.elapsed().as_secs_f64();
        if so_far >= rate * seconds {
            return (rate, done);
        }
        times = count(rate * seconds * 0.1).clamp(1, 1 << 24);
    }
}

fn step([inputs, hidden, batch]: [f64; 3], lr: f64, momentum: f64, p: f64) -> Step {
    let [inputs, hidden, batch] = [inputs, hidden, batch].map(size);
    Step {
        inputs,
        hidden,
        batch,
        lr,
        momentum,
        p,
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of times; the cast saturates"
)]
fn count(number: f64) -> u32 {
    number as u32
}

fn size(number: f64) -> usize {
    count(number) as usize
}
