//! What exhibits that look into the network take over of its settings, and how they get to its numbers.

use crate::model::{Experiment, Field, Settings, Trace};
use crate::nn::Generator;

/// What of the network's settings has no say in an exhibit: always `nn.Dropout`, with the coins of PyTorch 2.7
/// and later.
const IGNORED: [Field; 4] = [Field::Mode, Field::Dropout, Field::Bernoulli, Field::Again];

/// `network` with what has no say at its defaults.
pub(super) fn plain(network: &Settings) -> Settings {
    let (usual, mut plain) = (Settings::default(), network.clone());
    for field in IGNORED {
        let kept = plain.set(field, &field.read(&usual));
        debug_assert!(kept.is_ok(), "a default is one of the field's values");
    }
    plain
}

/// The network in eval mode before the step looked at, and the generator as the next pass finds it.
pub(super) fn standing(network: &Settings) -> (Trace, Generator) {
    let mut network = network.clone();
    let evaluated = network.set(Field::Mode, "eval");
    debug_assert!(evaluated.is_ok(), "eval is a mode");
    let mut experiment = Experiment::new(&network);
    experiment.seek(&network);
    (experiment.trace(), experiment.generator().clone())
}

/// The entry of a setting of the network in an exhibit's table.
macro_rules! network {
    ($field:expr) => {
        Entry {
            name: $field.name(),
            allowed: || $field.allowed(),
            read: |s| $field.read(&s.network),
            write: |s, text| s.network.set($field, text).ok(),
        }
    };
}
pub(super) use network;
