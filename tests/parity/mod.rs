//! Replays fixture files: every case is computed anew by the crate and compared with what real
//! torch answered.
//!
//! The format is described in `tests/fixtures/README.md`.
mod array;
mod case;
mod dropout;
mod notebooks;
mod print;
mod rng;
mod train;

use dropout_lab::nn::{BernoulliPath, Generator, rng::seed};
use serde_json::Value;

use case::{Case, Outcome, Verdict};

/// The outcome of one fixture file.
pub struct Report {
    pub group: String,
    pub cases: usize,
    /// A line for each case that does not match.
    pub failures: Vec<String>,
    /// Texts of cases that need only be close: how many there are, and how many are the same
    /// nevertheless.
    pub close_texts: [usize; 2],
}

impl Report {
    /// `rng: 71 of 71`.
    pub fn line(&self) -> String {
        let matching = self.cases - self.failures.len();
        format!("{}: {matching} of {}", self.group, self.cases)
    }
}

/// Replays every case of a fixture file.
pub fn replay(json: &str) -> Report {
    let file: Value = serde_json::from_str(json).unwrap();
    let path = match file["meta"]["bernoulli_path"].as_str().unwrap() {
        "mt19937" => BernoulliPath::Mt19937,
        "mcg31" => BernoulliPath::Mcg31,
        other => panic!("unknown bernoulli_path {other}"),
    };
    let cases = file["cases"].as_array().unwrap();
    let mut report = Report {
        group: file["meta"]["group"].as_str().unwrap().to_owned(),
        cases: cases.len(),
        failures: Vec::new(),
        close_texts: [0; 2],
    };
    for case in cases.iter().map(Case) {
        let verdict = run(case, path);
        if !verdict.faults.is_empty() {
            let faults = verdict.faults.join(", ");
            report
                .failures
                .push(format!("{}: {faults}", case.text("id")));
        }
        for (sum, texts) in report.close_texts.iter_mut().zip(verdict.close_texts) {
            *sum += texts;
        }
    }
    report
}

fn run(case: Case, path: BernoulliPath) -> Verdict {
    // Cases without a seed draw nothing that is compared.
    let seed = case.0["seed"]
        .as_str()
        .map_or(0, |text| seed(text.parse().unwrap()).unwrap());
    let mut g = Generator::new(seed).with_bernoulli_path(path);
    let Some(outcome) = outcome(case, &mut g) else {
        return Verdict {
            faults: vec![format!("unknown op {}", case.op())],
            ..Verdict::default()
        };
    };
    let mut verdict = outcome.compare(case);
    let next = u64::from(g.word() % (1 << 24));
    if case.0["next24"]
        .as_u64()
        .is_some_and(|expected| expected != next)
    {
        verdict
            .faults
            .push("the stream stands elsewhere".to_owned());
    }
    verdict
}

fn outcome(case: Case, g: &mut Generator) -> Option<Outcome> {
    rng::run(case, g)
        .or_else(|| dropout::run(case, g))
        .or_else(|| train::run(case, g))
        .or_else(|| print::run(case))
        .or_else(|| notebooks::run(case, g))
}
