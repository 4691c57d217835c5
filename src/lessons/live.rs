//! What a step's link computes: the traces that the views would show for it.

use crate::model::exhibits::{
    Fields, TensorSettings, TensorTrace, VariantsSettings, VariantsTrace, coin, expectation,
};
use crate::model::{Experiment, Field, Settings, Trace};

/// The network's settings in a link. What a link says besides, of the look or wrongly, is passed over.
#[must_use]
pub fn settings(link: &str) -> Settings {
    let mut settings = Settings::default();
    for (name, value) in pairs(link) {
        if let Some(field) = Field::named(&name) {
            // A step's links are read without a fault: `tests/lessons.rs`.
            let _faultless = settings.set(field, &value);
        }
    }
    settings
}

/// The network's step.
#[must_use]
pub fn network(link: &str) -> Trace {
    let settings = settings(link);
    let mut experiment = Experiment::new(&settings);
    experiment.seek(&settings);
    experiment.trace()
}

/// The tensor through dropout.
#[must_use]
pub fn tensor(link: &str) -> TensorTrace {
    TensorTrace::new(&exhibit::<TensorSettings>(link))
}

/// The coins.
#[must_use]
pub fn coins(link: &str) -> coin::Trace {
    coin::Trace::new(&exhibit::<coin::Settings>(link))
}

/// The draws.
#[must_use]
pub fn draws(link: &str) -> expectation::Trace {
    let settings = exhibit::<expectation::Settings>(link);
    let mut sampler = expectation::Sampler::new(&settings);
    sampler.advance(settings.draws());
    sampler.trace()
}

/// The relative of dropout.
#[must_use]
pub fn variant(link: &str) -> VariantsTrace {
    VariantsTrace::new(&exhibit::<VariantsSettings>(link))
}

/// An exhibit's settings in a link; what is not the exhibit's is passed over.
#[must_use]
pub fn exhibit<S: Fields>(link: &str) -> S {
    let mut settings = S::default();
    for (name, value) in pairs(link) {
        let _faultless = settings.set(&name, &value);
    }
    settings
}

fn pairs(link: &str) -> impl Iterator<Item = (String, String)> {
    let query = link.trim_start_matches('?').as_bytes();
    form_urlencoded::parse(query).map(|(name, value)| (name.into_owned(), value.into_owned()))
}
