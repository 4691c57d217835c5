//! Notebook 001: `nn.Dropout` beside one written by hand.

use super::cell::{Code, Page, Slip};
use super::torch::{drop, filled, randn, zip};
use super::{NotebookSettings, links};
use crate::nn::{DropoutStyle, Generator, Mode, Tensor};
use crate::notebook::print::module::Module;
use crate::notebook::print::python_float;

const IMPORTS: &str = "import torch\nimport torch.nn as nn";

const MODEL: &str = "\
class JustDropoutModel(nn.Module):
    def __init__(self, dropout_prob):
        super(JustDropoutModel, self).__init__()
        self.dropout = nn.Dropout(p=dropout_prob, inplace=False)  # the input itself is left alone

    def forward(self, x):
        x = self.dropout(x)
        return x";

const OWN_MODEL: &str = "\
class JustDropoutModelImpl(nn.Module):
    def __init__(self, dropout_prob):
        super(JustDropoutModelImpl, self).__init__()
        self.dropout_prob = dropout_prob

    def forward(self, x):
        x = self.dropout(x, self.dropout_prob)
        return x

    def dropout(self, x, dropout_prob):
        if self.training:  # in eval mode x is returned as it is
            mask = (torch.rand(x.shape) > dropout_prob).float()
            x = x * mask / (1.0 - dropout_prob)
        return x";

const ONLY_IN_TRAINING: Slip = Slip {
    claim: "The heading: dropout is applied only during inference.",
    truth: "It is the other way round. In train mode you see zeros and scaled numbers; in eval mode, which is inference, \
            your input comes back unchanged.",
    link: links::EVAL,
};

const OTHER_COINS: Slip = Slip {
    claim: "The layer written by hand repeats what nn.Dropout did.",
    truth: "It follows the same law with other coins: torch.rand has 24 random bits a number, nn.Dropout takes 53. From \
            one seed you get two different masks.",
    link: links::RAND,
};

pub(super) fn write(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    let p = python_float(settings.p.p());
    page.seed(IMPORTS, settings.seed);
    page.text("# PyTorch's layer\n\nA model that is nothing but dropout, put into train mode.");
    page.code(Code::new("class", MODEL));
    let module =
        Module::container("JustDropoutModel").with("dropout", Module::dropout(settings.p.p()));
    page.code(
        Code::new(
            "model",
            format!("model = JustDropoutModel({p})\nprint(model.train())"),
        )
        .prints("model", &module),
    );
    let x = randn(g, &[2, 2]);
    theirs(page, settings, g, &module, &x);
    page.text("# A layer of your own\n\nThe same by hand: a mask of uniform numbers above p, then the scale.");
    page.code(Code::new("own_class", OWN_MODEL));
    let own = Module::layer("JustDropoutModelImpl", "");
    page.code(
        Code::new(
            "own_model",
            format!("model = JustDropoutModelImpl({p})\nprint(model.train())\nprint(X)"),
        )
        .prints("own_model", &own)
        .shows("X again", &x),
    );
    by_hand(page, settings, g, &own, &x);
    page.keep("X", x);
}

/// x, what the layer makes of it in train mode, and that eval mode changes nothing.
fn theirs(
    page: &mut Page,
    settings: &NotebookSettings,
    g: &mut Generator,
    module: &Module,
    x: &Tensor,
) {
    let numbers = links::numbers(x);
    let link = |mode| links::tensor(&[("tensor", &numbers), ("mode", mode)], settings);
    page.drawing(
        Code::new("X", "X = torch.randn(2, 2)\nprint(X)")
            .shows("X", x)
            .link(link("train")),
        g,
    );
    page.drawing(
        Code::new("train", "print(model(X))")
            .shows("train", &drop(g, x, settings.p))
            .slips(&[ONLY_IN_TRAINING])
            .link(link("train")),
        g,
    );
    page.text(
        "Each number is either dropped or divided by 1 - p. In eval mode nothing happens to it.",
    );
    page.code(
        Code::new("eval", "print(model.eval())\nprint(model(X))")
            .prints("eval_model", module)
            .shows("eval", x)
            .link(link("eval")),
    );
}

/// The same for the layer written by hand.
fn by_hand(
    page: &mut Page,
    settings: &NotebookSettings,
    g: &mut Generator,
    own: &Module,
    x: &Tensor,
) {
    let numbers = links::numbers(x);
    let link = |mode| {
        let changes = [("tensor", &*numbers), ("dropout", "rand"), ("mode", mode)];
        links::tensor(&changes, settings)
    };
    page.drawing(
        Code::new("impl_train", "print(model(X))")
            .shows("impl_train", &own_dropout(g, settings, x))
            .slips(&[OTHER_COINS])
            .link(link("train")),
        g,
    );
    page.code(
        Code::new("impl_eval", "print(model.eval())\nprint(model(X))")
            .prints("impl_eval_model", own)
            .shows("impl_eval", x)
            .link(link("eval")),
    );
}

/// x * mask / (1 - p), rounded after each.
fn own_dropout(g: &mut Generator, settings: &NotebookSettings, x: &Tensor) -> Tensor {
    let style = DropoutStyle::RandGreater;
    let mask = filled(x.shape(), |out| {
        style.draw_mask(g, settings.p, Mode::Train, out);
    });
    let divisor = style.divisor(settings.p, Mode::Train);
    zip(x, &mask, |x, mask| x * mask / divisor)
}
