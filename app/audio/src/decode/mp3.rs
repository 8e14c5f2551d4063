//! MPEG audio layer III: frames found here, decoded by symphonia.
//!
//! The frames are walked strictly, one after the other: that tells the exact length before anything is decoded, and a
//! file that is cut off or damaged from one that is whole. Tags around the frames are passed over.

mod header;
mod tag;

use std::io::{BufReader, ErrorKind, Read, Seek};

use model::sound::{Codec, Container, HeaderField, Layout, SoundFault};
use symphonia::{
    core::{
        codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions, well_known::CODEC_ID_MP3},
        packet::PacketRef,
        units::{Duration, Timestamp},
    },
    default::codecs::MpaDecoder,
};

use super::{Decode, Decoding, Halt, Source, Trim, damaged};
use crate::limits::Extent;
use header::Header;
pub use header::begins;
use tag::Tag;

/// Zeros that may follow the last frame.
const TAIL: usize = 512;

/// Walks the frames of a file of so many bytes.
pub fn open(file: &mut impl Source, bytes: u64) -> Result<Decoding<'_>, Halt> {
    let mut frames = Frames::new(BufReader::new(&mut *file), bytes)?;
    let data_start = frames.at;
    let mut frame = Vec::new();
    let first = frames.next(&mut frame)?.ok_or(SoundFault::NotSound)?;
    let tag = Tag::read(&frame, first);
    let mut count = u64::from(tag.is_none());
    while frames.next(&mut frame)?.is_some() {
        count += 1;
    }
    let data_len = frames.at - data_start;
    drop(frames);
    let tag = match tag {
        None => Tag::default(),
        // Some encoders count the frame the tag is in.
        Some(tag) if tag.frames.is_none_or(|n| n == count || n == count + 1) => tag,
        Some(Tag {
            bytes: Some(declared), ..
        }) if declared > data_len => {
            return Err(SoundFault::Truncated {
                declared,
                found: data_len,
            }
            .into());
        }
        Some(_) => {
            return Err(SoundFault::LyingHeader {
                field: HeaderField::Frames,
            }
            .into());
        }
    };
    let keep = (count * u64::from(first.samples)).saturating_sub(tag.delay + tag.padding);
    let extent = Extent::new(first.channels.into(), first.rate, keep)?;
    let layout = Layout {
        codec: Codec::Mp3,
        container: Container::Mpeg,
        channels: extent.channels,
        rate: extent.rate,
        frames: extent.frames,
        data_start,
        data_len,
    };

    file.rewind()?;
    let mut frames = Frames::new(BufReader::new(file), bytes)?;
    if tag.present {
        frames.next(&mut frame)?;
    }
    let mut parameters = AudioCodecParameters::new();
    parameters.for_codec(CODEC_ID_MP3);
    let decoder = MpaDecoder::try_new(&parameters, &AudioDecoderOptions::default()).map_err(|_| Halt::Damaged)?;
    let trim = Trim {
        channels: extent.channels.into(),
        skip: tag.delay,
        keep,
    };
    Ok(Decoding {
        layout,
        decoder: Box::new(Mp3 {
            frames,
            frame,
            decoder,
            sound: Vec::new(),
            trim,
        }),
    })
}

/// The frames of a file, one after the other.
struct Frames<R> {
    reader: R,
    /// Bytes of the file before the next frame, and of all of it.
    at: u64,
    bytes: u64,
    first: Option<Header>,
    count: u64,
}

impl<R: Read + Seek> Frames<BufReader<R>> {
    /// Passes over the tags before the first frame.
    fn new(reader: BufReader<R>, bytes: u64) -> Result<Self, Halt> {
        let mut frames = Self {
            reader,
            at: 0,
            bytes,
            first: None,
            count: 0,
        };
        loop {
            let head: [u8; 10] = frames.peek()?;
            let Some(length) = tag::id3_length(&head) else { break };
            if frames.at + length > bytes {
                return Err(SoundFault::LyingHeader {
                    field: HeaderField::Id3,
                }
                .into());
            }
            frames.at += length;
            frames.reader.seek_relative(length.cast_signed())?;
        }
        Ok(frames)
    }

    /// The next bytes, zeros after the end.
    fn peek<const N: usize>(&mut self) -> Result<[u8; N], Halt> {
        let mut head = [0; N];
        let mut have = 0;
        while have < N {
            match self.reader.read(&mut head[have..]) {
                Ok(0) => break,
                Ok(n) => have += n,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.reader.seek_relative(-(have as u64).cast_signed())?;
        Ok(head)
    }

    /// Whether nothing but some zeros is left.
    fn padded(&mut self) -> Result<bool, Halt> {
        let rest: [u8; TAIL] = self.peek()?;
        Ok(self.bytes - self.at <= TAIL as u64 && rest == [0; TAIL])
    }

    /// Reads the next frame; `None` after the last.
    fn next(&mut self, frame: &mut Vec<u8>) -> Result<Option<Header>, Halt> {
        let left = self.bytes - self.at;
        if left == 0 {
            return Ok(None);
        }
        let head: [u8; 12] = self.peek()?;
        let [a, b, c, d, ..] = head;
        let header = Header::parse([a, b, c, d]);
        let header = match (header, self.first) {
            (Some(header), None) => header,
            (Some(header), Some(first)) if header.continues(first) => header,
            (_, Some(_)) if tag::follows(&head) || self.padded()? => return Ok(None),
            (_, Some(first)) if self.count > 1 => {
                return Err(damaged(self.count * u64::from(first.samples), first.rate).into());
            }
            _ => {
                let layer = header::other_layer([a, b, c, d]);
                return Err(layer
                    .map_or(SoundFault::NotSound, |layer| SoundFault::MpegLayer { layer })
                    .into());
            }
        };
        let end = self.at + u64::from(header.bytes);
        if end > self.bytes {
            return Err(SoundFault::Truncated {
                declared: end,
                found: self.bytes,
            }
            .into());
        }
        frame.resize(header.bytes.into(), 0);
        self.reader.read_exact(frame)?;
        self.at = end;
        self.count += 1;
        self.first.get_or_insert(header);
        Ok(Some(header))
    }
}

struct Mp3<R> {
    frames: Frames<R>,
    frame: Vec<u8>,
    decoder: MpaDecoder,
    sound: Vec<f32>,
    trim: Trim,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast from a float saturates, as it should here"
)]
fn rounded(sample: f32) -> i16 {
    (sample * 32_768.0).round_ties_even() as i16
}

impl<R: Read + Seek> Decode for Mp3<BufReader<R>> {
    fn next(&mut self, samples: &mut Vec<i16>) -> Result<(), Halt> {
        samples.clear();
        while samples.is_empty() && !self.trim.done() && self.frames.next(&mut self.frame)?.is_some() {
            let packet = PacketRef::new(0, Timestamp::ZERO, Duration::ZERO, &self.frame);
            let sound = self.decoder.decode_ref(&packet).map_err(|_| Halt::Damaged)?;
            sound.copy_to_vec_interleaved::<f32>(&mut self.sound);
            samples.clear();
            samples.extend(self.sound.iter().map(|&sample| rounded(sample)));
            self.trim.apply(samples);
        }
        Ok(())
    }
}
