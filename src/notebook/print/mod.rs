//! PyTorch's `print`, character for character, with its default options.
//!
//! Precision 4, summaries above 1000 elements with 3 items at each edge, lines of 80 columns.
//! Only CPU tensors of float32, float64, int64 and bool are covered; nothing here is parsed.
//!
//! # Source
//! `torch/_tensor_str.py`; the layout of each part is described in its own file.

mod body;
pub mod module;
mod page;
mod style;
mod zeros;

use std::fmt::{self, Write};

use crate::nn::Tensor;
pub use crate::nn::number::python as python_float;
use body::Body;
use page::Page;
pub use zeros::zeros;

/// The elements of a tensor in row-major order, in one of the types that the notebooks print.
#[derive(Clone, Copy, Debug)]
pub enum Values<'a> {
    /// `torch.float32`, the default type, not named in print.
    F32(&'a [f32]),
    /// `torch.float64`, named in print.
    F64(&'a [f64]),
    /// `torch.int64`, named in print only when there is no element to show it.
    I64(&'a [i64]),
    /// `torch.bool`, named in print only when there is no element to show it.
    Bool(&'a [bool]),
}

impl Values<'_> {
    const fn len(&self) -> usize {
        match self {
            Self::F32(values) => values.len(),
            Self::F64(values) => values.len(),
            Self::I64(values) => values.len(),
            Self::Bool(values) => values.len(),
        }
    }

    /// The `dtype=` suffix, if print shows one.
    const fn dtype_suffix(&self) -> Option<&'static str> {
        let empty = self.len() == 0;
        match self {
            Self::F64(_) => Some("dtype=torch.float64"),
            Self::I64(_) if empty => Some("dtype=torch.int64"),
            Self::Bool(_) if empty => Some("dtype=torch.bool"),
            Self::F32(_) | Self::I64(_) | Self::Bool(_) => None,
        }
    }
}

/// A tensor as `print` shows it: `tensor(`, its values, what else there is to say, `)`.
///
/// # Shapes
/// `values` holds the product of `shape` elements; a shape of no dimension is a scalar.
///
/// ```
/// use dropout_lab::notebook::print::{TensorPrint, Values};
///
/// let kept = TensorPrint {
///     values: Values::F32(&[0.0, 0.7648, -0.0]),
///     shape: &[3],
///     requires_grad: true,
///     grad_fn: Some("MulBackward0"),
/// };
/// assert_eq!(
///     kept.to_string(),
///     "tensor([0.0000, 0.7648, -0.0000], grad_fn=<MulBackward0>)"
/// );
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TensorPrint<'a> {
    /// The elements.
    pub values: Values<'a>,
    /// The size of each dimension.
    pub shape: &'a [usize],
    /// Whether `requires_grad=True` is shown; a `grad_fn` is shown in its place.
    pub requires_grad: bool,
    /// The name of the operation that made the tensor, such as `MulBackward0`.
    pub grad_fn: Option<&'a str>,
}

impl<'a> TensorPrint<'a> {
    /// A float32 tensor that no gradient flows to.
    #[must_use]
    pub const fn plain(data: &'a [f32], shape: &'a [usize]) -> Self {
        Self {
            values: Values::F32(data),
            shape,
            requires_grad: false,
            grad_fn: None,
        }
    }

    /// The same tensor under `torch.set_printoptions(sci_mode=sci_mode)`: powers of ten always or never.
    #[must_use]
    pub const fn with_sci_mode(self, sci_mode: bool) -> WithSciMode<'a> {
        WithSciMode {
            print: self,
            sci_mode,
        }
    }

    fn write(&self, f: &mut fmt::Formatter, sci_mode: Option<bool>) -> fmt::Result {
        debug_assert_eq!(self.values.len(), self.shape.iter().product::<usize>());
        let mut page = Page::new(f);
        page.write_str(page::PREFIX)?;
        Body::new(self.values, self.shape, sci_mode).write(&mut page)?;
        self.write_suffixes(&mut page)?;
        page.write_str(")")
    }

    fn write_suffixes(&self, page: &mut Page) -> fmt::Result {
        if self.values.len() == 0 && self.shape.len() != 1 {
            page.suffix(format_args!("size=({})", Commas(self.shape)))?;
        }
        if let Some(dtype) = self.values.dtype_suffix() {
            page.suffix(format_args!("{dtype}"))?;
        }
        match self.grad_fn {
            Some(name) => page.suffix(format_args!("grad_fn=<{name}>")),
            None if self.requires_grad => page.suffix(format_args!("requires_grad=True")),
            None => Ok(()),
        }
    }
}

impl fmt::Display for TensorPrint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.write(f, None)
    }
}

/// What [`TensorPrint::with_sci_mode`] makes.
#[derive(Clone, Copy, Debug)]
pub struct WithSciMode<'a> {
    print: TensorPrint<'a>,
    sci_mode: bool,
}

impl fmt::Display for WithSciMode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.print.write(f, Some(self.sci_mode))
    }
}

/// `print(tensor)` of a float32 tensor that no gradient flows to.
#[must_use]
pub fn tensor(tensor: &Tensor) -> String {
    TensorPrint::plain(tensor.data(), tensor.shape()).to_string()
}

/// `print(parameter)` of an `nn.Parameter`.
#[must_use]
pub fn parameter(tensor: &Tensor) -> String {
    let print = TensorPrint {
        requires_grad: true,
        ..TensorPrint::plain(tensor.data(), tensor.shape())
    };
    format!("Parameter containing:\n{print}")
}

/// `print(tensor.size())`.
///
/// ```
/// use dropout_lab::notebook::print;
///
/// assert_eq!(print::size(&[3, 5, 3]), "torch.Size([3, 5, 3])");
/// ```
#[must_use]
pub fn size(shape: &[usize]) -> String {
    format!("torch.Size([{}])", Commas(shape))
}

/// Sizes separated by commas.
struct Commas<'a>(&'a [usize]);

impl fmt::Display for Commas<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (place, size) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{size}")?;
        }
        Ok(())
    }
}

/// `repr(value)` of a Python bool.
const fn python_bool(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}
