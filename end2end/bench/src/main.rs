//! What Hark costs, each figure against a peer measured in the same run: the arms take turns, and medians are compared.

mod browser;
mod door;
mod figures;
mod first_byte;
mod hark;
mod list;
mod listeners;
mod measuring;
mod nginx;
mod peaks;
mod player;
mod serving;
mod sounds;
mod tools;
mod wasm;
mod wavesurfer;

use std::{error::Error, path::PathBuf, process::ExitCode};

use clap::Parser;

use crate::{figures::Figures, sounds::Sounds};

/// Says what to write and where it went wrong.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The benchmarks.
#[derive(Parser)]
struct Arguments {
    /// The release build of the server
    #[arg(long)]
    hark: PathBuf,
    /// The release build of package audio's example of that name
    #[arg(long)]
    measure: PathBuf,
    /// The release build of package backend's example of that name
    #[arg(long)]
    lists: PathBuf,
    /// A PostgreSQL server, where lists are measured on one too
    #[arg(long, env = "HARK_TEST_POSTGRES_URL", hide_env_values = true)]
    postgres: Option<String>,
    /// Where sounds and recordings are made, and kept for the next run
    #[arg(long)]
    folder: PathBuf,
    /// Where the figures are written
    #[arg(long)]
    out: PathBuf,
    /// peaks, serving, first-byte, listeners, door, list, player, wasm [default: all]
    chapters: Vec<String>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let wanted = |chapter: &str| arguments.chapters.is_empty() || arguments.chapters.iter().any(|name| name == chapter);
    let sounds = Sounds::make(&arguments.folder)?;
    let mut figures = Figures::default();
    if wanted("peaks") && tools::there("peaks against ffmpeg and openssl", &["ffmpeg", "openssl"]) {
        peaks::peaks(&arguments.measure, &sounds, &mut figures)?;
    }
    if wanted("serving") && tools::there("serving against nginx", &["nginx", "wrk"]) {
        serving::serving(&arguments.hark, &sounds, &mut figures)?;
    }
    if wanted("first-byte") {
        first_byte::first_byte(&arguments.hark, &sounds, &mut figures)?;
    }
    if wanted("listeners") {
        listeners::listeners(&arguments.hark, &sounds, &mut figures)?;
    }
    if wanted("door") {
        door::door(&arguments.hark, &sounds, &mut figures)?;
    }
    if wanted("list") {
        let server = arguments.postgres.as_deref();
        list::list(
            &arguments.hark,
            &arguments.lists,
            &arguments.folder,
            server,
            &mut figures,
        )?;
    }
    if wanted("player") && browser::there("the player against wavesurfer.js", &["node", "chromium", "nginx"]) {
        player::player(&arguments.hark, &sounds, &mut figures)?;
    }
    if wanted("wasm") && browser::there("the browser's half", &["node", "chromium", "firefox-esr"]) {
        wasm::wasm(&arguments.hark, &mut figures)?;
    }
    figures.write(&arguments.out)?;
    Ok(())
}
