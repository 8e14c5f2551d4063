//! Where the sound lies: a local folder in which a file, once it has its name, never changes.
//!
//! ```text
//! data/incoming/…        what is still arriving; swept at start
//! data/media/2026/11/…   what has arrived, named by its call, its person and its content
//! ```

mod incoming;

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

pub use incoming::Incoming;

/// The folders of one instance.
#[derive(Clone, Debug)]
pub struct Storage {
    incoming: PathBuf,
    media: PathBuf,
}

impl Storage {
    /// Opens the folders below `data_dir` and makes those that are missing.
    ///
    /// # Errors
    /// When a folder cannot be made.
    pub fn open(data_dir: &Path) -> io::Result<Self> {
        let storage = Self {
            incoming: data_dir.join("incoming"),
            media: data_dir.join("media"),
        };
        fs::create_dir_all(&storage.incoming)?;
        fs::create_dir_all(&storage.media)?;
        Ok(storage)
    }

    /// A file for what is about to arrive. It is locked until it is kept or dropped.
    ///
    /// # Errors
    /// When the disk is full or read-only.
    pub fn incoming(&self, name: &str) -> io::Result<Incoming> {
        Incoming::create(self.incoming.join(name))
    }

    /// Removes what was arriving when a process ended: nobody was told that it had come. What another process that
    /// still lives is taking in stays.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn sweep(&self) -> io::Result<usize> {
        let mut swept = 0;
        for entry in fs::read_dir(&self.incoming)? {
            let path = entry?.path();
            let left_behind = || Ok::<_, io::Error>(File::open(&path)?.try_lock().is_ok());
            match left_behind().and_then(|left| {
                if left {
                    fs::remove_file(&path).map(|()| 1)
                } else {
                    Ok(0)
                }
            }) {
                Ok(gone) => swept += gone,
                Err(error) => tracing::warn!(path = %path.display(), %error, "something left behind stays"),
            }
        }
        Ok(swept)
    }

    /// Gives what has arrived its lasting name, in the order that survives a crash: the file's bytes are on the disk
    /// before the name is, and the name before anyone is told. The same name again is the same content again.
    ///
    /// # Errors
    /// When the disk is full or read-only; what has arrived is then gone from here, and its sender still has it.
    pub fn keep(&self, incoming: Incoming, name: &str) -> io::Result<()> {
        let target = self.media.join(name);
        let folder = target.parent().unwrap_or(&self.media);
        self.make_folders(folder)?;
        incoming.settle(&target)?;
        File::open(folder)?.sync_all()
    }

    /// Opens a kept file for reading.
    ///
    /// # Errors
    /// When it is not there.
    pub fn open_media(&self, name: &str) -> io::Result<File> {
        File::open(self.media.join(name))
    }

    /// The names of all that was kept.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn names(&self) -> io::Result<BTreeSet<String>> {
        let (mut names, mut folders) = (BTreeSet::new(), vec![self.media.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    folders.push(entry.path());
                } else if let Ok(name) = entry.path().strip_prefix(&self.media) {
                    names.insert(name.to_string_lossy().into_owned());
                }
            }
        }
        Ok(names)
    }

    /// Removes a kept file; one that is gone already is gone.
    ///
    /// # Errors
    /// When the disk is read-only.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.media.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Makes the folders down to `folder`, each one's name on the disk before the next is made in it.
    fn make_folders(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() || folder == self.media {
            return Ok(());
        }
        let parent = folder.parent().unwrap_or(&self.media);
        self.make_folders(parent)?;
        match fs::create_dir(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => File::open(parent)?.sync_all(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    #[test]
    fn what_is_kept_can_be_read_and_removed_twice() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path()).unwrap();
        let mut incoming = storage.incoming("one").unwrap();
        incoming.write_all(b"sound").unwrap();
        storage.keep(incoming, "2026/11/a.wav").unwrap();
        let mut text = String::new();
        storage
            .open_media("2026/11/a.wav")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "sound");
        assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
        storage.remove("2026/11/a.wav").unwrap();
        storage.remove("2026/11/a.wav").unwrap();
        assert!(storage.open_media("2026/11/a.wav").is_err());
    }

    #[test]
    fn what_was_never_kept_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path()).unwrap();
        drop(storage.incoming("one").unwrap());
        assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
        fs::write(folder.path().join("incoming/left-over"), b"x").unwrap();
        let arriving = storage.incoming("two").unwrap();
        assert_eq!(storage.sweep().unwrap(), 1);
        storage.keep(arriving, "two.wav").unwrap();
    }
}
