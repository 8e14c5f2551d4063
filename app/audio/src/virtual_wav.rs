//! A sound as every browser plays it, without storing it a second time: a PCM16 WAV file of which any range of bytes is
//! made, on request, from the bytes of the original.

use std::ops::Range;

use model::sound::{Codec, Layout};

use crate::g711;

/// Bytes before the samples.
const HEAD: u64 = 44;
/// Bytes of a sample.
const SAMPLE: u64 = 2;

/// The two bytes of the sample of each code.
type Table = [[u8; 2]; 256];

static ALAW: Table = little_endian(&g711::ALAW);
static MULAW: Table = little_endian(&g711::MULAW);
static PCM8: Table = {
    let mut table = [[0; 2]; 256];
    let mut code = 0_u8;
    loop {
        table[code as usize] = [0, code ^ 0x80];
        if code == 255 {
            break table;
        }
        code += 1;
    }
};

const fn little_endian(samples: &[i16; 256]) -> Table {
    let mut table = [[0; 2]; 256];
    let mut code = 0;
    while code < 256 {
        table[code] = samples[code].to_le_bytes();
        code += 1;
    }
    table
}

/// A WAV file that is not stored.
#[derive(Debug, Clone, Copy)]
pub struct VirtualWav {
    pub(crate) layout: Layout,
    /// `None` where the original has the very bytes.
    table: Option<&'static Table>,
    samples: u64,
}

/// The source bytes are not those of the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{found} bytes of the original where {wanted} were needed")]
pub struct WrongLength {
    pub wanted: u64,
    pub found: u64,
}

impl VirtualWav {
    /// Over a sound whose samples stand on their own; `None` over one that must be decoded from its beginning.
    #[must_use]
    pub fn new(layout: &Layout) -> Option<Self> {
        let table = match layout.codec {
            Codec::Alaw => Some(&ALAW),
            Codec::Mulaw => Some(&MULAW),
            Codec::Pcm8 => Some(&PCM8),
            Codec::Pcm16 => None,
            Codec::Gsm | Codec::Mp3 | Codec::Opus | Codec::Flac => return None,
        };
        let samples = layout.frames.saturating_mul(layout.channels.into());
        Some(Self {
            layout: *layout,
            table,
            samples: samples.min((u64::from(u32::MAX) - HEAD) / SAMPLE),
        })
    }

    /// The sound it is made of.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// Bytes of the whole.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        HEAD + self.samples * SAMPLE
    }

    /// The header: RIFF, `fmt ` and the beginning of `data`.
    #[must_use]
    pub fn header(&self) -> [u8; 44] {
        wav_header(self.layout.channels, self.layout.rate, self.samples)
    }

    /// The bytes of the original that a range of the whole is made of. What lies outside the whole is left out.
    #[must_use]
    pub fn source(&self, range: &Range<u64>) -> Range<u64> {
        let [start, end] = [range.start, range.end.max(range.start)].map(|at| at.clamp(HEAD, self.bytes()) - HEAD);
        let (start, end) = match self.table {
            Some(_) if start == end => (0, 0),
            Some(_) => (start / SAMPLE, end.div_ceil(SAMPLE)),
            None => (start, end),
        };
        self.layout.data_start + start..self.layout.data_start + end
    }

    /// Whether the bytes of a range are those of the original, which then need not be copied once more.
    #[must_use]
    pub const fn is_original(&self, range: &Range<u64>) -> bool {
        self.table.is_none() && range.start >= HEAD && range.end <= self.bytes()
    }

    /// Appends exactly the bytes of `range` to `out`, made of `source`, the bytes of [`Self::source`].
    ///
    /// # Errors
    /// [`WrongLength`] if the original is shorter than it was; nothing is appended then.
    pub fn render(&self, range: &Range<u64>, source: &[u8], out: &mut Vec<u8>) -> Result<(), WrongLength> {
        let wanted = self.source(range);
        let (wanted, found) = (wanted.end - wanted.start, source.len() as u64);
        if wanted != found {
            return Err(WrongLength { wanted, found });
        }
        let [start, end] = [range.start, range.end.max(range.start)].map(|at| at.min(self.bytes()));
        let header = self.header();
        let [from, to] = [start, end].map(|at| usize::try_from(at).map_or(header.len(), |at| at.min(header.len())));
        out.extend(&header[from..to]);
        let Some(table) = self.table else {
            out.extend(source);
            return Ok(());
        };
        // Samples are whole; the range may begin with the second byte of one and end with the first.
        let first = out.len();
        out.resize(first + 2 * source.len(), 0);
        let (samples, _) = out[first..].as_chunks_mut::<2>();
        for (sample, &code) in samples.iter_mut().zip(source) {
            *sample = table[usize::from(code)];
        }
        let (start, end) = (start.max(HEAD) - HEAD, end.max(HEAD) - HEAD);
        if end > start {
            if end % SAMPLE == 1 {
                out.pop();
            }
            if start % SAMPLE == 1 {
                out.remove(first);
            }
        }
        Ok(())
    }
}

/// The header of a PCM16 WAV file with so many samples, of all channels together.
#[must_use]
pub fn wav_header(channels: u8, rate: u32, samples: u64) -> [u8; 44] {
    let bytes = u32::try_from(samples * SAMPLE).unwrap_or(u32::MAX - 36);
    let align = u32::from(channels) * 2;
    let parts: [[u8; 4]; 11] = [
        *b"RIFF",
        (bytes.saturating_add(36)).to_le_bytes(),
        *b"WAVE",
        *b"fmt ",
        16_u32.to_le_bytes(),
        [1, 0, channels, 0],
        rate.to_le_bytes(),
        rate.saturating_mul(align).to_le_bytes(),
        (align | 16 << 16).to_le_bytes(),
        *b"data",
        bytes.to_le_bytes(),
    ];
    let mut header = [0; 44];
    header.copy_from_slice(parts.as_flattened());
    header
}

#[cfg(test)]
mod tests {
    use model::sound::Container;

    use super::*;

    fn wav(codec: Codec, channels: u8, frames: u64) -> VirtualWav {
        let bytes = frames * u64::from(channels) * u64::from(codec.sample_bytes().unwrap());
        VirtualWav::new(&Layout {
            codec,
            container: Container::Wav,
            channels,
            rate: 8000,
            frames,
            data_start: 58,
            data_len: bytes,
        })
        .unwrap()
    }

    #[test]
    fn every_range_is_a_piece_of_the_whole() {
        for codec in [Codec::Alaw, Codec::Mulaw, Codec::Pcm8, Codec::Pcm16] {
            let wav = wav(codec, 1, 9);
            let file: Vec<u8> = (0..80_u8).map(|i| i.wrapping_mul(29)).collect();
            let make = |range: &Range<u64>| {
                let source = wav.source(range);
                let source = usize::try_from(source.start).unwrap()..usize::try_from(source.end).unwrap();
                let mut out = vec![9];
                wav.render(range, &file[source], &mut out).unwrap();
                out.split_off(1)
            };
            let whole = make(&(0..wav.bytes()));
            assert_eq!((whole.len(), &whole[..44]), (44 + 18, &wav.header()[..]));
            for start in 0..whole.len() {
                for end in start..=whole.len() {
                    let range = start as u64..end as u64;
                    let part = make(&range);
                    assert_eq!(part, &whole[start..end], "{codec:?} {range:?}");
                    if wav.is_original(&range) {
                        let source = wav.source(&range);
                        let source = usize::try_from(source.start).unwrap()..usize::try_from(source.end).unwrap();
                        assert_eq!(part, file[source], "{codec:?} {range:?}");
                    }
                }
                assert_eq!(make(&(start as u64..u64::MAX)), &whole[start..]);
            }
            assert!(make(&(62..70)).is_empty());
        }
    }

    #[test]
    fn a_source_that_has_shrunk_is_not_padded() {
        let wav = wav(Codec::Alaw, 2, 10);
        let mut out = vec![];
        let wrong = Err(WrongLength { wanted: 20, found: 19 });
        assert_eq!(wav.render(&(0..84), &[0xd5; 19], &mut out), wrong);
        assert!(out.is_empty());
    }

    #[test]
    fn only_samples_that_stand_on_their_own() {
        let layout = wav(Codec::Alaw, 1, 1).layout;
        assert!(
            VirtualWav::new(&Layout {
                codec: Codec::Gsm,
                ..layout
            })
            .is_none()
        );
        let huge = VirtualWav::new(&Layout {
            frames: u64::MAX,
            ..layout
        })
        .unwrap();
        assert!(u32::try_from(huge.bytes()).is_ok());
    }
}
