//! Running other programs, and saying how far we are.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The project's top folder.
pub fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}

/// The program `name`, to be run in the project's top folder.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The cargo that started us, with `arguments` separated by spaces.
pub fn cargo(arguments: &str) -> Command {
    let mut command = program(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    command.args(arguments.split_whitespace());
    command
}

/// Runs `command`, showing its output.
///
/// # Errors
/// When it cannot be started or does not succeed; the message is its command line.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| cannot_start(&line))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// What `command` prints to its standard output.
///
/// # Errors
/// As [`run`].
pub fn output(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command.output().with_context(|| cannot_start(&line))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "`{line}` failed ({})\n{errors}",
        output.status
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether `command` can be started and succeeds.
pub fn succeeds(command: &mut Command) -> bool {
    output(command).is_ok()
}

/// The command as a person would type it.
pub fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn cannot_start(line: &str) -> String {
    format!("`{line}` could not be started")
}

/// Numbers the steps of a long piece of work: `[2/4] building the app`.
pub struct Progress {
    step: usize,
    of: usize,
}

impl Progress {
    /// Work of `of` steps, none of them begun.
    pub fn new(of: usize) -> Self {
        Self { step: 0, of }
    }

    /// Says that the next step begins.
    pub fn next(&mut self, what: &str) {
        self.step += 1;
        println!("[{}/{}] {what}", self.step, self.of);
    }
}
