//! [`Settings`]: all that determines a run, and so all that a link must carry of it.
//! Not here: where the reader looks (stage, sample, theme); that is the app's.

use super::{Again, Field, FieldError};
use crate::nn::{BernoulliPath, DropProbability, DropoutStyle, Mode, Sgd};

/// Outputs of the network: one number a sample, as in the notebooks.
pub const OUT_FEATURES: usize = 1;

/// The network, its data, its optimiser, its seed, and the step looked at.
///
/// It can only be changed through [`Settings::set`], [`Settings::press_again`] and [`Settings::with_seed`], which
/// refuse what is out of range, so every `Settings` is a run that can be computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub(super) p: DropProbability,
    pub(super) mode: Mode,
    pub(super) seed: u64,
    pub(super) batch: u32,
    pub(super) in_features: u32,
    pub(super) hidden_features: u32,
    pub(super) sgd: Sgd,
    pub(super) dropout_style: DropoutStyle,
    pub(super) bernoulli_path: BernoulliPath,
    pub(super) step: u32,
    pub(super) again: Again,
}

impl Default for Settings {
    /// `SimpleNet` of notebook 004 with a batch of 4, in which a unit is dropped for every sample far
    /// more often than in 15, and the seed that shows all three ways to miss an update.
    fn default() -> Self {
        Self {
            p: DropProbability::default(),
            mode: Mode::Train,
            seed: 36,
            batch: 4,
            in_features: 5,
            hidden_features: 10,
            sgd: Sgd {
                lr: 0.01,
                ..Sgd::default()
            },
            dropout_style: DropoutStyle::Module,
            bernoulli_path: BernoulliPath::Mt19937,
            step: 0,
            again: Again::default(),
        }
    }
}

impl Settings {
    /// Probability that a unit is zeroed.
    #[must_use]
    pub fn p(&self) -> DropProbability {
        self.p
    }

    /// Mode of the pass looked at; the training steps before it are always in train mode.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// What `torch.manual_seed` gets.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Samples in the batch.
    #[must_use]
    pub fn batch(&self) -> usize {
        self.batch as usize
    }

    /// Inputs of fc1.
    #[must_use]
    pub fn in_features(&self) -> usize {
        self.in_features as usize
    }

    /// Units of the hidden layer.
    #[must_use]
    pub fn hidden_features(&self) -> usize {
        self.hidden_features as usize
    }

    /// The optimiser.
    #[must_use]
    pub fn sgd(&self) -> &Sgd {
        &self.sgd
    }

    /// Whose dropout: `nn.Dropout` or one written by hand in a notebook.
    #[must_use]
    pub fn dropout_style(&self) -> DropoutStyle {
        self.dropout_style
    }

    /// Which of torch's two ways of drawing coins.
    #[must_use]
    pub fn bernoulli_path(&self) -> BernoulliPath {
        self.bernoulli_path
    }

    /// Training steps taken before the pass looked at.
    #[must_use]
    pub fn step(&self) -> u32 {
        self.step
    }

    /// Extra forward passes.
    #[must_use]
    pub fn again(&self) -> &Again {
        &self.again
    }

    /// Changes one field to what `text` says, or leaves everything as it was.
    ///
    /// # Errors
    /// The value and the range allowed, when `text` is not one of the field's values.
    pub fn set(&mut self, field: Field, text: &str) -> Result<(), FieldError> {
        let mut changed = self.clone();
        field.write(&mut changed, text.trim())?;
        *self = changed;
        Ok(())
    }

    /// The fields that are not at their defaults, as a link writes them and in its order.
    #[must_use]
    pub fn changed(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let fields = Field::ALL.into_iter();
        let values = fields.map(|field| (field, field.read(self)));
        values
            .filter(|(field, value)| *value != field.read(&usual))
            .map(|(field, value)| (field.name(), value))
            .collect()
    }

    /// One more extra forward pass at the step looked at.
    ///
    /// # Errors
    /// When the run has as many as it may have.
    pub fn press_again(&mut self) -> Result<(), FieldError> {
        if self.again.add(self.step) {
            return Ok(());
        }
        let passes = self.again.total().saturating_add(1).to_string();
        Err(FieldError::new(
            Field::Again,
            &passes,
            Field::Again.allowed(),
        ))
    }

    /// The same run, looked at before its first step, from another seed.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        Self {
            seed,
            step: 0,
            again: Again::default(),
            ..self.clone()
        }
    }

    /// Whether both are the same run up to the weights before step `step`:
    /// all but the mode, the step looked at and later extra passes agree.
    #[must_use]
    pub fn same_run_before(&self, other: &Self, step: u32) -> bool {
        let run = |settings: &Self| Self {
            mode: Mode::Train,
            step: 0,
            again: Again::default(),
            ..settings.clone()
        };
        run(self) == run(other) && self.again.same_before(&other.again, step)
    }
}
