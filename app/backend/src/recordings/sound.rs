//! The bytes of a sound. What is played is a PCM WAV file that exists nowhere: each range of it is made from the
//! original at the moment it is asked for.

use std::{
    fs::File,
    io::{self, IoSliceMut},
    ops::Range,
    os::unix::fs::FileExt,
    sync::Arc,
};

use audio::VirtualWav;
use bytes::Bytes;
use model::sound::{Codec, Container, Layout, Overview};
use rustix::io::{ReadWriteFlags, preadv2};
use tokio::sync::Semaphore;

use super::entity::media;
use crate::{Error, storage::Storage};

/// A stretch may be hours of sound: more than two read at a time would leave nothing for those who listen.
static PEAKS: Semaphore = Semaphore::const_new(2);

/// A stretch of a sound's waveform.
pub type Peaks = Overview;

/// A sound that is open for reading.
pub struct Sound {
    file: Arc<File>,
    form: Form,
    len: u64,
    tag: String,
}

#[derive(Clone, Copy)]
enum Form {
    /// The bytes of the file as they are.
    File,
    /// A PCM WAV made from them.
    Wav(VirtualWav),
}

impl Sound {
    /// The sound as it is played.
    pub(super) fn played(storage: &Storage, media: &media::Model) -> Result<Self, Error> {
        let (path, layout) = match (&media.rendition_path, &media.rendition_layout) {
            (Some(path), Some(layout)) => (path, layout),
            _ => (&media.path, &media.layout),
        };
        let layout: Layout = serde_json::from_str(layout).map_err(Error::internal)?;
        let wav = VirtualWav::new(&layout)
            .ok_or_else(|| Error::internal(format!("recording {} cannot be entered anywhere", media.recording_id)))?;
        Ok(Self {
            file: Arc::new(storage.open_media(path)?),
            len: wav.bytes(),
            form: Form::Wav(wav),
            tag: format!("\"{}-pcm\"", media.sha256),
        })
    }

    /// The original, where it is a WAV file; else the same sound as one.
    pub(super) fn original(storage: &Storage, media: &media::Model) -> Result<Self, Error> {
        let layout: Layout = serde_json::from_str(&media.layout).map_err(Error::internal)?;
        if layout.container != Container::Wav {
            return Self::played(storage, media);
        }
        let file = storage.open_media(&media.path)?;
        let len = file.metadata()?.len();
        Ok(Self {
            file: Arc::new(file),
            len,
            form: Form::File,
            tag: format!("\"{}\"", media.sha256),
        })
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.len
    }

    /// Whether there is nothing to read; no sound that was taken is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The strong entity tag: the hash of the content, so that it never lies.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The bytes of a range. What the system has in memory is read at once; only what must come from the disk waits on
    /// another thread.
    ///
    /// # Errors
    /// When the disk fails, or the range goes past the end.
    pub async fn read(&self, range: Range<u64>) -> io::Result<Bytes> {
        let source = match &self.form {
            Form::File => range.clone(),
            Form::Wav(wav) => wav.source(&range),
        };
        let bytes = self.source(source).await?;
        let Form::Wav(wav) = &self.form else {
            return Ok(bytes.into());
        };
        if wav.is_original(&range) {
            return Ok(bytes.into());
        }
        let mut made =
            Vec::with_capacity(usize::try_from(range.end.saturating_sub(range.start)).unwrap_or_default() + 2);
        wav.render(&range, &bytes, &mut made).map_err(io::Error::other)?;
        Ok(made.into())
    }

    /// The waveform of a stretch of the sound, in so many buckets.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn peaks(&self, ms: Range<u64>, buckets: u16) -> Result<Option<Peaks>, Error> {
        let Form::Wav(wav) = self.form else { return Ok(None) };
        let (file, layout) = (self.file.clone(), wav.layout());
        let frame = |ms: u64| (ms.saturating_mul(u64::from(layout.rate)) / 1000).min(layout.frames);
        let frames = frame(ms.start)..frame(ms.end);
        if frames.is_empty() {
            return Ok(None);
        }
        let turn = PEAKS.acquire().await.map_err(Error::internal)?;
        let read = move || {
            let _turn = turn;
            audio::window(
                |at: u64, buffer: &mut [u8]| file.read_exact_at(buffer, at),
                &layout,
                frames,
                buckets,
            )
        };
        Ok(tokio::task::spawn_blocking(read).await.map_err(Error::internal)??)
    }

    async fn source(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let len = usize::try_from(range.end.saturating_sub(range.start)).map_err(io::Error::other)?;
        let mut bytes = vec![0; len];
        let ready = preadv2(
            &*self.file,
            &mut [IoSliceMut::new(&mut bytes)],
            range.start,
            ReadWriteFlags::NOWAIT,
        );
        if ready == Ok(len) {
            return Ok(bytes);
        }
        let file = self.file.clone();
        let read = move || file.read_exact_at(&mut bytes, range.start).map(|()| bytes);
        tokio::task::spawn_blocking(read).await.map_err(io::Error::other)?
    }
}

/// Whether a sound can be entered anywhere as it is, or needs a rendition that can.
pub(crate) fn can_be_entered(codec: Codec) -> bool {
    codec.sample_bytes().is_some()
}
