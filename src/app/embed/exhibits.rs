//! The exhibits as the page around them sees them: each page by its settings' table, each trace by the names of its
//! fields.

use serde_json::Value;

use super::json::{Json, object};
use super::{Action, Changes, Hosted, Outcome, Written};
use crate::app::exhibit::{Exhibit, Page};
use crate::app::export::Figure;
use crate::model::exhibits::{
    Bins, Implementation, Running, TensorTrace, VariantsTrace, coin, expectation, gradients,
    subnetworks,
};
use crate::model::proof::subnetworks::Unit;
use crate::notebook::cells::{Code, Slip};
use crate::notebook::reader;

impl<E: Exhibit> Hosted for Page<E> {
    fn written(&self) -> Box<dyn Written> {
        Box::new(self.sheet().clone())
    }

    fn numbers(&self) -> Value {
        let ongoing = self.ongoing().map(|ongoing| ongoing.numbers.json());
        ongoing.unwrap_or_else(|| self.settings().numbers(self.trace()))
    }

    fn notebook(&self) -> Option<[String; 2]> {
        Some([
            self.settings().script(&self.query()),
            E::output(self.trace()),
        ])
    }

    fn picture(&self, address: &str) -> Option<Figure<'_>> {
        E::figure(self, address)
    }

    fn actions(&self) -> Vec<Action> {
        let again = self.settings().read("again").map(|_| Action::Again);
        let own = E::ACTIONS.iter().copied();
        own.chain(again).chain([Action::Reset]).collect()
    }

    fn is_playing(&self) -> bool {
        self.ongoing().is_some_and(|ongoing| ongoing.playing)
    }

    fn notices(&self) -> &[String] {
        Page::notices(self)
    }

    fn set(&mut self, changes: &Changes) -> Outcome {
        self.set_all(changes).map_err(|error| error.to_string())
    }

    fn act(&mut self, action: Action) -> Outcome {
        Page::act(self, action)
    }
}

impl Json for Implementation {
    fn json(&self) -> Value {
        object! { "coins" => self.coins, "mask" => self.mask, "noise" => self.noise, "output" => self.output }
    }
}

impl Json for TensorTrace {
    fn json(&self) -> Value {
        let Implementation {
            coins,
            mask,
            noise,
            output,
            ..
        } = &self.chosen;
        object! {
            "input" => self.input,
            "coins" => *coins,
            "mask" => *mask,
            "noise" => *noise,
            "output" => *output,
            "scaled" => self.scaled,
            "other" => self.other,
            "differ" => self.differ(),
        }
    }
}

impl Json for VariantsTrace {
    fn json(&self) -> Value {
        object! {
            "input" => self.input,
            "noise" => self.noise,
            "output" => self.output,
            "linear" => self.linear,
            "coinOf" => self.coin_of,
            "coins" => self.coins,
            "uniforms" => self.uniforms,
        }
    }
}

impl Json for Running {
    fn json(&self) -> Value {
        self.means.json()
    }
}

impl Json for Bins {
    fn json(&self) -> Value {
        object! { "from" => self.from, "width" => self.width, "count" => self.count }
    }
}

impl Json for coin::Trace {
    fn json(&self) -> Value {
        object! {
            "draws" => self.draws,
            "uniforms" => self.uniforms,
            "ones" => self.ones,
            "share" => self.share,
            "groups" => self.groups,
            "counts" => self.counts,
            "binomial" => self.binomial,
        }
    }
}

impl Json for expectation::Law {
    fn json(&self) -> Value {
        object! {
            "mean" => self.mean,
            "sd" => self.sd,
            "least" => self.least,
            "largest" => self.largest,
            "step" => self.step,
            "listed" => self.listed,
        }
    }
}

impl Json for expectation::Histogram {
    fn json(&self) -> Value {
        object! {
            "bins" => self.bins,
            "counts" => self.counts,
            "chances" => self.chances,
            "outside" => self.outside,
        }
    }
}

impl Json for expectation::Trace {
    fn json(&self) -> Value {
        object! {
            "draws" => self.draws,
            "first" => self.first,
            "mean" => self.mean,
            "sd" => self.sd,
            "eval" => self.eval,
            "equalEval" => self.equal_eval,
            "law" => self.law,
            "histogram" => self.histogram,
            "running" => self.running,
        }
    }
}

impl Json for gradients::Term {
    fn json(&self) -> Value {
        object! {
            "twoOverN" => self.two_over_n,
            "output" => self.output,
            "target" => self.target,
            "weight" => self.weight,
            "mask" => self.mask,
            "noise" => self.noise,
            "preActivation" => self.pre_activation,
            "gate" => self.gate,
            "input" => self.input,
            "contribution" => self.contribution,
        }
    }
}

impl Json for gradients::Slip {
    fn json(&self) -> Value {
        object! {
            "before" => self.before,
            "grad" => self.grad,
            "after" => self.after,
            "printedBefore" => self.printed_before,
            "printedAfter" => self.printed_after,
        }
    }
}

impl Json for gradients::Trace {
    /// The step with the network's names, and the formula at the place looked at, a term a sample.
    fn json(&self) -> Value {
        let terms: Vec<_> = (0..self.step.batch())
            .map(|sample| self.term(sample))
            .collect();
        let slip = gradients::Slip::of(&self.step, self.settings.place().unit);
        object! { "step" => self.step, "terms" => terms, "row" => slip }
    }
}

impl Json for Unit {
    fn json(&self) -> Value {
        object! {
            "weight" => self.weight,
            "preActivation" => self.pre_activation,
            "hidden" => self.hidden,
            "kept" => self.kept,
            "dropped" => self.dropped,
            "eval" => self.eval,
        }
    }
}

impl Json for subnetworks::Trace {
    fn json(&self) -> Value {
        let mask = |index: usize| -> Vec<u32> {
            let kept = self.mask(index).into_iter();
            kept.map(u32::from).collect()
        };
        let probabilities = (0..self.masks()).map(|index| self.probability(index));
        let probabilities: Vec<f64> = probabilities.collect();
        let identity = object! {
            "train" => self.identity.train,
            "eval" => self.identity.eval,
            "factor" => self.identity.factor,
            "units" => self.identity.units,
            "gap" => self.identity.gap(),
        };
        object! {
            "outputs" => self.subnetworks.outputs,
            "probabilities" => probabilities,
            "exact" => self.is_exact(),
            "mean" => self.mean,
            "sd" => self.sd,
            "eval" => self.subnetworks.eval,
            "bins" => self.histogram.bins,
            "units" => self.units,
            "bias" => self.bias(),
            "identity" => identity,
            "chosen" => self.chosen,
            "mask" => mask(self.chosen),
        }
    }
}

impl Json for Slip {
    fn json(&self) -> Value {
        object! { "claim" => self.claim, "truth" => self.truth, "link" => self.link }
    }
}

impl Json for Code {
    fn json(&self) -> Value {
        object! {
            "id" => self.id,
            "code" => self.code,
            "output" => self.output(),
            "drawn" => self.drawn,
            "link" => self.link,
            "slips" => self.slips.to_vec(),
        }
    }
}

impl Json for reader::Trace {
    /// The cells of code; the variables are null where the notebook has none.
    fn json(&self) -> Value {
        let cells: Value = self.notebook.code().map(Json::json).collect();
        let variables = self.notebook.variables.iter();
        let variables = variables.map(|(name, tensor)| (name.clone(), tensor.json()));
        object! { "cells" => cells, "variables" => Value::Object(variables.collect()) }
    }
}
