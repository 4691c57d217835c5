//! Notebook 003: `WeightDrop` and locked dropout.

mod locked;

use super::cell::{Code, Page, Slip};
use super::torch::{
    drop, dropped_from, filled, forward, linear_of_ones, made_by, ones, parameter, rand, zip,
};
use super::{NotebookSettings, links};
use crate::nn::probability::rounded;
use crate::nn::weight_drop::WeightDrop;
use crate::nn::{BernoulliPath, Generator, LinearParameters, Mode, Tensor};
use crate::notebook::print::python_float;

const IMPORTS: &str = "import torch\nfrom torch import nn";

const WEIGHT_DROP: &str = r#"class WeightDrop(nn.Module):
    def __init__(self, module, weights, dropout=0, variational=False):
        super().__init__()
        self.module, self.weights = module, weights
        self.dropout, self.variational = dropout, variational
        for name_w in self.weights:
            print(f"Applying weight drop of {self.dropout} to {name_w}")
            raw_w = self.module._parameters.pop(name_w)
            self.module.register_parameter(name_w + "_raw", raw_w)

    def forward(self, *args):
        for name_w in self.weights:
            raw_w = getattr(self.module, name_w + "_raw")
            if self.variational:
                mask = torch.ones(raw_w.size(0), 1)
                mask = nn.functional.dropout(mask, p=self.dropout, training=True)
                w = mask.expand_as(raw_w) * raw_w
            else:
                w = nn.functional.dropout(raw_w, p=self.dropout, training=self.training)
            setattr(self.module, name_w, w)
        return self.module(*args)"#;

const LAYER: &str = "\
in_features = 3
out_features = 2
layer = nn.Linear(in_features, out_features)
with torch.no_grad():
    print(layer.weight.copy_(torch.ones(out_features, in_features)))
    print(layer.bias.copy_(torch.ones(out_features)))";

const OUT: &str = "\
batch_size = 2
data = torch.ones(size=(batch_size, 2, in_features))
out = wdropout(data)
print(out[:, :, :])";

const TEST_LAYER: &str = "\
test_layer = nn.Linear(in_features, out_features)
with torch.no_grad():
    test_layer.weight.copy_(torch.ones(out_features, in_features))
    test_layer.bias.copy_(torch.ones(out_features))
x = torch.ones(in_features)
print(x)
print(test_layer(x))";

const MASK: &str = "\
raw_w = getattr(layer, \"weight\")
print(raw_w)
mask = torch.ones(raw_w.size(0), 1)
print(mask)
b = nn.functional.dropout(mask, p=drop_prob, training=True)
print(b)";

const GOES_ON: Slip = Slip {
    claim: "WeightDrop is dropout, so eval() stops it.",
    truth: "Its variational branch says training=True, so it goes on dropping after eval(). The other branch, \
            DropConnect, asks self.training and stops.",
    link: links::WEIGHT_DROP_EVAL,
};

const NOT_CALLED: Slip = Slip {
    claim: "Shown twice, the output is the same, so the mask is fixed.",
    truth: "The layer was not called in between; you see one result twice. Call it again and it draws a new mask.",
    link: links::WEIGHT_DROP,
};

const ROW: Slip = Slip {
    claim: "Turning off a weight turns off a whole column of the matrix.",
    truth: "It is a row: all weights into one output unit. That unit puts out its bias and nothing else.",
    link: links::WEIGHT_DROP,
};

/// The names of operations, which changed with the coins.
struct Names {
    slice: &'static str,
    row: &'static str,
    linear: &'static str,
}

impl Names {
    const fn of(path: BernoulliPath) -> Self {
        let (slice, row, linear) = match path {
            BernoulliPath::Mt19937 => ("AliasBackward0", "SelectBackward0", "UnsafeViewBackward0"),
            BernoulliPath::Mcg31 => ("SliceBackward0", "SliceBackward0", "ViewBackward0"),
        };
        Self { slice, row, linear }
    }
}

pub(super) fn write(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    page.seed(IMPORTS, settings.seed);
    page.text("# Weight drop\n\nIt drops weights, not inputs. The notebook imports it; here it is written out.");
    wrapped_layer(page, settings, g);
    page.text("# The same by hand\n\nA layer of ones adds up its inputs and its bias; then one row of it is turned off.");
    by_hand(page, settings, g);
    page.text("# Which weights share a coin\n\nVariational: one coin a row. DropConnect: one coin a weight.");
    masks(page, settings, g);
    page.text("# Locked dropout\n\nOne mask, used all along the first dimension.");
    locked::write(page, settings, g);
}

fn wrapped_layer(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    let names = Names::of(settings.bernoulli_path);
    page.code(Code::new("weight_drop", WEIGHT_DROP).slips(&[GOES_ON]));
    let ones_layer = linear_of_ones(3, 2);
    LinearParameters::init(g, 3, 2);
    let layer = Code::new("layer", LAYER)
        .prints("weight", parameter(&ones_layer.weight))
        .prints("bias", parameter(&ones_layer.bias));
    page.drawing(layer, g);
    page.code(apply(settings));
    let (weight, weight_print) = dropped_weight(settings, g, &ones_layer.weight);
    let dropped = LinearParameters {
        weight,
        ..ones_layer
    };
    let out = forward(&dropped, &ones(&[2, 2, 3]));
    let out_print = made_by(names.slice, &out);
    let link = || links::weight_drop(settings);
    let out_cell = Code::new("out", OUT).prints("out", &out_print);
    page.drawing(out_cell.link(link()), g);
    page.code(
        Code::new("out_again", "print(out[:, :, :])")
            .prints("out_again", out_print)
            .slips(&[NOT_CALLED]),
    );
    page.text("Not in the notebook: the weight that gave this output.");
    let code = Code::new("w", "print(layer.weight)").prints("w", weight_print);
    page.code(code.link(link()));
    page.keep("out", out);
}

fn apply(settings: &NotebookSettings) -> Code {
    let drop_prob = python_float(settings.p.p());
    let variational = if settings.variational {
        "True"
    } else {
        "False"
    };
    let code = format!(
        "drop_prob = {drop_prob}\n\
         wdropout = WeightDrop(layer, [\"weight\"], dropout=drop_prob, variational={variational})"
    );
    let says = format!("Applying weight drop of {drop_prob} to weight");
    Code::new("apply", code).prints("apply", says)
}

/// The weight that `WeightDrop` puts into the layer, and its print.
fn dropped_weight(
    settings: &NotebookSettings,
    g: &mut Generator,
    weight: &Tensor,
) -> (Tensor, String) {
    let dropped = |wrapper: WeightDrop, g| wrapper.apply(g, weight, settings.p, Mode::Train).output;
    if settings.variational {
        let dropped = dropped(WeightDrop::Variational, g);
        let print = made_by("MulBackward0", &dropped);
        (dropped, print)
    } else {
        let dropped = dropped(WeightDrop::DropConnect, g);
        let print = dropped_from(parameter(weight), settings.p, &dropped);
        (dropped, print)
    }
}

fn by_hand(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    let linear = Names::of(settings.bernoulli_path).linear;
    LinearParameters::init(g, 3, 2);
    let (mut layer, x) = (linear_of_ones(3, 2), ones(&[3]));
    page.drawing(
        Code::new("test1", TEST_LAYER)
            .shows("x", &x)
            .prints("test1", made_by(linear, &forward(&layer, &x))),
        g,
    );
    let keep = rounded(settings.p.keep());
    layer.weight = filled(&[2, 3], |weight| {
        let (off, on) = weight.split_at_mut(3);
        off.fill(0.0 / keep);
        on.fill(1.0 / keep);
    });
    let code = "\
keep_prob = 1 - drop_prob
new_M = torch.tensor([0, 1]).view(-1, 1).expand_as(test_layer.weight) / keep_prob
with torch.no_grad():
    print(test_layer.weight.copy_(new_M))
print(test_layer(x))";
    page.code(
        Code::new("test2", code)
            .prints("new_weight", parameter(&layer.weight))
            .prints("test2", made_by(linear, &forward(&layer, &x)))
            .slips(&[ROW])
            .link(links::variant(&[("layer", "variational")], settings)),
    );
}

fn masks(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    let p = settings.p;
    let weight = LinearParameters::init(g, 5, 3).weight;
    rand(g, &[3, 2, 5]);
    let code = "\
in_features = 5
out_features = 3
layer = nn.Linear(in_features, out_features)
data = torch.rand(size=(3, 2, in_features))";
    page.drawing(Code::new("layer_5", code), g);
    let mask = ones(&[3, 1]);
    let b = drop(g, &mask, p);
    page.drawing(
        Code::new("mask", MASK)
            .prints("raw_w", parameter(&weight))
            .shows("mask", &mask)
            .shows("b", &b)
            .link(links::variant(
                &[("layer", "variational"), ("in", "5"), ("out", "3")],
                settings,
            )),
        g,
    );
    let rows = filled(&[3, 5], |out| {
        for (row, b) in out.chunks_exact_mut(5).zip(b.data()) {
            row.fill(*b);
        }
    });
    let by_row = made_by("MulBackward0", &zip(&rows, &weight, |b, w| b * w));
    let by_weight = dropped_from(parameter(&weight), p, &drop(g, &weight, p));
    page.drawing(
        Code::new(
            "branches",
            "\
print(b.expand_as(raw_w) * raw_w)  # variational
print(nn.functional.dropout(raw_w, p=drop_prob, training=True))  # DropConnect",
        )
        .prints("w_variational", by_row)
        .prints("w_dropconnect", by_weight)
        .link(links::variant(
            &[("layer", "dropconnect"), ("in", "5"), ("out", "3")],
            settings,
        )),
        g,
    );
    page.keep("b", b);
}
