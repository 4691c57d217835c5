//! What the scripts of the exhibits have in common.

use super::print::python_float;
use crate::model::exhibits::Run;
use crate::nn::Mode;

/// The head of the script of view `name`; `link` is the query that leads back to the page.
pub(super) fn header(name: &str, link: &str, imports: &str) -> String {
    about(&format!("{name} view"), link) + "\n" + imports + "\n\n\n"
}

/// What a script is about, as comments.
pub(super) fn about(what: &str, link: &str) -> String {
    format!(
        "\
# Dropout Lab · {what}
# {link}
#
# Prints the numbers of that page.
# Needs PyTorch 2.7 or later, on a CPU. Every random draw, and so every mask, is the
# same on any machine.
"
    )
}

/// p as Python writes it.
pub(super) fn p(run: &Run) -> String {
    python_float(run.p.p())
}

/// `layer.train()` or `layer.eval()`.
pub(super) fn set_mode(layer: &str, run: &Run) -> String {
    match run.mode {
        Mode::Train => format!("{layer}.train()\n"),
        Mode::Eval => format!("{layer}.eval()\n"),
    }
}

/// Extra forward passes of `layer(x)`.
pub(super) fn again(layer: &str, run: &Run) -> String {
    match run.again {
        0 => String::new(),
        n => format!(
            "for _ in range({n}):  # extra passes: each draws a mask that nothing uses
    {layer}(x)
"
        ),
    }
}

/// A line `name:`, a print, and a blank line.
pub(super) fn show(out: &mut String, name: &str, print: &str) {
    for text in [name, ":\n", print, "\n\n"] {
        out.push_str(text);
    }
}

/// The script's function that does the same.
pub(super) const SHOW: &str = "\
def show(name, tensor):
    print(f\"{name}:\")
    print(tensor.detach())
    print()
";
