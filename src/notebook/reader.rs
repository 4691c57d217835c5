//! The notebook view: which of the five notebooks is read, how it is run, and the cell that is looked at.
//! The notebooks themselves are [`super::cells`]' affair.

use std::num::NonZeroU32;
use std::ops::RangeInclusive;

use super::cells::{Code, Notebook, NotebookSettings, Which, notebook};
use super::exhibit::about;
use crate::model::exhibits::{Entry, Fields, wholes};
use crate::model::field::{PATHS, SWITCH, UNIT, number, whole, word, word_of, words};
use crate::nn::{BernoulliPath, DropProbability};
use crate::words::{Explanation, plain};

/// Training steps that notebook 002 may take.
pub const STEPS: RangeInclusive<u32> = 1..=100;

/// What is read, and how it is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    which: Which,
    cell: Option<&'static str>,
    p: Option<DropProbability>,
    seed: u64,
    bernoulli_path: BernoulliPath,
    variational: bool,
    steps: NonZeroU32,
}

impl Default for Settings {
    /// Notebook 000 from the seed of the other views, with the p that it has itself.
    fn default() -> Self {
        let NotebookSettings {
            bernoulli_path,
            variational,
            steps,
            ..
        } = NotebookSettings::default();
        Self {
            which: Which::DropoutLayer,
            cell: None,
            p: None,
            seed: 36,
            bernoulli_path,
            variational,
            steps,
        }
    }
}

impl Settings {
    /// The notebook.
    #[must_use]
    pub fn which(&self) -> Which {
        self.which
    }

    /// The cell that is looked at, by its name.
    #[must_use]
    pub fn cell(&self) -> Option<&'static str> {
        self.cell
    }

    /// The p in force: the reader's, or else the notebook's own.
    #[must_use]
    pub fn p(&self) -> DropProbability {
        let usual = || DropProbability::new(self.which.usual_p()).unwrap_or_default();
        self.p.unwrap_or_else(usual)
    }

    /// How the notebook is run.
    #[must_use]
    pub fn run(&self) -> NotebookSettings {
        NotebookSettings {
            seed: self.seed,
            p: self.p(),
            bernoulli_path: self.bernoulli_path,
            variational: self.variational,
            steps: self.steps,
        }
    }

    /// The names of the notebook's cells of code. They are the same however it is run.
    fn cells(&self) -> Vec<&'static str> {
        let any_run = notebook(self.which, &NotebookSettings::default());
        any_run.code().map(|code| code.id).collect()
    }
}

impl Fields for Settings {
    const TABLE: &'static [Entry<Self>] = &[
        Entry {
            name: "notebook",
            allowed: || Which::ALL.map(Which::number).join(", "),
            read: |s| s.which.number().to_owned(),
            write: |s, text| {
                let which = Which::ALL
                    .into_iter()
                    .find(|which| which.number() == text)?;
                // Another notebook has other cells.
                s.cell = s.cell.filter(|_| which == s.which);
                s.which = which;
                Some(())
            },
        },
        Entry {
            name: "cell",
            allowed: || t!("names of cells of the notebook, or nothing for none").to_owned(),
            read: |s| s.cell.unwrap_or_default().to_owned(),
            write: |s, text| {
                s.cell = match text {
                    "" => None,
                    _ => Some(s.cells().into_iter().find(|cell| *cell == text)?),
                };
                Some(())
            },
        },
        Entry {
            name: "p",
            allowed: || {
                let (from, to) = (UNIT.start(), UNIT.end());
                t!("numbers from {from} to {to}, or nothing for the notebook's own")
            },
            read: |s| s.p.map(|p| p.p().to_string()).unwrap_or_default(),
            write: |s, text| {
                s.p = match text {
                    "" => None,
                    _ => Some(DropProbability::new(number(text, &UNIT)?).ok()?),
                };
                Some(())
            },
        },
        Entry {
            name: "variational",
            allowed: || words(&SWITCH),
            read: |s| word_of(&SWITCH, s.variational),
            write: |s, text| {
                s.variational = word(&SWITCH, text)?;
                Some(())
            },
        },
        Entry {
            name: "steps",
            allowed: || wholes(&STEPS),
            read: |s| s.steps.to_string(),
            write: |s, text| {
                s.steps = NonZeroU32::new(whole(text, &STEPS)?)?;
                Some(())
            },
        },
        Entry {
            name: "bernoulli",
            allowed: || words(&PATHS),
            read: |s| word_of(&PATHS, s.bernoulli_path),
            write: |s, text| {
                s.bernoulli_path = word(&PATHS, text)?;
                Some(())
            },
        },
        Entry {
            name: "seed",
            allowed: || t!("whole numbers from 0 to {}", u64::MAX),
            read: |s| s.seed.to_string(),
            write: |s, text| {
                s.seed = text.parse().ok()?;
                Some(())
            },
        },
    ];
}

/// A notebook that was run, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What is read.
    pub settings: Settings,
    /// Its cells.
    pub notebook: Notebook,
}

impl Trace {
    /// Runs the notebook of `settings`.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self {
            settings: *settings,
            notebook: notebook(settings.which, &settings.run()),
        }
    }

    /// The cell of that name.
    #[must_use]
    pub fn cell(&self, id: &str) -> Option<&Code> {
        self.notebook.code().find(|code| code.id == id)
    }

    /// The cell that is looked at, or the first of code.
    #[must_use]
    pub fn looked_at(&self) -> Option<&Code> {
        let named = self.settings.cell.and_then(|id| self.cell(id));
        named.or_else(|| self.notebook.code().next())
    }

    /// The cell of code after it.
    #[must_use]
    pub fn after(&self) -> Option<&Code> {
        let looked_at = self.looked_at()?.id;
        let mut rest = self.notebook.code().skip_while(|code| code.id != looked_at);
        rest.nth(1)
    }

    /// The cell of code before it.
    #[must_use]
    pub fn before(&self) -> Option<&Code> {
        let looked_at = self.looked_at()?.id;
        let before = self.notebook.code().take_while(|code| code.id != looked_at);
        before.last()
    }

    /// The number that Jupyter gives the cell of that name: 1 for the first cell of code.
    #[must_use]
    pub fn number(&self, id: &str) -> Option<usize> {
        let place = self.notebook.code().position(|code| code.id == id)?;
        Some(place + 1)
    }
}

/// Which notebook it is, how it was run, and whether it slips.
#[must_use]
pub fn now(trace: &Trace) -> String {
    let (settings, notebook) = (&trace.settings, &trace.notebook);
    let slips: usize = notebook.code().map(|code| code.slips.len()).sum();
    t!(
        "Notebook {}, run here from seed {} with p = {}: {}. It slips in {}; a note beside the cell says what is so.",
        settings.which.number(),
        settings.seed,
        plain(settings.p().p()),
        t!("{n} {n|cell|cells} of code", n = notebook.code().count()),
        t!("{n} {n|place|places}", n = slips),
    )
}

/// What a cell takes from the generator.
#[must_use]
pub fn drawn(code: &Code) -> String {
    match code.drawn {
        0 => t!("draws nothing").to_owned(),
        drawn => t!("draws {drawn} {drawn|word|words} of 32 random bits"),
    }
}

/// What a cell takes from the generator, and where that stands before and after.
#[must_use]
pub fn explain(trace: &Trace, id: &str) -> Explanation {
    let before: u64 = (trace.notebook.code())
        .take_while(|code| code.id != id)
        .map(|code| code.drawn)
        .sum();
    let Some((code, number)) = trace.cell(id).zip(trace.number(id)) else {
        return Explanation::default();
    };
    let after = before + code.drawn;
    let stream = match code.drawn {
        0 => t!("stands at word {before}, before and after"),
        _ => t!("goes from word {before} to word {after}"),
    };
    Explanation {
        title: format!("In [{number}] {}", drawn(code)),
        lines: vec![(t!("generator").to_owned(), stream)],
        reason: None,
    }
}

/// The whole notebook as a Python file; `link` is the query that leads back to the page.
#[must_use]
pub fn script(settings: &Settings, link: &str) -> String {
    let view = format!("notebook {}", settings.which.number());
    about(&view, link) + "\n" + &Trace::new(settings).notebook.script()
}
