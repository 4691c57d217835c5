//! What is trained, on what, and for how long.

use crate::nn::{Adam, DropProbability, Loss, Optimizer, Sgd};

/// What the network is to learn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Task {
    /// 0.6 (x1 + x2 + x3) of 20 standard normal inputs: 17 of them say nothing.
    ThreeOfTwenty,
    /// sin(2 x) of one input, uniform between -2 and 2.
    Sine,
    /// Notebook 004's: 5 standard normal inputs, and targets that are standard normal too and know
    /// nothing of them, in the test set as well. Predicting 0 is best.
    Noise,
    /// Two half circles of two inputs that lie into each other, a class each, with normal noise on the inputs.
    Moons,
}

impl Task {
    /// Inputs of the network.
    #[must_use]
    pub fn in_features(self) -> usize {
        match self {
            Self::ThreeOfTwenty => 20,
            Self::Sine => 1,
            Self::Noise => 5,
            Self::Moons => 2,
        }
    }

    /// What is to become small.
    #[must_use]
    pub fn loss(self) -> Loss {
        match self {
            Self::ThreeOfTwenty | Self::Sine | Self::Noise => Loss::Mse,
            Self::Moons => Loss::BceWithLogits,
        }
    }
}

/// How parameters follow their gradients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// `torch.optim.SGD`.
    #[default]
    Sgd,
    /// `torch.optim.Adam`.
    Adam,
    /// `torch.optim.AdamW`, whose weight decay does not go through the gradient's means.
    AdamW,
}

/// What runs against dropout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Against {
    /// The same network without it.
    #[default]
    Nothing,
    /// The same network with weight decay instead.
    WeightDecay,
}

/// What keeps a network from learning its samples by heart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regularization {
    /// Dropout's p.
    pub p: DropProbability,
    /// The optimiser's weight decay.
    pub weight_decay: f64,
}

/// A pair of training runs but for its seed. Sizes of 0 count as 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// What is to be learned.
    pub task: Task,
    /// Training samples.
    pub train: u32,
    /// Test samples.
    pub test: u32,
    /// Standard deviation of normal noise: on the training targets, while the test targets have none; of
    /// [`Task::Moons`] on all inputs.
    pub noise: f64,
    /// Hidden units.
    pub hidden: u32,
    /// Samples in a batch, at most all.
    pub batch: u32,
    /// The optimiser.
    pub method: Method,
    /// Its learning rate.
    pub lr: f64,
    /// `SGD`'s momentum; the others have none.
    pub momentum: f64,
    /// Its weight decay: of both runs, or of the one that runs against dropout.
    pub weight_decay: f64,
    /// Training steps.
    pub steps: u32,
    /// Dropout's p.
    pub p: DropProbability,
    /// What runs against it.
    pub against: Against,
}

impl Plan {
    /// What runs against dropout.
    #[must_use]
    pub fn rival(&self) -> Regularization {
        Regularization {
            p: DropProbability::ZERO,
            weight_decay: self.weight_decay,
        }
    }

    /// Dropout of p, with weight decay only if its rival is not just that.
    #[must_use]
    pub fn dropout(&self, p: DropProbability) -> Regularization {
        let weight_decay = match self.against {
            Against::Nothing => self.weight_decay,
            Against::WeightDecay => 0.0,
        };
        Regularization { p, weight_decay }
    }

    /// The optimiser with its settings.
    #[must_use]
    pub fn optimizer(&self, weight_decay: f64) -> Optimizer {
        let lr = self.lr;
        let adam = |decoupled| {
            Optimizer::Adam(Adam {
                lr,
                weight_decay,
                decoupled,
                ..Adam::default()
            })
        };
        match self.method {
            Method::Sgd => Optimizer::Sgd(Sgd {
                lr,
                weight_decay,
                momentum: self.momentum,
                ..Sgd::default()
            }),
            Method::Adam => adam(false),
            Method::AdamW => adam(true),
        }
    }
}
