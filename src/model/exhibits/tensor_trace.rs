//! [`TensorTrace`]: every number of one pass of a tensor through dropout, and of another implementation beside it.

use super::tensor::TensorSettings;
use crate::nn::probability::rounded;
use crate::nn::{DropProbability, DropoutStyle, Generator, Mode, Tensor};

/// One implementation of dropout, run on the input.
#[derive(Clone, Debug)]
pub struct Implementation {
    /// Whose.
    pub style: DropoutStyle,
    /// The uniform numbers behind the mask, one a number of the input; empty where none was drawn.
    pub coins: Vec<f64>,
    /// 1 = kept, 0 = dropped.
    pub mask: Tensor,
    /// mask / (1 - p), what the input is multiplied by.
    pub noise: Tensor,
    /// What comes out.
    pub output: Tensor,
}

impl Implementation {
    fn run(mut g: Generator, settings: &TensorSettings, style: DropoutStyle, x: &Tensor) -> Self {
        let (run, mut mask) = (settings.run(), Tensor::zeros(x.shape()));
        for _ in 0..run.again {
            style.draw_mask(&mut g, run.p, run.mode, mask.data_mut());
        }
        let coins = coins(g.clone(), run.p, run.mode, style, x.numel());
        style.draw_mask(&mut g, run.p, run.mode, mask.data_mut());
        let divisor = style.divisor(run.p, run.mode);
        let (mut noise, mut output) = (mask.clone(), x.clone());
        for (noise, y) in noise.data_mut().iter_mut().zip(output.data_mut()) {
            let kept = *noise;
            *noise /= divisor;
            *y = match style {
                // As notebook 001 writes it: multiplied first, divided then.
                DropoutStyle::RandGreater if run.mode == Mode::Train => *y * kept / divisor,
                _ => *y * *noise,
            };
        }
        Self {
            style,
            coins,
            mask,
            noise,
            output,
        }
    }

    /// How many numbers were kept.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.mask.data().iter().filter(|kept| **kept != 0.0).count()
    }

    /// Whether number `index` was kept.
    #[must_use]
    pub fn keeps(&self, index: usize) -> bool {
        self.mask.data().get(index).is_some_and(|kept| *kept != 0.0)
    }
}

/// The uniform numbers that the next mask of `n` numbers is made of.
fn coins(
    mut g: Generator,
    p: DropProbability,
    mode: Mode,
    style: DropoutStyle,
    n: usize,
) -> Vec<f64> {
    match (mode, style) {
        (Mode::Eval, _) => Vec::new(),
        (Mode::Train, DropoutStyle::Module) if p.p() == 0.0 || p.keep() == 0.0 => Vec::new(),
        (Mode::Train, DropoutStyle::Module) => (0..n).map(|_| g.u53()).collect(),
        (Mode::Train, DropoutStyle::BernoulliFull | DropoutStyle::RandGreater) => {
            (0..n).map(|_| f64::from(g.u24())).collect()
        }
    }
}

/// Every number of one pass.
#[derive(Clone, Debug)]
pub struct TensorTrace {
    /// What was asked for.
    pub settings: TensorSettings,
    /// What goes in.
    pub input: Tensor,
    /// The implementation asked for.
    pub chosen: Implementation,
    /// Another one from the same state of the generator: `rand > p` beside `nn.Dropout`, and
    /// `nn.Dropout` beside any other.
    pub other: Implementation,
    /// `x * (1 / (1 - p))`; nothing where p = 1, which Python refuses to divide by.
    pub scaled: Option<Tensor>,
}

impl TensorTrace {
    /// Runs both implementations.
    #[must_use]
    pub fn new(settings: &TensorSettings) -> Self {
        let mut g = Generator::new(settings.run().seed);
        let input = settings.input(&mut g);
        let other = match settings.style() {
            DropoutStyle::Module => DropoutStyle::RandGreater,
            DropoutStyle::BernoulliFull | DropoutStyle::RandGreater => DropoutStyle::Module,
        };
        let run = |style| Implementation::run(g.clone(), settings, style, &input);
        let (chosen, other) = (run(settings.style()), run(other));
        let keep = settings.run().p.keep();
        let scaled = (keep > 0.0).then(|| {
            let mut scaled = input.clone();
            for value in scaled.data_mut() {
                *value *= rounded(1.0 / keep);
            }
            scaled
        });
        Self {
            settings: settings.clone(),
            input,
            chosen,
            other,
            scaled,
        }
    }

    /// What a panel shows, if there is such a panel.
    #[must_use]
    pub fn panel(&self, panel: Panel) -> Option<&Tensor> {
        match panel {
            Panel::Input => Some(&self.input),
            Panel::Mask => Some(&self.chosen.mask),
            Panel::Output => Some(&self.chosen.output),
            Panel::Scaled => self.scaled.as_ref(),
            Panel::OtherMask => Some(&self.other.mask),
            Panel::OtherOutput => Some(&self.other.output),
        }
    }

    /// Numbers that one implementation kept and the other dropped.
    #[must_use]
    pub fn differ(&self) -> usize {
        let pairs = self.chosen.mask.data().iter().zip(self.other.mask.data());
        pairs.filter(|(a, b)| a != b).count()
    }
}

/// One of the linked heatmaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Before.
    Input,
    /// The coins.
    Mask,
    /// After.
    Output,
    /// `x * (1 / (1 - p))`.
    Scaled,
    /// The coins of the other implementation.
    OtherMask,
    /// After the other implementation.
    OtherOutput,
}

impl Panel {
    /// Every panel, in the order in which they are drawn.
    pub const ALL: [Self; 6] = [
        Self::Input,
        Self::Mask,
        Self::Output,
        Self::Scaled,
        Self::OtherMask,
        Self::OtherOutput,
    ];
}

/// A number that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TensorTarget {
    /// In which heatmap.
    pub panel: Panel,
    /// Which number, row-major.
    pub index: usize,
}

impl TensorTarget {
    /// The index along each dimension, as `x[0, 3]` has it.
    #[must_use]
    pub fn place(self, shape: &[usize]) -> Vec<usize> {
        unravel(self.index, shape)
    }
}

/// The index along each dimension of element `index` of a row-major tensor.
#[must_use]
pub(crate) fn unravel(index: usize, shape: &[usize]) -> Vec<usize> {
    let mut rest = index;
    let mut place: Vec<usize> = shape
        .iter()
        .rev()
        .map(|&size| {
            let size = size.max(1);
            let here = rest % size;
            rest /= size;
            here
        })
        .collect();
    place.reverse();
    place
}
