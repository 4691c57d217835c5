//! Arrays as fixtures write them, and what it takes to be equal to one.
use dropout_lab::nn::Tensor;
use dropout_lab::notebook::print::{TensorPrint, Values};
use serde_json::Value;

/// Elements of one of the types that fixtures hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Elements {
    F32(Vec<f32>),
    F64(Vec<f64>),
    I64(Vec<i64>),
    Bool(Vec<bool>),
}

/// A tensor of any of those types.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    pub shape: Vec<usize>,
    pub elements: Elements,
}

/// |ours - expected| <= atol + rtol * |expected|.
#[derive(Clone, Copy)]
pub struct Tolerance {
    pub atol: f64,
    pub rtol: f64,
}

impl Array {
    pub fn read(json: &Value) -> Self {
        let hex = json["hex"].as_str().unwrap_or_default();
        let words = |digits: usize| {
            let starts = (0..hex.len()).step_by(digits);
            starts.map(move |at| u64::from_str_radix(&hex[at..at + digits], 16).unwrap())
        };
        let float = |bits| f32::from_bits(u32::try_from(bits).unwrap());
        let elements = match json["dtype"].as_str().unwrap() {
            "f32" => Elements::F32(words(8).map(float).collect()),
            "f64" => Elements::F64(words(16).map(f64::from_bits).collect()),
            "i64" => Elements::I64(list(&json["ints"], Value::as_i64)),
            "bool" => {
                let bits = json["bits"].as_str().unwrap();
                Elements::Bool(bits.bytes().map(|bit| bit == b'1').collect())
            }
            other => panic!("unknown dtype {other}"),
        };
        let shape = shape(&json["shape"]);
        Self { shape, elements }
    }

    pub fn integers(shape: &[usize], elements: Vec<i64>) -> Self {
        Self {
            shape: shape.to_vec(),
            elements: Elements::I64(elements),
        }
    }

    /// The tensor, which is what all but integers are made of.
    pub fn tensor(self) -> Tensor {
        match self.elements {
            Elements::F32(elements) => Tensor::new(&self.shape, elements).unwrap(),
            other => panic!("not a float32 tensor: {other:?}"),
        }
    }

    /// What prints it.
    pub fn print<'a>(&'a self, requires_grad: bool, grad_fn: Option<&'a str>) -> TensorPrint<'a> {
        let values = match &self.elements {
            Elements::F32(elements) => Values::F32(elements),
            Elements::F64(elements) => Values::F64(elements),
            Elements::I64(elements) => Values::I64(elements),
            Elements::Bool(elements) => Values::Bool(elements),
        };
        TensorPrint {
            values,
            shape: &self.shape,
            requires_grad,
            grad_fn,
        }
    }

    /// Same type, same shape, same bits; one NaN is as good as another.
    pub fn same_bits(&self, expected: &Self) -> bool {
        let elements = match (&self.elements, &expected.elements) {
            (Elements::F32(ours), Elements::F32(expected)) => {
                let same =
                    |(x, y): (&f32, &f32)| x.to_bits() == y.to_bits() || (x.is_nan() && y.is_nan());
                ours.len() == expected.len() && ours.iter().zip(expected).all(same)
            }
            (ours, expected) => ours == expected,
        };
        elements && self.shape == expected.shape
    }

    /// Same bits, or floats within the tolerance.
    pub fn close_to(&self, expected: &Self, tolerance: Tolerance) -> bool {
        let Tolerance { atol, rtol } = tolerance;
        let close = match (&self.elements, &expected.elements) {
            (Elements::F32(ours), Elements::F32(expected)) => {
                let close = |(x, y): (&f32, &f32)| {
                    let (x, y) = (f64::from(*x), f64::from(*y));
                    (x - y).abs() <= atol + rtol * y.abs()
                };
                ours.len() == expected.len() && ours.iter().zip(expected).all(close)
            }
            _ => false,
        };
        self.same_bits(expected) || (close && self.shape == expected.shape)
    }
}

impl From<&Tensor> for Array {
    fn from(tensor: &Tensor) -> Self {
        Self {
            shape: tensor.shape().to_vec(),
            elements: Elements::F32(tensor.data().to_vec()),
        }
    }
}

impl From<f32> for Array {
    fn from(scalar: f32) -> Self {
        Self::from(&Tensor::full(&[], scalar))
    }
}

pub fn shape(json: &Value) -> Vec<usize> {
    list(json, |size| usize::try_from(size.as_u64()?).ok())
}

fn list<T>(json: &Value, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    let items = json.as_array().unwrap();
    items.iter().map(|item| read(item).unwrap()).collect()
}
