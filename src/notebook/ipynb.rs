//! Notebooks as Jupyter opens them: nbformat 4.5, code with the text it printed.
//!
//! Only written, never read; outputs other than printed text are not covered.

use serde_json::{Value, json};

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Prose.
    Markdown,
    /// Python.
    Code,
}

/// The notebook of these cells: kind, source, and what the source prints; prose prints nothing.
///
/// Cells of code count as run, in order: Jupyter shows them as `In [1]`, `In [2]` and so on.
///
/// # Source
/// The schema of nbformat 4.5, `nbformat/v4/nbformat.v4.5.schema.json`.
///
/// ```
/// use dropout_lab::notebook::ipynb::{Kind, ipynb};
///
/// let text = ipynb(&[(Kind::Markdown, "# One", ""), (Kind::Code, "print(1)", "1\n")]);
/// assert!(text.contains("nbformat"));
/// ```
#[must_use]
pub fn ipynb(cells: &[(Kind, &str, &str)]) -> String {
    let mut run = 0;
    let cells: Vec<Value> = (cells.iter().enumerate())
        .map(|(place, &(kind, source, output))| {
            let (id, source) = (format!("cell-{place}"), lines(source));
            match kind {
                Kind::Markdown => {
                    json!({"cell_type": "markdown", "id": id, "metadata": {}, "source": source})
                }
                Kind::Code => {
                    run += 1;
                    json!({
                        "cell_type": "code", "execution_count": run, "id": id, "metadata": {},
                        "outputs": outputs(output), "source": source,
                    })
                }
            }
        })
        .collect();
    let kernel = json!({"display_name": "Python 3", "language": "python", "name": "python3"});
    let notebook = json!({
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    });
    format!("{notebook:#}\n")
}

/// A view's script as a notebook: where it comes from, then the script with its output.
#[must_use]
pub fn of_script(view: &str, link: &str, script: &str, output: &str) -> String {
    let from = format!("# Dropout Lab, {view} view\n\nThe page with the same numbers: `{link}`");
    ipynb(&[
        (Kind::Markdown, &from, ""),
        (Kind::Code, script.trim_end(), output),
    ])
}

/// What was printed, if anything was.
fn outputs(text: &str) -> Value {
    if text.is_empty() {
        json!([])
    } else {
        json!([{"name": "stdout", "output_type": "stream", "text": lines(text)}])
    }
}

/// A text as the format has it: its lines, each with its newline.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}
