//! A folder into which a switch puts its files. It is read again every two seconds: notices of change are lost on
//! network drives, and a file that was noticed is not therefore complete.
//!
//! A file is taken when its size has stood still from one look to the next. Its facts stand in a sidecar of the same
//! name (`call.wav`, `call.json`), or in its name by a template. What was taken goes to `done/`; what cannot be taken
//! goes to `rejected/`, with the reason beside it. What failed for want of disk or database stays, for the next look.

use std::{
    collections::HashMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use app::words::{self, Locale};
use backend::{Backend, Error, ingest::NameTemplate};
use model::{facts::Facts, problem::Refusal};

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A watched folder.
pub struct Watch {
    pub folder: PathBuf,
    pub template: Option<NameTemplate>,
    pub locale: Locale,
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
        let mut sizes = HashMap::new();
        loop {
            match self.look(&backend, &mut sizes).await {
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

    /// One look. `sizes` holds what the last one saw.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn look(&self, backend: &Backend, sizes: &mut HashMap<PathBuf, u64>) -> io::Result<Look> {
        let mut look = Look::default();
        let mut seen = HashMap::new();
        for path in self.files()? {
            let Ok(size) = fs::metadata(&path).map(|file| file.len()) else {
                continue;
            };
            let stable = sizes.get(&path) == Some(&size);
            if !stable {
                seen.insert(path, size);
                continue;
            }
            match self.take(backend, &path).await {
                Ok(()) => {
                    self.put_away(&path, "done")?;
                    look.taken += 1;
                }
                Err(Error::Refused(why)) if !matches!(why, Refusal::Storage { .. }) => {
                    let reason = words::refusal(self.locale, &why);
                    tracing::warn!(file = %path.display(), reason, "a file was rejected");
                    let there = self.put_away(&path, "rejected")?;
                    fs::write(beside(&there, "why.txt"), format!("{reason}\n"))?;
                    look.rejected += 1;
                }
                Err(error) => {
                    tracing::warn!(file = %path.display(), %error, "a file waits for the next look");
                    seen.insert(path, size);
                }
            }
        }
        *sizes = seen;
        Ok(look)
    }

    /// The sounds of the folder: plain files, no links, nothing hidden or half written, and with a sidecar where facts
    /// come from nowhere else.
    fn files(&self) -> io::Result<Vec<PathBuf>> {
        let mut files = vec![];
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let partial =
                name.starts_with('.') || [".json", ".part", ".tmp"].iter().any(|ending| name.ends_with(ending));
            if entry.file_type()?.is_file() && !partial && (self.template.is_some() || sidecar(&path).is_file()) {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    async fn take(&self, backend: &Backend, path: &Path) -> Result<(), Error> {
        let facts = facts_of(path, self.template.as_ref())?;
        let file = File::open(path).map_err(|error| Refusal::Storage {
            detail: error.to_string(),
        })?;
        backend.take(facts, file).await.map(drop)
    }

    /// Moves a file and its sidecar into a folder beside it; never over another.
    fn put_away(&self, path: &Path, folder: &str) -> io::Result<PathBuf> {
        let folder = self.folder.join(folder);
        fs::create_dir_all(&folder)?;
        let target = free(&folder.join(path.file_name().unwrap_or_default()));
        let (from, to) = (sidecar(path), sidecar(&target));
        fs::rename(path, &target)?;
        if from.is_file() {
            fs::rename(from, to)?;
        }
        Ok(target)
    }
}

/// The facts of a file: its sidecar's, else its name's.
///
/// # Errors
/// What is wrong with them.
pub fn facts_of(path: &Path, template: Option<&NameTemplate>) -> Result<Facts, Refusal> {
    match fs::read(sidecar(path)) {
        Ok(text) => serde_json::from_slice(&text).map_err(|error| Refusal::Unreadable {
            detail: error.to_string(),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match template {
            Some(template) => template.read(&path.file_name().unwrap_or_default().to_string_lossy()),
            None => Err(Refusal::Unreadable {
                detail: format!("{} is missing", sidecar(path).display()),
            }),
        },
        Err(error) => Err(Refusal::Storage {
            detail: error.to_string(),
        }),
    }
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

/// A name that nobody has yet: the wanted one, or with a number.
fn free(wanted: &Path) -> PathBuf {
    let stem = wanted.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = wanted
        .extension()
        .map(|ending| format!(".{}", ending.to_string_lossy()))
        .unwrap_or_default();
    let numbered = (2..).map(|number| wanted.with_file_name(format!("{stem}-{number}{ending}")));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|path| !path.exists())
        .unwrap_or_else(|| wanted.to_owned())
}
