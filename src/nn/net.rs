//! The parameters of the notebooks' `SimpleNet`: fc1 -> `ReLU` -> dropout -> fc2. Its computation
//! is [`super::pass`].
use super::init::linear_init;
use super::{Generator, Tensor};

/// `nn.Linear`'s weight and bias, or anything of their shapes: gradients, velocities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinearParameters {
    /// `[out, in]`.
    pub weight: Tensor,
    /// `[out]`.
    pub bias: Tensor,
}

/// `SimpleNet`'s four parameters, or anything of their shapes: gradients, velocities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters {
    /// Inputs to hidden units.
    pub fc1: LinearParameters,
    /// Hidden units to outputs.
    pub fc2: LinearParameters,
}

impl LinearParameters {
    /// All zeros.
    #[must_use]
    pub fn zeros(in_features: usize, out_features: usize) -> Self {
        Self {
            weight: Tensor::zeros(&[out_features, in_features]),
            bias: Tensor::zeros(&[out_features]),
        }
    }

    /// `nn.Linear(in_features, out_features)`.
    pub fn init(g: &mut Generator, in_features: usize, out_features: usize) -> Self {
        let mut layer = Self::zeros(in_features, out_features);
        let Self { weight, bias } = &mut layer;
        linear_init(g, in_features, weight.data_mut(), Some(bias.data_mut()));
        layer
    }
}

impl Parameters {
    /// As PyTorch initialises `nn.Linear(in, hidden)` and then `nn.Linear(hidden, out)`.
    pub fn init(
        g: &mut Generator,
        in_features: usize,
        hidden_features: usize,
        out_features: usize,
    ) -> Self {
        Self {
            fc1: LinearParameters::init(g, in_features, hidden_features),
            fc2: LinearParameters::init(g, hidden_features, out_features),
        }
    }

    /// All zeros.
    #[must_use]
    pub fn zeros(in_features: usize, hidden_features: usize, out_features: usize) -> Self {
        Self {
            fc1: LinearParameters::zeros(in_features, hidden_features),
            fc2: LinearParameters::zeros(hidden_features, out_features),
        }
    }

    /// Names and tensors in the order of `named_parameters()`.
    #[must_use]
    pub fn tensors(&self) -> [(&'static str, &Tensor); 4] {
        let Self { fc1, fc2 } = self;
        [
            ("fc1.weight", &fc1.weight),
            ("fc1.bias", &fc1.bias),
            ("fc2.weight", &fc2.weight),
            ("fc2.bias", &fc2.bias),
        ]
    }

    /// Names and tensors in the order of `named_parameters()`, to be written.
    pub fn tensors_mut(&mut self) -> [(&'static str, &mut Tensor); 4] {
        let Self { fc1, fc2 } = self;
        [
            ("fc1.weight", &mut fc1.weight),
            ("fc1.bias", &mut fc1.bias),
            ("fc2.weight", &mut fc2.weight),
            ("fc2.bias", &mut fc2.bias),
        ]
    }

    /// Takes over the numbers of `other`, which has the same sizes, without allocating.
    pub fn copy_from(&mut self, other: &Self) {
        for ((_, to), (_, from)) in self.tensors_mut().into_iter().zip(other.tensors()) {
            to.data_mut().copy_from_slice(from.data());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fc1_is_initialised_before_fc2_each_weight_before_its_bias() {
        let parameters = Parameters::init(&mut Generator::new(42), 5, 3, 2);
        let mut g = Generator::new(42);
        let fc1 = LinearParameters::init(&mut g, 5, 3);
        // torch.manual_seed(42); nn.Linear(5, 3)
        let weight = [
            0x3eaf_0f18,
            0x3ebe_0cb9,
            0xbdd6_9191,
            0x3ed2_5667,
            0xbdc8_acef,
        ];
        assert_eq!(fc1.weight.row(0), weight.map(f32::from_bits));
        let bias = [0xbd81_50e0, 0x3eb0_8327, 0x3d87_6091];
        assert_eq!(fc1.bias.data(), bias.map(f32::from_bits));
        assert_eq!(parameters.fc1, fc1);
        assert_eq!(parameters.fc2, LinearParameters::init(&mut g, 3, 2));
    }
}
