//! What a notebook is made of: prose, code with what it prints, and margin notes where the notebook slips.

use std::fmt::Display;

use crate::nn::{Generator, Tensor};
use crate::notebook::print;

/// A cell of a notebook.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Prose; `#` starts a heading, backquotes stand around code. Its blocks are messages, as [`prose`] has them.
    ///
    /// [`prose`]: crate::notebook::prose
    Text(&'static str),
    /// Code and what it printed.
    Code(Code),
}

impl Cell {
    /// The cell in a Python file, prose as comments.
    pub(super) fn python(&self) -> String {
        match self {
            Self::Text(text) => {
                let lines: Vec<String> = text.lines().map(|line| format!("# {line}")).collect();
                format!("# %% [markdown]\n{}", lines.join("\n"))
            }
            Self::Code(code) => format!("# %%\n{}", code.code),
        }
    }

    /// What the cell printed; prose prints nothing.
    pub(super) fn output(&self) -> String {
        match self {
            Self::Text(_) => String::new(),
            Self::Code(code) => code.output(),
        }
    }
}

/// A cell of code.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Its name, unique in its notebook; links may use it.
    pub id: &'static str,
    /// Python, without the newline at its end.
    pub code: String,
    /// What its calls of `print` wrote, one by one.
    pub prints: Vec<Print>,
    /// Where the notebook says something else than its own numbers.
    pub slips: &'static [Slip],
    /// The query of a view that shows what this cell does.
    pub link: Option<String>,
    /// How many words of 32 bits it draws from the generator.
    pub drawn: u64,
}

/// What one or several calls of `print` wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// What was printed, by a name that recorded runs use too.
    pub label: &'static str,
    /// The text, with the newline at its end.
    pub text: String,
}

/// A sentence of a notebook that its own numbers refute, or that needs a word more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    /// What the notebook says, or lets its reader believe; a message, as is [`Self::truth`].
    pub claim: &'static str,
    /// What is so.
    pub truth: &'static str,
    /// The query of a view in which the reader can see it.
    pub link: &'static str,
}

impl Code {
    pub(super) fn new(id: &'static str, code: impl Into<String>) -> Self {
        Self {
            id,
            code: code.into(),
            prints: Vec::new(),
            slips: &[],
            link: None,
            drawn: 0,
        }
    }

    /// One more `print(text)`.
    pub(super) fn prints(mut self, label: &'static str, text: impl Display) -> Self {
        let text = format!("{text}\n");
        self.prints.push(Print { label, text });
        self
    }

    /// One more `print(tensor)`.
    pub(super) fn shows(self, label: &'static str, tensor: &Tensor) -> Self {
        self.prints(label, print::tensor(tensor))
    }

    pub(super) fn slips(self, slips: &'static [Slip]) -> Self {
        Self { slips, ..self }
    }

    pub(super) fn link(self, link: String) -> Self {
        let link = Some(link);
        Self { link, ..self }
    }

    /// All that the cell prints.
    #[must_use]
    pub fn output(&self) -> String {
        self.prints.iter().map(|print| &*print.text).collect()
    }
}

/// A notebook as it is written, cell after cell.
#[derive(Default)]
pub(super) struct Page {
    pub(super) cells: Vec<Cell>,
    /// Where the generator stood after the last cell that drew.
    pub(super) drawn: u64,
    pub(super) variables: Vec<(String, Tensor)>,
}

impl Page {
    pub(super) fn text(&mut self, text: &'static str) {
        self.cells.push(Cell::Text(text));
    }

    pub(super) fn code(&mut self, code: Code) {
        self.cells.push(Cell::Code(code));
    }

    /// Code that has drawn from `g`.
    pub(super) fn drawing(&mut self, code: Code, g: &Generator) {
        let drawn = g.drawn() - self.drawn;
        self.drawn = g.drawn();
        self.code(Code { drawn, ..code });
    }

    /// The first cell: imports, and the seed that the notebook lacks.
    pub(super) fn seed(&mut self, imports: &str, seed: u64) {
        let note = "not in the notebook: with it, every run draws the same numbers";
        self.code(Code::new(
            "seed",
            format!("{imports}\n\ngenerator = torch.manual_seed({seed})  # {note}"),
        ));
    }

    /// Leaves a tensor behind for who wants its numbers and not their print.
    pub(super) fn keep(&mut self, name: impl Into<String>, tensor: Tensor) {
        self.variables.push((name.into(), tensor));
    }
}
