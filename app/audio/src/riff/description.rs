//! What a WAV file says of its sound: the body of its `fmt ` chunk.

use model::sound::{Codec, HeaderField, SoundFault};

use crate::limits::Extent;

const PCM: u16 = 0x0001;
const ALAW: u16 = 0x0006;
const MULAW: u16 = 0x0007;
const GSM: u16 = 0x0031;
const EXTENSIBLE: u16 = 0xfffe;
/// What follows the codec's tag in the GUID of `WAVE_FORMAT_EXTENSIBLE`.
const GUID: [u8; 14] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

/// Bytes and frames of a block of GSM 06.10 in WAV.
const GSM_BLOCK: (u32, u32) = (65, 320);

/// The description of the sound.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    pub codec: Codec,
    pub channels: u16,
    pub rate: u32,
    /// Bytes and frames of the smallest whole piece of sound.
    pub block: (u32, u32),
}

impl Description {
    /// The body of a `fmt ` chunk, 16 to 40 bytes of it.
    pub fn parse(body: &[u8]) -> Result<Self, SoundFault> {
        let mut tag = u16_at(body, 0);
        let channels = u16_at(body, 2);
        let rate = u32_at(body, 4);
        let align = u16_at(body, 12);
        let bits = u16_at(body, 14);
        if tag == EXTENSIBLE && body.get(26..40) == Some(&GUID) {
            tag = u16_at(body, 24);
        }
        let lie = |field| Err(SoundFault::LyingHeader { field });
        let codec = match (tag, bits) {
            (PCM, 8) => Codec::Pcm8,
            (PCM, 16) => Codec::Pcm16,
            (PCM, bits) => return Err(SoundFault::Bits { bits }),
            (ALAW, 8) => Codec::Alaw,
            (MULAW, 8) => Codec::Mulaw,
            (ALAW | MULAW, _) => return lie(HeaderField::BitsPerSample),
            (GSM, _) => Codec::Gsm,
            (tag, _) => return Err(SoundFault::UnknownCodec { tag }),
        };
        Extent::new(channels, rate, 1)?;
        if codec == Codec::Gsm && channels != 1 {
            return Err(SoundFault::Channels { n: channels });
        }
        let block = match codec.sample_bytes() {
            Some(bytes) => (u32::from(channels) * u32::from(bytes), 1),
            None => GSM_BLOCK,
        };
        if u32::from(align) != block.0 {
            return lie(HeaderField::BlockAlign);
        }
        Ok(Self {
            codec,
            channels,
            rate,
            block,
        })
    }
}

pub fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .map_or(0, |&b| u16::from_le_bytes(b))
}

pub fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .map_or(0, |&b| u32::from_le_bytes(b))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn fmt(tag: u16, channels: u16, rate: u32, align: u16, bits: u16) -> Vec<u8> {
        let mut body = tag.to_le_bytes().to_vec();
        body.extend(channels.to_le_bytes());
        body.extend(rate.to_le_bytes());
        body.extend((rate * u32::from(align)).to_le_bytes());
        body.extend(align.to_le_bytes());
        body.extend(bits.to_le_bytes());
        body
    }

    fn extensible(tag: u16, guid: [u8; 14]) -> Vec<u8> {
        let mut body = fmt(EXTENSIBLE, 2, 16_000, 4, 16);
        body.extend([22, 0, 16, 0, 3, 0, 0, 0]);
        body.extend(tag.to_le_bytes());
        body.extend(guid);
        body
    }

    #[test]
    fn what_is_taken() {
        for (body, codec, channels, block) in [
            (fmt(PCM, 1, 8000, 1, 8), Codec::Pcm8, 1, (1, 1)),
            (fmt(PCM, 2, 8000, 4, 16), Codec::Pcm16, 2, (4, 1)),
            (fmt(ALAW, 2, 8000, 2, 8), Codec::Alaw, 2, (2, 1)),
            (fmt(MULAW, 1, 48_000, 1, 8), Codec::Mulaw, 1, (1, 1)),
            (fmt(GSM, 1, 8000, 65, 0), Codec::Gsm, 1, (65, 320)),
            (extensible(PCM, GUID), Codec::Pcm16, 2, (4, 1)),
        ] {
            let told = Description::parse(&body).unwrap();
            assert_eq!((told.codec, told.channels, told.block), (codec, channels, block));
        }
    }

    #[test]
    fn what_is_not_taken_has_its_own_fault() {
        let lie = |field| SoundFault::LyingHeader { field };
        for (body, fault) in [
            (fmt(3, 1, 8000, 4, 32), SoundFault::UnknownCodec { tag: 3 }),
            (fmt(0x11, 1, 8000, 256, 4), SoundFault::UnknownCodec { tag: 0x11 }),
            (extensible(3, GUID), SoundFault::UnknownCodec { tag: 3 }),
            (extensible(PCM, [1; 14]), SoundFault::UnknownCodec { tag: EXTENSIBLE }),
            (
                fmt(EXTENSIBLE, 1, 8000, 2, 16),
                SoundFault::UnknownCodec { tag: EXTENSIBLE },
            ),
            (fmt(PCM, 1, 8000, 3, 24), SoundFault::Bits { bits: 24 }),
            (fmt(PCM, 0, 8000, 0, 16), SoundFault::Channels { n: 0 }),
            (fmt(PCM, 6, 8000, 12, 16), SoundFault::Channels { n: 6 }),
            (fmt(GSM, 2, 8000, 65, 0), SoundFault::Channels { n: 2 }),
            (fmt(PCM, 1, 0, 2, 16), SoundFault::Rate { hz: 0 }),
            (fmt(PCM, 1, 96_000, 2, 16), SoundFault::Rate { hz: 96_000 }),
            (fmt(PCM, 2, 8000, 2, 16), lie(HeaderField::BlockAlign)),
            (fmt(GSM, 1, 8000, 33, 0), lie(HeaderField::BlockAlign)),
            (fmt(ALAW, 1, 8000, 1, 16), lie(HeaderField::BitsPerSample)),
        ] {
            assert_eq!(Description::parse(&body).unwrap_err(), fault);
        }
    }
}
