//! Settings of the tensor exhibit: which tensor, whose dropout, and how it is run.

use super::fields::{Entry, Fields, choice};
use super::run::Run;
use crate::model::FieldError;
use crate::model::field::{STYLES, word, word_of, words};
use crate::nn::{DropProbability, DropoutStyle, Generator, Tensor, sample};

/// Most numbers that a pasted tensor may have.
pub const MAX_NUMBERS: usize = 10_000;
/// Most dimensions that a pasted tensor may have.
pub const MAX_DIMENSIONS: usize = 6;

/// The tensors that the notebooks put through dropout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// `torch.ones(5, 10)`.
    #[default]
    Ones,
    /// `torch.arange(60.).reshape(3, 4, 5)`.
    Arange,
    /// `torch.randn(4, 2, 10)`, drawn from the seed before any mask.
    Randn,
    /// The 2x2 of notebook 001, its very numbers.
    Notebook,
}

const PRESETS: [(&str, Preset); 4] = [
    ("ones", Preset::Ones),
    ("arange", Preset::Arange),
    ("randn", Preset::Randn),
    ("notebook", Preset::Notebook),
];

/// X of notebook 001, as it is printed there.
const NOTEBOOK_001: [f32; 4] = [0.1984, -1.0945, -0.2061, 1.8554];

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 4] = [Self::Ones, Self::Arange, Self::Randn, Self::Notebook];

    /// The name in links.
    #[must_use]
    pub fn name(self) -> String {
        word_of(&PRESETS, self)
    }

    /// Its shape.
    #[must_use]
    pub fn shape(self) -> &'static [usize] {
        match self {
            Self::Ones => &[5, 10],
            Self::Arange => &[3, 4, 5],
            Self::Randn => &[4, 2, 10],
            Self::Notebook => &[2, 2],
        }
    }

    /// Its numbers; only `Randn` draws.
    fn tensor(self, g: &mut Generator) -> Tensor {
        let mut tensor = Tensor::full(self.shape(), 1.0);
        match self {
            Self::Ones => {}
            Self::Arange => {
                for (value, i) in tensor.data_mut().iter_mut().zip(0_u8..) {
                    *value = f32::from(i);
                }
            }
            Self::Randn => sample::randn(g, tensor.data_mut()),
            Self::Notebook => tensor.data_mut().copy_from_slice(&NOTEBOOK_001),
        }
        tensor
    }
}

/// A tensor of the reader's own; equal if its bits are, so that NaN is equal to itself.
#[derive(Clone, Debug)]
struct Pasted(Tensor);

impl PartialEq for Pasted {
    fn eq(&self, other: &Self) -> bool {
        let bits = |tensor: &Tensor| -> Vec<u32> {
            tensor.data().iter().map(|value| value.to_bits()).collect()
        };
        self.0.shape() == other.0.shape() && bits(&self.0) == bits(&other.0)
    }
}

/// A tensor, and the dropout it goes through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TensorSettings {
    run: Run,
    preset: Preset,
    pasted: Option<Pasted>,
    style: DropoutStyle,
}

impl TensorSettings {
    /// A preset as its notebook runs it: `randn(4, 2, 10)` with p = 0.3, the others with 0.5.
    #[must_use]
    pub fn of(preset: Preset) -> Self {
        let mut settings = Self {
            preset,
            ..Self::default()
        };
        if let (Preset::Randn, Ok(p)) = (preset, DropProbability::new(0.3)) {
            settings.run.p = p;
        }
        settings
    }

    /// p, mode, seed and extra passes.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The preset, if nothing was pasted.
    #[must_use]
    pub fn preset(&self) -> Option<Preset> {
        self.pasted.is_none().then_some(self.preset)
    }

    /// Whose dropout.
    #[must_use]
    pub fn style(&self) -> DropoutStyle {
        self.style
    }

    /// The tensor; `g` is where `randn` takes its numbers from.
    #[must_use]
    pub fn input(&self, g: &mut Generator) -> Tensor {
        match &self.pasted {
            Some(Pasted(tensor)) => tensor.clone(),
            None => self.preset.tensor(g),
        }
    }

    /// Takes the reader's own tensor instead of a preset.
    ///
    /// # Errors
    /// It has more numbers or dimensions than fit.
    pub fn paste(&mut self, tensor: Tensor) -> Result<(), FieldError> {
        // Sizes without their zeros, so that an empty tensor is not an endless list of nothing.
        let cells = tensor.shape().iter().filter(|size| **size > 0);
        let fits = cells.fold(1_usize, |n, size| n.saturating_mul(*size)) <= MAX_NUMBERS;
        if !fits || tensor.shape().len() > MAX_DIMENSIONS {
            let value = format!("{:?}", tensor.shape());
            return Err(FieldError::named("tensor", &value, allowed()));
        }
        self.pasted = Some(Pasted(tensor));
        Ok(())
    }
}

impl AsRef<Run> for TensorSettings {
    fn as_ref(&self) -> &Run {
        &self.run
    }
}

impl AsMut<Run> for TensorSettings {
    fn as_mut(&mut self) -> &mut Run {
        &mut self.run
    }
}

impl Fields for TensorSettings {
    /// A preset takes the place of what was pasted; an empty `tensor` brings the preset back.
    const TABLE: &'static [Entry<Self>] = &[
        Entry {
            name: "preset",
            allowed: || words(&PRESETS),
            read: |s| s.preset.name(),
            write: |s, text| {
                s.preset = word(&PRESETS, text)?;
                s.pasted = None;
                Some(())
            },
        },
        Entry {
            name: "tensor",
            allowed,
            read: |s| {
                s.pasted
                    .as_ref()
                    .map_or_else(String::new, |own| text(&own.0))
            },
            write: |s, text| {
                if text.is_empty() {
                    s.pasted = None;
                    return Some(());
                }
                s.paste(parse(text)?).ok()
            },
        },
        choice!("dropout", STYLES, style),
        Run::p(),
        Run::mode(),
        Run::seed(),
        Run::again(),
    ];
}

fn allowed() -> String {
    t!(
        "a shape and its numbers, such as 2x2:1,2,3,4, with at most {MAX_NUMBERS} numbers in {MAX_DIMENSIONS} dimensions"
    )
}

/// `2x3:0.5,-0.0,…`, with the shortest digits that read back to the same float32.
fn text(tensor: &Tensor) -> String {
    let sizes: Vec<String> = tensor.shape().iter().map(usize::to_string).collect();
    let values: Vec<String> = tensor.data().iter().map(|v| format!("{v:?}")).collect();
    format!("{}:{}", sizes.join("x"), values.join(","))
}

fn parse(text: &str) -> Option<Tensor> {
    let (sizes, values) = text.split_once(':')?;
    let parts = |text: &'_ str, at: char| -> Vec<String> {
        let parts = text.split(at).map(|part| part.trim().to_owned());
        parts.filter(|_| !text.trim().is_empty()).collect()
    };
    let shape: Option<Vec<usize>> = parts(sizes, 'x').iter().map(|n| n.parse().ok()).collect();
    let values: Option<Vec<f32>> = parts(values, ',').iter().map(|v| v.parse().ok()).collect();
    let (shape, values) = (shape?, values?);
    // The product of absurd sizes must not overflow.
    let size = shape
        .iter()
        .try_fold(1_usize, |n, size| n.checked_mul(*size))?;
    (size == values.len()).then(|| Tensor::new(&shape, values).ok())?
}
