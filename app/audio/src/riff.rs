//! A WAV file read as it flows by: where the sound lies in it, and whether its header tells the truth.
//!
//! RIFF and its chunks as in "Multimedia Programming Interface and Data Specifications 1.0" (1991), with
//! `WAVE_FORMAT_EXTENSIBLE`. Chunks that say nothing of the sound are passed over wherever they stand.

mod description;

use model::sound::{Chunk, Codec, Container, HeaderField, Layout, SoundFault};

use crate::limits::{Extent, Limits};
use description::{Description, u32_at};

/// Bytes that may follow the end of the file as its header gives it: what some writers add to fill a block.
const TAIL: u64 = 512;
/// Bytes that may be missing after the sound: some writers count the eight bytes of the first header twice, or leave
/// out the byte that makes the last chunk even.
const SLACK: u64 = 8;
/// What a length says that was never filled in.
const OPEN: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
enum Step {
    Head,
    ChunkHead,
    /// The description: bytes to gather, and bytes to pass over after them.
    Format(usize, u64),
    Skip(u64),
    /// Bytes of the sound still to come, and whether a byte follows to make it even.
    Sound(u64, bool),
    Tail,
}

/// The state between two pieces of a WAV file.
#[derive(Debug)]
pub struct Riff {
    limits: Limits,
    /// Bytes seen, and where the header says the file ends.
    at: u64,
    end: u64,
    step: Step,
    held: ([u8; 40], usize),
    description: Option<Description>,
    layout: Option<Layout>,
    /// A data chunk without data was seen.
    empty: bool,
}

impl Riff {
    pub const fn new(limits: Limits) -> Self {
        Self {
            limits,
            at: 0,
            end: 0,
            step: Step::Head,
            held: ([0; 40], 0),
            description: None,
            layout: None,
            empty: false,
        }
    }

    /// The next bytes of the file. The sound in them goes on to `sound`.
    ///
    /// # Errors
    /// What is wrong with the header, as soon as it is seen.
    pub fn push(&mut self, mut bytes: &[u8], mut sound: impl FnMut(&Layout, &[u8])) -> Result<(), SoundFault> {
        while !bytes.is_empty() {
            let before = bytes.len();
            match self.step {
                Step::Head => {
                    if let Some(held) = self.gather::<12>(&mut bytes) {
                        self.head(&held)?;
                    }
                }
                Step::ChunkHead => {
                    if let Some(held) = self.gather::<8>(&mut bytes) {
                        let after = self.at + (before - bytes.len()) as u64;
                        self.chunk(held, after)?;
                    }
                }
                Step::Format(want, rest) => {
                    if self.fill(&mut bytes, want) {
                        self.description = Some(Description::parse(&self.held.0[..want])?);
                        self.step = Step::Skip(rest);
                    }
                }
                Step::Skip(left) => {
                    self.step = match left - take(&mut bytes, left).len() as u64 {
                        0 => Step::ChunkHead,
                        left => Step::Skip(left),
                    };
                }
                Step::Sound(left, odd) => {
                    let now = take(&mut bytes, left);
                    if let Some(layout) = &self.layout {
                        sound(layout, now);
                    }
                    self.step = match left - now.len() as u64 {
                        0 => Step::Skip(odd.into()),
                        left => Step::Sound(left, odd),
                    };
                }
                Step::Tail => bytes = &[],
            }
            self.at += (before - bytes.len()) as u64;
            self.settle();
        }
        Ok(())
    }

    /// Steps that need no byte to be done.
    fn settle(&mut self) {
        if let Step::Skip(0) = self.step {
            self.step = Step::ChunkHead;
        }
        if matches!(self.step, Step::ChunkHead) && self.held.1 == 0 && self.at >= self.end {
            self.step = Step::Tail;
        }
    }

    /// Whether `want` bytes are held, after as many of `bytes` as that takes.
    fn fill(&mut self, bytes: &mut &[u8], want: usize) -> bool {
        let (held, have) = &mut self.held;
        let now = take(bytes, (want - *have) as u64);
        held[*have..*have + now.len()].copy_from_slice(now);
        *have = (*have + now.len()) % want;
        *have == 0
    }

    fn gather<const N: usize>(&mut self, bytes: &mut &[u8]) -> Option<[u8; N]> {
        if self.fill(bytes, N) {
            self.held.0.first_chunk().copied()
        } else {
            None
        }
    }

    fn head(&mut self, held: &[u8; 12]) -> Result<(), SoundFault> {
        if !is_wav(held) {
            return Err(SoundFault::NotSound);
        }
        let size = u32_at(held, 4);
        if size == OPEN || size == 0 {
            return Err(SoundFault::Unfinished);
        }
        if size < 4 {
            return Err(SoundFault::LyingHeader {
                field: HeaderField::RiffSize,
            });
        }
        self.end = u64::from(size) + 8;
        self.step = Step::ChunkHead;
        Ok(())
    }

    /// The header of a chunk whose body begins at `start`.
    fn chunk(&mut self, held: [u8; 8], start: u64) -> Result<(), SoundFault> {
        let size = u32_at(&held, 4);
        let odd = !size.is_multiple_of(2);
        let padded = u64::from(size) + u64::from(odd);
        let data = held.starts_with(b"data");
        if data && size == OPEN {
            return Err(SoundFault::Unfinished);
        }
        if start + u64::from(size) > self.end {
            return Err(SoundFault::LyingHeader {
                field: HeaderField::ChunkSize,
            });
        }
        if held.starts_with(b"fmt ") {
            if self.description.is_some() {
                return Err(SoundFault::LyingHeader {
                    field: HeaderField::Repeated,
                });
            }
            if size < 16 {
                return Err(SoundFault::LyingHeader {
                    field: HeaderField::ChunkSize,
                });
            }
            let want = usize::try_from(size).unwrap_or(usize::MAX).min(self.held.0.len());
            self.step = Step::Format(want, padded - want as u64);
        } else if data {
            let wave = self
                .description
                .ok_or(SoundFault::MissingChunk { chunk: Chunk::Format })?;
            if self.layout.is_some() || self.empty {
                return Err(SoundFault::LyingHeader {
                    field: HeaderField::Repeated,
                });
            }
            if size == 0 {
                self.empty = true;
                self.step = Step::Skip(0);
            } else {
                self.layout = Some(self.located(wave, size, start)?);
                self.step = Step::Sound(size.into(), odd);
            }
        } else {
            self.step = Step::Skip(padded);
        }
        Ok(())
    }

    fn located(&self, wave: Description, size: u32, start: u64) -> Result<Layout, SoundFault> {
        let (block, frames) = wave.block;
        // Some writers of GSM count the byte that makes the chunk even as sound.
        let spare = u32::from(wave.codec == Codec::Gsm && size.is_multiple_of(2) && size % block == 1);
        let bytes = size % block - spare;
        if bytes != 0 {
            return Err(SoundFault::Ragged { bytes, block });
        }
        let frames = u64::from(size / block) * u64::from(frames);
        let extent = Extent::new(wave.channels, wave.rate, frames)?;
        self.limits.check(extent, u64::MAX)?;
        Ok(Layout {
            codec: wave.codec,
            container: Container::Wav,
            channels: extent.channels,
            rate: extent.rate,
            frames,
            data_start: start,
            data_len: u64::from(size - spare),
        })
    }

    /// Where the sound lies, once the whole file has been seen.
    ///
    /// # Errors
    /// What only the end of the file shows: cut off, never finished, too much after the sound.
    pub fn finish(self) -> Result<Layout, SoundFault> {
        let cut = SoundFault::Truncated {
            declared: self.end.max(self.at + 1),
            found: self.at,
        };
        let trailing = self.at.saturating_sub(self.end);
        if self.empty {
            return Err(if trailing > TAIL {
                SoundFault::Unfinished
            } else {
                SoundFault::Empty
            });
        }
        let missing = self.end.saturating_sub(self.at);
        match (self.layout, self.step) {
            (_, Step::Head | Step::Sound(..)) => Err(cut),
            (None, _) if missing > 0 => Err(cut),
            (None, _) if self.description.is_none() => Err(SoundFault::MissingChunk { chunk: Chunk::Format }),
            (None, _) => Err(SoundFault::MissingChunk { chunk: Chunk::Data }),
            (Some(_), _) if missing > SLACK => Err(cut),
            (Some(_), _) if trailing > TAIL => Err(SoundFault::Trailing { bytes: trailing }),
            (Some(layout), _) => Ok(layout),
        }
    }
}

/// Whether these are the first twelve bytes of a WAV file.
pub fn is_wav(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE")
}

/// Splits off as many bytes as there are, at most `most`.
fn take<'a>(bytes: &mut &'a [u8], most: u64) -> &'a [u8] {
    let (now, later) = bytes.split_at(usize::try_from(most).unwrap_or(usize::MAX).min(bytes.len()));
    *bytes = later;
    now
}

#[cfg(test)]
mod tests;
