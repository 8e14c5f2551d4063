//! Why a sound was refused.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a sound is not taken. A code with parameters: the words come from the locale files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum SoundFault {
    /// Nothing in it is known as sound.
    NotSound,
    /// Sound of a format that is not taken.
    Format { format: Format },
    /// A WAV file with a codec that is not taken; `tag` is its `wFormatTag`.
    UnknownCodec { tag: u16 },
    /// An Ogg file with something else than one Opus stream in it.
    NotOpus,
    /// MPEG audio, but not layer III.
    MpegLayer { layer: u8 },
    /// Linear samples of another size than 8 or 16 bits.
    Bits { bits: u16 },
    /// Neither mono nor stereo.
    Channels { n: u16 },
    /// Outside 8 to 48 kHz.
    Rate { hz: u32 },
    /// A WAV file without a necessary part, or with the sound before its description.
    MissingChunk { chunk: Chunk },
    /// The header says something that cannot be true.
    LyingHeader { field: HeaderField },
    /// Ends before it says it does: `found` of `declared`, in bytes of the file, or in frames of the sound where the
    /// format counts those.
    Truncated { declared: u64, found: u64 },
    /// The recorder never filled in the length or wrote the end mark: it was cut off while it recorded.
    Unfinished,
    /// The sound is not a whole number of blocks: `bytes` are left over of a block of `block` bytes.
    Ragged { bytes: u32, block: u32 },
    /// This many bytes follow the end of the sound, and they are no known tag.
    Trailing { bytes: u64 },
    /// No sound in it.
    Empty,
    /// Longer than what is taken.
    TooLong { limit_seconds: u64 },
    /// The file, or the sound once it is decoded, is larger than what is taken.
    TooLarge { limit_bytes: u64 },
    /// Grows when decoded by more than sound does: a bomb.
    Inflation { limit: u32 },
    /// Cannot be decoded from about here on, in milliseconds of the sound.
    Damaged { at_ms: u64 },
}

impl SoundFault {
    /// The code alone: the key of its sentence in the locale files, the same as in its JSON.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotSound => "not_sound",
            Self::Format { .. } => "format",
            Self::UnknownCodec { .. } => "unknown_codec",
            Self::NotOpus => "not_opus",
            Self::MpegLayer { .. } => "mpeg_layer",
            Self::Bits { .. } => "bits",
            Self::Channels { .. } => "channels",
            Self::Rate { .. } => "rate",
            Self::MissingChunk { .. } => "missing_chunk",
            Self::LyingHeader { .. } => "lying_header",
            Self::Truncated { .. } => "truncated",
            Self::Unfinished => "unfinished",
            Self::Ragged { .. } => "ragged",
            Self::Trailing { .. } => "trailing",
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::TooLarge { .. } => "too_large",
            Self::Inflation { .. } => "inflation",
            Self::Damaged { .. } => "damaged",
        }
    }
}

impl fmt::Display for SoundFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A known sound format that is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Aac,
    Aiff,
    Amr,
    Asf,
    Au,
    Matroska,
    Mp4,
    Rf64,
}

/// A necessary part of a WAV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chunk {
    Format,
    Data,
}

/// What a header was wrong about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderField {
    /// The size of the whole WAV file.
    RiffSize,
    /// The size of a part of a WAV file.
    ChunkSize,
    /// A part of a WAV file of which there may be one only.
    Repeated,
    BitsPerSample,
    BlockAlign,
    /// The identification of an Opus stream (RFC 7845 part 5).
    OpusHead,
    /// A position in an Ogg stream (RFC 7845 part 4).
    Granule,
    /// The tag before MPEG audio.
    Id3,
    /// The description of a FLAC stream (RFC 9639 part 8.2).
    StreamInfo,
    /// The length of the sound in frames.
    Frames,
}
