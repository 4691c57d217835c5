//! The project's own commands, run as `cargo xtask <command>`: build, serve, test.
//!
//! Each sets up what is missing before it starts. Nothing here ends up in the page.

mod bench;
mod compress;
mod count;
mod minify;
mod offline;
mod page;
mod serve;
mod setup;
mod shell;
mod site;
mod size;
mod suite;
mod trunk;
mod worker;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use shell::Progress;

/// Build, serve and test Dropout Lab, setting up what is missing.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
enum Command {
    /// Build the app and serve it on this machine
    Serve {
        /// The port to listen on; 0 lets the system choose
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Serve the folder as it is
        #[arg(long)]
        no_build: bool,
        /// The folder that holds the site
        #[arg(long, default_value_os_t = shell::root().join("dist"))]
        dist: PathBuf,
    },
    /// Build the site into a folder that any web server can host
    Build {
        /// Optimise
        #[arg(long)]
        release: bool,
        /// Put a .br and a .gz beside each file, for servers that send those
        #[arg(long)]
        compress: bool,
        /// The folder to write, emptied first
        #[arg(long, default_value_os_t = shell::root().join("dist"))]
        dist: PathBuf,
    },
    /// Check the format, lint, and run all tests: on this machine, in a browser, end to end
    Test {
        /// Run this stage alone
        #[arg(long)]
        only: Option<suite::Stage>,
        /// Run the remaining stages when one has failed
        #[arg(long)]
        keep_going: bool,
    },
    /// Measure training steps and masks in a headless browser, in a release build; a table, and JSON in target/bench
    Bench {
        /// How often everything is measured, in turn; the table has medians
        #[arg(long, default_value_t = 5)]
        rounds: u32,
        /// How long one measurement takes
        #[arg(long, default_value_t = 0.4)]
        seconds: f64,
        /// Measure how the time of a step grows with inputs, hidden units and batch instead
        #[arg(long)]
        growth: bool,
        /// Leave a participant in target/bench and measure nothing
        #[arg(long)]
        build_only: bool,
    },
    /// Say what a browser fetches of the last `build --release` before the page can be used, and check that it is not too much
    Size,
    /// Check that Trunk makes the same site as the last `build --release`
    CompareWithTrunk,
    /// Run wasm tests in a headless browser; `cargo test --target wasm32-unknown-unknown` calls this
    #[command(disable_help_flag = true)]
    WasmTestRunner {
        /// The wasm file and the arguments of its test harness
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    perform(Command::parse()).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn perform(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve {
            port,
            no_build,
            dist,
        } => {
            if !no_build {
                site::build(&mut Progress::new(site::STEPS), true, &dist)?;
            }
            serve::run(dist, port)?;
        }
        Command::Build {
            release,
            compress,
            dist,
        } => {
            site::build(&mut Progress::new(site::STEPS), release, &dist)?;
            if compress {
                compress::write(&dist)?;
            }
        }
        Command::Test { only, keep_going } => return Ok(suite::run(only, keep_going)),
        Command::Bench {
            rounds,
            seconds,
            growth,
            build_only,
        } => {
            let folder = bench::build()?;
            if !build_only {
                bench::run(&folder, rounds, seconds, growth)?;
            }
        }
        Command::Size => size::check(&shell::root().join("dist"))?,
        Command::CompareWithTrunk => trunk::compare(&shell::root().join("dist"))?,
        Command::WasmTestRunner { arguments } => {
            let program = OsString::from("wasm-test-runner");
            let arguments = std::iter::once(program).chain(arguments);
            wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(arguments)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
