//! Sound that must be decoded from its beginning: GSM, MP3, Opus and FLAC, in a stream and behind a fence.
//!
//! The length is always known before anything is decoded, and is held against what comes out. What the decoders of
//! others do wrong ends here: a panic is a fault of the sound, and nothing grows beyond the [`Limits`].

pub mod flac;
pub mod gsm;
pub mod mp3;
pub mod ogg;
pub mod opus;

use std::{
    io::{self, Read, Seek, SeekFrom},
    panic::{AssertUnwindSafe, catch_unwind},
};

use model::sound::{HeaderField, Layout, SoundFault};

use crate::{Error, limits::Limits, sniff::Kind};

/// A file that can be decoded.
pub trait Source: Read + Seek + Send + Sync {}

impl<T: Read + Seek + Send + Sync> Source for T {}

/// Why a decoder stopped.
#[derive(Debug)]
pub enum Halt {
    /// What comes next cannot be decoded.
    Damaged,
    Error(Error),
}

impl<T: Into<Error>> From<T> for Halt {
    fn from(error: T) -> Self {
        Self::Error(error.into())
    }
}

impl Halt {
    /// With damage placed `frames` frames into the sound.
    fn after(self, frames: u64, rate: u32) -> Error {
        match self {
            Self::Damaged => damaged(frames, rate).into(),
            Self::Error(error) => error,
        }
    }
}

/// Damage that far into the sound.
fn damaged(frames: u64, rate: u32) -> SoundFault {
    SoundFault::Damaged {
        at_ms: frames.saturating_mul(1000) / u64::from(rate.max(1)),
    }
}

/// One of the decoders.
pub trait Decode {
    /// Puts the next samples, interleaved, in place of those given: none at the end of the sound.
    fn next(&mut self, samples: &mut Vec<i16>) -> Result<(), Halt>;
}

/// A file about to be decoded.
pub struct Decoding<'a> {
    pub layout: Layout,
    decoder: Box<dyn Decode + 'a>,
}

/// Reads what there is to know before decoding. Of a WAV file, only GSM is decoded: `wav` is where it lies.
pub fn open<'a>(
    kind: Kind,
    wav: Option<Layout>,
    file: &'a mut impl Source,
    limits: &Limits,
) -> Result<Decoding<'a>, Error> {
    let bytes = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let decoding = fenced(move || match kind {
        Kind::Wav => gsm::open_wav(wav.ok_or(SoundFault::NotSound)?, file),
        Kind::Gsm => gsm::open_raw(file, bytes),
        Kind::Mpeg => mp3::open(file, bytes),
        Kind::Ogg => opus::open(file),
        Kind::Flac => flac::open(file, bytes, limits),
    });
    let decoding = decoding.map_err(|halt| halt.after(0, 1))?;
    limits.check((&decoding.layout).into(), bytes)?;
    Ok(decoding)
}

impl Decoding<'_> {
    /// Decodes all of it and gives it to `sink` in pieces, as 16-bit little-endian samples.
    ///
    /// # Errors
    /// A fault of the sound, or what `sink` or the file failed with.
    pub fn run(mut self, mut sink: impl FnMut(&[u8]) -> io::Result<()>) -> Result<(), Error> {
        let Layout {
            channels, rate, frames, ..
        } = self.layout;
        let (mut samples, mut bytes) = (Vec::new(), Vec::new());
        let mut done = 0;
        loop {
            let next = fenced(|| self.decoder.next(&mut samples));
            next.map_err(|halt| halt.after(done, rate))?;
            if samples.is_empty() {
                break;
            }
            done += (samples.len() / usize::from(channels.max(1))) as u64;
            if done > frames {
                return Err(SoundFault::LyingHeader {
                    field: HeaderField::Frames,
                }
                .into());
            }
            bytes.clear();
            bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
            sink(&bytes)?;
        }
        if done < frames {
            return Err(SoundFault::Truncated {
                declared: frames,
                found: done,
            }
            .into());
        }
        Ok(())
    }
}

/// Runs code that may panic over hostile bytes.
fn fenced<T>(decode: impl FnOnce() -> Result<T, Halt>) -> Result<T, Halt> {
    // Whatever a panic leaves half done is dropped unseen: the caller only passes the error on.
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or(Err(Halt::Damaged))
}

/// Leaves out what an encoder added before and after the sound.
struct Trim {
    channels: usize,
    skip: u64,
    keep: u64,
}

impl Trim {
    fn apply(&mut self, samples: &mut Vec<i16>) {
        let frames = (samples.len() / self.channels) as u64;
        let skip = self.skip.min(frames);
        let keep = self.keep.min(frames - skip);
        self.skip -= skip;
        self.keep -= keep;
        let at = |frame: u64| {
            usize::try_from(frame)
                .unwrap_or(usize::MAX)
                .saturating_mul(self.channels)
        };
        samples.truncate(at(skip + keep));
        samples.drain(..at(skip).min(samples.len()));
    }

    const fn done(&self) -> bool {
        self.keep == 0
    }
}

#[cfg(test)]
mod tests {
    use model::sound::{Codec, Container};

    use super::*;

    struct Test<F>(F);

    impl<F: FnMut() -> Result<Vec<i16>, Halt>> Decode for Test<F> {
        fn next(&mut self, samples: &mut Vec<i16>) -> Result<(), Halt> {
            *samples = (self.0)()?;
            Ok(())
        }
    }

    fn run(frames: u64, next: impl FnMut() -> Result<Vec<i16>, Halt>) -> Result<Vec<u8>, Error> {
        let layout = Layout {
            codec: Codec::Mp3,
            container: Container::Mpeg,
            channels: 1,
            rate: 8000,
            frames,
            data_start: 0,
            data_len: 0,
        };
        let mut all = vec![];
        Decoding {
            layout,
            decoder: Box::new(Test(next)),
        }
        .run(|bytes| {
            all.extend(bytes);
            Ok(())
        })?;
        Ok(all)
    }

    #[test]
    fn a_panic_is_damage_at_its_place() {
        let mut left = 3;
        let fault = run(1000, || {
            left -= 1;
            if left == 0 {
                panic!("as decoders do")
            } else {
                Ok(vec![0; 400])
            }
        });
        assert_eq!(fault.unwrap_err().fault(), Some(SoundFault::Damaged { at_ms: 100 }));
    }

    #[test]
    fn length_is_held_against_what_comes() {
        let mut pieces = vec![vec![1, -2], vec![3]];
        assert_eq!(
            run(3, || Ok(pieces.pop().unwrap_or_default())).unwrap(),
            [3, 0, 1, 0, 254, 255]
        );
        let fault = run(9, || Ok(vec![0; 4])).unwrap_err().fault();
        assert_eq!(
            fault,
            Some(SoundFault::LyingHeader {
                field: HeaderField::Frames
            })
        );
        let fault = run(9, || Ok(vec![])).unwrap_err().fault();
        assert_eq!(fault, Some(SoundFault::Truncated { declared: 9, found: 0 }));
    }

    #[test]
    fn a_failing_disk_is_no_fault_of_the_sound() {
        let broken = || Err(io::Error::from(io::ErrorKind::PermissionDenied).into());
        assert!(matches!(run(9, broken), Err(Error::Io(_))));
    }

    #[test]
    fn trimming_reaches_over_pieces() {
        let mut trim = Trim {
            channels: 2,
            skip: 3,
            keep: 2,
        };
        let kept: Vec<_> = [vec![1, 1, 2, 2], vec![3, 3, 4, 4, 5, 5, 6, 6], vec![7, 7]]
            .into_iter()
            .map(|mut samples| {
                trim.apply(&mut samples);
                samples
            })
            .collect();
        assert_eq!(kept, [vec![], vec![4, 4, 5, 5], vec![]]);
        assert!(trim.done());
    }
}
