//! `print` of modules and optimisers.
//!
//! Descriptions to be printed, not layers that compute: those are in [`crate::nn`].

use std::fmt;

use super::{python_bool, python_float};
use crate::nn::Sgd;

/// An `nn.Module` as print shows it: its name, its settings, its children.
///
/// # Source
/// `Module.__repr__` in `torch/nn/modules/module.py` and each layer's `extra_repr`.
///
/// ```
/// use dropout_lab::notebook::print::module::Module;
///
/// let net = Module::container("SimpleNet")
///     .with("dropout", Module::dropout(0.5))
///     .with("fc2", Module::linear(10, 1, true));
/// assert_eq!(
///     net.to_string(),
///     "SimpleNet(
///   (dropout): Dropout(p=0.5, inplace=False)
///   (fc2): Linear(in_features=10, out_features=1, bias=True)
/// )"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    name: String,
    settings: String,
    children: Vec<(String, Module)>,
}

impl Module {
    /// A layer of the given class, with its settings as print shows them: `ReLU()` has none.
    #[must_use]
    pub fn layer(name: impl Into<String>, settings: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            settings: settings.into(),
            children: Vec::new(),
        }
    }

    /// `nn.Linear(in_features, out_features, bias)`.
    #[must_use]
    pub fn linear(in_features: usize, out_features: usize, bias: bool) -> Self {
        let bias = python_bool(bias);
        let settings =
            format!("in_features={in_features}, out_features={out_features}, bias={bias}");
        Self::layer("Linear", settings)
    }

    /// `nn.Dropout(p)`.
    #[must_use]
    pub fn dropout(p: f64) -> Self {
        Self::dropout_like("Dropout", p, false)
    }

    /// `nn.Dropout` or one of its relatives, such as `Dropout2d` and `AlphaDropout`.
    #[must_use]
    pub fn dropout_like(name: &str, p: f64, inplace: bool) -> Self {
        let (p, inplace) = (python_float(p), python_bool(inplace));
        Self::layer(name, format!("p={p}, inplace={inplace}"))
    }

    /// A module that is printed with its children, one a line.
    #[must_use]
    pub fn container(name: impl Into<String>) -> Self {
        Self::layer(name, "")
    }

    /// `nn.Sequential`, whose children are numbered.
    #[must_use]
    pub fn sequential(children: impl IntoIterator<Item = Self>) -> Self {
        let numbered = children.into_iter().enumerate();
        numbered.fold(Self::container("Sequential"), |all, (place, child)| {
            all.with(place.to_string(), child)
        })
    }

    /// Adds a child under a name.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, child: Self) -> Self {
        self.children.push((name.into(), child));
        self
    }

    fn write(&self, f: &mut fmt::Formatter, indent: usize) -> fmt::Result {
        write!(f, "{}({}", self.name, self.settings)?;
        if !self.children.is_empty() {
            let inner = indent + 2;
            for (name, child) in &self.children {
                write!(f, "\n{:inner$}({name}): ", "")?;
                child.write(f, inner)?;
            }
            write!(f, "\n{:indent$}", "")?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for Module {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.write(f, 0)
    }
}

/// `print(optimizer)` of an `optim.SGD` that was given `lr` and whatever else is not zero.
///
/// # Source
/// `Optimizer.__repr__` in `torch/optim/optimizer.py`.
#[must_use]
pub fn sgd(sgd: &Sgd) -> String {
    // The defaults of these three are Python ints.
    let number = |value: f64| match value {
        0.0 => "0".to_owned(),
        _ => python_float(value),
    };
    format!(
        "SGD (
Parameter Group 0
    dampening: {}
    differentiable: False
    foreach: None
    fused: None
    lr: {}
    maximize: {}
    momentum: {}
    nesterov: {}
    weight_decay: {}
)",
        number(sgd.dampening),
        python_float(sgd.lr),
        python_bool(sgd.maximize),
        number(sgd.momentum),
        python_bool(sgd.nesterov),
        number(sgd.weight_decay),
    )
}
