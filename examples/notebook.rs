//! The PyTorch script of a link, or what that script prints.
//!
//! ```text
//! cargo run --release --example notebook -- '?seed=7&p=0.3' script
//! cargo run --release --example notebook -- '?seed=7&p=0.3' output
//! ```
//!
//! The link may be a whole address or its query alone, of any view; the lists of lessons have none of their own, and get the
//! network's. What can't be read of it is said on standard error and falls back to its default, as on the page.

use std::io::{self, Write};
use std::process::ExitCode;

use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::{Link, View};
use dropout_lab::model::Experiment;
use dropout_lab::model::exhibits::{TensorSettings, VariantsSettings};
use dropout_lab::model::exhibits::{coin, expectation, gradients, subnetworks, training};
use dropout_lab::notebook::{self, reader};

const USAGE: &str = "usage: notebook '<link or query>' script|output";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = match arguments.as_slice() {
        [link, what] if what == "script" => of(link).0,
        [link, what] if what == "output" => of(link).1,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    // A reader that has seen enough (`| head`) is no failure.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

/// Script and output of a link.
fn of(link: &str) -> (String, String) {
    let query = link.find('?').map_or(link, |at| &link[at..]);
    match View::of(query) {
        View::Tensor => exhibit::<TensorSettings>(query),
        View::Coin => exhibit::<coin::Settings>(query),
        View::Expectation => exhibit::<expectation::Settings>(query),
        View::Gradients => exhibit::<gradients::Settings>(query),
        View::Subnetworks => exhibit::<subnetworks::Settings>(query),
        View::Training => exhibit::<training::Settings>(query),
        View::Variants => exhibit::<VariantsSettings>(query),
        View::Notebook => exhibit::<reader::Settings>(query),
        View::Network | View::Lessons | View::Teachers => network(query),
    }
}

fn exhibit<E: Exhibit>(query: &str) -> (String, String) {
    let page = Page::<E>::open(query);
    complain(page.notices());
    let script = page.settings().script(&page.query());
    (script, E::output(page.trace()))
}

fn network(query: &str) -> (String, String) {
    let (link, problems) = Link::parse(query);
    complain(&problems);
    let mut experiment = Experiment::new(&link.settings);
    experiment.seek(&link.settings);
    let script = notebook::script(&link.settings, &link.query());
    (script, notebook::output(&experiment.trace()))
}

fn complain(problems: &[String]) {
    for problem in problems {
        eprintln!("{problem}");
    }
}
