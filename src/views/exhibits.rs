//! Controls and pictures of the exhibits.

use std::rc::Rc;

use plotters_canvas::CanvasBackend;

use crate::draw::layout::Room;
use crate::draw::{Palette, Rect, tensor, variants};
use crate::draw::{coin as draw_coin, expectation as draw_expectation};
use crate::model::exhibits::{
    Layer, TensorSettings, TensorTarget, TensorTrace, VariantsSettings, VariantsTarget,
    VariantsTrace,
};
use crate::model::exhibits::{coin, expectation};
use crate::nn::{DropProbability, Mode};

use super::controls;
use super::exhibit::{Control, ExhibitView};
use super::marker::Ruler;
use super::picture::Picture;

impl ExhibitView for TensorSettings {
    const PASTE: Option<&'static str> = Some("paste your own");

    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "preset",
                "tensor",
                &[
                    ("ones", "ones(5, 10)"),
                    ("arange", "arange(60).reshape(3, 4, 5)"),
                    ("randn", "randn(4, 2, 10)"),
                    ("notebook", "the 2 × 2 of notebook 001"),
                ],
            ),
            Control::Choice(
                "dropout",
                "dropout by",
                &[
                    ("nn", "nn.Dropout"),
                    ("rand", "rand > p (notebook 001)"),
                    ("bernoulli", "torch.bernoulli (notebook 004)"),
                ],
            ),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        let run = TensorSettings::run(self);
        (run.p, Some(run.mode))
    }

    fn picture(trace: &Rc<TensorTrace>, room: Room) -> Option<Rc<dyn Picture<TensorTarget>>> {
        let layout = tensor::Layout::new(trace, room);
        Some(Rc::new(TensorPicture {
            trace: Rc::clone(trace),
            layout,
        }))
    }

    fn slide(trace: &Rc<TensorTrace>, room: Room) -> Option<Rc<dyn Picture<TensorTarget>>> {
        let layout = tensor::Layout::slide(trace, room);
        Some(Rc::new(TensorPicture {
            trace: Rc::clone(trace),
            layout,
        }))
    }
}

struct TensorPicture {
    trace: Rc<TensorTrace>,
    layout: tensor::Layout,
}

impl Picture<TensorTarget> for TensorPicture {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        canvas: &mut CanvasBackend,
        focus: Option<TensorTarget>,
        palette: &Palette,
        scale: f64,
    ) -> Result<(), String> {
        let frame = tensor::TensorFrame {
            trace: &self.trace,
            focus,
            palette,
        };
        tensor::draw(canvas, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<TensorTarget> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(TensorTarget, Rect)> {
        let numbers = 0..self.trace.input.numel();
        let targets = self.layout.panels.iter().flat_map(|placed| {
            numbers.clone().map(|index| TensorTarget {
                panel: placed.panel,
                index,
            })
        });
        targets
            .filter_map(|target| Some((target, self.layout.rect(target)?)))
            .collect()
    }
}

impl ExhibitView for VariantsSettings {
    fn controls(&self) -> Vec<Control> {
        const SWITCH: &[(&str, &str)] = &[("off", "off"), ("on", "on")];
        let mut controls = vec![Control::Choice(
            "layer",
            "layer",
            &[
                ("dropout", "nn.Dropout"),
                ("dropout1d", "nn.Dropout1d"),
                ("dropout2d", "nn.Dropout2d"),
                ("locked", "LockedDropout (notebook 003)"),
                ("variational", "WeightDrop, variational (notebook 003)"),
                ("dropconnect", "WeightDrop, DropConnect"),
                ("alpha", "nn.AlphaDropout"),
                ("functional", "F.dropout in a module"),
            ],
        )];
        if self.layer() == Layer::Locked {
            controls.push(Control::Choice("batch_first", "batch first", SWITCH));
        }
        if self.layer().may_forget_eval() {
            controls.push(Control::Choice("obeys_eval", "obeys eval()", SWITCH));
        }
        if self.layer().drops_weights() {
            controls.push(Control::Number("in", "inputs", 3));
            controls.push(Control::Number("out", "outputs", 3));
        } else {
            controls.push(Control::Number("batch", "batch", 3));
            controls.push(Control::Number("channels", "channels", 3));
            controls.push(Control::Number("length", "length", 3));
        }
        controls
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        let run = VariantsSettings::run(self);
        (run.p, Some(run.mode))
    }

    fn picture(trace: &Rc<VariantsTrace>, room: Room) -> Option<Rc<dyn Picture<VariantsTarget>>> {
        let layout = variants::Layout::new(trace, room);
        Some(Rc::new(VariantsPicture {
            trace: Rc::clone(trace),
            layout,
        }))
    }
}

struct VariantsPicture {
    trace: Rc<VariantsTrace>,
    layout: variants::Layout,
}

impl Picture<VariantsTarget> for VariantsPicture {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        canvas: &mut CanvasBackend,
        focus: Option<VariantsTarget>,
        palette: &Palette,
        scale: f64,
    ) -> Result<(), String> {
        let frame = variants::VariantsFrame {
            trace: &self.trace,
            focus,
            palette,
        };
        variants::draw(canvas, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<VariantsTarget> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(VariantsTarget, Rect)> {
        let numbers = (0..self.trace.input.numel()).map(|index| VariantsTarget::Number { index });
        let outputs = (0..self.layout.outputs.len()).map(|unit| VariantsTarget::Output { unit });
        let targets = numbers.chain(outputs);
        targets
            .filter_map(|target| Some((target, self.layout.rect(target)?)))
            .collect()
    }
}

impl ExhibitView for coin::Settings {
    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "coins",
                "coins of",
                &[
                    ("dropout", "nn.Dropout(p): p is the chance of a 0"),
                    ("bernoulli", "Bernoulli(probs=p): p is the chance of a 1"),
                ],
            ),
            Control::Number("draws", "coins", 7),
            Control::Number("group", "counted by", 4),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }

    fn meaning_of_p(&self) -> String {
        match self.coins() {
            coin::Coins::Dropout => controls::kept_label(self.p()),
            coin::Coins::Bernoulli => {
                format!("a one {:.2} · a zero {:.2}", self.p().p(), self.p().keep())
            }
        }
    }

    fn picture(trace: &Rc<coin::Trace>, room: Room) -> Option<Rc<dyn Picture<coin::Target>>> {
        let layout = draw_coin::Layout::new(trace, room);
        Some(Rc::new(CoinPicture {
            trace: Rc::clone(trace),
            layout,
        }))
    }
}

struct CoinPicture {
    trace: Rc<coin::Trace>,
    layout: draw_coin::Layout,
}

impl Picture<coin::Target> for CoinPicture {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        canvas: &mut CanvasBackend,
        focus: Option<coin::Target>,
        palette: &Palette,
        scale: f64,
    ) -> Result<(), String> {
        let frame = draw_coin::Frame {
            trace: &self.trace,
            focus,
            palette,
        };
        draw_coin::draw(canvas, &self.layout, &frame, scale)
    }

    fn hit(&self, x: f64, y: f64) -> Option<coin::Target> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(coin::Target, Rect)> {
        self.layout.places()
    }
}

impl ExhibitView for expectation::Settings {
    fn controls(&self) -> Vec<Control> {
        vec![
            Control::Choice(
                "scaling",
                "scaling",
                &[
                    ("inverted", "inverted: divide while training (PyTorch)"),
                    ("classic", "classic: multiply when evaluating"),
                    ("none", "none"),
                    ("both", "both"),
                ],
            ),
            Control::Choice(
                "through",
                "through",
                &[
                    ("unit", "one unit of value 1"),
                    ("sum", "the sum of 1 to 10"),
                    ("net", "SimpleNet's output"),
                ],
            ),
            Control::Number("draws", "draws", 7),
        ]
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }

    fn picture(
        trace: &Rc<expectation::Trace>,
        room: Room,
    ) -> Option<Rc<dyn Picture<expectation::Target>>> {
        let layout = draw_expectation::Layout::new(trace, room);
        Some(Rc::new(ExpectationPicture {
            trace: Rc::clone(trace),
            layout,
        }))
    }
}

struct ExpectationPicture {
    trace: Rc<expectation::Trace>,
    layout: draw_expectation::Layout,
}

impl Picture<expectation::Target> for ExpectationPicture {
    fn size(&self) -> (f64, f64) {
        (self.layout.width, self.layout.height)
    }

    fn draw(
        &self,
        canvas: &mut CanvasBackend,
        focus: Option<expectation::Target>,
        palette: &Palette,
        scale: f64,
    ) -> Result<(), String> {
        let frame = draw_expectation::Frame {
            trace: &self.trace,
            focus,
            palette,
            veiled: false,
        };
        draw_expectation::draw(canvas, &self.layout, &frame, scale)
    }

    fn draw_veiled(
        &self,
        canvas: &mut CanvasBackend,
        palette: &Palette,
        scale: f64,
    ) -> Result<(), String> {
        let frame = draw_expectation::Frame {
            trace: &self.trace,
            focus: None,
            palette,
            veiled: true,
        };
        draw_expectation::draw(canvas, &self.layout, &frame, scale)
    }

    fn ruler(&self) -> Option<Ruler> {
        let plot = &self.layout.histogram;
        Some(Ruler {
            axis: plot.x,
            plot: plot.area,
        })
    }

    fn hit(&self, x: f64, y: f64) -> Option<expectation::Target> {
        self.layout.hit(x, y)
    }

    fn places(&self) -> Vec<(expectation::Target, Rect)> {
        self.layout.places()
    }
}
