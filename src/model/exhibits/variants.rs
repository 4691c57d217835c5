//! Settings of the variants exhibit: which relative of dropout, on what sizes, and the two switches that go wrong.

use super::fields::{Entry, Fields, choice, count};
use super::run::Run;
use crate::model::field::{SWITCH, word_of};
use crate::nn::{DropProbability, Mode};

/// A relative of dropout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layer {
    /// `nn.Dropout`.
    #[default]
    Dropout,
    /// `nn.Dropout1d`.
    Dropout1d,
    /// `nn.Dropout2d`.
    Dropout2d,
    /// `LockedDropout` of notebook 003.
    Locked,
    /// `WeightDrop(variational=True)` of notebook 003.
    Variational,
    /// `WeightDrop(variational=False)`: DropConnect.
    DropConnect,
    /// `nn.AlphaDropout`.
    Alpha,
    /// `F.dropout` called in a module of one's own.
    Functional,
}

const LAYERS: [(&str, Layer); 8] = [
    ("dropout", Layer::Dropout),
    ("dropout1d", Layer::Dropout1d),
    ("dropout2d", Layer::Dropout2d),
    ("locked", Layer::Locked),
    ("variational", Layer::Variational),
    ("dropconnect", Layer::DropConnect),
    ("alpha", Layer::Alpha),
    ("functional", Layer::Functional),
];

impl Layer {
    /// Every layer, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Dropout,
        Self::Dropout1d,
        Self::Dropout2d,
        Self::Locked,
        Self::Variational,
        Self::DropConnect,
        Self::Alpha,
        Self::Functional,
    ];

    /// The name in links.
    #[must_use]
    pub fn name(self) -> String {
        word_of(&LAYERS, self)
    }

    /// Whether it drops the weights of a linear layer, not what goes through it.
    #[must_use]
    pub fn drops_weights(self) -> bool {
        matches!(self, Self::Variational | Self::DropConnect)
    }

    /// Whether its code, as it is usually written, forgets `eval()`.
    #[must_use]
    pub fn may_forget_eval(self) -> bool {
        matches!(self, Self::Variational | Self::Functional)
    }
}

/// Every size of the exhibit: small enough to see each number.
pub const SIZE: std::ops::RangeInclusive<u32> = 1..=8;

/// A layer, its sizes and switches, and how it is run.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantsSettings {
    run: Run,
    layer: Layer,
    batch: u32,
    channels: u32,
    length: u32,
    in_features: u32,
    out_features: u32,
    batch_first: bool,
    obeys_eval: bool,
}

impl Default for VariantsSettings {
    /// Weights are the `Linear(3, 2)` of notebook 003.
    fn default() -> Self {
        Self {
            run: Run::default(),
            layer: Layer::default(),
            batch: 3,
            channels: 4,
            length: 5,
            in_features: 3,
            out_features: 2,
            batch_first: false,
            obeys_eval: false,
        }
    }
}

impl VariantsSettings {
    /// A layer as the notebook has it: `WeightDrop` with p = 0.3, the others with 0.5.
    #[must_use]
    pub fn of(layer: Layer) -> Self {
        let mut settings = Self {
            layer,
            ..Self::default()
        };
        if let (true, Ok(p)) = (layer.drops_weights(), DropProbability::new(0.3)) {
            settings.run.p = p;
        }
        settings
    }

    /// p, mode, seed and extra passes.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Which layer.
    #[must_use]
    pub fn layer(&self) -> Layer {
        self.layer
    }

    /// Whether a sequence comes as (B, T, H), which `LockedDropout` takes for (T, B, H).
    #[must_use]
    pub fn batch_first(&self) -> bool {
        self.batch_first
    }

    /// Whether the code hands `self.training` on, where it may forget to.
    #[must_use]
    pub fn obeys_eval(&self) -> bool {
        self.obeys_eval
    }

    /// The mode that the layer believes to be in.
    #[must_use]
    pub fn effective_mode(&self) -> Mode {
        if self.layer.may_forget_eval() && !self.obeys_eval {
            Mode::Train
        } else {
            self.run.mode
        }
    }

    /// Whether the lamp is lit: `eval()` was called, and the layer goes on dropping.
    #[must_use]
    pub fn ignores_eval(&self) -> bool {
        self.run.mode != self.effective_mode()
    }

    /// What its dimensions are called, outermost first.
    #[must_use]
    pub fn axes(&self) -> &'static [&'static str] {
        match (self.layer, self.batch_first) {
            (Layer::Dropout2d, _) => &["N", "C", "H", "W"],
            (Layer::Locked, false) => &["T", "B", "H"],
            (Layer::Locked, true) => &["B", "T", "H"],
            (Layer::Variational | Layer::DropConnect, _) => &["out", "in"],
            (Layer::Dropout | Layer::Dropout1d | Layer::Alpha | Layer::Functional, _) => {
                &["N", "C", "L"]
            }
        }
    }

    /// Its dimensions, outermost first.
    #[must_use]
    pub fn shape(&self) -> Vec<usize> {
        let (n, c, l) = (self.batch, self.channels, self.length);
        let shape = match (self.layer, self.batch_first) {
            (Layer::Dropout2d, _) => vec![n, c, l, l],
            (Layer::Locked, false) => vec![l, n, c],
            (Layer::Locked, true) => vec![n, l, c],
            (Layer::Variational | Layer::DropConnect, _) => {
                vec![self.out_features, self.in_features]
            }
            (Layer::Dropout | Layer::Dropout1d | Layer::Alpha | Layer::Functional, _) => {
                vec![n, c, l]
            }
        };
        shape.into_iter().map(|size| size as usize).collect()
    }
}

impl AsRef<Run> for VariantsSettings {
    fn as_ref(&self) -> &Run {
        &self.run
    }
}

impl AsMut<Run> for VariantsSettings {
    fn as_mut(&mut self) -> &mut Run {
        &mut self.run
    }
}

impl Fields for VariantsSettings {
    /// `batch` is N or B, `channels` C or H, `length` L or T and both sides of a picture.
    const TABLE: &'static [Entry<Self>] = &[
        choice!("layer", LAYERS, layer),
        Run::p(),
        Run::mode(),
        Run::seed(),
        Run::again(),
        count!("batch", SIZE, batch),
        count!("channels", SIZE, channels),
        count!("length", SIZE, length),
        count!("in", SIZE, in_features),
        count!("out", SIZE, out_features),
        choice!("batch_first", SWITCH, batch_first),
        choice!("obeys_eval", SWITCH, obeys_eval),
    ];
}
