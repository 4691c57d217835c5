//! The five notebooks, cell by cell: their code as it runs today, and what PyTorch prints for it.
//!
//! Every printed number comes from [`crate::nn`], drawn in the order in which the code draws; nothing is typed in.
//! The prose is this crate's own, in English; a page translates it where it shows it, and files have it as it is.
//! Parsing and pictures are elsewhere.

mod cell;
mod links;
mod n000;
mod n001;
mod n002;
mod n003;
mod n004;
mod net;
mod torch;

use std::num::NonZeroU32;

pub use cell::{Cell, Code, Print, Slip};

use super::ipynb::{self, ipynb};
use crate::nn::{BernoulliPath, DropProbability, Generator, Tensor};
use cell::Page;

/// One of the five notebooks, by what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Which {
    /// 000: Bernoulli draws, and `nn.Dropout` in both modes.
    DropoutLayer,
    /// 001: `nn.Dropout` beside one written by hand.
    OwnDropout,
    /// 002: dropout in a network that is trained.
    Network,
    /// 003: `WeightDrop` and locked dropout.
    WeightDrop,
    /// 004: masks and gradients of a whole batch.
    MasksAndGradients,
}

impl Which {
    /// All five, in order.
    pub const ALL: [Self; 5] = [
        Self::DropoutLayer,
        Self::OwnDropout,
        Self::Network,
        Self::WeightDrop,
        Self::MasksAndGradients,
    ];

    /// The notebook's number: `000` to `004`.
    #[must_use]
    pub const fn number(self) -> &'static str {
        match self {
            Self::DropoutLayer => "000",
            Self::OwnDropout => "001",
            Self::Network => "002",
            Self::WeightDrop => "003",
            Self::MasksAndGradients => "004",
        }
    }

    /// What it is about; a message.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::DropoutLayer => "A dropout layer and its coins",
            Self::OwnDropout => "Dropout written by hand",
            Self::Network => "Dropout in a network",
            Self::WeightDrop => "Dropped weights, locked masks",
            Self::MasksAndGradients => "Masks and gradients of a batch",
        }
    }

    /// The notebook's own heading.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::DropoutLayer => "Transformer Model: Understanding Dropout with In-Depth-Details",
            Self::OwnDropout => "Dropout!",
            Self::Network => "torch.nn.Dropout",
            Self::WeightDrop => "weight_drop, locked_dropout",
            Self::MasksAndGradients => "Dropout details",
        }
    }

    /// The p that the notebook itself uses.
    #[must_use]
    pub const fn usual_p(self) -> f64 {
        match self {
            Self::DropoutLayer | Self::WeightDrop => 0.3,
            Self::OwnDropout | Self::Network | Self::MasksAndGradients => 0.5,
        }
    }
}

/// What the reader may choose about a notebook.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NotebookSettings {
    /// What `torch.manual_seed` gets.
    pub seed: u64,
    /// The drop probability.
    pub p: DropProbability,
    /// Whose coins: PyTorch's of today, or of 2.6 and earlier.
    pub bernoulli_path: BernoulliPath,
    /// 003: rows of the weight share a coin; otherwise each weight has its own.
    pub variational: bool,
    /// 002: training steps.
    pub steps: NonZeroU32,
}

impl Default for NotebookSettings {
    /// Seed 0, p one half, and what the notebooks themselves do: rows share a coin, one step.
    fn default() -> Self {
        Self {
            seed: 0,
            p: DropProbability::default(),
            bernoulli_path: BernoulliPath::default(),
            variational: true,
            steps: NonZeroU32::MIN,
        }
    }
}

/// A notebook that was run.
#[derive(Clone, Debug, PartialEq)]
pub struct Notebook {
    /// Which of the five.
    pub which: Which,
    /// Prose and code, in order.
    pub cells: Vec<Cell>,
    /// Tensors that the run leaves behind, by their names.
    pub variables: Vec<(String, Tensor)>,
}

/// Runs a notebook from its seed.
#[must_use]
pub fn notebook(which: Which, settings: &NotebookSettings) -> Notebook {
    let g = Generator::new(settings.seed).with_bernoulli_path(settings.bernoulli_path);
    run(which, settings, &mut { g })
}

/// Runs a notebook on a generator that stands where `manual_seed(settings.seed)` leaves it, and leaves it where
/// torch's stands after the last cell.
pub fn run(which: Which, settings: &NotebookSettings, g: &mut Generator) -> Notebook {
    let mut page = Page {
        drawn: g.drawn(),
        ..Page::default()
    };
    let write = match which {
        Which::DropoutLayer => n000::write,
        Which::OwnDropout => n001::write,
        Which::Network => n002::write,
        Which::WeightDrop => n003::write,
        Which::MasksAndGradients => n004::write,
    };
    write(&mut page, settings, g);
    let Page {
        cells, variables, ..
    } = page;
    Notebook {
        which,
        cells,
        variables,
    }
}

impl Notebook {
    /// The cells of code.
    pub fn code(&self) -> impl Iterator<Item = &Code> {
        self.cells.iter().filter_map(|cell| match cell {
            Cell::Code(code) => Some(code),
            Cell::Text(_) => None,
        })
    }

    /// The whole notebook as a Python file, cells marked by `# %%`.
    #[must_use]
    pub fn script(&self) -> String {
        let cells: Vec<String> = self.cells.iter().map(Cell::python).collect();
        cells.join("\n\n") + "\n"
    }

    /// All that [`Self::script`] prints.
    #[must_use]
    pub fn output(&self) -> String {
        self.code().map(Code::output).collect()
    }

    /// The whole notebook as Jupyter opens it.
    #[must_use]
    pub fn ipynb(&self) -> String {
        let outputs: Vec<String> = self.cells.iter().map(Cell::output).collect();
        let cells: Vec<_> = (self.cells.iter().zip(&outputs))
            .map(|(cell, output)| match cell {
                Cell::Text(text) => (ipynb::Kind::Markdown, *text, ""),
                Cell::Code(code) => (ipynb::Kind::Code, &*code.code, &**output),
            })
            .collect();
        ipynb(&cells)
    }
}
