//! What is known of a sound: how it is coded, how long it is, what its waveform looks like, or why it was refused.
//!
//! Sound itself never comes here: the package `audio` reads it and speaks of it in these words.

mod fault;
mod overview;
mod talk;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use fault::{Chunk, Format, HeaderField, SoundFault};
pub use overview::{BadOverview, Bucket, Overview};
pub use talk::Talk;

/// How samples are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Codec {
    /// Linear, 8 bits, unsigned as in WAV.
    Pcm8,
    /// Linear, 16 bits, little-endian.
    Pcm16,
    /// ITU-T G.711 A-law.
    Alaw,
    /// ITU-T G.711 mu-law.
    Mulaw,
    /// GSM 06.10 full rate (ETSI EN 300 961).
    Gsm,
    /// MPEG-1, -2 or -2.5 audio, layer III.
    Mp3,
    /// RFC 6716.
    Opus,
    /// RFC 9639.
    Flac,
}

impl Codec {
    pub const ALL: [Self; 8] = [
        Self::Pcm8,
        Self::Pcm16,
        Self::Alaw,
        Self::Mulaw,
        Self::Gsm,
        Self::Mp3,
        Self::Opus,
        Self::Flac,
    ];

    /// The name under which the database knows it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pcm8 => "pcm8",
            Self::Pcm16 => "pcm16",
            Self::Alaw => "alaw",
            Self::Mulaw => "mulaw",
            Self::Gsm => "gsm",
            Self::Mp3 => "mp3",
            Self::Opus => "opus",
            Self::Flac => "flac",
        }
    }

    /// Bytes of one sample where a sample can be found and decoded on its own; `None` where the
    /// sound must be decoded from its beginning.
    #[must_use]
    pub const fn sample_bytes(self) -> Option<u8> {
        match self {
            Self::Pcm8 | Self::Alaw | Self::Mulaw => Some(1),
            Self::Pcm16 => Some(2),
            Self::Gsm | Self::Mp3 | Self::Opus | Self::Flac => None,
        }
    }
}

/// What the samples lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    Wav,
    /// Nothing around it.
    Raw,
    Mpeg,
    Ogg,
    Flac,
}

impl Container {
    pub const ALL: [Self; 5] = [Self::Wav, Self::Raw, Self::Mpeg, Self::Ogg, Self::Flac];

    /// The name under which the database knows it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Raw => "raw",
            Self::Mpeg => "mpeg",
            Self::Ogg => "ogg",
            Self::Flac => "flac",
        }
    }
}

/// A name in the database that no codec or container bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownName;

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown codec or container")
    }
}

impl std::error::Error for UnknownName {}

impl FromStr for Codec {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|codec| codec.as_str() == name)
            .ok_or(UnknownName)
    }
}

impl FromStr for Container {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|container| container.as_str() == name)
            .ok_or(UnknownName)
    }
}

/// Where the samples of a file lie and what they are. A frame is one sample of each channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    pub codec: Codec,
    pub container: Container,
    /// 1 or 2.
    pub channels: u8,
    /// Frames in a second, 8 000 to 48 000.
    pub rate: u32,
    /// Length of the sound as it is heard (an encoder's padding taken away).
    pub frames: u64,
    /// First byte of the sound in the file.
    pub data_start: u64,
    /// Bytes of the sound in the file.
    pub data_len: u64,
}

impl Layout {
    /// Length in milliseconds, rounded to the nearest.
    #[must_use]
    pub fn duration_ms(&self) -> u64 {
        let rate = u64::from(self.rate.max(1));
        (self.frames.saturating_mul(1000).saturating_add(rate / 2)) / rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_what_they_named() {
        for codec in Codec::ALL {
            assert_eq!(codec.as_str().parse(), Ok(codec));
        }
        for container in Container::ALL {
            assert_eq!(container.as_str().parse(), Ok(container));
        }
        assert_eq!("PCM16".parse::<Codec>(), Err(UnknownName));
    }

    #[test]
    fn the_length_is_rounded_to_the_nearest_millisecond() {
        let layout = |rate, frames| Layout {
            codec: Codec::Alaw,
            container: Container::Wav,
            channels: 1,
            rate,
            frames,
            data_start: 44,
            data_len: frames,
        };
        assert_eq!(layout(8000, 8000).duration_ms(), 1000);
        assert_eq!(layout(8000, 8003).duration_ms(), 1000);
        assert_eq!(layout(8000, 8004).duration_ms(), 1001);
        assert_eq!(layout(0, u64::MAX).duration_ms(), u64::MAX);
    }
}
