//! The four bytes before each frame (ISO/IEC 11172-3, 2.4.2.3; ISO/IEC 13818-3).

/// What a frame says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// MPEG-1, not -2 or -2.5.
    pub mpeg1: bool,
    pub rate: u32,
    pub channels: u8,
    /// Samples of each channel.
    pub samples: u16,
    /// Length of the frame, this header included.
    pub bytes: u16,
}

impl Header {
    /// Of layer III with a stated bit rate; `None` for all else.
    pub fn parse(head: [u8; 4]) -> Option<Self> {
        const MPEG1: [u32; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        const MPEG2: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        let (version, layer) = version_and_layer(head)?;
        let [_, _, coded, mode] = head;
        let rate = *[44_100, 48_000, 32_000].get(usize::from(coded >> 2 & 3))? >> version;
        let mpeg1 = version == 0;
        let kilobits = *(if mpeg1 { MPEG1 } else { MPEG2 }).get(usize::from(coded >> 4))?;
        if layer != 3 || kilobits == 0 {
            return None;
        }
        let samples = if mpeg1 { 1152 } else { 576 };
        let padding = u32::from(coded >> 1 & 1);
        let bytes = u32::from(samples) / 8 * kilobits * 1000 / rate + padding;
        Some(Self {
            mpeg1,
            rate,
            channels: if mode >> 6 == 3 { 1 } else { 2 },
            samples,
            bytes: bytes.try_into().ok()?,
        })
    }

    /// Whether a frame with this header can follow one with the header `first`.
    pub const fn continues(self, first: Self) -> bool {
        self.rate == first.rate && self.mpeg1 == first.mpeg1 && self.channels == first.channels
    }

    /// Bytes of the side information, which the header is followed by.
    pub const fn side_bytes(self) -> usize {
        match (self.mpeg1, self.channels) {
            (true, 1) | (false, 2) => 17,
            (true, _) => 32,
            (false, _) => 9,
        }
    }
}

/// Whether a file that starts so can be MPEG audio, of any layer.
pub fn begins(head: &[u8]) -> bool {
    head.first_chunk()
        .is_some_and(|&head| Header::parse(head).is_some() || other_layer(head).is_some())
}

/// Layer I or II, if these are the first bytes of a frame of it.
pub fn other_layer(head: [u8; 4]) -> Option<u8> {
    let (_, layer) = version_and_layer(head)?;
    let coded = head[2];
    (layer < 3 && coded >> 4 != 15 && coded >> 2 & 3 != 3).then_some(layer)
}

/// How often the rate is halved (0: MPEG-1, 1: MPEG-2, 2: MPEG-2.5), and the layer.
fn version_and_layer(head: [u8; 4]) -> Option<(u8, u8)> {
    let [0xff, kind, ..] = head else { return None };
    let version = match kind >> 3 {
        0b11111 => 0,
        0b11110 => 1,
        0b11100 => 2,
        _ => return None,
    };
    match kind >> 1 & 3 {
        0 => None,
        layer => Some((version, 4 - layer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_all_three_versions() {
        let of = |head| Header::parse(head).map(|h| (h.rate, h.channels, h.samples, h.bytes, h.side_bytes()));
        assert_eq!(of([0xff, 0xfb, 0x90, 0x64]), Some((44_100, 2, 1152, 417, 32)));
        assert_eq!(of([0xff, 0xfb, 0x92, 0xc4]), Some((44_100, 1, 1152, 418, 17)));
        assert_eq!(of([0xff, 0xf3, 0x28, 0xc4]), Some((16_000, 1, 576, 72, 9)));
        assert_eq!(of([0xff, 0xe3, 0x18, 0xc4]), Some((8_000, 1, 576, 72, 9)));
    }

    #[test]
    fn what_is_no_frame_of_layer_three() {
        // Free bit rate, a bit rate and a rate that do not exist, a version that does not exist.
        for head in [
            [0xff, 0xfb, 0x00, 0],
            [0xff, 0xfb, 0xf0, 0],
            [0xff, 0xfb, 0x9c, 0],
            [0xff, 0xeb, 0x90, 0],
        ] {
            assert_eq!(Header::parse(head), None);
        }
        assert_eq!(
            (other_layer([0xff, 0xfd, 0x90, 0]), other_layer([0xff, 0xff, 0x90, 0])),
            (Some(2), Some(1))
        );
        assert_eq!(other_layer([0xff, 0xf1, 0x50, 0x80]), None);
        assert!(!begins(&[0xff, 0xfb]));
    }
}
