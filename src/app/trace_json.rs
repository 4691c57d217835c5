//! The embed API's picture of the state: settings and every number of the step, as JSON.
//!
//! Numbers are f32 written so that they read back to the same f32. JSON has no infinities and no NaN:
//! those are the strings `"Infinity"`, `"-Infinity"` and `"NaN"`.

use serde_json::{Map, Value, json};

use super::look::LookField;
use super::{Link, State};
use crate::model::{Field, Trace};
use crate::nn::{LinearParameters, Parameters, Tensor};

/// `{settings, trace}`, as the method `get` answers.
#[must_use]
pub fn snapshot(state: &State) -> Value {
    json!({ "settings": settings(state.link()), "trace": trace(state.trace()) })
}

/// Every name of the link with its value; what is a number is a number, but for the seed,
/// which can be too large for one and is a string.
#[must_use]
pub fn settings(link: &Link) -> Value {
    let mut map = Map::new();
    for field in Field::ALL {
        map.insert(
            field.name().to_owned(),
            scalar(field != Field::Seed, field.read(&link.settings)),
        );
    }
    for field in LookField::ALL {
        map.insert(
            field.name().to_owned(),
            scalar(true, field.read(&link.look)),
        );
    }
    Value::Object(map)
}

fn scalar(may_be_number: bool, text: String) -> Value {
    let whole = text.parse::<i64>().ok().map(Value::from);
    let number = || {
        text.parse::<f64>()
            .ok()
            .filter(|x| x.is_finite())
            .map(Value::from)
    };
    match may_be_number.then(|| whole.or_else(number)).flatten() {
        Some(number) => number,
        None => Value::String(text),
    }
}

/// Every number of the step, by the names of the contract.
#[must_use]
pub fn trace(trace: &Trace) -> Value {
    let pass = &trace.pass;
    let lanes: Vec<Value> = trace
        .lanes
        .iter()
        .map(|lane| json!({ "kept": lane.kept, "verdict": lane.verdict.name(), "moved": float(lane.moved) }))
        .collect();
    json!({
        "input": tensor(&trace.input),
        "preActivation": tensor(&pass.pre_activation),
        "hidden": tensor(&pass.hidden),
        "mask": tensor(&pass.mask),
        "scale": float(trace.scale()),
        "dropped": tensor(&pass.dropped),
        "output": tensor(&pass.output),
        "target": tensor(&trace.target),
        "loss": float(pass.loss),
        "grad": parameters(&pass.grad),
        "before": parameters(&trace.before),
        "after": parameters(&trace.after),
        "lanes": lanes,
    })
}

fn parameters(parameters: &Parameters) -> Value {
    let layer = |layer: &LinearParameters| json!({ "weight": tensor(&layer.weight), "bias": tensor(&layer.bias) });
    json!({ "fc1": layer(&parameters.fc1), "fc2": layer(&parameters.fc2) })
}

/// A tensor of one or two dimensions as nested arrays.
fn tensor(tensor: &Tensor) -> Value {
    let floats = |row: &[f32]| Value::Array(row.iter().copied().map(float).collect());
    match tensor.shape() {
        [rows, _] => Value::Array((0..*rows).map(|row| floats(tensor.row(row))).collect()),
        _ => floats(tensor.data()),
    }
}

fn float(value: f32) -> Value {
    let name = match value {
        v if v.is_nan() => "NaN",
        f32::INFINITY => "Infinity",
        f32::NEG_INFINITY => "-Infinity",
        finite => return Value::from(f64::from(finite)),
    };
    Value::from(name)
}
