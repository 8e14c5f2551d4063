//! `hark push FILE --call-id …`: one recording, its facts as flags. A switch's script calls it as it is, without a shell
//! in between that would read a caller's name as a command.

use std::{fs::File, path::PathBuf, process::ExitCode};

use backend::{Backend, ingest::Taken};
use model::facts::{Consent, Direction, Facts, Sides};

use super::Failure;

/// Take in one recording, with its facts as flags.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  hark push /var/spool/asterisk/monitor/c1.wav --call-id 1743042317.1 --direction incoming \\\n    \
    --start 2026-11-23T10:46:51 --extension 201 --other-number +46701740605 --number-rung +46846500411"
)]
pub struct Push {
    /// The sound
    file: PathBuf,
    /// The switch's own name for the call; both sides of an internal call share it
    #[arg(long)]
    call_id: String,
    /// incoming, outgoing or internal
    #[arg(long, value_parser = |word: &str| Direction::named(word).ok_or("incoming, outgoing or internal"))]
    direction: Direction,
    /// When the call began: RFC 3339, or without an offset in the company's time zone
    #[arg(long)]
    start: String,
    /// How long the call lasted, in milliseconds [default: the sound's length]
    #[arg(long)]
    duration_ms: Option<i64>,
    /// The recorded person's extension
    #[arg(long)]
    extension: String,
    /// The other party's number
    #[arg(long)]
    other_number: Option<String>,
    /// The other party's name
    #[arg(long)]
    other_name: Option<String>,
    /// The number dialled towards the recorded person
    #[arg(long)]
    number_rung: Option<String>,
    /// The answer group
    #[arg(long)]
    group: Option<String>,
    /// given, refused or not-asked
    #[arg(long, value_parser = |word: &str| Consent::named(word).ok_or("given, refused or not-asked"))]
    consent: Option<Consent>,
    /// recorded-other, other-recorded or mixed [default: the recorded person is left]
    #[arg(long, value_parser = |word: &str| Sides::named(word).ok_or("recorded-other, other-recorded or mixed"))]
    sides: Option<Sides>,
}

/// Takes the recording in; the file stays where it is.
pub async fn push(backend: &Backend, push: Push) -> Result<ExitCode, Failure> {
    let file = File::open(&push.file).map_err(|error| Failure(format!("{}: {error}", push.file.display())))?;
    let facts = Facts {
        call_id: push.call_id,
        direction: push.direction,
        start: push.start,
        duration_ms: push.duration_ms,
        extension: push.extension,
        other_number: push.other_number,
        other_name: push.other_name,
        number_rung: push.number_rung,
        group: push.group,
        consent: push.consent,
        sides: push.sides,
    };
    match backend.take(facts, file).await? {
        Taken::New(id) | Taken::Already(id) => println!("{id}"),
    }
    Ok(ExitCode::SUCCESS)
}
