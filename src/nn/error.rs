//! What PyTorch refuses, with PyTorch's own words.
use std::fmt;

use super::number::{general, python};
use super::probability::ProbabilityError;

/// A call that PyTorch refuses. Displays the message of its exception, letter for letter.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// `nn.Dropout(p)`, `F.dropout(x, p)` and its relatives: p outside [0, 1].
    DropProbability(ProbabilityError),
    /// `torch.dropout(x, p, train)`, the function below them, which writes p as C++ does.
    TorchDropout(ProbabilityError),
    /// `tensor.bernoulli_(p)`: p outside [0, 1].
    Bernoulli(f64),
    /// `torch.bernoulli(probs)`: one of them, this one, outside [0, 1]. The message does not name
    /// it.
    BernoulliTensor(f32),
    /// `torch.distributions.Bernoulli(probs=p)`: p, here already rounded, outside [0, 1].
    BernoulliDistribution(f32),
    /// `tensor.uniform_(from, to)`: from > to.
    Uniform(f64, f64),
    /// `tensor.normal_(mean, std)`: std < 0.
    Normal(f64),
    /// `torch.randint(low, high)`: low >= high.
    Randint(i64, i64),
    /// `F.dropout` of an integer tensor, which cannot hold scaled numbers.
    IntegerDropout,
    /// `F.dropout1d` of a tensor of this many dimensions, neither 2 nor 3.
    Dropout1dInput(usize),
    /// Dropout of channels on a tensor without a channel dimension.
    FeatureDimensions,
    /// `F.linear` of a scalar.
    LinearScalar,
    /// `F.linear`: rows and columns of the input that do not fit the weight's (in, out).
    LinearShape {
        /// Rows and columns of the input.
        input: [usize; 2],
        /// Input and output features of the layer.
        layer: [usize; 2],
    },
    /// `torch.manual_seed(value)`: outside -2^63 ..= 2^64 - 1.
    SeedOverflow(i128),
}

impl Error {
    /// The Python class of the exception.
    #[must_use]
    pub fn python_class(&self) -> &'static str {
        match self {
            Self::DropProbability(_) | Self::BernoulliDistribution(_) | Self::SeedOverflow(_) => {
                "ValueError"
            }
            _ => "RuntimeError",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DropProbability(error) => write!(f, "{error}"),
            Self::TorchDropout(error) => write!(f, "{error:#}"),
            Self::Bernoulli(p) => {
                write!(
                    f,
                    "bernoulli_ expects p to be in [0, 1], but got p={}",
                    general(*p)
                )
            }
            Self::BernoulliTensor(_) => f.write_str(BERNOULLI_TENSOR),
            Self::BernoulliDistribution(p) => bernoulli_distribution(f, &python(f64::from(*p))),
            Self::Uniform(from, to) => {
                let (from, to) = (general(*from), general(*to));
                write!(f, "uniform_ expects to return a [from, to) range, ")?;
                write!(f, "but found from={from} > to={to}")
            }
            Self::Normal(std) => {
                write!(
                    f,
                    "normal expects std >= 0.0, but found std {}",
                    general(*std)
                )
            }
            Self::Randint(low, high) => {
                write!(f, "random_ expects 'from' to be less than 'to', ")?;
                write!(f, "but got from={low} >= to={high}")
            }
            Self::IntegerDropout => f.write_str(INTEGER_DROPOUT),
            Self::Dropout1dInput(dimensions) => {
                write!(f, "dropout1d: Expected 2D or 3D input, ")?;
                write!(f, "but received a {dimensions}D input. {DROPOUT1D_NOTE}")
            }
            Self::FeatureDimensions => f.write_str(FEATURE_DIMENSIONS),
            Self::LinearScalar => f.write_str(LINEAR_SCALAR),
            Self::LinearShape {
                input: [rows, columns],
                layer: [inputs, outputs],
            } => {
                write!(f, "addmm: mat1 and mat2 shapes cannot be multiplied ")?;
                write!(f, "({rows}x{columns} and {inputs}x{outputs})")
            }
            Self::SeedOverflow(_) => f.write_str("Overflow when unpacking long long"),
        }
    }
}

const BERNOULLI_TENSOR: &str = "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  \
    (Could this error message be improved?  \
    If so, please report an enhancement request to PyTorch.)";
const INTEGER_DROPOUT: &str = "result type Float can't be cast to the desired output type Long";
const DROPOUT1D_NOTE: &str = "Note that dropout1d exists to provide channel-wise dropout on inputs \
    with 1 spatial dimension, a channel dimension, and an optional batch dimension \
    (i.e. 2D or 3D inputs).";
const FEATURE_DIMENSIONS: &str = "Feature dropout requires at least 2 dimensions in the input";
const LINEAR_SCALAR: &str =
    "both arguments to linear need to be at least 1D, but they are 0D and 2D";

fn bernoulli_distribution(f: &mut fmt::Formatter<'_>, p: &str) -> fmt::Result {
    write!(
        f,
        "Expected parameter probs (Tensor of shape ()) of distribution "
    )?;
    write!(f, "Bernoulli(probs: {p}) to satisfy the constraint ")?;
    write!(
        f,
        "Interval(lower_bound=0.0, upper_bound=1.0), but found invalid values:\n{p}"
    )
}

impl std::error::Error for Error {}

impl From<ProbabilityError> for Error {
    fn from(error: ProbabilityError) -> Self {
        Self::DropProbability(error)
    }
}
