//! The PyTorch script of a link of the network view, or what that script prints.
//!
//! ```text
//! cargo run --release --example notebook -- '?seed=7&p=0.3' script
//! cargo run --release --example notebook -- '?seed=7&p=0.3' output
//! ```
//!
//! The link may be a whole address or its query alone. What can't be read of it is said on standard error and falls
//! back to its default, as on the page.

use std::io::{self, Write};
use std::process::ExitCode;

use dropout_lab::app::Link;
use dropout_lab::model::Experiment;
use dropout_lab::notebook;

const USAGE: &str = "usage: notebook '<link or query>' script|output";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = match arguments.as_slice() {
        [link, what] if what == "script" => script(&read(link)),
        [link, what] if what == "output" => output(&read(link)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    // A reader that has seen enough (`| head`) is no failure.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn read(text: &str) -> Link {
    let (link, problems) = Link::parse(text);
    for problem in problems {
        eprintln!("{problem}");
    }
    link
}

fn script(link: &Link) -> String {
    notebook::script(&link.settings, &link.query())
}

fn output(link: &Link) -> String {
    let mut experiment = Experiment::new(&link.settings);
    experiment.seek(&link.settings);
    notebook::output(&experiment.trace())
}
