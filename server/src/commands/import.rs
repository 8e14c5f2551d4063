//! `hark import FILE|FOLDER`: the facts stand in sidecars of the same name, or in the file names by a template.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use app::words;
use backend::{
    Backend, Error, Operator,
    ingest::{NameTemplate, Taken},
};
use indicatif::{ProgressBar, ProgressStyle};
use model::problem::Refusal;

use super::{Failure, locale};
use crate::watch::facts_of;

/// Take in recordings from a file or a folder.
#[derive(clap::Args)]
#[command(after_help = "A file `call.wav` comes with its facts in `call.json`:\n  \
    {\"call_id\":\"c-1\",\"direction\":\"incoming\",\"start\":\"2026-11-23T10:46:51\",\"duration_ms\":26000,\"extension\":\"a166947070\",\n   \
    \"other_number\":\"+46701740605\",\"number_rung\":\"+46846500411\"}\nThe same recording taken in twice is one recording.")]
pub struct Import {
    /// A sound file, or a folder of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Read the facts from the file names, such as `{direction}-{extension}-{date}-{time}-{call_id}.wav`
    #[arg(long)]
    template: Option<String>,
}

#[derive(Default)]
struct Sum {
    new: usize,
    already: usize,
    refused: usize,
}

/// Takes in every file; the files stay where they are.
pub async fn import(backend: &Backend, import: Import) -> Result<ExitCode, Failure> {
    let template = import
        .template
        .as_deref()
        .map(NameTemplate::parse)
        .transpose()
        .map_err(|error| Failure(error.to_string()))?;
    let mut files = vec![];
    for path in &import.paths {
        collect(path, &mut files).map_err(|error| Failure(format!("{}: {error}", path.display())))?;
    }
    files.sort();
    let bytes = files
        .iter()
        .filter_map(|file| fs::metadata(file).ok())
        .map(|file| file.len())
        .sum();
    let bar = ProgressBar::new(bytes);
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {bytes}/{total_bytes} {msg} {eta}") {
        bar.set_style(style);
    }
    let mut sum = Sum::default();
    for (done, file) in files.iter().enumerate() {
        bar.set_message(format!("{}/{}", done + 1, files.len()));
        match take(backend, file, template.as_ref(), &bar).await {
            Ok(Taken::New(_)) => sum.new += 1,
            Ok(Taken::Already(_)) => sum.already += 1,
            Err(Error::Refused(why)) => {
                sum.refused += 1;
                bar.suspend(|| eprintln!("{}: {}", file.display(), words::refusal(locale(), &why)));
            }
            // A database or a disk that fails now fails for every file that follows.
            Err(error) => return Err(error.into()),
        }
    }
    bar.finish_and_clear();
    backend.settle(Operator::at_the_command_line()).await?;
    println!("{}", words::imported(locale(), sum.new, sum.already, sum.refused));
    Ok(if sum.refused == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The sounds at a path: the file itself, or all in the folder and those below that are no sidecars.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if fs::metadata(path)?.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, entry.path());
        if kind.is_dir() {
            collect(&path, files)?;
        } else if kind.is_file()
            && path
                .extension()
                .is_none_or(|ending| !["json", "txt"].iter().any(|other| ending == *other))
        {
            files.push(path);
        }
    }
    Ok(())
}

async fn take(
    backend: &Backend,
    path: &Path,
    template: Option<&NameTemplate>,
    bar: &ProgressBar,
) -> Result<Taken, Error> {
    let size = fs::metadata(path).map(|file| file.len()).unwrap_or_default();
    let before = bar.position();
    let taken = async {
        let facts = facts_of(path, template)?;
        let file = File::open(path).map_err(|error| Refusal::Storage {
            detail: error.to_string(),
        })?;
        backend.take(facts, Shown { file, bar: bar.clone() }).await
    }
    .await;
    bar.set_position(before + size);
    taken
}

/// A file that shows how far it has been read.
struct Shown {
    file: File,
    bar: ProgressBar,
}

impl Read for Shown {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.bar.inc(read as u64);
        Ok(read)
    }
}
