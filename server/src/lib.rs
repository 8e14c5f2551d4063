//! The process: commands for the one at the machine, and the server for everyone else.

mod assets;
pub mod commands;
pub mod config;
mod files;
mod form;
mod forms;
mod ingest;
mod listen;
pub mod mail;
mod media;
mod pages;
mod people;
mod problem;
mod security;
pub mod serve;
mod sharing;
mod visit;
pub mod watch;

use std::process::ExitCode;

use clap::Parser;

/// Does what the command line asks.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = commands::Arguments::parse();
    log(&arguments);
    // Calls, names and hashes are nobody's on this machine but the owner's.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    // Pages wait on one another while they are made; with fewer than four threads some would wait for ever.
    let threads = std::thread::available_parallelism().map_or(4, |cores| cores.get().max(4));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(arguments)),
        Err(error) => Err(commands::Failure::from(error)),
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("hark: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Logs in words to a terminal, as JSON elsewhere; `RUST_LOG` says how much.
fn log(arguments: &commands::Arguments) {
    use std::io::IsTerminal;
    use tracing_subscriber::EnvFilter;
    let quiet = if arguments.serves() {
        "info,sqlx=warn,sea_orm_migration=warn"
    } else {
        "warn"
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(quiet));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        log.compact().init();
    } else {
        log.json().init();
    }
}
