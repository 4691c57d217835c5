//! What training has come to, as the page around the view reads it.

use serde_json::Value;

use super::json::{Json, object};
use crate::model::exhibits::training::{
    Answers, Fit, Live, RaceTrace, RunTrace, Sampled, Surface, SweepTrace, Trace,
};
use crate::model::proof::race::{Accuracy, Curve, Dot, Losses, Medians, Pair, Report};

impl Json for Trace {
    /// Training that has not begun.
    fn json(&self) -> Value {
        object! { "first" => self.first }
    }
}

impl Json for Live {
    fn json(&self) -> Value {
        match self {
            Self::Run(trace) => trace.json(),
            Self::Race(trace) => trace.json(),
            Self::Sweep(trace) => trace.json(),
        }
    }
}

impl Json for Losses {
    fn json(&self) -> Value {
        object! {
            "step" => self.step,
            "running" => self.running,
            "train" => self.train,
            "test" => self.test,
            "accuracy" => self.accuracy,
        }
    }
}

impl Json for Accuracy {
    fn json(&self) -> Value {
        object! { "train" => self.train, "test" => self.test }
    }
}

impl Json for Curve {
    fn json(&self) -> Value {
        object! { "points" => self.points, "diverged" => self.diverged }
    }
}

impl Json for Answers {
    fn json(&self) -> Value {
        object! { "train" => self.train, "test" => self.test }
    }
}

impl Json for Fit {
    fn json(&self) -> Value {
        match self {
            Self::Curve {
                train,
                x,
                law,
                outputs,
                spread,
                sampled,
            } => object! {
                "train" => *train, "x" => *x, "law" => *law, "outputs" => *outputs, "spread" => *spread,
                "sampled" => *sampled,
            },
            Self::Slopes {
                law,
                slopes,
                answers,
            } => object! { "law" => *law, "slopes" => *slopes, "answers" => *answers },
            Self::Surface(surface) => surface.json(),
        }
    }
}

impl Json for Surface {
    fn json(&self) -> Value {
        object! {
            "x" => self.x,
            "y" => self.y,
            "logits" => self.logits,
            "train" => self.train,
            "wrong" => self.wrong,
        }
    }
}

impl Json for Sampled {
    fn json(&self) -> Value {
        object! {
            "passes" => self.passes,
            "x" => self.x,
            "first" => self.first,
            "mean" => self.mean,
            "sd" => self.sd,
            "exact" => self.exact,
        }
    }
}

impl Json for RunTrace {
    fn json(&self) -> Value {
        object! {
            "taken" => self.taken,
            "curves" => self.curves,
            "diverged" => self.diverged,
            "fit" => self.fit,
            "lossOfZero" => self.loss_of_zero,
        }
    }
}

impl Json for Pair {
    fn json(&self) -> Value {
        object! { "seed" => self.seed, "without" => self.without, "with" => self.with }
    }
}

impl Json for Medians {
    fn json(&self) -> Value {
        object! {
            "running" => self.running,
            "train" => self.train,
            "test" => self.test,
            "accuracy" => self.accuracy,
        }
    }
}

impl Json for Report {
    fn json(&self) -> Value {
        object! {
            "pairs" => self.pairs,
            "better" => self.better,
            "worse" => self.worse,
            "runningAboveTest" => self.running_above_test,
            "without" => self.without,
            "with" => self.with,
        }
    }
}

impl Json for RaceTrace {
    fn json(&self) -> Value {
        object! {
            "pairs" => self.pairs,
            "medians" => self.medians,
            "report" => self.report,
            "interval" => self.interval,
            "lossOfZero" => self.loss_of_zero,
        }
    }
}

impl Json for Dot {
    fn json(&self) -> Value {
        object! { "seed" => self.seed, "place" => self.place, "test" => self.test }
    }
}

impl Json for SweepTrace {
    fn json(&self) -> Value {
        object! {
            "ps" => self.ps,
            "dots" => self.dots,
            "medians" => self.medians,
            "rival" => self.rival,
            "lossOfZero" => self.loss_of_zero,
        }
    }
}
