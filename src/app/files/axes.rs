//! What the rows and columns of a view's tables are, as its figure calls them.

use crate::app::View;

/// What stands along a dimension of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Places that the figure itself calls by their index, from 0, as PyTorch does.
    Index,
    /// Samples of the batch.
    Sample,
    /// Hidden units.
    Unit,
    /// Inputs.
    Input,
    /// Outputs.
    Output,
    /// Coins.
    Coin,
    /// Draws.
    Draw,
}

impl Axis {
    /// What heads a row or a column of it.
    #[must_use]
    pub fn head(self, place: usize) -> String {
        let one = place + 1;
        match self {
            Self::Index => place.to_string(),
            Self::Sample => t!("sample {one}"),
            Self::Unit => t!("unit {one}"),
            Self::Input => t!("input {one}"),
            Self::Output => t!("output {one}"),
            Self::Coin => t!("coin {one}"),
            Self::Draw => t!("draw {one}"),
        }
    }

    /// What heads such heads.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Index => t!("index"),
            Self::Sample => t!("sample"),
            Self::Unit => t!("unit"),
            Self::Input => t!("input"),
            Self::Output => t!("output"),
            Self::Coin => t!("coin"),
            Self::Draw => t!("draw"),
        }
    }
}

/// What stands along the dimensions of an array of a view; [`Axis::Index`] beyond them.
#[must_use]
pub fn axes(view: View, array: &str) -> &'static [Axis] {
    match view {
        View::Network => of_step(array),
        View::Gradients => match array.split_once('.') {
            Some(("step", array)) => of_step(array),
            Some(("terms", _)) => &[Axis::Sample],
            Some(("row", _)) => &[Axis::Input],
            _ => &[],
        },
        View::Subnetworks => match array {
            "mask" | "identity.units" => &[Axis::Unit],
            array if array.starts_with("units.") => &[Axis::Unit],
            _ => &[],
        },
        View::Coin if matches!(array, "draws" | "uniforms") => &[Axis::Coin],
        View::Expectation if array == "first" => &[Axis::Draw],
        _ => &[],
    }
}

/// The arrays of a step of the network.
fn of_step(array: &str) -> &'static [Axis] {
    match array {
        "input" => &[Axis::Sample, Axis::Input],
        "preActivation" | "hidden" | "mask" | "dropped" => &[Axis::Sample, Axis::Unit],
        "output" | "target" => &[Axis::Sample, Axis::Output],
        array if array.ends_with("fc1.weight") => &[Axis::Unit, Axis::Input],
        array if array.ends_with("fc1.bias") || array.starts_with("lanes.") => &[Axis::Unit],
        array if array.ends_with("fc2.weight") => &[Axis::Output, Axis::Unit],
        array if array.ends_with("fc2.bias") => &[Axis::Output],
        _ => &[],
    }
}
