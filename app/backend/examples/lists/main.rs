//! What lists cost at ten thousand recordings and at a million. What the benchmarks run.
//!
//! `lists FOLDER [SERVER]`: makes both crowds in the folder, unless they are there from an earlier run, asks for every list
//! of the guide from one and the other by turns, and prints what each took as JSON. Where a PostgreSQL server is named, the
//! databases are made there. `lists --fill FOLDER` only makes them; `lists FOLDER SERVER NAME...` asks only for lists whose
//! names begin so.

mod ask;
mod crowds;

use std::{io::Write, path::Path, process::ExitCode};

use crate::crowds::Arm;

/// What goes wrong is printed.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(words: &[String]) -> Result<()> {
    let only_fill = words.first().is_some_and(|word| word == "--fill");
    let words = &words[usize::from(only_fill)..];
    let folder = Path::new(words.first().ok_or("which folder?")?);
    let server = words.get(1).map(String::as_str).filter(|server| server.contains(':'));
    let mut arms = vec![];
    for recordings in [10_000, 1_000_000] {
        arms.push(Arm::open(folder, server, recordings).await?);
    }
    if only_fill {
        return Ok(());
    }
    let measured = ask::all(&mut arms, words.get(2..).unwrap_or_default()).await?;
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&measured)?)?;
    Ok(())
}
