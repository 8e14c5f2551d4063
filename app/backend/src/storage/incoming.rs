//! A file that is still arriving. Dropped before it is kept, it is gone.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// A file that is still arriving.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    path: PathBuf,
    settled: bool,
}

impl Incoming {
    pub(super) fn create(path: PathBuf) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        // As long as it is held, nobody takes the file for something left behind.
        file.try_lock().map_err(io::Error::from)?;
        Ok(Self {
            file,
            path,
            settled: false,
        })
    }

    /// The file from its beginning, for a second look at what has arrived.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn reread(&mut self) -> io::Result<&mut File> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok(&mut self.file)
    }

    /// The next bytes after what was read last, so many at most; none at the end.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn read_on(&mut self, most: u64, into: &mut Vec<u8>) -> io::Result<usize> {
        (&mut self.file).take(most).read_to_end(into)
    }

    pub(super) fn settle(mut self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, target)?;
        self.settled = true;
        Ok(())
    }
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.settled
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(path = %self.path.display(), %error, "an unfinished arrival could not be removed; the next start does");
        }
    }
}
