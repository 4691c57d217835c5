//! What a page must know of the derivation.

use crate::app::View;
use crate::app::exhibit::Exhibit;
use crate::model::exhibits::gradients::{Place, Settings, Trace};
use crate::notebook;
use crate::words::Explanation;
use crate::words::gradients::{self, Symbol, Target};

impl Exhibit for Settings {
    const VIEW: View = View::Gradients;
    const HAS_PICTURE: bool = false;
    type Trace = Trace;
    type Target = Target;

    fn trace(&self) -> Trace {
        Trace::new(self)
    }

    fn trace_after(&self, last: &Trace) -> Trace {
        last.with(self)
    }

    fn now(trace: &Trace) -> String {
        gradients::now(&trace.step, trace.settings.place())
    }

    fn usual_target(_: &Trace) -> Option<Target> {
        Some(Target::Symbol(Symbol::Mask))
    }

    fn within(trace: &Trace, target: Target) -> Option<Target> {
        let fits = match target {
            Target::Symbol(_) => true,
            Target::Share(sample) => sample < trace.step.batch(),
        };
        fits.then_some(target)
    }

    fn explain(trace: &Trace, target: Target) -> Explanation {
        let place = trace.settings.place();
        match target {
            Target::Symbol(symbol) => gradients::explain(&trace.step, place, symbol),
            Target::Share(sample) => gradients::share(&trace.step, Place { sample, ..place }),
        }
    }

    fn script(&self, link: &str) -> String {
        notebook::gradients::script(self, link)
    }

    fn output(trace: &Trace) -> String {
        notebook::gradients::output(trace)
    }
}
