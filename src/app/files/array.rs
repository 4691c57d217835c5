//! [`Array`]s: the numbers of a view, taken out of the JSON that the page around it gets.
//!
//! Nested lists of one shape are an array; objects give their names to what is in them, joined by dots. A list of
//! objects becomes an array of each of their members (`lanes.kept`), and one whose parts differ is taken apart by index.

use std::borrow::Cow;

use serde_json::Value;

/// Numbers with a name and a shape, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// `grad.fc1.weight`.
    pub name: String,
    /// Its size along each dimension; a single number has none.
    pub shape: Vec<usize>,
    /// Its numbers; what is not there is NaN.
    pub values: Vec<f64>,
}

impl Array {
    /// Whether every number of it is a float32, so that nothing is lost if it is written as one.
    #[must_use]
    pub fn is_single(&self) -> bool {
        #[allow(clippy::cast_possible_truncation, reason = "that is the question")]
        let single = |x: &f64| x.is_nan() || f64::from(*x as f32).to_bits() == x.to_bits();
        self.values.iter().all(single)
    }
}

/// Every array in `value`, by the order of their names there.
#[must_use]
pub fn arrays(value: &Value) -> Vec<Array> {
    let all = taken(value).into_iter();
    let something = |array: &Array| !array.name.is_empty() && !is_absent(array);
    all.filter(something).collect()
}

/// A null that stands for no list's number.
fn is_absent(array: &Array) -> bool {
    array.shape.is_empty() && array.values.iter().all(|x| x.is_nan())
}

/// The arrays of a value, by names that begin at it.
fn taken(value: &Value) -> Vec<Array> {
    let named = |name: String, array: Array| Array {
        name: match (name.is_empty(), array.name.is_empty()) {
            (_, true) => name,
            (true, false) => array.name,
            (false, false) => format!("{name}.{}", array.name),
        },
        ..array
    };
    match value {
        Value::Object(members) => {
            let of = |(name, value): (&String, &Value)| {
                let own = taken(value).into_iter();
                own.map(|array| named(name.clone(), array))
                    .collect::<Vec<_>>()
            };
            members.iter().flat_map(of).collect()
        }
        Value::Array(items) => stacked(items).unwrap_or_else(|parts| {
            let part = |(k, arrays): (usize, Vec<Array>)| {
                let own = arrays.into_iter();
                own.map(|array| named(k.to_string(), array))
                    .collect::<Vec<_>>()
            };
            parts.into_iter().enumerate().flat_map(part).collect()
        }),
        other => number(other).map(single).into_iter().collect(),
    }
}

fn single(value: f64) -> Array {
    Array {
        name: String::new(),
        shape: Vec::new(),
        values: vec![value],
    }
}

/// What a scalar of JSON says as a number, if it does.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Null => Some(f64::NAN),
        Value::Bool(yes) => Some(f64::from(u8::from(*yes))),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// The items of a list on top of each other, name by name; as they are, if they do not all have the same.
fn stacked(items: &[Value]) -> Result<Vec<Array>, Vec<Vec<Array>>> {
    // Most lists are numbers alone.
    if let Some(values) = items.iter().map(number).collect::<Option<Vec<f64>>>() {
        return Ok(vec![Array {
            name: String::new(),
            shape: vec![values.len()],
            values,
        }]);
    }
    let parts: Vec<Vec<Array>> = items.iter().map(taken).collect();
    let form = |arrays: &[Array]| -> Vec<(String, Vec<usize>)> {
        let own = arrays.iter();
        own.map(|array| (array.name.clone(), array.shape.clone()))
            .collect()
    };
    let Some((first, others)) = parts.split_first() else {
        return Ok(Vec::new());
    };
    let shared = form(first);
    if others.iter().any(|part| form(part) != shared) {
        return Err(parts);
    }
    let stack = |(k, (name, shape)): (usize, (String, Vec<usize>))| Array {
        name,
        shape: [vec![parts.len()], shape].concat(),
        values: parts
            .iter()
            .flat_map(|part| part[k].values.clone())
            .collect(),
    };
    Ok(shared.into_iter().enumerate().map(stack).collect())
}

/// The numbers as a table for pandas: a row a number, with the name of its array and its index along each dimension.
#[must_use]
pub fn csv(arrays: &[Array]) -> String {
    let dimensions = arrays.iter().map(|array| array.shape.len()).max();
    let dimensions = dimensions.unwrap_or_default();
    let mut text = String::from("array");
    for dimension in 0..dimensions {
        text.extend([",i", &dimension.to_string()]);
    }
    text.push_str(",value\n");
    for array in arrays {
        let single = array.is_single();
        for (index, value) in array.values.iter().enumerate() {
            text.push_str(&array.name);
            let place = crate::model::exhibits::unravel(index, &array.shape);
            for dimension in 0..dimensions {
                let here = place.get(dimension).map(usize::to_string);
                text.push(',');
                text.push_str(&here.unwrap_or_default());
            }
            text.push(',');
            text.push_str(&written(*value, single));
            text.push('\n');
        }
    }
    text
}

/// The shortest text that reads back to the same number.
pub(super) fn written(value: f64, single: bool) -> Cow<'static, str> {
    match value {
        x if x.is_nan() => "nan".into(),
        f64::INFINITY => "inf".into(),
        f64::NEG_INFINITY => "-inf".into(),
        #[allow(clippy::cast_possible_truncation, reason = "it is a float32")]
        x if single => (x as f32).to_string().into(),
        x => x.to_string().into(),
    }
}
