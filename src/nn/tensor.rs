//! A row-major tensor of `f32`: a shape and its numbers. It holds and hands out; it computes
//! nothing.
use std::fmt;

/// Numbers in row-major order under a shape. The empty shape is a scalar; the default is the empty
/// tensor `[0]`.
///
/// ```
/// use dropout_nn::Tensor;
/// let tensor = Tensor::new(&[2, 2], vec![1.0, 2.0, 3.0, 4.0])?;
/// assert_eq!(tensor.row(1), [3.0, 4.0]);
/// assert_eq!(tensor.at(0, 1), 2.0);
/// # Ok::<(), dropout_nn::tensor::ShapeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    shape: Vec<usize>,
    data: Vec<f32>,
}

impl Default for Tensor {
    fn default() -> Self {
        Self::zeros(&[0])
    }
}

impl Tensor {
    /// A tensor of these numbers.
    ///
    /// # Errors
    /// The shape holds more or fewer numbers than `data`.
    pub fn new(shape: &[usize], data: Vec<f32>) -> Result<Self, ShapeError> {
        if shape.iter().product::<usize>() == data.len() {
            let shape = shape.to_vec();
            Ok(Self { shape, data })
        } else {
            Err(ShapeError {
                shape: shape.to_vec(),
                numel: data.len(),
            })
        }
    }

    /// All zeros.
    #[must_use]
    pub fn zeros(shape: &[usize]) -> Self {
        Self::full(shape, 0.0)
    }

    /// One value everywhere.
    #[must_use]
    pub fn full(shape: &[usize], value: f32) -> Self {
        Self {
            shape: shape.to_vec(),
            data: vec![value; shape.iter().product()],
        }
    }

    /// The sizes of its dimensions, outermost first.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// All numbers, row by row.
    #[must_use]
    pub fn data(&self) -> &[f32] {
        &self.data
    }

    /// All numbers, row by row, to be written.
    pub fn data_mut(&mut self) -> &mut [f32] {
        &mut self.data
    }

    /// How many numbers it holds.
    #[must_use]
    pub fn numel(&self) -> usize {
        self.data.len()
    }

    /// The `i`-th slice along the first dimension.
    #[must_use]
    pub fn row(&self, i: usize) -> &[f32] {
        let size: usize = self.shape.iter().skip(1).product();
        &self.data[i * size..(i + 1) * size]
    }

    /// The number in `row` and `col` of a matrix.
    #[must_use]
    pub fn at(&self, row: usize, col: usize) -> f32 {
        debug_assert_eq!(self.shape.len(), 2, "at() reads matrices");
        self.data[row * self.shape[1] + col]
    }
}

/// A shape that does not hold the numbers it was given. Displays PyTorch's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeError {
    /// The shape asked for.
    pub shape: Vec<usize>,
    /// How many numbers there were.
    pub numel: usize,
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "shape '{:?}' is invalid for input of size {}",
            self.shape, self.numel
        )
    }
}

impl std::error::Error for ShapeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_must_hold_its_numbers() {
        let error = Tensor::new(&[2, 3], vec![0.0; 5]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "shape '[2, 3]' is invalid for input of size 5"
        );
    }

    #[test]
    fn scalars_hold_one_number_and_empty_tensors_none() {
        assert_eq!(Tensor::full(&[], 3.0).data(), [3.0]);
        assert_eq!(Tensor::default(), Tensor::zeros(&[0]));
        assert_eq!(Tensor::zeros(&[2, 0, 4]).numel(), 0);
        assert_eq!(Tensor::zeros(&[2, 0]).row(1), [0.0_f32; 0]);
    }
}
