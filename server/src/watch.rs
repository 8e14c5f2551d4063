//! A folder into which a switch puts its files. It is read again every two seconds: notices of change are lost on
//! network drives, and a file that was noticed is not therefore complete.
//!
//! A file is taken when it and its sidecar have stood still for a while: switches write in pieces, with pauses. One that
//! says of itself that it is not finished is given more time. Its facts stand in a sidecar of the same name (`call.wav`,
//! `call.json`), or in its name by a template. What was taken goes to `done/`; what cannot be taken goes to `rejected/`,
//! with the reason beside it. What failed for want of disk or database stays, for the next look.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use app::words::{self, Locale};
use backend::{Backend, Error, ingest::NameTemplate};
use model::{facts::Facts, problem::Refusal, sound::SoundFault};
use tokio::task::block_in_place;

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// The most that a sidecar can be.
const FACTS_BYTES: u64 = 64 << 10;

/// A watched folder.
pub struct Watch {
    pub folder: PathBuf,
    pub template: Option<NameTemplate>,
    pub locale: Locale,
    /// How long a file must have stood still.
    pub settles_in: Duration,
    /// How long one that is not finished may stand still before it is rejected.
    pub gives_up_after: Duration,
}

/// What is remembered of a file that waits.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// Bytes of the sound and of its sidecar.
    size: (u64, u64),
    /// Since when they are that.
    since: Instant,
    /// How often it could not be taken: each time it waits twice as long.
    tries: u32,
}

impl Waiting {
    /// Later, and each time later still.
    fn once_more(self) -> Self {
        Self {
            since: Instant::now(),
            tries: self.tries + 1,
            ..self
        }
    }
}

/// What one look did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub taken: usize,
    pub rejected: usize,
}

impl Watch {
    /// Looks until the task is ended.
    pub async fn run(self, backend: Backend) {
        let mut waiting = HashMap::new();
        loop {
            match self.look(&backend, &mut waiting).await {
                Ok(look) if look != Look::default() => {
                    tracing::info!(taken = look.taken, rejected = look.rejected, folder = %self.folder.display(), "looked at the watched folder");
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, folder = %self.folder.display(), "the watched folder cannot be read");
                }
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// One look. `waiting` holds what the last one saw.
    ///
    /// # Errors
    /// When the folder cannot be read. What is wrong with one file keeps no other waiting.
    pub async fn look(&self, backend: &Backend, waiting: &mut HashMap<PathBuf, Waiting>) -> io::Result<Look> {
        let mut look = Look::default();
        let mut seen = HashMap::new();
        // The folder may lie on a network drive that hangs.
        for (path, size) in block_in_place(|| self.files())? {
            let before = waiting.get(&path).filter(|before| before.size == size).copied();
            let Some(before) =
                before.filter(|before| before.since.elapsed() >= self.settles_in * (1 << before.tries.min(4)))
            else {
                let first = Waiting {
                    size,
                    since: Instant::now(),
                    tries: 0,
                };
                seen.insert(path, before.unwrap_or(first));
                continue;
            };
            let put_away = match self.take(backend, &path).await {
                Ok(()) => {
                    look.taken += 1;
                    block_in_place(|| self.put_away(&path, "done")).map(drop)
                }
                Err(Error::Refused(Refusal::Sound(SoundFault::Unfinished | SoundFault::Truncated { .. })))
                    if before.since.elapsed() < self.gives_up_after =>
                {
                    let tries = before.tries + 1;
                    seen.insert(path.clone(), Waiting { tries, ..before });
                    Ok(())
                }
                Err(Error::Refused(why)) if !matches!(why, Refusal::Storage { .. }) => {
                    look.rejected += 1;
                    block_in_place(|| self.reject(&path, &words::refusal(self.locale, &why)))
                }
                Err(error) => {
                    tracing::warn!(file = %path.display(), %error, "a file waits");
                    seen.insert(path.clone(), before.once_more());
                    Ok(())
                }
            };
            if let Err(error) = put_away {
                tracing::error!(file = %path.display(), %error, "a file cannot be put away; it stays where it is");
                seen.insert(path, before.once_more());
            }
        }
        *waiting = seen;
        Ok(look)
    }

    fn reject(&self, path: &Path, reason: &str) -> io::Result<()> {
        tracing::warn!(file = %path.display(), reason, "a file was rejected");
        let there = self.put_away(path, "rejected")?;
        fs::write(beside(&there, "why.txt"), format!("{reason}\n"))
    }

    /// The sounds of the folder, each with the bytes of itself and of its sidecar: plain files, no links, nothing hidden or
    /// half written, and with a sidecar where facts come from nowhere else.
    fn files(&self) -> io::Result<Vec<(PathBuf, (u64, u64))>> {
        let mut files = vec![];
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let partial = name.starts_with('.')
                || [".json", ".txt", ".part", ".tmp"]
                    .iter()
                    .any(|ending| name.ends_with(ending));
            let facts = fs::metadata(sidecar(&path)).ok().filter(fs::Metadata::is_file);
            // One that goes away meanwhile is looked for in vain, and that is all.
            let Ok(sound) = entry.metadata() else { continue };
            if sound.is_file() && !partial && (self.template.is_some() || facts.is_some()) {
                files.push((path, (sound.len(), facts.map_or(0, |facts| facts.len()))));
            }
        }
        files.sort();
        Ok(files)
    }

    async fn take(&self, backend: &Backend, path: &Path) -> Result<(), Error> {
        let (facts, file) = block_in_place(|| {
            let facts = facts_of(path, self.template.as_ref())?;
            let file = File::open(path).map_err(|error| Refusal::Storage {
                detail: error.to_string(),
            })?;
            Ok::<_, Refusal>((facts, file))
        })?;
        backend.take(facts, file).await.map(drop)
    }

    /// Moves a file and its sidecar into a folder beside it; never over another. A sidecar that another file needs too
    /// stays, and a copy goes along.
    fn put_away(&self, path: &Path, folder: &str) -> io::Result<PathBuf> {
        let folder = self.folder.join(folder);
        fs::create_dir_all(&folder)?;
        let target = free(&folder.join(path.file_name().unwrap_or_default()));
        let (from, to) = (sidecar(path), sidecar(&target));
        fs::rename(path, &target)?;
        if from.is_file() {
            if self.files()?.iter().any(|(other, _)| sidecar(other) == from) {
                fs::copy(from, to)?;
            } else {
                fs::rename(from, to)?;
            }
        }
        Ok(target)
    }
}

/// The facts of a file: its sidecar's, else its name's.
///
/// # Errors
/// What is wrong with them.
pub fn facts_of(path: &Path, template: Option<&NameTemplate>) -> Result<Facts, Refusal> {
    let failed = |error: io::Error| Refusal::Storage {
        detail: error.to_string(),
    };
    let sidecar = sidecar(path);
    // Only a plain file: a pipe would be waited on for ever.
    let plain = fs::metadata(&sidecar).and_then(|found| {
        if found.is_file() {
            File::open(&sidecar)
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    });
    let sidecar = match plain {
        Ok(sidecar) => sidecar,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return template.map_or(Err(Refusal::NameMismatch), |template| {
                template.read(&path.file_name().unwrap_or_default().to_string_lossy())
            });
        }
        Err(error) => return Err(failed(error)),
    };
    let mut text = vec![];
    sidecar.take(FACTS_BYTES + 1).read_to_end(&mut text).map_err(failed)?;
    if text.len() as u64 > FACTS_BYTES {
        return Err(Refusal::TooLarge { most: FACTS_BYTES });
    }
    serde_json::from_slice(&text).map_err(|error| Refusal::Unreadable {
        detail: error.to_string(),
    })
}

/// `call.wav` → `call.json`.
fn sidecar(path: &Path) -> PathBuf {
    path.with_extension("json")
}

/// `call.wav` → `call.wav.why.txt`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// A name that nobody has yet, for sidecar and reason too: the wanted one, or with a number.
fn free(wanted: &Path) -> PathBuf {
    let stem = wanted.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = wanted
        .extension()
        .map(|ending| format!(".{}", ending.to_string_lossy()))
        .unwrap_or_default();
    let numbered = (2..).map(|number| wanted.with_file_name(format!("{stem}-{number}{ending}")));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|path| {
            [path.clone(), sidecar(path), beside(path, "why.txt")]
                .iter()
                .all(|path| !path.exists())
        })
        .unwrap_or_else(|| wanted.to_owned())
}
