//! Opus in Ogg (RFC 7845), decoded by ropus.
//!
//! The packets are walked once before they are decoded: their own lengths and the last page's position tell how long
//! the sound is.

use std::io::{BufReader, Read};

use model::sound::{Codec, Container, HeaderField, Layout, SoundFault};
use ropus::{Channels, DecodeMode, Decoder};

use super::{Decode, Decoding, Halt, Source, Trim, damaged, ogg::Packets};
use crate::limits::Extent;

/// Positions and lengths in Opus count at this rate, whatever the sound is decoded at.
const CLOCK: u32 = 48_000;
/// Rates a decoder can run at.
const RATES: [u32; 5] = [8_000, 12_000, 16_000, 24_000, 48_000];
/// The longest packet, 120 ms.
const LONGEST: u64 = 5760;

/// Walks the packets of a stream.
pub fn open(file: &mut impl Source) -> Result<Decoding<'_>, Halt> {
    let mut packets = Packets::new(BufReader::new(&mut *file));
    let head = Head::take(&mut packets)?;
    let (start, end) = extent(&mut packets)?;
    drop(packets);
    let scaled = |clock: u64| clock * u64::from(head.rate) / u64::from(CLOCK);
    let skip = scaled(head.skip);
    let keep = scaled(end - start).saturating_sub(skip);
    let extent = Extent::new(head.channels, head.rate, keep)?;
    let data_len = file.stream_position()?;
    file.rewind()?;

    let mut packets = Packets::new(BufReader::new(file));
    Head::take(&mut packets)?;
    let channels = if extent.channels == 1 {
        Channels::Mono
    } else {
        Channels::Stereo
    };
    let mut decoder = Decoder::new(head.rate, channels).map_err(|_| Halt::Damaged)?;
    decoder.set_gain(head.gain.into()).map_err(|_| Halt::Damaged)?;
    let trim = Trim {
        channels: extent.channels.into(),
        skip,
        keep,
    };
    let layout = Layout {
        codec: Codec::Opus,
        container: Container::Ogg,
        channels: extent.channels,
        rate: extent.rate,
        frames: extent.frames,
        data_start: 0,
        data_len,
    };
    Ok(Decoding {
        layout,
        decoder: Box::new(Opus {
            packets,
            packet: Vec::new(),
            decoder,
            trim,
        }),
    })
}

/// The identification of a stream (RFC 7845, 5.1).
#[derive(Debug, Clone, Copy)]
struct Head {
    channels: u16,
    /// The lowest rate that holds all of what was encoded.
    rate: u32,
    /// Samples before the sound, by the clock.
    skip: u64,
    gain: i16,
}

impl Head {
    /// Reads the two packets before the sound.
    fn take(packets: &mut Packets<impl Read>) -> Result<Self, Halt> {
        let mut packet = Vec::new();
        packets.next(&mut packet)?;
        let head = Self::parse(&packet)?;
        packets.next(&mut packet)?;
        if !packet.starts_with(b"OpusTags") {
            return Err(SoundFault::NotOpus.into());
        }
        Ok(head)
    }

    fn parse(packet: &[u8]) -> Result<Self, SoundFault> {
        let body = packet.strip_prefix(b"OpusHead").ok_or(SoundFault::NotOpus)?;
        let &[version, channels, s0, s1, r0, r1, r2, r3, g0, g1, family, ..] = body else {
            return Err(SoundFault::LyingHeader {
                field: HeaderField::OpusHead,
            });
        };
        if !(1..=2).contains(&channels) {
            return Err(SoundFault::Channels { n: channels.into() });
        }
        if version > 15 || family != 0 {
            return Err(SoundFault::LyingHeader {
                field: HeaderField::OpusHead,
            });
        }
        let encoded = match u32::from_le_bytes([r0, r1, r2, r3]) {
            0 => CLOCK,
            rate => rate,
        };
        Ok(Self {
            channels: channels.into(),
            rate: RATES.into_iter().find(|&rate| rate >= encoded).unwrap_or(CLOCK),
            skip: u16::from_le_bytes([s0, s1]).into(),
            gain: i16::from_le_bytes([g0, g1]),
        })
    }
}

/// The positions at which the first packet begins and the sound ends (RFC 7845, 4).
fn extent(packets: &mut Packets<impl Read>) -> Result<(u64, u64), Halt> {
    let lie = SoundFault::LyingHeader {
        field: HeaderField::Granule,
    };
    let (mut packet, mut sum) = (Vec::new(), 0);
    let (mut start, mut end) = (None, 0);
    while let Some(mark) = packets.next(&mut packet).map_err(|halt| halt.after(sum, CLOCK))? {
        let length = length(&packet).filter(|_| !mark.cut);
        sum += length.ok_or_else(|| damaged(sum, CLOCK))?;
        if let Some(granule) = mark.granule {
            // A first page that ends before what is on it is a last one too, and cuts the sound short.
            start.get_or_insert(granule.saturating_sub(sum));
            end = granule;
        }
    }
    let start = start.ok_or(SoundFault::Empty)?;
    if end < start || end - start > sum {
        return Err(lie.into());
    }
    Ok((start, end))
}

/// Length of a packet by the clock (RFC 6716, 3.1 and 3.2).
fn length(packet: &[u8]) -> Option<u64> {
    let (toc, rest) = packet.split_first()?;
    let frame = match toc >> 3 {
        config @ 0..12 => [480, 960, 1920, 2880][usize::from(config & 3)],
        config @ 12..16 => [480, 960][usize::from(config & 1)],
        config => [120, 240, 480, 960][usize::from(config & 3)],
    };
    let frames = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u64::from(rest.first()? & 63),
    };
    Some(frame * frames).filter(|length| (1..=LONGEST).contains(length))
}

struct Opus<R> {
    packets: Packets<R>,
    packet: Vec<u8>,
    decoder: Decoder,
    trim: Trim,
}

impl<R: Read> Decode for Opus<R> {
    fn next(&mut self, samples: &mut Vec<i16>) -> Result<(), Halt> {
        samples.clear();
        while samples.is_empty() && !self.trim.done() && self.packets.next(&mut self.packet)?.is_some() {
            samples.resize(self.decoder.max_frame_samples_per_channel() * self.trim.channels, 0);
            let frames = self
                .decoder
                .decode(&self.packet, samples, DecodeMode::Normal)
                .map_err(|_| Halt::Damaged)?;
            samples.truncate(frames * self.trim.channels);
            self.trim.apply(samples);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_the_lowest_that_holds_what_was_encoded() {
        let rate = |encoded: u32| {
            let mut packet = b"OpusHead\x01\x01\x38\x01".to_vec();
            packet.extend(encoded.to_le_bytes());
            packet.extend([0, 0, 0]);
            Head::parse(&packet).unwrap().rate
        };
        assert_eq!(
            [0, 8000, 11_025, 16_000, 22_050, 44_100, 96_000].map(rate),
            [48_000, 8_000, 12_000, 16_000, 24_000, 48_000, 48_000]
        );
    }

    #[test]
    fn other_streams_and_shapes_are_refused() {
        let fault = |packet: &[u8]| Head::parse(packet).map(|_| ()).unwrap_err();
        let lie = SoundFault::LyingHeader {
            field: HeaderField::OpusHead,
        };
        assert_eq!(fault(b"\x01vorbis"), SoundFault::NotOpus);
        assert_eq!(fault(b"OpusHead\x01\x01"), lie);
        assert_eq!(
            fault(b"OpusHead\x01\x06\0\0\0\0\0\0\0\0\x01"),
            SoundFault::Channels { n: 6 }
        );
        assert_eq!(fault(b"OpusHead\x10\x01\0\0\0\0\0\0\0\0\0"), lie);
        assert_eq!(fault(b"OpusHead\x01\x02\0\0\0\0\0\0\0\0\x01"), lie);
    }

    #[test]
    fn lengths_of_packets() {
        let cases: [(&[u8], Option<u64>); 8] = [
            (&[], None),
            (&[1 << 3], Some(960)),
            (&[3 << 3 | 1], Some(5760)),
            (&[13 << 3 | 2], Some(1920)),
            (&[16 << 3], Some(120)),
            (&[31 << 3 | 3, 6], Some(5760)),
            (&[31 << 3 | 3, 7], None),
            (&[31 << 3 | 3, 0], None),
        ];
        for (packet, expected) in cases {
            assert_eq!(length(packet), expected, "{packet:02x?}");
        }
    }
}
