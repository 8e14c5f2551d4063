//! What is written around the frames and in the first of them.

use super::Header;

/// Samples by which any decoder of layer III lags behind.
const DECODER_DELAY: u64 = 529;

/// What the first frame says of all, where an encoder put a tag instead of sound into it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tag {
    pub present: bool,
    /// Frames that follow.
    pub frames: Option<u64>,
    /// Bytes of all frames.
    pub bytes: Option<u64>,
    /// Samples before the sound and after it that the encoder added.
    pub delay: u64,
    pub padding: u64,
}

impl Tag {
    /// The tag of Xing and LAME, or of Fraunhofer (VBRI), if the frame has one.
    pub fn read(frame: &[u8], header: Header) -> Option<Self> {
        let xing = frame.get(4 + header.side_bytes()..)?;
        if xing.starts_with(b"Xing") || xing.starts_with(b"Info") {
            return Some(Self::xing(xing));
        }
        let vbri = frame.get(36..)?;
        vbri.starts_with(b"VBRI").then(|| Self {
            present: true,
            bytes: known(vbri, 10),
            frames: known(vbri, 14),
            ..Self::default()
        })
    }

    fn xing(tag: &[u8]) -> Self {
        let flags = tag.get(7).copied().unwrap_or(0);
        let mut at = 8;
        let mut field = |bit: u8, length: usize| {
            let here = at;
            at += if flags & bit == 0 { 0 } else { length };
            (flags & bit != 0).then_some(here)
        };
        let frames = field(1, 4).and_then(|at| known(tag, at));
        let bytes = field(2, 4).and_then(|at| known(tag, at));
        field(4, 100);
        field(8, 4);
        let lame = tag.get(at..).unwrap_or_default();
        let (delay, padding) = match lame.get(21..24) {
            Some(&[a, b, c]) if [b"LAME", b"Lavf", b"Lavc"].iter().any(|name| lame.starts_with(*name)) => {
                let delay = u64::from(a) << 4 | u64::from(b >> 4);
                let padding = u64::from(b & 15) << 8 | u64::from(c);
                (delay + DECODER_DELAY, padding.saturating_sub(DECODER_DELAY))
            }
            _ => (0, 0),
        };
        Self {
            present: true,
            frames,
            bytes,
            delay,
            padding,
        }
    }
}

/// A number that is zero where the encoder did not know it.
fn known(bytes: &[u8], at: usize) -> Option<u64> {
    let number = bytes.get(at..)?.first_chunk().map(|&b| u32::from_be_bytes(b))?;
    (number > 0).then_some(number.into())
}

/// Length of an `ID3v2` tag that begins so, its head and foot included.
pub fn id3_length(head: &[u8; 10]) -> Option<u64> {
    let [b'I', b'D', b'3', _, _, flags, size @ ..] = head else {
        return None;
    };
    let size = size.iter().fold(0, |size, &byte| size << 7 | u64::from(byte & 0x7f));
    Some(10 + size + if flags & 0x10 == 0 { 0 } else { 10 })
}

/// Whether what follows the last frame is a tag: `ID3v1`, APE, Lyrics3 or `ID3v2`.
pub fn follows(head: &[u8]) -> bool {
    [&b"TAG"[..], b"APETAGEX", b"LYRICSBEGIN", b"ID3"]
        .iter()
        .any(|name| head.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id3_sizes_have_seven_bits_a_byte() {
        assert_eq!(id3_length(b"ID3\x04\0\0\0\0\x02\x01"), Some(10 + 257));
        assert_eq!(id3_length(b"ID3\x04\0\x10\0\0\0\0"), Some(20));
        assert_eq!(id3_length(b"TAG\x04\0\x10\0\0\0\0"), None);
    }

    #[test]
    fn a_tag_with_and_without_its_parts() {
        let header = Header::parse([0xff, 0xe3, 0x18, 0xc4]).unwrap();
        let frame = |tag: &[u8]| {
            let mut frame = vec![0; 13];
            frame.extend(tag);
            frame.resize(216, 0);
            Tag::read(&frame, header)
        };
        assert_eq!(frame(b"Lame"), None);
        let bare = Tag {
            present: true,
            ..Tag::default()
        };
        assert_eq!(frame(b"Info\0\0\0\0"), Some(bare));
        let mut whole = b"Xing\0\0\0\x0f\0\0\0\x07\0\0\x01\0".to_vec();
        whole.extend([0; 104]);
        whole.extend(b"LAME3.100");
        whole.extend([0; 12]);
        whole.extend([0x24, 0x03, 0x20]);
        let tag = Tag {
            present: true,
            frames: Some(7),
            bytes: Some(256),
            delay: 576 + 529,
            padding: 800 - 529,
        };
        assert_eq!(frame(&whole), Some(tag));
    }
}
