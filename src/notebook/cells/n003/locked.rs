//! Locked dropout: the second half of notebook 003.

use super::super::cell::{Code, Page, Slip};
use super::super::torch::{filled, forward, made_by, rand};
use super::super::{NotebookSettings, links};
use super::Names;
use crate::nn::locked_dropout::locked_dropout;
use crate::nn::{DropProbability, Generator, LinearParameters, Mode};
use crate::notebook::print::size;

const LOCKED_DROPOUT: &str = "\
class LockedDropout(nn.Module):
    def forward(self, x, dropout=0.5):
        if not self.training or not dropout:
            return x
        m = x.data.new(1, x.size(1), x.size(2)).bernoulli_(1 - dropout)
        mask = m / (1 - dropout)
        mask = mask.expand_as(x)
        return mask * x";

const LONG_LAYER: &str = "\
in_features = 50
out_features = 3
layer = nn.Linear(in_features, out_features)
batch_size = 3
seq_length = 5
data = torch.rand(size=(batch_size, seq_length, in_features))
out = layer(data)
print(out.size())";

const FIRST_DIMENSION: Slip = Slip {
    claim: "LockedDropout keeps one mask for all steps of a sequence.",
    truth: "It keeps one along the first dimension. Here that is the batch: your samples share a mask, and each step \
            of the sequence has its own.",
    link: links::LOCKED,
};

pub(super) fn write(page: &mut Page, settings: &NotebookSettings, g: &mut Generator) {
    let half = DropProbability::default();
    page.code(Code::new("locked_dropout", LOCKED_DROPOUT).slips(&[FIRST_DIMENSION]));
    let layer = LinearParameters::init(g, 50, 3);
    let output = forward(&layer, &rand(g, &[3, 5, 50]));
    let size_cell = Code::new("size", LONG_LAYER).prints("size", size(output.shape()));
    page.drawing(size_cell, g);
    let locked = locked_dropout(g, &output, half, Mode::Train).output;
    let step = filled(&[3], |out| out.copy_from_slice(&locked.row(0)[9..12]));
    let row = Names::of(settings.bernoulli_path).row;
    let code = "\
dropout = LockedDropout()
out_dropped = dropout(out, dropout=0.5)
print(out_dropped[0, 3, :])
print(out_dropped)";
    page.drawing(
        Code::new("locked", code)
            .prints("locked", made_by(row, &step))
            .prints("locked_all", made_by("MulBackward0", &locked))
            .link(links::variant(
                &[("layer", "locked"), ("batch_first", "on")],
                &NotebookSettings {
                    p: half,
                    ..*settings
                },
            )),
        g,
    );
    page.keep("layer50_out", output);
    page.keep("locked", locked);
}
