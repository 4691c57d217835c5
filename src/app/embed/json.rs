//! Numbers as JSON.
//!
//! They are written so that they read back to the same f32 or f64. JSON has no infinities and no NaN: those are the
//! strings `"Infinity"`, `"-Infinity"` and `"NaN"`. What is not there is null.

use std::rc::Rc;

use serde_json::Value;

use crate::nn::{DropProbability, Tensor};

/// What can be told to the page around this one.
pub trait Json {
    /// As JSON.
    fn json(&self) -> Value;
}

/// An object of JSON: `object! { "mean" => trace.mean }`.
macro_rules! object {
    ($($name:literal => $value:expr),* $(,)?) => {
        serde_json::Value::Object(
            [$(($name.to_owned(), $crate::app::embed::json::Json::json(&$value))),*].into_iter().collect(),
        )
    };
}
pub(super) use object;

impl Json for f64 {
    fn json(&self) -> Value {
        let name = match *self {
            v if v.is_nan() => "NaN",
            Self::INFINITY => "Infinity",
            Self::NEG_INFINITY => "-Infinity",
            finite => return Value::from(finite),
        };
        Value::from(name)
    }
}

impl Json for f32 {
    fn json(&self) -> Value {
        f64::from(*self).json()
    }
}

impl Json for DropProbability {
    fn json(&self) -> Value {
        self.p().json()
    }
}

/// What JSON has itself.
macro_rules! plain {
    ($($own:ty),*) => {$(
        impl Json for $own {
            fn json(&self) -> Value {
                Value::from(self.clone())
            }
        }
    )*};
}
plain!(bool, u32, u64, usize, &str, String, Value);

impl<T: Json> Json for Option<T> {
    fn json(&self) -> Value {
        self.as_ref().map_or(Value::Null, Json::json)
    }
}

impl<T: Json> Json for [T] {
    fn json(&self) -> Value {
        self.iter().map(Json::json).collect()
    }
}

impl<T: Json> Json for Vec<T> {
    fn json(&self) -> Value {
        self.as_slice().json()
    }
}

impl<T: Json, const N: usize> Json for [T; N] {
    fn json(&self) -> Value {
        self.as_slice().json()
    }
}

impl<A: Json, B: Json> Json for (A, B) {
    fn json(&self) -> Value {
        Value::Array(vec![self.0.json(), self.1.json()])
    }
}

impl<T: Json + ?Sized> Json for Rc<T> {
    fn json(&self) -> Value {
        (**self).json()
    }
}

impl Json for Tensor {
    /// Nested arrays, one level a dimension.
    fn json(&self) -> Value {
        nested(self.shape(), self.data())
    }
}

fn nested(shape: &[usize], data: &[f32]) -> Value {
    match shape {
        [] => data.first().copied().json(),
        [_] => data.json(),
        [length, inner @ ..] => {
            let size: usize = inner.iter().product();
            let part = |k: usize| nested(inner, &data[k * size..(k + 1) * size]);
            (0..*length).map(part).collect()
        }
    }
}
