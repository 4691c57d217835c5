//! What a page must know of each exhibit.

mod gradients;

use std::rc::Rc;

use super::embed::Action;
use super::exhibit::{Exhibit, Note};
use super::view::View;
use crate::draw::layout::Room;
use crate::draw::pictures::{self, DynPicture};
use crate::model::exhibits::{
    Panel, TensorSettings, TensorTarget, TensorTrace, VariantsSettings, VariantsTarget,
    VariantsTrace,
};
use crate::model::exhibits::{coin, expectation};
use crate::nn::Tensor;
use crate::notebook::{self, paste, reader};
use crate::words::{self, Explanation};

impl Exhibit for TensorSettings {
    const VIEW: View = View::Tensor;
    type Trace = TensorTrace;
    type Target = TensorTarget;

    fn trace(&self) -> TensorTrace {
        TensorTrace::new(self)
    }

    fn now(trace: &TensorTrace) -> String {
        words::tensor::now(trace)
    }

    fn note(trace: &TensorTrace) -> Option<Note> {
        Some(Note::Word(
            t!("Why other coins from the same seed?"),
            words::tensor::why_other_coins(trace),
        ))
    }

    fn picture(trace: &Rc<TensorTrace>, room: Room) -> Option<DynPicture<TensorTarget>> {
        Some(pictures::tensor(trace, room))
    }

    fn usual_target(trace: &TensorTrace) -> Option<TensorTarget> {
        Self::within(
            trace,
            TensorTarget {
                panel: Panel::Output,
                index: 0,
            },
        )
    }

    fn within(trace: &TensorTrace, target: TensorTarget) -> Option<TensorTarget> {
        let panel = trace.panel(target.panel)?;
        (target.index < panel.numel()).then_some(target)
    }

    fn explain(trace: &TensorTrace, target: TensorTarget) -> Explanation {
        words::tensor::explain(trace, target)
    }

    fn script(&self, link: &str) -> String {
        notebook::tensor::script(self, link)
    }

    fn output(trace: &TensorTrace) -> String {
        notebook::tensor::output(trace)
    }

    fn paste(&mut self, text: &str) -> Result<String, String> {
        let pasted = paste::parse(text).map_err(|error| error.to_string())?;
        let numbers = pasted.values.len();
        let tensor =
            Tensor::new(&pasted.shape, pasted.values).map_err(|error| error.to_string())?;
        let mut said = t!(
            "{n} {n|number|numbers} of shape {shape}.",
            n = numbers,
            shape = format!("{:?}", pasted.shape)
        );
        for note in &pasted.notes {
            said.push(' ');
            said.push_str(note);
        }
        self.paste(tensor).map_err(|error| error.to_string())?;
        Ok(said)
    }
}

impl Exhibit for VariantsSettings {
    const VIEW: View = View::Variants;
    type Trace = VariantsTrace;
    type Target = VariantsTarget;

    fn trace(&self) -> VariantsTrace {
        VariantsTrace::new(self)
    }

    fn now(trace: &VariantsTrace) -> String {
        words::variants::now(trace)
    }

    fn note(trace: &VariantsTrace) -> Option<Note> {
        words::variants::lamp(trace).map(Note::Lamp)
    }

    fn picture(trace: &Rc<VariantsTrace>, room: Room) -> Option<DynPicture<VariantsTarget>> {
        Some(pictures::variants(trace, room))
    }

    fn usual_target(_: &VariantsTrace) -> Option<VariantsTarget> {
        Some(VariantsTarget::Number { index: 0 })
    }

    fn within(trace: &VariantsTrace, target: VariantsTarget) -> Option<VariantsTarget> {
        let fits = match target {
            VariantsTarget::Number { index } => index < trace.input.numel(),
            VariantsTarget::Output { unit } => trace
                .linear
                .as_ref()
                .is_some_and(|output| unit < output.numel()),
        };
        fits.then_some(target)
    }

    fn explain(trace: &VariantsTrace, target: VariantsTarget) -> Explanation {
        words::variants::explain(trace, target)
    }

    fn script(&self, link: &str) -> String {
        notebook::variants::script(self, link)
    }

    fn output(trace: &VariantsTrace) -> String {
        notebook::variants::output(trace)
    }
}

impl Exhibit for coin::Settings {
    const VIEW: View = View::Coin;
    type Trace = coin::Trace;
    type Target = coin::Target;

    fn trace(&self) -> coin::Trace {
        coin::Trace::new(self)
    }

    fn now(trace: &coin::Trace) -> String {
        words::coin::now(trace)
    }

    fn picture(trace: &Rc<coin::Trace>, room: Room) -> Option<DynPicture<coin::Target>> {
        Some(pictures::coin(trace, room))
    }

    fn usual_target(trace: &coin::Trace) -> Option<coin::Target> {
        trace.within(coin::Target::Coin(0))
    }

    fn within(trace: &coin::Trace, target: coin::Target) -> Option<coin::Target> {
        trace.within(target)
    }

    fn explain(trace: &coin::Trace, target: coin::Target) -> Explanation {
        words::coin::explain(trace, target)
    }

    fn script(&self, link: &str) -> String {
        notebook::coin::script(self, link)
    }

    fn output(trace: &coin::Trace) -> String {
        notebook::coin::output(trace)
    }
}

impl Exhibit for expectation::Settings {
    const VIEW: View = View::Expectation;
    type Trace = expectation::Trace;
    type Target = expectation::Target;

    fn trace(&self) -> expectation::Trace {
        let mut sampler = expectation::Sampler::new(self);
        sampler.advance(self.draws());
        sampler.trace()
    }

    fn now(trace: &expectation::Trace) -> String {
        words::expectation::now(trace)
    }

    fn picture(
        trace: &Rc<expectation::Trace>,
        room: Room,
    ) -> Option<DynPicture<expectation::Target>> {
        Some(pictures::expectation(trace, room))
    }

    fn usual_target(trace: &expectation::Trace) -> Option<expectation::Target> {
        trace.within(expectation::Target::Eval)
    }

    fn within(
        trace: &expectation::Trace,
        target: expectation::Target,
    ) -> Option<expectation::Target> {
        trace.within(target)
    }

    fn explain(trace: &expectation::Trace, target: expectation::Target) -> Explanation {
        words::expectation::explain(trace, target)
    }

    fn script(&self, link: &str) -> String {
        notebook::expectation::script(self, link)
    }

    fn output(trace: &expectation::Trace) -> String {
        notebook::expectation::output(trace)
    }
}

impl Exhibit for reader::Settings {
    const VIEW: View = View::Notebook;
    const ACTIONS: &'static [Action] = &[Action::Step, Action::StepBack];
    const HAS_PICTURE: bool = false;
    type Trace = reader::Trace;
    /// A cell of code, by its name.
    type Target = &'static str;

    fn trace(&self) -> reader::Trace {
        reader::Trace::new(self)
    }

    fn now(trace: &reader::Trace) -> String {
        reader::now(trace)
    }

    /// What a cell draws is said beside it.
    fn usual_target(_: &reader::Trace) -> Option<&'static str> {
        None
    }

    fn within(trace: &reader::Trace, target: &'static str) -> Option<&'static str> {
        trace.cell(target).map(|code| code.id)
    }

    fn explain(trace: &reader::Trace, target: &'static str) -> Explanation {
        reader::explain(trace, target)
    }

    /// To the next cell of code, or the one before.
    fn step(
        &self,
        trace: &reader::Trace,
        on: bool,
    ) -> Result<Option<(&'static str, String)>, String> {
        let to = if on { trace.after() } else { trace.before() };
        let end = if on { "last" } else { "first" };
        let to = to.ok_or_else(|| format!("the {end} cell of the notebook is on the screen"))?;
        Ok(Some(("cell", to.id.to_owned())))
    }

    fn script(&self, link: &str) -> String {
        reader::script(self, link)
    }

    fn output(trace: &reader::Trace) -> String {
        trace.notebook.output()
    }

    fn ipynb(&self, trace: &reader::Trace, _: &str) -> String {
        trace.notebook.ipynb()
    }
}
