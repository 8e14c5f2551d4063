//! FLAC (RFC 9639), found and decoded by symphonia.
//!
//! Only the description of the stream is given to it, not the tags and pictures beside it, which it would all keep in
//! memory. The frames must follow one another without a gap, up to the end of the file; the MD5 of the sound must hold.

use std::{
    io::{self, Read, Seek, SeekFrom},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use model::sound::{Codec, Container, HeaderField, Layout, SoundFault};
use symphonia::{
    core::{
        codecs::audio::{AudioDecoder, AudioDecoderOptions},
        errors::Error as Failure,
        formats::{FormatOptions, FormatReader},
        io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions},
    },
    default::{codecs::FlacDecoder, formats::FlacReader},
};

use super::{Decode, Decoding, Halt, Source};
use crate::limits::{Extent, Limits};

/// Bytes that may be read without a frame being found: two of the largest there are.
const LEASH: u64 = 2 * (16 << 20);
/// Bytes that may follow the last frame: an `ID3v1` tag, or what fills a block.
const TAIL: u64 = 512;

/// Reads the description, and counts the frames if it does not give their number.
pub fn open<'a>(file: &'a mut impl Source, bytes: u64, limits: &Limits) -> Result<Decoding<'a>, Halt> {
    let info = StreamInfo::find(file)?;
    let data_len = bytes.checked_sub(info.end).filter(|&len| len > 0);
    let data_len = data_len.ok_or(SoundFault::Truncated {
        declared: info.end + 1,
        found: bytes,
    })?;
    let frames = match info.frames {
        0 => count(&info, file, bytes, limits)?,
        frames => frames,
    };
    let extent = Extent::new(info.channels, info.rate, frames)?;
    let layout = Layout {
        codec: Codec::Flac,
        container: Container::Flac,
        channels: extent.channels,
        rate: extent.rate,
        frames,
        data_start: info.end,
        data_len,
    };
    Ok(Decoding {
        layout,
        decoder: Box::new(Flac::new(&info, file, bytes)?),
    })
}

fn count(info: &StreamInfo, file: &mut impl Source, bytes: u64, limits: &Limits) -> Result<u64, Halt> {
    let mut decoder = Flac::new(info, file, bytes)?;
    let mut samples = Vec::new();
    loop {
        let next = decoder.next(&mut samples);
        next.map_err(|halt| halt.after(decoder.done, info.rate))?;
        if samples.is_empty() {
            return Ok(decoder.done);
        }
        limits.check(Extent::new(info.channels, info.rate, decoder.done)?, bytes)?;
    }
}

/// The description of a stream (RFC 9639, 8.2).
struct StreamInfo {
    block: [u8; 34],
    channels: u16,
    rate: u32,
    /// 0 where the encoder did not know.
    frames: u64,
    /// Where the first frame begins.
    end: u64,
}

impl StreamInfo {
    /// Passes over all other metadata.
    fn find(file: &mut impl Source) -> Result<Self, Halt> {
        let lie = SoundFault::LyingHeader {
            field: HeaderField::StreamInfo,
        };
        let mut head = [0; 8];
        read(file, &mut head)?;
        let [_, _, _, _, kind, length @ ..] = head;
        if kind & 0x7f != 0 || length != [0, 0, 34] {
            return Err(lie.into());
        }
        let mut block = [0; 34];
        read(file, &mut block)?;
        let mut last = kind >> 7 == 1;
        while !last {
            let mut head = [0; 4];
            read(file, &mut head)?;
            let [kind, length @ ..] = head;
            last = kind >> 7 == 1;
            let length = length.iter().fold(0, |length, &byte| length << 8 | i64::from(byte));
            file.seek_relative(length)?;
        }
        let packed = block[10..].first_chunk().map_or(0, |&b| u64::from_be_bytes(b));
        Ok(Self {
            block,
            rate: u32::try_from(packed >> 44).unwrap_or(0),
            channels: u16::try_from(packed >> 41 & 7).unwrap_or(0) + 1,
            frames: packed & 0xf_ffff_ffff,
            end: file.stream_position()?,
        })
    }
}

fn read(file: &mut impl Source, room: &mut [u8]) -> Result<(), Halt> {
    match file.read_exact(room) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            let found = file.stream_position()?;
            Err(SoundFault::Truncated {
                declared: found + 1,
                found,
            }
            .into())
        }
        read => Ok(read?),
    }
}

struct Flac<'a> {
    reader: FlacReader<'a>,
    decoder: FlacDecoder,
    leash: Arc<AtomicU64>,
    /// Frames the description tells of, 0 if it does not, and frames decoded.
    declared: u64,
    done: u64,
    /// Bytes of the file of which no frame has been made yet.
    left: u64,
}

impl<'a> Flac<'a> {
    fn new(info: &StreamInfo, file: &'a mut impl Source, bytes: u64) -> Result<Self, Halt> {
        let lie = SoundFault::LyingHeader {
            field: HeaderField::StreamInfo,
        };
        file.seek(SeekFrom::Start(info.end.min(bytes)))?;
        let mut head = b"fLaC\x80\0\0\x22".to_vec();
        head.extend(info.block);
        let leash = Arc::new(AtomicU64::new(LEASH));
        let stream = Stream {
            head: io::Cursor::new(head),
            file,
            leash: Arc::clone(&leash),
        };
        let stream = MediaSourceStream::new(Box::new(stream), MediaSourceStreamOptions::default());
        let reader = match FlacReader::try_new(stream, FormatOptions::default()) {
            Ok(reader) => reader,
            Err(Failure::IoError(error)) => {
                let none = SoundFault::Truncated {
                    declared: info.frames.max(1),
                    found: 0,
                };
                return Err(halt(error, &leash).unwrap_or(none.into()));
            }
            Err(_) => return Err(lie.into()),
        };
        let parameters = reader
            .tracks()
            .first()
            .and_then(|track| track.codec_params.as_ref()?.audio());
        let options = AudioDecoderOptions::default().verify(true);
        let decoder = parameters.map(|parameters| FlacDecoder::try_new(parameters, &options));
        let Some(Ok(decoder)) = decoder else {
            return Err(lie.into());
        };
        let left = bytes.saturating_sub(info.end);
        Ok(Self {
            reader,
            decoder,
            leash,
            declared: info.frames,
            done: 0,
            left,
        })
    }

    /// What only the end shows: frames missing, too much after them, or another sound than was encoded.
    fn end(&mut self) -> Result<(), Halt> {
        if self.done < self.declared {
            return Err(SoundFault::Truncated {
                declared: self.declared,
                found: self.done,
            }
            .into());
        }
        if self.left > 0 && self.declared == 0 {
            return Err(Halt::Damaged);
        }
        if self.left > TAIL {
            return Err(SoundFault::Trailing { bytes: self.left }.into());
        }
        match self.decoder.finalize().verify_ok {
            Some(false) => Err(Halt::Damaged),
            _ => Ok(()),
        }
    }
}

/// Why reading failed; `None` at the end of the file.
fn halt(error: io::Error, leash: &AtomicU64) -> Option<Halt> {
    if leash.load(Ordering::Relaxed) == 0 {
        Some(Halt::Damaged)
    } else if error.kind() == io::ErrorKind::UnexpectedEof {
        None
    } else {
        Some(error.into())
    }
}

impl Decode for Flac<'_> {
    fn next(&mut self, samples: &mut Vec<i16>) -> Result<(), Halt> {
        samples.clear();
        while samples.is_empty() {
            self.leash.store(LEASH, Ordering::Relaxed);
            let packet = match self.reader.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => return self.end(),
                Err(Failure::IoError(error)) => return halt(error, &self.leash).map_or_else(|| self.end(), Err),
                Err(_) => return Err(Halt::Damaged),
            };
            if u64::try_from(packet.pts.get()) != Ok(self.done) {
                return Err(Halt::Damaged);
            }
            self.left = self.left.saturating_sub(packet.data.len() as u64);
            let sound = self.decoder.decode(&packet).map_err(|_| Halt::Damaged)?;
            self.done += sound.frames() as u64;
            sound.copy_to_vec_interleaved(samples);
        }
        Ok(())
    }
}

/// The file as symphonia shall see it: the description, then the frames.
struct Stream<F> {
    head: io::Cursor<Vec<u8>>,
    file: F,
    leash: Arc<AtomicU64>,
}

impl<F: Read> Read for Stream<F> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let left = self.leash.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let bytes = match self.head.read(room)? {
            0 => self.file.read(room)?,
            bytes => bytes,
        };
        self.leash.store(left.saturating_sub(bytes as u64), Ordering::Relaxed);
        Ok(bytes)
    }
}

impl<F> Seek for Stream<F> {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl<F: Read + Send + Sync> MediaSource for Stream<F> {
    fn is_seekable(&self) -> bool {
        false
    }

    fn byte_len(&self) -> Option<u64> {
        None
    }
}
